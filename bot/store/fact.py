"""What the rows of messages need to know, gathered for many at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.fact import Facts
from bot.domain.interaction import Interaction
from bot.domain.member import Member
from bot.domain.partner import Contact, Partner
from bot.domain.policy import Policy
from bot.domain.referral import NextStep, Referral
from bot.domain.reminder import CHECK_IN, NEXT_STEP, THANK_YOU, UNTRUE, Reminder
from bot.store import interaction, partner, referral, workspace
from bot.store.among import among
from bot.store.news import with_news
from bot.store.schema import audit, partners, reminders
from bot.store.transaction import Tx, fields

# The changes among which the one that put a reminder off, or paused its partner, is looked for,
# newest first.
CHANGES_BACK = 200


def gather(
    tx: Tx, rows: Sequence[tuple[Reminder, date]], people: Mapping[str, Member] | None = None
) -> list[Facts]:
    """Return the facts of reminders, each on its recipient's day, in the order of `rows`.

    A reminder whose partner is gone is left out. `people` are those who were read in this view
    already. It takes the same few queries for one row and for a thousand.
    """
    around = _around(tx, [row for row, _ in rows], people or {})
    known = [(row, today) for row, today in rows if row.partner_id in around.partners]
    return with_news(tx, [around.of(row, today) for row, today in known])


@dataclass(frozen=True, slots=True)
class _Around:
    """Everything near some reminders, by the id of the partner or of the row itself."""

    partners: Mapping[int, Partner]
    contacts: Mapping[int, Contact]
    newest: Mapping[int, Interaction]
    causes: Mapping[int, Interaction]
    steps: Mapping[int, NextStep]
    check_ins: Mapping[int, Reminder]
    rhythms: Mapping[int, referral.Rate]
    unthanked: Mapping[int, Sequence[Referral]]
    conversions: Mapping[int, int]
    people: Mapping[str, Member]
    changes: Mapping[int, int]
    policy: Policy

    def of(self, row: Reminder, today: date) -> Facts:
        of = row.partner_id
        pending = self.unthanked.get(of, ()) if row.kind == THANK_YOU else ()
        person, upcoming = self.people.get(row.recipient or ""), self.check_ins.get(of)
        rate = self.rhythms.get(of)
        return Facts(
            reminder=row,
            partner=self.partners[of],
            today=today,
            me=person.name.split(" ")[0] if person else "",
            contact=self.contacts.get(of),
            last=self.newest.get(of),
            unthanked=len(pending),
            is_first_ever=0 < len(pending) == self.conversions.get(of, 0),
            last_referral_on=rate.last_on if rate else None,
            referrals_per_month=rate.per_month if rate else None,
            step=self.steps.get(row.subject) if row.kind == NEXT_STEP else None,
            done=self.causes.get(row.interaction_id or 0),
            next_check_in_on=(upcoming.back_on or upcoming.show_on) if upcoming else None,
            change_id=self.changes.get(row.id),
            cadence=self.policy.cadence_of(self.partners[of]),
        )


def _around(tx: Tx, rows: Sequence[Reminder], people: Mapping[str, Member]) -> _Around:
    others = {row.recipient for row in rows if row.recipient} - people.keys()
    ids = sorted({row.partner_id for row in rows})
    found = partner.some(tx, ids)
    to_thank = sorted({row.partner_id for row in rows if row.kind == THANK_YOU})
    return _Around(
        partners=found,
        contacts=partner.first_contacts(tx, ids),
        newest=interaction.newest(tx, ids),
        causes=interaction.some(tx, _ids(row.interaction_id for row in rows)),
        steps=interaction.steps(tx, _ids(row.subject for row in rows if row.kind == NEXT_STEP)),
        check_ins=_check_ins(tx, {row.partner_id for row in rows if not row.is_open}),
        rhythms=referral.rates(tx, ids),
        unthanked=referral.unthanked(tx, to_thank),
        conversions=referral.conversions(tx, to_thank),
        people={**people, **workspace.some(tx, others)},
        changes=_changes(tx, rows, found),
        policy=tx.once("workspace", lambda: workspace.get(tx)).policy,
    )


def _ids(found: Iterable[int | None]) -> list[int]:
    return sorted({one for one in found if one is not None})


def _check_ins(tx: Tx, ids: Collection[int]) -> dict[int, Reminder]:
    """The open check-in of each partner, which the row of one that is closed speaks of."""
    if not ids:
        return {}
    here = sa.select(*fields(reminders, Reminder)).where(
        tx.mine(reminders),
        among(reminders.c.partner_id, ids),
        reminders.c.kind == CHECK_IN,
        reminders.c.closed_at.is_(None),
    )
    found = tx.values(Reminder, here.order_by(reminders.c.show_on.desc(), reminders.c.id.desc()))
    return {row.partner_id: row for row in found}


def _changes(tx: Tx, rows: Sequence[Reminder], of: Mapping[int, Partner]) -> dict[int, int]:
    """The audit entry that closed each reminder, put it off or paused its partner, for its Undo."""
    put_off = {
        (reminders.name, row.id): row.id for row in rows if row.is_open and row.back_on is not None
    }
    resting = {
        (partners.name, row.partner_id): row.id
        for row in rows
        if row.kind == CHECK_IN and row.closed_how in (None, UNTRUE)
        if row.partner_id in of and of[row.partner_id].paused_on
    }
    closed = [row for row in rows if not row.is_open]
    return _that_held_back(tx, put_off | resting) | _that_closed(tx, closed)


def _that_closed(tx: Tx, rows: Sequence[Reminder]) -> dict[int, int]:
    instants = {row.closed_at for row in rows}
    query = _entries().where(tx.mine(audit), audit.c.at.in_(instants)).order_by(audit.c.id)
    found = {(row["at"], row["by"]): int(row["id"]) for row in tx.rows(query)} if rows else {}
    by_hand = ((row.id, found.get((row.closed_at, row.closed_by))) for row in rows)
    return {row: entry for row, entry in by_hand if entry is not None}


def _that_held_back(tx: Tx, wanted: Mapping[tuple[str, int], int]) -> dict[int, int]:
    """The newest change that put off, or paused, each of the rows that are wanted."""
    if not wanted:
        return {}
    query = _entries().where(tx.mine(audit)).order_by(audit.c.id.desc()).limit(CHANGES_BACK)
    oldest_first = reversed(tx.rows(query))
    return {
        wanted[image["table"], image["id"]]: int(entry["id"])
        for entry in oldest_first
        for image in entry["images"]
        if (image["table"], image["id"]) in wanted and _holds_back(image)
    }


def _holds_back(image: Mapping[str, Any]) -> bool:
    return image["table"] == reminders.name or bool((image["after"] or {}).get("paused_on"))


def _entries() -> sa.Select[Any]:
    return sa.select(audit.c.id, audit.c.at, audit.c.by, audit.c.images).where(
        audit.c.undone_at.is_(None)
    )
