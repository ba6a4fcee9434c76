"""Workspaces and the people in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from dataclasses import fields as fields_of
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain import stored
from bot.domain.member import (
    DESK,
    LIAISON,
    MEMBER,
    OWNER,
    Member,
    Profile,
    Span,
    Workspace,
    calendar_of,
)
from bot.domain.policy import Policy
from bot.domain.preference import Preferences
from bot.domain.workday import WorkCalendar
from bot.store.among import among
from bot.store.schema import members, reminders, workspaces
from bot.store.transaction import Change, Tx, fields

# What stands beside the preferences of a person, from their profile.
_UNDISTURBED = "undisturbed"
# The columns of a person and of a workspace, what is kept as JSON last.
_MEMBER = [*fields(members, Member, but=("preferences", _UNDISTURBED)), members.c.preferences]
_WORKSPACE = [*fields(workspaces, Workspace, but=("policy",)), workspaces.c.settings]
# Made once, because nearly everything begins with them.
_GET = sa.select(*_WORKSPACE).where(workspaces.c.id == sa.bindparam("workspace"))
_SOME = sa.select(*_MEMBER).where(
    members.c.workspace == sa.bindparam("workspace"), among(members.c.member, sa.bindparam("users"))
)


def found(connection: sa.Connection, defaults: Workspace, now: datetime) -> Workspace:
    """Return the workspace of that id, made from `defaults` when it is new."""
    here = workspaces.c.id == defaults.id
    row = connection.execute(sa.select(*_WORKSPACE).where(here)).first()
    if row is None:
        values = {**asdict(defaults), "created_at": now, "settings": defaults.policy.stored}
        del values["policy"]
        connection.execute(sa.insert(workspaces).values(**values))
        return defaults
    return _workspace(row)


def ids(connection: sa.Connection) -> list[str]:
    """Return the ids of all workspaces, oldest first."""
    query = sa.select(workspaces.c.id).order_by(workspaces.c.created_at, workspaces.c.id)
    return list(connection.execute(query).scalars())


def get(tx: Tx) -> Workspace:
    """Return the settings of this workspace."""
    return _workspace(tx.connection.execute(_GET, {"workspace": tx.workspace}).one())


def lock(change: Change) -> None:
    """Keep others from changing the settings of this workspace until this transaction ends."""
    change.row(sa.select(workspaces.c.id).where(change.mine(workspaces)).with_for_update())


def member(tx: Tx, user: str) -> Member:
    """Return a person; one never seen before is a plain member without a profile."""
    here = sa.and_(tx.mine(members), members.c.member == user)
    row = tx.connection.execute(sa.select(*_MEMBER).where(here)).first()
    return _member(row) if row else Member(tx.workspace, user)


def some(tx: Tx, users: Collection[str]) -> dict[str, Member]:
    """Return people by user id; one never seen before is a plain member without a profile."""
    given = {"workspace": tx.workspace, "users": users}
    rows = tx.connection.execute(_SOME, given).all() if users else ()
    known = {row.member: _member(row) for row in rows}
    return known | {user: Member(tx.workspace, user) for user in users if user not in known}


def users(tx: Tx, ids: Collection[int]) -> set[str]:
    """Return the user ids of people by the ids of their rows."""
    here = sa.and_(tx.mine(members), members.c.id.in_(ids))
    return set(tx.connection.execute(sa.select(members.c.member).where(here)).scalars())


def recipients(tx: Tx) -> set[str]:
    """Return the user ids of everybody for whom something is open."""
    here = sa.and_(tx.mine(reminders), reminders.c.closed_at.is_(None))
    query = sa.select(reminders.c.recipient).where(here, reminders.c.recipient.is_not(None))
    return set(tx.connection.execute(query.distinct()).scalars())


def people(tx: Tx, role: str | None = None) -> list[Member]:
    """Return the people known here, by name; only those of a role when one is given."""
    query = sa.select(*_MEMBER).where(tx.mine(members)).order_by(members.c.name)
    if role:
        query = query.where(members.c.role == role)
    return [_member(row) for row in tx.connection.execute(query)]


def by_email(tx: Tx, email: str) -> str | None:
    """Return the user id of the person with that address."""
    here = sa.and_(tx.mine(members), sa.func.lower(members.c.email) == email.casefold())
    found_id = tx.scalar(sa.select(members.c.member).where(here))
    return str(found_id) if found_id else None


def save(connection: sa.Connection, workspace: str, user: str, **values: object) -> None:
    """Insert or update what is known of a person; not part of the audit."""
    here = sa.and_(members.c.workspace == workspace, members.c.member == user)
    if not connection.execute(sa.update(members).where(here).values(**values)).rowcount:
        connection.execute(sa.insert(members).values(workspace=workspace, member=user, **values))


def save_profile(
    connection: sa.Connection, workspace: str, user: str, profile: Profile, now: datetime
) -> None:
    """Keep what Slack says of a person."""
    save(
        connection,
        workspace,
        user,
        name=profile.name[:200],
        email=profile.email,
        zone=profile.zone,
        is_deactivated=profile.is_deactivated,
        is_barred=profile.is_guest or profile.is_outsider or profile.is_bot,
        profile_at=now,
    )
    keep_undisturbed(connection, workspace, {user: profile.undisturbed})


def keep_undisturbed(
    connection: sa.Connection, workspace: str, spans: Mapping[str, Span | None]
) -> None:
    """Keep Slack's do-not-disturb times beside what people who are known chose here."""
    for user in sorted(spans):
        _keep_undisturbed(connection, workspace, user, spans[user])


