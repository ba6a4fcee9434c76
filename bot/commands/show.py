"""`/partner show`: a partner's card."""

from datetime import date

from bot.commands.reply import next_check_in
from bot.commands.request import Context, Request, Subcommand, mention
from bot.commands.which import find
from bot.domain.cadence import QUARTERLY, Cadence
from bot.domain.gift import gift_words
from bot.domain.interaction import Interaction, done_words
from bot.domain.message import Heading, Message, Part, Small, Words
from bot.domain.partner import Contact, Partner, category_label
from bot.domain.referral import RECEIVED, Referral
from bot.domain.words import count_words, date_words, day_words, plain, short
from bot.store import Tx, interaction, partner, referral, workspace

RECENT = 5


def show(text: str, request: Request, context: Context) -> Message:
    """Show everything that matters of one partner."""
    with context.store.read(request.workspace) as tx:
        found = find(tx, partner.book(tx), text, request)
        return card(tx, found, request)


def card(tx: Tx, found: Partner, request: Request) -> Message:
    """Make a partner's card."""
    parts: list[Part] = [Heading(plain(found.name)), Words(_summary(tx, found, request))]
    for lines in (
        [_contact(one) for one in partner.contacts_of(tx, found.id)],
        [_referrals(referral.of_partner(tx, found.id), request.today)],
        [_step(step.what, step.due_on, request) for step in interaction.open_steps(tx, found.id)],
        [_recent(one, request) for one in interaction.recent(tx, found.id, RECENT)],
    ):
        parts += [Words("\n".join(lines))] if any(lines) else []
    small = [_gifts(tx, found, request), short(plain(found.notes or ""), 500)]
    parts += [Small(line) for line in small if line]
    return Message(tuple(parts))


def _summary(tx: Tx, found: Partner, request: Request) -> str:
    sort = [category_label(found.category), found.specialty, found.stage, found.tier]
    lines = [
        ", ".join(plain(word) for word in sort if word),
        f"Liaison: {_liaison(tx, found)}",
        f"Check-in {(Cadence.parse(found.cadence) if found.cadence else QUARTERLY).words}. "
        + _next(tx, found, request),
    ]
    return "\n".join(lines)


def _liaison(tx: Tx, found: Partner) -> str:
    if found.liaison is None:
        return f"nobody yet: `/partner assign {plain(found.name)} @someone`"
    person = workspace.member(tx, found.liaison)
    left = " (has left Slack: please assign somebody)" if person.is_deactivated else ""
    return mention(found.liaison) + left


def _next(tx: Tx, found: Partner, request: Request) -> str:
    if found.is_paused(request.today):
        until = found.paused_until
        return f"Paused until {date_words(until, request.today)}." if until else "Paused."
    return f"{next_check_in(tx, found.id, request)}."


def _contact(contact: Contact) -> str:
    likes = f"likes {contact.preferred_channel}s" if contact.preferred_channel else None
    details = (contact.role, contact.phone, contact.email, likes, contact.cares_about)
    return f"• {', '.join(plain(part) for part in (contact.name, *details) if part)}"


def _referrals(rows: list[Referral], today: date) -> str:
    received = [one for one in rows if one.direction == RECEIVED]
    came = sum(one.evaluated_on is not None for one in received)
    still = sum(one.is_open for one in received)
    last = f", last {day_words(received[0].received_on, today)}" if received else ""
    both = f"{count_words(len(received), 'referral')} received{last}: {came} came in, {still} open."
    return f"{both} {len(rows) - len(received)} sent to them."


def _step(what: str, due_on: date, request: Request) -> str:
    return f"☐ {plain(what)}, by {date_words(due_on, request.today)}"


def _recent(one: Interaction, request: Request) -> str:
    note = f': "{plain(short(one.note, 120))}"' if one.note else ""
    what = done_words(one.kind, one.is_reached).split()[0]
    who = f" by {mention(one.by)}" if one.by else ""
    return f"• {date_words(one.happened_on, request.today)}: {what}{who}{note}"


def _gifts(tx: Tx, found: Partner, request: Request) -> str:
    if not found.is_treating:
        return ""
    year = request.today.year
    spent = interaction.spent(tx, found.id, date(year, 1, 1), date(year, 12, 31))
    return gift_words(spent, year) if spent else ""


SHOW = Subcommand(
    "show",
    "show <partner>",
    "A partner's card: liaison, contacts, what was and what is next.",
    show,
    aliases=("card",),
)
