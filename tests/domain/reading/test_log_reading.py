"""Whole lines, as people type them."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.finding import Book, Name
from bot.domain.reading.kinds import KINDS
from bot.domain.reading.log import LogRead, begins_with_verb, read_log

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


def read(text: str) -> LogRead:
    return read_log(text, BOOK, TODAY)


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
    assert read_as(row, read(row["text"])) == wanted(row)


@pytest.mark.parametrize("row", rows("more_phrases.csv"), ids=lambda row: row["text"])
def test_reads_more_phrases(row: dict[str, str]) -> None:
    assert read_as(row, read(row["text"])) == wanted(row)


def test_phrases_use_stored_kinds_and_all_of_them() -> None:
    assert {row["kind"] for row in rows("more_phrases.csv")} == set(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "precision left a voicemail",
        "riversde ortho rang, no answer",
        "LVM for Dr Lee",
        "called harbor, left msg with front desk",
        "called meals on wheels twice today no luck",
        "tried calling precision, line busy",
        "couldn't reach dr lee",
        "called ymca but nobody picked up",
        "missed call from precision",
        "tried ymca, mailbox full",
        "harbor called & left a msg",
        "played phone tag with bayview family",
    ],
)
def test_a_call_that_reached_nobody(text: str) -> None:
    assert (read(text).kind, read(text).is_reached) == ("call", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("called riverside, no answer, so emailed", "email"),
        ("called riverside no answer so emailed", "email"),
        ("left dr lee a voicemail and sent an email", "email"),
        ("tried calling harbor, no luck, texted instead", "text"),
        ("riverside no answer. texted dr lee", "text"),
        ("called ymca, line busy, then dropped by", "visit"),
    ],
)
def test_what_was_done_instead_counts(text: str, kind: str) -> None:
    assert (read(text).kind, read(text).is_reached, read(text).has_kind) == (kind, True, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("received a thank-you from bayview family", "other"),
        ("bayview family thanked us for the update", "other"),
        ("got a thank you card from dr lee", "other"),
        ("dr lee said thanks to us", "other"),
        ("dr lee emailed us a thank you", "email"),
        ("bright path texted me thanks", "text"),
        ("thank you note from st marys", "other"),
    ],
)
def test_thanks_that_came_from_them_are_no_thank_you(text: str, kind: str) -> None:
    assert (read(text).kind, read(text).has_kind) == (kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "thanked dr lee for sending us two patients",
        "thanked dr lee, heard from her office later",
        "sent riverside a thank-you from the team",
        "thank-you card to riverside from our team",
        "emailed dr lee a thank you for the patient from last week",
        "got a thank you card for dr lee",
        "thanked riverside for the referral they gave us",
    ],
)
def test_thanks_from_us_are_a_thank_you(text: str) -> None:
    assert read(text).kind == "thank_you"


@pytest.mark.parametrize(
    "text",
    [
        "called riverside, no answer, will email tomorrow",
        "called riverside, no answer, need to email",
        "called riverside, no answer, haven't emailed yet",
        "called riverside, no answer, did not email or text",
        "called riverside, no answer to the flyers we emailed",
        "called riverside, left vm that we emailed the protocol",
        "called riverside, no answer, they asked to be emailed",
        "called riverside, left a message about the visit",
        "called riverside about the email, no answer",
    ],
)
def test_what_was_not_done_or_not_instead(text: str) -> None:
    assert (read(text).kind, read(text).is_reached) == ("call", False)


@pytest.mark.parametrize(
    "text",
    [
        "called riverside, 20 min",
        "called dr lee, left vm, she called back 15 min",
        "finally reached dr lee",
        "texted harbor 2 days ago, no reply yet",
        "riverside visit, left msg with front desk",
        "emailed precision, no response",
    ],
)
def test_reached_or_not_a_call(text: str) -> None:
    assert read(text).is_reached


@pytest.mark.parametrize(
    ("text", "what", "on"),
    [
        ("emailed dr lee to set up lunch on the 12th", "lunch", (3, 12)),
        ("Called Dr Lee Monday, lunch is on for next Thursday", "lunch", (3, 11)),
        ("called riverside mon, will try again friday", "try again", (3, 5)),
        ("called harbor, left vm, will call back tomorrow", "call back", (3, 4)),
        ("left a message with precision, following up thursday", "following up", (3, 4)),
        ("called riverside, they want an in-service 3/18", "in-service", (3, 18)),
        ("stride wants brochures by friday", "brochures", (3, 5)),
        ("met w/ stride mon; sending them flyers by friday", "sending them flyers", (3, 5)),
        ("talked to ymca, they'll send the forms next week", "send the forms", (3, 8)),
        ("visited ymca. need to drop off cards by 3/10", "drop off cards", (3, 10)),
        ("left brochures at stride, will follow up in 2 weeks", "follow up", (3, 17)),
        ("emailed harbor re: open house on 3/20", "open house", (3, 20)),
        ("coffee w/ harbor today, workshop there on the 20th", "workshop there", (3, 20)),
        ("Lunch set for 3/11 - called dr lee yesterday", "Lunch", (3, 11)),
    ],
)
def test_a_plan_is_offered_not_done(text: str, what: str, on: tuple[int, int]) -> None:
    assert read(text).next_step == (what, date(2027, *on))


@pytest.mark.parametrize(
    "text",
    [
        "called bayview family med friday re: monday's in-service",
        "called dr lee about last week's referral",
        "stride grabbed lunch with Tom today, 45 minutes, $31.20",
        "called ymca 3 times this week",
        "emailed harbor about the 2/20 event",
        "called dr lee",
    ],
)
def test_no_plan_is_made_up(text: str) -> None:
    assert read(text).next_step is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("riverside called about knee protocols yesterday", "about knee protocols"),
        ("called riverside about knee protocols, 20 min", "about knee protocols"),
        ("emailed dr lee to set up lunch on the 12th", "to set up lunch on the 12th"),
        ("precision left a voicemail", "left a voicemail"),
        ("Riverside Orthopedics: called Dr. Patel, 20 min", "Dr. Patel"),
        ("zoom w/ Iron Peak coaches mon, half an hour", "zoom w/ Iron Peak coaches"),
        ("thanked dr lee for the referrals", "thanked dr lee for the referrals"),
        ("stopped by harbor to say thanks", "stopped by harbor to say thanks"),
        ("mailed a thank you card to Bright Smile 2 days ago", "mailed a thank you card"),
        ("harbor emailed back re cohosting", "emailed back re cohosting"),
        ("called dr lee’s cell…no luck 😞", "dr lee’s cell…no luck 😞"),
        ("called harbor with <@U123|ana> re: taping", "with <@U123|ana> re: taping"),
        ("RIVERSIDE ORTHOPEDICS VISITED 1 hr", ""),
        ("gave Iron Peak a shout-out last night", "gave Iron Peak a shout-out"),
    ],
)
def test_the_rest_is_the_note(text: str, note: str) -> None:
    assert read(text).note == note


def test_words_without_any_kind() -> None:
    result = read("riverside re knee protocol")
    assert (result.kind, result.has_kind, result.note) == ("other", False, "re knee protocol")
    assert read("gave Iron Peak a shout-out").has_kind


def test_an_old_day_without_a_year_is_confirmed() -> None:
    assert read("harbor: call 11/3").needs_confirming
    assert not read("harbor: call 12/10").needs_confirming
    assert not read("harbor: call 11/3/2026").needs_confirming


def test_an_ambiguous_partner_is_left_open() -> None:
    result = read("bright called, 10 min")
    assert [name.name for name in result.partner.names] == list(PARTNERS[6:8])
    assert (result.kind, result.minutes) == ("call", 10)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("oakdale visit", "oakdale"),
        ("oakdale called about harbor event", "oakdale"),
        ("called oakdale pt, 10 min", "oakdale pt"),
        ("lunch with Dr. Quinn at oakdale", "Dr. Quinn"),
        ("Oakdale: lunch", "Oakdale"),
    ],
)
def test_an_unknown_partner_is_named_not_guessed(text: str, named: str) -> None:
    assert (read(text).partner.names, read(text).named) == ((), named)


ODD = Book(
    [
        Name(1, "Next Level"),
        Name(2, "May Clinic"),
        Name(3, "Call Center"),
        Name(4, "Lunch Box Cafe"),
        Name(5, "Friday Harbor PT"),
        Name(6, "Dr. Text"),
        Name(7, "20 Minute Fitness"),
        Name(8, "Monday Motion"),
        Name(9, "Thank You Dental"),
        Name(10, "Harbor Chiropractic"),
        Name(10, "Dr. Anita Patel", contact_id=77),
    ]
)


@pytest.mark.parametrize(
    ("text", "partner", "kind", "on", "minutes"),
    [
        ("next level lunch yesterday", 1, "lunch", (3, 2), None),
        ("called next level", 1, "call", (3, 3), None),
        ("visited may clinic feb 2", 2, "visit", (2, 2), None),
        ("call center call 10 min", 3, "call", (3, 3), 10),
        ("texted call center", 3, "text", (3, 3), None),
        ("lunch box cafe coffee", 4, "meeting", (3, 3), None),
        ("emailed lunch box cafe about lunch", 4, "email", (3, 3), None),
        ("friday harbor pt visit friday", 5, "visit", (2, 26), None),
        ("friday harbor: call mon", 5, "call", (3, 1), None),
        ("called friday harbor", 5, "call", (3, 3), None),
        ("dr text emailed", 6, "email", (3, 3), None),
        ("called dr. text", 6, "call", (3, 3), None),
        ("20 minute fitness visit 25 min", 7, "visit", (3, 3), 25),
        ("visited monday motion on monday", 8, "visit", (3, 1), None),
        ("sent thank you note to thank you dental", 9, "thank_you", (3, 3), None),
        ("harbor lunch friday", 10, "lunch", (2, 26), None),
    ],
)
def test_partners_named_like_other_words(
    text: str, partner: int, kind: str, on: tuple[int, int], minutes: int | None
) -> None:
    result = read_log(text, ODD, TODAY)
    assert result.partner.partner_id == partner
    assert (result.kind, result.happened_on, result.minutes) == (kind, date(2027, *on), minutes)


@pytest.mark.parametrize(
    "text", ["lunch with dr patel", "harbor: called dr patel", "patel called", "called patel"]
)
def test_a_contact_finds_the_partner_and_is_carried(text: str) -> None:
    partner = read_log(text, ODD, TODAY).partner
    assert (partner.partner_id, partner.contact_id) == (10, 77)


def test_formatting_marks_are_not_letters() -> None:
    result = read("*called* riverside _yesterday_")
    assert (result.kind, result.happened_on) == ("call", date(2027, 3, 2))


@pytest.mark.parametrize(
    "text",
    """called x|had lunch with dr lee|20 min on the phone|I emailed harbor|just visited stride|
    lunch with dr lee|coffee w/ harbor|LVM for dr lee|quick call with lee|sent a thank you|
    met w/ lee|no answer at harbor|yesterday called harbor|great chat with lee|thanked dr lee|
    called|dropped off cards|emaild harbor|toured plant|3/1 lunch with lee|we met with harbor|
    swung by ymca|in-service at harbor|left a vm|update to dr lee|open house at ymca""".split("|"),
)
def test_begins_with_verb(text: str) -> None:
    assert begins_with_verb(text.strip())


@pytest.mark.parametrize(
    "text",
    """help|add oakdale|log x|refer harbor|new patient from harbor|convert R-1042|evals harbor 3|
    lost R-1|next harbor send|due|show harbor|list gyms|assign harbor|cadence harbor monthly|pause|
    resume harbor|edit harbor|undo|end harbor|merge a into b|stats|stats harbor|asdf|harbor|
    riverside called|report|update|update harbor|20|hello there|settings|text|call|3/1|yesterday|
    |thanks""".split("|"),
)
def test_does_not_begin_with_verb(text: str) -> None:
    assert not begins_with_verb(text.strip())
