"""What the workspace is made of: people, channels, messages, views, and what was sent."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Person:
    """A member of the workspace, a guest, a bot, or somebody from outside."""

    id: str
    name: str
    real_name: str
    team_id: str
    email: str = ""
    tz: str = "America/New_York"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0
    status_emoji: str = ""
    status_text: str = ""
    status_expiration: int = 0
    dnd: tuple[int, int] | None = None


@dataclass
class Channel:
    """A public or private channel, or a direct message between one person and the bot."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    created: int = 0


@dataclass
class Version:
    """What a message said before it was edited."""

    text: str
    blocks: list[Json]
    at: float


@dataclass
class Message:
    """A message; `visible_to` names the only reader of an ephemeral one.

    `values` is what stands in its menus and inputs, by block and action.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    visible_to: str | None = None
    by_bot: bool = False
    edited_ts: str | None = None
    deleted: bool = False
    history: list[Version] = field(default_factory=list)
    values: Json = field(default_factory=dict)

    @property
    def is_ephemeral(self) -> bool:
        return self.visible_to is not None


@dataclass
class View:
    """A modal or Home tab as it stands on one person's screen."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    trigger_id: str | None = None
    is_open: bool = True
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class Trigger:
    """The right to open one modal for a person, once and soon."""

    id: str
    user: str
    made_at: float
    used: bool = False
    view_id: str | None = None


@dataclass
class Hook:
    """A response_url: where answers to one interaction may be sent, and what came."""

    id: str
    user: str
    channel: str
    made_at: float
    original: Message | None = None
    uses: int = 0
    posts: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class Call:
    """A Web API call that came in, and what it was told (None: nothing arrived)."""

    method: str
    arguments: Json
    at: float
    answer: Json | None
    status: int = 200
    fault: str | None = None


@dataclass
class Delivery:
    """Something sent to the bot, and how it ended."""

    kind: str
    payload: Json
    at: float
    attempt: int = 0
    outcome: str = "under way"
    body: Any = None
