"""Whatever there is to show, Slack takes it, and what does not stand there is counted."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.home import ALL, Filter, Place
from bot.domain.message import Message, Row, say
from bot.home import coming, partners, practice, waiting
from bot.practice.blocks import view_problems
from bot.slack.blocks import home_rungs
from bot.slack.limits import VIEW_BLOCKS
from bot.store import interaction, partner, workspace
from bot.store.schema import metadata
from tests.commands.looking import ONE_DATABASE
from tests.home.given import at, seen, titles
from tests.speaker import Team

# https://docs.slack.dev/reference/methods/views.publish
VIEW_BYTES = 250_000
LONGEST = "🦴" * 190
EVERYBODY = Filter(whose=ALL)

counts = st.sampled_from([1, 5, 6, 15, 16, 40])


def fill(
    team: Team, count: int, due: int, stages: int, name: str = "Partner", liaison: str = "U3"
) -> None:
    """Partners of the owner, `due` of which wait, each with a step that comes up."""
    before = team.now.date() - timedelta(days=200)
    with team.store.change("T1", team.now, "seed", "U3") as change:
        for number in range(count):
            made = partner.add(
                change,
                f"{number:03} {name}"[:200],
                before,
                category=f"category {number % 7}",
                stage=f"stage {number % stages:02}" if stages else None,
                liaison=liaison if number % 3 else None,
                first_due_on=team.now.date() + timedelta(days=-3 if number < due else 90),
            )
            if liaison and number < 30:
                day = team.now.date() + timedelta(days=3)
                interaction.add_step(change, made, liaison, name[:400], day)


def is_taken(found: Message) -> None:
    """Slack takes every way to show it, and nothing did not fit."""
    for view in home_rungs(found)[3:] or home_rungs(found):
        assert view_problems(view, ("home",)) == []
        assert len(view["blocks"]) <= VIEW_BLOCKS
        assert len(json.dumps(view).encode()) <= VIEW_BYTES
        assert "did not fit" not in json.dumps(view)


@ONE_DATABASE
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(data=st.data())
def test_any_number_of_everything_fits(team: Team, data: st.DataObject) -> None:
    count, due, stages = data.draw(counts), data.draw(counts), data.draw(counts) - 1
    empty(team)
    fill(team, count, due, stages)
    pages = data.draw(st.integers(0, 40))
    found = at(team, "U3", Place(EVERYBODY, pages, pages, pages))
    is_taken(found)
    assert f"All partners: {count:,}" in titles(found)
    shown = [p for p in found.parts if isinstance(p, Row) and is_listed(p)]
    last = max(0, count - 1) // partners.ROWS
    before = min(pages, last) * partners.ROWS
    assert len(shown) == min(partners.ROWS, count - before)
    if count > partners.ROWS:
        assert f"{before + 1:,} to {before + len(shown):,} of {count:,}" in found.text


def is_listed(row: Row) -> bool:
    """Whether it is one of the list, and not of those that wait."""
    return row.controls[:1] != () and row.controls[0].action == "partner"


def empty(team: Team) -> None:
    with team.store.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name not in ("workspaces", "members"):
                connection.execute(sa.delete(table))


@ONE_DATABASE
def test_the_fullest_home_of_the_longest_names_fits(team: Team) -> None:
    """An owner on their first visit, with everything that Home can have at once."""
    fill(team, 60, 40, 60, LONGEST)
    with team.store.change("T1", team.now, "seed", "U3") as change:
        for number in range(15):
            workspace.become_liaison(change, f"U{number}X")
    said = say("✓ " + "x" * 2000, controls=())
    for page in (0, 1, 3):
        place = Place(Filter(whose=ALL, category="", words="0"), page, page, page)
        at(team, "U3", place)
        found = seen(team, "U3", said)
        is_taken(found)
    assert {"Coming up", "The practice"} <= set(titles(at(team, "U3", Place(EVERYBODY))))


@ONE_DATABASE
@pytest.mark.parametrize("total", [1, 15, 16, 47])
def test_turning_the_pages_shows_every_partner_once(team: Team, total: int) -> None:
    fill(team, total, 0, 4, liaison="")
    names: list[str] = []
    for page in range(total // partners.ROWS + 1):
        found = at(team, "U1", Place(EVERYBODY, partners=page))
        names += [p.text.split("\n")[0] for p in found.parts if isinstance(p, Row)]
    assert sorted(set(names)) == [f"*{number:03} Partner*" for number in range(total)]


@ONE_DATABASE
def test_it_takes_as_many_queries_for_sixty_partners_as_for_six(team: Team) -> None:
    asked: list[str] = []
    sa.event.listen(team.store.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    counted = []
    for count in (6, 60):
        empty(team)
        fill(team, count, count // 2, 3)
        asked.clear()
        seen(team, "U3")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_parts_of_home_are_not_more_than_fit() -> None:
    """Counted at their fullest: what each part takes is written where its limit stands."""
    top = 2 + 3
    welcome = 6
    rows = 1 + 1 + 4 * waiting.ROWS + 2
    soon = 1 + coming.ROWS + 2
    glance = 3 + (2 + practice.NAMED) + 1 + (2 + practice.NAMED)
    listed = 4 + 2 * partners.ROWS + 2
    assert top + welcome + rows + soon + glance + listed <= VIEW_BLOCKS
