"""From a delivery to its message, and from a sent message back to its reminders."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from bot.domain.digest import is_channel
from bot.domain.fact import Facts
from bot.domain.member import OWNER, Member, Workspace
from bot.domain.message import Message
from bot.domain.messenger import Sent
from bot.domain.reminder import Reminder
from bot.domain.respect import held_because
from bot.domain.when import local_day, zone
from bot.reminders.desk import question
from bot.reminders.leaver import leaver
from bot.reminders.letter import Letter, alone, morning
from bot.reminders.letter import redraw as draw_anew
from bot.reminders.silence import silence
from bot.reminders.takeover import takeover as taken_over
from bot.reminders.vacation import vacation
from bot.reminders.welcome import welcome
from bot.store import Store, Tx, fact, outbox, partner, referral, reminder, takeover, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import (
    BACK,
    DESK,
    DIGEST,
    LEAVER,
    MORNING,
    OF_A_DAY,
    SILENCE,
    TAKEOVER,
    WELCOME,
    Delivery,
)
from jobs import digest, week_ahead
from jobs.guard import attempt
from jobs.silence import since_when


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become of a delivery: sent as `letter`, held, or, with neither, called off.

    `untrue` are the reminders that it was to show and that are no longer true.
    """

    delivery: Delivery
    letter: Letter | None = None
    held_until: datetime | None = None
    untrue: tuple[int, ...] = ()


