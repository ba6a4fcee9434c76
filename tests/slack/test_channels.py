"""Where a person reads the bot is asked for once, by whichever process comes first."""

from collections.abc import Callable, Iterator

import pytest

from bot.domain.message import Message, say
from bot.errors import Permanent
from bot.practice import Person, PracticeSlack
from bot.slack.messenger import SlackMessenger
from bot.store import Store, dm, workspace
from tests.conftest import PEOPLE, TEAM
from tests.slack.conftest import known

HELLO: Message = say("Good morning")


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    with PracticeSlack(team_id=TEAM) as running:
        yield running


@pytest.fixture
def ana(slack: PracticeSlack) -> Person:
    """Known in the store, too."""
    return slack.add_user("ana", id="U1")


def process(slack: PracticeSlack, store: Store) -> SlackMessenger:
    """What a process that has just started would speak with."""
    return SlackMessenger(known(slack), slack.api_url, timeout=1, store=store)


def kept(store: Store, person: Person) -> str | None:
    with store.read(TEAM) as tx:
        return dm.channel(tx, person.id)


def asked(slack: PracticeSlack) -> int:
    return len(slack.calls_of("conversations.open"))


def test_another_process_need_not_ask(slack: PracticeSlack, store: Store, ana: Person) -> None:
    first = process(slack, store).send(TEAM, ana.id, HELLO, "d1")
    assert kept(store, ana) == first.channel
    second = process(slack, store)
    assert second.send(TEAM, ana.id, HELLO, "d2").channel == first.channel
    assert second.find(TEAM, ana.id, "d1")
    assert asked(slack) == 1


def look(messenger: SlackMessenger, person: Person) -> object:
    return messenger.find(TEAM, person.id, "d1")


def write(messenger: SlackMessenger, person: Person) -> object:
    return messenger.send(TEAM, person.id, HELLO, "d2")


@pytest.mark.parametrize(
    ("method", "act"), [("chat.postMessage", write), ("conversations.history", look)]
)
def test_what_slack_knows_no_longer_is_asked_for_anew(
    slack: PracticeSlack,
    store: Store,
    ana: Person,
    method: str,
    act: Callable[[SlackMessenger, Person], object],
) -> None:
    process(slack, store).send(TEAM, ana.id, HELLO, "d1")
    later = process(slack, store)
    slack.misbehave("error", method, error="channel_not_found")
    with pytest.raises(Permanent, match="channel_not_found"):
        act(later, ana)
    assert kept(store, ana) is None
    assert act(later, ana)
    assert kept(store, ana)
    assert asked(slack) == 2


def test_somebody_who_is_not_known_here_is_not_made_known(
    slack: PracticeSlack, store: Store
) -> None:
    """Who was forgotten stays so."""
    gone = slack.add_user("gone", id="U99")
    process(slack, store).send(TEAM, gone.id, HELLO, "d1")
    with store.read(TEAM) as tx:
        assert {one.member for one in workspace.people(tx)} == set(PEOPLE)
