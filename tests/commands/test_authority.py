"""Every action by everybody: who may, and what a refusal leaves behind (nothing)."""

import json
import random
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa

from bot.commands import PRESSES, SUBCOMMANDS
from bot.commands.request import Reply
from bot.domain.message import Message
from bot.errors import UserError
from bot.store import interaction, partner, referral, workspace
from bot.store.schema import audit, metadata, reminders
from tests.commands.looking import ONE_DATABASE
from tests.speaker import Team

ROLES = ("owner", "liaison", "desk", "member")
BARRED = {
    "guest": {"is_guest": True},
    "outsider": {"is_outsider": True},
    "bot": {"is_bot": True},
    "leaver": {"is_deactivated": True},
}
TEAM, OWNER, NOBODY = frozenset(ROLES), frozenset({"owner"}), frozenset[str]()
REFUSALS = ("Only ", "only ", "That one is ", "for the practice's own team")


@dataclass(frozen=True)
class Action:
    """One thing to say or press, who may do it, and whether it writes."""

    name: str
    given: str
    may: frozenset[str] = TEAM
    writes: bool = True


SAID = (
    Action("log", "log %(name)s call, 20 min"),
    Action("log", "called %(name)s"),
    Action("add", "add %(new)s, gym"),
    Action("refer", "refer %(name)s"),
    Action("convert", "convert %(number)s"),
    Action("evals", "evals %(name)s 2"),
    Action("lost", "lost %(number)s insurance"),
    Action("next", "next %(name)s call by Friday"),
    Action("due", "due all", writes=False),
    Action("show", "show %(name)s", writes=False),
    Action("list", "list", writes=False),
    Action("stats", "stats", writes=False),
    Action("stats", "stats <@U2>", OWNER, writes=False),
    Action("assign", "assign %(name)s <@U2>"),
    Action("assign", "assign %(theirs)s <@U1>", OWNER),
    Action("cadence", "cadence %(name)s monthly"),
    Action("pause", "pause %(name)s"),
    Action("resume", "resume %(paused)s"),
    Action("edit", "edit %(name)s", writes=False),
    Action("end", "end %(name)s", OWNER),
    Action("merge", "merge %(name)s into %(theirs)s", OWNER),
    Action("undo", "undo"),
    Action("help", "help", writes=False),
)
PRESSED = (
    Action("did", "%(check_in)s:call"),
    Action("did", "%(their_check_in)s:call", NOBODY),
    Action("not_now", "%(check_in)s:tomorrow"),
    Action("not_now", "%(their_check_in)s:tomorrow", NOBODY),
    Action("sent", "%(thank_you)s"),
    Action("not_needed", "%(thank_you)s:thanked"),
    Action("step_done", "%(next_step)s"),
    Action("step_drop", "%(next_step)s"),
    Action("whats_best", "%(check_in)s:keep"),
    Action("away", "2027-03-22"),
    Action("leaver", "U2", OWNER, writes=False),
    Action("whats_best", "%(check_in)s:less_often"),
    Action("whats_best", "%(their_check_in)s:less_often", NOBODY),
    Action("undo", "%(entry)s"),
    Action("undo", "%(their_entry)s", OWNER),
    Action("again", json.dumps({"text": "called %(name)s"})),
    Action("dismiss", "", writes=False),
    Action("remind", "%(partner)s:2027-03-05:call"),
    Action("enough", "%(missed)s"),
    Action("log_it", "%(partner)s:call"),
    Action("referred", "%(partner)s"),
    Action("came_in", "%(referral)s"),
    Action("another", "%(converted)s:%(referral)s:2027-03-03"),
    Action("sent_it", "%(referral)s"),
    Action("lost_reason", "%(lost)s:cost"),
    Action("show", "%(partner)s", writes=False),
    Action("assign", "%(partner)s", writes=False),
    Action("due", "", writes=False),
    Action("edit_log", "%(missed)s", writes=False),
    Action("edit_log", "%(their_call)s", OWNER, writes=False),
    Action("edit", "%(partner)s", writes=False),
    Action("bring_back", "%(ended)s", OWNER),
    Action("desk", "%(referral)s:2027-03-03"),
    Action("desk_else", "", writes=False),
    Action("desk_none", "", writes=False),
    Action("asked", "U2", OWNER),
    Action("not_asked", "U1", OWNER),
    Action("posted", "C0TEAM", OWNER),
    Action("paste", "", writes=False),
    Action("my_settings", "", writes=False),
    Action("practice_settings", "", OWNER, writes=False),
    Action("log_link", "https://example.slack.com/archives/C1/p1", writes=False),
    Action("partner", "%(partner)s:call"),
    Action("add_partner", "", writes=False),
    Action("log_something", "", writes=False),
    Action("home_page", "partners:1", writes=False),
    Action("home_whose", "all", writes=False),
    Action("home_category", "gym", writes=False),
    Action("home_stage", "warm", writes=False),
    Action("home_words", "river", writes=False),
    Action("home_clear", "", writes=False),
    Action("home_settled", "", writes=False),
)


