"""The forms of a referral and of a next step."""

import pytest

from tests.commands.filling import is_undone_again, opened, partner_id, refused
from tests.commands.looking import ONE_DATABASE, labels
from tests.speaker import Team


@pytest.fixture
def lee(clinic: Team) -> str:
    return partner_id(clinic, "Dr. Amy Lee")


def test_a_referral_received(clinic: Team, lee: str) -> None:
    form = opened(clinic, "U4", "refer")
    said = is_undone_again(clinic, "U4", form, partner=lee)
    assert said.text == "✓ *Referral from Dr. Amy Lee*, today (R-1001)"
    assert labels(said) == ["Came in", "We sent it to them", "Undo"]


def test_a_referral_sent_by_a_contact_the_other_day(clinic: Team, lee: str) -> None:
    form = opened(clinic, "U4", "refer")
    put = {"partner": "1:1", "direction": "sent", "day": "2027-03-01"}
    said = is_undone_again(clinic, "U4", form, **put)
    assert "to Dr. Raj Patel, Riverside Orthopedics*, Mon, Mar 1" in said.text


@pytest.mark.parametrize(
    ("put", "field"),
    [
        ({"partner": ""}, "partner"),
        ({"direction": "sideways"}, "direction"),
        ({"day": "2027-03-04"}, "day"),
        ({"day": "soon"}, "day"),
    ],
)
@ONE_DATABASE
def test_a_referral_that_cannot_be(clinic: Team, lee: str, put: dict[str, str], field: str) -> None:
    form = opened(clinic, "U4", "refer")
    assert refused(clinic, "U4", form, **{"partner": lee, **put})[0] == field


def test_a_next_step_for_oneself_or_a_colleague(clinic: Team, lee: str) -> None:
    form = opened(clinic, "U1", "next")
    put = {"partner": lee, "what": "send cards", "day": "2027-03-05"}
    said = is_undone_again(clinic, "U1", form, **put)
    assert said.text == "✓ *Dr. Amy Lee*: send cards, by Fri, Mar 5"
    said = is_undone_again(clinic, "U1", form, **put, owner="U2")
    assert said.text.endswith("by Fri, Mar 5, for <@U2>")


@pytest.mark.parametrize(
    ("put", "field"),
    [
        ({"partner": ""}, "partner"),
        ({"what": " "}, "what"),
        ({"what": "x" * 501}, "what"),
        ({"what": "call about MRN 123456"}, "what"),
        ({"day": ""}, "day"),
        ({"day": "2027-03-02"}, "day"),
        ({"owner": "U9"}, "owner"),
    ],
)
@ONE_DATABASE
def test_a_next_step_that_cannot_be(
    clinic: Team, lee: str, put: dict[str, str], field: str
) -> None:
    form = opened(clinic, "U1", "next")
    given = {"partner": lee, "what": "send cards", "day": "2027-03-05", **put}
    assert refused(clinic, "U1", form, **given)[0] == field
