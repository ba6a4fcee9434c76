"""From the start until it takes work, and how much memory it holds."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from bot.practice import PracticeSlack
from tests.bench import seed
from tests.bench.child import resident, running
from tests.bench.client import Ear, Typist, at_once
from tests.bench.command import environment
from tests.bench.figure import Figure, at_most
from tests.bench.place import Place
from tests.bench.setting import Setting

READY_SECONDS, IDLE_MB = 1.5, 120
PEOPLE = 20
HEAVIEST = 6
IMPORTED = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| (\s*)(\S+)")


def measure(place: Place, setting: Setting) -> Iterator[Figure]:
    for kind in place.kinds:
        yield from _bot(place, kind, setting)
    yield from _imports()


def _bot(place: Place, kind: str, setting: Setting) -> Iterator[Figure]:
    with place.store(kind) as store, PracticeSlack(team_id=seed.TEAM) as slack, ExitStack() as end:
        slack.add_user("ana", id="U1")
        seed.practice(store, PEOPLE, PEOPLE, seed.NOT_DUE)
        given = environment(store, slack)
        starts = [_started(given) for _ in range(setting.runs - 1)]
        began = time.perf_counter()
        bot = end.enter_context(running("tests.bench.bot", environ=given))
        ear = Ear()
        end.callback(ear.close)
        typist = Typist(int(bot.hear("port ")), ear)
        starts.append(time.perf_counter() - began)
        yield at_most(kind, "from start to ready", median(starts), READY_SECONDS, "s")
        time.sleep(setting.calm_seconds)
        yield at_most(kind, "resident when idle", resident(bot.process.pid), IDLE_MB, "MB")
        at_once(8, 2 * setting.busy, lambda n: typist.type(f"log Place {n % PEOPLE + 1} called"))
        once = resident(bot.process.pid)
        at_once(8, setting.busy, lambda n: typist.type(f"stats {n % 300 + 30}d", is_late=True))
        at_once(8, 2 * setting.busy, lambda n: typist.type(f"log Place {n % PEOPLE + 1} called"))
        many = f"{5 * setting.busy:,} commands"
        yield Figure(kind, f"resident after {2 * setting.busy:,} commands", once, "MB")
        yield Figure(kind, f"resident after {many}", resident(bot.process.pid), "MB")


def _started(given: dict[str, str]) -> float:
    began = time.perf_counter()
    with running("tests.bench.bot", environ=given) as bot:
        bot.hear("port ")
        return time.perf_counter() - began


def _imports() -> Iterator[Figure]:
    """Python's own account; a module's figure holds what it imports."""
    command = [sys.executable, "-X", "importtime", "-c", "import bot.run"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    found = [(int(one[2]) / 1e6, len(one[3]), one[4]) for one in IMPORTED.finditer(said)]
    (total,) = (took for took, _, name in found if name == "bot.run")
    yield Figure("imports", "bot.run, all in all", total, "s", note="as traced, which is slower")
    outside = [one for one in found if "." not in one[2] and one[2] not in ("bot", "jobs", "site")]
    for took, _, name in sorted(outside, reverse=True)[:HEAVIEST]:
        yield Figure("imports", f"{name}, with what it imports", took, "s")
