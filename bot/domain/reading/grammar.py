"""The small words that say what part a clause plays: purpose, subject, plan, place."""

TOPIC_MARKS = "about, re, regarding, concerning, abt, ref, discussing, asking, thanking, of, on"
PLACE_MARKS = "at, during, after, before, following, from, since, inside, near, outside, between"
PLAN_MARKS = """will, gonna, going to, wants, want, wanted, need, needs, should, let us, lets, plan to,
    plans to, planning, planned, hoping to, hope to, promised, is on for, is set for, set for, on for,
    scheduled for, booked for, is scheduled, is booked, next step, next steps, try again, trying again,
    try back, follow up on, circle back, remind me, remind, due, to do, todo,
    asked to, asked for, asked me to, asked us to, agreed to, agreed on, invited, inviting, confirmed,
    scheduled, booked, offered, set up for, moved to, rescheduled, rescheduled for, penciled in,
    she ll, he ll, they ll, we ll, i ll, would like, d like, happening, coming up, upcoming, is next,
    follow up in, check back, reconnect, meeting again, expecting"""
ACTS_OR_PLANS = frozenset(
    (
        "follow up",
        "following up",
        "followup",
        "f u",
        "call back",
        "callback",
        "touch base",
        "check in",
        "catch up",
    )
)
"""What was done when it comes first, and what is to be done when it comes after an act."""
PURPOSE_MARK = "to"
PURPOSE_VERBS = frozenset(
    "set setup schedule discuss plan talk review confirm ask say see go get give check make thank "
    "introduce meet meets share invite follow find book arrange reschedule coordinate tell offer "
    "explain send let drop bring pick touch catch connect chat clarify answer update figure help "
    "verify request finalize remind propose pitch explore learn hear look line organize prep prepare "
    "apologize congratulate celebrate welcome wish hand deliver provide show present teach train "
    "do have grab host join attend visit call email text know understand start try return reach work "
    "cohost co sign solve be come describe firm nail iron hammer lock put promote sponsor "
    "inquire respond resolve address close build strengthen swap trade exchange collaborate".split()
)
ARRANGING_VERBS = frozenset(
    "set setup schedule plan confirm book arrange reschedule coordinate invite finalize meet grab "
    "host join attend have do propose offer organize send drop bring visit call try reach cohost "
    "co firm nail lock line put come deliver teach present train get pick prep prepare remind "
    "follow introduce hand return email text put start".split()
)
"""Verbs after "to" whose day is that of the plan, not of the act."""

SOFT_LINKS = frozenset("over for via by through on in during using".split())
FILLERS = frozenset(
    "a an the our my his her their your some more new quick brief short long good great nice "
    "little small big another google lovely nother super".split()
)
PRONOUNS = frozenset("i we he she they it just also then finally im ive weve".split())
OPENINGS = frozenset("with w at to from by @ via in".split())
WITH_A_POINT = frozenset("dr drs st mr mrs ms mt jr sr vs w ave approx min mins hr hrs".split())
FRESH_STARTS = frozenset("then but so plus and".split())
SMALL_WORDS = (
    "with w at to from by for in on of off the a an and or but so then via about re abt i we he she "
    "they it us them him her his their our my your you me this that these those is was were are be "
    "been has have had do did does not no yes if as when while who what where there here up out "
    "over back again twice once new old also just very really some any all both more most other "
    "quick brief short long good great nice lovely little big first second next last week weekend "
    "month year day days today tomorrow yesterday tonight morning afternoon evening night noon am "
    "pm ago since until till before after during around every each min mins minute minutes hr hrs "
    "hour hours half bucks dollars usd eur can could may might must please ok okay yest free open "
    "thank finally luck answer ans wants want need needs time times see get got make made"
)
NOT_REACHED = """voicemail, voicemails, voice mail, vm, vmail, lvm, lvmm, lm, lmtcb, lmom, no answer, no ans, voice message, vmd, nobody answers, no one answers, nobody answering, out til,
    out until, out sick, out today, off today, out this week,
    didn t answer, didnt answer, did not answer, no pickup, no pick up, didn t pick up, didnt pick up,
    did not pick up, wouldnt pick up, left message, left a message, left msg, left a msg, left messages,
    left another message, left her a message, left him a message, left them a message, left mssg, left mess,
    left a mess, left word, left a callback, left her a msg, left him a msg, left them a msg, left a detailed message,
    left detailed message, left a quick message, left a quick msg, left a long message, left another msg, left two messages,
    no luck, no response, no reply, no one answered, nobody answered, no one picked up, nobody picked up,
    nobody home, nobody there, couldnt reach, could not reach, unable to reach, couldnt get through, could not get through,
    couldnt get ahold, wasnt in, was not in, not in, wasnt there, was out, is out, were out, out of office, out of the office,
    wasnt available, was not available, not available, unavailable, line busy, line was busy, was busy, busy signal,
    busy tone, rang out, just rang, kept ringing, rang and rang, phone tag, missed, missed call, missed calls,
    tried calling, tried to call, tried to reach, tried reaching, trying to reach, attempted to call, tried phoning,
    attempted to reach, mailbox full, mailbox was full, answering machine, machine picked up, hung up on, not there,
    got her machine, on hold, gave up, no callback, no call back, wrong number, disconnected, couldnt connect,
    no contact, n a, havent heard back, still no answer, still nothing, was closed, were closed, office closed,
    nobody picking up, no dice, no joy, not reached, not reachable, with the receptionist, at lunch"""
REACHED_AFTER = """called back, called me back, called us back, finally reached, reached her, reached him, reached them,
    got through, got ahold, got hold, rang back, then spoke, then talked, spoke after, she called back, he called back,
    they called back, returned my call, returned our call, finally spoke, finally talked, finally connected, picked up eventually"""
