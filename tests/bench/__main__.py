"""Measure: python -m tests.bench [--rows N] [--only engine,idle] [--alone] [--json FILE]."""

import argparse
import json
import os
import platform
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.run.memory import keep_what_is_loaded
from tests.bench import place
from tests.bench.figure import HEAD, Figure, line
from tests.bench.measurements import MEASUREMENTS
from tests.bench.setting import FULL, TINY, Setting


def main() -> None:
    # Whoever ends it early leaves nothing behind that runs.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    given = _parser().parse_args()
    # As a process of Rapport begins; the others have what it spares them, too.
    keep_what_is_loaded()
    setting = _setting(given)
    found: dict[str, list[dict]] = {}
    with place.opened() as here:
        for name in given.only or MEASUREMENTS:
            say(f"\n## {name}: {MEASUREMENTS[name].__doc__}\n")
            began, load = time.monotonic(), os.getloadavg()[0]
            say(HEAD)
            figures: list[Figure] = []
            for one in MEASUREMENTS[name].measure(here, setting):
                figures.append(one)
                say(line(one))
            say(f"\n{time.monotonic() - began:.0f} s, load {load:.1f} before")
            found[name] = [asdict(one) for one in figures]
            _keep(given.json, found)


def _setting(given: argparse.Namespace) -> Setting:
    setting = replace(TINY, kills=3) if given.tiny else FULL
    sizes = (given.rows,) if given.rows else setting.sizes
    return replace(setting, sizes=sizes, has_peers=not given.alone)


def _keep(path: Path, found: dict[str, list[dict]]) -> None:
    machine = {"python": platform.python_version(), "cpus": os.cpu_count(), "load": os.getloadavg()}
    kept = {"at": datetime.now(UTC).isoformat(), "machine": machine, "measurements": found}
    path.write_text(json.dumps(kept, indent=1), "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rows", type=int, help="due rows in the engine's measurement")
    parser.add_argument("--only", type=_names, help=f"some of: {','.join(MEASUREMENTS)}")
    parser.add_argument("--alone", action="store_true", help="without the other libraries")
    parser.add_argument("--tiny", action="store_true", help="only to see that all of it runs")
    parser.add_argument("--json", type=Path, default=Path("bench.json"))
    return parser


def _names(text: str) -> Sequence[str]:
    names = text.split(",")
    if unknown := set(names) - MEASUREMENTS.keys():
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}")
    return names


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
