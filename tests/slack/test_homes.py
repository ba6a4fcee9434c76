"""Homes drawn against a practice Slack: one at a time for each person, and never the older one."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bot.domain.clock import MovableClock
from bot.domain.member import Profile, Workspace
from bot.domain.message import say
from bot.practice import Person, PracticeSlack
from bot.slack.home import Homes
from bot.slack.messenger import SlackMessenger
from bot.store import Store, Tx, referral, workspace
from bot.store import home as kept
from bot.store import partner as partners
from tests.conftest import NOW, ZONE


@dataclass
class Later:
    """Work that waits until somebody does it."""

    work: list[Callable[[], None]] = field(default_factory=list)

    def __call__(self, work: Callable[[], None]) -> None:
        self.work.append(work)

    def do(self) -> int:
        count = 0
        while self.work:
            self.work.pop(0)()
            count += 1
        return count


@dataclass
class Office:
    """Homes of a practice, with the Slack that shows them."""

    homes: Homes
    slack: PracticeSlack
    store: Store
    later: Later
    maya: Person
    timers: list[tuple[float, Callable[[], None]]]

    @property
    def team(self) -> str:
        return self.slack.workspace.team_id

    def published(self) -> list[str | None]:
        """How each attempt to publish ended."""
        limited = {"error": "429"}
        calls = self.slack.calls_of("views.publish")
        return [(call.answer or limited).get("error") for call in calls]

    def shown(self) -> str:
        view = self.slack.home(self.maya)
        return str(view.body["blocks"]) if view else ""

    def wait(self) -> float:
        """Let the one timer that runs go off; returns the seconds that it was set to."""
        ((seconds, work),) = self.timers
        self.timers.clear()
        work()
        self.later.do()
        return seconds

    def add(self, name: str) -> None:
        with self.store.change(self.team, NOW, "add", self.maya.id) as change:
            partners.add(change, name, NOW.date(), liaison=self.maya.id)

    def refer(self, count: int) -> None:
        with self.store.change(self.team, NOW, "refer", None) as change:
            for _ in range(count):
                referral.add(change, 1, "received", NOW.date().replace(month=1))


@pytest.fixture
def office(
    slack: PracticeSlack, messenger: SlackMessenger, empty_store: Store, maya: Person
) -> Office:
    store, team = empty_store, slack.workspace.team_id
    with store.begin() as connection:
        workspace.found(connection, Workspace(team, "Practice", zone=ZONE), NOW)
        profile = Profile("Maya Stone", ZONE)
        workspace.save_profile(connection, team, maya.id, profile, NOW)
        workspace.make_owners(connection, team, [maya.id])
    later = Later()
    timers: list[tuple[float, Callable[[], None]]] = []
    after = lambda seconds, work: timers.append((seconds, work))  # noqa: E731 - one line says it
    homes = Homes(store, messenger, MovableClock(NOW), later, after)
    store.on_change = homes.changed
    return Office(homes, slack, store, later, maya, timers)


def test_what_comes_while_one_is_drawn_is_drawn_together(office: Office) -> None:
    for _ in range(5):
        office.homes.opened(office.team, office.maya.id)
    assert office.later.do() == 1
    assert office.published() == [None]


def test_a_change_draws_the_home_of_who_opened_it(office: Office) -> None:
    office.add("Before")
    office.later.do()
    assert office.published() == []
    office.homes.opened(office.team, office.maya.id)
    office.add("Riverside")
    office.later.do()
    assert "Riverside" in office.shown()
    with office.store.change(office.team, NOW, "nothing", office.maya.id):
        pass
    assert office.later.do() == 0


def test_an_answer_waits_for_the_end_of_its_press_and_stands_there_once(office: Office) -> None:
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    with office.homes.held(office.team, office.maya.id):
        office.add("Riverside")
        office.homes.tell(office.team, office.maya.id, say("✓ *Riverside* added."))
        assert office.later.do() == 0
    office.later.do()
    assert office.published() == [None, None]
    assert "✓ *Riverside* added." in office.shown()
    office.add("Oakdale")
    office.later.do()
    assert "✓ *Riverside* added." not in office.shown()


def test_where_another_process_drew_it_newer_facts_are_drawn(office: Office) -> None:
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    view = office.slack.home(office.maya)
    assert view is not None
    office.slack.workspace.change_view(view, view.body)
    office.add("Riverside")
    office.later.do()
    assert office.published() == [None, "hash_conflict", None]
    assert "Riverside" in office.shown()
    office.add("Oakdale")
    office.later.do()
    assert office.published()[3:] == [None]


def test_the_event_names_what_stands_there(office: Office) -> None:
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    view = office.slack.home(office.maya)
    assert view is not None
    office.slack.workspace.change_view(view, view.body)
    office.homes.opened(office.team, office.maya.id, view.hash)
    office.later.do()
    assert office.published() == [None, None]


def test_a_chart_that_home_does_not_take_is_tried_once(office: Office) -> None:
    office.add("Riverside")
    office.refer(6)
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    assert office.published() == ["invalid_arguments"] * 3 + [None]
    assert "Received 6, Came in 0" in office.shown()
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    assert office.published()[4:] == [None]


@pytest.mark.parametrize("error", ["fatal_error", "not_enabled"])
def test_when_slack_fails_the_next_one_is_drawn(office: Office, error: str) -> None:
    office.slack.misbehave("error", "views.publish", error=error, times=2)
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    assert office.shown() == ""
    office.slack.behave()
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    assert "Log something" in office.shown()


def test_what_slack_put_off_is_drawn_when_it_said(office: Office) -> None:
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    office.slack.misbehave("rate_limited", "views.publish", retry_after=0, times=1)
    office.add("Harbor")
    office.later.do()
    assert "Harbor" not in office.shown()
    office.add("Oakdale")
    office.homes.tell(office.team, office.maya.id, say("✓ *Oakdale* added."))
    assert office.wait() == 0
    for said in ("Harbor", "Oakdale", "✓ *Oakdale* added."):
        assert said in office.shown()
    assert office.published() == [None, "429", None]
    assert office.timers == []


def test_while_slack_puts_it_off_one_timer_runs(office: Office) -> None:
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    office.slack.misbehave("rate_limited", "views.publish", retry_after=60, times=None)
    for name in ("Harbor", "Oakdale", "Stride"):
        office.add(name)
        office.later.do()
    assert office.published() == [None, "429"]
    assert 59 < office.wait() <= 60


def test_what_never_works_is_given_up(office: Office) -> None:
    office.slack.misbehave("error", "views.publish", error="fatal_error", times=None)
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    waits = []
    while office.timers:
        waits.append(office.wait())
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert office.shown() == ""


def test_drawn_meanwhile_it_is_not_drawn_again(office: Office) -> None:
    office.slack.misbehave("error", "views.publish", error="fatal_error", times=2)
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    assert "Log something" in office.shown()
    calls = len(office.published())
    assert office.wait() == 2
    assert len(office.published()) == calls


def test_a_line_that_broke_once_is_no_matter(office: Office) -> None:
    office.slack.misbehave("error", "views.publish", error="internal_error", times=1)
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    assert "Log something" in office.shown()


def test_what_nobody_foresaw_does_not_end_it_for_good(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("nobody foresaw it")

    with monkeypatch.context() as broken:
        broken.setattr(office.homes.messenger, "publish", fail)
        office.homes.opened(office.team, office.maya.id)
        with pytest.raises(ValueError, match="nobody foresaw it"):
            office.later.do()
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    assert "Log something" in office.shown()


def test_only_who_opened_it_is_kept(office: Office) -> None:
    office.homes.changed(office.team, office.maya.id)
    office.later.do()
    with office.store.read(office.team) as tx:
        assert kept.get(tx, office.maya.id) is None
    office.homes.opened(office.team, office.maya.id)
    office.later.do()
    with office.store.read(office.team) as tx:
        assert isinstance(tx, Tx)
        assert kept.get(tx, office.maya.id) is not None