def _keep_undisturbed(
    connection: sa.Connection, workspace: str, user: str, span: Span | None
) -> None:
    here = sa.and_(members.c.workspace == workspace, members.c.member == user)
    query = sa.select(members.c.preferences).where(here).with_for_update()
    kept = connection.execute(query).scalar() or {}
    said = [one.isoformat() for one in span] if span else None
    if kept.get(_UNDISTURBED) == said:
        return
    others = {name: value for name, value in kept.items() if name != _UNDISTURBED}
    values = {**others, _UNDISTURBED: said} if said else others
    connection.execute(sa.update(members).where(here).values(preferences=values))


def make_owners(connection: sa.Connection, workspace: str, users: Collection[str]) -> None:
    """Give people the owner's role, without taking it from anybody."""
    for user in users:
        save(connection, workspace, user, role=OWNER)


def become_liaison(change: Change, user: str) -> None:
    """Note that a person looks after a partner; owners and the desk keep their role."""
    current = member(change, user)
    if current.role == MEMBER:
        save(change.connection, change.workspace, user, role=LIAISON)


def give_role(change: Change, user: str, role: str) -> None:
    """Change the role of a person who is known here."""
    here = sa.and_(change.mine(members), members.c.member == user)
    change.update(members, change.scalar(sa.select(members.c.id).where(here)), role=role)


def post_in(change: Change, channel: str) -> None:
    """Change the channel that the team reads."""
    save_policy(change, get(change).policy, channel=channel)


def desks(connection: sa.Connection) -> list[tuple[Member, WorkCalendar]]:
    """Return who knows when evaluations take place, of all workspaces, and when they work."""
    return _with_calendars(connection, members.c.role == DESK)


def looking_ahead(connection: sa.Connection) -> list[tuple[Member, WorkCalendar]]:
    """Return who wants to see the week ahead, of all workspaces, and when they work."""
    is_chosen = sa.cast(members.c.preferences, sa.Text).contains("is_week_ahead")
    found = _with_calendars(connection, is_chosen)
    return [(one, calendar) for one, calendar in found if one.preferences.is_week_ahead]


def _with_calendars(
    connection: sa.Connection, condition: sa.ColumnElement[bool]
) -> list[tuple[Member, WorkCalendar]]:
    known = sa.select(*_MEMBER).where(condition, members.c.zone.is_not(None))
    rows = connection.execute(known.order_by(members.c.workspace, members.c.id))
    people = [_member(row) for row in rows]
    here = workspaces.c.id.in_({one.workspace for one in people})
    found = connection.execute(sa.select(*_WORKSPACE).where(here))
    settings = {row.id: _workspace(row) for row in found}
    return [(one, calendar_of(settings[one.workspace], one)) for one in people]


