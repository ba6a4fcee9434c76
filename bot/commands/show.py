"""`/partner show`: a partner's card."""

from datetime import date

from bot.commands.convert import is_number, read_number
from bot.commands.did import did_menu
from bot.commands.refer import offers as refer_offers
from bot.commands.reply import next_check_in
from bot.commands.request import Context, Request, Subcommand, mention
from bot.commands.which import find
from bot.domain.gift import gift_words
from bot.domain.interaction import Interaction, done_words
from bot.domain.message import Button, Controls, Heading, Message, Part, Small, Words, say
from bot.domain.partner import Contact, Partner
from bot.domain.referral import LOST_REASONS, RECEIVED, NextStep, Referral
from bot.domain.words import count_words, date_words, day_words, plain, short
from bot.store import Tx, interaction, partner, referral, workspace

RECENT = 5
STEPS = 5
CONTACTS = 5
# Numbers of open referrals that a card names, for `/partner convert R-1042`.
NUMBERS = 6


def show(text: str, request: Request, context: Context) -> Message:
    """Show everything that matters of one partner."""
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        numbered = read_number(tx, book, text) if is_number(text) else None
        if numbered:
            return _of_referral(tx, numbered[0], request)
        return card(tx, find(tx, book, text, request), request)


def _of_referral(tx: Tx, one: Referral, request: Request) -> Message:
    found = partner.get(tx, one.partner_id)
    way = "from" if one.direction == RECEIVED else "to"
    made = day_words(one.received_on, request.today)
    line = f"*{one.label} {way} {plain(found.name if found else '')}*, {made}: "
    if one.evaluated_on:
        return say(f"{line}came in, {day_words(one.evaluated_on, request.today)}.")
    if one.lost_on:
        return say(f"{line}didn't come in, {LOST_REASONS[one.lost_reason or 'other']}.")
    is_ours = one.direction == RECEIVED
    return say(f"{line}open.", controls=refer_offers(one.id) if is_ours else ())


def card(tx: Tx, found: Partner, request: Request) -> Message:
    """Make a partner's card."""
    parts: list[Part] = [Heading(plain(found.name)), Words(_summary(tx, found, request))]
    for lines in (
        [_contact(one) for one in partner.contacts_of(tx, found.id)[:CONTACTS]],
        [_referrals(referral.of_partner(tx, found.id), request.today)],
        _steps(interaction.open_steps(tx, found.id), request),
        [_recent(one, request) for one in interaction.recent(tx, found.id, RECENT)],
    ):
        parts += [Words("\n".join(lines))] if any(lines) else []
    small = [_gifts(tx, found, request), short(plain(found.notes or ""), 500)]
    parts += [Small(line) for line in small if line]
    return Message((*parts, *_offers(found)))


def _offers(found: Partner) -> tuple[Part, ...]:
    if found.ended_on:
        return ()
    new = Button("New referral", "referred", str(found.id))
    edit = Button("Edit", "edit", str(found.id))
    return (Controls((did_menu(found), new, edit)),)


def _summary(tx: Tx, found: Partner, request: Request) -> str:
    sort = [found.category.capitalize(), found.specialty, found.stage, found.tier]
    lines = [
        ", ".join(plain(word) for word in sort if word),
        f"Liaison: {_liaison(tx, found)}",
        f"Check-in {request.settings.policy.cadence_of(found).words}. " + _next(tx, found, request),
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
    return f"• {', '.join(plain(short(part, 80)) for part in (contact.name, *details) if part)}"


def _referrals(rows: list[Referral], today: date) -> str:
    received = [one for one in rows if one.direction == RECEIVED]
    sent = f"{len(rows) - len(received)} sent to them." if len(rows) > len(received) else ""
    if not received:
        return sent or "No referrals yet."
    last = day_words(received[0].received_on, today)
    came = sum(one.evaluated_on is not None for one in received)
    lost = sum(one.lost_on is not None for one in received)
    ends = [f"{came} came in", *([f"{lost} didn't"] if lost else []), *_open(received)]
    line = f"{count_words(len(received), 'referral')} received, last {last}: {', '.join(ends)}."
    return f"{line} {sent}".strip()


def _open(received: list[Referral]) -> list[str]:
    waiting = [one.label for one in reversed(received) if one.is_open]
    if not waiting:
        return []
    more = ", …" if len(waiting) > NUMBERS else ""
    return [f"{len(waiting)} open ({', '.join(waiting[:NUMBERS])}{more})"]


def _steps(steps: list[NextStep], request: Request) -> list[str]:
    shown = [_step(step.what, step.due_on, request) for step in steps[:STEPS]]
    return [*shown, *([f"and {len(steps) - STEPS} more"] if len(steps) > STEPS else [])]


def _step(what: str, due_on: date, request: Request) -> str:
    return f"☐ {plain(short(what, 120))}, by {date_words(due_on, request.today)}"


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
