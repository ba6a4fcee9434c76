"""Indexes that answer for figures by themselves, and where each person's messages are."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OPEN = sa.text("evaluated_on IS NULL AND lost_on IS NULL")
LISTED = sa.text("ended_on IS NULL")
WIDER = {
    "ix_interactions_day": ("interactions", ["workspace", "happened_on", "partner_id", "by"]),
    "ix_referrals_day": ("referrals", ["workspace", "direction", "received_on", "partner_id"]),
    "ix_referrals_partner": ("referrals", ["workspace", "partner_id", "direction", "received_on"]),
    "ix_reminders_partner": ("reminders", ["workspace", "partner_id", "kind"]),
}


def upgrade() -> None:
    op.add_column("members", sa.Column("dm_channel", sa.String(length=40), nullable=True))
    for name, (table, columns) in WIDER.items():
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    op.create_index(
        "ix_partners_listed",
        "partners",
        ["workspace", "id", "name", "ended_on"],
        sqlite_where=LISTED,
        postgresql_where=LISTED,
    )
    op.create_index(
        "ix_referrals_open",
        "referrals",
        ["workspace", "direction", "partner_id", "received_on", "evaluated_on", "lost_on"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
