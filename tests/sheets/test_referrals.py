"""Importing and exporting referrals."""

from datetime import date

import pytest

from bot.domain.referral import Referral
from bot.store import Store, referral
from tests.conftest import NOW, TEAM
from tests.sheets.conftest import Rows, Take, counts

FILE = (
    "Practice,Direction,Number,Referral date,Scheduled,Evaluation date,Discharged,Lost,Reason,"
    "Visits,Influencer\n"
    "Riverside,,,2/1/2027,2/4/2027,3/1/2027,,,,3,Coach Kim\n"
    "Riverside,,R-1001,1/4/2027,,1/11/2027,2/22/2027,,,12,\n"
    "Riverside,in,,2/2/2027,,,,2/20/2027,went to another clinic,,\n"
    "Harbor,sent,,2/2/2027,6/1/2027,,,,,,\n"
    "Harbor,sent,,2/2/2027,6/1/2027,,,,,,\n"
)


@pytest.fixture(autouse=True)
def partners(take: Take) -> None:
    take("partners", "name,category,liaison\nRiverside,doctor,U1\nHarbor,gym,U2\n")


def by_number(store: Store, number: int) -> Referral:
    with store.read(TEAM) as tx:
        found = referral.numbered(tx, number)
    assert found
    return found


def test_every_column_arrives_and_numbers_are_given_in_order(take: Take, rows: Rows) -> None:
    assert counts(take("referrals", FILE)) == (5, 0, 0, [])
    assert [tuple(row.values())[1:-1] for row in rows("referrals")] == [
        ("Riverside", "received", "1001", "2027-01-04", "", "2027-01-11", "2027-02-22", "", "",
         "12", ""),
        ("Riverside", "received", "1002", "2027-02-01", "2027-02-04", "2027-03-01", "", "", "",
         "3", "Coach Kim"),
        ("Riverside", "received", "1003", "2027-02-02", "", "", "", "2027-02-20", "elsewhere",
         "", ""),
        ("Harbor", "sent", "1004", "2027-02-02", "2027-06-01", "", "", "", "", "", ""),
        ("Harbor", "sent", "1005", "2027-02-02", "2027-06-01", "", "", "", "", "", ""),
    ]  # fmt: skip


def test_the_same_file_twice_changes_nothing(take: Take, rows: Rows) -> None:
    take("referrals", FILE)
    before = rows("referrals")
    assert counts(take("referrals", FILE)) == (0, 0, 5, [])
    assert rows("referrals") == before


def test_a_dry_run_takes_no_numbers(take: Take, rows: Rows, store: Store) -> None:
    assert counts(take("referrals", FILE, is_dry_run=True)) == (5, 0, 0, [])
    assert rows("referrals") == []
    with store.change(TEAM, NOW, "test") as change:
        assert referral.next_number(change) == 1001


def test_numbers_given_are_never_handed_out_again(take: Take, store: Store) -> None:
    take("referrals", "partner,number,received_on\nHarbor,,2027-02-01\nHarbor,2000,2027-02-01\n")
    assert by_number(store, 2001).received_on == date(2027, 2, 1)
    with store.change(TEAM, NOW, "test") as change:
        assert referral.next_number(change) == 2002


def test_a_new_evaluation_is_thanked_for_and_an_old_one_is_not(
    take: Take, store: Store, rows: Rows
) -> None:
    take("referrals", FILE)
    fresh, old = by_number(store, 1002), by_number(store, 1001)
    assert (fresh.converted_at, fresh.thank_by_on) == (NOW, date(2027, 3, 3))
    assert (old.converted_at, old.thank_by_on) == (None, date(2027, 1, 13))
    thanks = [row for row in rows("reminders") if row["kind"] == "thank_you"]
    assert [(row["partner"], row["occurrence"]) for row in thanks] == [("Riverside", "R-1002")]


def test_a_referral_of_a_number_is_brought_up_to_date(take: Take, store: Store) -> None:
    take("referrals", FILE)
    later = (
        "partner,number,received_on,evaluated_on,visits\n"
        "Riverside,1003,2027-02-02,2027-03-02,\n"
        "Riverside,1002,2027-02-01,,4\n"
        "Harbor,R-1004,2027-02-02,,\n"
    )
    assert counts(take("referrals", later)) == (0, 2, 1, [])
    found = by_number(store, 1003)
    assert (found.evaluated_on, found.lost_on, found.lost_reason) == (date(2027, 3, 2), None, None)
    assert found.converted_at == NOW
    assert by_number(store, 1002).visits == 4
    assert counts(take("referrals", later)) == (0, 0, 3, [])


def test_bad_rows_are_refused_with_line_and_reason(take: Take, rows: Rows) -> None:
    take("referrals", "partner,number,received_on,evaluated_on\nHarbor,5,2027-02-01,2027-02-02\n")
    text = (
        "partner,direction,number,received_on,scheduled_on,evaluated_on,lost_on,lost_reason\n"
        "Harbr,,,2027-02-01,,,,\n"
        "Harbor,,,,,,,\n"
        "Harbor,sideways,,2027-02-01,,,,\n"
        "Harbor,,,2027-02-01,,2027-01-31,,\n"
        "Harbor,,,2027-02-01,,2027-02-02,2027-02-03,\n"
        "Harbor,,,2027-02-01,,,2027-02-03,moved to the moon\n"
        "Harbor,,,2027-02-01,,,,cost\n"
        "Harbor,,,2027-04-01,,,,\n"
        "Harbor,,,2027-02-01,,2027-04-01,,\n"
        "Riverside,,R-5,2027-02-01,,,,\n"
        "Harbor,,7,2027-02-01,,,,\n"
        "Harbor,,7,2027-02-01,,,,\n"
        "Harbor,,0,2027-02-01,,,,\n"
        "Harbor,,99999999999,2027-02-01,,,,\n"
        "Harbor,sent,5,2027-02-01,,,,\n"
        "Harbor,,,2027-02-01,2028-02-01,,2027-02-03,too expensive\n"
    )
    refused = take("referrals", text)
    assert counts(refused) == (2, 0, 0, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16])
    said = {one.line: one.reason for one in refused.refused}
    assert 'did you mean "Harbor"?' in said[2]
    assert said[5] == "evaluated_on is before received_on"
    assert said[6] == "it cannot be both evaluated and lost"
    assert "chose elsewhere" in said[7]
    assert said[8] == "lost_reason is given, but lost_on is empty"
    assert said[11] == 'R-5 belongs to "Harbor"'
    assert said[13] == "R-7 is on line 12 already"
    assert said[16] == "R-5 was received"
    assert len(rows("referrals")) == 3


def test_a_number_that_the_file_repeats_is_taken_from_the_other_equal_rows(
    take: Take, rows: Rows
) -> None:
    take("referrals", "partner,number,received_on\nHarbor,5,2027-02-01\n")
    both = "partner,number,received_on\nHarbor,5,2027-02-01\nHarbor,,2027-02-01\n"
    assert counts(take("referrals", both)) == (1, 0, 1, [])
    assert counts(take("referrals", both)) == (0, 0, 2, [])
    assert len(rows("referrals")) == 2
