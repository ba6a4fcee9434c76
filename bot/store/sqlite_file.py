"""The file of a SQLite database: made once, and never quietly replaced by an empty one.

SQLite goes on writing to a file that was removed, and makes a new one for whoever connects next;
half of what people save would be gone with the old one.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DisconnectionError

_FILE = "rapport.file"


class SqliteFile:
    """Opens connections to one file: the first may make it, later ones need it to be there."""

    def __init__(self, path: str, timeout: float) -> None:
        self.path, self.timeout = path, timeout
        self._was_there = False

    def open(self) -> sqlite3.Connection:
        """Open a connection; raises sqlite3.OperationalError when the file is gone."""
        mode = "rw" if self._was_there else "rwc"
        return sqlite3.connect(
            f"{Path(self.path).absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=self.timeout,
            check_same_thread=False,
        )

    def opened(self, _connection: sqlite3.Connection, record: Any) -> None:
        """Note which file a new connection is to; the file exists by now."""
        record.info[_FILE] = self._file()
        self._was_there = True

    def is_taken(self, _connection: sqlite3.Connection, record: Any, _proxy: Any) -> None:
        """Refuse a connection to a file that is no longer the one of that name."""
        if record.info[_FILE] != self._file():
            raise DisconnectionError("the database file is another one now")

    def _file(self) -> tuple[int, int] | None:
        try:
            found = Path(self.path).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def is_read_only(engine: Engine) -> bool:
    """Whether an engine's SQLite file, or its folder, in which SQLite writes too, is not ours."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return False
    file = Path(engine.url.database).absolute()
    there = [place for place in (file, file.parent) if place.exists()]
    return not all(os.access(place, os.W_OK) for place in there)
