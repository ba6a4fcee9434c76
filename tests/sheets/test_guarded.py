"""Patient information in a file: the row is refused with line and reason, the others are kept."""

import pytest
import sqlalchemy as sa

from bot.domain.guard import FIRST_NAMES
from bot.domain.member import Workspace
from bot.sheets import SHEETS, export
from bot.sheets.known import REFUSED
from bot.sheets.vouched import VOUCHED
from bot.store import Store, interaction, partner, referral, workspace
from bot.store.schema import audit
from tests.commands.test_guarded import everything_kept
from tests.conftest import NOW, TEAM
from tests.sheets.conftest import Rows, Take, counts

FIRST = min(FIRST_NAMES).capitalize()
REASON = REFUSED.format("a date of birth")
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
        content = export(tx, SHEETS[sheet], "csv", NOW).decode()
    assert counts(take(sheet, content)) == (0, 0, 1, [])
    assert counts(take(sheet, content.replace("1961", "1962")))[3] == [2]
    assert "1962" not in everything_kept(store)
    assert f",{VOUCHED}\n" in content


@pytest.mark.parametrize("sheet", FILES)
def test_a_file_may_vouch_for_a_row_and_the_audit_says_so(
    take: Take, store: Store, rows: Rows, sheet: str
) -> None:
    take("partners", "name\nRiverside\n")
    column, text = FILES[sheet]
    heading, plain, refused = text.splitlines()
    vouched = f"{heading},{VOUCHED}\n{plain},\n{refused},yes\n"
    assert counts(take(sheet, vouched)) == (2, 0, 0, [])
    (mark,) = [one[VOUCHED] for one in rows(sheet) if "1961" in one[column]]
    with store.peek() as connection:
        said = connection.execute(
            sa.select(audit.c.remark, audit.c.what).order_by(audit.c.id)
        ).all()
    assert said[-1] == (
        "a file said not about a patient: a date of birth (1)",
        f"import {sheet}",
    )
    for word in ("", "no", mark):
        again = f"{heading},{VOUCHED}\n{refused.replace('1961', '1962')},{word}\n"
        assert counts(take(sheet, again))[3] == [2]
    assert "1962" not in everything_kept(store)


def test_without_a_word_for_any_row_the_audit_has_no_remark(take: Take, store: Store) -> None:
    take("partners", f"name,notes,{VOUCHED}\nHarbor,likes dogs,yes\n")
    with store.peek() as connection:
        assert connection.execute(sa.select(audit.c.remark)).scalars().all() == [None]


@pytest.mark.parametrize("sheet", FILES)
def test_an_export_is_taken_into_another_workspace(take: Take, store: Store, sheet: str) -> None:
    said = "called about dob 3/4/1961 of the building"
    with store.begin() as connection:
        workspace.found(connection, Workspace("T2"), NOW)
    with store.change("T2", NOW, "log", "U1") as change:
        found = partner.add(change, "Riverside", NOW.date(), notes=said)
        interaction.add(change, found, "call", NOW.date(), note=said)
        referral.add(change, found, "received", NOW.date(), influencer=said)
    for name in dict.fromkeys(("partners", sheet)):
        with store.read("T2") as tx:
            content = export(tx, SHEETS[name], "csv", NOW).decode()
        assert counts(take(name, content)) == (1, 0, 0, [])
    assert said in everything_kept(store)
