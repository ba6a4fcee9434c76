"""The clinic's people, channels and history."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from bot.demo import sample
from bot.domain.when import WorkCalendar, local_day, local_instant
from bot.practice import Channel, Person, PracticeSlack
from bot.settings import Settings
from bot.sheets import SHEETS, take_in
from bot.store import Store, workspace

ZONE = "America/New_York"
CALENDAR = WorkCalendar("US")
OPENS = time(8, 55)
OWNER, LIAISON, DESK, GUEST = "owner", "liaison", "front desk", "guest"
# Name, full name, what they are, where they work.
PEOPLE = (
    ("maya", "Maya Torres", OWNER, ZONE),
    ("ana", "Ana Silva", LIAISON, ZONE),
    ("luis", "Luis Ortega", LIAISON, "America/Chicago"),
    ("jo", "Jo Park", DESK, ZONE),
    ("gil", "Gil Novak", GUEST, ZONE),
    ("kim", "Kim Doyle", LIAISON, ZONE),
    ("omar", "Omar Haddad", LIAISON, "America/Chicago"),
)
CHANNELS = ("general", "partners")
FILES = ("partners", "interactions", "referrals")


class PracticeClock:
    """The practice Slack's clock as the bot is given it: there is only one time."""

    def __init__(self, slack: PracticeSlack) -> None:
        self._slack = slack

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._slack.clock(), UTC)


def open_doors(slack: PracticeSlack) -> None:
    """Set the clock to just before nine on a working day: today, or the next one."""
    now = PracticeClock(slack).now()
    day = CALENDAR.on_or_after(local_day(now, ZONE))
    slack.advance((local_instant(day, OPENS, ZONE) - now) / timedelta(seconds=1))


def hire(slack: PracticeSlack) -> dict[str, Person]:
    """Fill the workspace with people and channels; a guest is in one channel only."""
    people = {
        name: slack.add_user(
            name, full, tz=zone, is_admin=role == OWNER, is_restricted=role == GUEST
        )
        for name, full, role, zone in PEOPLE
    }
    staff = [name for name, _, role, _ in PEOPLE if role != GUEST]
    slack.add_channel("general", [*people.values()])
    slack.add_channel("partners", staff)
    for person in people.values():
        slack.dm(person)
    return people


def roles(people: Mapping[str, Person]) -> dict[str, str]:
    return {people[name].id: role for name, _, role, _ in PEOPLE}


def settings(slack: PracticeSlack, database_url: str) -> Settings:
    """Return what the bot needs to work in this clinic."""
    team: Channel = slack.workspace.channel("partners")
    return Settings(
        bot_tokens=(slack.bot_token,),
        app_token=slack.app_token,
        api_url=slack.api_url,
        database_url=database_url,
        port=0,
        owners=(slack.workspace.person("maya").id,),
        zone=ZONE,
        country="US",
        channel=team.id,
    )


def remember(slack: PracticeSlack, store: Store, team: str) -> None:
    """Take in nine months of history, by the way every clinic's files come in."""
    ids = {name: slack.workspace.person(name).id for name, *_ in PEOPLE}
    now = PracticeClock(slack).now()
    with store.begin() as connection:
        workspace.save(connection, team, ids["jo"], role="desk")
    history = sample.history(ids, local_day(now, ZONE))
    for name in FILES:
        refused = take_in(store, team, SHEETS[name], history[name], now).refused
        if refused:
            raise RuntimeError(f"the sample's {name}: {refused[0]}")
