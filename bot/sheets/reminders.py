"""The sheet of reminders, which is only exported: they follow from the facts by themselves."""

from collections.abc import Iterable, Sequence

from bot.sheets.sheet import Record, Sheet
from bot.store import Tx, partner, reminder

COLUMNS: dict[str, Sequence[str]] = dict.fromkeys(
    (
        "kind",
        "partner",
        "recipient",
        "occurrence",
        "show_on",
        "back_on",
        "state",
        "closed_how",
        "closed_on",
    ),
    (),
)


def records(tx: Tx) -> Iterable[Record]:
    """Return every reminder, open and closed, in the order they came up."""
    names = {one.id: one.name for one in partner.everything(tx)}
    for one in reminder.everything(tx):
        yield {
            "id": one.id,
            "kind": one.kind,
            "partner": names[one.partner_id],
            "recipient": one.recipient,
            "occurrence": one.occurrence,
            "show_on": one.show_on,
            "back_on": one.back_on,
            "state": "open" if one.is_open else "closed",
            "closed_how": one.closed_how,
            "closed_on": one.closed_on,
        }


REMINDERS = Sheet("reminders", COLUMNS, records)
