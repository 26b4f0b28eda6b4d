"""
The roll outside: a file that outlives the database, on another disk if one is wise.

Rule 1: it is written after the database and before anything is deleted, so that all
that was ever promised is on it; what a crash kept from it is added at the next start.
Rule 2: nothing in it is changed; a last line that a crash cut short is taken off, since
nothing was deleted for it yet.
Rule 3: a roll that is not this database's is left alone.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from gatekeeper.errors import DataDirectoryUnusable, EvidenceError
from gatekeeper.storage.key_file import private
from gatekeeper.storage.roll import NOWHERE, Line, Place, follow, framed, unframed

BLOCK = 1 << 16
"""Bytes that are read at once."""


class RollFile:
    """One file. Each call blocks, and raises `OSError`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> Iterator[tuple[Place, Line]]:
        """All whole lines, each checked. Raises `EvidenceError`."""
        if self.path.exists():
            with self.path.open(encoding="utf-8", newline="\n") as file:
                yield from follow(unframed(t) for t in file if t.endswith("\n"))

    def end(self) -> Place:
        """Where it ends. Raises `EvidenceError`."""
        end = NOWHERE
        for end, _ in self.lines():  # noqa: B007 - the last one is wanted
            pass
        return end

    def mend(self) -> None:
        """Take off a last line that a crash cut short."""
        if not self.path.exists():
            return
        with self.path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            whole = _end_of_lines(file, size)
            if whole < size:
                file.truncate(whole)
                os.fsync(file.fileno())

    def append(self, texts: Sequence[str]) -> None:
        """Write lines, durably; made for us alone if it is not there."""
        if not texts:
            return
        new = not self.path.exists()
        if new:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.path, "ab", opener=private) as file:
            file.write("".join(map(framed, texts)).encode())
            file.flush()
            os.fsync(file.fileno())
        if new:
            _sync(self.path.parent)


def ahead(file: RollFile, known: Iterable[str]) -> list[Line]:
    """
    What the file has beyond `known`, all lines of a database: that one is older.

    Raises `DataDirectoryUnusable` for the roll of another one, or a damaged one.
    """
    beyond: list[Line] = []
    here = iter(known)
    try:
        for place, line in file.lines():
            text = next(here, None)
            if text is None:
                beyond.append(line)
            elif line.text() != text:
                raise DataDirectoryUnusable(
                    f"{file.path}: this list of deletions is not of this ledger (line "
                    f"{place.n}). Name the one that is in backup.deletions; or move "
                    "this one away, if the ledger was restored without it."
                )
    except (EvidenceError, UnicodeDecodeError) as exc:
        raise DataDirectoryUnusable(
            f"{file.path}: this list of deletions is damaged: {exc}. Restore it from a "
            "copy (`gatekeeper deletions` makes one), or move it away: it is made "
            "again from the ledger."
        ) from exc
    return beyond


def _end_of_lines(file: BinaryIO, size: int) -> int:
    """Where the last whole line ends. Reads from the end."""
    at = size
    while at > 0:
        begin = max(0, at - BLOCK)
        file.seek(begin)
        found = file.read(at - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        at = begin
    return 0


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
