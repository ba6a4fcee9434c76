"""The form of what owners decide for the practice."""

import pytest

from bot.commands.request import OpenForm
from bot.domain.cadence import read_cadence
from bot.domain.member import Workspace
from bot.domain.message import Message
from bot.errors import UserError
from bot.store import workspace
from tests.commands.filling import refused, sent_in
from tests.commands.looking import is_sound
from tests.speaker import Team


def opened(team: Team, user: str = "U3") -> OpenForm:
    form = team.press_value(user, "practice_settings", "")
    assert isinstance(form, OpenForm), form
    is_sound(form)
    return form


def settings(team: Team) -> Workspace:
    with team.store.read("T1") as tx:
        return workspace.get(tx)


def role(team: Team, user: str) -> str:
    with team.store.read("T1") as tx:
        return workspace.member(tx, user).role


ALL = {
    "country": "gb",
    "state": "eng",
    "zone": "Europe/London",
    "days": "0,1,2,5",
    "starts": "07:30",
    "ends": "15:00",
    "owners": "U1,U3",
    "desk": "U4",
    "channel": "C0PARTNERS",
    "digest_day": "4",
    "digest_at": "08:00",
    "cadence": "every 2 months",
    "cadences": "gyms: monthly\nphysician, every 6 weeks",
    "rhythm": "monthly",
    "notes_kept": "24",
    "currency": "EUR",
}


def test_everything_is_kept_said_and_taken_back(clinic: Team) -> None:
    before = settings(clinic)
    said = sent_in(clinic, "U3", opened(clinic), **ALL)
    assert said.text == (
        "✓ *The practice's settings are saved.*\n"
        "• Country, for public holidays: GB\n"
        "• State or province: ENG\n"
        "• Time zone of the practice: Europe/London\n"
        "• Working days: Mon, Tue, Wed and Sat\n"
        "• Work starts: 7:30 am\n"
        "• Work ends: 3:00 pm\n"
        "• Owners: <@U1> and <@U3>\n"
        "• Asked about first evaluations: <@U4>\n"
        "• Where I post: <#C0PARTNERS>\n"
        "• The week's digest there: On Fridays\n"
        "• Digest at: 8:00 am\n"
        "• A check-in, unless said otherwise: every 2 months\n"
        "• By category or tier: gym: every month; physician: every 6 weeks\n"
        "• Thank-yous to a partner: At most once a month\n"
        "• Notes are kept: 24 months\n"
        "• Currency: EUR (€)"
    )
    kept = settings(clinic)
    assert (kept.country, kept.state, kept.zone) == ("GB", "ENG", "Europe/London")
    assert kept.policy.cadences["gym"] == read_cadence("every month")
    assert set(kept.policy.decided) > {"channel", "owners", "country"}
    assert (role(clinic, "U1"), role(clinic, "U4")) == ("owner", "desk")
    undone = clinic.presses("U3", said, "Undo")
    assert undone is not None
    assert undone.text == "Undone: I took back those settings."
    assert settings(clinic) == before
    assert role(clinic, "U1") == "member"


def test_nothing_changed_is_said_so(clinic: Team) -> None:
    said = sent_in(clinic, "U3", opened(clinic))
    assert said.text == "The settings are as they were; nothing was changed."
    sent_in(clinic, "U3", opened(clinic), **ALL)
    assert "nothing was changed" in sent_in(clinic, "U3", opened(clinic)).text


def test_only_owners_open_it_send_it_in_and_take_it_back(clinic: Team) -> None:
    said = clinic.press_value("U1", "practice_settings", "")
    assert isinstance(said, Message)
    assert said.text == "Only owners can see the practice's settings. Nothing was changed."
    form = opened(clinic)
    assert "Only owners" in refused(clinic, "U1", form, currency="EUR")[1]
    saved = sent_in(clinic, "U3", form, owners="U1", currency="EUR")
    assert role(clinic, "U3") == "member"
    undone = clinic.presses("U3", saved, "Undo")
    assert undone is not None
    assert undone.text == "Only owners can undo that. Nothing was changed."
    assert settings(clinic).currency == "EUR"


