"""The sample clinic as three CSV files, the same every time relative to the day it is made for."""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

SEED = 20_270_303
MONTHS_OF_HISTORY = 9
FRIDAY = 4

Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A partner of the sample: `per_month` referrals on average, last touched `quiet_days` ago.

    `liaison` is the first name of one of the clinic's people.
    """

    name: str
    category: str
    liaison: str
    cadence: str
    per_month: float
    quiet_days: int
    contact_name: str
    contact_role: str
    contact_phone: str


def _sample(row: dict[str, str]) -> Sample:
    numbers = {"per_month": float(row["per_month"]), "quiet_days": int(row["quiet_days"])}
    return Sample(**{**row, **numbers})  # type: ignore[arg-type]


_FILE = files(__package__) / "partners.csv"
PARTNERS = tuple(_sample(row) for row in csv.DictReader(_FILE.read_text("utf-8").splitlines()))
LIAISONS = {one.name: one.liaison for one in PARTNERS}

KINDS = ("call", "email", "visit", "text", "lunch", "meeting")


def history(people: dict[str, str], today: date) -> dict[str, bytes]:
    """Return the three files by name; `people` maps a first name to a Slack user id."""
    return {
        "partners": partners(people, today),
        "interactions": interactions(people, today),
        "referrals": referrals(today),
    }


def partners(people: dict[str, str], today: date) -> bytes:
    """Return the partners file; `people` maps a first name to a Slack user id."""
    return _csv(
        [
            {
                "name": one.name,
                "category": one.category,
                "liaison": people.get(one.liaison, ""),
                "cadence": one.cadence,
                "last_interaction_on": _days(one.quiet_days, 45, today)[0],
                "contact_name": one.contact_name,
                "contact_role": one.contact_role,
                "contact_phone": one.contact_phone,
            }
            for one in PARTNERS
        ]
    )


def interactions(people: dict[str, str], today: date) -> bytes:
    """Return the interactions file: months of touches, and thanks after each evaluation."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    rows: Rows = []
    for one in PARTNERS:
        for day in _days(one.quiet_days, 45, today):
            kind = chance.choice(KINDS)
            row = {"partner": one.name, "kind": kind, "happened_on": day}
            rows.append({**row, "by": people.get(one.liaison, ""), "minutes": 10})
    for row in _referral_rows(today):
        if row["evaluated_on"]:
            thanked_on = _as_day(row["evaluated_on"]) + timedelta(days=chance.choice((0, 1, 1, 4)))
            if thanked_on < today:
                note = {"partner": row["partner"], "kind": "thank_you", "happened_on": thanked_on}
                by = people.get(LIAISONS[str(row["partner"])], "")
                rows.append({**note, "by": by, "minutes": ""})
    return _csv(rows)


def referrals(today: date) -> bytes:
    """Return the referrals file: both directions, most of them evaluated."""
    return _csv(_referral_rows(today))


def _referral_rows(today: date) -> Rows:
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    rows: Rows = []
    for one in PARTNERS:
        for _ in range(round(one.per_month * MONTHS_OF_HISTORY)):
            received = today - timedelta(days=chance.randint(1, MONTHS_OF_HISTORY * 30))
            if one.name.startswith("Bayview"):
                received -= timedelta(days=50)
            rows.append(_referral(one.name, received, today, chance))
    return sorted(rows, key=lambda row: str(row["received_on"]))


def _referral(name: str, received: date, today: date, chance: random.Random) -> dict[str, object]:
    fate = chance.random()
    evaluated = received + timedelta(days=chance.randint(2, 12))
    row: dict[str, object] = {
        "partner": name,
        "direction": "sent" if chance.random() < 0.2 else "received",
        "received_on": received,
        "evaluated_on": "",
        "lost_on": "",
        "lost_reason": "",
    }
    if row["direction"] == "sent":
        return row
    # What happened in the last two weeks is left to be recorded by whoever tries the sample.
    if fate < 0.75 and evaluated < today - timedelta(days=15):
        return {**row, "evaluated_on": evaluated}
    if fate > 0.85 and evaluated < today:
        return {**row, "lost_on": evaluated, "lost_reason": "no contact"}
    return row


def _days(first: int, step: int, today: date) -> list[date]:
    """Days so far back, on working days."""
    days = (today - timedelta(days=back) for back in range(first, MONTHS_OF_HISTORY * 30, step))
    return [day - timedelta(days=max(0, day.weekday() - FRIDAY)) for day in days]


def _as_day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _csv(rows: Sequence[dict[str, object]]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()
