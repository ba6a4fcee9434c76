"""The Messenger of the domain, over Slack's Web API."""

import secrets
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.digest import GONE, NOT_A_MEMBER, SHARED, is_channel
from bot.domain.member import Profile, Span
from bot.domain.message import Message
from bot.domain.messenger import Sent
from bot.errors import Permanent, Retryable, SlackError
from bot.slack import blocks, limits
from bot.slack.absence import back_on, undisturbed
from bot.slack.channels import Channels
from bot.slack.mrkdwn import Json, cut
from bot.slack.pace import Pace
from bot.slack.tokens import Tokens
from bot.slack.web import DEFAULT_API_URL, JOB_TIMEOUT, Heard, Web, unheard, web_client
from bot.store import Store

# Asked for, but whoever installs the app may leave it out.
DND_SCOPE = "dnd:read"
# https://docs.slack.dev/reference/methods/dnd.teamInfo: so many in a call, 20 calls a minute.
DND_AT_ONCE = 50
DND_EVERY = timedelta(minutes=15)
DELIVERY = "rapport_delivery"
NEWEST = 100
UNKNOWN_PEOPLE = frozenset({"user_not_found", "users_not_found", "user_not_visible"})
BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})


class SlackMessenger:
    """Talks to people, each call at most once; see `bot.slack.web` for what its errors mean."""

    def __init__(
        self,
        tokens: Tokens,
        api_url: str = DEFAULT_API_URL,
        timeout: int = JOB_TIMEOUT,
        heard: Heard = unheard,
        pace: Pace | None = None,
        store: Store | None = None,
    ) -> None:
        self._pace = Pace() if pace is None else pace
        self._tokens, self._api_url, self._timeout, self._heard = tokens, api_url, timeout, heard
        self._webs: dict[str, Web] = {}
        self._channels = Channels(store)
        self._asked: dict[str, dict[str, datetime]] = {}

    def _web(self, workspace: str) -> Web:
        """Each workspace has a line of its own, so that no one's limits hold up another."""
        if workspace not in self._webs:
            client = web_client(self._tokens.of(workspace), self._api_url, self._timeout)
            resting, heard = self._pace.resting(workspace), partial(self._note, workspace)
            self._webs.setdefault(workspace, Web(client, heard, resting))
        return self._webs[workspace]

    def _note(self, workspace: str, method: str, result: str, seconds: float) -> None:
        self._tokens.note(workspace, result)
        self._heard(method, result, seconds)

    def profile(self, workspace: str, member: str) -> Profile | None:
        """Return what Slack says of a person, or None when it knows nobody by that id."""
        try:
            answer = self._web(workspace).read("users.info", user=member)
        except Permanent as error:
            if error.reason in UNKNOWN_PEOPLE:
                return None
            raise
        found = _profile(answer["user"], workspace)
        return replace(found, undisturbed=self._undisturbed(workspace, member))

    def _undisturbed(self, workspace: str, member: str) -> Span | None:
        """Ask for somebody's do-not-disturb time, where the workspace lets us see it."""
        web = self._web(workspace)
        if DND_SCOPE not in web.granted:
            return None
        try:
            return undisturbed(web.read("dnd.info", user=member))
        except SlackError:
            return None

    def undisturbed(
        self, workspace: str, members: Collection[str], now: datetime
    ) -> Mapping[str, Span | None]:
        """Ask for do-not-disturb times, at most so often; nobody's where Slack does not tell."""
        web, asked = self._web(workspace), self._asked.setdefault(workspace, {})
        if DND_SCOPE not in web.granted:
            return {}
        due = [one for one in members if one not in asked or abs(now - asked[one]) >= DND_EVERY]
        found: dict[str, Span | None] = {}
        for start in range(0, len(due), DND_AT_ONCE):
            some = due[start : start + DND_AT_ONCE]
            try:
                answer = web.read("dnd.teamInfo", users=",".join(some))
            except SlackError:
                break
            asked.update(dict.fromkeys(some, now))
            told = answer.get("users") or {}
            found |= {one: undisturbed(told[one]) for one in some if one in told}
        return found

    def send(self, workspace: str, member: str, message: Message, delivery_id: str) -> Sent:
        """Post to the person's direct messages, in plainer blocks where these are refused."""
        channel = self._channel(workspace, member)
        try:
            answer = self._say(
                workspace,
                "chat.postMessage",
                blocks.rungs(message),
                channel=channel,
                metadata=_mark(delivery_id),
                unfurl_links=False,
                unfurl_media=False,
            )
        except Permanent:
            self._channels.forget(workspace, member)
            raise
        return _sent(channel, answer["ts"], answer.get("message"))

    def find(self, workspace: str, member: str, delivery_id: str) -> Sent | None:
        """Look among the newest direct messages for the one marked with `delivery_id`.

        Raises Permanent for a channel: reading those takes a scope that we do not ask for.
        """
        if is_channel(member):
            raise Permanent("unreadable_channel")
        channel = self._channel(workspace, member)
        place = {"channel": channel, "limit": NEWEST, "include_all_metadata": True}
        try:
            answer = self._web(workspace).read("conversations.history", **place)
        except Permanent:
            self._channels.forget(workspace, member)
            raise
        for message in answer.get("messages", ()):
            if message.get("metadata", {}).get("event_payload", {}).get("id") == delivery_id:
                return _sent(channel, message["ts"], message)
        return None

    def edit(self, workspace: str, sent: Sent, message: Message, delivery_id: str) -> None:
        """Replace a message that was sent."""
        mark = secrets.token_hex(4)
        rungs = [blocks.with_empty_menus(rung, mark) for rung in blocks.rungs(message)]
        shown = [_as_update(rung) for rung in rungs]
        self._say(
            workspace,
            "chat.update",
            shown,
            channel=sent.channel,
            ts=sent.ts,
            metadata=_mark(delivery_id),
        )

    def by_email(self, workspace: str, email: str) -> str | None:
        """Return the user id of the person with that address, or None."""
        try:
            answer = self._web(workspace).read("users.lookupByEmail", email=email)
        except Permanent:
            return None
        return str(answer["user"]["id"])

    def obstacle(self, workspace: str, channel: str) -> str | None:
        """Return why figures are not to be posted in a channel, or None."""
        try:
            answer = self._web(workspace).read("conversations.info", channel=channel)
        except Permanent as error:
            if error.reason != "channel_not_found":
                raise
            return GONE
        found = answer.get("channel", {})
        if found.get("is_archived"):
            return GONE
        if found.get("is_ext_shared") or found.get("is_pending_ext_shared"):
            return SHARED
        return None if found.get("is_member") else NOT_A_MEMBER

    def is_shared(self, workspace: str, channel: str) -> bool | None:
        """Whether people from outside read a channel; None when that cannot be found out."""
        try:
            answer = self._web(workspace).read("conversations.info", channel=channel)
        except SlackError:
            return None
        found = answer.get("channel", {})
        return bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))

    def open_view(self, workspace: str, trigger_id: str, view: Json) -> None:
        """Open a form for whoever just typed or pressed."""
        self._web(workspace).write("views.open", trigger_id=trigger_id, view=view)

    def publish(self, workspace: str, member: str, view: Json, hash_: str | None) -> str:
        """Put a view in a person's Home and return the hash that names it.

        With `hash_`, Slack refuses it (`hash_conflict`) when another view stands there by now.
        """
        known = {"hash": hash_} if hash_ else {}
        view = blocks.with_empty_menus(view, secrets.token_hex(4))
        answer = self._web(workspace).write("views.publish", user_id=member, view=view, **known)
        return str((answer.get("view") or {}).get("hash") or "")

    def _channel(self, workspace: str, member: str) -> str:
        if is_channel(member):
            return member
        return self._channels.of(workspace, member, partial(self._open, workspace, member))

    def _open(self, workspace: str, member: str) -> str:
        answer = self._web(workspace).write("conversations.open", users=member)
        return str(answer["channel"]["id"])

    def _say(
        self, workspace: str, method: str, rungs: list[Json], channel: str, **rest: object
    ) -> Json:
        if wait := self._pace.turn(workspace, channel, time.monotonic()):
            raise Retryable("paced", after=wait)
        place = {"channel": channel, **rest}
        *richer, plainest = rungs
        for rung in richer:
            try:
                return self._web(workspace).write(method, **rung, **place)
            except Permanent as error:
                if error.reason not in BLOCKS_REFUSED:
                    raise
        return self._web(workspace).write(method, **plainest, **place)


def _mark(delivery_id: str) -> Json:
    """An opaque id and nothing else: any app in the workspace can read it."""
    return {"event_type": DELIVERY, "event_payload": {"id": delivery_id}}


def _as_update(rung: Json) -> Json:
    """Without `blocks` an update may leave the old ones standing."""
    return {"blocks": [], **rung, "text": cut(rung["text"], limits.UPDATE_TEXT)}


def _sent(channel: str, ts: str, message: Json | None) -> Sent:
    return Sent(channel, ts, blocks.reminder_ids((message or {}).get("blocks") or ()))


def _profile(user: Json, workspace: str) -> Profile:
    about = user.get("profile") or {}
    teams = {user.get("team_id"), *(user.get("enterprise_user") or {}).get("teams", ())}
    is_bot = bool(user.get("is_bot"))
    name = about.get("real_name") or about.get("display_name") or user.get("name") or user["id"]
    return Profile(
        name=name,
        zone=None if is_bot else user.get("tz"),
        email=about.get("email"),
        is_deactivated=bool(user.get("deleted")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_outsider=bool(user.get("is_stranger") or workspace not in teams),
        is_bot=is_bot,
        back_on=back_on(about, user.get("tz")),
    )
