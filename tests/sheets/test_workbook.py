"""Workbooks: the same rows as from a CSV file, or a plain sentence."""

import io
import sys
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from bot.errors import UserError
from bot.sheets import reading
from bot.sheets.partners import COLUMNS
from tests.sheets.conftest import Rows, Take, counts


def book(*rows: list[Any]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read(data: bytes) -> reading.Read:
    return reading.read(data, COLUMNS, ["name"])


def test_cells_are_what_a_person_would_type() -> None:
    found = read(
        book(
            ["Practice", "Last visit", "Phone", "Tier", "Notes"],
            ["Café Médico", datetime(2027, 3, 1), 5550100, 2.0, None],
            [None, None],
            ["B", date(2027, 3, 2), "555", True, "one\ntwo"],
        )
    )
    assert [dict(row.cells) for row in found.rows] == [
        {"name": "Café Médico", "last_interaction_on": "2027-03-01", "contact_phone": "5550100",
         "tier": "2"},
        {"name": "B", "last_interaction_on": "2027-03-02", "contact_phone": "555", "tier": "True",
         "notes": "one\ntwo"},
    ]  # fmt: skip
    assert [row.line for row in found.rows] == [2, 4]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_is_taken_in_and_refused_as_a_csv_file_is(take: Take, rows: Rows) -> None:
    imported = take("partners", book(["name", "liaison"], ["A", "U1"], ["B", "Ana"]))
    assert counts(imported) == (1, 0, 0, [3])
    assert imported.refused[0].held == ["B", "Ana"]
    assert rows("partners")[0]["name"] == "A"


def zipped(name: str, text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, text)
    return file.getvalue()


WHOLE = book(["name"], ["A"])


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        WHOLE[: len(WHOLE) // 2],
        zipped("word/document.xml", "<w/>"),
        zipped("[Content_Types].xml", "no xml"),
        zipped("xl/workbook.xml", "<a/>"),
    ],
)
def test_what_only_looks_like_one(data: bytes) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read(data)


@pytest.mark.parametrize(("rows", "said"), [([], "empty"), ([["City"], ["X"]], "no column name")])
def test_one_of_no_use(rows: list[list[str]], said: str) -> None:
    with pytest.raises(UserError, match=said):
        read(book(*rows))


def test_without_the_library_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UserError, match=r"rapport\[xlsx\].*CSV"):
        read(WHOLE)


def test_workbooks_of_old_are_named() -> None:
    with pytest.raises(UserError, match=r"old workbook \(\.xls\)"):
        read(b"\xd0\xcf\x11\xe0")
