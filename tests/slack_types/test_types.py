"""What the practice Slack says, and all that the bot says, compiles against Slack's own types."""

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.practice import PracticeSlack
from bot.slack.forms import FORMS
from tests.end_to_end.conftest import SOCKET, Starts
from tests.slack_types.alone import speak
from tests.slack_types.day import Day
from tests.slack_types.typescript import written

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
TIMEOUT = 100
# One who installs, another who waits for that, and then the compiler.
pytestmark = pytest.mark.timeout(4 * TIMEOUT)
# Forms that open only after weeks without an answer, or when somebody has left.
RARE = {"pause", "take_over"}


@pytest.fixture(scope="module")
def tsc() -> Path:
    """The compiler, installed beside its lock file as it is written there."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    # Several processes test at once: what one has begun to install the others wait for.
    with (HERE / "package.json").open() as mine:
        fcntl.flock(mine, fcntl.LOCK_EX)
        if not MODULES.exists() or _lock_of(MODULES) < _lock_of(HERE):
            _install()
    return MODULES / "typescript" / "bin" / "tsc"


def _install() -> None:
    try:
        subprocess.run(
            INSTALL, cwd=HERE, capture_output=True, text=True, timeout=TIMEOUT, check=True
        )
    except subprocess.SubprocessError as error:
        pytest.skip(f"npm could not install Slack's packages: {error} {error.stderr or ''}"[-300:])


def _lock_of(folder: Path) -> float:
    return max((one.stat().st_mtime for one in folder.glob("*package-lock.json")), default=0.0)


def compiled(tsc: Path, folder: Path, text: str) -> str:
    """What the compiler says of a module; nothing when it is content."""
    (folder / "spoken.ts").write_text(text)
    shutil.copy(HERE / "tsconfig.json", folder)
    (folder / "node_modules").symlink_to(MODULES)
    command = ["node", str(tsc), "-p", str(folder)]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT)
    return found.stdout + found.stderr


def test_what_the_practice_slack_says(tsc: Path, tmp_path: Path) -> None:
    with PracticeSlack(event_retries=()) as slack:
        speak(slack)
        text = written(slack.calls, slack.deliveries)
    assert compiled(tsc, tmp_path, text) == ""


def test_what_the_bot_says(
    tsc: Path, tmp_path: Path, slack: PracticeSlack, starts: Starts, sqlite_url: str
) -> None:
    people = [slack.add_user(name, f"{name.title()} Silva") for name in ("ana", "luis", "maya")]
    guest = slack.add_user("guest", is_restricted=True)
    slack.add_channel("partners", [*people, guest])
    slack.add_channel("joint", people, is_ext_shared=True)
    bot = starts(sqlite_url, way=SOCKET, owner=people[2].id)
    Day(slack, bot).live()
    calls = [call for call in slack.calls if call.fault is None]
    opened = {c.arguments["view"].get("callback_id") for c in calls if c.method == "views.open"}
    assert opened >= FORMS.keys() - RARE
    views = [FORMS[name]({}) for name in RARE]
    assert compiled(tsc, tmp_path, written(calls, slack.deliveries, views)) == ""


def test_a_wrong_shape_is_found(tsc: Path, tmp_path: Path) -> None:
    with PracticeSlack(event_retries=()) as slack:
        slack.add_user("dana")
        slack.slash("dana", None, "help")
        (delivery,) = slack.deliveries
        del delivery.payload["command"]
        text = written([], [delivery])
    assert "'command' is missing" in compiled(tsc, tmp_path, text)
