"""The forms that add a partner and change what is known of one."""

import pytest

from bot.domain.message import Message
from bot.store import interaction, partner, referral
from tests.commands.filling import is_undone_again, opened, refused, sent_in
from tests.commands.looking import ONE_DATABASE, labels
from tests.invariants import dump
from tests.speaker import Team

FULL = {
    "name": "Stride Running",
    "category": "store",
    "specialty": "marathons",
    "tier": "A",
    "stage": "new",
    "liaison": "U2",
    "cadence": "first Monday of the month",
    "contact_new_name": "Dana Fox",
    "contact_new_role": "owner",
    "contact_new_phone": "555-0142",
    "contact_new_email": "dana@example.com",
    "contact_new_preferred_channel": "text",
    "contact_new_cares_about": "fewer injuries",
    "notes": "Two doors down.\nParking behind.",
}


def test_everything_about_a_new_partner(clinic: Team) -> None:
    form = opened(clinic, "U1", "add")
    said = is_undone_again(clinic, "U1", form, **FULL)
    assert said.text.startswith("✓ *Stride Running* added. Store, check-in the first Monday")
    assert "Liaison: <@U2>.\nContact: Dana Fox." in said.text
    sent_in(clinic, "U1", form, **FULL)
    card = clinic.says("U1", "show stride").text
    for words in ("Store, marathons, new, A", "Dana Fox, owner, 555-0142", "Two doors down."):
        assert words in card


def test_a_name_is_enough(clinic: Team) -> None:
    form = opened(clinic, "U1", "add")
    said = sent_in(clinic, "U1", form, name="  Stride \n Running ")
    assert "✓ *Stride Running* added. Other, check-in every" in said.text


def test_sent_in_twice_it_is_added_once(clinic: Team) -> None:
    form = opened(clinic, "U1", "add")
    assert clinic.sends_in("U1", form, key="view:V1", name="Stride")
    assert clinic.sends_in("U1", form, key="view:V1", name="Stride") is None
    edit = opened(clinic, "U1", "edit riverside")
    assert clinic.sends_in("U1", edit, key="view:V2", tier="A")
    assert clinic.sends_in("U1", edit, key="view:V2", tier="A") is None
    found, said = refused(clinic, "U1", form, name="stride")
    assert (found, said) == ("name", "*stride* is in your partners already.")


def test_one_that_was_ended_is_brought_back(clinic: Team) -> None:
    clinic.says("U3", "end harbor moved away")
    before = dump(clinic.store)
    said = sent_in(clinic, "U3", opened(clinic, "U3", "add"), name="harbor  chiropractic", tier="A")
    assert said.text == "*Harbor Chiropractic* was ended today. Nothing was saved."
    assert labels(said) == ["Bring it back", "No"]
    assert dump(clinic.store) == before
    back = clinic.presses("U3", said, "Bring it back")
    assert isinstance(back, Message)
    assert back.text.startswith("✓ *Harbor Chiropractic* is back.")


@pytest.mark.parametrize(
    ("put", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "riverside  ORTHOPEDICS"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"tier": "x" * 21}, "tier"),
        ({"cadence": "now and then"}, "cadence"),
        ({"cadence": "never"}, "cadence"),
        ({"liaison": "U9"}, "liaison"),
        ({"contact_new_name": "", "contact_new_phone": "1"}, "contact_new_name"),
        ({"contact_new_email": "x" * 321}, "contact_new_email"),
        ({"notes": "MRN 123456 comes from there"}, "notes"),
        ({"name": "MRN 123456"}, "name"),
        ({"contact_new_cares_about": "DOB 3/4/1961"}, "contact_new_cares_about"),
    ],
)
@ONE_DATABASE
def test_what_cannot_be_stands_at_its_field(clinic: Team, put: dict[str, str], field: str) -> None:
    form = opened(clinic, "U1", "add")
    found, said = refused(clinic, "U1", form, **{**FULL, **put})
    assert found == field
    assert said


def test_what_is_known_stands_in_the_form(clinic: Team) -> None:
    form = opened(clinic, "U4", "edit riverside")
    assert form.prefill["cadence"] == "every 6 weeks"
    assert form.prefill["contact_1_name"] == "Dr. Raj Patel"
    said = sent_in(clinic, "U4", form)
    assert said.text == "*Riverside Orthopedics* is as it was; nothing was changed."


