"""Many workspaces in one process: their queues, what was heard from Slack, and old rows to go."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWED = sa.text("closed_at IS NULL AND recipient IS NOT NULL")
WAITING = sa.text("state IN ('available', 'running')")


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "inbound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_inbound_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_inbound_workspace_id")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_inbound_workspace_key")),
        sqlite_autoincrement=True,
    )
    op.add_column(
        "deliveries",
        sa.Column("is_tried", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    # Nobody knows which of them Slack was asked to send.
    op.execute("UPDATE deliveries SET is_tried = (1 = 1) WHERE attempt > 0")
    op.create_index("ix_inbound_at", "inbound", ["at"])
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_deliveries_settled", "deliveries", ["settled_at"])
    op.drop_index("ix_deliveries_waiting", "deliveries")
    op.drop_index("ix_reminders_due", "reminders")
    op.create_index(
        "ix_reminders_next",
        "reminders",
        ["workspace", "look_at"],
        sqlite_where=OWED,
        postgresql_where=OWED,
    )
    for name, columns in (
        ("ix_deliveries_next", ["workspace", "state", "run_at"]),
        ("ix_deliveries_recipient", ["workspace", "recipient", "kind"]),
    ):
        op.create_index(name, "deliveries", columns, sqlite_where=WAITING, postgresql_where=WAITING)
