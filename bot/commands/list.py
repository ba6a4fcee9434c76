"""`/partner list`: the partners, filtered by category, stage, tier, liaison or "waiting"."""

from collections.abc import Callable
from datetime import date

from bot.commands.request import Context, Request, Subcommand, mention
from bot.domain.message import Heading, Message, Small, Words
from bot.domain.partner import Partner, category_named
from bot.domain.reading.people import mentions
from bot.domain.words import count_words, day_words, plain, short
from bot.store import partner, reminder

# Lines a message can hold: 50 blocks of 3,000 characters would be more than anybody reads.
MOST_LINES = 60
LINES_IN_A_PART = 12
WAITING = "waiting"

Filter = Callable[[Partner], bool]


def list_partners(text: str, request: Request, context: Context) -> Message:
    """List partners with their liaison and the day they last heard from us."""
    people, words = mentions(text)
    with context.store.read(request.workspace) as tx:
        everybody = partner.all_of(tx)
        last = partner.last_contacted(tx)
        waiting = {row.partner_id for row in reminder.waiting(tx, None, request.today)}
    filters = [_by_liaison(people)] if people else []
    filters += [_by_word(word, waiting, request.user) for word in _asked(words, everybody)]
    found = [one for one in everybody if all(is_in(one) for is_in in filters)]
    return _listed(found, last, request.today, text)


def _asked(words: str, everybody: list[Partner]) -> list[str]:
    """Split what was asked into filters; a category may be of several words."""
    asked = " ".join(words.casefold().split())
    known = {one.category for one in everybody} | {one.stage for one in everybody}
    return [asked] if category_named(asked) in known else asked.split()


def _by_liaison(people: list[str]) -> Filter:
    return lambda one: one.liaison in people


def _by_word(word: str, waiting: set[int], user: str) -> Filter:
    if word in (WAITING, "due"):
        return lambda one: one.id in waiting
    if word in ("mine", "me", "my"):
        return lambda one: one.liaison == user
    if word in ("all", "everyone", "partners"):
        return lambda one: True
    if word == "unassigned":
        return lambda one: one.liaison is None
    category = category_named(word)
    return lambda one: one.category == category or word in _searched(one)


def _searched(one: Partner) -> str:
    fields = (one.name, one.category, one.specialty, one.stage, one.tier)
    return " ".join(field.casefold() for field in fields if field)


def _listed(found: list[Partner], last: dict[int, date], today: date, text: str) -> Message:
    if not found:
        return Message((Words(_none(text)),))
    lines = [_line(one, last.get(one.id) or one.baseline_on, today) for one in found[:MOST_LINES]]
    chunks = [lines[i : i + LINES_IN_A_PART] for i in range(0, len(lines), LINES_IN_A_PART)]
    title = Heading(count_words(len(found), "partner"))
    more = len(found) - len(lines)
    rest = (Small(f"{more} more. Narrow it down: `/partner list gym`."),) if more else ()
    return Message((title, *(Words("\n".join(chunk)) for chunk in chunks), *rest))


def _none(text: str) -> str:
    if not text.strip():
        return "No partners yet. Try `/partner add Riverside Orthopedics, ortho, @ana`."
    hint = "Try a category, part of a name, `mine`, `waiting` or `unassigned`."
    return f'No partners for "{plain(short(text, 80))}". {hint}'


def _line(one: Partner, last: date | None, today: date) -> str:
    who = mention(one.liaison) if one.liaison else "no liaison"
    heard = f"last {day_words(last, today)}" if last else "nothing logged"
    rest = ", paused" if one.is_paused(today) else ""
    return f"• *{plain(short(one.name, 80))}*, {plain(one.category)}, {who}, {heard}{rest}"


LIST = Subcommand(
    "list",
    "list [words]",
    "Partners, filtered by category, stage, @liaison, `waiting` or `unassigned`.",
    list_partners,
    aliases=("ls", "partners"),
)
