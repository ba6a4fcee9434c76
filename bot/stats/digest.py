"""The weekly digest as a message: what happened, what went well, what comes, what needs the owner.

People are named for good news only: what somebody left undone is told to them alone.
"""

from collections.abc import Sequence

from bot.domain.digest import (
    GONE,
    MOST_NAMED,
    NOT_A_MEMBER,
    SHARED,
    UNSURE,
    Ahead,
    Digest,
    Moment,
)
from bot.domain.interaction import TOUCH_KINDS
from bot.domain.message import Button, Controls, Message, Part, Small, Words
from bot.domain.words import WEEKDAYS, count_words, list_words, plain, short, span_words
from bot.stats.chart import chart

LONGEST_STEP = 60
ON_A_BUTTON = 40
# Of each sort; the others stand in Home.
MOST_PRESSED = 2

DID = {
    "workshop": "held a workshop with",
    "event": "was at an event with",
    "introduction": "got to know",
    "meeting": "met with",
    "lunch": "had lunch with",
    "visit": "visited",
}

# What owners read first when the digest did not go to their channel; {0} is its id.
WHY = {
    SHARED: (
        "This is yours alone: people from outside the practice read <#{0}>, so I don't post "
        "figures there. Please pick another channel under *Settings* on my Home."
    ),
    GONE: (
        "This is yours alone: <#{0}> is archived, gone, or private and I'm not in it. Please add "
        "me there with `/invite @Rapport`, or pick another channel under *Settings* on my Home."
    ),
    NOT_A_MEMBER: (
        "This is yours alone: I'm not in <#{0}>. Please add me there: type `/invite @Rapport` in "
        "that channel."
    ),
    UNSURE: (
        "The line to Slack broke while I posted this in <#{0}>. I can't see whether it arrived, "
        "and I don't post it twice."
    ),
}


def digest(facts: Digest) -> Message:
    """Return the digest for the team's channel."""
    span = span_words(facts.week.starts_on, facts.week.ends_on, facts.today)
    title = f"{facts.week.words} with our partners ({span})"
    sections = (_well(facts), _coming(facts), _for_owners(facts))
    parts: list[Part] = [Words(f"*{title}*\n{_happened(facts)}")]
    parts += [Words(section) for section in sections if section]
    buttons = _buttons(facts)
    parts += [Controls(buttons)] if buttons else []
    parts += [] if facts.is_empty else chart(facts.drawn, facts.by_month)
    return Message(tuple(parts), preview=f"{title}: {_counts(facts)[0]}")


def to_owner(facts: Digest, why: str, channel: str) -> Message:
    """Return the digest for an owner's direct messages, and why it is there."""
    message = digest(facts)
    said = Small(WHY.get(why, WHY[UNSURE]).format(channel))
    return Message((said, *message.parts), message.preview)


def _happened(facts: Digest) -> str:
    if facts.is_empty:
        return "A quiet week: nothing was logged, and no referral came."
    return f"{', '.join(_counts(facts))}."


def _counts(facts: Digest) -> list[str]:
    thanks = facts.kinds.get("thank_you", 0)
    conversations = sum(facts.kinds.get(kind, 0) for kind in TOUCH_KINDS)
    counts = {
        "referral": facts.tally.received,
        "first evaluation": facts.tally.came_in,
        "conversation": conversations,
        "thank-you": thanks,
    }
    said = [count_words(count, what) for what, count in counts.items() if count]
    return said or ["a quiet week"]


def _well(facts: Digest) -> str:
    news = [_moment(one) for one in facts.moments]
    if facts.first_ever:
        news.append(f"First referral ever: {_named(facts.first_ever)}.")
    return f"*Nice work:* {' '.join(news)}" if news else ""


def _moment(one: Moment) -> str:
    return f"{plain(one.who.strip().split(' ')[0])} {DID[one.kind]} {plain(one.partner)}."


def _coming(facts: Digest) -> str:
    steps = [_step(one) for one in facts.ahead[:MOST_NAMED]]
    more = len(facts.ahead) - len(steps)
    said = [*steps, *([count_words(more, "more next step")] if more else [])]
    if facts.check_ins_ahead:
        said.append(count_words(facts.check_ins_ahead, "check-in"))
    return f"*Coming up:* {'; '.join(said)}." if said else ""


def _step(one: Ahead) -> str:
    what = plain(short(one.what, LONGEST_STEP))
    return f"{plain(one.partner)}, {what} ({WEEKDAYS[one.due_on.weekday()][:3]})"


def _for_owners(facts: Digest) -> str:
    quiet = [one.name for one in facts.attention.quiet]
    nobodys = [one.name for one in facts.attention.unassigned]
    needs = "needs" if facts.unassigned == 1 else "need"
    said = (
        f"{_named(nobodys, facts.unassigned)} {needs} a liaison." if nobodys else "",
        f"{_named(quiet)} {'is' if len(quiet) == 1 else 'are'} quiet." if quiet else "",
        f"{count_words(facts.unthanked, 'thank-you')} open." if facts.unthanked else "",
    )
    whom = list_words([plain(name) for name in facts.owners]) or "the owners"
    lines = " ".join(line for line in said if line)
    return f"*For {whom}:* {lines}" if lines else ""


def _buttons(facts: Digest) -> tuple[Button, ...]:
    """What can be done at once about the first of those that need the owners."""
    look = facts.attention
    return tuple(
        Button(f"{verb} {plain(short(one.name, ON_A_BUTTON))}", action, str(one.partner_id))
        for verb, action, some in (
            ("Assign", "assign", look.unassigned),
            ("Show", "show", look.quiet),
        )
        for one in some[:MOST_PRESSED]
    )


def _named(names: Sequence[str], count: int | None = None) -> str:
    """Name the first few and count the rest."""
    shown = [plain(name) for name in names[:MOST_NAMED]]
    more = (count or len(names)) - len(shown)
    return list_words([*shown, *([f"{more:,} more"] if more else [])])
