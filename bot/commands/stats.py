"""`/partner stats`: figures of the practice, a category, a partner or a person."""

from dataclasses import dataclass
from datetime import date

from bot.commands.request import Context, Request, Subcommand, mention
from bot.domain.finding import Match
from bot.domain.message import Message, say
from bot.domain.partner import CATEGORIES, category_label, category_named
from bot.domain.period import Period, read_period
from bot.domain.reading.people import mentions, unescape
from bot.domain.tally import PRACTICE, Scope, Tally
from bot.domain.when import local_day
from bot.domain.words import count_words, plain, short, span_words
from bot.stats import PERSONAL
from bot.stats.report import Figures, report
from bot.store import Tx, interaction, partner
from bot.store.attention import attention
from bot.store.tally import categories, tallies, tally

USAGE = "stats [partner, category or @user] [period]"
EVERYBODY = frozenset(("", "all", "everyone", "partners", "practice"))
MOST_NAMES = 5
LONGEST_ECHO = 60

NOT_YOURS = "Sorry, only {person} and the owners can see {person}'s figures."
ONE_PERSON = "One person at a time, please: `/partner stats @user`."


@dataclass(frozen=True, slots=True)
class _View:
    """What every report of one request shares."""

    tx: Tx
    period: Period
    today: date


def run(text: str, request: Request, context: Context) -> Message:
    """Answer with the figures that `text` asks for; a person's only to them and to owners."""
    today = local_day(request.now, request.settings.zone)
    people, rest = mentions(text)
    period, words = read_period(unescape(rest), today)
    with context.store.read(request.workspace) as tx:
        view = _View(tx, period, today)
        if people:
            return _of_people(view, people, words, request)
        return _of_words(view, words)


def _of_people(view: _View, people: list[str], words: str, request: Request) -> Message:
    person = mention(people[0])
    if len(people) > 1 or words:
        return say(ONE_PERSON)
    if people[0] != request.user and not request.member.is_owner:
        return say(NOT_YOURS.format(person=person))
    scope = Scope(member=people[0])
    looked_after = len(partner.of_liaison(view.tx, people[0]))
    facts = (
        f"Looks after {count_words(looked_after, 'partner')} today; "
        "the referrals are those of these partners.",
    )
    now, before = _now_and_before(view, scope)
    found = attention(view.tx, view.today, scope)
    return report(
        Figures(
            person,
            view.period,
            view.today,
            now,
            before,
            attention=found,
            facts=facts,
            statistics=PERSONAL,
        ),
        is_public=False,
    )


def _of_words(view: _View, words: str) -> Message:
    if words.casefold() in EVERYBODY:
        return _shown(view, "Referral partners", PRACTICE)
    category = category_named(words)
    if category in CATEGORIES or category in categories(view.tx):
        return _shown(view, plain(category_label(category)), Scope(category=category))
    found = partner.book(view.tx).find(words)
    if found.partner_id is None:
        return _which(view, found, words)
    name = partner.names(view.tx, [found.partner_id])[found.partner_id]
    facts = _last_contact(view, found.partner_id)
    return _shown(view, plain(name), Scope(partner_id=found.partner_id), facts)


def _shown(view: _View, name: str, scope: Scope, facts: tuple[str, ...] = ()) -> Message:
    now, before = _now_and_before(view, scope)
    found = tallies(view.tx, view.period, "month", view.today, scope)
    by_month = {key: value for key, value in found.items() if isinstance(key, date)}
    worth = attention(view.tx, view.today, scope)
    return report(
        Figures(name, view.period, view.today, now, before, by_month, worth, facts), is_public=True
    )


def _now_and_before(view: _View, scope: Scope) -> tuple[Tally, Tally]:
    now = tally(view.tx, view.period, view.today, scope)
    return now, tally(view.tx, view.period.before(), view.today, scope)


def _last_contact(view: _View, partner_id: int) -> tuple[str, ...]:
    recent = interaction.recent(view.tx, partner_id, 1)
    return tuple(
        f"Last contact: {span_words(last.happened_on, last.happened_on, view.today)}"
        for last in recent
    )


def _which(view: _View, found: Match, words: str) -> Message:
    said = plain(short(words, LONGEST_ECHO))
    if found.is_ambiguous:
        names = partner.names(view.tx, found.partner_ids)
        listed = _listed([names[id_] for id_ in found.partner_ids])
        return say(f'Several partners go by "{said}": {listed}. Please type more of the name.')
    close = [name.name for name in partner.book(view.tx).suggest(words)]
    meant = f"Did you mean {_listed(close, 'or')}?" if close else ""
    return say(
        f'I don\'t know a partner, category or period "{said}". {meant}'.rstrip(),
        f"Usage: `/partner {USAGE}`; a period is `month`, `quarter`, `year`, `2026-Q3`, `90d`.",
    )


def _listed(names: list[str], last: str = "and") -> str:
    shown = [plain(name) for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        shown.append(f"{len(names) - MOST_NAMES} more")
    *most, end = shown
    return f"{', '.join(most)} {last} {end}" if most else end


STATS = Subcommand(
    "stats",
    USAGE,
    "Figures for the last 90 days or any period, with a chart; a person's are private",
    run,
    is_public=True,
)
