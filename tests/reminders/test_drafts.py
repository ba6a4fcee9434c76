"""Notes of thanks: to whom, what they never say, and that every category has one."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.fact import Facts
from bot.domain.partner import CATEGORIES, Contact
from bot.reminders import KINDS
from bot.reminders.draft import BY_CATEGORY, CARE, FIRST_EVER, OTHERWISE, greeted, thank_you_note
from tests.reminders.given import PARTNER, REMINDER, TODAY, facts_of

TELLING = ("came", "come in", "visit", "evaluation", "patient", "referral", "referred", "sent us")
OF_VALUE = (
    "gift", "card", "lunch", "dinner", "coffee", "treat you", "free", "discount", "voucher",
    "pay", "fee", "reward", "return the favor", "in return", "on us", "$", "bonus", "send you",
)  # fmt: skip


def _facts(category: str, contact: str | None = "Dana Cruz", **more: object) -> Facts:
    person = Contact(3, 7, contact) if contact is not None else None
    partner = replace(PARTNER, category=category)
    thanks = replace(REMINDER, kind="thank_you")
    return Facts(thanks, partner, TODAY, me="Ana", contact=person, unthanked=1, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("category", [*CATEGORIES, "sawmill"])
def test_every_category_has_a_note(category: str) -> None:
    note = thank_you_note(_facts(category), "Ana")
    assert note.startswith(("Hi Dana, thank you", "Dear Dana, thank you"))
    assert note.endswith(" Ana")
    assert "{" not in note


@pytest.mark.parametrize("template", [*BY_CATEGORY.values(), FIRST_EVER, OTHERWISE, CARE])
def test_nothing_of_value_is_offered(template: str) -> None:
    assert not [word for word in OF_VALUE if word in template.casefold()]
    assert "thank you" in template


def test_notes_are_for_categories_that_are_there() -> None:
    assert set(BY_CATEGORY) <= set(CATEGORIES)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(facts_of("thank_you"))
def test_to_who_does_not_treat_nothing_tells_that_anybody_came(facts: Facts) -> None:
    contact = replace(facts.contact, name="Dana Cruz") if facts.contact else None
    facts = replace(facts, contact=contact, me="Ana", partner=replace(facts.partner, name="Peak"))
    said = KINDS["thank_you"].row(facts)
    if said is None:
        assert not facts.unthanked or facts.partner.ended_on
        return
    assert ("Dana" if contact else "all") in said.draft
    if not facts.partner.is_treating:
        assert not [word for word in TELLING if word in said.draft.casefold()]
        asked = "*Peak*: here three times now. Is a word of thanks still right?"
        is_question = facts.reminder.is_question
        assert said.text == (asked if is_question else "*Good week to thank Peak.*")


def test_a_physician_marked_as_not_treating_gets_the_general_note() -> None:
    facts = _facts("physician")
    facts = replace(facts, partner=replace(facts.partner, treating=False))
    assert "patients" not in thank_you_note(facts, "Ana")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Dr. Raj Patel", "Dr. Patel"),
        ("Dr Patel", "Dr. Patel"),
        ("Dr. Amy Lee, MD", "Dr. Lee"),
        ("doctor amy lee", "Dr. lee"),
        ("Amy Lee, MD", "Amy"),
        ("Drew Barker", "Drew"),
        ("Coach Dana", "Dana"),
        ("Ms. Ortiz Vega", "Ortiz"),
        ("Cher", "Cher"),
        ("Dr.", "Dr."),
        ("   ", "all"),
    ],
)
def test_the_contact_is_addressed(name: str, greeting: str) -> None:
    assert greeted(_facts("physician", name)) == greeting


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Dr. Amy Lee", "Dr. Lee"),
        ("Dr. Amy Lee, DO", "Dr. Lee"),
        ("Driftwood Yoga", "all"),
        ("Riverside Orthopedics", "all"),
        ("Dr. Lee's Practice", "all"),
    ],
)
def test_without_a_contact_the_partner_is(name: str, greeting: str) -> None:
    facts = _facts("physician", None)
    assert greeted(replace(facts, partner=replace(facts.partner, name=name))) == greeting


def test_several_evaluations_are_counted_once_for_all() -> None:
    said = KINDS["thank_you"].row(replace(_facts("physician"), unthanked=3))
    assert said
    assert said.text == "*Thank Iron Peak CrossFit*: 3 evaluations since your last note."


def test_the_first_ever_asks_how_they_like_updates() -> None:
    said = KINDS["thank_you"].row(replace(_facts("physician"), is_first_ever=True))
    assert said
    assert said.text.startswith("*First referral from Iron Peak CrossFit!*")
    assert "How do you like updates: fax, phone or portal?" in said.draft
