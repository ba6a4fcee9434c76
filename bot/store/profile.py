"""What Slack says of a person is kept, and what follows from it happens in the same transaction."""

from datetime import datetime

from bot.domain.member import OWNER, Member, Profile
from bot.domain.when import local_day
from bot.store import hour, outbox, partner, workspace
from bot.store.database import Store
from bot.store.engine import REQUEST_PATIENCE
from bot.store.outbox import BACK, LEAVER, Planned
from bot.store.transaction import Change


def take_in(
    store: Store,
    person: Member,
    profile: Profile,
    now: datetime,
    patience: float = REQUEST_PATIENCE,
) -> Member:
    """Keep a person's newest profile, and return what is known of them now.

    In another time zone what waits for them comes at their hour there. Owners are asked once who
    takes over from somebody who has left; a person is asked once about a vacation of which their
    status tells.
    """
    with store.begin(patience) as connection:
        change = Change(connection, person.workspace, now, None)
        workspace.save_profile(connection, person.workspace, person.member, profile, now)
        found = workspace.member(change, person.member)
        if person.profile_at and found.zone != person.zone:
            hour.move(change, [found.member])
        planned = [*_leaver(change, found), *_vacation(change, found, profile)]
        outbox.plan(connection, person.workspace, planned, now)
    return found


def _leaver(change: Change, person: Member) -> list[Planned]:
    if not person.is_deactivated or not partner.of_liaison(change, person.member):
        return []
    owners = [one.member for one in workspace.people(change, OWNER) if not one.is_deactivated]
    return [Planned(f"leaver:{person.member}:{one}", LEAVER, one) for one in owners]


def _vacation(change: Change, person: Member, profile: Profile) -> list[Planned]:
    back_on = profile.back_on
    if back_on is None or person.zone is None:
        return []
    today = local_day(change.now, person.zone)
    is_needed = (back_on - today).days > 1 and not person.preferences.is_away(today)
    if not is_needed or not partner.of_liaison(change, person.member):
        return []
    return [Planned(f"back:{person.member}:{back_on}", BACK, person.member)]
