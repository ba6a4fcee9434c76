"""What the guard against patient information stops, and what it lets through."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guard import FIRST_NAMES, patient_information

# Any of the table, so that no name of anybody stands here.
FIRST = min(FIRST_NAMES)
TODAY = date(2027, 3, 3)
KNOWN = (
    "Riverside Orthopedics",
    "Dr. Amy Lee",
    "Iron Peak CrossFit",
    "St. Mary's High School",
    "Dr. Patel",
    "Coach Dana",
    "Tom",
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("called riverside about 123-45-6789", "a social security number"),
        ("emailed dr lee, MRN 445566", "a record number"),
        ("faxed chart #0012345 to riverside", "a record number"),
        ("patient id: A99812 at harbor", "a record number"),
        ("called about dob 3/4/61", "a date of birth"),
        ("called riverside re 03/04/1961", "a date of birth"),
        ("born March 4, 1961, knee", "a date of birth"),
        ("emailed about 1961-03-04", "a date of birth"),
        ("called dr lee about patient Firstname Lastname", "a patient's name"),
        ("emailed riverside about pt {first}", "a patient's name"),
        ("talked about patient: Lastname", "a patient's name"),
        ("called re {first} Lastname's rotator cuff tear", "a diagnosis beside a name"),
        ("texted that {first} Lastname had knee surgery", "a diagnosis beside a name"),
        ("{first}, 54 yo, ACL", "a diagnosis beside a name"),
    ],
)
def test_it_stops(text: str, what: str) -> None:
    found = patient_information(text.format(first=FIRST), KNOWN, TODAY)
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize(
    "text",
    [
        "riverside called about knee protocols yesterday",
        "Riverside Orthopedics: called Dr. Patel, 20 min",
        "workshop on shoulder injury prevention with Coach Dana",
        "Dr. Patel's rotator cuff lecture, 2/27",
        "lunch with Tom about ACL screening",
        "patient care coordinator was out, left a message",
        "dropped off patient handouts and the patient portal flyer",
        "introduced our new PT Maria to the team",
        "PT Luis taught a class",
        "called 555-0142 and 312-555-0142, no answer",
        "met on 2027-02-15 about patients from the spring race",
        "emailed about their 2026 outcomes, 45 patients",
        "concussion protocol with St. Mary's athletic trainer",
        "sent 12/10/2026 report",
        "meeting in room 4412, suite 300",
    ],
)
def test_it_lets_through(text: str) -> None:
    assert patient_information(text, KNOWN, TODAY) is None


@pytest.mark.parametrize("name", ["phrases.csv", "more_phrases.csv"])
def test_it_lets_everyday_phrases_through(name: str) -> None:
    rows = csv.DictReader((Path(__file__).parent / name).read_text("utf-8").splitlines())
    phrases = [(row["text"], row["partner"]) for row in rows]
    stopped = [
        text for text, partner in phrases if patient_information(text, (partner, *KNOWN), TODAY)
    ]
    assert stopped == []


@given(st.text(max_size=500))
def test_it_never_fails(text: str) -> None:
    patient_information(text, KNOWN, TODAY)
