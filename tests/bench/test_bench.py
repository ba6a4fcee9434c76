"""The measurements run, at a size at which their figures mean nothing."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.bench.measurements import MEASUREMENTS
from tests.bench.place import POSTGRESQL, SQLITE, Place
from tests.bench.setting import TINY

# Where processes of their own are measured, one kind of database will do.
BOTH, ONE = [SQLITE, POSTGRESQL], [SQLITE]
KINDS = {"engine": BOTH, "idle": BOTH}


# It is not about time, and on a busy machine each process that it starts takes long.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", MEASUREMENTS)
def test_it_measures(name: str, tmp_path: Path) -> None:
    server = sa.make_url(os.environ["TEST_DATABASE_URL"]).set(drivername="postgresql+psycopg")
    place = Place(tmp_path, server if KINDS.get(name) else None)
    assert place.kinds == KINDS.get(name, ONE)
    try:
        figures = list(MEASUREMENTS[name].measure(place, TINY))
    finally:
        place.close()
    assert figures
    assert [one for one in figures if one.value is None] == []
    lost = [one for one in figures if one.unit in ("lost", "twice")]
    assert [one for one in lost if not one.is_met] == []
