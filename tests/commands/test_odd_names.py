"""Partners whose names look like something else that can be said; `log` always escapes."""

import pytest

from bot.store import interaction, partner
from tests.commands.looking import ONE_DATABASE, is_refused, is_sound, is_undone
from tests.speaker import Team

pytestmark = ONE_DATABASE

NAMES = (
    "Next Level",
    "Call Center",
    "Lunch Box Cafe",
    "List & Co",
    "R-1042 Clinic",
    "Dr. May",
    "Undo Spa",
    "Show Me Fitness",
    "Help At Home",
    "Bright Smith Gym",
    "New Patient Rehab",
    "Came In Pilates",
)


@pytest.fixture
def odd(clinic: Team) -> Team:
    with clinic.store.change("T1", clinic.now, "seed") as change:
        for name in NAMES:
            partner.add(change, name, clinic.now.date(), category="gym", liaison="U1")
    return clinic


def _kinds_of(team: Team, name: str) -> list[str]:
    with team.store.read("T1") as tx:
        found = partner.named(tx, name)
        assert found
        return [one.kind for one in interaction.recent(tx, found.id)]


@pytest.mark.parametrize("name", NAMES)
def test_log_always_escapes(odd: Team, name: str) -> None:
    is_undone(odd, "U1", f"log {name.replace('&', '&amp;')} called yesterday")
    odd.says("U1", f"log {name.replace('&', '&amp;')} called yesterday")
    assert _kinds_of(odd, name) == ["call"]


@pytest.mark.parametrize("name", NAMES)
def test_show_always_shows(odd: Team, name: str) -> None:
    said = is_refused(odd, "U1", f"show {name.replace('&', '&amp;')}")
    assert said.text.startswith(name.replace("&", "&amp;"))


@pytest.mark.parametrize("name", NAMES)
def test_refer_takes_any_name(odd: Team, name: str) -> None:
    said = is_undone(odd, "U4", f"refer {name.replace('&', '&amp;')} yesterday")
    assert name.replace("&", "&amp;") in said.text


@pytest.mark.parametrize(
    "name", ["Call Center", "Lunch Box Cafe", "R-1042 Clinic", "Dr. May", "Bright Smith Gym"]
)
def test_alone_it_shows_the_card(odd: Team, name: str) -> None:
    assert is_refused(odd, "U1", name).text.startswith(f"{name}\n")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("call center visit", "Call Center", "visit"),
        ("called call center", "Call Center", "call"),
        ("lunch box cafe called yesterday", "Lunch Box Cafe", "call"),
        ("lunch with lunch box cafe", "Lunch Box Cafe", "lunch"),
        ("dr. may visit", "Dr. May", "visit"),
        ("visited r-1042 clinic", "R-1042 Clinic", "visit"),
        ("called next level", "Next Level", "call"),
    ],
)
def test_verbs_find_them(odd: Team, text: str, name: str, kind: str) -> None:
    odd.says("U1", text)
    assert _kinds_of(odd, name) == [kind]


@pytest.mark.parametrize("text", ["next level", "next level called", "next level visit, 20 min"])
def test_a_subcommand_first_says_how_the_partner_is_meant(odd: Team, text: str) -> None:
    said = is_refused(odd, "U1", text)
    assert "If you mean *Next Level*, put `log` or `show` first." in said.text


def test_a_number_in_a_name_is_no_referral(odd: Team) -> None:
    odd.says("U4", "refer r-1042 clinic")
    said = odd.says("U4", "convert R-1042 clinic")
    assert "✓ *R-1001 from R-1042 Clinic came in*, today" in said.text
    assert odd.says("U4", "R-1042").text.startswith("R-1042 Clinic")


@pytest.mark.parametrize(
    "name", ["*bold*", "_it_", "<!channel>", "@here", "`x`", "Ünï çødé 🦴", "عيادة", "a|b", "'; --"]
)
def test_names_of_any_letters(clinic: Team, name: str) -> None:
    typed = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for text in (f"add {typed}, gym", f"log {typed}: called", f"show {typed}", "list", "due all"):
        is_sound(clinic.says("U1", text))
