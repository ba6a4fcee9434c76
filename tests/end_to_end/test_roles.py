"""Any mix of `rapport run`, `rapport bot` and `rapport jobs` shares one database."""

from concurrent.futures import ThreadPoolExecutor

from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import HTTP, SOCKET, Starts, environment
from tests.end_to_end.filled import NINE, fill_many, messages_each, states
from tests.end_to_end.process import PATIENCE, Process, eventually
from tests.end_to_end.test_start import Runs

DUE = 100


def test_the_one_answers_and_the_other_reminds(
    starts: Starts, slack: PracticeSlack, maya: Person, database_url: str
) -> None:
    jobs = starts(database_url, NINE, owner=maya.id, role="JOBS")
    bot = starts(database_url, NINE, owner=maya.id, role="BOT")
    # The welcome of the first owner is what is due.
    slack.wait_for(lambda: slack.dms(maya), PATIENCE)
    assert "added" in slack.slash(maya, None, "add Riverside").text
    assert [one.get("/healthz") for one in (jobs, bot)] == [(200, "ok\n")] * 2
    assert jobs.post(b"x=1", {})[0] == 404
    assert "event=delivered" in eventually(lambda: jobs.output)
    assert [one.stop() for one in (jobs, bot)] == [0, 0]
    assert "event=delivered" not in bot.output
    assert "action=command" not in jobs.output


def test_timers_alone_need_no_way_in(runs: Runs, slack: PracticeSlack, sqlite_url: str) -> None:
    found = environment(slack, sqlite_url, SOCKET)
    del found["SLACK_APP_TOKEN"]
    jobs = runs(found, "jobs").up()
    assert jobs.get("/healthz") == (200, "ok\n")
    assert jobs.stop() == 0
    assert "Set SLACK_APP_TOKEN" in _ended(runs(found, "bot"))


def _ended(process: Process) -> str:
    assert process.ends() == 2
    return process.output


def test_two_that_start_together_send_each_message_once(
    starts: Starts, slack: PracticeSlack, database_url: str
) -> None:
    people = fill_many(database_url, slack, DUE)
    with ThreadPoolExecutor(2) as pool:
        bots = list(pool.map(lambda _: starts(database_url, NINE, HTTP), range(2)))
    eventually(lambda: states(database_url) == {"delivered": DUE}, 2 * PATIENCE)
    assert [bot.stop() for bot in bots] == [0, 0]
    assert sum(bot.output.count("event=delivered") for bot in bots) == DUE
    assert messages_each(slack, people) == {1: DUE}
    assert len(slack.calls_of("chat.postMessage")) == DUE
