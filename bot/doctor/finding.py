"""One line of the report: what was looked at, how it is, and what to do."""

from dataclasses import dataclass

OK, WRONG, NOT_TRIED = "ok", "WRONG", "-"
_MARK, _NAME = 6, 11
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing is; `remedy` is a sentence for whoever has to mend it."""

    name: str
    mark: str
    said: str
    remedy: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether something has to be mended before the bot can do its work."""
        return self.mark == WRONG

    def __str__(self) -> str:
        remedy = f" To do: {self.remedy}" if self.remedy else ""
        return f"{self.mark:<{_MARK}} {self.name:<{_NAME}} {_line(self.said)}{remedy}"


def ok(name: str, said: str) -> Finding:
    """Nothing to do."""
    return Finding(name, OK, said)


def wrong(name: str, said: str, remedy: str) -> Finding:
    """Something to mend."""
    return Finding(name, WRONG, said, remedy)


def not_tried(name: str, why: str) -> Finding:
    """Something that could not be looked at, or does not apply."""
    return Finding(name, NOT_TRIED, why)


def _line(text: str) -> str:
    """What comes from elsewhere as one printable line."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:LONGEST]
