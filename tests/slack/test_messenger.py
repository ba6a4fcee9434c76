"""What the end of a call means, and that nothing is ever sent twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.message import Button, Chart, Message, Row, Words, say
from bot.errors import Permanent, Retryable, SlackError, Uncertain
from bot.practice import Channel, Person, PracticeSlack
from bot.slack.absence import undisturbed
from bot.slack.messenger import SlackMessenger
from tests.slack.conftest import known

MORNING = Message((Words("Good morning"), Row("Iron Peak", (Button("Done", "did"),), id=7)))
POST = "chat.postMessage"


def team(slack: PracticeSlack) -> str:
    return slack.workspace.team_id


def send(slack: PracticeSlack, messenger: SlackMessenger, person: Person) -> None:
    messenger.send(team(slack), person.id, MORNING, "d1")


def test_a_message_arrives_once_with_its_mark(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    sent = messenger.send(team(slack), maya.id, MORNING, "d1")
    (message,) = slack.dms(maya)
    assert (sent.channel, sent.ts, sent.rows) == (message.channel, message.ts, (7,))
    assert message.metadata == {"event_type": "rapport_delivery", "event_payload": {"id": "d1"}}
    assert message.text == "Good morning\nIron Peak"


REFUSED = [
    ("internal_error", Uncertain),
    ("fatal_error", Uncertain),
    ("service_unavailable", Uncertain),
    ("request_timeout", Uncertain),
    ("ratelimited", Retryable),
    ("invalid_auth", Retryable),
    ("token_revoked", Retryable),
    ("account_inactive", Retryable),
    ("missing_scope", Retryable),
    ("is_archived", Permanent),
    ("channel_not_found", Permanent),
    ("an error of next year", Uncertain),
    ("error_of_next_year", Permanent),
]


@pytest.mark.parametrize(("code", "kind"), REFUSED)
def test_refusals_are_told_apart(
    slack: PracticeSlack,
    messenger: SlackMessenger,
    maya: Person,
    code: str,
    kind: type[SlackError],
) -> None:
    slack.misbehave("error", POST, error=code)
    with pytest.raises(kind):
        send(slack, messenger, maya)
    assert slack.dms(maya) == []
    assert len(slack.calls_of(POST)) == 1


def test_a_refused_token_stands_in_the_log(
    slack: PracticeSlack,
    messenger: SlackMessenger,
    maya: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    slack.misbehave("error", POST, error="token_revoked")
    with pytest.raises(Retryable):
        send(slack, messenger, maya)
    (line,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert line.getMessage() == (
        "Slack refuses the bot's token: chat.postMessage answered token_revoked"
    )


BROKEN = [
    {"kind": "cut"},
    {"kind": "cut", "accepted": True},
    {"kind": "half"},
    {"kind": "http_error", "status": 500},
    {"kind": "http_error", "status": 503, "accepted": True},
    {"kind": "silent", "accepted": True},
]


@pytest.mark.parametrize("fault", BROKEN, ids=str)
def test_a_broken_line_is_uncertain_and_looking_tells(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person, fault: dict[str, object]
) -> None:
    slack.misbehave(method=POST, **fault)  # type: ignore[arg-type]
    with pytest.raises(Uncertain):
        send(slack, messenger, maya)
    found = messenger.find(team(slack), maya.id, "d1")
    assert len(slack.calls_of(POST)) == 1
    if not (arrived := slack.dms(maya)):
        assert found is None
        return
    assert found is not None
    assert (found.ts, found.rows) == (arrived[0].ts, (7,))


def test_a_proxy_page_is_no_refusal_by_slack(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    slack.misbehave("http_error", POST, status=403)
    with pytest.raises(Retryable):
        send(slack, messenger, maya)


def test_a_slack_that_cannot_be_reached_accepted_nothing(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    slack.vanish()
    with pytest.raises(Retryable):
        send(slack, messenger, maya)
    nowhere = SlackMessenger(known(slack), "http://nowhere.invalid/api")
    with pytest.raises(Retryable):
        nowhere.profile(team(slack), maya.id)


def test_only_the_limited_method_rests(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    slack.misbehave("rate_limited", POST, retry_after=30)
    with pytest.raises(Retryable) as limited:
        send(slack, messenger, maya)
    assert limited.value.after == 30
    with pytest.raises(Retryable) as resting:
        send(slack, messenger, maya)
    assert resting.value.after == pytest.approx(30, abs=5)
    assert len(slack.calls_of(POST)) == 1
    assert messenger.profile(team(slack), maya.id) is not None


@pytest.mark.parametrize(
    ("refused", "shown"),
    [
        ([], "data_visualization"),
        (["data_visualization"], "data_table"),
        (["data_visualization", "data_table"], "table"),
        (["data_visualization", "data_table", "table"], "section"),
        (["data_visualization", "data_table", "table", "section"], None),
    ],
)
def test_a_chart_is_shown_as_well_as_the_workspace_can(
    slack: PracticeSlack,
    messenger: SlackMessenger,
    maya: Person,
    refused: list[str],
    shown: str | None,
) -> None:
    slack.support_blocks(*refused, supported=False)
    chart = Chart("Received", ("Jan",), (("Received", (3.0,)),))
    messenger.send(team(slack), maya.id, Message((chart,)), "d1")
    (message,) = slack.dms(maya)
    assert [block["type"] for block in message.blocks] == ([shown] if shown else [])
    assert message.text == "Received\nJan: Received 3"


def test_an_edit_replaces_blocks_and_keeps_the_mark(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    sent = messenger.send(team(slack), maya.id, MORNING, "d1")
    messenger.edit(team(slack), sent, say("x" * 5000), "d1")
    (message,) = slack.dms(maya)
    assert [block["type"] for block in message.blocks] == ["section"]
    assert len(message.text) == 4000
    found = messenger.find(team(slack), maya.id, "d1")
    assert found is not None
    assert (found.ts, found.rows) == (sent.ts, ())


def test_an_edit_of_a_message_that_is_gone_is_permanent(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    sent = messenger.send(team(slack), maya.id, MORNING, "d1")
    slack.workspace.delete(slack.dms(maya)[0])
    with pytest.raises(Permanent, match="message_not_found"):
        messenger.edit(team(slack), sent, say("later"), "d1")


def test_nobody_can_write_to_a_person_who_left(
    slack: PracticeSlack, messenger: SlackMessenger
) -> None:
    gone = slack.add_user("gone", deleted=True)
    with pytest.raises(Permanent, match="user_disabled"):
        send(slack, messenger, gone)


def test_profiles(slack: PracticeSlack, messenger: SlackMessenger, maya: Person) -> None:
    here = team(slack)
    known = messenger.profile(here, maya.id)
    assert known is not None
    assert (known.zone, known.email) == ("America/Chicago", "maya@practice.example")
    assert not any((known.is_guest, known.is_outsider, known.is_bot, known.is_deactivated))
    guest = messenger.profile(here, slack.add_user("guest", is_restricted=True).id)
    outsider = messenger.profile(here, slack.add_user("rep", team_id="T0OUTSIDE").id)
    robot = messenger.profile(here, slack.bot.id)
    left = messenger.profile(here, slack.add_user("left", deleted=True).id)
    assert guest is not None
    assert guest.is_guest
    assert outsider is not None
    assert outsider.is_outsider
    assert robot is not None
    assert (robot.is_bot, robot.zone) == (True, None)
    assert left is not None
    assert (left.is_deactivated, left.zone) == (True, None)
    assert messenger.profile(here, "U0NOBODY") is None


def test_a_channel_that_cannot_be_seen_is_not_known(
    slack: PracticeSlack, messenger: SlackMessenger, team: Channel
) -> None:
    here = slack.workspace.team_id
    joint = slack.add_channel("joint", is_ext_shared=True)
    hidden = slack.add_channel("hidden", with_bot=False, is_private=True)
    found = [messenger.is_shared(here, channel.id) for channel in (team, joint, hidden)]
    assert found == [False, True, None]
    slack.misbehave("cut", "conversations.info")
    assert messenger.is_shared(here, team.id) is None


def test_a_channel_is_posted_in_and_never_read(
    slack: PracticeSlack, messenger: SlackMessenger, team: Channel
) -> None:
    here = slack.workspace.team_id
    sent = messenger.send(here, team.id, MORNING, "d1")
    assert sent.channel == team.id
    assert [one.text for one in slack.messages(team)] == [MORNING.text]
    with pytest.raises(Permanent):
        messenger.find(here, team.id, "d1")
    assert not slack.calls_of("conversations.history")


def test_it_knows_where_figures_are_not_for(
    slack: PracticeSlack, messenger: SlackMessenger, team: Channel
) -> None:
    here = slack.workspace.team_id
    joint = slack.add_channel("joint", is_ext_shared=True)
    hidden = slack.add_channel("hidden", with_bot=False, is_private=True)
    old = slack.add_channel("old", is_archived=True)
    other = slack.add_channel("other", with_bot=False)
    channels = (team, joint, hidden, old, other)
    found = [messenger.obstacle(here, channel.id) for channel in channels]
    assert found == [None, "shared", "gone", "gone", "not_a_member"]
    assert messenger.obstacle(here, "C0NOWHERE") == "gone"
    slack.misbehave("cut", "conversations.info")
    with pytest.raises(SlackError):
        messenger.obstacle(here, team.id)


def test_a_profile_says_when_somebody_wants_to_be_left_alone(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    here = slack.workspace.team_id
    maya.status_emoji, maya.status_expiration = (
        ":palm_tree:",
        1_804_586_399,
    )  # Mar 8, 2027, at night
    maya.dnd = (1_800_000_000, 1_800_003_600)
    found = messenger.profile(here, maya.id)
    assert found
    assert found.back_on == date(2027, 3, 9)
    assert found.undisturbed == tuple(datetime.fromtimestamp(at, UTC) for at in maya.dnd)


def test_without_the_scope_nobody_asks(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    slack.server.scopes = ("users:read",)
    maya.dnd = (1_800_000_000, 1_800_003_600)
    found = messenger.profile(slack.workspace.team_id, maya.id)
    assert found
    assert found.undisturbed is None
    assert not slack.calls_of("dnd.info")


def test_a_profile_is_had_even_when_that_cannot_be_told(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    slack.misbehave("cut", "dnd.info")
    found = messenger.profile(slack.workspace.team_id, maya.id)
    assert found
    assert found.name == "Maya Stone"


def test_do_not_disturb_is_asked_for_many_at_once_and_not_again_soon(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    here, now = slack.workspace.team_id, datetime(2027, 3, 8, 14, tzinfo=UTC)
    people = [maya.id, *(slack.add_user(f"p{n}").id for n in range(60))]
    assert messenger.undisturbed(here, people, now) == {}
    messenger.profile(here, maya.id)
    maya.dnd = (1_800_000_000, 1_800_003_600)
    found = messenger.undisturbed(here, people, now)
    span = tuple(datetime.fromtimestamp(at, UTC) for at in maya.dnd)
    assert found == {**dict.fromkeys(people), maya.id: span}
    assert len(slack.calls_of("dnd.teamInfo")) == 2
    assert messenger.undisturbed(here, people, now + timedelta(minutes=14)) == {}
    assert len(messenger.undisturbed(here, people, now + timedelta(minutes=15))) == 61


def test_where_it_cannot_be_told_nobody_is_held(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    here, now = slack.workspace.team_id, datetime(2027, 3, 8, 14, tzinfo=UTC)
    messenger.profile(here, maya.id)
    slack.misbehave("error", "dnd.teamInfo", error="user_not_visible")
    assert messenger.undisturbed(here, [maya.id], now) == {}
    assert messenger.undisturbed(here, [maya.id], now) == {maya.id: None}


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"dnd_enabled": True},
        {"dnd_enabled": True, "next_dnd_start_ts": 5, "next_dnd_end_ts": 5},
        {"dnd_enabled": True, "next_dnd_start_ts": "x", "next_dnd_end_ts": 10**30},
        {"snooze_enabled": True, "snooze_endtime": None},
    ],
)
def test_odd_answers_hold_nobody(odd: dict[str, object]) -> None:
    assert undisturbed(odd) is None
