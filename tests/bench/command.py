"""Commands over signed HTTP in a large practice, beside an empty handler and their SQL alone."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.commands.dispatch import answer
from bot.commands.request import Context, identify
from bot.practice import PracticeSlack
from bot.store import Store
from bot.store.schema import interactions
from tests.bench import seed
from tests.bench.child import running
from tests.bench.client import SECRET, Ear, Typist, at_once
from tests.bench.figure import Figure, at_most, percentile
from tests.bench.place import Place
from tests.bench.quiet import Quiet
from tests.bench.setting import Setting

PEOPLE = 50
TEXTS = {
    "log": "log Place {n} called about the knee protocol, 20 min",
    "due": "due",
    "show": "show Place {n}",
    "stats": "stats 90d",
}
LATE = frozenset({"stats"})
# A figure over the whole practice takes longer than a line typed.
HEAVY = {"stats": 20}
LOG_COST, STATS_COST, STATS_MS = 3, 2, 300

INTERACTION = {
    "partner_id": "(n - 1) % :partners + 1",
    "kind": "CASE n % 3 WHEN 0 THEN 'call' WHEN 1 THEN 'visit' ELSE 'email' END",
    "happened_on": "{day}",
    "by": "'U' || (n % :people + 1)",
    "note": "'spoke about knees'",
    "created_at": ":now",
}
REFERRAL = {
    "number": "1000 + n",
    "partner_id": "(n - 1) % :partners + 1",
    "direction": "'received'",
    "received_on": "{day}",
    "evaluated_on": "CASE WHEN n % 10 < 7 THEN {later} END",
    "lost_on": "CASE WHEN n % 10 IN (7, 8) THEN {later} END",
    "by": "'U1'",
    "created_at": ":now",
}
# Three years up to today, in which each partner has its share of every month.
AGO = "(999 - (n - 1) * 1000 / :count)"
DAY = {True: f"date('now', '-' || {AGO} || ' days')", False: f"current_date - {AGO}::int"}
# Of ten referrals seven come in, two do not, and one is never told of.
LATER = {True: f"date({DAY[True]}, '+9 days')", False: f"{DAY[False]} + 9"}


def measure(place: Place, setting: Setting) -> Iterator[Figure]:
    for kind in place.kinds:
        with place.store(kind) as store, ExitStack() as stack:
            fill(store, setting)
            typist, empty = _servers(stack, store)
            where = f"{kind}, {setting.partners:,} partners, {setting.interactions:,} interactions"
            for clients in setting.clients:
                run = _Run(store, typist, empty, f"{where}, {clients} at once", clients, setting)
                yield from run.measure()


def fill(store: Store, setting: Setting) -> None:
    """The clinic's people were seen just now, by the machine's clock."""
    seed.practice(store, setting.partners, PEOPLE, seed.NOT_DUE)
    with store.begin() as connection:
        seen = sa.text("UPDATE members SET profile_at = :now")
        seen = seen.bindparams(sa.bindparam("now", type_=seed.INSTANT))
        connection.execute(seen, {"now": datetime.now(UTC)})
    facts = {"now": seed.NOW, "people": PEOPLE, "partners": setting.partners}
    for table, columns, count in (
        ("interactions", INTERACTION, setting.interactions),
        ("referrals", REFERRAL, setting.interactions // 10),
    ):
        days = {"day": DAY[store.is_sqlite], "later": LATER[store.is_sqlite]}
        dated = {key: text.format(**days) for key, text in columns.items()}
        seed.insert(store, table, dated, count, **facts)
    seed.analyze(store)


def _servers(stack: ExitStack, store: Store) -> tuple[Typist, Typist]:
    """The bot as a process, and the empty handler as another."""
    slack = stack.enter_context(PracticeSlack(team_id=seed.TEAM))
    slack.add_user("ana", id="U1", is_admin=True)
    slack.add_channel("general", ["U1"], id="C1")
    ear = Ear()
    stack.callback(ear.close)
    bot = stack.enter_context(running("tests.bench.bot", environ=environment(store, slack)))
    bare = stack.enter_context(running("tests.bench.empty_bolt", SECRET))
    return Typist(int(bot.hear("port ")), ear), Typist(int(bare.hear("port ")), ear)


def environment(store: Store, slack: PracticeSlack) -> dict[str, str]:
    """What `rapport run` needs to find both."""
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "DATABASE_URL": store.engine.url.render_as_string(hide_password=False),
        "PORT": "0",
    }


@dataclass
class _Run:
    store: Store
    typist: Typist
    empty: Typist
    where: str
    clients: int
    setting: Setting

    def measure(self) -> Iterator[Figure]:
        nothing = self._times(lambda n: self.empty.type("help"))
        insert = self._times(self._insert)
        yield from self._figures("an empty handler", nothing)
        yield from self._figures("a bare insert", insert)
        for name, text in TEXTS.items():
            took = self._times(
                lambda n, text=text, name=name: self.typist.type(self._text(text, n), name in LATE),
                HEAVY.get(name, 1),
            )
            yield from self._figures(f"`{name}`", took)
            sql = self._sql(text, HEAVY.get(name, 1))
            yield from self._figures(f"the SQL of `{name}` alone", sql)
            yield from self._goals(name, took, sql, nothing, insert)

    def _goals(
        self, name: str, took: list[float], sql: list[float], *others: list[float]
    ) -> Iterator[Figure]:
        if name == "log":
            least = sum(percentile(one, 0.99) for one in others)
            cost = percentile(took, 0.99) / least
            yield at_most(self.where, "`log` over handler and insert, p99", cost, LOG_COST)
        if name == "stats":
            cost = percentile(took, 0.5) / percentile(sql, 0.5)
            yield at_most(self.where, "`stats` over its SQL, p50", cost, STATS_COST)
            yield at_most(self.where, "`stats`, p99", percentile(took, 0.99), STATS_MS, "ms")

    def _figures(self, who: str, took: list[float]) -> Iterator[Figure]:
        yield Figure(self.where, f"{who}, p50", percentile(took, 0.5), "ms")
        yield Figure(self.where, f"{who}, p99", percentile(took, 0.99), "ms")

    def _times(self, work: Callable[[int], float], heavy: int = 1) -> list[float]:
        count = max(self.setting.commands // heavy, self.clients)
        at_once(self.clients, min(count, 2 * self.clients), work)
        return at_once(self.clients, count, work)

    def _text(self, text: str, number: int) -> str:
        return text.format(n=(number * 7919) % self.setting.partners + 1)

    def _insert(self, _number: int) -> float:
        began = time.perf_counter()
        with self.store.begin() as connection:
            row = {
                "workspace": seed.TEAM,
                "partner_id": 1,
                "kind": "call",
                "happened_on": seed.NOW.date(),
                "by": "U1",
                "created_at": seed.NOW,
            }
            connection.execute(sa.insert(interactions), row)
        return 1000 * (time.perf_counter() - began)

    def _sql(self, text: str, heavy: int) -> list[float]:
        """Say again to the database what the command said, without all that is around it."""
        asked = _statements(self.store, self._text(text, 1))

        def again(_number: int) -> float:
            began = time.perf_counter()
            with self.store.peek() as connection:
                for statement, values in asked:
                    connection.exec_driver_sql(statement, values).fetchall()
            return 1000 * (time.perf_counter() - began)

        return self._times(again, heavy)


def _statements(store: Store, text: str) -> list[tuple[str, Any]]:
    """What a command asks of the database; what it writes is left out."""
    heard: list[tuple[str, Any]] = []
    mine = threading.get_ident()

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if threading.get_ident() == mine and statement.startswith(("SELECT", "WITH")):
            heard.append((statement, values))

    sa.event.listen(store.engine, "before_cursor_execute", hear)
    context, now = Context(store, Quiet()), datetime.now(UTC)
    answer(text, identify(context, seed.TEAM, "U1", now, f"bench-{time.time_ns()}", "C1"), context)
    sa.event.remove(store.engine, "before_cursor_execute", hear)
    return [(statement, values) for statement, values in heard if "FOR UPDATE" not in statement]
