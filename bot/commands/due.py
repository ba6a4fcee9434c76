"""`/partner due`: what is waiting, and why something is held back."""

from collections.abc import Sequence

from bot.commands.request import Context, Request, Subcommand, mention
from bot.domain.fact import Facts
from bot.domain.member import Member
from bot.domain.message import Heading, Message, Part, Row, Small, say
from bot.domain.reading.people import mentions
from bot.domain.reminder import Reminder
from bot.domain.respect import held_because, held_words
from bot.domain.words import count_words, date_words, day_words, plain
from bot.errors import UserError
from bot.reminders import KINDS
from bot.store import Tx, fact, partner, reminder, workspace

# Each row may take four of the fifty blocks that a message can hold.
ROWS = 10
KIND_WORDS = {"check_in": "check-in", "thank_you": "thank-you", "next_step": "next step"}


def due(text: str, request: Request, context: Context) -> Message:
    """Say what waits for whoever asks, for somebody else, or for all."""
    people, rest = mentions(text)
    words = rest.strip().casefold()
    if words not in ("", "all", "everyone", "me", "mine") or len(people) > 1:
        raise UserError("Try `/partner due`, `/partner due @ana` or `/partner due all`.")
    whose = None if words in ("all", "everyone") else (people or [request.user])[0]
    with context.store.read(request.workspace) as tx:
        waiting = reminder.waiting(tx, whose, request.today)
        facts = fact.gather(tx, [(row, request.today) for row in waiting[:ROWS]])
        if not waiting:
            return _quiet(tx, whose, request)
        held = _held(tx, waiting, request)
    return _waiting(facts, len(waiting), whose, held, request)


def _quiet(tx: Tx, whose: str | None, request: Request) -> Message:
    coming = reminder.coming(tx, whose, request.today)
    if coming is None:
        return say("Nothing today.")
    name = plain(partner.names(tx, [coming.partner_id]).get(coming.partner_id, ""))
    day = date_words(coming.back_on or coming.show_on, request.today)
    return say(f"Nothing today. Next: {name}, {day}.")


def _waiting(
    facts: Sequence[Facts], count: int, whose: str | None, held: str, request: Request
) -> Message:
    parts: list[Part] = [Heading(f"{count_words(count, 'thing')} waiting")]
    parts += [part for one in facts if (part := _row(one, whose, request))]
    if count > len(facts):
        parts.append(Small(f"{count - len(facts)} more, once these are done."))
    return Message((*parts, *((Small(held),) if held else ())))


def _row(facts: Facts, whose: str | None, request: Request) -> Row | None:
    kind = KINDS[facts.reminder.kind]
    said = kind.said(facts)
    if said is None:
        return None
    day = facts.reminder.show_on
    since = f"Waiting since {day_words(day, request.today)}." if day < request.today else ""
    if whose == request.user:
        return Row(said.text, kind.controls(facts), said.draft, f"{since} {said.small}".strip())
    who = mention(facts.reminder.recipient) if facts.reminder.recipient else "no liaison"
    return Row(f"{said.text} ({who})", small=since)


def _held(tx: Tx, waiting: Sequence[Reminder], request: Request) -> str:
    """Say why some of it has not been, and will not be, sent."""
    nobody = sum(row.recipient is None for row in waiting)
    people = {row.recipient for row in waiting if row.recipient}
    reasons = [_why_held(workspace.member(tx, user), request) for user in sorted(people)]
    if nobody:
        reasons.append(f"{count_words(nobody, 'item')} without a liaison: nobody is asked.")
    return " ".join(reason for reason in reasons if reason)


def _why_held(person: Member, request: Request) -> str:
    who, held = mention(person.member), held_because(person, request.settings, request.now)
    if person.is_deactivated:
        return f"{who} has left Slack: please hand their partners over."
    if person.zone is None:
        return f"{who}'s time zone isn't known yet, so I hold their messages."
    if held is None:
        return ""
    zone = request.member.zone or request.settings.zone
    return f"For {who}, {held_words(held, zone, request.now)}."


DUE = Subcommand(
    "due",
    "due [@user or all]",
    "What is waiting, and why something is held back.",
    due,
    aliases=("waiting", "today"),
)
