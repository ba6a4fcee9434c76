"""The morning message in the browser: 25 due, the longest names, a phone, and no answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from bot.demo import clinic as sample
from bot.demo.play import opened
from bot.practice import PracticeSlack
from bot.store import Store, partner, workspace
from bot.store.schema import reminders

from .conftest import Visit
from .test_home import LONGEST
from .test_looks import LOOKS, violations

DUE = 25


@pytest.fixture
def clinic() -> Iterator[PracticeSlack]:
    """The sample clinic, where Kim has 25 check-ins due; nobody answered the first of them."""
    with opened(0, remember) as slack:
        yield slack


def remember(slack: PracticeSlack, store: Store, team: str) -> None:
    sample.remember(slack, store, team)
    now = datetime.fromtimestamp(slack.clock(), UTC)
    kim, today = slack.workspace.person("kim").id, now.date()
    with store.change(team, now, "seed", kim) as change:
        for one in partner.of_liaison(change, kim):
            partner.update(change, one.id, liaison=None)
        for number in range(DUE):
            added = partner.add(
                change,
                f"{number:03} {LONGEST}"[:200],
                today - timedelta(days=400),
                liaison=kim,
                baseline_on=today - timedelta(days=200),
            )
            partner.add_contact(change, added, LONGEST, phone="555-0100", preferred_channel="text")
    with store.begin() as connection:
        mine = sa.and_(reminders.c.workspace == team, reminders.c.recipient == kim)
        connection.execute(sa.update(reminders).where(mine).values(shown_count=4))
        first = sa.select(sa.func.min(reminders.c.id)).where(mine).scalar_subquery()
        connection.execute(
            sa.update(reminders).where(reminders.c.id == first).values(shown_count=1)
        )
        workspace.save(connection, team, kim, row_limit=10)


@pytest.mark.parametrize("look", ["narrow", "dark"])
def test_25_due_with_the_longest_names(clinic: PracticeSlack, visit: Visit, look: str) -> None:
    page = visit(clinic, clinic.workspace.person("kim").id, "dm", **LOOKS[look])
    page.get_by_role("button", name="Next working morning").click()
    said = page.locator("article", has_text="Good morning, Kim")
    expect(said).to_contain_text("Ten today")
    expect(said).to_contain_text("15 more can wait")
    expect(said.get_by_role("combobox", name="I did it")).to_have_count(1)
    for label in ("Keep", "Less often", "Hand over", "Pause"):
        expect(said.get_by_role("button", name=label)).to_have_count(9)
    assert page.evaluate("$('scroll').scrollWidth - $('scroll').clientWidth") == 0
    assert violations(page) == []


def test_less_often_is_a_press_that_can_be_undone(clinic: PracticeSlack, visit: Visit) -> None:
    page = visit(clinic, clinic.workspace.person("kim").id, "dm")
    page.get_by_role("button", name="Next working morning").click()
    said = page.locator("article", has_text="What's best?")
    said.get_by_role("button", name="Less often").first.click()
    done = page.locator("article", has_text="no longer due. Next check-in:")
    expect(done).to_be_visible()
    expect(done.get_by_role("button", name="Less often")).to_have_count(8)
