"""Bad days: a token revoked, people and channels that are gone, a database that takes nothing.

Each is met while the bot runs: it says so, loses nothing, does nothing twice, and goes on after.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.practice import Person, PracticeSlack
from bot.store import workspace
from tests.end_to_end.conftest import HTTP, SOCKET, Starts
from tests.end_to_end.filled import (
    EARLY,
    NINE,
    fill,
    kinds_logged,
    messages_each,
    opened,
    shown_counts,
)
from tests.end_to_end.process import PATIENCE, Process, eventually

POST = "chat.postMessage"
TYPED = "called riverside, 20 min"
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def ana(slack: PracticeSlack) -> Person:
    return slack.add_user("ana", "Ana Silva")


@pytest.fixture
def riverside(slack: PracticeSlack, ana: Person, database_url: str) -> None:
    """Ana is to check in with Riverside this morning."""
    fill(database_url, slack, {"Riverside Orthopedics": ana})


def hears_once(bot: Process, slack: PracticeSlack, ana: Person, database: str) -> None:
    """After the bad day: Ana hears of Riverside, once."""
    bot.set_clock(NINE + timedelta(minutes=20))
    slack.wait_for(lambda: slack.dms(ana), PATIENCE)
    eventually(lambda: shown_counts(database) == {1: 1})
    assert bot.stop() == 0
    assert messages_each(slack, [ana]) == {1: 1}


@SQLITE
@pytest.mark.parametrize("way", [SOCKET, HTTP])
def test_a_token_that_is_revoked_and_works_again(
    starts: Starts, slack: PracticeSlack, ana: Person, riverside: None, database_url: str, way: str
) -> None:
    bot = starts(database_url, EARLY, way)
    assert "Riverside" in slack.slash(ana, None, "due").text
    slack.misbehave("error", times=None, error="token_revoked")
    bot.set_clock(NINE)
    words = "Slack refuses the bot's token (token_revoked)"
    eventually(lambda: bot.get("/healthz") == (503, f"{words}\n"))
    assert "rapport_workspaces 0.0" in bot.get("/metrics")[1]
    assert "Slack doesn't let me open forms" in slack.slash(ana, None, "log").text
    assert "today, 20 min" in slack.slash(ana, None, "called riverside, 20 min").text
    assert "Undone" in slack.slash(ana, None, "undo").text
    bot.says(r"level=error .*Slack refuses the bot's token: \S+ answered token_revoked")
    assert slack.dms(ana) == []
    slack.behave()
    eventually(lambda: bot.get("/healthz") == (200, "ok\n"))
    assert "rapport_workspaces 1.0" in bot.get("/metrics")[1]
    hears_once(bot, slack, ana, database_url)


@SQLITE
@pytest.mark.parametrize("error", ["channel_not_found", "is_archived"])
def test_a_direct_message_that_was_closed_is_opened_again(
    starts: Starts,
    slack: PracticeSlack,
    ana: Person,
    riverside: None,
    database_url: str,
    error: str,
) -> None:
    fault = slack.misbehave("error", POST, error=error)
    bot = starts(database_url, NINE)
    slack.wait_for(lambda: fault.is_spent, PATIENCE)
    hears_once(bot, slack, ana, database_url)
    assert len(slack.calls_of("conversations.open")) == 2


@SQLITE
def test_somebody_who_left_since_yesterday(
    starts: Starts, slack: PracticeSlack, ana: Person, riverside: None, database_url: str
) -> None:
    """Slack is asked once a day whether somebody is still there; meanwhile they may go."""
    maya = slack.add_user("maya")
    bot = starts(database_url, EARLY, owner=maya.id)
    assert "Riverside" in slack.slash(ana, None, "due").text
    ana.deleted = True
    for tries in (1, 2, 3):
        bot.set_clock(NINE + timedelta(minutes=20 * tries))
        eventually(lambda tries=tries: bot.output.count("reason=user_disabled") == tries)
    bot.says(r"discarded .*reason=user_disabled")
    bot.set_clock(NINE + timedelta(days=1, hours=1))
    slack.wait_for(lambda: any(f"<@{ana.id}>" in m.text for m in slack.dms(maya)), PATIENCE)
    assert slack.dms(ana) == []
    assert "Riverside" in slack.slash(maya, None, "show riverside").text


@SQLITE
def test_a_team_channel_that_was_archived(
    starts: Starts, slack: PracticeSlack, ana: Person, riverside: None, database_url: str
) -> None:
    """The digest goes to the owner instead, once, and says what to do."""
    maya = slack.add_user("maya")
    team = slack.add_channel("partners", [maya])
    team.members.add(slack.bot.id)
    with opened(database_url) as store, store.change(slack.workspace.team_id, EARLY, "t") as change:
        workspace.post_in(change, team.id)
    team.is_archived = True
    monday = NINE + timedelta(days=5)
    bot = starts(database_url, monday - timedelta(minutes=30), owner=maya.id)
    bot.set_clock(monday + timedelta(minutes=1))
    slack.wait_for(lambda: any("is archived" in one.text for one in slack.dms(maya)), PATIENCE)
    assert slack.messages(team) == []
    team.is_archived = False
    bot.set_clock(monday + timedelta(days=7, minutes=1))
    slack.wait_for(lambda: slack.messages(team), PATIENCE)
    told = [one for one in slack.dms(maya) if "is archived" in one.text]
    assert (len(told), len(slack.messages(team))) == (1, 1)


def says_not_saved(slack: PracticeSlack, ana: Person) -> None:
    answer = slack.slash(ana, None, TYPED)
    assert answer.error is None
    assert answer.text == f'That was NOT saved. Please try again in a minute. You typed: "{TYPED}"'


def goes_on(
    bot: Process, slack: PracticeSlack, ana: Person, database: str, broken: Callable[[], object]
) -> None:
    """A bad time for the database: nothing is saved, nothing sent; then both are, once."""
    with broken():  # type: ignore[attr-defined]
        says_not_saved(slack, ana)
        bot.set_clock(NINE)
        bot.says("failed.* NotSaved")
        assert slack.dms(ana) == []
    eventually(lambda: bot.get("/healthz")[0] == 200)
    bot.set_clock(NINE + timedelta(minutes=1))
    slack.wait_for(lambda: slack.dms(ana), PATIENCE)
    eventually(lambda: shown_counts(database) == {1: 1})
    assert kinds_logged(database) == []
    assert "today, 20 min" in slack.slash(ana, None, TYPED).text
    assert kinds_logged(database) == ["call"]
    assert bot.stop() == 0
    assert messages_each(slack, [ana]) == {1: 1}
    assert "Traceback" not in bot.output


@pytest.fixture
def bot(
    starts: Starts, slack: PracticeSlack, ana: Person, riverside: None, database_url: str
) -> Process:
    """It is early, and it knows Ana."""
    running = starts(database_url, EARLY)
    assert "Riverside" in slack.slash(ana, None, "due").text
    return running


@SQLITE
@pytest.mark.skipif(sys.platform != "linux", reason="no prlimit here")
def test_a_full_disk(slack: PracticeSlack, ana: Person, bot: Process, database_url: str) -> None:
    import resource

    @contextmanager
    def full() -> Iterator[None]:
        """No file may be written to, as the disk sees it."""
        _, most = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (0, most))
        try:
            yield
        finally:
            resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (most, most))

    goes_on(bot, slack, ana, database_url, full)


@SQLITE
def test_a_file_that_is_gone(
    slack: PracticeSlack, ana: Person, bot: Process, database_url: str, tmp_path: Path
) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))

    @contextmanager
    def gone() -> Iterator[None]:
        (tmp_path / "away").mkdir()
        files = list(path.parent.glob(f"{path.name}*"))
        for file in files:
            file.rename(tmp_path / "away" / file.name)
        try:
            yield
            assert bot.get("/healthz")[0] == 503
        finally:
            for file in files:
                (tmp_path / "away" / file.name).rename(file)

    goes_on(bot, slack, ana, database_url, gone)


@POSTGRESQL
def test_a_database_that_may_only_be_read(
    slack: PracticeSlack, ana: Person, bot: Process, database_url: str
) -> None:
    """As after a failover to a copy."""
    url = sa.make_url(database_url).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")

    def set_to(state: str) -> None:
        with admin.connect() as line:
            line.exec_driver_sql(
                f"ALTER DATABASE {url.database} SET default_transaction_read_only = {state}"
            )
            line.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{url.database}'"
            )

    @contextmanager
    def read_only() -> Iterator[None]:
        set_to("on")
        try:
            yield
            assert bot.get("/healthz") == (503, "the database may only be read\n")
        finally:
            set_to("off")

    goes_on(bot, slack, ana, database_url, read_only)
    admin.dispose()
