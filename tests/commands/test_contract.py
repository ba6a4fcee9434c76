"""What holds for every subcommand and every button in the tables."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.commands
from bot.commands import PRESSES, SUBCOMMANDS, TAKEN_BACK, Press, Subcommand, subcommand
from tests.commands.looking import ONE_DATABASE, is_sound
from tests.invariants import check, dump
from tests.speaker import Team

EXAMPLES = {
    "log": "log riverside call, 20 min",
    "add": "add Stride Running, store, every 6 weeks, <@U1>",
    "refer": "refer riverside yesterday",
    "convert": "convert R-1001 today",
    "evals": "evals riverside 2, dr lee yesterday",
    "lost": "lost R-1001 insurance",
    "next": "next riverside send the protocol by Friday",
    "due": "due all",
    "show": "show riverside",
    "list": "list physician",
    "stats": "stats riverside 2027-Q1",
    "assign": "assign harbor <@U2>",
    "cadence": "cadence riverside every 6 weeks",
    "pause": "pause riverside until April 5",
    "resume": "resume riverside",
    "edit": "edit riverside",
    "end": "end harbor moved away",
    "merge": "merge bright smile into bright path",
    "undo": "undo",
    "help": "help log",
}
ODD = (
    "",
    "x",
    "1:2:3",
    "-1",
    "0",
    "1",
    "1:",
    ":",
    "::",
    "1:call",
    "1:tomorrow:x",
    "1:2027-03-03",
    "1:2027-02-30:x",
    "1:9999-12-31:x",
    "999999:call",
    "9" * 40,
    "2147483647",
    "2147483648",
    "99999999999:skip",
    "١٢",
    "²",
    "1.5",
    "null",
    "[]",
    "{}",
    '{"text": 1}',
    '{"text": "", "chosen": ["a", -1, null, true, 1e300]}',
    '{"text": "show riverside", "chosen": 3, "chosen_now": "x", "instead": 3, "add": []}',
    '{"text": "help", "is_confirmed": "yes"}',
    "[" * 3000,
    '{"text": "refer x", "chosen": [99999999999999999999]}',
    "a\x00b",
)
# The first partner and its check-in are there.
REAL = {
    ("did", "1:call"),
    ("log_it", "1:call"),
    ("partner", "1:call"),
    ("referred", "1"),
    ("remind", "1:9999-12-31:x"),
    ("remind", "1:2027-03-03:x"),
}
every = pytest.mark.parametrize("each", SUBCOMMANDS, ids=lambda each: each.name)


def test_words_are_unique_and_lower_case() -> None:
    words = [word for each in SUBCOMMANDS for word in (each.name, *each.aliases)]
    assert len(set(words)) == len(words)
    assert all(word == word.casefold().strip() and " " not in word for word in words)
    assert set(EXAMPLES) == {each.name for each in SUBCOMMANDS}


@every
def test_usage_and_help_are_one_line(each: Subcommand) -> None:
    assert each.usage.split()[0] == each.name
    assert 0 < len(each.help) <= 200
    assert "\n" not in each.usage + each.help
    for word in (each.name, *each.aliases):
        assert subcommand(word.upper()) is each


@every
@ONE_DATABASE
def test_the_example_and_the_bare_word_are_answered(clinic: Team, each: Subcommand) -> None:
    clinic.says("U4", "refer riverside 3/1")
    for text in (EXAMPLES[each.name], each.name, *each.aliases, f"{each.name} ?"):
        is_sound(clinic.says("U1", text))
        check(clinic.store, clinic.now.date())


def test_every_change_that_is_recorded_has_words_to_take_it_back() -> None:
    folder = Path(bot.commands.__path__[0])
    recorded = {name for path in folder.glob("*.py") for name in _recorded(path.read_text())}
    assert recorded - {"undo"} == TAKEN_BACK.keys()
    entries: tuple[Subcommand | Press, ...] = (*SUBCOMMANDS, *PRESSES.values())
    given = [name for each in entries for name in each.taken_back]
    assert len(given) == len(TAKEN_BACK)
    assert all(words.startswith(("that", "those", "the ")) for words in TAKEN_BACK.values())


def _recorded(source: str) -> Iterator[str]:
    """Yield the names that changes are recorded under: `pressed` is given its own first."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        called = ast.unparse(call.func)
        if called.endswith(".store.change") or called == "pressed":
            name = call.args[0 if called == "pressed" else 2]
            if called == "pressed" or ast.unparse(name) != "what":
                yield ast.literal_eval(name)


def test_actions_stand_under_their_own_names() -> None:
    assert all(press.action == action for action, press in PRESSES.items())
    assert all(action and ":" not in action for action in PRESSES)


@ONE_DATABASE
@pytest.mark.parametrize("action", sorted(PRESSES))
def test_odd_values_are_answered_and_change_nothing(clinic: Team, action: str) -> None:
    before = dump(clinic.store)
    for value in ODD:
        said = clinic.press_value("U1", action, value)
        assert said is not None
        is_sound(said)
        if (action, value) not in REAL:
            assert dump(clinic.store) == before, (action, value)
        before = dump(clinic.store)
    check(clinic.store, clinic.now.date())


def test_numbers_of_any_size_are_answered(clinic: Team) -> None:
    before = dump(clinic.store)
    for action in sorted(PRESSES):
        for value in ("2147483647", "2147483648:call", "-1", "9" * 40, "0:other"):
            said = clinic.press_value("U1", action, value)
            assert said is not None
            is_sound(said)
    assert dump(clinic.store) == before


@ONE_DATABASE
@pytest.mark.parametrize("action", sorted(PRESSES))
def test_another_workspaces_rows_are_out_of_reach(clinic: Team, action: str) -> None:
    from bot.domain.member import Workspace
    from bot.store import partner, referral, workspace

    with clinic.store.begin() as connection:
        workspace.found(connection, Workspace("T2", "Other"), clinic.now)
    with clinic.store.change("T2", clinic.now, "seed", "U1") as change:
        far = partner.add(change, "Far Away", clinic.now.date(), liaison="U1")
        referral.add(change, far, "received", clinic.now.date())
    entry = change.audit_id
    before = dump(clinic.store)
    ids = {far, entry, 1 if far != 1 else 2}
    with clinic.store.read("T2") as tx:
        reminder_id = tx.scalar(_newest("reminders"))
        referral_id = tx.scalar(_newest("referrals"))
    for number in {*ids, reminder_id, referral_id} - set(range(1, 7)):
        for value in (f"{number}", f"{number}:call", f"{number}:other", f"{number}:tomorrow"):
            said = clinic.press_value("U1", action, value)
            assert said is not None
            assert "Far Away" not in repr(said)
    carried = json.dumps({"text": "show far", "chosen": [far], "chosen_now": far, "instead": "far"})
    said = clinic.press_value("U1", action, carried)
    assert said is not None
    assert "Far Away" not in repr(said)
    assert dump(clinic.store) == before


def _newest(table: str):  # type: ignore[no-untyped-def]
    import sqlalchemy as sa

    from bot.store.schema import metadata

    found = metadata.tables[table]
    return sa.select(sa.func.max(found.c.id)).where(found.c.workspace == "T2")


@ONE_DATABASE
def test_a_button_of_an_older_version_says_so(clinic: Team) -> None:
    said = clinic.press_value("U1", "gone", "1")
    assert said is not None
    assert said.text == (
        "That button is from an older version of me. Please use `/partner` instead."
    )
