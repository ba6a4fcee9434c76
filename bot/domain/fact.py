"""What a row of a message needs to know; gathered by the store, read by the reminder kinds."""

from dataclasses import dataclass
from datetime import date

from bot.domain.cadence import QUARTERLY, Cadence
from bot.domain.interaction import Interaction
from bot.domain.partner import Contact, Partner
from bot.domain.referral import NextStep
from bot.domain.reminder import Reminder


@dataclass(frozen=True, slots=True)
class News:
    """What happened with a partner after the day of the last interaction."""

    received: int = 0
    came_in: int = 0
    steps_done: int = 0


NO_NEWS = News()


@dataclass(frozen=True, slots=True)
class Facts:
    """A reminder and everything around it, on the recipient's `today`; `me` is their first name.

    `unthanked` is the number of evaluations since the last note, `referrals_per_month` the usual
    rate (None when there are too few to tell), `done` the interaction that closed the reminder,
    `change_id` the change that closed it, put it off or paused its partner, `instead_of` whoever is
    away, with their first day back, when the recipient covers for them.
    """

    reminder: Reminder
    partner: Partner
    today: date
    me: str = ""
    contact: Contact | None = None
    last: Interaction | None = None
    unthanked: int = 0
    is_first_ever: bool = False
    last_referral_on: date | None = None
    referrals_per_month: float | None = None
    step: NextStep | None = None
    done: Interaction | None = None
    next_check_in_on: date | None = None
    change_id: int | None = None
    news: News = NO_NEWS
    cadence: Cadence = QUARTERLY
    instead_of: tuple[str, date] | None = None
