"""The tables. Every row belongs to a workspace, and so does every reference between rows."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, Integer, String, Text, Time, UniqueConstraint


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, kept in UTC, on SQLite as text without a zone; a naive one is refused.

    A message takes a dozen of them, so they are read and written in one step each.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: sa.Dialect) -> Any:
        return _as_text if dialect.name == "sqlite" else _in_utc

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        return _from_text if dialect.name == "sqlite" else _in_utc


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a naive instant cannot be stored")
    return value.astimezone(UTC)


def _as_text(value: datetime | None) -> str | None:
    moved = _in_utc(value)
    return moved.replace(tzinfo=None).isoformat(" ", "microseconds") if moved else None


def _from_text(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value else None


class Money(sa.types.TypeDecorator[Decimal]):
    """A decimal amount kept as whole cents, because SQLite has no decimals."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else int((value * 100).to_integral_value())

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _table(name: str, *items: Any) -> sa.Table:
    """Make a table with an id of its own and a workspace, referable only within it.

    Ids are never used again, so that an old button cannot act on a new row.
    """
    return sa.Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("workspace", String(40), sa.ForeignKey("workspaces.id"), nullable=False),
        *items,
        UniqueConstraint("workspace", "id"),
        sqlite_autoincrement=True,
    )


def _belongs(column: str, table: str, **options: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace", column], [f"{table}.workspace", f"{table}.id"], **options
    )


def _person(name: str, **options: Any) -> Column[str]:
    return Column(name, String(40), **options)


def _while_waiting(name: str, *columns: str) -> Index:
    """Make an index over the deliveries that are not settled, which are few."""
    waiting = sa.text("state IN ('available', 'running')")
    return Index(name, *columns, sqlite_where=waiting, postgresql_where=waiting)


workspaces = sa.Table(
    "workspaces",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(200), nullable=False, server_default=""),
    Column("zone", String(60), nullable=False),
    Column("country", String(10)),
    Column("state", String(10)),
    _person("channel"),
    Column("currency", String(3), nullable=False, server_default="USD"),
    _person("bot_user"),
    Column("next_referral", Integer, nullable=False, server_default="1001"),
    Column("settings", sa.JSON, nullable=False, server_default="{}"),
    Column("created_at", Instant, nullable=False),
    Column("heard_at", Instant),
)

