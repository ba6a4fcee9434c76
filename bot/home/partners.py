"""The partners by stage, narrowed down by what is picked and typed, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.home import ALL, MINE, NOBODYS, PARTNERS, WHOSE, Filter, Page
from bot.domain.message import Ask, Button, Control, Controls, Heading, Menu, Part, Row, Small
from bot.domain.partner import category_label
from bot.domain.words import count_words, day_words, plain, short
from bot.home.pager import pager
from bot.reminders.check_in import DID, MORE
from bot.store.listing import Listed

# Each takes a block, and with the name of its stage two.
ROWS = 15
NAME = 80
ANY = "any"
NO_STAGE = "No stage"
# What can be picked beside what was done; the words are the names of presses.
LOOK = {"show": "Show the card", "referred": "New referral", "edit": "Edit"}
TITLES = {MINE: "My partners", ALL: "All partners", NOBODYS: "Partners without a liaison"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of partners, how many there are by stage, and what they can be narrowed down by."""

    page: Page[Listed]
    filter: Filter
    stages: Mapping[str, int]
    categories: Sequence[str]
    all_stages: Sequence[str]


def partners(listing: Listing, user: str, today: date) -> list[Part]:
    """Return the list as `user` sees it: a heading for each stage, a line for each partner."""
    title = TITLES[listing.filter.whose]
    parts: list[Part] = [Heading(f"{title}: {listing.page.total:,}", 2), *_narrowing(listing)]
    stage = None
    for one in listing.page.items:
        if one.stage != stage and listing.all_stages:
            stage = one.stage
            parts.append(Small(_stage(stage, listing.stages)))
        parts.append(_row(one, user, today))
    none = [] if listing.page.total else [Small(_none(listing.filter))]
    return [*parts, *none, *pager(listing.page, PARTNERS, "partners")]


def _stage(stage: str, counts: Mapping[str, int]) -> str:
    return f"*{plain(stage) or NO_STAGE}*, {count_words(counts.get(stage, 0), 'partner')}"


def _none(wanted: Filter) -> str:
    if wanted.is_narrow:
        return "Nobody fits. *Show all of them* takes the filter away."
    if wanted.whose == MINE:
        return "No partner is yours yet. Pick *Everybody's* to see the others."
    return "Everybody has a liaison." if wanted.whose == NOBODYS else "No partners yet."


def _narrowing(listing: Listing) -> list[Part]:
    wanted = listing.filter
    controls: list[Control] = [_menu("Whose", "home_whose", WHOSE)]
    if len(listing.categories) > 1:
        named = {one: plain(category_label(one)) for one in listing.categories}
        controls.append(_menu("Category", "home_category", {ANY: "Any category", **named}))
    if listing.all_stages:
        named = {one: plain(one) for one in listing.all_stages}
        controls.append(_menu("Stage", "home_stage", {ANY: "Any stage", **named}))
    if wanted.is_narrow:
        controls.append(Button("Show all of them", "home_clear"))
    return [
        Controls(tuple(controls)),
        Ask("Find a partner by name, then press Enter", "home_words", wanted.words),
        *([Small(_narrowed(wanted))] if wanted.is_narrow else []),
    ]


def _menu(text: str, action: str, options: Mapping[str, str]) -> Menu:
    return Menu(text, action, tuple((label, value) for value, label in options.items()))


def _narrowed(wanted: Filter) -> str:
    words = (
        wanted.category and plain(category_label(wanted.category)),
        wanted.stage and plain(wanted.stage),
        wanted.words and f'"{plain(wanted.words)}"',
    )
    return f"Only: {', '.join(word for word in words if word)}"


def _row(one: Listed, user: str, today: date) -> Row:
    name = plain(short(one.name, NAME))
    facts = (
        plain(one.category),
        "" if one.liaison == user else _liaison(one.liaison),
        f"last {day_words(one.last_on, today)}" if one.last_on else "nothing logged",
        "paused" if one.is_paused else _next(one.next_on, today),
    )
    text = f"*{name}*\n{', '.join(fact for fact in facts if fact)}"
    return Row(text, (_log_or_look(one, name),))


def _liaison(liaison: str | None) -> str:
    return f"with <@{liaison}>" if liaison else "no liaison"


def _next(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"next {day_words(day, today)}" if day > today else "check-in waiting"


def _log_or_look(one: Listed, name: str) -> Menu:
    choices = {**DID, MORE: "More …", **LOOK}
    options = tuple((label, f"{one.id}:{choice}") for choice, label in choices.items())
    return Menu("Log or look", "partner", options, f"Log or look: {name}")
