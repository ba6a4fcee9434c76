"""What people may say, broken at random, over the wire: answered in time, nothing half written."""

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import NOW, Starts
from tests.end_to_end.filled import opened
from tests.end_to_end.mutated import mutated
from tests.invariants import check

# How many texts; `make fuzz` asks for many more. Each clinic bears so many of them.
TEXTS, IN_A_CLINIC = int(os.environ.get("FUZZ_TEXTS", "200")), 1000
PEOPLE, WITHIN = 4, 3.0
PARTNERS = (
    *("Riverside Orthopedics", "Bayview Family Medicine", "Dr. Amy Lee", "Iron Peak CrossFit"),
    *("Bright Path Pediatrics", "Bright Smile Dental", "Harbor Chiropractic"),
)
PINGS = re.compile(r"<!|<#")


def answered(slack: PracticeSlack, person: Person, text: str) -> str | None:
    """What is wrong with the answer to a text, or None."""
    began = time.monotonic()
    answer = slack.slash(person, None, text)
    took = time.monotonic() - began
    if answer.error or took > WITHIN:
        return f"{answer.error} after {took:.1f} s for {text!r}"
    said = "a form" if answer.view else answer.wait()[-1].text
    if not said.strip() or PINGS.search(said) or "something went wrong" in said:
        return f"{said!r} for {text!r}"
    return None


@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", range(-(-TEXTS // IN_A_CLINIC)))
def test_broken_texts(starts: Starts, slack: PracticeSlack, sqlite_url: str, number: int) -> None:
    people = [slack.add_user(f"person{n}") for n in range(PEOPLE)]
    bot = starts(sqlite_url, owner=people[0].id)
    for name in PARTNERS:
        assert answered(slack, people[0], f"add {name}, physician") is None
    texts = list(mutated(number, min(TEXTS, IN_A_CLINIC)))
    with ThreadPoolExecutor(PEOPLE) as pool:
        shares = [
            pool.submit(lambda n: [answered(slack, people[n], t) for t in texts[n::PEOPLE]], n)
            for n in range(PEOPLE)
        ]
        wrong = [one for share in shares for one in share.result() if one]
    assert wrong == []
    assert bot.stop() == 0
    assert "unexpected ref=" not in bot.output
    with opened(sqlite_url) as store:
        check(store, (NOW - timedelta(hours=5)).date(), slack.workspace.team_id)
