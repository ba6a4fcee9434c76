"""The kinds of interaction and the everyday words for them.

Each role says how much a word decides. An ACT is a verb that says the kind by itself; a THING
is a noun that does (see `things.py`); a SOFT word says that people talked and leaves the way to
other words ("met for lunch", "caught up by phone"); a LIGHT verb ("sent", "dropped off") takes
its kind from what it is done with, and only then from itself.
"""

from enum import Enum

KINDS = (
    "call",
    "email",
    "text",
    "visit",
    "lunch",
    "meeting",
    "event",
    "workshop",
    "gift",
    "thank_you",
    "report",
    "update",
    "introduction",
    "other",
)


class Role(Enum):
    ACT = "act"
    THING = "thing"
    SOFT = "soft"
    LIGHT = "light"


ACTS: dict[str, str] = {
    "call": """called, calld, caled, called back, called up, phoned, telephoned, rang, rang up,
        dialed, cold called, hopped on a call, jumped on a call, hopped on the phone, buzzed,
        returned a call, returned his call, returned her call, returned their call, returned the
        call, returned call, tried calling, tried to call, tried to reach, trying to reach, tried
        reaching, attempted to call, attempted to reach, tried phoning, couldn't reach, could not
        reach, unable to reach, couldn't get through, couldnt get ahold, mailbox full, nobody
        picked up, no one picked up, nobody answered, didn't pick up, didnt answer, went to
        voicemail, went to vm, straight to voicemail, vmd, line busy, nobody answers, no answer,
        no ans, no pickup, no pick up, lvm, lvmm, lm, lmtcb, lmom, played phone tag, calling,
        phoning, got hold of, got ahold of, reached, gave a ring, gave a buzz, gave a shout, gave
        them a ring, gave him a ring, gave her a ring, gave them a shout, gave him a shout, gave
        her a shout, spoke on the phone, talked on the phone""",
    "email": """emailed, emaild, emailled, e mailed, emailing, replied, responded, answered their
        email, faxed, faxd, faxing, forwarded, fwd, fwded, fwdd, wrote back, snail mailed,
        dropped a line, dropped them a line, dropped him a line, dropped her a line, emailed
        back, cc'd, ccd, bcc'd, invoiced""",
    "text": """texted, textd, txted, txtd, texting, txt'd, messaged, msged, msg'd, dm'd, dmed,
        dmd, pinged, whatsapped, whatsapp'd, slacked, imessaged, sms'd, smsed, insta messaged,
        texted back""",
    "visit": """walked into, poked in, stuck my head in, put up, put our, hung flyers, hung
        posters, posted flyers, sat in on, sat in, ran by, popped round, nipped in, rolled
        through, visited, visted, visiting, toured, dropped by, droped by, dropped in, droped in,
        stopped by, stoped by, stopped in, stoped in, stopped over, stop by, stop in, drop by,
        drop in, stopping by, swung by, swung in, swing by, popped in, popped by, popped over,
        poped in, pop in, came by, went by, went over to, went out to, drove out, drove over,
        drove by, walked over, walked through, walked in, walked the, dropped into, popped into,
        shadowed, observed surgery, made the rounds, did rounds, made rounds, hand delivered,
        showed up at, called in at, called in on, called on, paid a visit, paid them a visit,
        paid him a visit, paid her a visit, toured around, hosted a tour, gave a tour, came
        through, stopped at, stopped off""",
    "lunch": """lunched, dined, brunched, had lunch, had dinner, ate, ate with, broke bread""",
    "meeting": """skyped, golfed, synced, synced up, debriefed, had coffee, met up for coffee,
        zoomed, facetimed, facetime'd, sat down, sat with, ran into, bumped into, had a sit down,
        video called, videoconferenced, video chatted""",
    "event": """sponsored, volunteered, tabled at, boothed, ran a booth, had a booth, set up a
        booth, raced, exhibited, co sponsored, cosponsored, screened""",
    "workshop": """taught, presented, lectured, trained, spoke at, co taught, cotaught, gave a
        talk, guest spoke, guest lectured, in serviced, inserviced""",
    "gift": """donated, gifted, raffled, gave away""",
    "thank_you": """thanked, thanking, said thanks, said thank you, said ty, expressed thanks,
        expressed gratitude, expressed our gratitude, expressed our thanks""",
    "report": """reported, filed report""",
    "update": """updated, updating, gave a heads up, filled them in, filled him in, filled her
        in, filled in, looped in, kept in the loop, briefed, kept posted""",
    "introduction": """introduced, introd, intro'd, intoduced, introducing, connected, connected
        them with, connected him with, connected her with, linked up""",
    "other": """shouted out, gave a shout out, tagged, reposted, posted, commented, retweeted,
        reshared, reviewed on google, left a review, left a google review, nominated, featured,
        followed on""",
}

