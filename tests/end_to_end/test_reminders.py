"""A day with the running bot: what it says by itself, and what presses make of it."""

from datetime import date, timedelta

import pytest

from bot.practice import Message, Person, PracticeSlack
from tests.end_to_end.conftest import HTTP, SOCKET, Starts
from tests.end_to_end.filled import (
    DAY,
    EARLY,
    NINE,
    fill,
    kinds_logged,
    messages_each,
    shown_counts,
)
from tests.end_to_end.process import PATIENCE, Process, eventually


@pytest.fixture
def ana(slack: PracticeSlack) -> Person:
    return slack.add_user("ana", "Ana Silva")


@pytest.fixture
def luis(slack: PracticeSlack) -> Person:
    """He lives an hour behind."""
    return slack.add_user("luis", "Luis Ortega", tz="America/Chicago")


both_ways = pytest.mark.parametrize("way", [HTTP, SOCKET], indirect=True)


@pytest.fixture
def way(request: pytest.FixtureRequest) -> str:
    """How the bot is reached."""
    return str(getattr(request, "param", SOCKET))


def heard(slack: PracticeSlack, person: Person, count: int = 1) -> Message:
    """Wait for a person's direct message number `count`."""
    slack.wait_for(lambda: len(slack.dms(person)) >= count, PATIENCE)
    return slack.dms(person)[count - 1]


def edited(slack: PracticeSlack, message: Message, expected: str) -> Message:
    """Wait until a message was drawn anew."""
    slack.wait_for(lambda: expected in message.text, PATIENCE)
    return message


def labels(message: Message) -> set[str]:
    """What can be pressed in a message."""
    found = (e for block in message.blocks for e in block.get("elements", ()) if "action_id" in e)
    return {(element.get("text") or element["placeholder"])["text"] for element in found}


@pytest.fixture
def morning(
    starts: Starts, slack: PracticeSlack, ana: Person, sqlite_url: str, way: str
) -> Message:
    """Ana's morning message, noted as sent: two check-ins."""
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana, "Lee Family Medicine": ana})
    starts(sqlite_url, NINE, way)
    message = heard(slack, ana)
    eventually(lambda: shown_counts(sqlite_url) == {1: 2})
    return message


def test_the_same_choice_twice_is_done_again_once_it_was_taken_back(
    slack: PracticeSlack, ana: Person, morning: Message, sqlite_url: str
) -> None:
    before = morning.edited_ts
    for _ in range(2):
        slack.press(ana, morning, label="I did it", value="Called")
        edited(slack, morning, "called today")
        assert kinds_logged(sqlite_url) == ["call"]
        slack.press(ana, morning, label="Undo")
        slack.wait_for(lambda: "called today" not in morning.text, PATIENCE)
        assert kinds_logged(sqlite_url) == []
    assert morning.edited_ts != before


def test_the_same_choice_twice_without_anything_between_is_said(
    slack: PracticeSlack, ana: Person, morning: Message
) -> None:
    """As after a form that was closed again: Slack takes the choice away and says so, no more."""
    pick = {"label": "Not now", "value": "Pick a day"}
    slack.close_view(ana, slack.press(ana, morning, **pick).wait_view())
    answer = slack.press(ana, morning, **pick)
    assert "please pick it once more" in answer.wait()[-1].text
    assert slack.modal(ana) is None
    assert slack.press(ana, morning, **pick).wait_view()


def test_everybody_hears_at_nine_where_they_live(
    starts: Starts, slack: PracticeSlack, ana: Person, luis: Person, database_url: str
) -> None:
    fill(database_url, slack, {"Riverside Orthopedics": ana, "Lee Family Medicine": luis})
    bot = starts(database_url, EARLY)
    # Both were looked at, and neither hears anything yet.
    slack.wait_for(lambda: len(slack.calls_of("users.info")) == 2, PATIENCE)
    bot.set_clock(NINE)
    message = heard(slack, ana)
    assert "Riverside Orthopedics" in message.text
    assert slack.dms(luis) == []
    bot.set_clock(NINE + timedelta(hours=1))
    assert "Lee Family Medicine" in heard(slack, luis).text
    assert messages_each(slack, [ana, luis]) == {1: 2}


def test_slack_is_asked_once_where_somebody_reads(
    starts: Starts, slack: PracticeSlack, ana: Person, sqlite_url: str
) -> None:
    for number, name in enumerate(("Riverside Orthopedics", "Lee Family Medicine")):
        fill(sqlite_url, slack, {name: ana}, DAY + timedelta(days=number))
        bot = starts(sqlite_url, NINE + timedelta(days=number))
        assert name in heard(slack, ana, number + 1).text
        assert bot.stop() == 0
    assert len(slack.calls_of("conversations.open")) == 1