def test_the_table_has_every_action() -> None:
    assert {each.name for each in SAID} == {each.name for each in SUBCOMMANDS}
    assert {each.name for each in PRESSED} == set(PRESSES)


@ONE_DATABASE
@pytest.mark.parametrize("role", [*ROLES, *BARRED])
def test_who_may_do_what(team: Team, role: str) -> None:
    actor = _actor(team, role)
    for number, each in enumerate((*SAID, *PRESSED)):
        action = replace(each, given=each.given % _fresh(team, actor, number))
        before = _everything(team)
        reply = _done(team, actor, action, number < len(SAID))
        text = reply.text if isinstance(reply, Message) else ""
        is_refused = any(words in text for words in REFUSALS)
        assert is_refused == (role not in action.may), (role, action, text)
        has_written = _everything(team) != before
        assert has_written == (action.writes and not is_refused), (role, action, text)


def _actor(team: Team, role: str) -> str:
    """Somebody of that role; those whom Slack bars are liaisons here all the same."""
    team.inbox.profiles["U7"] = replace(team.inbox.profiles["U1"], **BARRED.get(role, {}))
    with team.store.begin() as connection:
        workspace.save(connection, "T1", "U7", role=role if role in ROLES else "liaison")
    return "U7"


def _done(team: Team, actor: str, action: Action, says: bool) -> Reply | None:
    if says:
        return team.says(actor, action.given)
    try:
        return team.press_value(actor, action.name, action.given)
    except UserError as error:
        from bot.domain.message import say

        return say(str(error))


def _fresh(team: Team, actor: str, number: int) -> dict[str, object]:
    """Partners and all that can be pressed about them: the actor's, and somebody else's."""
    name, theirs, paused, ended, new = (_name(number * 5 + i) for i in range(5))
    today = team.now.date()
    with team.store.begin() as connection:
        workspace.save(connection, "T1", "U1", role="desk")
        workspace.save(connection, "T1", "U2", role="liaison")
    with team.store.change("T1", team.now, "seed", "U2") as change:
        other = partner.add(change, theirs, today, liaison="U2")
        call = interaction.add(change, other, "call", today)
        partner.add(change, paused, today, paused_on=today)
        over = partner.add(change, ended, today, ended_on=today)
        workspace.post_in(change, "C0OLD")
    with team.store.change("T1", team.now, "seed", actor) as mine:
        one = partner.add(mine, name, today, category="physician", liaison=actor)
        missed = interaction.add(mine, one, "call", today, is_reached=False)
        lost = referral.add(mine, one, "received", today, lost_on=today, lost_reason="other")
        first, second = (referral.add(mine, one, "received", today) for _ in range(2))
        interaction.add_step(mine, one, actor, "call", today)
    with team.store.change("T1", team.now, "convert", actor) as converted:
        referral.convert(converted, first, today, today)
    with team.store.change("T1", team.now, "log", actor) as entry:
        interaction.add(entry, one, "report", today)
    with team.store.read("T1") as tx:
        label = referral.get(tx, second)
        query = sa.select(reminders.c.kind, reminders.c.partner_id, reminders.c.id)
        kinds = {(row.kind, row.partner_id): row.id for row in tx.connection.execute(query)}
    return {
        **{kind: kinds[kind, one] for kind in ("check_in", "thank_you", "next_step")},
        "name": name,
        "theirs": theirs,
        "paused": paused,
        "new": new,
        "ended": over,
        "partner": one,
        "other": other,
        "missed": missed,
        "lost": lost,
        "referral": second,
        "their_call": call,
        "number": label.label if label else "",
        "their_check_in": kinds["check_in", other],
        "converted": converted.audit_id,
        "entry": entry.audit_id,
        "their_entry": change.audit_id,
    }


def _name(number: int) -> str:
    """A name like no other: nobody is asked which one was meant."""
    letters = random.Random(number)
    return "".join(letters.choice(pair) for pair in ("bdfgklmnprstvz", "aeiou") * 5).capitalize()


def _everything(team: Team) -> list[object]:
    """All rows but people's profiles and places in Home, and the bookkeeping of what was sent."""
    left_out = {"members", "deliveries", "homes", audit.name}
    with team.store.peek() as connection:
        roles = sa.select(metadata.tables["members"].c.member, metadata.tables["members"].c.role)
        known = [t for t in metadata.sorted_tables if t.name not in left_out]
        return [
            *(sorted(map(repr, connection.execute(sa.select(t)).all())) for t in known),
            sorted(connection.execute(roles).all()),
            connection.execute(sa.select(sa.func.count()).select_from(audit)).scalar_one(),
        ]
