"""Whose the bot tokens are: Slack is asked, and each workspace joins as soon as it is known."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import cache
from threading import Event, Thread
from typing import Any

from bot.domain.clock import Clock
from bot.domain.member import Workspace
from bot.errors import NotSaved, SlackError
from bot.run.ends import FIRST_WAIT, Stopped, Unusable, patiently
from bot.settings import Settings
from bot.slack.messenger import SlackMessenger
from bot.slack.mrkdwn import Json
from bot.slack.tokens import Tokens
from bot.slack.web import TOKEN_ERRORS, Web, web_client
from bot.store import Store, workspace
from jobs.welcome import greet

log = logging.getLogger(__name__)

BOT_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 - a name
ASKED_AT_ONCE = 8


class RollCall:
    """Asks Slack whose each token is, until all are known; those of `left` are not yet.

    A token that is refused, or whose workspace does not answer, holds up no other.
    """

    def __init__(self, settings: Settings, store: Store, clock: Clock, stop: Event) -> None:
        self.settings, self.store, self.clock, self.stop = settings, store, clock, stop
        self.tokens = Tokens()
        self.left = settings.bot_tokens

    def unknown(self) -> int:
        """Return how many tokens were not taken yet."""
        return len(self.left)

    def begin(self) -> None:
        """Return once a workspace is known; the others join while the bot runs.

        Raises Unusable when there is one token only and Slack refuses it, and Stopped.
        """
        patiently(self._ask_for_the_first, self.stop)
        if self.left:
            Thread(target=self._ask_for_the_rest, name="roll-call", daemon=True).start()

    def trouble(self) -> str | None:
        """Return why Slack does nothing for us, or None; a token it refused is tried anew."""
        if self.tokens.refused():
            team = next(iter(self.tokens))
            with suppress(SlackError):
                _asked(self.settings, self.tokens.of(team))
                self.tokens.note(team, "ok")
        reason = self.tokens.refused()
        return f"Slack refuses the bot's token ({reason})" if reason else None

    def _ask_for_the_first(self, wait: float) -> Tokens | None:
        self._round(wait)
        return self.tokens if len(self.tokens) else None

    def _ask_for_the_rest(self) -> None:
        if self.stop.wait(FIRST_WAIT):
            return
        try:
            patiently(lambda wait: self._round(wait) or None, self.stop)
        except Stopped:
            return

    def _round(self, wait: float) -> bool:
        """Ask for all that are left; True when none is left."""
        with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
            reasons = list(pool.map(self._reason, self.left))
        for token, reason in zip(self.left, reasons, strict=True):
            self._tell(token, reason, wait)
        both = zip(self.left, reasons, strict=True)
        self.left = tuple(token for token, reason in both if reason)
        return not self.left

    def _reason(self, token: str) -> str | None:
        """Have the workspace of a token join; return why it could not."""
        try:
            self._join(token, _asked(self.settings, token))
        except SlackError as error:
            return error.reason
        except NotSaved:
            return "not_saved"
        return None

    def _join(self, token: str, identity: Json) -> None:
        now = self.clock.now()
        found = _found(self.settings, self.store, identity, now)
        with self.store.change(found.id, now, "environment") as change:
            workspace.heed(change, _given(self.settings))
        owners = self._owners(found, token)
        with self.store.begin() as connection:
            workspace.make_owners(connection, found.id, owners)
        if not greet(self.store, found.id, owners, now):
            log.warning(
                "nobody is an owner yet in %s: set RAPPORT_OWNERS to a Slack member id", found.id
            )
        if not self.tokens.add(found.id, token):
            log.warning("%s names two tokens of %s; the first is used", BOT_TOKEN, found.id)

    def _owners(self, found: Workspace, token: str) -> list[str]:
        """The owners that the environment names, unless owners have decided since who they are."""
        if "owners" in found.policy.decided:
            return []
        return [one for one in self.settings.owners if self._is_there(found.id, token, one)]

    def _is_there(self, team: str, token: str, user: str) -> bool:
        """Whether an owner is of this workspace; with one token there is no other."""
        if len(self.settings.bot_tokens) == 1:
            return True
        profile = _messenger(self.settings, team, token).profile(team, user)
        return profile is not None and not profile.is_outsider

    def _tell(self, token: str, reason: str | None, wait: float) -> None:
        if reason is None:
            return
        known = self.settings.bot_tokens
        which = f" ({known.index(token) + 1} of {len(known)})" if len(known) > 1 else ""
        if reason not in TOKEN_ERRORS:
            log.warning("Slack cannot be reached (%s)%s; again in %.0f s", reason, which, wait)
            return
        if not which:
            raise Unusable(f"Slack refuses {BOT_TOKEN}: {reason}.")
        log.error("Slack refuses %s%s: %s; again in %.0f s", BOT_TOKEN, which, reason, wait)


def workspaces_of(settings: Settings, store: Store, now: datetime) -> list[Workspace]:
    """Return the workspaces of the bot tokens, made where they are new.

    Raises Unusable when Slack refuses a token or cannot be reached.
    """
    try:
        identities = [_asked(settings, token) for token in settings.bot_tokens]
    except SlackError as error:
        raise Unusable(f"Slack did not say whose {BOT_TOKEN} this is: {error.reason}.") from None
    return [_found(settings, store, identity, now) for identity in identities]


def find_by_email(settings: Settings, team: str) -> Callable[[str], str | None]:
    """Return a way to ask Slack for people by their address; it may raise SlackError."""

    @cache
    def messenger() -> SlackMessenger:
        return SlackMessenger(_known(settings), settings.api_url)

    return lambda email: messenger().by_email(team, email)


def _known(settings: Settings) -> Tokens:
    tokens = Tokens()
    for token in settings.bot_tokens:
        tokens.add(_asked(settings, token)["team_id"], token)
    return tokens


def _messenger(settings: Settings, team: str, token: str) -> SlackMessenger:
    tokens = Tokens()
    tokens.add(team, token)
    return SlackMessenger(tokens, settings.api_url)


def _asked(settings: Settings, token: str) -> Json:
    return Web(web_client(token, settings.api_url)).write("auth.test")


def _found(settings: Settings, store: Store, identity: Json, now: datetime) -> Workspace:
    with store.begin() as connection:
        return workspace.found(connection, _defaults(settings, identity), now)


def _defaults(settings: Settings, identity: Json) -> Workspace:
    given: dict[str, Any] = _given(settings)
    return Workspace(
        id=identity["team_id"],
        name=identity.get("team", ""),
        bot_user=identity.get("user_id"),
        **given,
    )


def _given(settings: Settings) -> dict[str, str]:
    """What the environment says of a workspace."""
    # A channel belongs to one workspace, and nobody said to which.
    channel = settings.channel if len(settings.bot_tokens) == 1 else None
    named = {"zone": settings.zone, "country": settings.country, "channel": channel}
    return {name: value for name, value in named.items() if value}
