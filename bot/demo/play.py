"""The day itself: who types what and when, and what the bot answers."""

import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.demo import sample
from bot.domain.clock import MovableClock
from bot.domain.when import WorkCalendar, local_instant
from bot.errors import UserError
from bot.run import Running, serve
from bot.settings import Settings
from bot.sheets import SHEETS, take_in
from bot.store import Store, workspace

try:
    from bot.practice import Message, Person, PracticeSlack
    from bot.practice.terminal import draw
except ModuleNotFoundError as error:  # pragma: no cover - an installation without the extra
    raise UserError("The practice Slack is missing: pip install 'rapport[practice]'.") from error

ZONE = "America/New_York"
PATIENCE = 10.0
OK, FAILED = 0, 1


@dataclass
class Day:
    """A clinic with its people, its Slack and its bot, all in this process."""

    slack: PracticeSlack
    clock: MovableClock
    day: date
    people: dict[str, Person]

    def clock_strikes(self, hour: int, minute: int = 0) -> None:
        """Move the bot's clock on to a time of the day."""
        self.clock.move_to(local_instant(self.day, time(hour, minute), ZONE))
        _print(f"\n━━ {self.day:%A, %B} {self.day.day}, {hour:02}:{minute:02} ━━")

    def types(self, name: str, text: str) -> Message:
        """Let a person type a command, and show what comes back."""
        _print(f"\n{name.capitalize()} types:  /partner {text}")
        channel = self.slack.dm(self.people[name])
        answer = self.slack.slash(self.people[name], channel, text)
        if answer.error:
            raise RuntimeError(f"Slack showed {answer.error}")
        message = answer.wait(1, PATIENCE)[-1]
        _show(message, "for all to see" if not message.is_ephemeral else f"only to {name}")
        return message

    def hears(self, name: str, count: int) -> Message:
        """Wait for a person's direct message number `count`, and show it."""
        person = self.people[name]
        if not self.slack.wait_for(lambda: len(self.slack.dms(person)) >= count, PATIENCE):
            raise RuntimeError(f"no direct message to {name} came")
        message = self.slack.dms(person)[count - 1]
        _print(f"\nRapport writes to {name.capitalize()}:")
        _show(message)
        return message

    def presses(self, name: str, message: Message, label: str, pick: str | None = None) -> None:
        """Let a person press a button or pick from a menu, and show the message afterwards."""
        _print(f"\n{name.capitalize()} presses  [{label}]" + (f" → {pick}" if pick else ""))
        edits = len(message.history)
        self.slack.press(self.people[name], message, label=label, value=pick)
        self.slack.wait_for(lambda: len(message.history) > edits, PATIENCE)
        _show(message)


def main(port: int = 0, _open_browser: bool = True) -> int:
    """Play the day; returns 0 when all of it happened, else 1."""
    with tempfile.TemporaryDirectory(prefix="rapport-demo-") as folder:
        try:
            with PracticeSlack(port) as slack:
                return _play(slack, Path(folder))
        except KeyboardInterrupt:
            return OK
        except OSError as error:
            _print(f"The practice Slack could not start: {error.strerror}.")
            return FAILED


def _play(slack: PracticeSlack, folder: Path) -> int:
    people = {
        "maya": slack.add_user("maya", "Maya Torres", tz=ZONE, is_admin=True),
        "ana": slack.add_user("ana", "Ana Silva", tz=ZONE),
        "luis": slack.add_user("luis", "Luis Ortega", tz="America/Chicago"),
        "jo": slack.add_user("jo", "Jo Park", tz=ZONE),
    }
    day = WorkCalendar("US").on_or_after(datetime.now(UTC).date() + timedelta(days=1))
    clock = MovableClock(local_instant(day, time(8, 50), ZONE))
    settings = Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        api_url=slack.api_url,
        database_url=f"sqlite:///{folder / 'rapport.db'}",
        port=0,
        owners=(people["maya"].id,),
        zone=ZONE,
    )
    stage = Day(slack, clock, day, people)
    return _with_bot(settings, clock, lambda running: _scenes(stage, running))


def _with_bot(settings: Settings, clock: MovableClock, play: Callable[[Running], None]) -> int:
    """Run the real bot beside `play`, and stop it afterwards."""
    up, stop = threading.Event(), threading.Event()
    found: list[Running] = []

    def ready(running: Running) -> None:
        found.append(running)
        up.set()

    bot = threading.Thread(target=serve, args=(settings, clock, ready, stop), name="rapport")
    bot.start()
    try:
        if not up.wait(PATIENCE):
            _print("The bot did not start.")
            return FAILED
        play(found[0])
        return OK
    except (RuntimeError, TimeoutError) as error:
        _print(f"The day broke off: {error}.")
        return FAILED
    finally:
        stop.set()
        bot.join(PATIENCE)


def _scenes(stage: Day, running: Running) -> None:
    _import_clinic(stage, running.store, running.workspace)
    stage.clock_strikes(9)
    morning = stage.hears("ana", 1)
    stage.presses("ana", morning, "I did it", "Texted")
    stage.clock_strikes(10, 15)
    stage.types("ana", "called riverside about knee protocols, 20 min")
    stage.types("luis", "bright called, 10 min")
    stage.types("jo", "new patient from dr lee")
    stage.clock_strikes(14, 30)
    stage.types("jo", "evals dr lee, riverside 2")
    thanks = stage.hears("ana", 2)
    stage.presses("ana", thanks, "Mark sent")
    stage.clock_strikes(16)
    stage.types("maya", "stats")
    _print("\nThat was a day. `make test` proves it; README.md says how to go live.")


def _import_clinic(stage: Day, store: Store, team: str) -> None:
    ids = {name: person.id for name, person in stage.people.items()}
    now, today = stage.clock.now(), stage.day
    with store.begin() as connection:
        workspace.save(connection, team, ids["jo"], role="desk")
    files = {
        "partners": sample.partners(ids, today),
        "interactions": sample.interactions(ids, today),
        "referrals": sample.referrals(today),
    }
    for name, data in files.items():
        taken = take_in(store, team, SHEETS[name], data, now)
        _print(f"Imported {taken.added} {name}, {len(taken.refused)} refused.")


def _show(message: Message, to_whom: str = "") -> None:
    for line in draw(message.blocks, message.text):
        _print(f"  │ {line}")
    if to_whom:
        _print(f"  └ {to_whom}")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
