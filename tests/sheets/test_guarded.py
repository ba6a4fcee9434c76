"""Patient information in a file: the row is refused with line and reason, the others are kept."""

import pytest

from bot.domain.guard import FIRST_NAMES
from bot.store import Store
from tests.commands.test_guarded import everything_kept
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
