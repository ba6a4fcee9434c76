"""Partners and contacts offered while somebody types."""

import time

import sqlalchemy as sa

from bot.commands.request import identify
from bot.commands.type_ahead import OFFERED, offers
from bot.store.schema import contacts, partners
from tests.commands.looking import ONE_DATABASE
from tests.speaker import TEAM, Team

MANY = 10_000


def offered(team: Team, typed: str, user: str = "U1") -> list[str]:
    request = identify(team.context, TEAM, user, team.now, "k")
    return [label for label, _ in offers(typed, request, team.context)]


def test_parts_of_names_are_enough(clinic: Team) -> None:
    assert offered(clinic, "riv") == ["Riverside Orthopedics"]
    assert offered(clinic, "ORTHO river") == ["Riverside Orthopedics"]
    assert offered(clinic, "bright") == [
        "Bright Path Pediatrics",
        "Bright Smile Dental",
        "Bright Smith, Riverside Orthopedics",
    ]
    assert offered(clinic, "coach dana, iron") == ["Coach Dana, Iron Peak CrossFit"]
    assert offered(clinic, "oakdale") == []


def test_before_anything_is_typed_ones_own_come_first(clinic: Team) -> None:
    assert offered(clinic, "", "U2")[:2] == ["Bright Path Pediatrics", "Iron Peak CrossFit"]
    assert len(offered(clinic, " ")) == 6


def test_signs_are_taken_as_they_are(clinic: Team) -> None:
    clinic.says("U1", "add St. Mary's 100% Élan_Gym")
    found = ["St. Mary's 100% Élan_Gym"]
    for typed in ("marys", "mary's", "100%", "élan_", "st. m"):
        assert offered(clinic, typed) == found, typed
    for typed in ("%", "_", "\\", "'", "\x00", "x" * 5000):
        assert set(offered(clinic, typed)) <= {*found, *offered(clinic, "")}


def test_those_that_are_gone_are_not_offered(clinic: Team) -> None:
    with clinic.store.begin() as connection:
        here = partners.c.name == "Riverside Orthopedics"
        connection.execute(sa.update(partners).where(here).values(ended_on=clinic.now.date()))
    assert offered(clinic, "riverside") == offered(clinic, "patel") == []


@ONE_DATABASE
def test_ten_thousand_partners_are_searched_while_somebody_types(clinic: Team) -> None:
    ids = range(1000, 1000 + MANY)
    day, rest = clinic.now.date(), {"workspace": TEAM}
    with clinic.store.begin() as connection:
        names = [{"id": i, "name": f"Partner {i} Clinic", **rest} for i in ids]
        rows = [{**one, "name_key": str(one["name"]).lower(), "added_on": day} for one in names]
        connection.execute(sa.insert(partners), rows)
        people = [{"partner_id": i, "name": f"Dr. Number{i}", **rest} for i in ids]
        connection.execute(sa.insert(contacts), people)
    took = []
    for typed in ("p", "part 5", "number1000", "zzz", ""):
        started = time.perf_counter()
        assert len(offered(clinic, typed)) <= OFFERED
        took.append(time.perf_counter() - started)
    # On an idle machine each takes a third of this.
    assert min(took) < 0.1, took
