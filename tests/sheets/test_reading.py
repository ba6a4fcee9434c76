"""Bytes to rows: encodings, delimiters, quoting, headings, and files of no use."""

import codecs

import pytest

from bot.errors import UserError
from bot.sheets import reading
from bot.sheets.partners import COLUMNS

TEXT = 'Practice,Notes\r\nCafé Médico,"one\ntwo"\r\n'


def read(data: bytes) -> reading.Read:
    return reading.read(data, COLUMNS, ["name"])


def cells(data: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read(data).rows]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace("\r\n", "\n").encode(),
        b"\r\n,\r\n" + TEXT.encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "cp1252", ";", "tab", "unix", "blank lines"],
)
def test_the_same_rows_whatever_program_wrote_them(data: bytes) -> None:
    assert cells(data) == [{"name": "Café Médico", "notes": "one\ntwo"}]


def test_old_mac_line_ends() -> None:
    assert cells(b"name,tier\rA,1\rB,2\r") == [
        {"name": "A", "tier": "1"},
        {"name": "B", "tier": "2"},
    ]


def test_a_delimiter_inside_a_cell_is_text() -> None:
    assert cells(b"name;address\nA;1 Main St, Springfield, IL\n") == [
        {"name": "A", "address": "1 Main St, Springfield, IL"}
    ]


def test_rows_are_numbered_by_the_physical_line_they_start_on() -> None:
    found = read(b'name,notes\nA,"1\n2\n3"\n\nB,\nC,x,extra\n"D\n')
    assert [row.line for row in found.rows] == [2, 6]
    assert [refused.line for refused in found.refused] == [7, 8]
    assert "3 cells under 2 headings" in found.refused[0].reason
    assert "never closed" in found.refused[1].reason


def test_a_row_with_a_stray_quotation_mark_does_not_take_the_others_along() -> None:
    found = read(b'name,notes\n"A" B,x\nC "the best" D,y\nE,z\n')
    assert [refused.line for refused in found.refused] == [2]
    assert [row.cells["name"] for row in found.rows] == ['C "the best" D', "E"]


def test_a_nul_spoils_its_row_only() -> None:
    found = read(b"name\nA\nB\0\nC\n")
    assert [row.cells["name"] for row in found.rows] == ["A", "C"]
    assert "NUL" in found.refused[0].reason


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("Practice name,Doctor,Last visit,Rep", "name contact_name last_interaction_on liaison"),
        ("Doctor,Last Contact,Phone,E-mail,Owner",
         "name last_interaction_on contact_phone contact_email liaison"),
        ("ORGANIZATION,contact_name,LAST_INTERACTION_ON", "name contact_name last_interaction_on"),
        ("id,name,category", "name category"),
        ("Practice,Name,Title", "name contact_name contact_role"),
    ],
)  # fmt: skip
def test_common_headings_are_known(headings: str, expected: str) -> None:
    count = headings.count(",") + 1
    found = read(f"{headings}\n{','.join('abcdefgh'[:count])}\n".encode())
    assert set(found.rows[0].cells) == set(expected.split())
    assert found.ignored == ()


def test_what_is_not_known_is_named() -> None:
    assert read(b"name,Favorite color, ,Phone,phone\nA,red,,1,2\n").ignored == (
        "Favorite color",
        "phone",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n \n", "empty"),
        (b"City,State\nx,y\n", "no column name"),
        (b"PK\x03\x04rest", "workbook"),
        ("name\nA".encode("utf-16-le"), "not a text file"),
        (bytes(range(256)), "not a text file"),
    ],
)
def test_a_file_of_no_use_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read(data)
