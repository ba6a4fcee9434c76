"""What the bot says of itself: /healthz with the reason, /metrics that Prometheus can read."""

import sqlite3

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from bot.practice import PracticeSlack
from tests.end_to_end.conftest import Clinic, Starts
from tests.end_to_end.filled import NINE, fill_many
from tests.end_to_end.process import PATIENCE, Process, eventually


def figures(bot: Process) -> dict[str, dict[tuple[str, ...], float]]:
    """Every figure by its name, and by the values of its labels."""
    status, page = bot.get("/metrics")
    assert status == 200
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def test_what_happened_is_counted(clinic: Clinic) -> None:
    ana = clinic.person()
    before = figures(clinic.bot)
    answer = clinic.says(ana, f"add {clinic.name()}")
    clinic.presses(ana, answer, "Undo").wait()
    after = figures(clinic.bot)
    assert after["rapport_healthy"] == {(): 1}
    for name in ("rapport_commands_total", "rapport_presses_total"):
        assert after[name][()] == before[name][()] + 1
    assert after["rapport_slack_calls_total"][("users.info", "ok")] >= 1


def test_deliveries_are_counted_by_their_state(
    starts: Starts, slack: PracticeSlack, sqlite_url: str
) -> None:
    fill_many(sqlite_url, slack, 3)
    bot = starts(sqlite_url, NINE)
    eventually(lambda: figures(bot)["rapport_deliveries"][("delivered",)] == 3)
    assert figures(bot)["rapport_deliveries"][("running",)] == 0
    assert figures(bot)["rapport_slack_calls_total"][("chat.postMessage", "ok")] == 3


def test_a_refusal_by_slack_is_counted_by_its_reason(
    starts: Starts, slack: PracticeSlack, sqlite_url: str
) -> None:
    fill_many(sqlite_url, slack, 1)
    fault = slack.misbehave("error", "chat.postMessage", error="channel_not_found")
    bot = starts(sqlite_url, NINE)
    slack.wait_for(lambda: fault.is_spent, PATIENCE)
    eventually(lambda: ("chat.postMessage", "channel_not_found") in calls(bot))


def calls(bot: Process) -> dict[tuple[str, ...], float]:
    return figures(bot)["rapport_slack_calls_total"]


def test_it_says_that_the_database_is_of_another_version(starts: Starts, sqlite_url: str) -> None:
    bot = starts(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as line:
        line.execute("UPDATE alembic_version SET version_num = 'tomorrow'")
    assert bot.get("/healthz") == (503, "the database is of another version\n")
    assert figures(bot)["rapport_healthy"] == {(): 0}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_it_says_that_postgresql_is_gone_and_works_again(
    starts: Starts, slack: PracticeSlack, database_url: str
) -> None:
    ana = slack.add_user("ana")
    bot = starts(database_url)
    assert "added" in slack.slash(ana, None, "add Riverside").text
    url = sa.make_url(database_url)
    admin = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as line:
        line.exec_driver_sql(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS false")
        try:
            line.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{url.database}'"
            )
            status, why = eventually(lambda: (got := bot.get("/healthz"))[0] != 200 and got)
            assert (status, "the database cannot be reached" in why) == (503, True)
            answer = slack.slash(ana, None, "called riverside, 20 min")
            assert "That was NOT saved." in answer.text
            assert 'You typed: "called riverside, 20 min"' in answer.text
        finally:
            line.exec_driver_sql(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS true")
    admin.dispose()
    assert eventually(lambda: bot.get("/healthz")[0] == 200)
    assert "today, 20 min" in slack.slash(ana, None, "called riverside, 20 min").text
    assert bot.stop() == 0
