"""`/partner list`: the partners, filtered."""

import pytest

from bot.store import partner
from tests.commands.looking import ONE_DATABASE, is_refused
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("list", 6),
        ("list all", 6),
        ("list gym", 1),
        ("list gyms", 1),
        ("list primary care", 4),
        ("list chiro", 1),
        ("list bright", 2),
        ("list mine", 2),
        ("list <@U2|luis>", 2),
        ("list <@U2> gym", 1),
        ("list unassigned", 2),
        ("list waiting", 1),
        ("list me waiting", 1),
        ("ls", 6),
    ],
)
def test_filters(clinic: Team, text: str, names: int) -> None:
    clinic.says("U4", "evals dr lee")
    said = is_refused(clinic, "U1", text)
    assert said.text.count("• ") == names
    assert said.text.startswith("1 partner\n" if names == 1 else f"{names} partners\n")


def test_a_line_says_who_and_when(clinic: Team) -> None:
    clinic.says("U1", "called riverside")
    clinic.says("U1", "called dr lee 2/22")
    clinic.says("U1", "pause dr lee")
    text = clinic.says("U1", "list mine").text
    assert "• *Riverside Orthopedics*, physician, <@U1>, last today" in text
    assert "• *Dr. Amy Lee*, physician, <@U1>, last Mon, Feb 22, paused" in text
    assert "• *Harbor Chiropractic*, chiropractor, no liaison, nothing logged" in (
        clinic.says("U1", "list chiro").text
    )


def test_none_says_what_to_try(clinic: Team) -> None:
    said = is_refused(clinic, "U1", "list sawmills").text
    assert said == (
        'No partners for "sawmills". '
        "Try a category, part of a name, `mine`, `waiting` or `unassigned`."
    )


def test_an_empty_practice(team: Team) -> None:
    assert "No partners yet. Try `/partner add" in team.says("U1", "list").text


def test_two_hundred_stay_readable(clinic: Team) -> None:
    with clinic.store.change("T1", clinic.now, "seed") as change:
        for number in range(194):
            name = f"Partner {number:03} {'with a long name' * 10}"
            partner.add(change, name, clinic.now.date(), category="gym", liaison="U1")
    said = is_refused(clinic, "U1", "list")
    assert said.text.startswith("200 partners")
    shown = said.text.count("• ")
    assert 30 <= shown <= 60
    assert f"{200 - shown} more. Narrow it down: `/partner list gym`." in said.text
