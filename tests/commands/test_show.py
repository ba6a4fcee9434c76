"""`/partner show` and a partner alone: the card."""

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, labels, options
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize("text", ["show riverside", "riverside", "dr patel", "Riverside Ortho"])
def test_the_card(clinic: Team, text: str) -> None:
    clinic.says("U4", "refer riverside 3/1")
    clinic.says("U4", "refer riverside 3/2")
    clinic.says("U4", "convert R-1001 3/2")
    clinic.says("U4", "refer to riverside")
    clinic.says("U1", "called riverside about knee protocols")
    clinic.says("U1", "next riverside send the protocol by Friday")
    said = is_refused(clinic, "U2", text)
    assert said.text.splitlines() == [
        "Riverside Orthopedics",
        "Physician",
        "Liaison: <@U1>",
        "Check-in every 6 weeks. Next check-in: Wed, Apr 14.",
        "• Dr. Raj Patel, surgeon, 555-0100",
        "• Bright Smith",
        "2 referrals received, last yesterday: 1 came in, 1 open (R-1002). 1 sent to them.",
        "☐ send the protocol, by Fri, Mar 5",
        '• Wed, Mar 3: Call by <@U1>: "about knee protocols"',
    ]
    assert labels(said) == ["Log", "New referral", "Edit"]


@pytest.mark.parametrize("text", ["riversde ortho", "harbr chiropractic", "the harbor"])
def test_a_misspelt_name_alone_is_shown_not_logged(clinic: Team, text: str) -> None:
    assert "Liaison:" in is_refused(clinic, "U1", text).text


def test_a_new_one_is_short(clinic: Team) -> None:
    said = clinic.says("U1", "harbor")
    assert said.text.splitlines() == [
        "Harbor Chiropractic",
        "Chiropractor",
        "Liaison: nobody yet: `/partner assign Harbor Chiropractic @someone`",
        "Check-in every quarter. Next check-in: Thu, Jun 3.",
        "No referrals yet.",
    ]


def test_log_and_refer_from_the_card(clinic: Team) -> None:
    card = clinic.says("U1", "harbor")
    assert options(card, "Log")[0] == "Called"
    logged = clinic.presses("U1", card, "Emailed")
    assert logged is not None
    assert logged.text == "✓ *Harbor Chiropractic*: emailed today.\nNext check-in: Thu, Jun 3"
    referred = clinic.presses("U1", card, "New referral")
    assert referred is not None
    assert referred.text == "✓ *Referral from Harbor Chiropractic*, today (R-1001)"
    assert labels(referred) == ["Came in", "We sent it to them", "Undo"]


def test_a_liaison_who_left_is_said(clinic: Team) -> None:
    from dataclasses import replace

    from bot.store import workspace

    left = replace(clinic.inbox.profiles["U1"], is_deactivated=True)
    with clinic.store.begin() as connection:
        workspace.save_profile(connection, "T1", "U1", left, clinic.now)
    assert "has left Slack: please assign somebody" in clinic.says("U2", "riverside").text


def test_of_many_open_referrals_some_are_named(clinic: Team) -> None:
    for _ in range(8):
        clinic.says("U4", "refer riverside")
    text = clinic.says("U1", "riverside").text
    assert "8 open (R-1001, R-1002, R-1003, R-1004, R-1005, R-1006, …)." in text


def test_a_card_full_of_words_fits(clinic: Team) -> None:
    for _ in range(6):
        clinic.says("U1", f"called riverside about {'many things ' * 300}")
        clinic.says("U1", f"next riverside {'do a lot ' * 60} by Friday")
    assert is_refused(clinic, "U1", "riverside")
