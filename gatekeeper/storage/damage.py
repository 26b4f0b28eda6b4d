"""
Damage: what is wrong with a database that cannot be used, and the way out.

Rule 1: each kind has a sentence of its own, that says what was found and what helps.
Rule 2: what is read and was never written there is damage too, whatever it looks like.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from gatekeeper.errors import (
    DataDirectoryUnusable,
    EvidenceError,
    LedgerUnavailable,
)


class PageUnreadable(EvidenceError):
    """A page of a database's file. The transaction that met it can only be left."""


class VersionUnreadable(Exception):
    """Of which version a database is cannot be told."""


_DAMAGE = (DBAPIError, VersionUnreadable, OSError, LedgerUnavailable, EvidenceError)
_RESTORE = (
    "Stop what uses it, keep a copy, and restore it from a backup together with its "
    "recordings; `sqlite3 FILE .recover` may save what can still be read."
)
_KINDS = (
    (
        "SQLITE_NOTADB",
        f"it is not a database, or its first page is damaged. {_RESTORE}",
    ),
    ("SQLITE_CORRUPT", f"it is damaged. {_RESTORE}"),
    ("SQLITE_FULL", "the disk is full. Make room on it, then start again."),
    (
        "SQLITE_BUSY",
        "another program is writing in it. Wait until that is done (a backup, say), or "
        "stop it.",
    ),
    ("SQLITE_LOCKED", "another program holds it. Wait until that is done, or stop it."),
    (
        "SQLITE_READONLY",
        "it cannot be written. Make the file and its folder writable for the account "
        "that runs this, or name another directory in the configuration.",
    ),
    (
        "SQLITE_CANTOPEN",
        "it cannot be opened. Let the account that runs this read and write the file, "
        "the files beside it that end in -wal and -shm, and its folder.",
    ),
    (
        "SQLITE_PERM",
        "it may not be opened. Give the account that runs this leave to.",
    ),
    ("SQLITE_IOERR", f"the disk cannot read or write it. Check the disk. {_RESTORE}"),
    (
        "SQLITE_ERROR",
        "it is a database, but its tables are not those of a ledger: it is another "
        f"program's, or damaged. {_RESTORE}",
    ),
)
_SYSTEM = {
    errno.EISDIR: "there is a folder in its place. Move that away.",
    errno.ENOSPC: "the disk is full. Make room on it, then start again.",
    errno.EDQUOT: "the disk quota is used up. Make room, then start again.",
    errno.EROFS: "it is on a disk that cannot be written. Name another directory.",
    errno.ENOENT: "its folder is not there. Make it, or name another directory.",
    errno.EACCES: "it may not be opened. Let the account that runs this read and "
    "write it and its folder.",
    errno.EPERM: "it may not be opened. Let the account that runs this read and "
    "write it and its folder.",
}


def sentence(file: Path | str, exc: BaseException) -> str:
    """What is wrong with `file`, which `exc` tells of, and what helps."""
    cause = exc.__cause__ if isinstance(exc, LedgerUnavailable) else exc
    if isinstance(cause, DBAPIError):
        name = getattr(cause.orig, "sqlite_errorname", "")
        for kind, said in _KINDS:
            if name.startswith(kind):
                return f"{file}: {said} ({cause.orig})"
        return f"{file}: {cause.orig}. {_RESTORE}"
    if isinstance(cause, OSError):
        said = _SYSTEM.get(cause.errno or 0, f"{cause.strerror or cause}.")
        return f"{cause.filename or file}: {said}"
    if isinstance(cause, VersionUnreadable):
        return f"{file}: its version cannot be read ({cause}). {_RESTORE}"
    return f"{file}: it is damaged ({cause}). {_RESTORE}"


@contextmanager
def told(file: Path | str) -> Iterator[None]:
    """Have the operator told of what is wrong with the database, in a sentence."""
    try:
        yield
    except _DAMAGE as exc:
        raise DataDirectoryUnusable(sentence(file, exc)) from exc


@contextmanager
def readable() -> Iterator[None]:
    """
    Read rows. Raises `EvidenceError` for what cannot be what was written.

    Also for a page of a file that cannot be read: others can.
    """
    try:
        yield
    except DBAPIError as exc:
        if not getattr(exc.orig, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            raise
        raise PageUnreadable(f"a page cannot be read: {exc.orig}") from exc
    except (ValueError, TypeError, AttributeError, OverflowError) as exc:
        raise EvidenceError(f"a row is not as it was written: {exc}") from exc
