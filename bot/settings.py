"""The only reader of the environment; it reports every problem at once and hides secrets."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.workday import WorkCalendar
from bot.errors import UserError

SLACK_API_URL = "https://slack.com/api/"
DATABASE_URL = "sqlite:///rapport.db"
HOST, PORT = "127.0.0.1", 3000
DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")
IN_PASSWORD = "in a password, write @ / # ? as %40 %2F %23 %3F"  # noqa: S105 - words
MEMBER_ID = re.compile(r"[UW][A-Z0-9]{5,}")
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{5,}")
NO_WAY_IN = "Set SLACK_APP_TOKEN (Socket Mode, the simplest) or SLACK_SIGNING_SECRET (signed HTTP)."
TWO_WAYS_IN = "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set; keep one of them."

Value = TypeVar("Value")
Default = TypeVar("Default")


class SettingsError(Exception):
    """The environment cannot be used; `problems` are sentences, one for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. With `app_token` it is Socket Mode, else signed HTTP.

    There is a bot token for each workspace.
    """

    bot_tokens: tuple[str, ...] = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = SLACK_API_URL
    database_url: str = field(default=DATABASE_URL, repr=False)
    host: str = HOST
    port: int = PORT
    owners: tuple[str, ...] = ()
    zone: str | None = None
    country: str | None = None
    channel: str | None = None


def read(environ: Mapping[str, str], needs_way_in: bool = True) -> Settings:
    """Return the settings; raises SettingsError that names every problem.

    Timers alone need no way in for what people say.
    """
    known = _Reader(environ)
    settings = Settings(
        bot_tokens=known.value("SLACK_BOT_TOKEN", _bot_tokens, ()),
        app_token=known.value("SLACK_APP_TOKEN", _app_token, None),
        signing_secret=known.value("SLACK_SIGNING_SECRET", str, None),
        api_url=known.value("SLACK_API_URL", _web_address, SLACK_API_URL),
        database_url=known.value("DATABASE_URL", _database, DATABASE_URL),
        host=known.value("HOST", str, HOST),
        port=known.value("PORT", _port, PORT),
        owners=known.value("RAPPORT_OWNERS", _owners, ()),
        zone=known.value("RAPPORT_TIMEZONE", _zone, None),
        country=known.value("RAPPORT_COUNTRY", _country, None),
        channel=known.value("RAPPORT_CHANNEL", _channel, None),
    )
    known.refuse(known.problems + _missing(known.given, needs_way_in))
    return settings


def database_url(environ: Mapping[str, str]) -> str:
    """Return the database's address alone, for work that needs no Slack; raises SettingsError."""
    known = _Reader(environ)
    url = known.value("DATABASE_URL", _database, DATABASE_URL)
    known.refuse(known.problems)
    return url


def owners(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return RAPPORT_OWNERS alone; raises SettingsError."""
    known = _Reader(environ)
    found = known.value("RAPPORT_OWNERS", _owners, ())
    known.refuse(known.problems)
    return found


class _Reader:
    """Reads variables, each also from the file that NAME_FILE names, and collects problems."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.given: set[str] = set()
        self.problems: list[str] = []

    def value(self, name: str, parse: Callable[[str], Value], default: Default) -> Value | Default:
        text = self._text(name)
        if not text:
            return default
        self.given.add(name)
        try:
            return parse(text)
        except ValueError as error:
            self.problems.append(f"{name} {error}.")
            return default

    def refuse(self, problems: list[str]) -> None:
        if problems:
            raise SettingsError(problems)

    def _text(self, name: str) -> str:
        text, path = (self.environ.get(key, "").strip() for key in (name, f"{name}_FILE"))
        if text and path:
            self.problems.append(f"{name} and {name}_FILE are both set; keep one of them.")
        return text or (self._file(name, path) if path else "")

    def _file(self, name: str, path: str) -> str:
        try:
            text = Path(path).read_text().strip()
        except (OSError, ValueError) as error:
            self.given.add(name)
            self.problems.append(f"{name}_FILE cannot be read ({type(error).__name__}).")
            return ""
        if not text:
            self.problems.append(f"{name}_FILE names a file that is empty.")
        return text


def _missing(given: set[str], needs_way_in: bool) -> list[str]:
    missing = [] if "SLACK_BOT_TOKEN" in given else ["SLACK_BOT_TOKEN is missing (xoxb-...)."]
    if not needs_way_in:
        return missing
    ways = given & {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}
    return missing + {0: [NO_WAY_IN], 1: [], 2: [TWO_WAYS_IN]}[len(ways)]


def _prefixed(text: str, prefix: str) -> str:
    # The text itself is a secret, so it is not repeated.
    if not text.startswith(prefix) or not text.isprintable() or " " in text:
        raise ValueError(f"must be one word that begins with {prefix}")
    return text


def _bot_tokens(text: str) -> tuple[str, ...]:
    """One for each workspace; the same one twice is one."""
    return tuple(dict.fromkeys(_prefixed(one, "xoxb-") for one in re.split(r"[\s,]+", text) if one))


def _app_token(text: str) -> str:
    return _prefixed(text, "xapp-")


def _web_address(text: str) -> str:
    if not re.match(r"https?://[^\s/]+", text):
        raise ValueError("must be a web address (https://...)")
    return text


def _database(text: str) -> str:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it is what checks it
        user, at, _ = parts.netloc.rpartition("@")
    except ValueError:
        raise ValueError(f"must have a port that is a number ({IN_PASSWORD})") from None
    if at and "@" in user:
        # The driver would take half of the password for the host, and name it in its errors.
        raise ValueError(f"must have one @ before the host ({IN_PASSWORD})")
    if parts.scheme not in DATABASES or not text.startswith(f"{parts.scheme}://"):
        raise ValueError("must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
    return text


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 5 or int(text) > 65535:
        raise ValueError("must be a number from 0 to 65535")
    return int(text)


def _owners(text: str) -> tuple[str, ...]:
    ids = tuple(re.split(r"[\s,;]+", text.strip(" ,;")))
    wrong = [one for one in ids if not MEMBER_ID.fullmatch(one)]
    if wrong:
        raise ValueError(f"must be Slack member ids such as U012AB3CD, not {', '.join(wrong)}")
    return ids


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"must be a time zone such as America/Chicago, not {text}") from None


def _country(text: str) -> str:
    code = text.upper()
    try:
        WorkCalendar(code)
    except UserError:
        raise ValueError(f"must be the two letters of a country such as US, not {text}") from None
    return code


def _channel(text: str) -> str:
    if not CHANNEL_ID.fullmatch(text):
        raise ValueError("must be a channel's id such as C012AB3CD (see the channel's details)")
    return text
