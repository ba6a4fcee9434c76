"""Several people at the same instant: everything lands, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.commands.dispatch import answer
from bot.commands.request import identify
from bot.store.schema import interactions, metadata, partners, referrals
from tests.invariants import check
from tests.speaker import Team


def _together(team: Team, said: list[tuple[str, str, str]]) -> list[str]:
    """Everybody says theirs at once: user, text, key."""
    start = Barrier(len(said))

    def one(user: str, text: str, key: str) -> Callable[[], str]:
        request = identify(team.context, "T1", user, team.now, key, "C1")

        def run() -> str:
            start.wait()
            return answer(text, request, team.context).text

        return run

    work = [one(*each) for each in said]
    with ThreadPoolExecutor(len(work)) as pool:
        return [future.result() for future in [pool.submit(each) for each in work]]


def _count(team: Team, name: str) -> int:
    import sqlalchemy as sa

    with team.store.peek() as connection:
        query = sa.select(sa.func.count()).select_from(metadata.tables[name])
        return int(connection.execute(query).scalar_one())


def test_two_people_log_the_same_partner(clinic: Team) -> None:
    said = _together(
        clinic,
        [(f"U{1 + n % 4}", f"called riverside about topic {n}", f"k{n}") for n in range(8)],
    )
    assert all("✓ *Call with Riverside Orthopedics*" in each for each in said), said
    assert _count(clinic, interactions.name) == 8
    check(clinic.store, clinic.now.date())


def test_the_same_trigger_is_one_row(clinic: Team) -> None:
    said = _together(clinic, [("U1", "called riverside", "one key")] * 6)
    assert sum("✓" in each for each in said) == 1, said
    assert sum(each == "That was done already." for each in said) == 5, said
    assert _count(clinic, interactions.name) == 1
    check(clinic.store, clinic.now.date())


def test_one_referral_comes_in_once(clinic: Team) -> None:
    clinic.says("U4", "refer riverside")
    said = _together(clinic, [(f"U{n}", "convert R-1001", f"k{n}") for n in range(1, 5)])
    assert sum("✓" in each for each in said) == 1, said
    assert sum("came in already" in each for each in said) == 3, said
    check(clinic.store, clinic.now.date())


def test_evaluations_and_referrals_of_several_partners(clinic: Team) -> None:
    texts = [
        "evals riverside 2, dr lee",
        "evals dr lee 2, riverside",
        "refer dr lee",
        "refer riverside",
    ]
    said = _together(clinic, [(f"U{n + 1}", text, f"k{n}") for n, text in enumerate(texts)])
    assert all("✓" in each for each in said), said
    # An evaluation closes a referral that is there already, else it records one.
    assert 6 <= _count(clinic, referrals.name) <= 8
    check(clinic.store, clinic.now.date())


def test_the_same_new_partner_is_one(clinic: Team) -> None:
    said = _together(clinic, [(f"U{n}", "add Stride, gym", f"k{n}") for n in range(1, 5)])
    assert sum("✓ *Stride* added." in each for each in said) == 1, said
    assert sum("is in your partners already" in each for each in said) == 3, said
    assert _count(clinic, partners.name) == 7
