"""Who sent what came in, and for which workspace it is."""

from dataclasses import dataclass

from bot.commands.request import NOT_FOR_GUESTS
from bot.errors import UserError
from bot.slack.mrkdwn import Json


@dataclass(frozen=True, slots=True)
class Sender:
    """A person and the workspace whose bot they speak to."""

    team: str
    user: str


def of_command(body: Json) -> Sender:
    """Return who typed a command; Slack offers it to the workspace's own people only."""
    return Sender(body["team_id"], body["user_id"])


def of_interaction(body: Json) -> Sender:
    """Return who pressed, typed or sent in a form; raises UserError for people from outside.

    Where a channel is shared between workspaces, `team` is that of the person, while the ids in a
    message or form belong to the workspace whose bot made it. Both may be known here: what was
    shown in one must never be looked up in the other.
    """
    person = body["user"]
    named = (_id(body.get("team")), person.get("team_id"))
    made_in = (
        (body.get("view") or {}).get("app_installed_team_id"),
        (body.get("message") or {}).get("team"),
    )
    teams = [team for team in (*made_in, *named) if team]
    if len(set(teams)) != 1:
        raise UserError(NOT_FOR_GUESTS)
    return Sender(teams[0], person["id"])


def of_shortcut(body: Json) -> Sender:
    """Return who used a shortcut; the message it was used on may be by somebody from outside."""
    person = body["user"]
    teams = {team for team in (_id(body.get("team")), person.get("team_id")) if team}
    if len(teams) != 1:
        raise UserError(NOT_FOR_GUESTS)
    return Sender(teams.pop(), person["id"])


def _id(team: Json | str | None) -> str | None:
    found = team.get("id") if isinstance(team, dict) else team
    return str(found) if found else None
