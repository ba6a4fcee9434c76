"""Minutes and costs in words."""

from decimal import Decimal

import pytest

from bot.domain.reading import amounts


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20 min", 20),
        ("20min", 20),
        ("45m", 45),
        ("90 mins", 90),
        ("45-minute", 45),
        ("1 hr", 60),
        ("1.5h", 90),
        ("1.5 hrs", 90),
        ("2 hours", 120),
        ("1h15", 75),
        ("1h 15m", 75),
        ("1 hr 15 min", 75),
        ("an hour and 10 minutes", 70),
        ("for an hour", 60),
        ("an hour and a half", 90),
        ("half an hr", 30),
        ("half hour", 30),
        ("1/2 hour", 30),
        ("1 1/2 hrs", 90),
        ("1½ hours", 90),
        ("three quarters of an hour", 45),
        ("quarter hour", 15),
        ("two hours", 120),
        ("forty-five minutes", 45),
        ("~20 min", 20),
        ("15-20 min", 20),
        (",20 MIN", 20),
        ("1:15 hrs", 75),
        ("2h 15 runners", 120),
    ],
)
def test_minutes(text: str, minutes: int) -> None:
    read = amounts.minutes(f"called {text} ok")
    assert read is not None
    assert read.minutes == minutes


@pytest.mark.parametrize(
    "text",
    """3:30|happy hour|5k|22 runners|20 min late|in 20 min|20 minutes ago|this am|0 min|999 hours|
    100m dash|open 24 hours|$30m|an hourly rate|a|May 20""".split("|"),
)
def test_not_minutes(text: str) -> None:
    assert amounts.minutes(text.strip()) is None


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("$84.50", "84.50"),
        ("$9", "9.00"),
        ("$1,200", "1200.00"),
        ("$1,045.10", "1045.10"),
        ("$31.20.", "31.20"),
        ("12 bucks", "12.00"),
        ("forty bucks", "40.00"),
        ("a hundred dollars", "100.00"),
        ("USD 30", "30.00"),
        ("30 USD", "30.00"),
        ("US$ 30", "30.00"),
        ("€20", "20.00"),
        ("20,50 €", "20.50"),
        ("£12", "12.00"),
        ("$.50", "0.50"),
        ("spent 45 on lunch", "45.00"),
        ("workshop, 2 hrs, cost 40", "40.00"),
        ("cost us about 30, 2 hrs", "30.00"),
        ("$1,000,000", "1000000.00"),
    ],
)
def test_cost(text: str, cost: str) -> None:
    read = amounts.cost(f"lunch {text}")
    assert read is not None
    assert str(read.cost) == cost
    assert isinstance(read.cost, Decimal)


@pytest.mark.parametrize(
    "text",
    [
        "45",
        "paid 3 visits",
        "cost 40 min",
        "$45k",
        "raised $500",
        "spent 20 min",
        "$",
        "$9,999,999",
        "#20",
        "3 bucksters",
    ],
)
def test_not_a_cost(text: str) -> None:
    assert amounts.cost(text) is None
