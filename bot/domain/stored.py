"""Settings as JSON keeps them: only what was chosen, and whatever cannot be read left out."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from bot.domain.recurrence import Cadence

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# More of anything was not meant, and months of it would leave the calendar.
MOST = 1200
Reader = Callable[[Any], Any]


def written(settings: "DataclassInstance") -> dict[str, Any]:
    """Return the fields that differ from their defaults, so that defaults may change later."""
    default = type(settings)()
    return {
        name: _plain(value)
        for name in (one.name for one in fields(settings))
        if (value := getattr(settings, name)) != getattr(default, name)
    }


def read(stored: object, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """Return what `readers`, by name, can read of a JSON object; never raises."""
    found = {}
    for name, reader in readers.items():
        if isinstance(stored, Mapping) and name in stored:
            try:
                found[name] = reader(stored[name])
            except (ValueError, TypeError):
                continue
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Cadence):
        return value.stored
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return list(value) if isinstance(value, tuple) else value


def is_on(value: Any) -> bool:
    """Read true or false."""
    return bool(_exactly(bool, value))


def count(value: Any) -> int:
    """Read a whole number from 1 to MOST."""
    if _exactly(int, value) not in range(1, MOST + 1):
        raise ValueError("not a count")
    return int(value)


def text(value: Any) -> str:
    """Read a text that is not empty."""
    if not _exactly(str, value):
        raise ValueError("an empty text")
    return str(value)


def texts(value: Any) -> tuple[str, ...]:
    """Read texts, none twice, in order."""
    return tuple(sorted({text(one) for one in _exactly(list, value)}))


def weekday(value: Any) -> int:
    """Read a weekday; 0 is Monday."""
    if _exactly(int, value) not in range(7):
        raise ValueError("not a weekday")
    return int(value)


def weekdays(value: Any) -> tuple[int, ...]:
    """Read at least one weekday; they come in order."""
    found = tuple(sorted({weekday(one) for one in _exactly(list, value)}))
    if not found:
        raise ValueError("no weekday")
    return found


def clock_time(value: Any) -> time:
    """Read a local time of the day."""
    found = time.fromisoformat(_exactly(str, value))
    if found.tzinfo:
        raise ValueError("not a local time")
    return found


def instant(value: Any) -> datetime:
    """Read an instant."""
    found = datetime.fromisoformat(_exactly(str, value))
    if found.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return found


def span(value: Any) -> tuple[datetime, datetime]:
    """Read two instants, the first of them earlier."""
    start, end = map(instant, _exactly(list, value))
    if start >= end:
        raise ValueError("not a time that passes")
    return start, end


def none_or(reader: Reader) -> Reader:
    """Read null, too."""
    return lambda value: None if value is None else reader(value)


def one_of(*known: str) -> Reader:
    """Read one of some texts."""

    def reader(value: Any) -> str:
        if value not in known:
            raise ValueError("not among them")
        return str(value)

    return reader


def cadences(value: Any) -> dict[str, Cadence]:
    """Read cadences by name; those that cannot be read are left out."""
    return read(value, dict.fromkeys(_exactly(dict, value), Cadence.parse))


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"not {kind.__name__}")
    return value