def test_what_differs_is_changed_and_taken_back(clinic: Team) -> None:
    form = opened(clinic, "U4", "edit riverside")
    said = is_undone_again(
        clinic,
        "U4",
        form,
        name="Riverside Bone & Joint",
        tier="B",
        cadence="every 2 weeks",
        contact_1_phone="555-0199",
        contact_new_name="Pat Jones",
    )
    assert said.text.startswith(
        "✓ *Riverside Bone &amp; Joint*: changed name, tier, cadence, Dr. Raj Patel and Pat Jones."
    )
    assert "Next check-in" in said.text
    sent_in(clinic, "U4", form, category="gym", notes="")
    with clinic.store.read("T1") as tx:
        found = partner.named(tx, "riverside orthopedics")
    assert found is not None
    assert (found.category, found.cadence) == ("gym", "every 6 weeks")


def test_a_new_name_must_be_free(clinic: Team) -> None:
    form = opened(clinic, "U4", "edit riverside")
    assert refused(clinic, "U4", form, name="Harbor Chiropractic")[0] == "name"


@ONE_DATABASE
def test_a_new_contact_needs_a_name(clinic: Team) -> None:
    form = opened(clinic, "U4", "edit riverside")
    assert refused(clinic, "U4", form, contact_new_phone="555-0199")[0] == "contact_new_name"


def test_a_contact_without_a_name_is_removed_and_the_history_stays(clinic: Team) -> None:
    clinic.says("U1", "called dr. patel about shoulders, 20 min")
    clinic.says("U1", "refer dr. patel")
    form = opened(clinic, "U4", "edit riverside")
    said = is_undone_again(clinic, "U4", form, contact_1_name=" ", tier="B")
    assert said.text.startswith(
        "✓ *Riverside Orthopedics*: changed tier.\n"
        "✓ *Riverside Orthopedics*: removed Dr. Raj Patel. The history stays."
    )
    clinic.says("U1", "called dr. patel")
    sent_in(clinic, "U4", opened(clinic, "U4", "edit riverside"), contact_1_name="")
    with clinic.store.read("T1") as tx:
        assert [one.name for one in partner.contacts_of(tx, 1)] == ["Bright Smith"]
        done, came = interaction.everything(tx), referral.of_partner(tx, 1)
    assert [one.contact_id for one in (*done, *came)] == [None, None, None]
    assert done[0].minutes == 20
    assert "I don't know" in clinic.says("U1", "show dr. patel").text


def test_a_liaison_is_changed_by_the_rules_of_assign(clinic: Team) -> None:
    form = opened(clinic, "U4", "edit riverside")
    found, said = refused(clinic, "U4", form, liaison="U4")
    assert found == "liaison"
    assert "with <@U1>. Only they or an owner" in said
    assert refused(clinic, "U1", form, liaison="U9")[0] == "liaison"
    said_so = is_undone_again(clinic, "U1", form, liaison="U2")
    assert said_so.text == "✓ *Riverside Orthopedics* is with <@U2> now. They'll be told."
    assert "is with nobody now" in sent_in(clinic, "U3", form, liaison="").text


def test_what_was_changed_meanwhile_is_not_overwritten(clinic: Team) -> None:
    form = opened(clinic, "U4", "edit riverside")
    clinic.says("U1", "cadence riverside monthly")
    assert "Somebody changed this" in refused(clinic, "U4", form, tier="B")[1]


@ONE_DATABASE
def test_long_notes_from_a_file_survive_a_change_elsewhere(clinic: Team) -> None:
    with clinic.store.change("T1", clinic.now, "seed", "U3") as change:
        partner.update(change, 1, notes="word " * 1500)
    sent_in(clinic, "U4", opened(clinic, "U4", "edit riverside"), tier="B")
    with clinic.store.read("T1") as tx:
        found = partner.get(tx, 1)
    assert found is not None
    assert (found.tier, found.notes) == ("B", "word " * 1500)


@ONE_DATABASE
def test_a_card_opens_it_too_until_the_partner_is_gone(clinic: Team) -> None:
    card = clinic.says("U4", "show riverside")
    clinic_form = clinic.presses("U4", card, "Edit")
    assert not isinstance(clinic_form, Message)
    gone = clinic.press_value("U4", "edit", "999")
    assert isinstance(gone, Message)
