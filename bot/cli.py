"""The command line: a function for each command. Data to stdout, words to stderr."""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import sqlalchemy as sa
import typer

from bot import __version__, privacy, settings
from bot.domain.clock import SystemClock
from bot.domain.words import list_words
from bot.errors import NotSaved, SlackError, UserError
from bot.sheets import FORMATS, SHEETS, Imported, Sheet, export, leftover, save, take_in
from bot.sheets.known import nobody
from bot.store import Store, connect, workspace
from bot.store.backup import backup, dump_command
from bot.store.health import why
from bot.store.migrate import migrate

# Where standard input stands as a file.
STREAMS = ("/dev", "/dev/fd", "/proc/self/fd")
ALL_DONE, SOME_REFUSED, UNUSABLE = 0, 1, 2
SOMETHING_WRONG = 1
# From here on a person wants to see that it goes on.
MANY_ROWS = 3_000
# Half a million rows; a device that never ends is not read until the memory is full.
MOST_BYTES = 100_000_000

IMPORTABLE = [name for name, sheet in SHEETS.items() if sheet.plan]
NO_WORKSPACE = (
    "There is no workspace in this database yet. Start the bot once with `rapport run`, "
    "or give me its settings, so that I can ask Slack which workspace its token is for."
)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Keeps a clinic's referral partnerships alive, in Slack.",
)

Team = Annotated[
    str | None,
    typer.Option("--workspace", metavar="T...", help="Only needed when there are several."),
]
Person = Annotated[str, typer.Option("--person", metavar="U...", help="A Slack user id.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")]


def main() -> None:
    """Run the command line; exits with 0, 1 (some rows refused) or 2 (unusable)."""
    app()


def _version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"rapport {__version__}")
        raise typer.Exit


@app.callback()
def _rapport(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which one.")
    ] = False,
) -> None:
    """Keeps a clinic's referral partnerships alive, in Slack."""


@app.command()
def run() -> None:
    """Run the bot, until it is stopped."""
    _run("RUN")


@app.command("bot")
def bot_() -> None:
    """Answer people only; reminders come from `rapport jobs` on the same database."""
    _run("BOT")


@app.command("jobs")
def jobs_() -> None:
    """Send reminders only; people are answered by `rapport bot` on the same database."""
    _run("JOBS")


def _run(role: str) -> NoReturn:
    # Imported here because it brings all of Slack with it.
    running = importlib.import_module("bot.run")
    raise typer.Exit(running.main(os.environ, role=getattr(running, role)))


@app.command()
def doctor() -> None:
    """Look at settings, database and Slack, and say what to do about what is wrong."""
    # Imported here because it brings all of Slack with it.
    findings = importlib.import_module("bot.doctor").examine(os.environ)
    are_wrong = []
    for finding in findings:
        typer.echo(str(finding))
        are_wrong.append(finding.is_wrong)
    raise typer.Exit(SOMETHING_WRONG if any(are_wrong) else ALL_DONE)


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Try the bot on a practice Slack on this machine; no account is needed."""
    raise typer.Exit(importlib.import_module("bot.demo").main(port, not no_browser))


@app.command("import")
def import_(
    sheet: Annotated[str, typer.Argument(metavar="|".join(IMPORTABLE))],
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    dry_run: DryRun = False,
    team: Team = None,
) -> None:
    """Read a CSV file or workbook. Good rows are kept; the same file twice adds nothing."""
    with _plainly():
        wanted = _sheet(sheet, IMPORTABLE)
        data = _read(file)
        store = _store()
        wanted_team = _team(store, team)
        asked, now = _find_by_email(wanted_team), SystemClock().now()
        with _progress() as told:
            imported = take_in(store, wanted_team, wanted, data, now, dry_run, asked, told)
    _report(wanted, imported, dry_run)
    if imported.refused and not dry_run:
        _keep_refused(file, imported)
    raise typer.Exit(SOME_REFUSED if imported.refused else ALL_DONE)


@app.command("export")
def export_(
    sheet: Annotated[str, typer.Argument(metavar="|".join(SHEETS))] = "",
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))] = "csv",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Instead of stdout.")
    ] = None,
    person: Annotated[
        str, typer.Option("--person", metavar="U...", help="All that is kept of a person, as JSON.")
    ] = "",
    team: Team = None,
) -> None:
    """Write partners, interactions, referrals or reminders as CSV or JSON."""
    with _plainly():
        if person and sheet:
            raise UserError(f"Choose one: {sheet}, or --person.")
        data = _of_person(person, team) if person else _of_sheet(sheet, form, team)
        if output:
            save(output, data)
    if not output:
        _print(data)


@app.command()
def forget(
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")] = False,
    team: Team = None,
) -> None:
    """Replace a person by nobody in particular, everywhere. This cannot be undone."""
    with _plainly():
        user, store = privacy.user_id(person), _store()
        wanted_team = _team(store, team)
        if user in settings.owners(os.environ):
            raise UserError(f"Take {user} out of RAPPORT_OWNERS first.")
        if not yes and sys.stdin.isatty():
            typer.confirm(f"Forget {user}? This cannot be undone.", abort=True, err=True)
        typer.echo(privacy.forget_person(store, wanted_team, user, SystemClock().now()), err=True)


@app.command()
def prune(
    notes_older_than: Annotated[
        str, typer.Option("--notes-older-than", metavar="730d", help="An age: 730d or 2y.")
    ],
    dry_run: DryRun = False,
    team: Team = None,
) -> None:
    """Blank the notes of old interactions. This cannot be undone."""
    with _plainly():
        age, store = privacy.age(notes_older_than), _store()
        wanted_team, now = _team(store, team), SystemClock().now()
        typer.echo(privacy.blank_old_notes(store, wanted_team, age, now, dry_run), err=True)


@app.command("backup")
def backup_(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an older copy.")] = False,
) -> None:
    """Copy a SQLite database while the bot runs, and check that the copy is whole."""
    with _plainly():
        engine = connect(settings.database_url(os.environ))
        if engine.dialect.name != "sqlite":
            raise UserError(f"PostgreSQL makes its own copies:\n  {dump_command(engine, file)}")
        size = backup(engine, file, overwrite)
    typer.echo(f"{file}: {size:,} bytes, checked. It holds all that is kept: guard it.", err=True)


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what a person can mend into plain sentences and the exit code for it."""
    try:
        yield
    except UserError as error:
        _give_up(str(error))
    except settings.SettingsError as error:
        _give_up(*error.problems)
    except SlackError as error:
        _give_up(f"Slack did not answer ({error.reason}). Try again: nothing is added twice.")
    except NotSaved as error:
        _give_up(f"The database did not take it ({error}). Try again: nothing is added twice.")
    except sa.exc.SQLAlchemyError as error:
        _give_up(f"The database cannot be used: {why(error)}")


