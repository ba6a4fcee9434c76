"""`/partner merge`: one partner with both histories, and back."""

import pytest
import sqlalchemy as sa

from bot.store.schema import contacts, interactions, next_steps, partners, referrals, reminders
from tests.commands.looking import ONE_DATABASE, is_refused, is_undone
from tests.invariants import check
from tests.jobs.test_messages import tick
from tests.speaker import Team

OWNED = (contacts, interactions, referrals, next_steps)


@pytest.fixture
def histories(clinic: Team) -> Team:
    """Riverside and Bright Path, with something of everything each."""
    for name in ("riverside", "bright path"):
        for text in ("called {}", "refer {}", "evals {} 2", "next {} send it by Friday"):
            clinic.says("U1", text.format(name))
    return clinic


def owners(team: Team) -> set[str]:
    """The partners to which anything belongs."""
    with team.store.peek() as connection:
        ids = {i for t in OWNED for i in connection.execute(sa.select(t.c.partner_id)).scalars()}
        query = sa.select(partners.c.name).where(partners.c.id.in_(ids))
        return set(connection.execute(query).scalars())


def test_everything_goes_along_and_comes_back(histories: Team) -> None:
    said = is_undone(histories, "U3", "merge riverside into bright path")
    assert said.text.startswith(
        "✓ *Riverside Orthopedics* is part of *Bright Path Pediatrics* now; 6 entries went along."
    )
    histories.says("U3", "merge riverside into bright path")
    assert owners(histories) == {"Bright Path Pediatrics", "Iron Peak CrossFit"}
    card = histories.says("U1", "show bright path").text
    assert "Dr. Raj Patel" in card
    assert "4 came in" in card
    assert "Riverside" not in histories.says("U1", "list").text
    with histories.store.peek() as connection:
        query = sa.select(partners.c.merged_into).where(partners.c.merged_into.is_not(None))
        assert len(connection.execute(query).all()) == 1
    check(histories.store, histories.now.date())


def test_reminders_that_were_told_stay_true(histories: Team) -> None:
    posts = tick(histories, "2027-03-05 09:00")
    said = histories.says("U3", "merge riverside into bright path")
    check(histories.store, histories.now.date())
    tick(histories)
    morning = next(post for post in posts if "send it" in post.message.text)
    assert "Bright Path Pediatrics" in morning.message.text
    with histories.store.peek() as connection:
        kinds = sa.select(reminders.c.kind).where(reminders.c.closed_at.is_(None))
        assert sorted(connection.execute(kinds).scalars()).count("next_step") == 2
    undone = histories.presses("U3", said, "Undo")
    assert undone is not None
    assert undone.text.startswith("Undone: I took back that merge")
    check(histories.store, histories.now.date())


@ONE_DATABASE
def test_what_the_second_does_not_say_is_taken_over(clinic: Team) -> None:
    clinic.says("U3", "merge riverside into harbor")
    card = clinic.says("U1", "show harbor").text
    assert "every 6 weeks" in card
    assert "<@U1>" in card


@ONE_DATABASE
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("merge", "Which two?"),
        ("merge riverside", "Which two?"),
        ("merge riverside into", "Which two?"),
        ("merge riverside into riverside", "Both are *Riverside Orthopedics*."),
        ("merge riverside into zzyzx", "I don't know"),
        ("merge bright into riverside", "Which one?"),
    ],
)
def test_what_cannot_be_merged(clinic: Team, text: str, said: str) -> None:
    assert said in is_refused(clinic, "U3", text).text


@ONE_DATABASE
def test_the_one_that_was_meant_is_merged(clinic: Team) -> None:
    which = clinic.says("U3", "merge bright into riverside")
    done = clinic.presses("U3", which, "Bright Smile Dental")
    assert done is not None
    assert "✓ *Bright Smile Dental* is part of *Riverside Orthopedics* now" in done.text


@ONE_DATABASE
def test_a_name_with_into_in_it(clinic: Team) -> None:
    clinic.says("U3", "add Back into Motion, gym")
    said = clinic.says("U3", "merge back into motion into harbor").text
    assert "✓ *Back into Motion* is part of *Harbor Chiropractic* now" in said
