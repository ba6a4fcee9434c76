"""What has become due turns into deliveries; running it twice changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.messenger import Messenger
from bot.domain.respect import ASK_AGAIN_AFTER, held_because
from bot.domain.when import local_day, morning, next_morning
from bot.store import Connection, Store, Tx, agenda, outbox, workspace
from bot.store.agenda import DueReminder
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import ALONE, MORNING, Planned
from jobs.guard import attempt
from jobs.people import fresh

BATCH = 500
# Planning runs every few seconds; what is planned this late is looked for in Slack first.
BEHIND_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to plan for a person now, and when to look at the rest again."""

    person: Member
    due: Sequence[DueReminder]
    is_morning: bool
    alone: tuple[DueReminder, ...]
    look_again: datetime

    def is_behind(self, now: datetime) -> bool:
        """Whether this should have been planned a while ago.

        Then it may have been, and said, by whoever kept a database that was since replaced by an
        older copy of it.
        """
        return now - min(one.look_at for one in self.due) > BEHIND_AFTER


def plan(store: Store, messenger: Messenger, team: str, now: datetime) -> int:
    """Plan deliveries for what has become due in a workspace.

    Returns how many reminders were looked at; zero means that nothing is left to plan.
    """
    with store.peek() as connection:
        users = agenda.recipients(connection, team, now, BATCH)
    people = fresh(store, messenger, team, users, now) if users else {}
    if not people:
        return 0
    with store.begin(JOB_PATIENCE) as connection:
        settings = workspace.get(Tx(connection, team))
        due = agenda.due(connection, team, now, BATCH)
        decisions = _decisions(connection, settings, due, people, now)
        _carry_out(connection, team, decisions, now)
    return sum(len(one.due) for one in decisions)


def _decisions(
    connection: Connection,
    settings: Workspace,
    due: Sequence[DueReminder],
    people: Mapping[str, Member],
    now: datetime,
) -> list[Decision]:
    told = outbox.planned_of(
        connection, settings.id, [_key(one) for one in due if one.is_immediate]
    )
    found = []
    by_person = sorted(due, key=lambda one: one.recipient)
    for user, group in groupby(by_person, lambda one: one.recipient):
        if user in people:
            rows = [_as_row(one) if _key(one) in told or one.back_on else one for one in group]
            work = partial(decide, people[user], settings, rows, now)
            decision = attempt(work, f"planning for {settings.id} {user}")
            found += [decision] if decision else []
    return found


def _as_row(one: DueReminder) -> DueReminder:
    """What had its own message, or was put off, is a row of the next morning like any other."""
    return replace(one, is_immediate=False)


def decide(
    person: Member, settings: Workspace, due: Sequence[DueReminder], now: datetime
) -> Decision:
    """Say what a person may be told at `now`: only when nothing holds it, once a morning."""
    held = held_because(person, settings, now)
    if held or person.zone is None:
        return Decision(person, due, False, (), held.until if held else now + ASK_AGAIN_AFTER)
    calendar = calendar_of(settings, person)
    at_once = tuple(one for one in due if one.is_immediate and not one.shown_count)
    today = morning(local_day(now, person.zone), person.reminder_hour, person.zone, calendar)
    if now < today:
        return Decision(person, due, False, at_once, today)
    tomorrow = next_morning(now, person.reminder_hour, person.zone, calendar)
    return Decision(person, due, len(at_once) < len(due), at_once, tomorrow)


def _carry_out(
    connection: Connection, team: str, decisions: Sequence[Decision], now: datetime
) -> None:
    mornings = {one.person.member: _morning(one, now) for one in decisions if one.is_morning}
    begun = outbox.plan(connection, team, list(mornings.values()), now)
    # Whoever gets a morning message now finds everything in it.
    told = {user for user, planned in mornings.items() if planned.key in begun}
    alone = [
        _alone(row, one.is_behind(now))
        for one in decisions
        if one.person.member not in told
        for row in one.alone
    ]
    later: dict[datetime, list[int]] = {}
    for one in decisions:
        later.setdefault(one.look_again, []).extend(row.id for row in one.due)
    outbox.plan(connection, team, alone, now)
    for until, ids in later.items():
        agenda.postpone(connection, team, ids, now, until)


def _morning(one: Decision, now: datetime) -> Planned:
    user, day = one.person.member, local_day(now, one.person.zone or "")
    return Planned(f"morning:{user}:{day}", MORNING, user, is_tried=one.is_behind(now))


def _alone(one: DueReminder, is_tried: bool) -> Planned:
    at = one.due_at.isoformat()
    return Planned(_key(one), ALONE, one.recipient, one.id, about=at, is_tried=is_tried)


def _key(one: DueReminder) -> str:
    return f"{'thanks' if one.kind == 'thank_you' else one.kind}:{one.id}"
