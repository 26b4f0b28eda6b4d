"""
Key files: made on the first start, and never replaced by themselves.

Rule 1: a crash leaves a whole key or none.
Rule 2: only the operator's account reads it; one that others can read is refused.
"""

import os
from collections.abc import Callable
from pathlib import Path

from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.secret_file import exposed


def read_or_make(path: Path, make: Callable[[], bytes], *, first: bool) -> bytes:
    """
    What is in the file; what `make` returns, if there was none and it is the `first`.

    Raises `OSError`, and `DataDirectoryUnusable` if it is missing or no secret.
    """
    if not path.exists():
        if not first:
            raise DataDirectoryUnusable(
                f"{path} is missing, but not the ledger. Restore it from a backup; or, "
                f"if it is lost, run: gatekeeper rotate-key {path.stem}"
            )
        write(path, make())
    if (why := exposed(path)) is not None:
        raise DataDirectoryUnusable(
            f"{why}. If somebody may have read it, run after that: "
            f"gatekeeper rotate-key {path.stem}"
        )
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    """Put `content` there, whole and for us alone. Raises `OSError`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(draft, "xb", opener=private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def private(path: str, flags: int) -> int:
    """An opener (see `open`) of files for our eyes only."""
    return os.open(path, flags, 0o600)
