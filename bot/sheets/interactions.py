"""The sheet of interactions: one row for each thing done with a partner."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.interaction import KINDS, Interaction
from bot.domain.reading.amounts import MINUTES_AT_MOST
from bot.domain.words import list_words, short
from bot.errors import UserError
from bot.sheets import cell
from bot.sheets.known import Known
from bot.sheets.row import ADDED, UNCHANGED, Decision, Plan, Row
from bot.sheets.sheet import Record, Sheet
from bot.store import Change, Tx, interaction, partner

COLUMNS: dict[str, Sequence[str]] = {
    "partner": ("practice", "practice name", "organization", "partner name", "company", "account",
                "name", "doctor", "provider"),
    "kind": ("type", "activity", "interaction", "channel", "method"),
    "happened_on": ("date", "day", "when", "visit date", "contact date", "last contact"),
    "by": ("who", "rep", "owner", "liaison", "user", "team member", "logged by"),
    "note": ("notes", "comment", "comments", "description", "summary", "details"),
    "minutes": ("duration", "min", "mins", "length", "time spent"),
    "cost": ("amount", "spend", "expense", "price"),
}  # fmt: skip

# A call that reached nobody is no touch; this word keeps that through a file.
MISSED = "voicemail"
KIND_WORDS = {
    **{word: kind for kind in KINDS for word in (kind, f"{kind}s", kind.replace("_", " "))},
    **dict.fromkeys(("phone", "phone call", "called", "telephone"), "call"),
    **dict.fromkeys(("e-mail", "mail", "emailed"), "email"),
    **dict.fromkeys(("sms", "text message", "texted", "message"), "text"),
    **dict.fromkeys(("drop by", "drop in", "stop by", "in person", "office visit"), "visit"),
    **dict.fromkeys(("breakfast", "dinner", "coffee", "meal", "lunch and learn"), "lunch"),
    **dict.fromkeys(("thank-you", "thanks", "thank you note", "thank you card"), "thank_you"),
    **dict.fromkeys((MISSED, "left message", "left voicemail", "no answer", "missed"), MISSED),
}
NOTE_AT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Done:
    """All that a row says; two rows with the same values are two equal interactions."""

    partner_id: int
    kind: str
    is_reached: bool
    happened_on: date
    by: str | None
    note: str
    minutes: int | None
    cost: Decimal | None

    def add(self, change: Change) -> None:
        interaction.add(
            change,
            self.partner_id,
            self.kind,
            self.happened_on,
            is_reached=self.is_reached,
            by=self.by,
            note=self.note,
            minutes=self.minutes,
            cost=self.cost,
        )


def plan(rows: Sequence[Row], known: Known) -> Plan:
    """Decide what to add: of equal rows, as many as the workspace does not have yet."""
    made = Plan()
    held = Counter(_held(one) for one in interaction.everything(known.tx))
    seen: Counter[Done] = Counter()
    for _, done in made.each(rows, lambda row: _read(row, known)):
        seen[done] += 1
        is_new = seen[done] > held[done]
        add = Decision(ADDED, done.add, done.partner_id)
        made.decisions.append(add if is_new else Decision(UNCHANGED))
    return made


def records(tx: Tx) -> Iterable[Record]:
    """Return every interaction by day, then by partner, then as they were recorded."""
    names = {one.id: one.name for one in partner.everything(tx)}
    everything = interaction.everything(tx)
    for one in sorted(everything, key=lambda one: (one.happened_on, names[one.partner_id], one.id)):
        yield {
            "id": one.id,
            "partner": names[one.partner_id],
            "kind": one.kind if one.is_reached else MISSED,
            "happened_on": one.happened_on,
            "by": one.by,
            "note": one.note,
            "minutes": one.minutes,
            "cost": one.cost,
        }


def _read(row: Row, known: Known) -> Done:
    kind = row.need("kind", _kind)
    return Done(
        partner_id=row.need("partner", known.partner).id,
        kind="call" if kind == MISSED else kind,
        is_reached=kind != MISSED,
        happened_on=row.need("happened_on", cell.past_day(known.today)),
        by=row.read("by", known.person),
        note=row.read("note", known.guarded(row, cell.lines(NOTE_AT_MOST))) or "",
        minutes=row.read("minutes", _minutes),
        cost=row.read("cost", cell.money),
    )


def _held(one: Interaction) -> Done:
    return Done(
        partner_id=one.partner_id,
        kind=one.kind,
        is_reached=one.is_reached,
        happened_on=one.happened_on,
        by=one.by,
        note=cell.tidy_lines(one.note),
        minutes=one.minutes,
        cost=one.cost,
    )


def _kind(text: str) -> str:
    kind = KIND_WORDS.get(cell.tidy(text).casefold())
    if kind is None:
        raise UserError(f'"{short(text, 40)}" is none of {list_words([*KINDS, MISSED])}')
    return kind


def _minutes(text: str) -> int:
    number = text.casefold().removesuffix("utes").removesuffix("s").removesuffix("min").strip()
    return cell.whole(MINUTES_AT_MOST)(number)


INTERACTIONS = Sheet(
    "interactions",
    COLUMNS,
    records,
    plan,
    required=("partner", "kind", "happened_on"),
    guarded="note",
)
