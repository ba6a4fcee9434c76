"""`/partner stats`: figures of the practice, a category, a partner or a person."""

from dataclasses import dataclass, replace
from datetime import date

from bot.commands.request import Context, Request, Subcommand, mention
from bot.commands.stats_chart import Drawing, read_grouping
from bot.commands.which import carried
from bot.domain.finding import Book
from bot.domain.message import Button, Control, Message, say
from bot.domain.partner import CATEGORIES, category_label, category_named
from bot.domain.period import Period, read_period
from bot.domain.reading.people import mentions
from bot.domain.tally import PRACTICE, Scope, Tally
from bot.domain.when import local_day
from bot.domain.words import count_words, list_words, plain, short, span_words
from bot.stats import PERSONAL
from bot.stats.report import Figures, report
from bot.store import Tx, interaction, partner
from bot.store.attention import attention
from bot.store.tally import categories, tallies, tally

USAGE = "stats [partner, category or @user] [period]"
EVERYBODY = frozenset(("", "all", "everyone", "partners", "practice"))
MOST_NAMES = 5
LONGEST_ECHO = 60
LONGEST_BUTTON = 70

PERIODS = (
    f"`/partner {USAGE}`. A period is `month`, `quarter`, `year`, `2026-Q3`, `2026-09`, `90d`. "
    "Before it, say what to draw: `by month`, `by category`, `by partner`."
)

ME = frozenset(("me", "mine", "myself"))
NOT_YOURS = "Sorry, only {person} and the owners can see {person}'s figures."
ONE_PERSON = "One person at a time, please: `/partner stats @user`."


@dataclass(frozen=True, slots=True)
class _View:
    """What everything in one answer shares."""

    tx: Tx
    request: Request
    period: Period
    today: date
    grouping: str = ""


def run(text: str, request: Request, context: Context) -> Message:
    """Answer with the figures that `text` asks for; a person's only to them and to owners."""
    today = local_day(request.now, request.settings.zone)
    people, rest = mentions(text)
    grouping, rest = read_grouping(rest.strip())
    period, words = read_period(rest, today)
    grouping, words = (grouping, words) if grouping else read_grouping(words)
    if words.casefold() in ME and not people:
        people, words = [request.user], ""
    with context.store.read(request.workspace) as tx:
        view = _View(tx, request, period, today, grouping)
        return _of_person(view, people, words) if people else _of_words(view, words)


def _of_person(view: _View, people: list[str], words: str) -> Message:
    if len(people) > 1 or words:
        return say(ONE_PERSON)
    [user] = people
    if user != view.request.user and not view.request.member.is_owner:
        return say(NOT_YOURS.format(person=mention(user)))
    looked_after = count_words(len(partner.of_liaison(view.tx, user)), "partner")
    fact = f"Looks after {looked_after} today; the referrals are from them."
    figures = _figures(view, mention(user), Scope(member=user), (fact,))
    return report(replace(figures, statistics=PERSONAL), is_public=False)


def _of_words(view: _View, words: str) -> Message:
    category = category_named(words)
    if words.casefold() in EVERYBODY:
        return report(_figures(view, "Referral partners", PRACTICE), is_public=True)
    if category in CATEGORIES or category in categories(view.tx):
        name = plain(category_label(category))
        return report(_figures(view, name, Scope(category=category)), is_public=True)
    return _of_named(view, words)


def _of_named(view: _View, words: str) -> Message:
    book = partner.book(view.tx)
    ids = book.find(words).partner_ids
    ids = tuple(id_ for id_ in ids if id_ in view.request.chosen) or ids
    if not ids:
        return _unknown(book, words, view.request)
    names = partner.names(view.tx, ids)
    if len(ids) > 1:
        return _which({id_: names[id_] for id_ in ids}, view.request)
    scope = Scope(partner_id=ids[0])
    return report(
        _figures(view, plain(names[ids[0]]), scope, _last_contact(view, ids[0])), is_public=True
    )


def _figures(view: _View, name: str, scope: Scope, facts: tuple[str, ...] = ()) -> Figures:
    found = tallies(view.tx, view.period, "month", view.today, scope)
    by_month = {month: each for month, each in found.items() if isinstance(month, date)}
    drawing = Drawing(view.tx, view.period, view.today, scope, by_month)
    return Figures(
        name,
        view.period,
        view.today,
        now=sum(found.values(), Tally()),
        before=tally(view.tx, view.period.before(), view.today, scope),
        charts=drawing.charts(view.grouping),
        attention=attention(view.tx, view.today, scope),
        facts=facts,
    )


def _last_contact(view: _View, partner_id: int) -> tuple[str, ...]:
    days = (last.happened_on for last in interaction.recent(view.tx, partner_id, 1))
    return tuple(f"Last contact: {span_words(day, day, view.today)}" for day in days)


def _which(names: dict[int, str], request: Request) -> Message:
    listed = [plain(name) for name in names.values()][:MOST_NAMES]
    more = [f"{len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
    controls = [
        _again(name, request, chosen_now=id_) for id_, name in list(names.items())[:MOST_NAMES]
    ]
    return say(f"Which one? It can be {list_words(listed + more)}.", controls=_those(controls))


def _unknown(book: Book, words: str, request: Request) -> Message:
    controls = [
        _again(f"I meant {name.name}", request, chosen_now=name.partner_id, instead=words)
        for name in book.suggest(words)
    ]
    return say(
        f'I don\'t know a partner, category or period "{plain(short(words, LONGEST_ECHO))}".',
        f"Usage: {PERIODS}",
        controls=_those(controls),
    )


def _again(text: str, request: Request, **answer: object) -> Button | None:
    value = carried(request, **answer)
    return Button(short(text, LONGEST_BUTTON), "again", value) if value else None


def _those(buttons: list[Button | None]) -> tuple[Control, ...]:
    return tuple(button for button in buttons if button)


STATS = Subcommand(
    "stats",
    USAGE,
    "Figures for the last 90 days or any period, drawn by month and by category or partner; "
    "a person's are private",
    run,
    is_public=True,
)
