"""`/partner add`: a new partner in one line."""

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_undone
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "add Stride Running, store, every 6 weeks, <@U1>",
            ["✓ *Stride Running* added. Store, check-in every 6 weeks.", "Liaison: <@U1>."],
        ),
        (
            "add Stride Running, every month, running store <@U2|luis>",
            ["✓ *Stride Running* added. Store, check-in every month.", "Liaison: <@U2>."],
        ),
        (
            "add Stride Running",
            [
                "✓ *Stride Running* added. Other, check-in every quarter.",
                "No liaison yet: `/partner assign Stride Running @someone`.",
                "Next check-in: Thu, Jun 3",
            ],
        ),
        ("add Smith &amp; Sons, sawmill", ["✓ *Smith &amp; Sons* added. Sawmill, check-in"]),
    ],
)
def test_it_is_added_and_taken_back(clinic: Team, text: str, lines: list[str]) -> None:
    said = is_undone(clinic, "U1", text)
    for line in lines:
        assert line in said.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("add , gym", "What are they called?"),
        ("add <@U1>", "What are they called?"),
        ("add riverside  ORTHOPEDICS, gym", "is in your partners already."),
        ("add Stride, gym, evry 6 weeks", 'I don\'t know how often "evry 6 weeks" is.'),
        ("add Stride, every blue moon", 'I don\'t know how often "every blue moon" is.'),
        ("add Stride, gym, school", "Is the category gym or school?"),
        ("add Stride, <@U1> <@U2>", "Please mention one person."),
        (f"add {'x' * 201}", "longer than 200 characters"),
        (f"add Stride, {'y' * 61}", "longer than 60 characters"),
    ],
)
def test_what_cannot_be_added(clinic: Team, text: str, said: str) -> None:
    assert said in is_refused(clinic, "U1", text).text


def test_its_liaison_becomes_one(clinic: Team) -> None:
    from bot.store import workspace

    clinic.says("U1", "add Stride, gym, <@U4>")
    with clinic.store.read("T1") as tx:
        assert workspace.member(tx, "U4").role == "liaison"
        assert workspace.member(tx, "U3").role == "owner"
