"""A real Bolt app in Socket Mode against the practice Slack."""

import asyncio
import threading
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError
from slack_bolt import App

from bot.practice import Answer, Channel, Person, PracticeSlack

from .apps import connected
from .shapes import actions, button, modal, select, text_input


async def link(slack: PracticeSlack, session: ClientSession) -> str:
    url = slack.api_url + "apps.connections.open"
    headers = {"Authorization": f"Bearer {slack.app_token}"}
    async with session.post(url, headers=headers) as response:
        return str((await response.json())["url"])


async def plug(slack: PracticeSlack, session: ClientSession) -> ClientWebSocketResponse:
    socket = await session.ws_connect(await link(slack, session))
    assert (await socket.receive_json())["type"] == "hello"
    return socket


async def command(slack: PracticeSlack, user: Person) -> Answer:
    return await asyncio.to_thread(slack.slash, user, None, "help")


def test_a_command_its_button_and_its_form(
    slack: PracticeSlack, app: App, dana: Person, partners: Channel
) -> None:
    @app.command("/partner")
    def on_command(ack: Any) -> None:
        blocks = [actions(button("open", "Open", value="7"))]
        ack(response_type="ephemeral", text="Riverside", blocks=blocks)

    @app.action("open")
    def on_open(ack: Any, body: Any, client: Any, respond: Any) -> None:
        view = modal(text_input("note"), callback_id="form")
        client.views_open(trigger_id=body["trigger_id"], view=view)
        respond(text="Opened " + body["actions"][0]["value"], replace_original=True)
        ack()

    @app.view("form")
    def on_form(ack: Any, view: Any) -> None:
        note = view["state"]["values"]["note"]["note_text"]["value"]
        if note == "bad":
            ack(response_action="errors", errors={"note": "Say more"})
        else:
            ack()

    with connected(slack, app):
        answer = slack.slash(dana, partners, "show riverside")
        [shown] = answer.messages
        assert (answer.error, shown.text, shown.visible_to) == (None, "Riverside", dana.id)
        pressed = slack.press(dana, shown, label="Open")
        assert pressed.wait_view().body["callback_id"] == "form"
        assert shown.text == "Opened 7"
        assert pressed.view is slack.modal(dana)
        assert slack.submit_view(dana, pressed.wait_view(), {"note": "bad"}).errors == {
            "note": "Say more"
        }
        assert slack.modal(dana) is pressed.view
        assert slack.submit_view(dana, pressed.wait_view(), {"note": "good"}).error is None
        assert slack.modal(dana) is None


def test_answers_that_come_later(
    slack: PracticeSlack, app: App, dana: Person, partners: Channel
) -> None:
    def later(respond: Any) -> None:
        respond(text="figures", response_type="in_channel")

    app.command("/partner")(ack=lambda ack: ack(), lazy=[later])
    with connected(slack, app):
        answer = slack.slash(dana, partners, "stats")
        [shown] = answer.wait(1)
    assert (shown.text, shown.visible_to) == ("figures", None)


def test_text_is_escaped_as_slack_does(
    slack: PracticeSlack, app: App, dana: Person, lee: Person, partners: Channel
) -> None:
    @app.command("/partner")
    def on_command(ack: Any, command: Any) -> None:
        ack(command["text"])

    with connected(slack, app):
        said = slack.slash(dana, partners, "log a & <b> @lee, @nobody in #partners x@lee").text
    mention, place = f"<@{lee.id}|lee>", f"<#{partners.id}|partners>"
    assert said == f"log a &amp; &lt;b&gt; {mention}, @nobody in {place} x@lee"


def test_a_menu_in_a_message_reports_choice_and_state(
    slack: PracticeSlack, app: App, dana: Person, partners: Channel
) -> None:
    heard: list[Any] = []

    @app.action("kind")
    def on_kind(ack: Any, body: Any) -> None:
        heard.append(body)
        ack()

    with connected(slack, app):
        posted = app.client.chat_postMessage(
            channel=partners.id,
            text="x",
            blocks=[actions(select("kind", "gym", "school"), block_id="b")],
        )
        [message] = slack.messages(partners)
        slack.press(dana, message, "kind", value="school")
    [body] = heard
    assert body["actions"][0]["selected_option"]["value"] == "school"
    assert body["state"]["values"]["b"]["kind"]["selected_option"]["value"] == "school"
    assert body["message"]["ts"] == posted["ts"]
    assert body["container"]["is_ephemeral"] is False


def test_what_people_say_and_the_home_tab_arrive_as_events(
    slack: PracticeSlack, app: App, dana: Person
) -> None:
    heard: list[str] = []
    enough = threading.Event()

    @app.event("message")
    def on_message(event: Any) -> None:
        heard.append(event["text"])
        enough.set()

    @app.event("app_home_opened")
    def on_home(event: Any, client: Any) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": []})

    with connected(slack, app):
        slack.say(dana, None, "hello bot")
        assert enough.wait(5)
        assert heard == ["hello bot"]
        slack.open_home(dana)
        slack.wait_for(lambda: slack.home(dana))


