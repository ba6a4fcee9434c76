"""The guard at every text that would be kept: refused, vouched for, and nowhere to be found."""

import logging

import pytest
import sqlalchemy as sa

from bot.commands.form import CLEARED
from bot.commands.guarded import DELETE_IT, TOO_LONG, TOO_LONG_IN_SLACK
from bot.commands.request import identify
from bot.commands.said import answer
from bot.commands.shortcut import LOG_MESSAGE
from bot.domain.guard import FIRST_NAMES
from bot.slack.forms import FORMS
from bot.store import Store, workspace
from bot.store.schema import audit, metadata
from tests.commands.filling import opened, refused, sent_in
from tests.commands.looking import ONE_DATABASE, is_refused, is_sound, labels
from tests.speaker import Team

pytestmark = ONE_DATABASE

FIRST = min(FIRST_NAMES).capitalize()
BORN = "3/4/1961"
REFUSED = (
    "I didn't save that; it looks like patient information (a date of birth). "
    "Please leave it out and try again."
)
DOORS = {
    "log": f"log riverside call about dob {BORN}",
    "in words": f"called riverside about {BORN}",
    "partner first": f"riverside called, dob {BORN}",
    "next": f"next riverside call about {BORN} by Friday",
    "add": f"add Stride {BORN}, store",
    "unknown": f"called oakdale about {BORN}",
}
every_door = pytest.mark.parametrize("text", DOORS.values(), ids=DOORS.keys())


def everything_kept(store: Store) -> str:
    with store.peek() as connection:
        rows = [connection.execute(sa.select(table)).all() for table in metadata.sorted_tables]
    return repr(rows)


def remarks(team: Team) -> list[str]:
    with team.store.peek() as connection:
        query = sa.select(audit.c.remark).where(audit.c.remark.is_not(None))
        return list(connection.execute(query).scalars())


@every_door
def test_it_is_refused_and_kept_nowhere(
    clinic: Team, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = is_refused(clinic, "U1", text)
    assert said.text == REFUSED
    assert labels(said) == ["It isn't"]
    assert "1961" not in everything_kept(clinic.store) + caplog.text


@every_door
def test_somebody_may_say_that_it_is_not(clinic: Team, text: str) -> None:
    said = clinic.presses("U1", is_refused(clinic, "U1", text), "It isn't")
    assert said is not None
    is_sound(said)
    if "oakdale" in text:
        assert "I don't know" in said.text
        said = clinic.presses("U1", said, next(x for x in labels(said) if x.startswith("Add")))
    assert "✓" in (said.text if said else "")
    assert remarks(clinic)[-1] == "said not about a patient: a date of birth"


def test_what_was_vouched_for_stays_so_through_another_question(clinic: Team) -> None:
    said = is_refused(clinic, "U1", f"bright called about {BORN}, 10 min")
    which = clinic.presses("U1", said, "It isn't")
    assert which is not None
    assert which.text.startswith("Which one?")
    done = clinic.presses("U1", which, "Bright Smile Dental")
    assert done is not None
    assert "✓" in done.text


def test_without_a_finding_there_is_no_remark(clinic: Team) -> None:
    clinic.says("U1", "called riverside about knee protocols")
    assert remarks(clinic) == []


LONG = f"called riverside yesterday about {BORN} " + "and so on " * 250


def test_too_long_for_a_button_it_stands_in_the_form(clinic: Team) -> None:
    form = opened(clinic, "U1", LONG)
    assert "looks like patient information (a date of birth). Leave that" in form.prefill["refused"]
    assert form.prefill["note"] == LONG.strip()
    assert (form.prefill["kind"], form.prefill["day"]) == ("call", "2027-03-02")
    assert BORN not in repr(form.about) + everything_kept(clinic.store)
    assert FORMS["log"](form.prefill)["blocks"][0]["type"] == "context"
    assert refused(clinic, "U1", form)[0] == "note"
    assert "✓ *Call with Riverside" in sent_in(clinic, "U1", form, cleared="yes").text
    assert remarks(clinic) == ["said not about a patient: a date of birth"]


def test_a_birthday_is_not_taken_for_the_day_that_it_was_done(clinic: Team) -> None:
    form = opened(clinic, "U1", LONG.replace("yesterday ", ""))
    assert form.prefill["day"] == "2027-03-03"


def test_too_long_in_a_message_its_own_menu_opens_the_form(clinic: Team) -> None:
    request = identify(clinic.context, "T1", "U1", clinic.now, "event:1")
    said = answer(LONG, request, clinic.context)
    assert said.text == f"{REFUSED}\n{TOO_LONG_IN_SLACK}\n{DELETE_IT}"
    assert f"*{LOG_MESSAGE.name}*" in TOO_LONG_IN_SLACK


def test_too_long_for_another_form_it_is_refused_all_the_same(clinic: Team) -> None:
    text = f"next riverside call about {BORN} {'and so on ' * 250} by Friday"
    said = is_refused(clinic, "U1", text)
    assert said.text == f"{REFUSED}\n{TOO_LONG}"
    assert labels(said) == []


@pytest.mark.parametrize("word", ["log", "add", "next"])
def test_the_forms_that_it_names_take_a_long_text_and_the_word_for_it(
    clinic: Team, word: str
) -> None:
    assert f"`/partner {word}`" in TOO_LONG
    view = FORMS[word](opened(clinic, "U1", word).prefill)
    assert CLEARED in {block.get("block_id") for block in view["blocks"]}


def test_a_long_text_is_taken_by_the_form(clinic: Team) -> None:
    note = f"about {BORN} " + "and so on " * 250
    form = opened(clinic, "U1", "log")
    put = {"partner": "1", "kind": "call", "note": note}
    assert refused(clinic, "U1", form, **put)[0] == "note"
    assert "✓" in sent_in(clinic, "U1", form, **put, cleared="yes").text
    assert remarks(clinic) == ["said not about a patient: a date of birth"]


def test_names_that_we_know_are_no_patients(clinic: Team) -> None:
    text = f"called riverside about pt {FIRST}"
    with clinic.store.begin() as connection:
        workspace.save(connection, "T1", "U2", name="Luis Ortega")
    assert "a patient's name" in is_refused(clinic, "U1", text).text
    with clinic.store.begin() as connection:
        workspace.save(connection, "T1", "U2", name=f"{FIRST} Ortega")
    assert "✓" in clinic.says("U1", text).text
