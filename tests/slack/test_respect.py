"""The digest, absences and leavers over real HTTP, against Slack as it answers."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.member import Workspace
from bot.domain.when import local_instant
from bot.practice import Channel, Person, PracticeSlack
from bot.slack.messenger import SlackMessenger
from bot.store import Store, partner, referral, reminder, workspace
from jobs.deliver import deliver
from jobs.plan import plan
from jobs.scheduler import ROUNDS
from tests.commands.looking import ONE_DATABASE

pytestmark = ONE_DATABASE
NEW_YORK = "America/New_York"
MONDAY = date(2027, 3, 8)
Tick = Callable[..., None]


class At:
    """A clock that stands still."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def at(day: date, hour: int) -> datetime:
    return local_instant(day, time(hour), NEW_YORK)


@pytest.fixture
def ana(slack: PracticeSlack) -> Person:
    return slack.add_user("ana", "Ana Silva", tz=NEW_YORK)


@pytest.fixture
def tick(
    empty_store: Store,
    slack: PracticeSlack,
    messenger: SlackMessenger,
    maya: Person,
    ana: Person,
    team: Channel,
) -> Tick:
    """Maya owns the practice; Ana has two partners, and a check-in on Monday, March 8.

    `tick(days, hour)` runs the jobs at ten, or that hour, so many days after that Monday.
    """
    store, here = empty_store, slack.workspace.team_id
    start = at(MONDAY - timedelta(days=7), 9)
    with store.begin() as connection:
        workspace.found(connection, Workspace(here, zone=NEW_YORK, channel=team.id), start)
        workspace.make_owners(connection, here, [maya.id])
    with store.change(here, start, "seed", ana.id) as change:
        for name in ("Riverside", "Iron Peak"):
            one = partner.add(change, name, start.date(), liaison=ana.id, cadence="every week")
            for days in range(6):
                referral.add(change, one, "received", start.date() - timedelta(days=20 * days - 2))

    def run(days: int, hour: int = 10) -> None:
        now = at(MONDAY + timedelta(days=days), hour)
        for _ in range(20):
            done = sum(each(store, messenger, now) for each in ROUNDS)
            done += plan(store, messenger, here, now)
            if not done + deliver(store, messenger, At(now), here):
                return

    return run


def test_the_digest_is_posted_with_its_chart(
    slack: PracticeSlack, tick: Tick, team: Channel
) -> None:
    tick(0)
    tick(0)
    (posted,) = slack.messages(team)
    assert "Last week with our partners (Mar 1 to 7)" in posted.text
    assert "Received and came in, by month" in posted.text
    assert [block["type"] for block in posted.blocks][-1] == "data_visualization"


def test_where_outsiders_read_the_owner_has_it(
    slack: PracticeSlack, tick: Tick, team: Channel, maya: Person
) -> None:
    team.is_ext_shared = True
    tick(0)
    assert slack.messages(team) == []
    (sent,) = slack.dms(maya)
    assert "people from outside the practice read" in sent.text
    assert "Last week with our partners" in sent.text


def test_a_snooze_in_slack_holds_the_morning(slack: PracticeSlack, tick: Tick, ana: Person) -> None:
    ana.dnd = (int(at(MONDAY, 8).timestamp()), int(at(MONDAY, 12).timestamp()))
    tick(0)
    assert slack.dms(ana) == []
    tick(1)
    assert "Two today" in slack.dms(ana)[0].text


def test_one_that_was_set_since_the_morning_holds_what_comes_then(
    slack: PracticeSlack, tick: Tick, empty_store: Store, maya: Person, ana: Person
) -> None:
    tick(0)
    assert len(slack.dms(ana)) == 1
    ana.dnd = (int(at(MONDAY, 11).timestamp()), int(at(MONDAY, 15).timestamp()))
    here, noon = slack.workspace.team_id, at(MONDAY, 12)
    with empty_store.change(here, noon, "assign", maya.id) as change:
        reminder.tell_handover(change, 1, ana.id, MONDAY)
    tick(0, 12)
    assert len(slack.dms(ana)) == 1
    tick(0, 15)
    assert "yours to look after now" in slack.dms(ana)[1].text


def test_a_vacation_in_the_status_is_asked_about(
    slack: PracticeSlack, tick: Tick, ana: Person
) -> None:
    ana.status_text, ana.status_expiration = (
        "On vacation",
        int(at(date(2027, 3, 12), 23).timestamp()),
    )
    tick(0)
    tick(1)
    asked = [one for one in slack.dms(ana) if "Your Slack status says you're away" in one.text]
    assert len(asked) == 1
    assert "until Sat, Mar 13" in asked[0].text


def test_the_owner_hears_of_a_leaver_once(
    slack: PracticeSlack, tick: Tick, maya: Person, ana: Person
) -> None:
    ana.deleted = True
    for day in range(3):
        tick(day)
    told = [one for one in slack.dms(maya) if "has left Slack" in one.text]
    assert len(told) == 1
    assert "2 partners: Iron Peak and Riverside" in told[0].text
    assert slack.dms(ana) == []
