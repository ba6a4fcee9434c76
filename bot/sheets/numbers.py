"""Numbers for the referrals of a file, in the order of its rows."""

from bot.store import Change, referral


class Numbers:
    """Booked while rows are decided, and taken all at once before the first is written.

    A number that the file itself gives is never handed out.
    """

    def __init__(self, highest_given: int) -> None:
        self._highest_given = highest_given
        self._booked = 0
        self._first: int | None = None

    def book(self) -> int:
        """Return the place of one more referral that needs a number."""
        self._booked += 1
        return self._booked - 1

    def reserve(self, change: Change) -> None:
        """Take all numbers, unless that was done."""
        if self._first is not None:
            return
        referral.keep_numbers_above(change, self._highest_given)
        self._first = referral.next_number(change) if self._booked else 0
        referral.keep_numbers_above(change, self._first + self._booked - 1)

    def at(self, place: int) -> int:
        """Return the number of a place."""
        if self._first is None:
            raise ValueError("no numbers were reserved")
        return self._first + place
