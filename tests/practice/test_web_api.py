"""The Web API as slack_sdk's WebClient meets it."""

import json
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import Channel, Person, PracticeSlack

from .shapes import actions, button, pie, section


def refusal(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def test_who_am_i(slack: PracticeSlack, web: WebClient) -> None:
    found = web.auth_test()
    assert found["user_id"] == slack.bot.id
    assert found["team_id"] == slack.workspace.team_id
    assert web.team_info()["team"]["domain"] == "practice"
    assert web.api_test(foo="bar")["args"]["foo"] == "bar"


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")],
)
def test_wrong_tokens(slack: PracticeSlack, token: str, error: str) -> None:
    web = WebClient(token=slack.app_token if token == "app" else token, base_url=slack.api_url)
    with pytest.raises(SlackApiError) as refused:
        web.auth_test()
    assert refusal(refused) == error


def test_sockets_want_the_app_token(slack: PracticeSlack, web: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        web.apps_connections_open(app_token=slack.bot_token)
    assert refusal(refused) == "not_allowed_token_type"
    found = web.apps_connections_open(app_token=slack.app_token)
    assert found["url"].startswith(f"ws://127.0.0.1:{slack.port}/link/?ticket=")


def test_unknown_method(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        web.api_call("chat.shout")
    assert refusal(refused) == "unknown_method"


def test_token_and_arguments_may_stand_in_a_form(slack: PracticeSlack, partners: Channel) -> None:
    blocks = json.dumps([section()])
    found = WebClient(base_url=slack.api_url).api_call(
        "chat.postMessage",
        data={"token": slack.bot_token, "channel": partners.id, "text": "hi", "blocks": blocks},
    )
    assert found["message"]["blocks"][0]["text"]["text"] == "hello"


def test_a_post_is_seen_edited_and_deleted(
    slack: PracticeSlack, web: WebClient, partners: Channel
) -> None:
    first = web.chat_postMessage(channel=partners.id, text="one", blocks=[actions(button("a"))])
    second = web.chat_postMessage(channel="#partners", text="two")
    assert float(first["ts"]) < float(second["ts"])
    assert first["message"]["bot_id"] == slack.workspace.bot_id
    assert first["message"]["app_id"] == slack.workspace.app_id
    assert first["message"]["blocks"][0]["block_id"]
    web.chat_update(channel=partners.id, ts=first["ts"], text="uno", blocks=[])
    web.chat_delete(channel=partners.id, ts=second["ts"])
    [left] = slack.messages(partners)
    assert (left.text, left.blocks, [old.text for old in left.history]) == ("uno", [], ["one"])


def test_blocks_stay_when_only_text_is_updated(
    slack: PracticeSlack, web: WebClient, partners: Channel
) -> None:
    posted = web.chat_postMessage(channel=partners.id, text="one", blocks=[section()])
    web.chat_update(channel=partners.id, ts=posted["ts"], text="two")
    assert slack.messages(partners)[0].blocks == posted["message"]["blocks"]


def test_a_person_id_is_the_direct_message(
    slack: PracticeSlack, web: WebClient, dana: Person
) -> None:
    opened = web.conversations_open(users=dana.id)["channel"]["id"]
    posted = web.chat_postMessage(channel=dana.id, text="hello")
    assert posted["channel"] == opened
    assert [message.text for message in slack.dms("dana")] == ["hello"]
    assert web.conversations_info(channel=opened)["channel"]["user"] == dana.id


def test_history_is_newest_first_with_metadata(
    slack: PracticeSlack, web: WebClient, dana: Person
) -> None:
    mark = {"event_type": "delivery", "event_payload": {"id": "d-1"}}
    for text in ("one", "two", "three"):
        web.chat_postMessage(channel=dana.id, text=text, metadata=mark)
    channel = slack.dm(dana).id
    page = web.conversations_history(channel=channel, include_all_metadata=True, limit=2)
    assert [message["text"] for message in page["messages"]] == ["three", "two"]
    assert page["messages"][0]["metadata"] == mark
    assert page["has_more"]
    cursor = page["response_metadata"]["next_cursor"]
    rest = web.conversations_history(channel=channel, limit=2, cursor=cursor)
    assert [message["text"] for message in rest["messages"]] == ["one"]
    assert "metadata" not in rest["messages"][0]
    assert not rest["has_more"]


def test_history_between_two_times(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    ts = [web.chat_postMessage(channel=dana.id, text=str(n))["ts"] for n in range(3)]
    channel = slack.dm(dana).id
    inside = web.conversations_history(channel=channel, oldest=ts[0], latest=ts[2])
    assert [message["text"] for message in inside["messages"]] == ["1"]
    every = web.conversations_history(channel=channel, oldest=ts[0], latest=ts[2], inclusive=True)
    assert len(every["messages"]) == 3


BAD_POSTS: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "no_text"),
    ({"text": "x" * 40_001}, "msg_too_long"),
    ({"text": "x", "blocks": "not json"}, "invalid_blocks_format"),
    ({"text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
    ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
    ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
    ({"text": "x", "metadata": {"event_type": "a b", "event_payload": {}}}, "invalid_metadata_f"),
    ({"text": "x", "metadata": {"event_type": "a", "event_payload": {"b": None}}}, "invalid_meta"),
]


@pytest.mark.parametrize(("content", "error"), BAD_POSTS, ids=[row[1] for row in BAD_POSTS])
def test_posts_refused(
    slack: PracticeSlack, web: WebClient, partners: Channel, content: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        web.api_call("chat.postMessage", json={"channel": partners.id, **content})
    assert refusal(refused).startswith(error)
    assert slack.messages(partners) == []


def test_a_refusal_says_where(web: WebClient, partners: Channel) -> None:
    with pytest.raises(SlackApiError) as refused:
        web.chat_postMessage(channel=partners.id, text="x", blocks=[section("x" * 3001)])
    problem = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert refused.value.response["errors"] == [problem]
    assert refused.value.response["response_metadata"]["messages"] == [f"[ERROR] {problem}"]


def test_where_a_bot_may_not_post(slack: PracticeSlack, web: WebClient) -> None:
    slack.add_user("gone", deleted=True)
    places = {
        "C0NOWHERE": "channel_not_found",
        slack.add_channel("apart", with_bot=False).id: "not_in_channel",
        slack.add_channel("secret", with_bot=False, is_private=True).id: "channel_not_found",
        slack.add_channel("old", is_archived=True).id: "is_archived",
        slack.workspace.person("gone").id: "channel_not_found",
    }
    for channel, error in places.items():
        with pytest.raises(SlackApiError) as refused:
            web.chat_postMessage(channel=channel, text="hi")
        assert refusal(refused) == error


def test_whom_a_bot_may_not_write_to(slack: PracticeSlack, web: WebClient) -> None:
    people = {
        slack.add_user("gone", deleted=True).id: "user_disabled",
        slack.add_user("robot", is_bot=True).id: "cannot_dm_bot",
        "U0NOBODY": "user_not_found",
        "": "users_list_not_supplied",
    }
    for user, error in people.items():
        with pytest.raises(SlackApiError) as refused:
            web.conversations_open(users=user)
        assert refusal(refused) == error


def test_only_own_messages_are_changed(
    slack: PracticeSlack, web: WebClient, dana: Person, partners: Channel
) -> None:
    said = slack.say(dana, partners, "mine")
    with pytest.raises(SlackApiError) as refused:
        web.chat_update(channel=partners.id, ts=said.ts, text="yours")
    assert refusal(refused) == "cant_update_message"
    with pytest.raises(SlackApiError) as refused:
        web.chat_delete(channel=partners.id, ts="1.2")
    assert refusal(refused) == "message_not_found"


def test_ephemeral_messages_are_for_one_person(
    slack: PracticeSlack, web: WebClient, dana: Person, lee: Person, partners: Channel
) -> None:
    web.chat_postEphemeral(channel=partners.id, user=dana.id, text="psst")
    assert [message.text for message in slack.ephemerals(dana)] == ["psst"]
    assert slack.ephemerals(lee) == []
    assert slack.messages(partners) == []
    assert len(slack.messages(partners, viewer=dana)) == 1
    assert web.conversations_history(channel=partners.id)["messages"] == []


def test_charts_can_be_refused(slack: PracticeSlack, web: WebClient, partners: Channel) -> None:
    slack.support_blocks("data_visualization", supported=False)
    with pytest.raises(SlackApiError) as refused:
        web.chat_postMessage(channel=partners.id, text="x", blocks=[pie(("a", 1))])
    assert refusal(refused) == "invalid_blocks"
    slack.support_blocks("data_visualization")
    assert web.chat_postMessage(channel=partners.id, text="x", blocks=[pie(("a", 1))])["ok"]


def test_people(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    guest = slack.add_user("guest", is_ultra_restricted=True)
    outside = slack.add_user("outside", is_stranger=True, team_id="T0OTHER")
    found = web.users_info(user=dana.id, include_locale=True)["user"]
    assert (found["tz"], found["locale"], found["real_name"]) == (
        "America/Chicago",
        "en-US",
        "Dana Reyes",
    )
    assert web.users_info(user=guest.id)["user"]["is_restricted"]
    assert web.users_info(user=outside.id)["user"]["team_id"] == "T0OTHER"
    listed = [user["id"] for page in web.users_list(limit=2) for user in page["members"]]
    assert listed == [slack.bot.id, dana.id, guest.id, outside.id]


def test_a_shared_channel_says_so(slack: PracticeSlack, web: WebClient) -> None:
    shared = slack.add_channel("shared", is_ext_shared=True)
    found = web.conversations_info(channel=shared.id, include_num_members=True)["channel"]
    assert (found["is_ext_shared"], found["is_member"], found["num_members"]) == (True, True, 1)


def test_calls_are_recorded(slack: PracticeSlack, web: WebClient, partners: Channel) -> None:
    web.chat_postMessage(channel=partners.id, text="hi")
    [call] = slack.calls_of("chat.postMessage")
    assert call.arguments["text"] == "hi"
    assert "token" not in call.arguments
    assert call.answer is not None
    assert call.answer["ok"]
