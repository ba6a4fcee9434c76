"""Many people with something due, and workers that are killed, stopped and cut off."""

from dataclasses import dataclass

import pytest

from bot.practice import Person, PracticeSlack
from tests.end_to_end.filled import fill_many


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    people: int
    kills: int
    shared: int


SMALL, FULL = Size(people=40, kills=4, shared=200), Size(people=600, kills=50, shared=10_000)


@pytest.fixture
def size(request: pytest.FixtureRequest) -> Size:
    return FULL if request.config.getoption("--full") else SMALL


@pytest.fixture
def people(slack: PracticeSlack, database_url: str, size: Size) -> list[Person]:
    """Everybody is to check in with somebody this morning."""
    return fill_many(database_url, slack, size.people)
