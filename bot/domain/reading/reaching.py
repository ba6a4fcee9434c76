"""How people say that a call reached nobody, and that it did in the end."""

NOT_REACHED = """voicemail, voicemails, voice mail, vm, vmail, lvm, lvmm, lm, lmtcb, lmom, no
    answer, no ans, voice message, vmd, nobody answers, no one answers, nobody answering, out
    til, out until, out sick, out today, off today, out this week, didn t answer, didnt answer,
    did not answer, no pickup, no pick up, didn t pick up, didnt pick up, did not pick up,
    wouldnt pick up, left message, left a message, left msg, left a msg, left messages, left
    another message, left her a message, left him a message, left them a message, left mssg, left
    mess, left a mess, left word, left a callback, left her a msg, left him a msg, left them a
    msg, left a detailed message, left detailed message, left a quick message, left a quick msg,
    left a long message, left another msg, left two messages, no luck, no response, no reply, no
    one answered, nobody answered, no one picked up, nobody picked up, nobody home, nobody there,
    couldnt reach, could not reach, unable to reach, couldnt get through, could not get through,
    couldnt get ahold, wasnt in, was not in, not in, wasnt there, was out, is out, were out, out
    of office, out of the office, wasnt available, was not available, not available, unavailable,
    line busy, line was busy, was busy, busy signal, busy tone, rang out, just rang, kept
    ringing, rang and rang, phone tag, missed, missed call, missed calls, tried calling, tried to
    call, tried to reach, tried reaching, trying to reach, attempted to call, tried phoning,
    attempted to reach, mailbox full, mailbox was full, answering machine, machine picked up,
    hung up on, not there, got her machine, on hold, gave up, no callback, no call back, wrong
    number, disconnected, couldnt connect, no contact, n a, havent heard back, still no answer,
    still nothing, was closed, were closed, office closed, nobody picking up, no dice, no joy,
    not reached, not reachable, with the receptionist, at lunch"""
REACHED_AFTER = """called back, called me back, called us back, finally reached, reached her,
    reached him, reached them, got through, got ahold, got hold, rang back, then spoke, then
    talked, spoke after, she called back, he called back, they called back, returned my call,
    returned our call, finally spoke, finally talked, finally connected, picked up eventually"""