def absent(connection: sa.Connection) -> list[tuple[Member, str]]:
    """Return whoever said that they are away, of all workspaces, and their practice's zone."""
    kept = sa.cast(members.c.preferences, sa.Text)
    query = (
        sa.select(workspaces.c.zone, *_MEMBER)
        .join(workspaces, workspaces.c.id == members.c.workspace)
        .where(kept.contains("away_until"))
    )
    found = [(_member(one), str(zone)) for zone, *one in connection.execute(query)]
    return [(one, zone) for one, zone in found if one.preferences.away_until]


def with_channel(connection: sa.Connection) -> list[Workspace]:
    """Return the workspaces that have a team channel."""
    query = sa.select(*_WORKSPACE).where(workspaces.c.channel.is_not(None))
    return [_workspace(row) for row in connection.execute(query)]


def desk(tx: Tx) -> list[Member]:
    """Return the people who know when evaluations take place."""
    return people(tx, DESK)


def save_preferences(change: Change, user: str, chosen: Preferences, **columns: object) -> None:
    """Change what a person who is known here has chosen; `columns` are their hour and rows."""
    here = sa.and_(change.mine(members), members.c.member == user)
    row = change.row(sa.select(members.c.id, members.c.preferences).where(here).with_for_update())
    if row:
        kept = _beside(row["preferences"], chosen)
        change.update(members, row["id"], preferences=kept, **columns)


def save_policy(change: Change, decided: Policy, **columns: object) -> None:
    """Change the practice's ways; `columns` are its country, channel and their like."""
    here = sa.select(workspaces.c.settings).where(change.mine(workspaces))
    names = tuple(sorted({*decided.decided, *columns}))
    kept = _beside(change.scalar(here.with_for_update()), replace(decided, decided=names))
    change.update(workspaces, change.workspace, settings=kept, **columns)


def heed(change: Change, given: Mapping[str, str]) -> None:
    """Set columns as the environment has them, but for what an owner has decided in Slack."""
    settings = get(change)
    open_to_it = given.keys() - set(settings.policy.decided)
    new = {name: given[name] for name in open_to_it if getattr(settings, name) != given[name]}
    if new:
        change.update(workspaces, change.workspace, **new)


def _beside(before: object, chosen: Preferences | Policy) -> dict[str, Any]:
    """Return what to keep; names that are not known here, of a later version perhaps, stay."""
    known = {one.name for one in fields_of(chosen)}
    others = before if isinstance(before, dict) else {}
    return {name: others[name] for name in others if name not in known} | chosen.stored


def _workspace(row: Sequence[Any]) -> Workspace:
    *known, kept = row
    values = (*known, Policy.parse(kept))
    return Workspace(*values)


def _member(row: Sequence[Any]) -> Member:
    *known, kept = row
    if not kept:
        return Member(*known)
    undisturbed = stored.read(kept, {_UNDISTURBED: stored.span}).get(_UNDISTURBED)
    values = (*known, Preferences.parse(kept), undisturbed)
    return Member(*values)


def silent(
    connection: sa.Connection, teams: Collection[str], before: datetime
) -> dict[str, datetime]:
    """Return the workspaces that were last heard before an instant, with when that was.

    No other process can ask the same before this transaction has ended.
    """
    here = sa.and_(workspaces.c.id.in_(teams), workspaces.c.heard_at < before)
    query = sa.select(workspaces.c.id, workspaces.c.heard_at).where(here).with_for_update()
    return {row.id: row.heard_at for row in connection.execute(query)}


def heard(connection: sa.Connection, teams: Collection[str], now: datetime) -> None:
    """Note that Slack can be reached for these workspaces."""
    here = workspaces.c.id.in_(teams)
    connection.execute(sa.update(workspaces).where(here).values(heard_at=now))
