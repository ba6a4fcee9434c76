"""Whatever is sent in is answered or refused in words, and leaves the database sound."""

import pytest

from bot.commands import FORMS
from bot.commands.form import Submitted
from bot.commands.form_contact import CONTACT_FIELDS, field_of
from bot.commands.form_partner import FIELDS
from bot.commands.request import OpenForm, identify
from bot.domain.message import say
from bot.errors import UserError
from tests.commands.looking import ONE_DATABASE, is_sound
from tests.commands.test_any_text import NASTY
from tests.commands.test_contract import ODD
from tests.invariants import check, dump
from tests.speaker import TEAM, Team

NAMES = (
    *FIELDS,
    *(field_of("new", part) for part in CONTACT_FIELDS),
    *(field_of("1", part) for part in CONTACT_FIELDS),
    *("partner", "kind", "day", "minutes", "cost", "note", "step", "step_day", "cleared"),
    *("direction", "what", "owner", "user", "liaison", "cadence"),
    *("hour", "days", "rows", "quiet_from", "quiet_until", "away_until", "cover", "cadences"),
    *("country", "state", "zone", "starts", "ends", "owners", "desk", "channel", "rhythm"),
)
GOOD = {
    "partner": "1",
    "kind": "call",
    "day": "2027-03-03",
    "direction": "sent",
    "what": "send cards",
    "owner": "U1",
    "user": "U2",
    "cleared": "yes",
    "hour": "09:00",
    "days": "0,1",
    "rows": "5",
}
ABOUT = ({}, {"partner": "1", "reminder": "1", "interaction": "1"})


@ONE_DATABASE
@pytest.mark.parametrize("name", sorted(FORMS))
def test_odd_values_in_every_field_are_answered(clinic: Team, name: str) -> None:
    clinic.says("U1", "called riverside")
    for at, odd in enumerate((*ODD, *NASTY)):
        about = (*ABOUT, dict.fromkeys(ABOUT[1], odd))[at % 3]
        _send(clinic, OpenForm(name, dict.fromkeys(NAMES, odd), about))
        # All is well but for one field.
        part = NAMES[at % len(NAMES)]
        _send(clinic, OpenForm(name, {**GOOD, "name": f"Odd {at}", part: odd}, ABOUT[1]))
    check(clinic.store, clinic.now.date())


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "9" * 40, "x" * 5000])
def test_what_a_database_refuses_is_answered(clinic: Team, odd: str) -> None:
    for number, name in enumerate(FORMS):
        for at, part in enumerate(NAMES[number % 3 :: 3]):
            filled = {**GOOD, "name": f"{name} {at}", part: odd}
            _send(clinic, OpenForm(name, filled, ABOUT[1]))
    check(clinic.store, clinic.now.date())


def _send(clinic: Team, form: OpenForm) -> None:
    request = identify(clinic.context, TEAM, "U1", clinic.now, clinic.key())
    submitted = Submitted(form.name, form.prefill, form.about)
    try:
        said = FORMS[form.name](submitted, request, clinic.context)
    except UserError as error:
        said = say(str(error))
    assert said is not None
    is_sound(said)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_an_empty_form_about_nothing_writes_nothing(clinic: Team, name: str) -> None:
    before = dump(clinic.store)
    request = identify(clinic.context, TEAM, "U1", clinic.now, clinic.key())
    with pytest.raises(UserError):
        FORMS[name](Submitted(name, {}, {}), request, clinic.context)
    assert dump(clinic.store) == before


def test_a_form_of_an_older_version_says_so(clinic: Team) -> None:
    with pytest.raises(UserError, match="older version"):
        clinic.sends_in("U1", OpenForm("gone"))