def test_a_type_ahead_menu(slack: PracticeSlack, app: App, dana: Person, partners: Channel) -> None:
    @app.options("partner")
    def on_options(ack: Any, payload: Any) -> None:
        typed = payload["value"]
        ack(options=[{"text": {"type": "plain_text", "text": typed.title()}, "value": "7"}])

    menu = {"type": "external_select", "action_id": "partner"}
    with connected(slack, app):
        app.client.chat_postMessage(channel=partners.id, text="x", blocks=[actions(menu)])
        [message] = slack.messages(partners)
        answer = slack.type_ahead(dana, message, "partner", "river")
    assert [option["text"]["text"] for option in answer.options] == ["River"]


def test_shortcuts(slack: PracticeSlack, app: App, dana: Person, partners: Channel) -> None:
    @app.shortcut("log")
    def on_log(ack: Any, body: Any, client: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    with connected(slack, app):
        assert slack.shortcut(dana, "log").view is not None
        said = slack.say(dana, partners, "called riverside")
        assert slack.shortcut(dana, "log", said).view is not None


def test_nobody_listens(slack: PracticeSlack, dana: Person) -> None:
    assert slack.slash(dana, None, "help").error == "dispatch_failed"


def test_nobody_answers_in_time() -> None:
    async def scenario(slack: PracticeSlack) -> Answer:
        async with ClientSession() as session:
            socket = await plug(slack, session)
            answer = await command(slack, slack.add_user("dana"))
            await socket.close()
            return answer

    with PracticeSlack(ack_timeout=0.05) as slack:
        assert asyncio.run(scenario(slack)).error == "operation_timeout"


def test_a_ticket_opens_one_socket(slack: PracticeSlack) -> None:
    async def scenario() -> None:
        async with ClientSession() as session:
            url = await link(slack, session)
            await session.ws_connect(url)
            with pytest.raises(WSServerHandshakeError):
                await session.ws_connect(url)

    asyncio.run(scenario())


def test_sockets_share_the_load(slack: PracticeSlack, dana: Person) -> None:
    async def scenario() -> list[int]:
        async with ClientSession() as session:
            sockets = [await plug(slack, session) for _ in range(3)]
            counts = [0, 0, 0]

            async def acknowledge(number: int) -> None:
                async for message in sockets[number]:
                    envelope = message.json()
                    counts[number] += 1
                    await sockets[number].send_json({"envelope_id": envelope["envelope_id"]})

            readers = [asyncio.create_task(acknowledge(number)) for number in range(3)]
            await asyncio.to_thread(slack.wait_connected, 3)
            for _ in range(6):
                assert (await command(slack, dana)).error is None
            for reader in readers:
                reader.cancel()
            return counts

    assert asyncio.run(scenario()) == [2, 2, 2]


def test_an_event_comes_again_until_it_is_acknowledged() -> None:
    async def scenario(slack: PracticeSlack) -> list[Any]:
        async with ClientSession() as session:
            socket = await plug(slack, session)
            await asyncio.to_thread(slack.say, slack.add_user("dana"), None, "hi")
            envelopes = [await socket.receive_json() for _ in range(2)]
            await socket.send_json({"envelope_id": envelopes[1]["envelope_id"]})
            await asyncio.to_thread(slack.wait_delivered)
            return envelopes

    with PracticeSlack(ack_timeout=0.1, event_retries=(0.0, 0.0)) as slack:
        first, again = asyncio.run(scenario(slack))
        assert [delivery.outcome for delivery in slack.deliveries] == ["operation_timeout", "ok"]
    assert first["payload"]["event_id"] == again["payload"]["event_id"]
    assert first["envelope_id"] != again["envelope_id"]
    assert (first["retry_attempt"], again["retry_attempt"]) == (0, 1)


def test_an_event_moves_to_another_socket_when_its_own_is_cut(slack: PracticeSlack) -> None:
    async def scenario() -> Any:
        async with ClientSession() as session:
            first = await plug(slack, session)
            await asyncio.to_thread(slack.send_event, {"type": "app_uninstalled"})
            sent = await first.receive_json()
            second = await plug(slack, session)
            await first.close()
            again = await second.receive_json()
            await second.send_json({"envelope_id": again["envelope_id"]})
            await asyncio.to_thread(slack.wait_delivered)
            return sent["payload"], again["payload"]

    sent, again = asyncio.run(scenario())
    assert sent == again


def test_duplicates_on_demand(slack: PracticeSlack) -> None:
    async def scenario() -> list[Any]:
        async with ClientSession() as session:
            socket = await plug(slack, session)
            await asyncio.to_thread(slack.send_event, {"type": "app_uninstalled"})
            return [await socket.receive_json() for _ in range(2)]

    slack.misbehave("duplicate", "events_api")
    first, second = asyncio.run(scenario())
    assert first["payload"]["event_id"] == second["payload"]["event_id"]


def test_bolt_comes_back_after_a_refresh(slack: PracticeSlack, app: App, dana: Person) -> None:
    @app.command("/partner")
    def on_command(ack: Any) -> None:
        ack("here")

    with connected(slack, app):
        slack.refresh_sockets()
        slack.wait_for(lambda: len(slack.calls_of("apps.connections.open")) == 2)
        slack.wait_connected()
        assert slack.slash(dana, None, "help").text == "here"