SOFT: dict[str, str] = {
    "meeting": """caught, reviewed, went over, going over, spent, out for, went for, went out
        for, met, met up, meet with, meet w, met with, saw, caught up, catch up, catchup,
        catching up, chat, chats, quick chat, chatted, chatting, hung out, got together, grabbed
        a minute, had a word, got face time, huddled, connected in person, spoke in person,
        talked in person, visited with, conversation, convo, discussion""",
    "call": """spoke, spoke to, spoke with, talked, talked to, talked with, talk with, talk to,
        talking to, talking with, touched base, touch base, touching base, checked in, check in,
        checkin, checking in, connected with, connected w, connected on, connected by, connected
        over, connected via, connected again, heard from, heard back, spoken, speaking with,
        discussed, chatted on the phone, chat on the phone, got in touch, in touch, conferred,
        consulted, brainstormed""",
    "email": """reached out, followed up, following up, follow up, followup, f u, circled back,
        corresponded""",
}

LIGHT: dict[str, str] = {
    "call": """tried""",
    "visit": """dropped off, droped off, drop off some, dropped, droped, left, brought, brought
        over, brought by, delivered, took, took over, carried, handed out, handed, handed over,
        restocked, refilled, bringing, dropping off, ran over, picked up""",
    "email": """wrote, wrote up, penned, drafted, sent, sent over, sent out, snet, mailed, maild,
        mailed out, sending, shipped, mailing, sent off, shot, shot over, fired off, resent,
        posted out, shared""",
    "event": """attended, atended, attending, hosted, co hosted, cohosted, went to, worked,
        participated, joined, held, organized, showed up, put on, co ran, staffed, manned,
        helped, helped at, helped with, helped out, exhibiting, came to, cheered at""",
    "workshop": """led, gave a demo, conducted, delivered a""",
    "gift": """treated, bought, surprised, catered, ordered, paid for, treating, dropped some
        treats""",
    "": """had, gave, ran, provided, covered, did, made, got, grabbed, received, recieved, got a,
        exchanged, hopped on, jumped on, set up, wrapped up, finished, completed, facilitated,
        held a, enjoyed, shared a, played, missed, returned, submitted""",
}

_DELIVERED = {
    "meeting": "gift",
    "report": "visit",
    "update": "visit",
    "text": "visit",
    "email": "visit",
    "event": "visit",
    "workshop": "visit",
    "call": "visit",
}
_SENT = {
    "workshop": "email",
    "event": "email",
    "meeting": "email",
    "visit": "email",
    "call": "email",
}
_ATTENDED = {"lunch": "event", "email": "event", "thank_you": "event", "report": "event"}

THINGS_OF: dict[str, dict[str, str]] = {
    **dict.fromkeys(
        ("dropped off", "droped off", "brought", "brought over", "brought by", "delivered"),
        _DELIVERED,
    ),
    **dict.fromkeys(("handed out", "handed", "took over", "dropping off"), _DELIVERED),
    **dict.fromkeys(("sent", "sent over", "sent out", "mailed", "mailed out", "snet"), _SENT),
    **dict.fromkeys(("attended", "went to", "joined"), _ATTENDED),
    "left": {**_DELIVERED, "text": "call", "call": "call"},
    "dropped": {**_DELIVERED, "text": "text", "email": "email"},
}
"""What a thing's kind becomes with a LIGHT verb: coffee that was brought is a gift."""

COMPOUNDING = frozenset(
    (
        "check in",
        "checkin",
        "catch up",
        "catchup",
        "follow up",
        "followup",
        "touch base",
        "chat",
        "out for",
        "went for",
    )
)
"""SOFT words that only say which call, visit or lunch it was when one follows at once."""

LINKED_TOO = frozenset(("took", "hosted", "treated", "had", "joined"))
"""LIGHT verbs that take their kind from "for lunch" as well as from "lunch"."""

PLAIN = frozenset(
    "called call phoned emailed email texted text visited visit lunch met meeting".split()
)
"""Words of which nothing is lost when the kind is said instead of them."""
