"""What is measured: each module has `measure(place, setting)`, which yields figures."""

from types import ModuleType

from tests.bench import command, delivery, engine, footprint, idle, killed

MEASUREMENTS: dict[str, ModuleType] = {
    "engine": engine,
    "killed": killed,
    "delivery": delivery,
    "idle": idle,
    "commands": command,
    "footprint": footprint,
}
