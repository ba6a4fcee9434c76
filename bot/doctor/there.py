"""What Slack says: whose the tokens are, what they may do, who is there."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.doctor.finding import Finding, not_tried, ok, wrong
from bot.doctor.rehearsal import Sample
from bot.doctor.remedy import APP_TOKEN, BOT_TOKEN, PAGE, remedy
from bot.domain.message import Message
from bot.domain.words import count_words, list_words
from bot.slack.forms import FORMS
from bot.slack.trial import Heard, Trial, opens, with_blocks

# The scopes of manifest.yml.
SCOPES = frozenset(
    {
        *("commands", "chat:write", "im:write", "im:history", "users:read", "users:read.email"),
        *("channels:read", "groups:read", "im:read", "mpim:read"),
    }
)
OPTIONAL = frozenset({"dnd:read"})
# Slack's requests are refused as old beyond this, and reminders would come at the wrong time.
CLOCK_SECONDS = 60
SHARED = ("is_ext_shared", "is_pending_ext_shared")
OWNERS_TODO = "Set RAPPORT_OWNERS to the Slack member id of whoever runs the programme."
INVITE = "In that channel, type /invite @Rapport."
NO_CHECK = "this Slack does not offer to check blocks"
NO_METHOD = frozenset({"unknown_method", "method_deprecated"})


def token(heard: Heard) -> Finding:
    """Whether the bot token is taken, and for which workspace."""
    if heard.error:
        why = _why(heard)
        return wrong("bot token", f"Slack says {why}", remedy(heard.error, BOT_TOKEN))
    team, team_id, user = (heard.data.get(key, "?") for key in ("team", "team_id", "user"))
    return ok("bot token", f"taken by {team} ({team_id}), where the bot is called {user}")


def scopes(heard: Heard) -> Finding:
    """Whether the token may do all that the manifest asks for."""
    if heard.scopes is None:
        return not_tried("scopes", "Slack did not say what the token may do")
    missing, more = sorted(SCOPES - heard.scopes), sorted(heard.scopes - SCOPES - OPTIONAL)
    if missing:
        todo = f"Paste manifest.yml again at {PAGE}, App Manifest, save, and reinstall the app."
        return wrong("scopes", f"missing: {', '.join(missing)}", todo)
    also = f"; more than is needed: {', '.join(more)}" if more else ""
    return ok("scopes", f"all {len(SCOPES)} of the manifest{also}")


def clock(heard: Heard, now: datetime) -> Finding:
    """Whether this machine's clock agrees with Slack's."""
    if heard.at is None:
        return not_tried("clock", "Slack did not say what time it is")
    apart = abs((now - heard.at).total_seconds())
    if apart > CLOCK_SECONDS:
        said = f"{apart:,.0f} seconds from Slack's"
        return wrong("clock", said, "Set the clock, and keep it right (systemd-timesyncd, chrony).")
    return ok("clock", "agrees with Slack's")


def ways_in(app_token: str | None, api_url: str) -> Iterable[Finding]:
    """Whether Slack can reach the bot: by a socket that opens; signed HTTP only Slack can try."""
    if app_token is None:
        yield not_tried("signed HTTP", "only Slack can try the address that it was given")
        return
    heard = Trial(app_token, api_url).ask("apps.connections.open")
    if heard.error:
        yield wrong("app token", f"Slack says {_why(heard)}", remedy(heard.error, APP_TOKEN))
        yield not_tried("socket", "not tried without an app-level token")
        return
    yield ok("app token", "taken")
    yield _socket(str(heard.data.get("url", "")))


def owners(trial: Trial, named: Sequence[str], known: Sequence[str]) -> Finding:
    """Whether there is an owner, and Slack knows all who were named."""
    if not named:
        if known:
            return ok("owners", f"{count_words(len(known), 'owner')} in the database")
        return wrong("owners", "nobody is an owner", OWNERS_TODO)
    unfit = [
        f"{one} ({why})" for one in named if (why := _unfit(trial.ask("users.info", user=one)))
    ]
    if unfit:
        return wrong("owners", list_words(unfit), OWNERS_TODO)
    return ok("owners", f"{list_words(named)} known")


def known(trial: Trial, named: Sequence[str]) -> tuple[str, ...]:
    """Return those of the owners that were named whom this one of several workspaces knows."""
    return tuple(one for one in named if not trial.ask("users.info", user=one).error)


def channel(trial: Trial, named: str | None) -> Finding:
    """Whether the team channel is there, has the bot in it, and nobody from outside."""
    if named is None:
        return not_tried("channel", "none is set; figures go where they are asked for")
    heard = trial.ask("conversations.info", channel=named)
    if heard.error == "channel_not_found":
        return wrong("channel", f"{named} is not there for the bot", INVITE)
    if heard.error:
        return wrong("channel", f"Slack says {_why(heard)}", remedy(heard.error))
    about = heard.data.get("channel", {})
    if about.get("is_archived"):
        return wrong("channel", f"{named} is archived", "Set RAPPORT_CHANNEL to another one.")
    if any(about.get(key) for key in SHARED):
        todo = "Set RAPPORT_CHANNEL to a channel of the team's own."
        return wrong("channel", f"{named} is shared with people from outside", todo)
    if not about.get("is_member"):
        return wrong("channel", f"the bot is not in {named}", INVITE)
    return ok("channel", f"{named}, and the bot is in it")


def messages(trial: Trial, samples: Iterable[Sample]) -> Finding:
    """Whether Slack would take one of each message; nothing is posted."""
    plainer, tried = [], 0
    for name, message in samples:
        rungs = with_blocks(message)
        rung, heard = trial.takes(rungs)
        if heard.error in NO_METHOD:
            return not_tried("messages", NO_CHECK)
        if heard.error and rung < len(rungs):
            return not_tried("messages", f"{tried} are fine, then Slack said {_why(heard)}")
        if heard.error:
            todo = "Please report this line; the bot will write without buttons."
            return wrong("messages", f"{name}: {_first_problem(heard)}", todo)
        plainer += [name] if rung else []
        tried += 1
    also = f"; in plainer blocks: {', '.join(plainer)}" if plainer else ""
    return ok("messages", f"{count_words(tried, 'sort')} of message would be taken{also}")


def forms(trial: Trial) -> Finding:
    """Whether Slack would take each form; nothing is opened."""
    for tried, name in enumerate(FORMS):
        heard = trial.takes_form(name)
        if heard.error in NO_METHOD:
            return not_tried("forms", NO_CHECK)
        if heard.error == "invalid_view":
            todo = "Please report this line; the form will not open."
            return wrong("forms", f"{name}: {_first_problem(heard)}", todo)
        if heard.error:
            return not_tried("forms", f"{tried} are fine, then Slack said {_why(heard)}")
    return ok("forms", f"all {len(FORMS)} would be taken")


def home(trial: Trial, sample: Message) -> Finding:
    """Whether Slack would take a Home; nothing is published."""
    heard = trial.takes_home(sample)
    if heard.error in NO_METHOD:
        return not_tried("home", NO_CHECK)
    if heard.error == "invalid_view":
        todo = "Please report this line; Home will be drawn as text."
        return wrong("home", _first_problem(heard), todo)
    if heard.error:
        return not_tried("home", f"Slack said {_why(heard)}")
    return ok("home", "would be taken")


def _socket(url: str) -> Finding:
    if opens(url):
        return ok("socket", "opens")
    todo = "A firewall or proxy may stop web sockets: let this machine out to *.slack.com, 443."
    return wrong("socket", "does not open", todo)


def _unfit(heard: Heard) -> str | None:
    """Why somebody cannot be an owner, or None."""
    if heard.error:
        return _why(heard)
    about = heard.data.get("user", {})
    reasons = {
        "deleted": "deactivated",
        "is_bot": "a bot",
        "is_restricted": "a guest",
        "is_ultra_restricted": "a guest",
        "is_stranger": "from outside",
    }
    return next((why for key, why in reasons.items() if about.get(key)), None)


def _why(heard: Heard) -> str:
    cause = heard.data.get("why")
    return f"{heard.error} ({cause})" if cause else str(heard.error)


def _first_problem(heard: Heard) -> str:
    errors = heard.data.get("errors") or [{}]
    first = errors[0] if isinstance(errors[0], dict) else {}
    return f"{first.get('message', heard.error)} at {first.get('pointer', '?')}"
