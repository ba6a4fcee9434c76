"""Two clinics in one process, with the same names and the same user id: neither sees the other."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import HTTP, environment
from tests.end_to_end.filled import NINE, fill, states
from tests.end_to_end.process import PATIENCE, Process, eventually, launched
from tests.end_to_end.test_start import Runs

SAME = "U0SAMEPERSON"
FAILURES = [
    {"kind": "rate_limited", "retry_after": 60},
    {"kind": "http_error", "status": 503},
    {"kind": "silent"},
]


@pytest.fixture
def south(slack: PracticeSlack) -> PracticeSlack:
    return slack.another("T0SOUTH", "South", "xoxb-south")


@pytest.fixture
def people(slack: PracticeSlack, south: PracticeSlack, database_url: str) -> list[Person]:
    """The same id and the same partner in both, and a partner of each one's own."""
    found = []
    for clinic, own in ((slack, "Northern Lights Gym"), (south, "Southern Cross Gym")):
        person = clinic.add_user("liaison", id=SAME, tz="America/New_York")
        fill(database_url, clinic, {"Riverside Clinic": person, own: person})
        found.append(person)
    return found


@pytest.fixture
def bot(
    processes: list[Process],
    slack: PracticeSlack,
    south: PracticeSlack,
    database_url: str,
    people: list[Person],
    tmp_path: Path,
) -> Callable[[], Process]:
    def start() -> Process:
        environ = environment(slack, database_url, HTTP)
        environ["SLACK_BOT_TOKEN"] = f"{slack.bot_token}, {south.bot_token}\n"
        processes.append(launched(environ, tmp_path, NINE))
        process = processes[-1].up()
        slack.use_http(f"http://127.0.0.1:{process.port}/slack/events")
        return process

    return start


def test_each_hears_of_its_own_and_exports_its_own(
    bot: Callable[[], Process],
    runs: Runs,
    slack: PracticeSlack,
    south: PracticeSlack,
    people: list[Person],
    database_url: str,
) -> None:
    process = bot()
    for clinic, own, others in ((slack, "Northern", "Southern"), (south, "Southern", "Northern")):
        clinic.wait_for(lambda: clinic.dms(SAME), PATIENCE)  # noqa: B023
        (message,) = clinic.dms(SAME)
        assert "Riverside" in message.text
        assert own in message.text
        assert others not in message.text
        listed = clinic.slash(clinic.workspace.person(SAME), None, "list").text
        assert (own in listed, others in listed) == (True, False)
        team = clinic.workspace.team_id
        exported = runs({"DATABASE_URL": database_url}, "export", "partners", "--workspace", team)
        assert exported.ends() == 0
        assert (own in exported.output, others in exported.output) == (True, False)
    unnamed = runs({"DATABASE_URL": database_url}, "export", "partners")
    assert unnamed.ends() == 2
    assert "Northern" not in unnamed.output
    assert process.stop() == 0


@pytest.mark.parametrize("failure", FAILURES, ids=[one["kind"] for one in FAILURES])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_whose_slack_fails_holds_up_no_message_of_the_other(
    bot: Callable[[], Process],
    slack: PracticeSlack,
    south: PracticeSlack,
    people: list[Person],
    database_url: str,
    failure: dict[str, object],
) -> None:
    trouble = slack.misbehave(**failure, method="chat.postMessage", times=None, team="T0SOUTH")
    process = bot()
    slack.wait_for(lambda: slack.dms(SAME), PATIENCE)
    eventually(lambda: trouble.used)
    assert "Riverside" in slack.slash(people[0], None, "show riverside").text
    assert south.dms(SAME) == []
    assert states(database_url)["delivered"] == 1
    assert process.get("/healthz") == (200, "ok\n")


TOLD = {"revoked": PracticeSlack.revoke_tokens, "uninstalled": PracticeSlack.uninstall}


@pytest.mark.parametrize("tell", TOLD.values(), ids=TOLD)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_that_sent_the_bot_away_is_counted_out_until_a_restart_with_a_good_token(
    bot: Callable[[], Process],
    south: PracticeSlack,
    people: list[Person],
    database_url: str,
    tell: Callable[[PracticeSlack], None],
) -> None:
    process = bot()
    # Nothing is left to say that would tell by itself.
    eventually(lambda: states(database_url)["delivered"] == 2)
    assert workspaces(process) == 2
    tell(south)
    eventually(lambda: workspaces(process) == 1)
    assert process.get("/healthz") == (200, "ok\n")
    assert process.stop() == 0
    restarted = bot()
    eventually(lambda: workspaces(restarted) == 2)


def workspaces(process: Process) -> int:
    """For how many of them a token works, as /metrics says."""
    found = re.search(r"^rapport_workspaces (\d+)", process.get("/metrics")[1], re.M)
    return int(found[1]) if found else -1
