"""Patient information in a file: the row is refused with line and reason, the others are kept."""

import pytest

from bot.domain.guard import FIRST_NAMES
from bot.sheets import SHEETS, export
from bot.store import Store, interaction, partner, referral
from tests.commands.test_guarded import everything_kept
from tests.conftest import NOW, TEAM
from tests.sheets.conftest import Rows, Take, counts

FIRST = min(FIRST_NAMES).capitalize()
REASON = "it looks like patient information (a date of birth); leave it out"
FILES = {
    "partners": ("notes", "name,notes\nHarbor,likes dogs\nStride,dob 3/4/1961\n"),
    "interactions": (
        "note",
        "partner,kind,happened_on,note\n"
        "Riverside,call,2027-03-01,about knees\n"
        "Riverside,call,2027-03-01,born 3/4/1961\n",
    ),
    "referrals": (
        "influencer",
        "partner,received_on,influencer\n"
        "Riverside,2027-03-01,Dr. Patel\n"
        "Riverside,2027-03-01,3/4/1961\n",
    ),
}


@pytest.mark.parametrize("sheet", FILES)
def test_such_a_row_is_refused(take: Take, store: Store, sheet: str) -> None:
    take("partners", "name\nRiverside\n")
    column, text = FILES[sheet]
    taken = take(sheet, text)
    assert counts(taken) == (1, 0, 0, [3])
    assert taken.refused[0].reason == f"{column}: {REASON}"
    assert "1961" not in everything_kept(store)


def test_the_people_of_the_row_are_no_patients(take: Take, rows: Rows) -> None:
    note = f"met client {FIRST} twice"
    text = f"name,contact_name,notes\nHarbor,{FIRST} Lee,{note}\nStride,,{note}\n"
    assert counts(take("partners", text)) == (1, 0, 0, [3])
    assert rows("partners")[0]["notes"] == note


@pytest.mark.parametrize("sheet", FILES)
def test_what_somebody_vouched_for_is_taken_in_again(take: Take, store: Store, sheet: str) -> None:
    said = "called about = dob 3/4/1961\n  of the building"
    with store.change(TEAM, NOW, "log", "U1") as change:
        found = partner.add(change, "Riverside", NOW.date(), notes=said)
        interaction.add(change, found, "call", NOW.date(), note=said)
        referral.add(change, found, "received", NOW.date(), influencer=said)
    with store.read(TEAM) as tx:
        content = export(tx, SHEETS[sheet], "csv").decode()
    assert counts(take(sheet, content)) == (0, 0, 1, [])
    assert counts(take(sheet, content.replace("1961", "1962")))[3] == [2]
    assert "1962" not in everything_kept(store)
