"""The sheet of referrals: dates and a status, and never anything about a patient."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
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

# "Name" is not among them: in such a list it may be a patient's.
COLUMNS: dict[str, Sequence[str]] = {
    "partner": ("practice", "practice name", "organization", "partner name", "company", "source",
                "referral source", "referred by", "doctor", "provider"),
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
Key = tuple[Any, ...]


def plan(rows: Sequence[Row], known: Known) -> Plan:
    """Decide by number where a row has one; else, of equal rows, as many as are not there yet."""
    made = Plan()
    read = list(made.each(rows, lambda row: _read(row, known)))
    given = {values["number"] for _, values in read if values["number"]}
    register = _Register(known, given)
    for row, values in read:
        try:
            made.decisions.append(register.decide(row, values))
        except UserError as error:
            made.refuse(row, str(error))
    return made


class _Register:
    """The referrals that are there, and what was decided so far."""

    def __init__(self, known: Known, given: Set[int]) -> None:
        everything = referral.everything(known.tx)
        self.known = known
        self.held = {one.number: one for one in everything}
        self.unnumbered = Counter(_key(_held(one)) for one in everything if one.number not in given)
        self.numbers = Numbers(max(given, default=0))
        self.seen: Counter[Key] = Counter()
        self.lines: dict[int, int] = {}

    def decide(self, row: Row, values: Values) -> Decision:
        """Decide one row; raises UserError when it does not fit what is there."""
        number = values["number"]
        if number is None:
            return self._unnumbered(values)
        if number in self.lines:
            raise UserError(f"R-{number} is on line {self.lines[number]} already")
        held = self.held.get(number)
        decision = self._changing(held, values) if held else self._adding(values)
        self.lines[number] = row.line
        return decision

    def _unnumbered(self, values: Values) -> Decision:
        key = _key(values)
        self.seen[key] += 1
        is_new = self.seen[key] > self.unnumbered[key]
        return self._adding(values) if is_new else Decision(UNCHANGED)

    def _adding(self, values: Values) -> Decision:
        full = {**values, "direction": values["direction"] or RECEIVED, "by": None}
        full |= conversion(full, self.known)
        place = self.numbers.book() if values["number"] is None else None

        def write(change: Change) -> None:
            self.numbers.reserve(change)
            number = full["number"] if place is None else self.numbers.at(place)
            referral.add(change, **{**full, "number": number})

        return Decision(ADDED, write, full["partner_id"])

    def _changing(self, held: Referral, values: Values) -> Decision:
        """Change what differs; an evaluation takes back a loss, as it does in Slack."""
        before = _held(held)
        after = {**before, **{name: value for name, value in values.items() if value is not None}}
        if after["evaluated_on"] and not before["evaluated_on"] and not values["lost_on"]:
            after |= {"lost_on": None, "lost_reason": None}
        self._require_match(held, before, after)
        changed = {name: value for name, value in after.items() if value != before[name]}
        if "evaluated_on" in changed:
            changed |= conversion(after, self.known, held.converted_at)

        def write(change: Change) -> None:
            referral.update(change, held.id, **changed)

        return Decision(CHANGED, write, held.partner_id) if changed else Decision(UNCHANGED)

    def _require_match(self, held: Referral, before: Values, after: Values) -> None:
        if before["partner_id"] != after["partner_id"]:
            raise UserError(f'{held.label} belongs to "{self.known.names[held.partner_id]}"')
        if before["direction"] != after["direction"]:
            raise UserError(f"{held.label} was {before['direction']}")
        if reason := contradiction(after):
            raise UserError(f"{reason} (with what {held.label} says already)")


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
        "influencer": row.read("influencer", known.guarded(row, cell.line(200))),
    }
    if reason := contradiction(values):
        raise UserError(reason)
    return values


def _held(one: Referral) -> Values:
    named = {name: getattr(one, name) for name in COLUMNS if name != "partner"}
    return {
        "partner_id": one.partner_id,
        **named,
        "influencer": cell.tidy(one.influencer or "") or None,
    }


def _key(values: Values) -> Key:
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


REFERRALS = Sheet(
    "referrals", COLUMNS, records, plan, required=("partner", "received_on"), guarded="influencer"
)
