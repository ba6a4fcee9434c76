"""Importing and exporting partners."""

from collections import Counter
from datetime import date

from bot.sheets import Imported
from bot.sheets.vouched import VOUCHED
from bot.store import Store, interaction, partner, workspace
from tests.conftest import NOW, TEAM
from tests.sheets.conftest import Rows, Take, counts

FILE = (
    "Practice,Type,Specialty,Stage,Tier,Rep,Frequency,Last visit,Doctor,Title,E-mail,Phone,URL,"
    "Address,Notes\n"
    "Riverside Orthopedics,Orthopedics,Knees,active,A,ana@example.com,every 6 weeks,1/11/2027,"
    'Dr. Lee,Surgeon,lee@example.org,+1 555 0100,riverside.example,"1 Main St, Springfield",'
    '"Likes\nbagels"\n'
    "Harbor Gym,crossfit,,,,U2,,,,,,,,,\n"
)


def reasons(imported: Imported) -> list[str]:
    return [refused.reason for refused in imported.refused]


def test_every_column_arrives(take: Take, rows: Rows) -> None:
    assert counts(take("partners", FILE)) == (2, 0, 0, [])
    riverside, harbor = rows("partners")
    assert riverside == {
        "id": riverside["id"],
        "name": "Riverside Orthopedics",
        "category": "physician",
        "specialty": "Knees",
        "stage": "active",
        "tier": "A",
        "liaison": "U1",
        "cadence": "every 6 weeks",
        "last_interaction_on": "2027-01-11",
        "contact_name": "Dr. Lee",
        "contact_role": "Surgeon",
        "contact_email": "lee@example.org",
        "contact_phone": "'+1 555 0100",
        "website": "riverside.example",
        "address": "1 Main St, Springfield",
        "notes": "Likes\nbagels",
        VOUCHED: "",
    }
    assert (harbor["category"], harbor["liaison"], harbor["contact_name"]) == ("gym", "U2", "")


def test_the_same_file_twice_changes_nothing(take: Take, rows: Rows) -> None:
    take("partners", FILE)
    before = rows("partners")
    assert counts(take("partners", FILE)) == (0, 0, 2, [])
    assert rows("partners") == before


def test_a_dry_run_counts_the_same_and_keeps_nothing(take: Take, rows: Rows) -> None:
    assert counts(take("partners", FILE, is_dry_run=True)) == (2, 0, 0, [])
    assert rows("partners") == []


def test_cells_that_say_something_change_a_partner_and_empty_ones_do_not(
    take: Take, rows: Rows
) -> None:
    take("partners", FILE)
    changed = take("partners", "name,tier,notes\n riverside  ORTHOPEDICS ,B,\nHarbor Gym,,\n")
    assert counts(changed) == (0, 1, 1, [])
    riverside = rows("partners")[0]
    assert (riverside["name"], riverside["tier"]) == ("Riverside Orthopedics", "B")
    assert riverside["notes"] == "Likes\nbagels"


def test_rows_of_one_partner_add_its_contacts(take: Take, rows: Rows) -> None:
    text = "name,tier,contact_name,contact_phone\nA,1,Dr. Lee,1\nA,2,Dr. Kim,2\nA,,dr. lee,3\n"
    assert counts(take("partners", text)) == (1, 1, 1, [])
    assert [
        (row["contact_name"], row["contact_phone"], row["tier"]) for row in rows("partners")
    ] == [
        ("Dr. Lee", "3", "2"),
        ("Dr. Kim", "2", "2"),
    ]
    assert counts(take("partners", text)) == (0, 0, 3, [])
    more = "name,contact_name,contact_phone\nA,Dr. Lee,3\nA,Dr. Kim,9\nA,Dr. Ray,\n"
    assert counts(take("partners", more)) == (0, 2, 1, [])
    assert [row["contact_phone"] for row in rows("partners")] == ["3", "9", ""]


def test_a_phone_without_a_person_is_the_partners_own(take: Take, rows: Rows) -> None:
    take("partners", "Doctor,Phone\nDr. Ana Lee,555\n")
    assert [(row["name"], row["contact_name"]) for row in rows("partners")] == [
        ("Dr. Ana Lee", "Dr. Ana Lee")
    ]


def test_bad_rows_are_refused_with_line_and_reason(take: Take, rows: Rows) -> None:
    text = (
        "name,liaison,cadence,last_interaction_on,tier\n"
        "Good,,,,\n"
        ",U1,,,\n"
        "A,nobody@example.com,,,\n"
        "B,UMA,,,\n"
        "C,,now and then,,\n"
        "D,,,3/3/2028,\n"
        f"{'E' * 201},,,,\n"
        f"F,,,,{'x' * 21}\n"
        "Also good,<@U4>,,,\n"
    )
    refused = take("partners", text)
    assert counts(refused) == (2, 0, 0, [3, 4, 5, 6, 7, 8, 9])
    assert reasons(refused)[:3] == [
        "name is empty",
        "liaison: nobody I know in Slack has the email nobody@example.com",
        'liaison: "UMA" is neither a Slack user id (like U012AB3CD) nor an email',
    ]
    assert [row["name"] for row in rows("partners")] == ["Good", "Also good"]


def test_a_liaison_gets_the_role(take: Take, store: Store) -> None:
    take("partners", FILE)
    with store.read(TEAM) as tx:
        assert [workspace.member(tx, user).role for user in ("U1", "U4")] == ["liaison", "member"]


def test_many_without_dates_are_spread_over_one_cadence(take: Take, store: Store) -> None:
    lines = "".join(f"P{n},every 2 weeks,\n" for n in range(20))
    take("partners", f"name,cadence,last_interaction_on\n{lines}Dated,every 2 weeks,2027-03-01\n")
    with store.read(TEAM) as tx:
        found = partner.everything(tx)
    days = Counter(one.first_due_on for one in found if one.first_due_on)
    assert sum(days.values()) == 20
    assert max(days.values()) == 2
    assert min(days) > NOW.date()
    assert max(days) <= date(2027, 3, 17)
    assert next(one for one in found if one.name == "Dated").first_due_on is None


def test_check_ins_follow_from_an_import(take: Take, rows: Rows) -> None:
    take("partners", FILE)
    checks = [row for row in rows("reminders") if row["partner"] == "Riverside Orthopedics"]
    assert [(row["kind"], row["recipient"], row["show_on"], row["state"]) for row in checks] == [
        ("check_in", "U1", "2027-02-22", "open")
    ]


def test_the_last_interaction_is_the_newer_of_baseline_and_touch(
    take: Take, rows: Rows, store: Store
) -> None:
    take("partners", FILE)
    with store.change(TEAM, NOW, "log") as change:
        found = partner.named(change, "riverside orthopedics")
        assert found
        interaction.add(change, found.id, "visit", date(2027, 2, 1))
        interaction.add(change, found.id, "thank_you", date(2027, 3, 1))
    assert rows("partners")[0]["last_interaction_on"] == "2027-02-01"
    assert counts(take("partners", FILE)) == (0, 0, 2, [])
    known = "name,last_interaction_on\nRiverside Orthopedics,2027-02-01\n"
    assert counts(take("partners", known)) == (0, 0, 1, [])


def test_an_ended_partner_stays_ended_through_a_file(take: Take, rows: Rows, store: Store) -> None:
    text = "name,stage,liaison\nA,Ended,U1\n"
    assert counts(take("partners", text)) == (1, 0, 0, [])
    assert rows("partners")[0]["stage"] == "ended"
    assert rows("reminders") == []
    assert counts(take("partners", text)) == (0, 0, 1, [])
