"""Words written to the bot without a slash, over both wires: done once, answered once."""

from datetime import timedelta

import sqlalchemy as sa

from bot.practice import Message, Person
from bot.practice.records import Delivery
from bot.store.schema import inbound, interactions
from tests.end_to_end.conftest import NOW, Clinic
from tests.end_to_end.process import PATIENCE
from tests.end_to_end.test_forms import opened, sent_in


def answers(clinic: Clinic, person: Person) -> list[Message]:
    """What the bot said in a person's direct messages, not for their eyes alone."""
    mine = clinic.slack.dms(person)
    return [one for one in mine if one.user != person.id and not one.is_ephemeral]


def answered(clinic: Clinic, person: Person, text: str) -> Message:
    before = len(answers(clinic, person))
    clinic.slack.say(person, None, text)
    clinic.slack.wait_for(lambda: len(answers(clinic, person)) > before, PATIENCE)
    return answers(clinic, person)[-1]


def test_the_same_words_do_the_same_as_after_the_slash(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    said = answered(clinic, ana, f"called {name}, 20 min")
    assert f"✓ *Call with {name}*, today, 20 min" in said.text
    undone = clinic.presses(ana, said, "Undo").wait()[-1]
    assert undone.text.startswith("Undone:")
    assert "Liaison: nobody yet" in answered(clinic, ana, f"/partner show {name}").text
    assert "What you can say" in answered(clinic, ana, "help").text
    assert "Referral partners" in answered(clinic, ana, "stats").text
    help_ = answered(clinic, ana, "how is the weather?").text
    assert help_.startswith('I didn\'t understand "how is the weather?". Nothing was saved.')


def test_a_question_is_answered_in_its_place_and_once(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.name()
    asked = answered(clinic, ana, f"visited {name} today")
    assert f"I don't know \"{name}" in asked.text
    add = next(
        element["text"]["text"]
        for block in asked.blocks
        for element in block.get("elements", ())
        if str(element.get("text", {}).get("text")).startswith("Add ")
    )
    clinic.presses(ana, asked, add)
    clinic.slack.wait_for(lambda: f"Visit to {name}" in asked.text, PATIENCE)
    assert len(answers(clinic, ana)) == 1


def test_a_form_is_offered_and_opened_by_a_press(clinic: Clinic) -> None:
    ana = clinic.person()
    said = answered(clinic, ana, "add")
    assert said.text == "That takes a form."
    name = clinic.name()
    sent_in(clinic.slack, ana, opened(clinic.presses(ana, said, "Open it")), name=name)
    clinic.slack.wait_for(lambda: f"*{name}* added" in said.text, PATIENCE)


def test_what_looks_like_a_patient_is_to_be_deleted(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    said = answered(clinic, ana, f"called {name} about MRN 123456, DOB 4/1/1980")
    assert "I didn't save that; it looks like patient information" in said.text
    assert "Please delete your message above. I can't, and Slack keeps it." in said.text


def test_an_event_that_comes_again_is_done_and_answered_once(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.slack.misbehave("duplicate", "events_api", times=2)
    try:
        answered(clinic, ana, f"emailed {name}, 5 min")
    finally:
        clinic.slack.behave()
    clinic.slack.resend(_events(clinic, ana)[-1].payload)
    # Whatever else it might say to these would stand before this answer.
    assert name in answered(clinic, ana, f"show {name}").text
    assert len(answers(clinic, ana)) == 2
    assert _logged(clinic, 5) == 1


def test_it_hears_nobody_but_people_and_nothing_but_what_they_write(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    dm = clinic.slack.dm(ana)
    inner = {"type": "message", "channel": dm.id, "channel_type": "im", "ts": "1.1"}
    text = f"called {name}"
    for odd in (
        {"subtype": "message_changed", "message": {"text": text, "user": ana.id}},
        {"subtype": "thread_broadcast", "text": text, "user": ana.id},
        {"subtype": "file_share", "text": text, "user": ana.id},
        {"text": text, "user": clinic.slack.bot.id, "bot_id": "B1"},
        {"text": text},
        {"text": "", "user": ana.id},
        {"text": text, "user": ana.id, "channel_type": "channel"},
    ):
        clinic.slack.send_event({**inner, **odd})
    assert name in answered(clinic, ana, f"show {name}").text
    assert len(answers(clinic, ana)) == 1


def test_guests_are_refused(clinic: Clinic) -> None:
    guest = clinic.person(is_restricted=True)
    assert "practice's own team" in answered(clinic, guest, "help").text


def test_an_answer_that_slack_did_not_take_comes_with_the_next_try(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    _cut_off(clinic, ana, f"texted {name}, 7 min", "http_error")
    assert (answers(clinic, ana), _logged(clinic, 7)) == ([], 1)
    _after_a_minute(clinic, ana)
    [said] = answers(clinic, ana)
    assert said.text == "✓ That is saved."
    assert _logged(clinic, 7) == 1


def test_an_answer_that_arrived_unseen_is_not_given_twice(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    _cut_off(clinic, ana, f"show {name}", "half")
    assert len(answers(clinic, ana)) == 1
    _after_a_minute(clinic, ana)
    assert len(answers(clinic, ana)) == 1


def _cut_off(clinic: Clinic, person: Person, text: str, how: str) -> None:
    """Have a person write while answers go wrong, until Slack's try and the next have failed."""
    # The owner's welcome must not be what goes wrong.
    clinic.slack.wait_for(lambda: clinic.slack.dms(clinic.owner), PATIENCE)
    clinic.slack.misbehave(how, "chat.postMessage", times=1)
    try:
        clinic.slack.say(person, None, text)
        clinic.slack.wait_for(lambda: len(_ended(clinic, person)) > 1, PATIENCE)
    finally:
        clinic.slack.behave()
    assert {one.outcome for one in _ended(clinic, person)}.isdisjoint({"ok"})


def _after_a_minute(clinic: Clinic, person: Person) -> None:
    """Have Slack send its last event again when whoever worked on it was surely cut off."""
    with clinic.store().begin() as connection:
        connection.execute(sa.update(inbound).values(at=NOW - timedelta(minutes=1)))
    clinic.slack.resend(_events(clinic, person)[-1].payload)
    clinic.slack.wait_for(
        lambda: any(one.outcome == "ok" for one in _ended(clinic, person)), PATIENCE
    )


def _events(clinic: Clinic, person: Person) -> list[Delivery]:
    """What Slack told the bot of a person: others may have tries to come."""
    sent = (one for one in clinic.slack.workspace.deliveries if one.kind == "events_api")
    return [one for one in sent if one.payload["event"].get("user") == person.id]


def _ended(clinic: Clinic, person: Person) -> list[Delivery]:
    return [one for one in _events(clinic, person) if one.outcome != "under way"]


def _logged(clinic: Clinic, minutes: int) -> int:
    """How many interactions of that length there are."""
    query = sa.select(interactions.c.id).where(interactions.c.minutes == minutes)
    with clinic.store().peek() as connection:
        return len(connection.execute(query).all())
