"""Who asks, when, and what a subcommand is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.member import FORGOTTEN, Member, Workspace, calendar_of
from bot.domain.message import Message
from bot.domain.messenger import Messenger
from bot.domain.when import WorkCalendar, local_day
from bot.errors import SlackError, UserError
from bot.store import Store, workspace
from bot.store.profile import take_in

NOT_FOR_GUESTS = (
    "Sorry, Rapport is for the practice's own team. Please ask somebody on the team to do this."
)

NOT_KNOWN = "Slack didn't tell me who you are just now. Nothing was saved; please try again."


@dataclass(frozen=True, slots=True)
class Context:
    """What a command may reach: the database, and Slack for people's profiles."""

    store: Store
    messenger: Messenger


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that a person asked for at `now`.

    `key` is Slack's name of this very command or press: a change under it lands once. `text` is
    what was typed after `/partner`; `chosen` are the partners picked when it was ambiguous, and
    `is_confirmed` says that a doubtful day was confirmed, `is_cleared` that nothing in the text is
    about a patient. `stays_in_slack` is set for a message, which only its author can delete.
    `is_redrawn` is set for a press in a message that will be drawn anew to show
    what happened, `is_home` for one in Home, where the answer stands above all else.
    """

    member: Member
    settings: Workspace
    now: datetime
    key: str
    channel: str | None = None
    text: str = ""
    chosen: frozenset[int] = frozenset()
    is_confirmed: bool = False
    is_cleared: bool = False
    stays_in_slack: bool = False
    is_redrawn: bool = False
    is_home: bool = False

    @property
    def user(self) -> str:
        """The Slack user id of whoever asks."""
        return self.member.member

    @property
    def workspace(self) -> str:
        """The id of the Slack team."""
        return self.settings.id

    @property
    def today(self) -> date:
        """The day it is for whoever asks."""
        return local_day(self.now, self.member.zone or self.settings.zone)

    @property
    def calendar(self) -> WorkCalendar:
        """The working days of the practice."""
        return self.settings.calendar

    @property
    def own_calendar(self) -> WorkCalendar:
        """The working days of whoever asks."""
        return calendar_of(self.settings, self.member)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form to open in place of an answer.

    `prefill` is what stands in its fields; `about` are ids that come back with what is submitted.
    """

    name: str
    prefill: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


Reply = Message | OpenForm


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One thing that can be said after `/partner`.

    `usage` is what is typed after `/partner`, `help` one line about it. `is_public` commands
    answer for all to see, and may take longer than Slack waits for a reply. `taken_back` is what
    Undo calls the changes it makes, by their names in the audit.
    """

    name: str
    usage: str
    help: str
    run: Callable[[str, Request, Context], Reply]
    aliases: tuple[str, ...] = ()
    is_public: bool = False
    taken_back: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Press:
    """One button or menu: `run` gets what it carries.

    It answers with a message for whoever pressed or opens a form; None where the message it stands
    in will be drawn anew to show what happened. `taken_back` is what Undo calls the changes it
    makes, or a form that it opens, by their names in the audit.
    """

    action: str
    run: Callable[[str, Request, Context], Reply | None]
    taken_back: Mapping[str, str] = field(default_factory=dict)


def identify(
    context: Context, team: str, user: str, now: datetime, key: str, channel: str | None = None
) -> Request:
    """Return the request of a person; raises UserError for guests and people from outside."""
    with context.store.read(team) as tx:
        settings, member = workspace.get(tx), workspace.member(tx, user)
    if not member.has_fresh_profile(now):
        member = refresh(context, member, now)
    if member.is_barred or member.is_deactivated:
        raise UserError(NOT_FOR_GUESTS)
    if member.profile_at is None:
        raise UserError(NOT_KNOWN)
    return Request(member, settings, now, key, channel)


def refresh(context: Context, member: Member, now: datetime) -> Member:
    """Read a person's profile from Slack and keep it; an old one serves while Slack is away."""
    try:
        profile = context.messenger.profile(member.workspace, member.member)
    except SlackError:
        return member
    if profile is None:
        return member
    return take_in(context.store, member, profile, now)


def mention(user: str | None) -> str:
    """Return how a person is named in a message."""
    if user == FORGOTTEN:
        return "somebody no longer here"
    return f"<@{user}>" if user else "nobody"
