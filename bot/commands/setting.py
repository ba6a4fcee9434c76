"""The fields of a form of settings: their labels, and how a change of them is said back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

from bot.commands.request import mention
from bot.domain.words import date_words, list_words, plain, time_words, weekdays_words


@dataclass(frozen=True, slots=True)
class Setting:
    """One field; `words` says what stands in it, `empty` what it means that nothing does."""

    label: str
    words: Callable[[str], str] = plain
    empty: str = "none"


Settings = Mapping[str, Setting]


def said_back(settings: Settings, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return a line for each field that differs, in the order of the form."""
    return [
        f"• {one.label}: {one.words(after[name]) if after.get(name) else one.empty}"
        for name, one in settings.items()
        if before.get(name, "") != after.get(name, "")
    ]


def hour(value: str) -> str:
    """Say a time of the day."""
    return time_words(time.fromisoformat(value))


def on_days(value: str) -> str:
    """Say weekdays that are written "0,1,4"."""
    return weekdays_words([int(one) for one in value.split(",")])


def day(value: str) -> str:
    """Say a day."""
    on = date.fromisoformat(value)
    return date_words(on, on)


def people(value: str) -> str:
    """Say people whose ids are written "U1,U2"."""
    return list_words([mention(user) for user in value.split(",")])


def lines(value: str) -> str:
    """Say a text of several lines."""
    return "; ".join(plain(line) for line in value.splitlines())


def one_of(labels: Mapping[str, str]) -> Callable[[str], str]:
    """Say what was picked by its label."""
    return lambda value: labels.get(value, value)
