"""Everything that can be said and pressed, over both wires to a running bot."""

import pytest

from bot.commands import SUBCOMMANDS
from bot.practice import Message
from tests.end_to_end.conftest import Clinic

NOT_FOR_GUESTS = "for the practice's own team"


def words_for(clinic: Clinic, name: str) -> dict[str, tuple[str, str]]:
    """For each subcommand: something to type about a partner, and what its answer holds."""
    liaison = f"<@{clinic.owner.id}>"
    return {
        "log": (f"log {name} call about knees, 20 min", f"{name}*, today, 20 min"),
        "add": (f"add {clinic.name()}, gym", "added"),
        "refer": (f"refer {name}", f"Referral from {name}*"),
        "convert": (f"convert {name}", "came in*"),
        "evals": (f"evals {name} 2", "2 first evaluations today"),
        "lost": (f"lost {name}", "no open referral"),
        "next": (f"next {name} send the protocol by Friday", "send the protocol, by "),
        "due": ("due", ""),
        "show": (f"show {name}", name),
        "list": (f"list {name}", "1 partner"),
        "stats": (f"stats {name} 90d", name),
        "assign": (f"assign {name} @owner", liaison),
        "cadence": (f"cadence {name} every 2 weeks", "every 2 weeks"),
        "pause": (f"pause {name}", name),
        "resume": (f"resume {name}", name),
        "edit": ("edit", "Which partner?"),
        "end": (f"end {name} moved away", "is ended"),
        "merge": (f"merge {name} into {name}", "yet"),
        "undo": ("undo", "Undone"),
        "help": ("help", "/partner log"),
    }


def test_every_subcommand_is_answered_in_words(clinic: Clinic) -> None:
    name = clinic.partner(clinic.owner)
    table = words_for(clinic, name)
    assert table.keys() == {each.name for each in SUBCOMMANDS}
    place = clinic.channel(clinic.owner)
    for subcommand, (typed, expected) in table.items():
        message = clinic.says(clinic.owner, typed, place)
        assert expected in message.text, subcommand
        assert message.visible_to == (None if subcommand == "stats" else clinic.owner.id)


def test_the_same_is_understood_without_a_subcommand(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    assert f"{name}*, today, 20 min" in clinic.says(ana, f"called {name}, 20 min").text
    assert f"Referral from {name}" in clinic.says(ana, f"new patient from {name}").text
    assert "came in" in clinic.says(ana, f"{name} came in").text
    assert f"with {name}" in clinic.says(ana, f"had lunch with {name}").text
    assert name in clinic.says(ana, name).text
    assert "/partner log" in clinic.says(ana, "").text


@pytest.mark.parametrize(
    ("refused", "shown"),
    [
        ((), "data_visualization"),
        (("data_visualization",), "data_table"),
        (("data_visualization", "data_table"), "table"),
        (("data_visualization", "data_table", "table"), None),
    ],
)
def test_figures_are_drawn_as_well_as_the_workspace_can(
    clinic: Clinic, refused: tuple[str, ...], shown: str | None
) -> None:
    ana = clinic.person()
    place = clinic.channel(ana)
    name = clinic.partner(ana)
    clinic.says(ana, f"evals {name} 6")
    clinic.slack.support_blocks(*refused, supported=False)
    try:
        message = clinic.says(ana, f"stats {name}", place)
    finally:
        clinic.slack.support_blocks(*refused)
    assert clinic.slack.messages(place) == [message]
    charts = {"data_visualization", "data_table", "table"}
    kinds = {block["type"] for block in message.blocks}
    assert kinds & charts == ({shown} if shown else set())
    assert "6 of 6" in message.text


def test_figures_stay_private_where_outsiders_read(clinic: Clinic) -> None:
    ana = clinic.person()
    joint = clinic.channel(ana, is_ext_shared=True)
    message = clinic.says(ana, "stats", joint)
    assert message.visible_to == ana.id
    assert clinic.slack.messages(joint) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T0ELSEWHERE"},
        {"is_bot": True},
        {"deleted": True},
    ],
)
def test_who_is_not_of_the_team_gets_a_polite_no(clinic: Clinic, facts: dict[str, object]) -> None:
    guest, name = clinic.person(**facts), clinic.partner(clinic.owner)
    before = clinic.says(clinic.owner, f"show {name}").text
    place = clinic.channel(guest)
    for typed in ("help", "stats", f"called {name}", f"show {name}", "due"):
        message = clinic.says(guest, typed, place)
        assert NOT_FOR_GUESTS in message.text
        assert message.visible_to == guest.id
    assert clinic.says(clinic.owner, f"show {name}").text == before


def test_undo_replaces_the_answer_that_it_stands_in(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    answer = clinic.says(ana, f"called {name}, 20 min")
    assert replaced(clinic, answer, "Undo").text.startswith("Undone")
    assert "Mar 3" not in clinic.says(ana, f"show {name}").text


def test_which_one_is_asked_and_then_carried_out(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.name()
    for more in ("Heights", "Valley"):
        assert "added" in clinic.says(ana, f"add {name} {more}").text
    question = clinic.says(ana, f"called {name}, 15 min")
    assert question.text.startswith("Which one?")
    answer = replaced(clinic, question, f"{name} Valley")
    assert f"{name} Valley*, today, 15 min" in answer.text
    assert "Mar 3" not in clinic.says(ana, f"show {name} heights").text


def test_a_referral_comes_in_by_its_button(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    answer = clinic.says(ana, f"refer {name}")
    assert "came in*, today" in replaced(clinic, answer, "Came in").text
    assert "1 came in" in clinic.says(ana, f"show {name}").text


def test_an_unknown_name_is_added_by_its_button_and_the_rest_is_done(clinic: Clinic) -> None:
    ana, name = clinic.person(), clinic.name()
    answer = clinic.says(ana, f"called {name}, 25 min")
    assert f'I don\'t know "{name}" yet. Nothing was saved.' in answer.text
    clinic.presses(ana, answer, f"Add {name}").wait()
    assert f"{name}*, today, 25 min" in answer.text


def replaced(clinic: Clinic, message: Message, label: str) -> Message:
    """Press a button of what only its reader sees; return what stands there instead."""
    reader = message.visible_to
    assert reader
    (now,) = clinic.presses(clinic.slack.workspace.person(reader), message, label).wait()
    assert now is message
    return message
