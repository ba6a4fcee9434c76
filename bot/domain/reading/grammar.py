"""The small words that say what part a clause plays: purpose, subject, plan, place."""

TOPIC_MARKS = """about, re, regarding, concerning, abt, ref, discussing, asking, thanking, of, on"""
PLACE_MARKS = """at, during, after, before, following, from, since, inside, near, outside,
    between"""
PLAN_MARKS = """will, gonna, going to, wants, want, wanted, need, needs, should, let us, lets,
    plan to, plans to, planning, planned, hoping to, hope to, promised, is on for, is set for,
    set for, on for, scheduled for, booked for, is scheduled, is booked, next step, next steps,
    try again, trying again, try back, follow up on, circle back, remind me, remind, due, to do,
    todo, asked to, asked for, asked me to, asked us to, agreed to, agreed on, invited, inviting,
    confirmed, scheduled, booked, offered, set up for, moved to, rescheduled, rescheduled for,
    penciled in, she ll, he ll, they ll, we ll, i ll, would like, d like, happening, coming up,
    upcoming, is next, follow up in, check back, reconnect, meeting again, expecting"""
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
    "set setup schedule discuss plan talk review confirm ask say see go get give check make "
    "thank introduce meet meets share invite follow find book arrange reschedule coordinate "
    "tell offer explain send let drop bring pick touch catch connect chat clarify answer update "
    "figure help verify request finalize remind propose pitch explore learn hear look line "
    "organize prep prepare apologize congratulate celebrate welcome wish hand deliver provide "
    "show present teach train do have grab host join attend visit call email text know "
    "understand start try return reach work cohost co sign solve be come describe firm nail "
    "iron hammer lock put promote sponsor inquire respond resolve address close build "
    "strengthen swap trade exchange collaborate".split()
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
    "with w at to from by for in on of off the a an and or but so then via about re abt i we he "
    "she they it us them him her his their our my your you me this that these those is was were "
    "are be been has have had do did does not no yes if as when while who what where there here "
    "up out over back again twice once new old also just very really some any all both more most "
    "other quick brief short long good great nice lovely little big first second next last week "
    "weekend month year day days today tomorrow yesterday tonight morning afternoon evening night "
    "noon am pm ago since until till before after during around every each min mins minute "
    "minutes hr hrs hour hours half bucks dollars usd eur can could may might must please ok okay "
    "yest free open thank finally luck answer ans wants want need needs time times see get got "
    "make made"
)
