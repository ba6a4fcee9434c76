"""Importing and exporting interactions."""

import pytest

from tests.sheets.conftest import Rows, Take, counts

FILE = (
    "Practice,Type,Date,Rep,Notes,Duration,Cost\n"
    'riverside,Phone call,2/1/2027,ana@example.com,"Said: ""hi""",20 min,\n'
    "Riverside,call,2/1/2027,ana@example.com,,,\n"
    "Riverside,call,2/1/2027,ana@example.com,,,\n"
    'Harbor,lunch,"Feb 3, 2027",U2,=SUM(A1),60,"$1,045.50"\n'
    "Harbor,left voicemail,2027-02-04,,,,\n"
)


@pytest.fixture(autouse=True)
def partners(take: Take) -> None:
    take("partners", "name,liaison\nRiverside,U1\nHarbor,U2\n")


def test_every_column_arrives(take: Take, rows: Rows) -> None:
    assert counts(take("interactions", FILE)) == (5, 0, 0, [])
    found = [tuple(row.values())[1:-1] for row in rows("interactions")]
    assert found == [
        ("Riverside", "call", "2027-02-01", "U1", 'Said: "hi"', "20", ""),
        ("Riverside", "call", "2027-02-01", "U1", "", "", ""),
        ("Riverside", "call", "2027-02-01", "U1", "", "", ""),
        ("Harbor", "lunch", "2027-02-03", "U2", "'=SUM(A1)", "60", "1045.50"),
        ("Harbor", "voicemail", "2027-02-04", "", "", "", ""),
    ]


def test_equal_rows_are_counted(take: Take, rows: Rows) -> None:
    take("interactions", FILE)
    assert counts(take("interactions", FILE)) == (0, 0, 5, [])
    again = "partner,kind,happened_on,by\n" + "Riverside,call,2027-02-01,U1\n" * 3
    assert counts(take("interactions", again)) == (1, 0, 2, [])
    assert len(rows("interactions")) == 6


def test_a_dry_run_keeps_nothing(take: Take, rows: Rows) -> None:
    assert counts(take("interactions", FILE, is_dry_run=True)) == (5, 0, 0, [])
    assert rows("interactions") == []


def test_bad_rows_are_refused_with_line_and_reason(take: Take, rows: Rows) -> None:
    text = (
        "partner,kind,happened_on,minutes,cost,by\n"
        "Riversid,call,2027-02-01,,,\n"
        "Zzyzx,call,2027-02-01,,,\n"
        "Harbor,seance,2027-02-01,,,\n"
        "Harbor,call,2027-03-09,,,\n"
        "Harbor,call,,,,\n"
        "Harbor,call,2027-02-01,long,,\n"
        "Harbor,lunch,2027-02-01,,lots,\n"
        "Harbor,call,2027-02-01,,,stranger@example.com\n"
        "Harbor,call,2027-02-01,,,\n"
    )
    refused = take("interactions", text)
    assert counts(refused) == (1, 0, 0, [2, 3, 4, 5, 6, 7, 8, 9])
    said = [one.reason for one in refused.refused]
    assert said[0] == 'partner: there is no partner "Riversid"; did you mean "Riverside"?'
    assert said[1] == 'partner: there is no partner "Zzyzx"'
    assert said[3] == 'happened_on: "2027-03-09" has not come yet'
    assert said[4] == "happened_on is empty"
    assert len(rows("interactions")) == 1


def test_a_touch_moves_the_check_in_and_a_voicemail_does_not(take: Take, rows: Rows) -> None:
    take("interactions", "partner,kind,happened_on\nRiverside,visit,2027-03-02\n")
    take("interactions", "partner,kind,happened_on\nHarbor,voicemail,2027-03-02\n")
    due = {row["partner"]: row["show_on"] for row in rows("reminders")}
    assert due == {"Riverside": "2027-06-02", "Harbor": "2027-03-05"}
