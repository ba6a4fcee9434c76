"""What a workspace holds already: the partners and people that a row may name."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from functools import cached_property
from itertools import chain

from bot.domain.finding import Book
from bot.domain.guard import Finding, patient_information
from bot.domain.partner import Partner
from bot.domain.when import local_day
from bot.domain.words import short
from bot.errors import UserError
from bot.sheets import cell
from bot.sheets.row import Row
from bot.sheets.vouched import VOUCHED, YES, is_vouched
from bot.store import Tx, interaction, name, partner, referral, workspace

# As people copy it, and not a short name in capitals such as UMA.
_USER = re.compile(r"<?@?([UW](?:[A-Z0-9]{8,39}|(?=[A-Z]*\d)[A-Z0-9]{1,7}))(?:\|[^>]*)?>?")

REFUSED = (
    "it looks like patient information ({}); leave it out, or, if it is not about a patient, "
    f'write "{YES}" into the column {VOUCHED}'
)

FindByEmail = Callable[[str], str | None]


def nobody(_email: str) -> None:
    """Find nobody: where Slack cannot be asked."""


class Known:
    """One view of a workspace, against which all rows of a file are read."""

    def __init__(self, tx: Tx, now: datetime, find_by_email: FindByEmail = nobody) -> None:
        settings = workspace.get(tx)
        self.tx = tx
        self.now = now
        self.today: date = local_day(now, settings.zone)
        self.calendar = settings.calendar
        self.policy = settings.policy
        self.partners = {partner.name_key(found.name): found for found in partner.everything(tx)}
        self.names = {found.id: found.name for found in self.partners.values()}
        self._find_by_email = find_by_email
        self._book: Book | None = None
        self._named: list[str] = []
        self._people: dict[str, str | None] = {}
        self.vouched: Counter[str] = Counter()

    def partner(self, named: str) -> Partner:
        """Return the partner of that name; raises UserError with the likeliest one."""
        found = self.partners.get(partner.name_key(named))
        if found is None:
            raise UserError(f'there is no partner "{short(named, 60)}"{self._did_you_mean(named)}')
        return found

    def person(self, text: str) -> str:
        """Return the user id that a cell gives, or that belongs to the email it gives."""
        if user := _USER.fullmatch(text):
            return user[1]
        if "@" not in text:
            raise UserError(
                f'"{short(text, 60)}" is neither a Slack user id (like U012AB3CD) nor an email'
            )
        if text not in self._people:
            self._people[text] = workspace.by_email(self.tx, text) or self._find_by_email(text)
        user_id = self._people[text]
        if user_id is None:
            raise UserError(f"nobody I know in Slack has the email {short(text, 60)}")
        return user_id

    def guarded(self, row: Row, reader: Callable[[str], str], *named: str) -> Callable[[str], str]:
        """A reader that refuses what looks like patient information; `named` are no patients.

        A text that is kept already is let through: somebody vouched for it then. So is one for
        which the row vouches, and `vouched` counts it.
        """

        def read(text: str) -> str:
            found = self._of_a_patient(text, named)
            if found and cell.tidy(text) not in self._kept:
                if not is_vouched(row, text):
                    raise UserError(REFUSED.format(found.what))
                self.vouched[found.what] += 1
            return reader(text)

        return read

    @property
    def remark(self) -> str | None:
        """What the audit is to say of the texts for which the file vouches, if there are any."""
        said = [f"{what} ({count:,})" for what, count in sorted(self.vouched.items())]
        return f"a file said not about a patient: {', '.join(said)}"[:200] if said else None

    def _of_a_patient(self, text: str, named: Collection[str]) -> Finding | None:
        if patient_information(text, named, self.today) is None:
            return None
        return patient_information(text, self._everybody(named), self.today)

    @cached_property
    def _kept(self) -> set[str]:
        """Every free text of the workspace, as one line."""
        texts = chain(
            (one.notes for one in self.partners.values()),
            (one.note for one in interaction.everything(self.tx)),
            (one.influencer for one in referral.everything(self.tx)),
        )
        return {cell.tidy(text) for text in texts if text}

    def _everybody(self, named: Iterable[str]) -> list[str]:
        self._named = self._named or name.every(self.tx)
        return [*self._named, *named]

    def _did_you_mean(self, name: str) -> str:
        self._book = self._book or partner.book(self.tx)
        alike = self._book.suggest(name, 1)
        return f'; did you mean "{self.names[alike[0].partner_id]}"?' if alike else ""
