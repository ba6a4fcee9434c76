"""A file that is written whole or not at all."""

import contextlib
import os
from pathlib import Path

from bot.errors import UserError


def save(path: Path, data: bytes) -> None:
    """Write a file, or leave what was there as it was and raise UserError."""
    if path.is_dir():
        raise UserError(f"{path} is a folder; name a file in it.")
    try:
        _save(path.resolve(), data)
    except OSError as error:
        raise UserError(f"I cannot write {path}: {error.strerror}.") from None


def _save(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        # A device or a pipe, which must not be replaced by a file.
        path.write_bytes(data)
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
