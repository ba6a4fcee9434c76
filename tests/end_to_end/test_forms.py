"""Forms over both wires to the running bot: opened, filled in, put right, sent in."""

import pytest

from bot.practice import Answer, Message, Person, PracticeSlack, View
from tests.end_to_end.conftest import Clinic, Starts
from tests.end_to_end.filled import NINE, fill, kinds_logged
from tests.end_to_end.process import PATIENCE
from tests.end_to_end.test_commands import NOT_FOR_GUESTS


def opened(answer: Answer) -> View:
    """The form that was opened, and nothing else was said."""
    assert (answer.error, answer.messages) == (None, [])
    return answer.wait_view()


def asked(clinic: Clinic, person: Person, text: str) -> tuple[Answer, View]:
    answer = clinic.slack.slash(person, None, text)
    return answer, opened(answer)


def sent_in(slack: PracticeSlack, person: Person, view: View, **values: object) -> None:
    answer = slack.submit_view(person, view, values)
    assert (answer.error, answer.errors) == (None, {})
    assert slack.modal(person) is None


def offered(slack: PracticeSlack, person: Person, view: View, typed: str) -> list[dict]:
    answer = slack.type_ahead(person, view, "partner", typed)
    assert answer.error is None
    return answer.options


def test_an_interaction_is_logged_in_a_form(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    answer, view = asked(clinic, ana, "log")
    (picked,) = offered(clinic.slack, ana, view, name[:5].lower())
    assert picked["text"]["text"] == name
    sent_in(
        clinic.slack,
        ana,
        view,
        partner=picked,
        kind="Lunch",
        minutes=45,
        cost="31.20",
        note="about <cards> & knees",
        step="send cards",
        step_day="2027-03-05",
    )
    said = answer.wait()[-1]
    assert said.visible_to == ana.id
    assert f"Lunch with {name}*, today, 45 min, $31.20" in said.text
    assert "about &lt;cards&gt; &amp; knees" in said.text
    assert "Next step: send cards, by Fri, Mar 5" in said.text


def test_a_refused_text_that_is_long_stands_in_the_form(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    answer, view = asked(clinic, ana, f"called {name} about 3/4/1961 {'and so on ' * 250}")
    assert "1961" not in view.body["private_metadata"]
    refused = clinic.slack.submit_view(ana, view, {})
    assert "looks like patient information (a date of birth)" in refused.errors["note"]
    sent_in(clinic.slack, ana, view, cleared=["What I wrote is not about a patient"])
    assert f"✓ *Call with {name}*, today" in answer.wait()[-1].text


def test_an_error_stands_at_its_field_and_what_was_typed_survives(clinic: Clinic) -> None:
    ana = clinic.person()
    clinic.partner(ana)
    answer, view = asked(clinic, ana, "next")
    (picked, *_) = offered(clinic.slack, ana, view, "")
    put = {"partner": picked, "what": "send cards", "day": "2027-03-02"}
    refused = clinic.slack.submit_view(ana, view, put)
    assert refused.errors == {"day": "That day has been. Please pick today or a day to come."}
    assert clinic.slack.modal(ana) is view
    # Only the day is put right: all else stands there still.
    sent_in(clinic.slack, ana, view, day="2027-03-05")
    assert "send cards, by Fri, Mar 5" in answer.wait()[-1].text


def test_sent_in_twice_it_lands_once(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.name()
    answer, view = asked(clinic, ana, "add")
    clinic.slack.misbehave("duplicate", "interactive")
    try:
        sent_in(clinic.slack, ana, view, name=name, category="gym", contact_new_name="Dana Fox")
    finally:
        clinic.slack.behave()
    (said,) = answer.wait()
    assert f"✓ *{name}* added. Gym" in said.text
    again = clinic.slack.submit_view(ana, view)
    assert (again.error, again.body or None) == (None, None)
    assert "Dana Fox" in clinic.says(ana, f"show {name}").text
    assert answer.messages == [said]


def test_a_partner_is_edited_and_that_undone(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    answer, view = asked(clinic, ana, f"edit {name}")
    sent_in(clinic.slack, ana, view, tier="A", cadence="every 2 weeks", contact_new_name="Pat Fox")
    said = answer.wait()[-1]
    assert "changed tier, cadence and Pat Fox" in said.text
    clinic.presses(ana, said, "Undo").wait()
    assert "Pat Fox" not in clinic.says(ana, f"show {name}").text


def test_a_referral_is_recorded_in_a_form(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    answer, view = asked(clinic, ana, "refer")
    (picked,) = offered(clinic.slack, ana, view, name)
    sent_in(clinic.slack, ana, view, partner=picked, direction="sent")
    assert f"Referral to {name}*, today" in answer.wait()[-1].text


def test_an_answer_is_put_right_in_its_place(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    said = clinic.says(ana, f"called {name}, 20 min")
    answer = clinic.presses(ana, said, "Edit")
    sent_in(clinic.slack, ana, opened(answer), kind="Visit", minutes=None)
    assert f"✓ *Visit to {name}*, today\n" in answer.wait()[-1].text
    assert said.text == answer.text
    assert "20 min" not in clinic.says(ana, f"show {name}").text


def test_guests_open_nothing_and_send_nothing_in(clinic: Clinic) -> None:
    guest, ana = clinic.person(is_restricted=True), clinic.person()
    name = clinic.partner(ana)
    assert NOT_FOR_GUESTS in clinic.says(guest, "log").text
    # A form that was open when somebody became a guest; a menu that is typed into.
    _, view = asked(clinic, ana, "log")
    view.user = guest.id
    assert clinic.slack.type_ahead(guest, view, "partner", name).options == []
    put = {"partner": {"text": {"type": "plain_text", "text": name}, "value": "1"}, "kind": "Call"}
    refused = clinic.slack.submit_view(guest, view, put)
    assert NOT_FOR_GUESTS in refused.errors["partner"]


def test_a_trigger_that_expired_is_said(clinic: Clinic) -> None:
    ana = clinic.person()
    clinic.slack.misbehave("error", "views.open", error="expired_trigger_id")
    try:
        said = clinic.says(ana, "log")
    finally:
        clinic.slack.behave()
    assert "Slack didn't open the form in time" in said.text
    assert clinic.slack.modal(ana) is None


def test_a_form_that_stood_open_for_long_is_answered_in_a_direct_message(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.name()
    answer, view = asked(clinic, ana, "add")
    clinic.slack.misbehave("http_error", "response_url", status=404)
    try:
        sent_in(clinic.slack, ana, view, name=name)
        clinic.slack.wait_for(lambda: clinic.slack.dms(ana), PATIENCE)
    finally:
        clinic.slack.behave()
    assert f"*{name}* added" in clinic.slack.dms(ana)[-1].text
    assert answer.messages == []


def test_a_closed_form_is_nothing(clinic: Clinic) -> None:
    ana = clinic.person()
    _, view = asked(clinic, ana, "log")
    assert clinic.slack.close_view(ana, view).error is None
    assert clinic.slack.modal(ana) is None


@pytest.fixture
def ana(slack: PracticeSlack) -> Person:
    return slack.add_user("ana", "Ana Silva")


@pytest.fixture
def morning(starts: Starts, slack: PracticeSlack, ana: Person, sqlite_url: str) -> Message:
    """Ana's morning message: two check-ins."""
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana, "Lee Family Medicine": ana})
    starts(sqlite_url, NINE)
    slack.wait_for(lambda: slack.dms(ana), PATIENCE)
    return slack.dms(ana)[0]


def test_the_forms_of_a_row_draw_it_anew(
    slack: PracticeSlack, ana: Person, morning: Message, sqlite_url: str
) -> None:
    luis = slack.add_user("luis", "Luis Ortega")
    answer = slack.press(ana, morning, label="I did it", value="More …")
    sent_in(slack, ana, opened(answer), kind="Workshop", note="for the staff")
    slack.wait_for(lambda: "workshop today" in morning.text, PATIENCE)
    assert kinds_logged(sqlite_url) == ["workshop"]
    later = slack.press(ana, morning, label="Not now", value="Pick a day")
    sent_in(slack, ana, opened(later), day="2027-03-13")
    slack.wait_for(lambda: "not now. Back Mon, Mar 15" in morning.text, PATIENCE)
    slack.press(ana, morning, label="Undo", index=1)
    slack.wait_for(lambda: "Back Mon, Mar 15" not in morning.text, PATIENCE)
    given = slack.press(ana, morning, label="Not now", value="Hand over")
    sent_in(slack, ana, opened(given), user=luis.id)
    slack.wait_for(lambda: f"with <@{luis.id}> now" in morning.text, PATIENCE)
    assert [answer.messages, later.messages, given.messages] == [[], [], []]
    slack.wait_for(lambda: slack.dms(luis), PATIENCE)
