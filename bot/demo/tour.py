"""The guided tour: what to try first, and how to see that it was tried."""

from collections.abc import Callable, Mapping

from bot.practice import Delivery, Person, Workspace
from bot.practice.page import Step

Done = Callable[[Workspace], bool]


def steps(people: Mapping[str, Person]) -> tuple[Step, ...]:
    """Return the tour for the clinic's people."""
    ana, jo, maya = (people[name].id for name in ("ana", "jo", "maya"))
    return (
        Step(
            "As Ana, log a call in your own words:",
            _typed("called"),
            ana,
            text="/partner called riverside about knee protocols, 20 min",
        ),
        Step(
            "Press “Next working morning, 9:00” above: Ana's list for the day arrives. "
            "(In Chicago it is still eight.)",
            _wrote_to(ana),
        ),
        Step("In Ana's list, choose “I did it” beside a partner.", _pressed(ana), ana),
        Step(
            "As Jo at the front desk, say who came in today:",
            _typed("evals"),
            jo,
            text="/partner evals dr lee, riverside 2",
        ),
        Step(
            "Back to Ana: she is asked to say thanks. Copy the note and press “Mark sent”.",
            _pressed(ana, "thank", "sent"),
            ana,
        ),
        Step(
            "As Maya, the owner, see which partnerships work:",
            _typed("stats"),
            maya,
            "partners",
            "/partner stats",
        ),
        Step(
            "Still as Maya, open Home: the practice at a glance, and what can be done about it.",
            _opened_home(maya),
            maya,
            "home",
        ),
    )


def _delivered(workspace: Workspace, kind: str, user: str | None = None) -> list[Delivery]:
    found = [one for one in workspace.deliveries if one.kind == kind and one.outcome == "ok"]
    return [one for one in found if user in (None, (one.payload.get("user") or {}).get("id"))]


def _typed(word: str) -> Done:
    """Somebody's command began with this word."""
    return lambda workspace: any(
        one.payload["text"].startswith(word) for one in _delivered(workspace, "slash_commands")
    )


def _opened_home(user: str) -> Done:
    """The person's Home was drawn."""
    return lambda workspace: user in workspace.homes


def _wrote_to(user: str) -> Done:
    def is_done(workspace: Workspace) -> bool:
        channel = workspace.open_im(user).id
        return any(message.by_bot for message in workspace.seen_in(channel))

    return is_done


def _pressed(user: str, *words: str) -> Done:
    """The person pressed something whose action names one of the words."""

    def is_done(workspace: Workspace) -> bool:
        pressed = _delivered(workspace, "interactive", user)
        names = [one["action_id"] for each in pressed for one in each.payload.get("actions", ())]
        return any(not words or any(word in name for word in words) for name in names)

    return is_done