members = _table(
    "members",
    _person("member", nullable=False),
    Column("role", String(20), nullable=False, server_default="member"),
    Column("name", String(200), nullable=False, server_default=""),
    Column("email", String(320)),
    Column("zone", String(60)),
    Column("profile_at", Instant),
    Column("is_deactivated", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("is_barred", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("reminder_hour", Time, nullable=False, server_default="09:00:00.000000"),
    Column("row_limit", Integer, nullable=False, server_default="5"),
    Column("preferences", sa.JSON, nullable=False, server_default="{}"),
    _person("dm_channel"),
    UniqueConstraint("workspace", "member"),
)

partners = _table(
    "partners",
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False),
    Column("category", String(60), nullable=False, server_default="other"),
    Column("specialty", String(200)),
    Column("stage", String(60)),
    Column("tier", String(20)),
    Column("treating", sa.Boolean),
    _person("liaison"),
    Column("cadence", String(200)),
    Column("added_on", Date, nullable=False),
    Column("baseline_on", Date),
    Column("first_due_on", Date),
    Column("paused_on", Date),
    Column("paused_until", Date),
    Column("ended_on", Date),
    Column("ended_reason", String(200)),
    Column("merged_into", Integer),
    Column("website", String(500)),
    Column("address", String(500)),
    Column("notes", Text),
    UniqueConstraint("workspace", "name_key"),
    Index("ix_partners_liaison", "workspace", "liaison"),
    Index(
        "ix_partners_listed",
        "workspace",
        "id",
        "name",
        # Always empty here; SQLite looks into the rows for what an index does not hold.
        "ended_on",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    ),
)

contacts = _table(
    "contacts",
    Column("partner_id", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("role", String(200)),
    Column("email", String(320)),
    Column("phone", String(60)),
    Column("preferred_channel", String(20)),
    Column("cares_about", String(500)),
    _belongs("partner_id", "partners"),
    Index("ix_contacts_partner", "workspace", "partner_id"),
)

interactions = _table(
    "interactions",
    Column("partner_id", Integer, nullable=False),
    Column("contact_id", Integer),
    Column("kind", String(20), nullable=False),
    Column("is_reached", sa.Boolean, nullable=False, server_default=sa.true()),
    Column("happened_on", Date, nullable=False),
    Column("minutes", Integer),
    Column("cost", Money),
    _person("by"),
    Column("note", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    _belongs("partner_id", "partners"),
    _belongs("contact_id", "contacts"),
    Index("ix_interactions_partner", "workspace", "partner_id", "happened_on"),
    # All that counting a period asks for, so that it reads no rows.
    Index("ix_interactions_day", "workspace", "happened_on", "partner_id", "by"),
)

referrals = _table(
    "referrals",
    Column("number", Integer, nullable=False),
    Column("partner_id", Integer, nullable=False),
    Column("contact_id", Integer),
    Column("direction", String(10), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("scheduled_on", Date),
    Column("evaluated_on", Date),
    Column("discharged_on", Date),
    Column("lost_on", Date),
    Column("lost_reason", String(20)),
    Column("visits", Integer),
    Column("influencer", String(200)),
    _person("by"),
    Column("created_at", Instant, nullable=False),
    Column("converted_at", Instant),
    Column("thank_by_on", Date),
    _belongs("partner_id", "partners"),
    _belongs("contact_id", "contacts"),
    UniqueConstraint("workspace", "number"),
    sa.CheckConstraint("direction IN ('received', 'sent')", name="direction"),
    sa.CheckConstraint("evaluated_on IS NULL OR lost_on IS NULL", name="one_end"),
    # SQLite, which knows of no numbers of rows, takes the index that most conditions are about.
    Index("ix_referrals_partner", "workspace", "partner_id", "direction", "received_on"),
    Index("ix_referrals_day", "workspace", "direction", "received_on", "partner_id"),
    Index(
        "ix_referrals_open",
        "workspace",
        "direction",
        "partner_id",
        "received_on",
        "evaluated_on",
        "lost_on",
        sqlite_where=sa.text("evaluated_on IS NULL AND lost_on IS NULL"),
        postgresql_where=sa.text("evaluated_on IS NULL AND lost_on IS NULL"),
    ),
    Index("ix_referrals_evaluated", "workspace", "evaluated_on"),
)

next_steps = _table(
    "next_steps",
    Column("partner_id", Integer, nullable=False),
    _person("owner", nullable=False),
    Column("what", String(500), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("done_on", Date),
    Column("dropped_on", Date),
    Column("created_at", Instant, nullable=False),
    _belongs("partner_id", "partners"),
    Index("ix_next_steps_partner", "workspace", "partner_id"),
)

deliveries = _table(
    "deliveries",
    Column("key", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    _person("recipient", nullable=False),
    Column("state", String(10), nullable=False, server_default="available"),
    Column("run_at", Instant, nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("is_tried", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("lease_until", Instant),
    Column("delivery_id", String(40), nullable=False),
    _person("channel"),
    Column("ts", String(30)),
    Column("edits", Integer),
    Column("subject", Integer),
    Column("shows", sa.JSON, nullable=False, server_default="[]"),
    Column("reason", String(100)),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    _belongs("edits", "deliveries"),
    UniqueConstraint("workspace", "key"),
    UniqueConstraint("delivery_id"),
    sa.CheckConstraint(
        "state IN ('available', 'running', 'delivered', 'cancelled', 'discarded')", name="state"
    ),
    _while_waiting("ix_deliveries_next", "workspace", "state", "run_at"),
    _while_waiting("ix_deliveries_recipient", "workspace", "recipient", "kind"),
    Index("ix_deliveries_settled", "settled_at"),
)

reminders = _table(
    "reminders",
    Column("kind", String(20), nullable=False),
    Column("subject", Integer, nullable=False),
    Column("partner_id", Integer, nullable=False),
    _person("recipient"),
    Column("occurrence", String(40), nullable=False),
    Column("show_on", Date, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("look_at", Instant, nullable=False),
    Column("is_immediate", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("back_on", Date),
    Column("first_shown_at", Instant),
    Column("last_shown_on", Date),
    Column("shown_count", Integer, nullable=False, server_default="0"),
    Column("shown_in", Integer),
    Column("good_until_on", Date),
    Column("closed_at", Instant),
    Column("closed_on", Date),
    Column("closed_how", String(20)),
    _person("closed_by"),
    Column("interaction_id", Integer),
    Column("created_at", Instant, nullable=False),
    _belongs("partner_id", "partners", ondelete="CASCADE"),
    UniqueConstraint("workspace", "kind", "subject", "occurrence"),
    Index(
        "ix_reminders_next",
        "workspace",
        "look_at",
        sqlite_where=sa.text("closed_at IS NULL AND recipient IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NULL AND recipient IS NOT NULL"),
    ),
    Index("ix_reminders_partner", "workspace", "partner_id", "kind"),
    Index("ix_reminders_shown", "workspace", "kind", "first_shown_at"),
    Index("ix_reminders_recipient", "workspace", "recipient", "closed_at"),
)

audit = _table(
    "audit",
    Column("at", Instant, nullable=False),
    _person("by"),
    Column("what", String(40), nullable=False),
    Column("key", String(200)),
    Column("images", sa.JSON, nullable=False),
    Column("undone_at", Instant),
    Column("undo_of", Integer),
    Column("remark", String(200)),
    UniqueConstraint("workspace", "key"),
    Index("ix_audit_by", "workspace", "by", "id"),
    Index("ix_audit_at", "at"),
)

inbound = _table(
    "inbound",
    Column("key", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("workspace", "key"),
    Index("ix_inbound_at", "at"),
)

homes = _table(
    "homes",
    _person("member", nullable=False),
    Column("place", sa.JSON, nullable=False, server_default="{}"),
    Column("opened_at", Instant, nullable=False),
    UniqueConstraint("workspace", "member"),
)
