"""What holds in every database after every change, and a full dump to compare two moments."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.interaction import TOUCH_KINDS
from bot.domain.reminder import SKIPPED, check_in_due
from bot.store import Store, Tx, partner, referral, workspace
from bot.store.schema import (
    audit,
    contacts,
    interactions,
    metadata,
    next_steps,
    partners,
    referrals,
    reminders,
)

# Profiles are read again at any time, the audit only grows, messages go their way, and where
# somebody is in their Home is no change.
LEFT_OUT = {"audit", "members", "workspaces", "deliveries", "homes"}
AUDITED = (partners, contacts, interactions, referrals, next_steps)

Dump = dict[str, list[Any]]


def dump(store: Store) -> Dump:
    """Every row of every table, but for what taking a change back leaves as it is."""
    with store.peek() as connection:
        return {
            table.name: sorted(_row(table, row) for row in _rows(connection, table))
            for table in metadata.sorted_tables
            if table.name not in LEFT_OUT
        }


def _rows(connection: sa.Connection, table: sa.Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


def _row(table: sa.Table, row: dict[str, Any]) -> str:
    # A reminder that nobody saw is made anew rather than kept.
    fleeting = {"id", "created_at"} if table is reminders else set()
    return repr({name: value for name, value in row.items() if name not in fleeting})


def check(store: Store, today: date, team: str = "T1") -> None:
    """Raise AssertionError where the rows of a workspace contradict each other."""
    with store.read(team) as tx:
        rows = {table.name: _rows(tx.connection, table) for table in metadata.sorted_tables}
        opened = [row for row in rows["reminders"] if row["closed_at"] is None]
        for one in partner.everything(tx):
            mine = [row for row in opened if row["partner_id"] == one.id]
            _check_partner(tx, one, mine, rows, today)
        _check_referrals(rows["referrals"])
        _check_audit(rows)


def _check_partner(
    tx: Tx,
    one: partner.Partner,
    opened: list[dict[str, Any]],
    rows: dict[str, list[dict[str, Any]]],
    today: date,
) -> None:
    kinds = {
        kind: [r for r in opened if r["kind"] == kind]
        for kind in ("check_in", "thank_you", "next_step")
    }
    if one.ended_on:
        assert not kinds["check_in"]
        assert not kinds["thank_you"]
        return
    for row in (*kinds["check_in"], *kinds["thank_you"]):
        assert row["recipient"] == one.liaison, row
    _check_check_in(tx, one, kinds["check_in"], rows, today)
    assert len(kinds["thank_you"]) == bool(referral.unthanked(tx, [one.id])), one.name
    steps = {
        row["id"]: row["owner"]
        for row in rows["next_steps"]
        if row["partner_id"] == one.id and not (row["done_on"] or row["dropped_on"])
    }
    assert {row["subject"]: row["recipient"] for row in kinds["next_step"]} == steps


def _check_check_in(
    tx: Tx,
    one: partner.Partner,
    opened: list[dict[str, Any]],
    rows: dict[str, list[dict[str, Any]]],
    today: date,
) -> None:
    mine = [row for row in rows["interactions"] if row["partner_id"] == one.id]
    touches = [
        row["happened_on"] for row in mine if row["kind"] in TOUCH_KINDS and row["is_reached"]
    ]
    skipped = {
        row["occurrence"]
        for row in rows["reminders"]
        if row["partner_id"] == one.id and row["closed_how"] == SKIPPED
    }
    days = [*touches, *([one.baseline_on] if one.baseline_on else [])]
    settings = workspace.get(tx)
    cadence, calendar = settings.policy.cadence_of(one), settings.calendar
    due = check_in_due(one, cadence, max(days) if days else None, None, skipped, calendar, today)
    expected = [due.occurrence] if due else []
    assert [row["occurrence"] for row in opened] == expected, one.name


def _check_referrals(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert not (row["evaluated_on"] and row["lost_on"]), row
        if row["evaluated_on"]:
            assert row["direction"] == "received", row
            assert row["thank_by_on"] is not None, row
            assert row["received_on"] <= row["evaluated_on"], row
    assert len({row["number"] for row in rows}) == len(rows)


def _check_audit(rows: dict[str, list[dict[str, Any]]]) -> None:
    kept = {(image["table"], image["id"]) for row in rows["audit"] for image in row["images"]}
    for table in AUDITED:
        for row in rows[table.name]:
            assert (table.name, row["id"]) in kept, (table.name, row["id"])
    assert all(row[column] for row in rows[audit.name] for column in ("at", "what"))
