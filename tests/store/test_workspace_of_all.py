"""No function of the store reaches rows without being told of which workspace, but for a few."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

import bot.store
from bot.domain.member import Member, Workspace
from bot.store import Change, Store, Tx
from bot.store.outbox import Delivery

REACHES = (sa.Connection, sa.Engine, Store, Tx)
# What names its workspace itself.
VALUES = (Member, Workspace, Delivery)
NAMES = {"workspace", "team", "teams"}

# Whoever adds a line here says why nobody may be shown what another workspace keeps.
ACROSS = {
    "agenda.with_work": "says which workspaces have work, and nothing of what",
    "workspace.ids": "the command line asks which ones there are",
    "workspace.desks": "whose hour has come: each is asked in their own workspace",
    "workspace.absent": "whose absence is over: each is told in their own workspace",
    "workspace.looking_ahead": "whose week begins: each is told of their own workspace",
    "workspace.with_channel": "whose digest is due: each is written in its own workspace",
    "outbox.counts": "figures for the operator: numbers without names",
    "figures.reminders_by_kind": "figures for the operator",
    "figures.waiting_since": "figures for the operator",
    "figures.unplanned_since": "figures for the operator",
    "prune.old_messages": "deletes by age alone, and shows nothing",
    "prune.forget_messages": "deletes by age alone",
    "prune.forget_inbound": "deletes by age alone",
    "prune.forget_audit": "deletes by age alone",
    "turn.is_mine": "a lock, no rows",
    "health.trouble": "whether the database can be used",
    "migrate.migrate": "the tables themselves",
    "version.version": "the tables themselves",
    "version.is_current": "the tables themselves",
    "version.is_known": "the tables themselves",
    "engine.overwrite_what_is_deleted": "a switch of the database",
    "sqlite_file.is_read_only": "whether the file may be written",
    "engine.empty_log": "the log of the database file",
    "backup.backup": "a whole copy, for the operator",
    "backup.file_of": "the path of the file",
    "backup.dump_command": "a line to type",
}


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the store, by module and name."""
    for info in pkgutil.iter_modules(bot.store.__path__):
        module = importlib.import_module(f"bot.store.{info.name}")
        for name, found in vars(module).items():
            is_ours = inspect.isfunction(found) and found.__module__ == module.__name__
            if is_ours and not name.startswith("_"):
                yield f"{info.name}.{name}", found


def reaches_rows(function: Callable[..., Any]) -> bool:
    return any(_is_one_of(one.annotation, REACHES) for one in _parameters(function))


def is_bound(function: Callable[..., Any]) -> bool:
    """Whether it is told of which workspace: by a transaction, by name, or by a value of one."""
    parameters = _parameters(function)
    return _is_one_of(parameters[0].annotation, (Tx,)) or any(
        one.default is inspect.Parameter.empty
        and (one.name in NAMES or any(value.__name__ in str(one.annotation) for value in VALUES))
        for one in parameters
    )


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


def _is_one_of(annotation: Any, classes: tuple[type, ...]) -> bool:
    return inspect.isclass(annotation) and issubclass(annotation, classes)


def test_every_other_function_is_bound_to_a_workspace() -> None:
    found = dict(functions())
    assert len(found) > 100
    unbound = {name for name, one in found.items() if reaches_rows(one) and not is_bound(one)}
    assert unbound == set(ACROSS)


def test_a_transaction_is_bound_to_one() -> None:
    for made in (Tx.__init__, Change.__init__, Store.read, Store.change):
        workspace = inspect.signature(made).parameters["workspace"]
        assert workspace.default is inspect.Parameter.empty
    open_to_all = {name for name in vars(Store) if not name.startswith("_")} - {"read", "change"}
    assert open_to_all == {"peek", "begin"}