def _give_up(*sentences: str) -> NoReturn:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    raise typer.Exit(UNUSABLE)


def _of_person(person: str, team: str | None) -> bytes:
    user, store = privacy.user_id(person), _store()
    return privacy.copy_of(store, _team(store, team), user, SystemClock().now())


def _of_sheet(name: str, form: str, team: str | None) -> bytes:
    wanted = _sheet(name, list(SHEETS))
    if form not in FORMATS:
        raise UserError(f'"{form}" is no format; choose {" or ".join(FORMATS)}.')
    store = _store()
    with store.read(_team(store, team)) as tx:
        return export(tx, wanted, form, SystemClock().now())


def _sheet(name: str, names: list[str]) -> Sheet:
    if not name:
        raise UserError(f"Missing argument: choose {', '.join(names)}.")
    if name not in names:
        raise UserError(f'There is no sheet "{name}" here; choose {", ".join(names)}.')
    return SHEETS[name]


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(f"I cannot read {file}: {error.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise UserError(f"{file} is larger than {MOST_BYTES:,} bytes; split it.")
    return data


def _store() -> Store:
    engine = connect(settings.database_url(os.environ))
    migrate(engine)
    return Store(engine)


def _team(store: Store, wanted: str | None) -> str:
    """Return the workspace that is meant; on an empty database it is the token's."""
    with store.engine.connect() as connection:
        known = workspace.ids(connection)
    known = known or _teams_of_tokens(store)
    if wanted is None and len(known) > 1:
        raise UserError(f"Choose a workspace with --workspace: {list_words(known)}.")
    if wanted is not None and wanted not in known:
        raise UserError(f"There is no workspace {wanted} here, only {list_words(known)}.")
    return wanted or known[0]


def _teams_of_tokens(store: Store) -> list[str]:
    try:
        values = settings.read(os.environ)
    except settings.SettingsError as error:
        raise UserError("\n".join([NO_WORKSPACE, *error.problems])) from None
    # Imported here because it brings all of Slack with it.
    running = importlib.import_module("bot.run")
    try:
        made = running.workspaces_of(values, store, SystemClock().now())
    except running.Unusable as error:
        raise UserError(str(error)) from None
    return [one.id for one in made]


def _find_by_email(team: str) -> Callable[[str], str | None]:
    """Return a way to ask Slack for people whom the database does not know, if there is one."""
    try:
        values = settings.read(os.environ)
    except settings.SettingsError:
        return nobody
    found: Callable[[str], str | None] = importlib.import_module("bot.run").find_by_email(
        values, team
    )
    return found


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show how far a long import is, to somebody who watches; a log has no use for it."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def told(done: int, of: int) -> None:
            if not bars and of >= MANY_ROWS and sys.stderr.isatty():
                bar = typer.progressbar(length=of, label="Writing", file=sys.stderr)
                bars.append(stack.enter_context(bar))
            for bar in bars:
                bar.update(done - bar.pos)

        yield told


def _keep_refused(file: Path, imported: Imported) -> None:
    """Write the refused rows beside the file; the good ones are kept either way."""
    if not file.is_file() or str(file.absolute().parent) in STREAMS:
        # Read from a pipe: there is nothing to be beside of.
        return
    beside = leftover.beside(file)
    try:
        save(beside, leftover.refused_rows(imported))
    except UserError as error:
        typer.echo(str(error), err=True)
        return
    typer.echo(f"Refused rows are in {beside}: mend them there and import that file.", err=True)


def _report(sheet: Sheet, imported: Imported, is_dry_run: bool) -> None:
    if is_dry_run:
        read_as = [f"{column} from {name!r}" for name, column in imported.mapped.items()]
        typer.echo(f"Read: {', '.join(read_as)}.", err=True)
    for refused in imported.refused:
        typer.echo(f"Line {refused.line}: {refused.reason}.", err=True)
    if imported.ignored_columns:
        columns = ", ".join(f'"{name}"' for name in imported.ignored_columns)
        typer.echo(f"Columns that I don't know, and left out: {columns}.", err=True)
    counts = (
        f"{imported.added:,} added, {imported.changed:,} changed, "
        f"{imported.unchanged:,} unchanged, {len(imported.refused):,} refused"
    )
    said = f"{sheet.name.capitalize()}: {counts}."
    typer.echo(f"{said} A dry run: nothing was saved." if is_dry_run else said, err=True)


def _print(data: bytes) -> None:
    """Write to stdout; whoever reads it may stop early."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
