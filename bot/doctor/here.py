"""What this machine has: settings, a database, time zones."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import settings as environment
from bot.doctor.finding import Finding, not_tried, ok, wrong
from bot.domain.member import OWNER
from bot.errors import NotSaved, UserError
from bot.settings import Settings, SettingsError
from bot.store import Store, connect, workspace
from bot.store.health import CURRENT, examine

SEE_README = "See Settings in README.md."
DATABASE_TODO = (
    "Is DATABASE_URL right, is the server up, and may this account write there and make tables?"
)
ZONES_TODO = "Install them: pip install tzdata (or your system's tzdata package)."
# Zones with summer time, of which a half-installed system lacks one or the other.
ZONES = ("America/New_York", "America/Los_Angeles", "Europe/London")
WINTER, SUMMER = datetime(2027, 1, 15, tzinfo=UTC), datetime(2027, 7, 15, tzinfo=UTC)


def read(environ: Mapping[str, str]) -> tuple[Settings | None, list[Finding]]:
    """Return the settings, None when they cannot be used, and a line for each problem."""
    try:
        found = environment.read(environ)
    except SettingsError as error:
        return None, [wrong("settings", problem, SEE_README) for problem in error.problems]
    way = "Socket Mode" if found.app_token else "signed HTTP"
    return found, [ok("settings", f"complete; the bot will be reached by {way}")]


def database(environ: Mapping[str, str]) -> Finding:
    """Whether the database can be reached and written, and its version."""
    try:
        return ok("database", examine(environment.database_url(environ)))
    except SettingsError:
        return not_tried("database", "not tried: DATABASE_URL cannot be used")
    except UserError as error:
        return wrong("database", str(error), DATABASE_TODO)


def time_zones() -> Finding:
    """Whether the machine knows the world's time zones, summer time included."""
    lacking = [name for name in ZONES if not _has_summer(name)]
    if lacking:
        return wrong("time zones", f"not known here: {', '.join(lacking)}", ZONES_TODO)
    return ok("time zones", "known, with their summer time")


def kept(url: str, team: str, is_usable: bool) -> tuple[list[str], str | None]:
    """Return the owners and the channel that the database knows, if it can be asked."""
    if not is_usable:
        return [], None
    engine = connect(url)
    try:
        with Store(engine).read(team) as tx:
            if team not in workspace.ids(tx.connection):
                return [], None
            owners = [one.member for one in workspace.people(tx, OWNER)]
            return owners, workspace.get(tx).channel
    except NotSaved:
        return [], None
    finally:
        engine.dispose()


def is_usable(found: Finding) -> bool:
    """Whether the database can be read by this release."""
    return found.said.endswith(CURRENT)


def _has_summer(name: str) -> bool:
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return WINTER.astimezone(zone).utcoffset() != SUMMER.astimezone(zone).utcoffset()
