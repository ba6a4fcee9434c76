"""Shares, and when there are too few cases for a percentage."""

# A percentage of fewer cases than this says more about luck than about the partner.
FEWEST_CASES = 5


def percent(part: int, whole: int) -> int:
    """Return the percentage, halves rounded up; `whole` is at least 1."""
    return (200 * part + whole) // (2 * whole)


def share(part: int, whole: int) -> str:
    """Return "41 of 52, 79%", or "2 of 3" where there are too few cases for a percentage."""
    counts = f"{part:,} of {whole:,}"
    return counts if whole < FEWEST_CASES else f"{counts}, {percent(part, whole)}%"


def beside_before(part: int, whole: int, part_before: int, whole_before: int) -> str | None:
    """Return a share with that of the period before; None without any case now."""
    if not whole:
        return None
    before = f" ({share(part_before, whole_before)})" if whole_before else ""
    return f"*{share(part, whole)}*{before}"
