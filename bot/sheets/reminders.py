"""The sheet of reminders, which is only exported: they follow from the facts by themselves."""

from collections.abc import Iterable, Sequence

from bot.domain.reminder import Reminder
from bot.sheets.sheet import Record, Sheet
from bot.store import Tx, partner
from bot.store.schema import reminders

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
    query = reminders.select().where(tx.mine(reminders)).order_by(reminders.c.id)
    for one in tx.values(Reminder, query):
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