@both_ways
def test_an_evaluation_asks_for_thanks_at_once(
    starts: Starts, slack: PracticeSlack, ana: Person, luis: Person, sqlite_url: str, way: str
) -> None:
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana}, date(2027, 3, 24))
    starts(sqlite_url, NINE, way)
    assert "1 first evaluation today" in slack.slash(luis, None, "evals riverside").text
    message = heard(slack, ana)
    assert "Riverside Orthopedics" in message.text
    eventually(lambda: shown_counts(sqlite_url) == {1: 1})
    slack.press(ana, message, label="Mark sent")
    assert "Undo" in labels(edited(slack, message, "thanked"))
    assert kinds_logged(sqlite_url) == ["thank_you"]


@both_ways
def test_i_did_it_edits_the_message_and_can_be_undone(
    slack: PracticeSlack, ana: Person, morning: Message, sqlite_url: str
) -> None:
    slack.press(ana, morning, label="I did it", value="Called")
    assert "Undo" in labels(edited(slack, morning, "called today"))
    assert kinds_logged(sqlite_url) == ["call"]
    slack.press(ana, morning, label="Undo")
    slack.wait_for(lambda: "called today" not in morning.text, PATIENCE)
    assert kinds_logged(sqlite_url) == []


def test_a_double_click_logs_once(
    slack: PracticeSlack, ana: Person, morning: Message, sqlite_url: str
) -> None:
    slack.misbehave("duplicate", "interactive")
    slack.press(ana, morning, label="I did it", value="Stopped by")
    edited(slack, morning, "visited today")
    assert kinds_logged(sqlite_url) == ["visit"]


def test_pressed_by_somebody_else_it_says_whose_it_is(
    slack: PracticeSlack, ana: Person, luis: Person, morning: Message, sqlite_url: str
) -> None:
    answer = slack.press(luis, morning, label="I did it", value="Called")
    assert f"<@{ana.id}>" in answer.wait()[-1].text
    assert answer.messages[-1].visible_to == luis.id
    assert kinds_logged(sqlite_url) == []
    assert morning.history == []


def test_a_log_by_command_edits_the_message(
    slack: PracticeSlack, ana: Person, luis: Person, morning: Message
) -> None:
    slack.slash(luis, None, "called riverside, 20 min")
    message = edited(slack, morning, "called today")
    assert "Lee Family Medicine" in message.text
    assert message.text.count("called today") == 1


def test_after_a_restart_nothing_is_said_again(
    starts: Starts, slack: PracticeSlack, ana: Person, luis: Person, sqlite_url: str
) -> None:
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana})
    bot = starts(sqlite_url, NINE)
    message = heard(slack, ana)
    eventually(lambda: shown_counts(sqlite_url) == {1: 1})
    assert bot.stop() == 0
    starts(sqlite_url, NINE + timedelta(hours=1))
    # By the time that this is told, the rest of the day was planned once more.
    slack.slash(luis, None, "evals riverside")
    heard(slack, ana, 2)
    slack.press(ana, message, label="I did it", value="Emailed")
    edited(slack, message, "emailed today")
    assert messages_each(slack, [ana]) == {2: 1}


def test_after_a_week_away_everything_due_comes_once(
    starts: Starts, slack: PracticeSlack, ana: Person, luis: Person, sqlite_url: str
) -> None:
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana, "Lee Family Medicine": luis})
    fill(sqlite_url, slack, {"Harbor Chiropractic": ana}, date(2027, 3, 8))
    bot = starts(sqlite_url, NINE + timedelta(days=7, hours=2))
    messages = [heard(slack, ana), heard(slack, luis)]
    assert [name in messages[0].text for name in ("Riverside", "Harbor", "Lee")] == [1, 1, 0]
    assert "Lee Family Medicine" in messages[1].text
    settled_once(bot, slack, [ana, luis], sqlite_url, reminders=3)


def settled_once(
    bot: Process, slack: PracticeSlack, people: list[Person], database: str, reminders: int
) -> None:
    eventually(lambda: sum(shown_counts(database).values()) == reminders)
    assert bot.stop() == 0
    assert messages_each(slack, people) == {1: len(people)}
    assert shown_counts(database) == {1: reminders}


def test_at_the_weekend_nobody_is_disturbed(
    starts: Starts, slack: PracticeSlack, ana: Person, sqlite_url: str
) -> None:
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana})
    bot = starts(sqlite_url, NINE + timedelta(days=3))
    slack.wait_for(lambda: slack.calls_of("users.info"), PATIENCE)
    bot.set_clock(NINE + timedelta(days=5))
    heard(slack, ana)
    settled_once(bot, slack, [ana], sqlite_url, reminders=1)
    assert len(slack.calls_of("chat.postMessage")) == 1
