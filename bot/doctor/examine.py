"""The examination: one check after the other, each told what the ones before found out."""

from collections.abc import Iterator, Mapping

from bot.doctor import here, there
from bot.doctor.finding import Finding, not_tried
from bot.doctor.rehearsal import sample_home, samples
from bot.domain.clock import SystemClock
from bot.settings import Settings
from bot.slack.trial import Trial

SETTINGS_FIRST = "not tried: mend the settings first"
TOKEN_FIRST = "not tried: mend the bot token first"  # noqa: S105 - words
ZONES_FIRST = "not tried: mend the time zones first"
REHEARSED = ("messages", "forms", "home")
WITH_TOKEN = ("scopes", "owners", "channel", *REHEARSED)


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a line for each check. Nothing is posted or changed, and no secret is shown."""
    settings, findings = here.read(environ)
    yield from findings
    database = here.database(environ)
    yield database
    zones = here.time_zones()
    yield zones
    if settings is None:
        yield not_tried("Slack", SETTINGS_FIRST)
        return
    yield from _in_slack(settings, here.is_usable(database), not zones.is_wrong)


def _in_slack(settings: Settings, has_database: bool, has_zones: bool) -> Iterator[Finding]:
    yield from there.ways_in(settings.app_token, settings.api_url)
    for token in settings.bot_tokens:
        yield from _in_workspace(settings, token, has_database, has_zones)


def _in_workspace(
    settings: Settings, token: str, has_database: bool, has_zones: bool
) -> Iterator[Finding]:
    trial = Trial(token, settings.api_url)
    heard = trial.ask("auth.test")
    yield there.token(heard)
    if heard.error:
        yield from (not_tried(name, TOKEN_FIRST) for name in WITH_TOKEN)
        return
    yield there.scopes(heard)
    yield there.clock(heard, SystemClock().now())
    team = str(heard.data.get("team_id", ""))
    owners, channel = here.kept(settings.database_url, team, has_database)
    is_only = len(settings.bot_tokens) == 1
    named = settings.owners if is_only else there.known(trial, settings.owners)
    yield there.owners(trial, named, owners)
    yield there.channel(trial, channel or (settings.channel if is_only else None))
    yield from _rehearsed(trial) if has_zones else _not_rehearsed()


def _rehearsed(trial: Trial) -> Iterator[Finding]:
    yield there.messages(trial, samples())
    yield there.forms(trial)
    yield there.home(trial, sample_home())


def _not_rehearsed() -> Iterator[Finding]:
    return (not_tried(name, ZONES_FIRST) for name in REHEARSED)