def drafts(
    store: Store, team: str, group: Sequence[Delivery], now: datetime
) -> tuple["Desk", list[Draft]]:
    """Make the messages of deliveries in one workspace from the facts of this moment.

    One whose message cannot be made is left out, and the failure logged.
    """
    with store.read(team) as tx:
        desk = Desk.of(tx, group, now)
        work = [(delivery, partial(_draft, tx, desk, delivery, now)) for delivery in group]
        made = [attempt(draw, f"delivery {delivery.id}") for delivery, draw in work]
    found = [one for one in made if one]
    _forget(store, team, found, desk, now)
    return desk, found


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies ready for writing: the people, and for each delivery the facts of its rows."""

    settings: Workspace
    people: Mapping[str, Member]
    facts: Mapping[int, Sequence[Facts]]

    @staticmethod
    def bare(tx: Tx, group: Sequence[Delivery]) -> "Desk":
        """The people alone."""
        settings = tx.once("workspace", lambda: workspace.get(tx))
        return Desk(settings, workspace.some(tx, {one.recipient for one in group}), {})

    @staticmethod
    def of(tx: Tx, group: Sequence[Delivery], now: datetime) -> "Desk":
        desk = Desk.bare(tx, group)
        rows = {one.id: found for one, found in _rows(tx, group, now)}
        pairs = [(row, desk.today(row.recipient, now)) for of in rows.values() for row in of]
        known = {one.reminder.id: one for one in fact.gather(tx, pairs, desk.people)}
        facts = {
            number: [known[row.id] for row in of if row.id in known] for number, of in rows.items()
        }
        return replace(desk, facts=facts)

    def reader(self, recipient: str) -> Member:
        """Who reads a message: a person, or a channel, where it is as late as in the practice."""
        person = self.people[recipient]
        return replace(person, zone=self.settings.zone) if is_channel(recipient) else person

    def place(self, user: str | None) -> str:
        """The time zone of a person, or of the practice."""
        person = self.people.get(user or "")
        return (person and person.zone) or self.settings.zone

    def today(self, user: str | None, now: datetime) -> date:
        return local_day(now, self.place(user))


def _draft(tx: Tx, desk: Desk, delivery: Delivery, now: datetime) -> Draft:
    person = desk.reader(delivery.recipient)
    if person.zone and delivery.kind in OF_A_DAY:
        planned_on, today = (local_day(at, person.zone) for at in (delivery.created_at, now))
        if planned_on < today:
            # About a day that is over: the next one shows what it would have.
            return Draft(delivery)
    held = held_because(person, desk.settings, now)
    if held:
        return Draft(delivery, held_until=held.until)
    if delivery.kind in _OWN:
        message = _OWN[delivery.kind](tx, desk, delivery, now)
        return Draft(delivery, Letter(message, ()) if message else None)
    letter = _letter(desk, delivery, person, now)
    sent = letter if letter.shows else None
    if delivery.kind == MORNING and person.preferences.is_week_ahead:
        sent = week_ahead.put_under(tx, desk.settings, person, letter, now)
    return Draft(delivery, sent, untrue=letter.untrue)


def _letter(desk: Desk, delivery: Delivery, person: Member, now: datetime) -> Letter:
    facts = desk.facts.get(delivery.id, ())
    if delivery.kind == MORNING:
        return morning(facts, now.astimezone(zone(desk.place(person.member))), person.row_limit)
    return alone(facts)


def _desk(tx: Tx, desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    today = desk.today(delivery.recipient, now)
    waiting = referral.still_open(tx, today)
    return question(waiting, today) if waiting else None


def _welcome(tx: Tx, desk: Desk, delivery: Delivery, _now: datetime) -> Message:
    return welcome(desk.people[delivery.recipient].name, len(partner.everything(tx)))


def _digest(tx: Tx, desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    return digest.message(tx, desk.settings, delivery, now)


def _silence(_tx: Tx, desk: Desk, delivery: Delivery, _now: datetime) -> Message:
    place = zone(desk.place(delivery.recipient))
    spans = (since_when(delivery.key), delivery.created_at)
    return silence(*(one.astimezone(place) for one in spans))


def _leaver(tx: Tx, _desk: Desk, delivery: Delivery, _now: datetime) -> Message | None:
    user = delivery.key.split(":")[1]
    return leaver(user, [one.name for one in partner.of_liaison(tx, user)])


def _takeover(tx: Tx, desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    found = takeover.of(tx, delivery.key, delivery.recipient)
    if found is None:
        return None
    today = desk.today(delivery.recipient, now)
    return taken_over(found.by, found.names, found.steps, found.first, today)


def _vacation(_tx: Tx, desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    back_on = date.fromisoformat(delivery.key.split(":")[2])
    return vacation(back_on, desk.today(delivery.recipient, now))


# What is no list of reminders.
_OWN: dict[str, Callable[[Tx, Desk, Delivery, datetime], Message | None]] = {
    DESK: _desk,
    WELCOME: _welcome,
    DIGEST: _digest,
    SILENCE: _silence,
    LEAVER: _leaver,
    TAKEOVER: _takeover,
    BACK: _vacation,
}


def _rows(
    tx: Tx, group: Sequence[Delivery], now: datetime
) -> Iterator[tuple[Delivery, list[Reminder]]]:
    """The reminders that each delivery would show."""
    mornings = {one.recipient for one in group if one.kind == MORNING}
    told = outbox.being_told(tx.connection, tx.workspace, mornings) if mornings else set()
    waiting: dict[str | None, list[Reminder]] = {}
    for row in reminder.open_of(tx, mornings, now) if mornings else ():
        waiting.setdefault(row.recipient, []).append(row)
    subjects = [one.subject for one in group if one.subject is not None]
    alone = {row.id: row for row in reminder.some(tx, subjects)} if subjects else {}
    for one in group:
        if one.kind == MORNING:
            rows = waiting.get(one.recipient, ())
            yield one, [row for row in rows if row.id not in told]
        elif one.subject in alone:
            yield one, [row for row in (alone[one.subject],) if _is_owed(row, one)]


def _is_owed(row: Reminder, delivery: Delivery) -> bool:
    """Whether what was to be told alone is still to be told, for the first time, to this person."""
    is_new = not row.shown_count and row.back_on is None
    return row.is_open and is_new and row.recipient == delivery.recipient


def _forget(store: Store, team: str, made: Sequence[Draft], desk: Desk, now: datetime) -> None:
    """Close what turned out to be no longer true."""
    untrue = [(one.delivery.recipient, one.untrue) for one in made]
    if any(ids for _, ids in untrue):
        with store.begin(JOB_PATIENCE) as connection:
            for user, ids in untrue:
                reminder.close_untrue(Tx(connection, team), ids, now, desk.today(user, now))


def tell_owners(store: Store, delivery: Delivery, reason: str, now: datetime) -> None:
    """Have the owners told that Slack refuses to deliver to a person; it says so once a day.

    What was for a channel goes to them instead.
    """
    if is_channel(delivery.recipient):
        digest.refused(store, delivery, reason, now)
        return
    with store.begin(JOB_PATIENCE) as connection:
        tx = Tx(connection, delivery.workspace)
        today = local_day(now, workspace.get(tx).zone)
        for owner in workspace.people(tx, OWNER):
            if owner.member != delivery.recipient:
                reminder.tell_unreachable(tx, delivery.recipient, owner.member, now, today)


def settle_sent(
    store: Store,
    team: str,
    sent: Sequence[tuple[Delivery, Sent]],
    now: datetime,
    desk: Desk | None = None,
) -> set[int]:
    """Settle deliveries that Slack has, and note what they show; all of it or nothing.

    `desk` is that on which they were written just now. Returns the ids of those that no newer
    attempt has taken over.
    """
    with store.begin(JOB_PATIENCE) as connection:
        tx = Tx(connection, team)
        mine = outbox.settle_sent(connection, sent, now)
        if mine:
            written_on = desk or Desk.bare(tx, [delivery for delivery, _ in mine])
            reminder.mark_shown(tx, mine, written_on.people, written_on.settings, now)
    return {delivery.id for delivery, _ in mine}


def redraw(store: Store, edit: Delivery, now: datetime) -> tuple[Sent, Message, str] | None:
    """Make a sent message anew; None when there is nothing to edit."""
    with store.read(edit.workspace) as tx:
        target = outbox.get(tx.connection, edit.workspace, edit.edits or 0)
        if target is None or target.channel is None or target.ts is None:
            return None
        person, settings = workspace.member(tx, target.recipient), workspace.get(tx)
        today = local_day(now, person.zone or settings.zone)
        rows = [(row, today) for row in reminder.some(tx, target.shows)]
        facts = fact.gather(tx, rows)
        message = draw_anew(facts, target.id, target.recipient)
        if target.kind == MORNING and person.preferences.is_week_ahead:
            sent_at = target.created_at
            message = week_ahead.keep_under(tx, settings, person, message, sent_at, now)
    sent = Sent(target.channel, target.ts, tuple(target.shows))
    return sent, message, target.delivery_id
