"""Modals and the Home tab: triggers, stacks, hashes, and what people fill in."""

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import Person, PracticeSlack, View

from .apps import connected
from .shapes import actions, button, modal, option, plain, section, select, text_input


def trigger(slack: PracticeSlack, user: Person, view: View | None = None) -> str:
    return slack.workspace.new_trigger(user.id, view.id if view else None).id


def opened(slack: PracticeSlack, web: WebClient, user: Person, *blocks: object) -> View:
    body = modal(*blocks or (section(),), callback_id="form")
    web.views_open(trigger_id=trigger(slack, user), view=body)
    view = slack.modal(user)
    assert view is not None
    return view


def refusal(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def test_a_trigger_works_once(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    once = trigger(slack, dana)
    web.views_open(trigger_id=once, view=modal())
    with pytest.raises(SlackApiError) as refused:
        web.views_open(trigger_id=once, view=modal())
    assert refusal(refused) == "exchanged_trigger_id"


def test_a_trigger_lasts_three_seconds(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    old = trigger(slack, dana)
    slack.advance(3.1)
    with pytest.raises(SlackApiError) as refused:
        web.views_open(trigger_id=old, view=modal())
    assert refusal(refused) == "expired_trigger_id"


def test_an_unknown_trigger(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        web.views_open(trigger_id="1.2.3", view=modal())
    messages = refused.value.response["response_metadata"]["messages"]
    assert (refusal(refused), messages) == ("invalid_arguments", ["[ERROR] invalid `trigger_id`"])


def test_a_bad_view_keeps_the_trigger(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    once = trigger(slack, dana)
    with pytest.raises(SlackApiError) as refused:
        web.views_open(trigger_id=once, view=modal(title=plain("x" * 25)))
    assert refusal(refused) == "invalid_arguments"
    assert web.views_open(trigger_id=once, view=modal())["view"]["state"] == {"values": {}}


def test_a_view_has_a_size(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    with pytest.raises(SlackApiError) as refused:
        web.views_open(trigger_id=trigger(slack, dana), view=modal(*[section("x" * 3000)] * 90))
    assert refusal(refused) == "view_too_large"


def test_three_modals_lie_on_each_other(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    first = opened(slack, web, dana)
    for _ in range(2):
        web.views_push(trigger_id=trigger(slack, dana, first), view=modal())
    with pytest.raises(SlackApiError) as refused:
        web.views_push(trigger_id=trigger(slack, dana, first), view=modal())
    assert refusal(refused) == "push_limit_reached"
    top = slack.modal(dana)
    assert top is not None
    assert top.root_id == first.id
    for _ in range(3):
        top = slack.modal(dana)
        assert top is not None
        slack.close_view(dana, top)
    assert slack.modal(dana) is None


def test_update_wants_the_hash_it_was_given(
    slack: PracticeSlack, web: WebClient, dana: Person
) -> None:
    view = opened(slack, web, dana)
    before = view.hash
    web.views_update(view_id=view.id, hash=before, view=modal(section("new")))
    with pytest.raises(SlackApiError) as refused:
        web.views_update(view_id=view.id, hash=before, view=modal(section("newer")))
    assert refusal(refused) == "hash_conflict"
    assert view.body["blocks"][0]["text"]["text"] == "new"
    slack.close_view(dana, view)
    with pytest.raises(SlackApiError) as refused:
        web.views_update(view_id=view.id, view=modal())
    assert refusal(refused) == "not_found"


def test_external_ids_are_unique(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    web.views_open(trigger_id=trigger(slack, dana), view=modal(external_id="one"))
    web.views_update(external_id="one", view=modal(section("new"), external_id="one"))
    with pytest.raises(SlackApiError) as refused:
        web.views_open(trigger_id=trigger(slack, dana), view=modal(external_id="one"))
    assert refusal(refused) == "duplicate_external_id"


def test_a_home_tab_is_published_per_person(
    slack: PracticeSlack, web: WebClient, dana: Person, lee: Person
) -> None:
    first = web.views_publish(user_id=dana.id, view={"type": "home", "blocks": [section()]})
    web.views_publish(user_id=dana.id, view={"type": "home", "blocks": []})
    home = slack.home(dana)
    assert home is not None
    assert (home.id, home.body["blocks"]) == (first["view"]["id"], [])
    assert slack.home(lee) is None


def test_a_home_drawn_anew_keeps_the_ids_of_what_stays(
    slack: PracticeSlack, web: WebClient, dana: Person
) -> None:
    def published(*blocks: object) -> list[str]:
        web.views_publish(user_id=dana.id, view={"type": "home", "blocks": blocks})
        home = slack.home(dana)
        assert home is not None
        return [block["block_id"] for block in home.body["blocks"]]

    one, twin, other = published(section("one"), section("one"), section("other"))
    assert len({one, twin, other}) == 3
    again = published(section("new"), section("one"), section("other"))
    assert again[1:] == [one, other]
    assert again[0] not in (one, twin, other)
    assert published({**section("mine"), "block_id": one}, section("one"))[1] != one


def test_required_inputs_hold_a_form_back(
    slack: PracticeSlack, web: WebClient, dana: Person
) -> None:
    view = opened(slack, web, dana, text_input("note"), text_input("more", optional=True))
    with pytest.raises(ValueError, match="note"):
        slack.submit_view(dana, view, {"more": "x"})
    with pytest.raises(LookupError, match="typo"):
        slack.submit_view(dana, view, {"typo": "x"})


def test_everything_filled_in_arrives(
    slack: PracticeSlack, web: WebClient, app: App, dana: Person
) -> None:
    def field(name: str, **element: object) -> object:
        element = {"action_id": name, **element}
        return {"type": "input", "block_id": name, "label": plain(name), "element": element}

    ticks = [option("gift"), option("card")]
    kinds = select("kind", "gym", "school", initial_option=option("gym"))
    view = opened(
        slack,
        web,
        dana,
        field("who", type="users_select"),
        field("day", type="datepicker", initial_date="2027-03-01"),
        field("ticks", type="checkboxes", options=ticks),
        field("count", type="number_input", is_decimal_allowed=False),
        {"type": "input", "block_id": "b", "label": plain("Kind"), "element": kinds},
    )
    app.view("form")(lambda ack: ack())
    with connected(slack, app):
        answer = slack.submit_view(
            dana, view, {"who": dana.id, "ticks": ["gift", "card"], "count": 3}
        )
    assert answer.error is None
    values = slack.deliveries[-1].payload["view"]["state"]["values"]
    assert values["who"]["who"] == {"type": "users_select", "selected_user": dana.id}
    assert values["day"]["day"]["selected_date"] == "2027-03-01"
    assert values["ticks"]["ticks"]["selected_options"] == ticks
    assert values["count"]["count"]["value"] == "3"
    assert values["b"]["kind"]["selected_option"]["value"] == "gym"


def test_after_submission(slack: PracticeSlack, web: WebClient, app: App, dana: Person) -> None:
    answers = [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "dance"},
        {"text": "not for modals"},
        {"response_action": "update", "view": modal(title=plain("x" * 25))},
        {"response_action": "update", "view": modal(section("new"), callback_id="form")},
        {"response_action": "push", "view": modal(callback_id="form")},
        {"response_action": "clear"},
    ]
    told = iter(answers)
    app.view("form")(lambda ack: ack(next(told)))
    view = opened(slack, web, dana, text_input("note", optional=True))
    with connected(slack, app):
        errors = [slack.submit_view(dana, view).error for _ in range(4)]
        assert errors == ["invalid_response"] * 3 + ["invalid_arguments"]
        assert slack.submit_view(dana, view).view is view
        assert view.body["blocks"][0]["text"]["text"] == "new"
        pushed = slack.submit_view(dana, view).view
        assert pushed is slack.modal(dana)
        assert pushed is not None
        assert pushed.previous_id == view.id
        slack.submit_view(dana, pushed)
    assert slack.modal(dana) is None


def test_a_button_in_a_form_reports_what_was_typed(
    slack: PracticeSlack, web: WebClient, app: App, dana: Person
) -> None:
    view = opened(slack, web, dana, text_input("note"), actions(button("more")))
    app.action("more")(lambda ack: ack())
    with connected(slack, app):
        slack.press(dana, view, "more", given={"note": "half a note"})
    payload = slack.deliveries[-1].payload
    assert payload["view"]["state"]["values"]["note"]["note_text"]["value"] == "half a note"
    assert payload["container"] == {"type": "view", "view_id": view.id}
    assert "response_url" not in payload


def test_closing_is_told_when_asked_for(slack: PracticeSlack, app: App, dana: Person) -> None:
    heard: list[object] = []
    app.view_closed("form")(lambda ack, body: [heard.append(body["is_cleared"]), ack()])
    body = modal(callback_id="form", notify_on_close=True)
    with connected(slack, app):
        app.client.views_open(trigger_id=trigger(slack, dana), view=body)
        view = slack.modal(dana)
        assert view is not None
        slack.close_view(dana, view)
    assert (heard, slack.modal(dana)) == ([False], None)


def test_nobody_presses_what_they_do_not_see(
    slack: PracticeSlack, web: WebClient, dana: Person, lee: Person
) -> None:
    view = opened(slack, web, dana, actions(button("go")))
    with pytest.raises(PermissionError):
        slack.press(lee, view, "go")
    with pytest.raises(LookupError, match="go"):
        slack.press(dana, view, "gone")