def test_who_lost_the_role_meanwhile_changes_nothing(clinic: Team) -> None:
    sent_in(clinic, "U3", opened(clinic), owners="U1,U3")
    form = opened(clinic, "U1")
    sent_in(clinic, "U3", opened(clinic), owners="U3")
    assert "Only owners" in refused(clinic, "U1", form, currency="EUR")[1]


def test_two_owners_at_once_do_not_undo_each_other(clinic: Team) -> None:
    first, second = opened(clinic), opened(clinic)
    sent_in(clinic, "U3", first, currency="EUR")
    at, why = refused(clinic, "U3", second, days="0")
    assert (at, why.startswith("Somebody changed this after")) == ("", True)


def test_sent_in_twice_it_lands_once(clinic: Team) -> None:
    form = opened(clinic)
    assert clinic.sends_in("U3", form, key="view:1", currency="EUR") is not None
    assert clinic.sends_in("U3", form, key="view:1", currency="EUR") is None


@pytest.mark.parametrize(
    ("put", "field", "why"),
    [
        ({"country": "Atlantis"}, "country", "I don't know the holidays of"),
        ({"state": "ZZ"}, "state", "I don't know the state"),
        ({"country": "", "state": "CA"}, "state", "A state needs a country"),
        ({"zone": "Nowhere/Else"}, "zone", "I don't know the time zone"),
        ({"zone": ""}, "zone", "I don't know the time zone"),
        ({"days": ""}, "days", "at least one day"),
        ({"starts": ""}, "starts", "At what time?"),
        ({"ends": "09:00"}, "ends", "after work starts"),
        ({"owners": ""}, "owners", "at least one owner"),
        ({"owners": "U3,<!here>"}, "owners", "people of the team"),
        ({"owners": "U3,UNOBODY"}, "owners", "couldn't find"),
        ({"desk": "U3"}, "desk", "Owners stay owners"),
        ({"channel": "<#C1>"}, "channel", "pick a channel"),
        ({"digest_day": "7"}, "digest_day", "pick one"),
        ({"digest_at": "18:00"}, "digest_at", "in working hours"),
        ({"cadence": "now and then"}, "cadence", "I don't know how often"),
        ({"cadences": "gym monthly"}, "cadences", '"gym monthly": please write it like'),
        ({"cadences": "gym: often"}, "cadences", '"gym: often": I don\'t know how often'),
        ({"cadences": "gold: monthly"}, "cadences", "none of your partners has"),
        ({"rhythm": "never"}, "rhythm", "pick one"),
        ({"notes_kept": "1"}, "notes_kept", "pick one"),
        ({"currency": "X<"}, "currency", "Which currency?"),
    ],
)
def test_what_is_to_be_put_right_stands_at_its_field(
    clinic: Team, put: dict[str, str], field: str, why: str
) -> None:
    before = settings(clinic)
    at, text = refused(clinic, "U3", opened(clinic), **put)
    assert (at, why in text) == (field, True), text
    assert settings(clinic) == before


def test_a_guest_becomes_no_owner(clinic: Team) -> None:
    from bot.domain.member import Profile

    clinic.inbox.profiles["U9"] = Profile("Gil", "America/New_York", is_guest=True)
    at, why = refused(clinic, "U3", opened(clinic), owners="U3,U9")
    assert (at, "not on the practice's own team" in why) == ("owners", True)


def test_a_channel_that_was_picked_is_the_owners_decision(clinic: Team) -> None:
    clinic.press_value("U3", "posted", "C0PARTNERS")
    assert settings(clinic).policy.decided == ("channel",)


def test_a_form_cannot_be_forged_by_its_name(clinic: Team) -> None:
    with pytest.raises(UserError):
        clinic.sends_in("U1", OpenForm("settings", {}, {}))
