"""Whole lines, as people type them."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.finding import Book, Name
from bot.domain.reading.log import LogRead, read_log

TODAY = date(2027, 3, 3)
HERE = Path(__file__).parent.parent
PARTNERS = (
    "Riverside Orthopedics",
    "Bayview Family Medicine",
    "Dr. Amy Lee",
    "Iron Peak CrossFit",
    "Northside YMCA",
    "St. Mary's High School",
    "Bright Path Pediatrics",
    "Bright Smile Dental",
    "Stride Running Co.",
    "Harbor Chiropractic",
    "Meals on Wheels Bayview",
    "Precision Manufacturing",
)
BOOK = Book(Name(number, name) for number, name in enumerate(PARTNERS))


def rows(file: str) -> list[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_as(row: dict[str, str], read: LogRead) -> dict[str, str]:
    at = read.partner.partner_id
    return {
        "text": row["text"],
        "partner": PARTNERS[at] if at is not None else "",
        "kind": read.kind,
        "happened_on": read.happened_on.isoformat(),
        "minutes": "" if read.minutes is None else str(read.minutes),
        "cost": "" if read.cost is None else str(read.cost),
    }


def wanted(row: dict[str, str]) -> dict[str, str]:
    cost = row["cost"] and str(Decimal(row["cost"]).quantize(Decimal("0.01")))
    return {**row, "happened_on": row["happened_on"] or TODAY.isoformat(), "cost": cost}


@pytest.mark.parametrize("row", rows("phrases.csv"), ids=lambda row: row["text"])
def test_reads_phrases(row: dict[str, str]) -> None:
    assert read_as(row, read_log(row["text"], BOOK, TODAY)) == wanted(row)
