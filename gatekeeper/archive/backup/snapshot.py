"""
A ledger of one moment, beside a server that goes on.

SQLite's online backup (sqlite.org/backup.html), in one read transaction: the writer
waits for nothing, and what it writes meanwhile is of another moment.

Rule: sessions and answers to services are in no backup, and neither is a page that was
free: the copy is written anew (`VACUUM`).
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from gatekeeper.storage.tables import answers, sign_ins

PAGES = 256
"""At once: a megabyte."""
PASSING = (sign_ins, answers)
"""Tables of what ends within a day: who is signed in, what was answered."""

Progress = Callable[[int, int], None]
"""Is told how many bytes of how many are done."""


def snapshot(ledger: Path, to: Path, progress: Progress) -> None:
    """Copy it. Blocks. Raises `sqlite3.Error`, `OSError`."""
    to.touch(0o600, exist_ok=False)
    with closing(sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)) as source:
        source.isolation_level = None
        source.execute("PRAGMA busy_timeout=10000")
        size = source.execute("PRAGMA page_size").fetchone()[0]
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(to)) as copy:
            source.backup(
                copy,
                pages=PAGES,
                progress=lambda _, left, all_: progress(
                    (all_ - left) * size, all_ * size
                ),
            )
    without_what_passes(to)


def without_what_passes(ledger: Path) -> None:
    """
    Nobody is signed in by a copy, in no byte of it, nor told what others were.

    Raises `sqlite3.Error`.
    """
    with closing(sqlite3.connect(ledger)) as copy:
        copy.isolation_level = None
        copy.execute("PRAGMA journal_mode=DELETE")
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
        for table in PASSING:
            if table.name in there:
                copy.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - of ours
        copy.execute("VACUUM")
