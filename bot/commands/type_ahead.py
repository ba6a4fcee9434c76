"""Partners and contacts offered while somebody types, from a database of any size."""

from bot.commands.form import storable
from bot.commands.request import Context, Request
from bot.domain.words import person_at, short
from bot.store import lookup

OFFERED = 30
# Room for a contact and its partner on one line of a menu.
LONGEST = 36
WORDS = 5


def offers(typed: str, request: Request, context: Context) -> list[tuple[str, str]]:
    """Return what fits, as pairs of label and `partner[:contact]`; untyped, one's own first."""
    words = storable(typed).casefold().replace(",", " ").split()[:WORDS]
    with context.store.read(request.workspace) as tx:
        found = lookup.some(tx, words, request.user, OFFERED)
    return [_offer(one) for one in found]


def _offer(one: lookup.Found) -> tuple[str, str]:
    if one.contact is None:
        return one.partner, str(one.partner_id)
    label = person_at(short(one.contact, LONGEST), short(one.partner, LONGEST))
    return label, f"{one.partner_id}:{one.contact_id}"
