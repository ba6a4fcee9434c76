"""Indexes that answer for figures by themselves, and where each person's messages are."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OPEN = sa.text("evaluated_on IS NULL AND lost_on IS NULL")
WIDER = {
    "interactions": ["workspace", "happened_on", "partner_id", "by"],
    "referrals": ["workspace", "direction", "received_on", "partner_id"],
}


def upgrade() -> None:
    op.add_column("members", sa.Column("dm_channel", sa.String(length=40), nullable=True))
    for table, columns in WIDER.items():
        op.drop_index(f"ix_{table}_day", table)
        op.create_index(f"ix_{table}_day", table, columns)
    op.create_index(
        "ix_referrals_open",
        "referrals",
        ["workspace", "direction", "partner_id", "received_on", "evaluated_on", "lost_on"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
