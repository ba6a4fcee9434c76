"""A form that was filled in: what stands in its fields, and how they are read."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time

from bot.commands.guarded import finding, refusal
from bot.commands.request import Context, Request
from bot.commands.value import GONE, number
from bot.domain.message import Message
from bot.domain.partner import Partner
from bot.domain.words import day_words
from bot.errors import UserError
from bot.store import Tx, partner

# Stands between what was picked, where more than one may be.
SEPARATOR = ","
WEEKDAYS = tuple("0123456")
# The field in which a person says that nothing in the form is about a patient.
CLEARED = "cleared"
_USER_ID = re.compile(r"[UW][A-Z0-9]{0,38}")
CHANGED_SINCE = (
    "Somebody changed this after you opened the form. Nothing was saved: please close it and "
    "open it again."
)


class FieldError(UserError):
    """What stands in one field of a form has to be put right."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class Submitted:
    """What stands in the fields of a form, by name, and the ids that it was opened with."""

    name: str
    values: Mapping[str, str]
    about: Mapping[str, str]

    def text(self, field: str, most: int) -> str:
        """Return the text of a field; raises FieldError when it is longer than `most`."""
        typed = storable(self.values.get(field, "")).strip()
        if len(typed) > most:
            raise FieldError(field, f"Please use at most {most:,} characters.")
        return typed

    def line(self, field: str, most: int) -> str:
        """Return the text of a field as one line."""
        return " ".join(self.text(field, most).split())

    def person(self, field: str) -> str | None:
        """Return the Slack user id of whoever was picked, or None."""
        user = self.values.get(field, "")
        if user and not _USER_ID.fullmatch(user):
            raise FieldError(field, "Please pick somebody.")
        return user or None

    def day(self, field: str) -> date | None:
        """Return the day of a field, or None when it is empty."""
        try:
            return date.fromisoformat(self.values[field]) if self.values.get(field) else None
        except ValueError:
            raise FieldError(field, "Please pick a day.") from None

    def hour(self, field: str) -> time | None:
        """Return the time of a field, or None when it is empty."""
        typed = self.values.get(field)
        try:
            return time.fromisoformat(typed).replace(tzinfo=None) if typed else None
        except ValueError:
            raise FieldError(field, "Please pick a time.") from None

    def several(self, field: str) -> list[str]:
        """Return what was picked in a field that takes more than one."""
        return [one for one in self.values.get(field, "").split(SEPARATOR) if one]

    def weekdays(self, field: str) -> tuple[int, ...]:
        """Return at least one weekday, in order; 0 is Monday."""
        picked = {one for one in self.several(field) if one in WEEKDAYS}
        if not picked:
            raise FieldError(field, "Please pick at least one day.")
        return tuple(sorted(int(one) for one in picked))

    def people(self, field: str) -> list[str]:
        """Return the Slack user ids of everybody who was picked."""
        users = self.several(field)
        if not all(_USER_ID.fullmatch(user) for user in users):
            raise FieldError(field, "Please pick people of the team.")
        return users

    def count(self, field: str, most: int) -> int:
        """Return a whole number from 1 to `most`."""
        typed = self.line(field, 20)
        if not (typed.isascii() and typed.isdigit()) or not 1 <= int(typed) <= most:
            raise FieldError(field, f"Please give a whole number, 1 to {most:,}.")
        return int(typed)

    def past_day(self, field: str, request: Request) -> date:
        """Return a day that has been, today if none was picked."""
        day = self.day(field) or request.today
        if day > request.today:
            when = day_words(day, request.today)
            raise FieldError(field, f"{when[:1].upper()}{when[1:]} hasn't come yet.")
        return day

    def day_to_come(self, field: str, request: Request) -> date:
        """Return today or a day to come."""
        day = self.day(field)
        if day is None:
            raise FieldError(field, "By which day?")
        if day < request.today:
            raise FieldError(field, "That day has been. Please pick today or a day to come.")
        return day

    def id(self, name: str) -> int | None:
        """Return an id that the form was opened with, if it was."""
        return number(self.about[name]) if name in self.about else None

    def need(self, name: str) -> int:
        """Return an id that the form was opened with; raises UserError without it."""
        found = self.id(name)
        if found is None:
            raise UserError(GONE)
        return found


def storable(text: str) -> str:
    """Return a text without what a database refuses."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


Submit = Callable[[Submitted, Request, Context], Message | None]


@contextmanager
def at(field: str) -> Iterator[None]:
    """Have a UserError raised within stand at a field."""
    try:
        yield
    except UserError as error:
        raise FieldError(field, str(error)) from None


def chosen(tx: Tx, form: Submitted) -> tuple[Partner, int | None]:
    """Return the partner that was picked, and the contact by whom."""
    partner_id, _, contact_id = form.values.get("partner", "").partition(":")
    if not partner_id:
        raise FieldError("partner", "Which partner?")
    with at("partner"):
        found = partner.get(tx, number(partner_id))
        person = partner.contact(tx, number(contact_id)) if contact_id else None
    if found is None or found.ended_on:
        raise FieldError("partner", GONE)
    return found, person.id if person and person.partner_id == found.id else None


def vouched(
    tx: Tx, form: Submitted, fields: Iterable[str], request: Request, before: Mapping[str, str]
) -> str | None:
    """Raise FieldError where a field looks like patient information, unless the person says not.

    What stood in the form `before` is kept already. Returns what the audit is to say of what
    somebody vouched for.
    """
    for field in fields:
        typed = form.values.get(field, "")
        found = finding(tx, typed, request) if typed != before.get(field, "") else None
        if found and form.values.get(CLEARED):
            return f"said not about a patient: {found.what}"
        if found:
            hint = "If it isn't about a patient, say so at the end of this form."
            raise FieldError(field, f"{refusal(found)} {hint}")
    return None


def fingerprint(prefill: Mapping[str, str]) -> str:
    """Return a short mark of what a form showed, to tell whether it was changed since."""
    return hashlib.sha256(repr(sorted(prefill.items())).encode()).hexdigest()[:16]


def require_unchanged(form: Submitted, prefill: Mapping[str, str]) -> None:
    """Raise UserError when what the form showed is no longer so."""
    if form.about.get("seen") != fingerprint(prefill):
        raise UserError(CHANGED_SINCE)
