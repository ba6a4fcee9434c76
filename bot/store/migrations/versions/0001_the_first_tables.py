"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=10), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("currency", sa.String(length=3), server_default="USD", nullable=False),
        sa.Column("bot_user", sa.String(length=40), nullable=True),
        sa.Column("next_referral", sa.Integer(), server_default="1001", nullable=False),
        sa.Column("settings", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_of", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_audit_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_audit_workspace_id")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_audit_workspace_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit") as batch_op:
        batch_op.create_index("ix_audit_by", ["workspace", "by", "id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("recipient", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="available", nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivery_id", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("ts", sa.String(length=30), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Integer(), nullable=True),
        sa.Column("shows", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("reason", sa.String(length=100), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('available', 'running', 'delivered', 'cancelled', 'discarded')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "edits"],
            ["deliveries.workspace", "deliveries.id"],
            name=op.f("fk_deliveries_workspace_deliveries"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_deliveries_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_deliveries_delivery_id")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_deliveries_workspace_id")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_deliveries_workspace_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.create_index(
            "ix_deliveries_waiting",
            ["state", "run_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('available', 'running')"),
            postgresql_where=sa.text("state IN ('available', 'running')"),
        )

    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("member", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=20), server_default="member", nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.Column("profile_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_deactivated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_barred", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reminder_hour", sa.Time(), server_default="09:00:00.000000", nullable=False),
        sa.Column("row_limit", sa.Integer(), server_default="5", nullable=False),
        sa.Column("preferences", sa.JSON(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_members_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_members_workspace_id")),
        sa.UniqueConstraint("workspace", "member", name=op.f("uq_members_workspace_member")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "partners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=60), server_default="other", nullable=False),
        sa.Column("specialty", sa.String(length=200), nullable=True),
        sa.Column("stage", sa.String(length=60), nullable=True),
        sa.Column("tier", sa.String(length=20), nullable=True),
        sa.Column("treating", sa.Boolean(), nullable=True),
        sa.Column("liaison", sa.String(length=40), nullable=True),
        sa.Column("cadence", sa.String(length=200), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(length=200), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_partners_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_partners_workspace_id")),
        sa.UniqueConstraint("workspace", "name_key", name=op.f("uq_partners_workspace_name_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("partners") as batch_op:
        batch_op.create_index("ix_partners_liaison", ["workspace", "liaison"], unique=False)

    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("preferred_channel", sa.String(length=20), nullable=True),
        sa.Column("cares_about", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "partner_id"],
            ["partners.workspace", "partners.id"],
            name=op.f("fk_contacts_workspace_partners"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_contacts_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_contacts_workspace_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("contacts") as batch_op:
        batch_op.create_index("ix_contacts_partner", ["workspace", "partner_id"], unique=False)

    op.create_table(
        "next_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partner_id"],
            ["partners.workspace", "partners.id"],
            name=op.f("fk_next_steps_workspace_partners"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_next_steps_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_steps")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_next_steps_workspace_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("next_steps") as batch_op:
        batch_op.create_index("ix_next_steps_partner", ["workspace", "partner_id"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=40), nullable=True),
        sa.Column("occurrence", sa.String(length=40), nullable=False),
        sa.Column("show_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_immediate", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("first_shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_shown_on", sa.Date(), nullable=True),
        sa.Column("shown_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shown_in", sa.Integer(), nullable=True),
        sa.Column("good_until_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_how", sa.String(length=20), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partner_id"],
            ["partners.workspace", "partners.id"],
            name=op.f("fk_reminders_workspace_partners"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_reminders_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_reminders_workspace_id")),
        sa.UniqueConstraint(
            "workspace",
            "kind",
            "subject",
            "occurrence",
            name=op.f("uq_reminders_workspace_kind_subject_occurrence"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reminders") as batch_op:
        batch_op.create_index(
            "ix_reminders_due",
            ["look_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL AND recipient IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NULL AND recipient IS NOT NULL"),
        )
        batch_op.create_index("ix_reminders_partner", ["workspace", "partner_id"], unique=False)
        batch_op.create_index(
            "ix_reminders_recipient", ["workspace", "recipient", "closed_at"], unique=False
        )
        batch_op.create_index(
            "ix_reminders_shown", ["workspace", "kind", "first_shown_at"], unique=False
        )

    op.create_table(
        "interactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("is_reached", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "contact_id"],
            ["contacts.workspace", "contacts.id"],
            name=op.f("fk_interactions_workspace_contacts"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "partner_id"],
            ["partners.workspace", "partners.id"],
            name=op.f("fk_interactions_workspace_partners"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_interactions_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interactions")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_interactions_workspace_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("interactions") as batch_op:
        batch_op.create_index("ix_interactions_day", ["workspace", "happened_on"], unique=False)
        batch_op.create_index(
            "ix_interactions_partner", ["workspace", "partner_id", "happened_on"], unique=False
        )

    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("scheduled_on", sa.Date(), nullable=True),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column("discharged_on", sa.Date(), nullable=True),
        sa.Column("lost_on", sa.Date(), nullable=True),
        sa.Column("lost_reason", sa.String(length=20), nullable=True),
        sa.Column("visits", sa.Integer(), nullable=True),
        sa.Column("influencer", sa.String(length=200), nullable=True),
        sa.Column("by", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("converted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thank_by_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "direction IN ('received', 'sent')", name=op.f("ck_referrals_direction")
        ),
        sa.CheckConstraint(
            "evaluated_on IS NULL OR lost_on IS NULL", name=op.f("ck_referrals_one_end")
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "contact_id"],
            ["contacts.workspace", "contacts.id"],
            name=op.f("fk_referrals_workspace_contacts"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "partner_id"],
            ["partners.workspace", "partners.id"],
            name=op.f("fk_referrals_workspace_partners"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_referrals_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_referrals_workspace_id")),
        sa.UniqueConstraint("workspace", "number", name=op.f("uq_referrals_workspace_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("referrals") as batch_op:
        batch_op.create_index(
            "ix_referrals_day", ["workspace", "direction", "received_on"], unique=False
        )
        batch_op.create_index("ix_referrals_evaluated", ["workspace", "evaluated_on"], unique=False)
        batch_op.create_index(
            "ix_referrals_partner", ["workspace", "partner_id", "received_on"], unique=False
        )
