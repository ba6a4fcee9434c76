"""The sheet of referrals: dates and a status, and never anything about a patient."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from bot.domain.referral import LOST_REASONS, RECEIVED, SENT, Referral, lost_reason
from bot.domain.words import list_words, short
from bot.errors import UserError
from bot.sheets import cell
from bot.sheets.dates import contradiction, conversion
from bot.sheets.known import Known
from bot.sheets.numbers import Numbers
from bot.sheets.row import ADDED, CHANGED, UNCHANGED, Decision, Plan, Row
from bot.sheets.sheet import Record, Sheet
from bot.store import Change, Tx, partner, referral

COLUMNS: dict[str, Sequence[str]] = {
    "partner": ("practice", "practice name", "organization", "partner name", "company", "source",
                "referral source", "referred by", "name", "doctor", "provider"),
    "direction": ("in or out", "type"),
    "number": ("referral", "referral number", "referral no", "our number", "no"),
    "received_on": ("received", "date received", "referral date", "referred on", "date"),
    "scheduled_on": ("scheduled", "date scheduled", "appointment", "appointment date"),
    "evaluated_on": ("evaluated", "evaluation", "evaluation date", "initial evaluation", "eval",
                     "eval date", "ie date", "first visit"),
    "discharged_on": ("discharged", "discharge date", "discharge"),
    "lost_on": ("lost", "lost date"),
    "lost_reason": ("reason", "reason lost", "why lost"),
    "visits": ("visit count", "number of visits", "total visits"),
    "influencer": ("influenced by", "influence"),
}  # fmt: skip

DIRECTIONS = {
    **dict.fromkeys((RECEIVED, "in", "inbound", "incoming", "from", "to us"), RECEIVED),
    **dict.fromkeys((SENT, "out", "outbound", "outgoing", "to", "by us"), SENT),
}
HIGHEST_NUMBER = 999_999_999
VISITS_AT_MOST = 10_000

Values = dict[str, Any]


def plan(rows: Sequence[Row], known: Known) -> Plan:
    """Decide by number where a row has one; else, of equal rows, as many as are not there yet."""
    made = Plan()
    held = {one.number: one for one in referral.everything(known.tx)}
    read = list(made.each(rows, lambda row: _read(row, known)))
    given = {values["number"] for _, values in read if values["number"]}
    unnumbered = Counter(_key(_held(one)) for one in held.values() if one.number not in given)
    seen: Counter[tuple[Any, ...]] = Counter()
    lines: dict[int, int] = {}
    numbers = Numbers(max(given, default=0))
    for row, values in read:
        number = values["number"]
        if number is None:
            seen[_key(values)] += 1
            is_new = seen[_key(values)] > unnumbered[_key(values)]
            made.decisions.append(
                _adding(values, known, numbers) if is_new else Decision(UNCHANGED)
            )
        elif number in lines:
            made.refuse(row, f"R-{number} is on line {lines[number]} already")
        elif number in held:
            _changing(made, row, held[number], values, known)
        else:
            made.decisions.append(_adding(values, known, numbers))
        lines.setdefault(number, row.line)
    return made


def records(tx: Tx) -> Iterator[Record]:
    """Return every referral, by number."""
    names = {one.id: one.name for one in partner.everything(tx)}
    for one in referral.everything(tx):
        yield {"id": one.id, "partner": names[one.partner_id], **_held(one)}


def _read(row: Row, known: Known) -> Values:
    past = cell.past_day(known.today)
    values = {
        "partner_id": row.need("partner", known.partner).id,
        "direction": row.read("direction", _direction),
        "number": row.read("number", _number),
        "received_on": row.need("received_on", past),
        "scheduled_on": row.read("scheduled_on", cell.day),
        "evaluated_on": row.read("evaluated_on", past),
        "discharged_on": row.read("discharged_on", past),
        "lost_on": row.read("lost_on", past),
        "lost_reason": row.read("lost_reason", _lost_reason),
        "visits": row.read("visits", cell.whole(VISITS_AT_MOST)),
        "influencer": row.read("influencer", cell.line(200)),
    }
    if reason := contradiction(values):
        raise UserError(reason)
    return values


def _changing(made: Plan, row: Row, held: Referral, values: Values, known: Known) -> None:
    """Change what differs; an evaluation takes back a loss, as it does in Slack."""
    before = _held(held)
    after = {**before, **{name: value for name, value in values.items() if value is not None}}
    if after["evaluated_on"] and not before["evaluated_on"] and not values["lost_on"]:
        after |= {"lost_on": None, "lost_reason": None}
    if reason := _mismatch(held, before, after, known):
        made.refuse(row, reason)
        return
    changed = {name: value for name, value in after.items() if value != before[name]}
    if "evaluated_on" in changed:
        changed |= conversion(after, known, held.converted_at)

    def write(change: Change) -> None:
        referral.update(change, held.id, **changed)

    outcome = Decision(CHANGED, write, held.partner_id)
    made.decisions.append(outcome if changed else Decision(UNCHANGED))


def _mismatch(held: Referral, before: Values, after: Values, known: Known) -> str | None:
    if before["partner_id"] != after["partner_id"]:
        return f'{held.label} belongs to "{known.names[held.partner_id]}"'
    if before["direction"] != after["direction"]:
        return f"{held.label} was {before['direction']}"
    reason = contradiction(after)
    return reason and f"{reason} (with what {held.label} says already)"


def _adding(values: Values, known: Known, numbers: Numbers) -> Decision:
    full = {**values, "direction": values["direction"] or RECEIVED, "by": None}
    full |= conversion(full, known)
    place = numbers.book() if values["number"] is None else None

    def write(change: Change) -> None:
        numbers.reserve(change)
        number = full["number"] if place is None else numbers.at(place)
        referral.add(change, **{**full, "number": number})

    return Decision(ADDED, write, full["partner_id"])


def _held(one: Referral) -> Values:
    named = {name: getattr(one, name) for name in COLUMNS if name != "partner"}
    return {
        "partner_id": one.partner_id,
        **named,
        "influencer": cell.tidy(one.influencer or "") or None,
    }


def _key(values: Values) -> tuple[Any, ...]:
    """All values but the number; two rows with the same are two equal referrals."""
    known = {**values, "direction": values["direction"] or RECEIVED, "number": None}
    return tuple(known[name] for name in ("partner_id", *COLUMNS) if name != "partner")


def _direction(text: str) -> str:
    direction = DIRECTIONS.get(cell.tidy(text).casefold())
    if direction is None:
        raise UserError(f'"{short(text, 40)}" is neither {RECEIVED} nor {SENT}')
    return direction


def _number(text: str) -> int:
    return cell.whole(HIGHEST_NUMBER, 1)(text.casefold().removeprefix("r-").removeprefix("r"))


def _lost_reason(text: str) -> str:
    reason = lost_reason(text)
    if reason is None:
        raise UserError(f'"{short(text, 40)}" is none of {list_words([*LOST_REASONS.values()])}')
    return reason


REFERRALS = Sheet("referrals", COLUMNS, records, plan, required=("partner", "received_on"))
