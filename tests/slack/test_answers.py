"""Commands and presses end to end: who sees what, and that everything is answered."""

import json
import sqlite3
from urllib.parse import urlencode

import pytest

from bot.domain.message import Button, Message, Row
from bot.practice import Channel, Person, PracticeSlack
from bot.run import Running
from bot.slack.actions import once
from bot.slack.messenger import SlackMessenger
from bot.store.schema import interactions
from tests.slack.conftest import Bot

pytestmark = pytest.mark.usefixtures("bot")


def logged(running: Running) -> int:
    with running.store.read(running.workspaces[0]) as tx:
        return len(tx.rows(interactions.select()))


def test_an_answer_is_for_the_person_who_asked(
    slack: PracticeSlack, maya: Person, team: Channel
) -> None:
    answer = slack.slash(maya, team, "add Riverside Orthopedics")
    assert answer.error is None
    assert answer.body["response_type"] == "ephemeral"
    assert "*Riverside Orthopedics*" in answer.text
    assert slack.messages(team) == []


def test_figures_are_for_the_channel_as_well_as_it_can_show_them(
    slack: PracticeSlack, maya: Person, team: Channel
) -> None:
    slack.slash(maya, team, "add Riverside Orthopedics")
    slack.slash(maya, team, "refer riverside")
    slack.support_blocks("data_visualization", "data_table", supported=False)
    (message,) = slack.slash(maya, team, "stats").wait()
    assert slack.messages(team) == [message]
    kinds = {block["type"] for block in message.blocks}
    assert not kinds & {"data_visualization", "data_table"}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"is_ext_shared": True}, "because people from outside read this channel"),
        ({"is_private": True, "with_bot": False}, "I can't look"),
    ],
)
def test_figures_stay_private_where_outsiders_may_read(
    slack: PracticeSlack, maya: Person, facts: dict[str, bool], reason: str
) -> None:
    place = slack.add_channel("joint", [maya], **facts)
    (message,) = slack.slash(maya, place, "stats").wait()
    assert message.visible_to == maya.id
    assert reason in message.text
    assert slack.messages(place) == []


def test_a_guest_gets_a_polite_no(slack: PracticeSlack, team: Channel) -> None:
    guest = slack.add_user("guest", is_restricted=True)
    team.members.add(guest.id)
    assert "for the practice's own team" in slack.slash(guest, team, "help").text
    assert "for the practice's own team" in slack.slash(guest, team, "stats").wait()[0].text


def test_a_press_in_an_answer_replaces_it(
    slack: PracticeSlack, maya: Person, team: Channel
) -> None:
    slack.slash(maya, team, "add Riverside Orthopedics")
    answer = slack.slash(maya, team, "called riverside, 20 min")
    (replaced,) = slack.press(maya, answer.messages[0], label="Undo").wait()
    assert replaced is answer.messages[0]
    assert replaced.text.startswith("Undone")


def test_a_press_of_somebody_from_outside_gets_a_polite_no(
    slack: PracticeSlack, maya: Person, team: Channel
) -> None:
    slack.slash(maya, team, "add Riverside Orthopedics")
    slack.slash(maya, team, "called riverside")
    (report,) = slack.slash(maya, team, "stats").wait()
    rep = slack.add_user("rep", team_id="T0OUTSIDE", is_stranger=True)
    (word,) = slack.press(rep, report, index=0).wait()
    assert "for the practice's own team" in word.text
    assert word.visible_to == rep.id
    assert report.history == []


def test_a_double_click_lands_once(
    slack: PracticeSlack, maya: Person, team: Channel, bot: Bot
) -> None:
    for name in ("Bright Path Pediatrics", "Bright Smile Dental"):
        slack.slash(maya, team, f"add {name}")
    question = slack.slash(maya, team, "bright called, 10 min").messages[0]
    slack.misbehave("duplicate", "interactive")
    slack.press(maya, question, index=0).wait(2)
    assert logged(bot.running) == 1


def test_a_press_in_a_message_that_is_drawn_anew_needs_no_word(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person, bot: Bot
) -> None:
    slack.slash(maya, None, "add Riverside Orthopedics")
    answer = slack.slash(maya, None, "called riverside").messages[0]
    buttons = [e for b in answer.blocks for e in b.get("elements", ())]
    undo = next(one for one in buttons if one["text"]["text"] == "Undo")
    row = Row("*Riverside Orthopedics*", (Button("Undo", "undo", undo["value"]),), id=1)
    messenger.send(slack.workspace.team_id, maya.id, Message((row,)), "d1")
    slack.press(maya, slack.dms(maya)[-1], label="Undo")
    assert logged(bot.running) == 0
    bot.stop()
    assert slack.calls_of("response_url") == []


def row_press(edited: str | None, trigger: str, is_ephemeral: bool = False) -> dict[str, object]:
    message = {"edited": {"ts": edited}} if edited else {}
    return {
        "trigger_id": trigger,
        "actions": [{"action_id": "did:1", "block_id": "buttons:7", "value": "7:call"}],
        "container": {"channel_id": "D1", "message_ts": "1.0", "is_ephemeral": is_ephemeral},
        "message": message,
    }


def test_a_double_click_is_the_same_button_of_the_same_version() -> None:
    assert once(row_press(None, "t1")) == once(row_press(None, "t2"))
    assert once(row_press(None, "t1")) != once(row_press("2.0", "t2"))


def test_elsewhere_the_same_may_be_meant_twice() -> None:
    first, second = row_press(None, "t1"), row_press(None, "t2")
    for body in (first, second):
        body["actions"] = [{"action_id": "show:1", "block_id": "b1", "value": "3"}]
    assert (once(first), once(second)) == ("t1", "t2")


def interaction(slack: PracticeSlack, person: Person, action: str, value: str) -> bytes:
    hook = slack.workspace.new_hook(person.id, slack.dm(person).id)
    payload = {
        "type": "block_actions",
        "team": {"id": slack.workspace.team_id},
        "user": {"id": person.id, "team_id": person.team_id},
        "trigger_id": "9.9",
        "container": {"message_ts": "1.0", "channel_id": "D1", "is_ephemeral": True},
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
        "response_url": slack.server.response_url(slack.workspace, hook.id),
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def test_a_button_of_an_older_version_is_answered(
    slack: PracticeSlack, maya: Person, bot: Bot
) -> None:
    assert bot.post(interaction(slack, maya, "gone:3", "x")) == (200, "")
    slack.wait_for(lambda: any("older version" in m.text for m in slack.ephemerals(maya)))


def test_what_was_not_saved_is_given_back(
    slack: PracticeSlack, maya: Person, team: Channel, bot: Bot
) -> None:
    slack.slash(maya, team, "add Riverside Orthopedics")
    other = sqlite3.connect(bot.running.store.engine.url.database or "")
    other.execute("BEGIN IMMEDIATE")
    answer = slack.slash(maya, team, 'called riverside about "R&D"')
    other.close()
    assert answer.error is None
    assert answer.text.startswith("That was NOT saved.")
    assert 'You typed: "called riverside about "R&amp;D""' in answer.text
    assert logged(bot.running) == 0


def test_a_line_that_breaks_under_an_answer_does_not_say_it_twice(
    slack: PracticeSlack, maya: Person, team: Channel, bot: Bot
) -> None:
    slack.misbehave("cut", "response_url", accepted=True)
    slack.slash(maya, team, "stats").wait()
    bot.stop()
    assert len(slack.messages(team)) == 1
    assert len(slack.calls_of("response_url")) == 1
