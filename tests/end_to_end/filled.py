"""A database with partners in it, and what stands in it afterwards."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from bot.domain.member import Profile, Workspace
from bot.practice import Fault, Person, PracticeSlack
from bot.sheets import SHEETS, take_in
from bot.store import Store, connect, workspace
from bot.store.schema import deliveries, interactions, reminders
from tests.end_to_end.process import PATIENCE

ZONE = "America/New_York"
POST = "chat.postMessage"
# A Wednesday. In New York it is 08:30, and 09:00.
DAY = date(2027, 3, 3)
EARLY, NINE = (datetime(2027, 3, 3, *time, tzinfo=UTC) for time in ((13, 30), (14, 0)))
# A claim that was never settled is free for others after this long.
AFTER_LEASE = timedelta(seconds=120)


@contextmanager
def opened(database: str) -> Iterator[Store]:
    store = Store(connect(database))
    yield store
    store.engine.dispose()


def fill(
    database: str, slack: PracticeSlack, names: dict[str, Person], due_on: date = DAY
) -> dict[str, Person]:
    """Write down partners by name, each with a liaison, whose check-ins are due on a day."""
    last = due_on - timedelta(weeks=4)
    lines = [f"{name},physician,{who.id},every 4 weeks,{last}" for name, who in names.items()]
    data = "\n".join(["name,category,liaison,cadence,last_interaction_on", *lines]).encode()
    team, before = slack.workspace.team_id, EARLY - timedelta(days=1)
    with opened(database) as store:
        with store.begin() as connection:
            workspace.found(connection, Workspace(team, "Practice", zone=ZONE), before)
        taken = take_in(store, team, SHEETS["partners"], data, before)
    assert (taken.added, taken.refused) == (len(names), [])
    return names


def fill_many(database: str, slack: PracticeSlack, count: int) -> list[Person]:
    """So many people, each with one check-in due."""
    people = [slack.add_user(f"liaison{n}") for n in range(count)]
    fill(database, slack, {f"Partner {n:03} Clinic": who for n, who in enumerate(people)})
    with opened(database) as store, store.begin() as connection:
        for who in people:
            profile = Profile(who.real_name, ZONE)
            workspace.save_profile(connection, slack.workspace.team_id, who.id, profile, EARLY)
    return people


def held_after(slack: PracticeSlack, count: int) -> Fault:
    """Slack answers so many messages; those that come then wait until `slack.behave()`."""
    slack.misbehave("slow", POST, times=count, seconds=0)
    return slack.misbehave("slow", POST, times=None, seconds=PATIENCE)


def messages_each(slack: PracticeSlack, people: Sequence[Person]) -> Counter[int]:
    """How many people have how many direct messages: the keys are numbers of messages."""
    return Counter(len(slack.dms(who)) for who in people)


def states(database: str) -> Counter[str]:
    """Deliveries by state."""
    return Counter(_column(database, deliveries.c.state))


def shown_counts(database: str) -> Counter[int]:
    """Reminders that were told at least once, by how often."""
    return Counter(count for count in _column(database, reminders.c.shown_count) if count)


def kinds_logged(database: str) -> list[str]:
    return _column(database, interactions.c.kind)


def _column(database: str, column: sa.Column) -> list:
    with opened(database) as store, store.peek() as connection:
        return list(connection.execute(sa.select(column)).scalars())
