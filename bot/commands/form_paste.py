"""The form into which partners are pasted, one a line."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from bot.commands.add import Added, cadence_of, read_added
from bot.commands.form import FieldError, Submitted, vouched
from bot.commands.reply import saved
from bot.commands.request import Context, OpenForm, Press, Request
from bot.domain.cadence import Cadence, spread
from bot.domain.message import Message, say
from bot.domain.words import count_words, plain, short
from bot.errors import UserError
from bot.store import Change, Tx, partner, workspace

MOST = 3000
# So many lines that need a look are named; the others are in the list that was pasted.
NAMED = 10
_AT = re.compile(r"@([^\s,<>|]+)")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read of the lines, and what is wrong with those that could not be."""

    added: list[Added]
    wrong: list[str]


def submit_paste(form: Submitted, request: Request, context: Context) -> Message:
    """Add a partner for each line that can be read; say what is wrong with the others."""
    lines = [line.strip() for line in form.text("lines", MOST).splitlines() if line.strip()]
    if not lines:
        raise FieldError("lines", "Who refers to you? One on each line; a name is enough.")
    with context.store.read(request.workspace) as tx:
        remark = vouched(tx, form, ("lines",), request, {})
        pasted = read_lines(tx, lines)
    if not pasted.added:
        return say("Nothing was added.", *_wrong(pasted))
    with context.store.change(
        request.workspace, request.now, "paste", request.user, request.key
    ) as change:
        change.remark = remark
        _add_all(change, pasted.added, request)
    count = count_words(len(pasted.added), "partner")
    spread_out = "First check-ins are spread evenly." if len(pasted.added) > 1 else ""
    return saved(change, f"✓ *{count} added.* {spread_out}".strip(), *_wrong(pasted))


def read_lines(tx: Tx, lines: list[str]) -> Pasted:
    """Read each line as `/partner add` does; people are found by their name after an @."""
    people = _people(tx)
    pasted, seen = Pasted([], []), set[str]()
    for line in lines:
        try:
            read = _read(tx, line, people)
            if partner.name_key(read.name) in seen:
                raise UserError("it is there twice")
        except UserError as error:
            pasted.wrong.append(f"{plain(short(line, 60))}: {error}")
        else:
            seen.add(partner.name_key(read.name))
            pasted.added.append(read)
    return pasted


def _read(tx: Tx, line: str, people: dict[str, str]) -> Added:
    name = _AT.search(line)
    # Nobody is mentioned in a form: what looks like it was typed.
    read = read_added(_AT.sub("", line).replace("<", "").replace(">", ""))
    if found := partner.named(tx, read.name):
        back = f"was ended; `/partner add {plain(found.name)}` can bring it back"
        raise UserError(back if found.ended_on else "is in your partners already")
    if name is None:
        return read
    if name[1].casefold() not in people:
        raise UserError(f"I don't know @{plain(name[1])}; `/partner assign` them later")
    return replace(read, liaison=people[name[1].casefold()])


def _people(tx: Tx) -> dict[str, str]:
    """Return the user ids of the team by first name, where only one has it, and by full name."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for one in workspace.people(tx):
        words = one.name.casefold().split()
        if words and not (one.is_barred or one.is_deactivated):
            for name in {words[0], "".join(words), ".".join(words)}:
                names[name].add(one.member)
    return {name: next(iter(users)) for name, users in names.items() if len(users) == 1}


def _add_all(change: Change, added: list[Added], request: Request) -> None:
    groups: defaultdict[tuple[str | None, Cadence], list[Added]] = defaultdict(list)
    for one in added:
        groups[one.liaison, cadence_of(one, request)].append(one)
    for (_, cadence), group in groups.items():
        days = spread(len(group), cadence, request.today, request.calendar)
        for one, day in zip(group, days, strict=True):
            partner.add(
                change,
                one.name,
                request.today,
                category=one.category,
                cadence=one.cadence.stored if one.cadence else None,
                liaison=one.liaison,
                first_due_on=day,
            )
        if group[0].liaison:
            workspace.become_liaison(change, group[0].liaison)


def _wrong(pasted: Pasted) -> list[str]:
    if not pasted.wrong:
        return []
    need = count_words(len(pasted.wrong), "line needs", "lines need")
    more = len(pasted.wrong) - NAMED
    named = [f"• {one}" for one in pasted.wrong[:NAMED]]
    return [f"{need} a look:", *named, *([f"and {more} more"] if more > 0 else [])]


def _paste(_value: str, _request: Request, _context: Context) -> OpenForm:
    return OpenForm("paste")


PASTE = Press("paste", _paste, {"paste": "those new partners"})
