"""Shortcuts over both wires to the running bot."""

from bot.practice import Message, Person
from tests.end_to_end.conftest import Clinic
from tests.end_to_end.process import PATIENCE
from tests.end_to_end.test_forms import offered, opened, sent_in


def _said(clinic: Clinic, person: Person, text: str) -> Message:
    room = clinic.slack.add_channel(f"room-{person.id.lower()}", [person])
    return clinic.slack.say(person, room, text)


def test_from_the_menu_an_interaction_is_logged_and_answered_in_a_direct_message(
    clinic: Clinic,
) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    view = opened(clinic.slack.shortcut(ana, "log_interaction"))
    (picked,) = offered(clinic.slack, ana, view, name)
    sent_in(clinic.slack, ana, view, partner=picked, kind="Call")
    clinic.slack.wait_for(lambda: clinic.slack.dms(ana), PATIENCE)
    assert f"✓ *Call with {name}*, today" in clinic.slack.dms(ana)[-1].text


def test_from_a_message_its_words_and_its_link_are_logged(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    message = _said(clinic, ana, f"Visited {name} &amp; Co today, 20 min")
    answer = clinic.slack.shortcut(ana, "log_message", message)
    sent_in(clinic.slack, ana, opened(answer))
    said = answer.wait()[-1]
    assert said.visible_to == ana.id
    assert f"✓ *Visit to {name}*, " in said.text
    place = f"slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    assert place in clinic.says(ana, f"show {name}").text


def test_a_message_of_files_alone_says_so_to_whoever_asked(clinic: Clinic) -> None:
    ana = clinic.person()
    answer = clinic.slack.shortcut(ana, "log_message", _said(clinic, ana, ""))
    assert "no words that I can read" in answer.wait()[-1].text


def test_guests_are_told_in_a_direct_message(clinic: Clinic) -> None:
    guest = clinic.person(is_restricted=True)
    clinic.slack.shortcut(guest, "log_interaction")
    clinic.slack.wait_for(lambda: clinic.slack.dms(guest), PATIENCE)
    assert "practice's own team" in clinic.slack.dms(guest)[-1].text
    assert clinic.slack.modal(guest) is None


def test_a_trigger_that_expired_is_said(clinic: Clinic) -> None:
    ana = clinic.person()
    clinic.slack.misbehave("error", "views.open", error="expired_trigger_id")
    try:
        clinic.slack.shortcut(ana, "log_interaction")
        clinic.slack.wait_for(lambda: clinic.slack.dms(ana), PATIENCE)
    finally:
        clinic.slack.behave()
    assert "Slack didn't open the form in time" in clinic.slack.dms(ana)[-1].text


def test_settings_are_changed_by_the_button_under_help(clinic: Clinic) -> None:
    ana = clinic.person()
    said = clinic.says(ana, "help")
    answer = clinic.presses(ana, said, "My settings")
    view = opened(answer)
    late = clinic.slack.submit_view(ana, view, {"hour": "18:00"})
    assert late.errors == {"hour": "Please pick a time in working hours, 9:00 am to 5:00 pm."}
    sent_in(clinic.slack, ana, view, hour="11:00", days=["Monday", "Tuesday"], rows="3")
    changed = answer.wait()[-1]
    assert "• I write to you at: 11:00 am\n• Your working days: Mon and Tue\n" in changed.text
    clinic.presses(ana, changed, "Undo").wait()
    again = opened(clinic.presses(ana, clinic.says(ana, "help"), "My settings"))
    hour = next(block for block in again.body["blocks"] if block.get("block_id") == "hour")
    assert hour["element"]["initial_time"] == "09:00"
