"""How large a run is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """Sizes of a run: `sizes` of the engine's, `idle` numbers of partners none of whom is due.

    A measurement is repeated up to `runs` times while it has taken less than `seconds`; memory
    is looked at when nothing was asked of a process for `calm_seconds`.
    """

    sizes: tuple[int, ...] = (10_000, 100_000)
    runs: int = 3
    seconds: float = 30.0
    has_peers: bool = True
    idle: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    ticks: int = 1_000
    kills: int = 50
    workers: int = 3
    messages: int = 600
    replicas: tuple[int, ...] = (1, 2, 4)
    partners: int = 10_000
    interactions: int = 1_000_000
    clients: tuple[int, ...] = (1, 20)
    commands: int = 400
    busy: int = 300
    calm_seconds: float = 5.0

    @property
    def rows(self) -> int:
        """The size at which all are compared."""
        return self.sizes[0]


FULL = Setting()
# So small that it only shows that everything still runs.
TINY = Setting(
    sizes=(50,),
    runs=1,
    has_peers=False,
    idle=(50,),
    ticks=5,
    kills=1,
    workers=1,
    messages=6,
    replicas=(1,),
    partners=20,
    interactions=50,
    clients=(2,),
    commands=4,
    busy=1,
    calm_seconds=0.0,
)
