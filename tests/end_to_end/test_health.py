"""What the bot says of itself: /healthz with the reason, /metrics that Prometheus can read."""

import re
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from bot import __version__
from bot.practice import PracticeSlack
from tests.end_to_end.conftest import HTTP, SOCKET, Clinic, Starts
from tests.end_to_end.filled import NINE, fill_many
from tests.end_to_end.process import PATIENCE, Process, eventually

HOSTING = Path(__file__).parents[2] / "docs/hosting.md"


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
    found = figures(bot)
    assert found["rapport_reminders"][("check_in", "open")] == 3
    assert found["rapport_lateness_seconds_count"] == {(): 3}
    assert found["rapport_lateness_seconds_bucket"][("10.0",)] == 3
    assert found["rapport_claimed_total"] == {(): 3}
    assert found["rapport_slack_call_seconds_count"][("chat.postMessage",)] == 3
    for name in ("rapport_tick_seconds_count", "rapport_claim_seconds_count"):
        assert found[name][()] >= 1
    assert found["rapport_last_tick_seconds"][()] < PATIENCE
    assert found["rapport_oldest_waiting_seconds"] == found["rapport_tokens_unknown"] == {(): 0}
    assert found["rapport_oldest_unplanned_seconds"] == {(): 0}
    assert found["rapport_workspaces"] == {(): 1}
    assert [*found["rapport_build_info"]] == [(__version__,)]
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


@pytest.mark.parametrize("way", [SOCKET, HTTP])
def test_the_age_of_the_socket_is_shown_where_there_is_one(
    starts: Starts, sqlite_url: str, way: str
) -> None:
    found = figures(starts(sqlite_url, way=way))
    ages = {name for name in found if name.startswith("rapport_socket_")}
    assert ages == (
        {f"rapport_socket_{one}" for one in ("age_seconds", "silent_seconds", "waiting")}
        if way == SOCKET
        else set()
    )
    assert all(0 <= found[name][()] < PATIENCE for name in ages)


def test_labels_are_few_and_of_our_own(clinic: Clinic) -> None:
    ana = clinic.person()
    clinic.says(ana, f"add {clinic.name()}, a word for no label")
    _, page = clinic.bot.get("/metrics")
    labels = {
        name
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        for name in sample.labels
    }
    assert labels <= {"method", "result", "kind", "state", "le", "version"}
    for text in ("word", ana.id, clinic.slack.workspace.team_id, clinic.slack.bot_token):
        assert text not in page


def test_every_figure_that_is_worth_an_alert_exists(by_socket: Clinic) -> None:
    rows = re.findall(r"^\| (`rapport_.*?) \|", HOSTING.read_text("utf-8"), re.M)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    families = text_string_to_metric_families(by_socket.bot.get("/metrics")[1])
    known = {name for one in families for name in (one.name, f"{one.name}_total")}
    assert len(named) > 10
    assert named <= known
