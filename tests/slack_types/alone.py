"""Everything that the practice Slack can send to a bot and answer it with, without any bot."""

from slack_sdk import WebClient

from bot.practice import Message, PracticeSlack, View
from tests.practice.shapes import actions, button, modal, option, section, select, text_input

USERS = {"type": "users_select", "action_id": "who"}
CHANNELS = {"type": "conversations_select", "action_id": "where"}
DAY = {"type": "datepicker", "action_id": "day"}
TYPED = {"type": "external_select", "action_id": "typed", "min_query_length": 0}
MORE = {"type": "overflow", "action_id": "more", "options": [option("a"), option("b")]}
BOXES = {"type": "checkboxes", "action_id": "boxes", "options": [option("a"), option("b")]}
ROUND = {"type": "radio_buttons", "action_id": "round", "options": [option("a"), option("b")]}
MARK = {"event_type": "practice_mark", "event_payload": {"id": "x1"}}
BLOCKS = [
    section("hello", accessory=MORE),
    actions(
        button("go", value="1", style="primary"),
        select("pick", "a", "b"),
        *(USERS, CHANNELS, DAY, TYPED, BOXES, ROUND),
    ),
]
VALUES = {
    "go": None,
    "pick": "a",
    "more": "b",
    "who": "U1",
    "where": "C1",
    "day": "2027-03-03",
    "typed": option("x"),
    "boxes": ["a"],
    "round": "b",
}


def speak(slack: PracticeSlack) -> None:
    """Have the practice Slack say one of each; nobody listens."""
    web = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    dana = slack.add_user("dana", "Dana Reyes")
    slack.add_user("lee", "Lee Park", deleted=True)
    channel = slack.add_channel("partners", [dana])
    joint = slack.add_channel("joint", [dana], is_private=True, is_ext_shared=True)
    web.api_test(foo="bar")
    web.auth_test()
    web.team_info()
    web.users_list(include_locale=True, limit=2)
    web.users_info(user=dana.id, include_locale=True)
    web.users_lookupByEmail(email=dana.email)
    web.apps_connections_open(app_token=slack.app_token)
    web.conversations_info(channel=channel.id, include_num_members=True)
    web.conversations_info(channel=joint.id)
    web.conversations_open(users=dana.id, return_im=True)
    posted = web.chat_postMessage(channel=dana.id, text="hi", blocks=BLOCKS, metadata=MARK)
    web.chat_update(channel=posted["channel"], ts=posted["ts"], text="there", blocks=BLOCKS)
    web.chat_postEphemeral(channel=channel.id, user=dana.id, text="psst", blocks=BLOCKS)
    web.api_call("blocks.validate", json={"blocks": BLOCKS})
    slack.say(dana, channel, f"hello <@{slack.bot.id}>")
    slack.say(dana, None, "hello")
    web.conversations_history(channel=posted["channel"], limit=1, include_all_metadata=True)
    (message,) = slack.dms(dana)
    (whisper,) = slack.ephemerals(dana)
    _press_everything(slack, message)
    _press_everything(slack, whisper)
    slack.type_ahead(dana, message, "typed", "ri")
    slack.shortcut(dana, "everywhere")
    slack.shortcut(dana, "on_a_message", message)
    _views(slack, web)
    slack.change_user(dana, tz="America/Denver")
    slack.revoke_tokens()
    slack.uninstall()
    slack.wait_delivered()
    gone = web.chat_postMessage(channel=dana.id, text="gone soon")
    web.chat_delete(channel=gone["channel"], ts=gone["ts"])


def _press_everything(slack: PracticeSlack, where: Message | View) -> None:
    values = {**VALUES, "who": slack.bot.id, "where": slack.workspace.channel("partners").id}
    for action_id, value in values.items():
        slack.press("dana", where, action_id, value=value)


def _views(slack: PracticeSlack, web: WebClient) -> None:
    trigger = slack.slash("dana", "partners", "hello @dana in #partners") and _newest(slack)
    form = modal(text_input("note"), *BLOCKS, private_metadata="{}", notify_on_close=True)
    web.views_open(trigger_id=trigger, view=form)
    view = slack.modal("dana")
    assert view is not None
    _press_everything(slack, view)
    slack.type_ahead("dana", view, "typed", "ri")
    web.views_push(trigger_id=_newest(slack), view=form)
    top = slack.modal("dana")
    assert top is not None
    web.views_update(view_id=top.id, view=form)
    slack.submit_view("dana", top, {"note": "words"})
    slack.close_view("dana", top)
    slack.open_home("dana")
    web.views_publish(user_id=view.user, view={"type": "home", "blocks": BLOCKS})
    slack.open_home("dana")


def _newest(slack: PracticeSlack) -> str:
    return list(slack.workspace.triggers)[-1]
