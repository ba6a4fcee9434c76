"""Things of value given to a physician, against the yearly limit of the Stark law.

The limit on non-monetary compensation stands in 42 CFR 411.357(k) and changes every calendar year
with the price index. This is bookkeeping, not legal advice.
"""

from decimal import Decimal

from bot.domain.words import money_words

# Dollars per physician and calendar year. 2025 is our own arithmetic, not yet checked.
LIMITS = {2020: 423, 2021: 429, 2022: 452, 2023: 489, 2024: 507, 2025: 519, 2026: 535}
UNVERIFIED = {2025}
# The law of the United States counts in dollars, whatever the practice does.
DOLLARS = "USD"


def gift_words(spent: Decimal, year: int) -> str:
    """Return one line on what was spent on a physician in a year, in dollars."""
    begun = f"Gifts and meals in {year}: {money_words(spent, DOLLARS)}"
    if year not in LIMITS:
        return f"{begun}. I don't know the Stark limit for {year} yet, so please check it."
    caution = ", unverified" if year in UNVERIFIED else ""
    over = " That is over the limit." if spent > LIMITS[year] else ""
    limit = money_words(Decimal(LIMITS[year]), DOLLARS)
    return f"{begun} of {limit} (Stark limit{caution}; not legal advice).{over}"
