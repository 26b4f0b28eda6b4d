"""
The data directory: made, made private, and held by one server at a time.

Rule 1: who holds it holds a lock that the kernel takes back when the process ends,
however it ends.
Rule 2: what is kept here is for the operator's account alone; what an earlier version
left open to others is closed.
"""

import errno
import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import structlog

from gatekeeper.errors import DataDirectoryUnusable

log = structlog.get_logger(__name__)

LEDGER = "ledger.sqlite3"
KEYS = "keys"
LOCK = "server.lock"
ADMIN = "admin.sha256"
"""What the console's token is known by; in no backup."""
RESTORING = "restoring"
"""Where a backup lies until it counts."""
DESK = "desk.socket"
"""Where who holds the directory takes requests of the operator's."""


def check_directory(directory: Path) -> Path:
    """The directory, made if need be. Raises `DataDirectoryUnusable`."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = directory / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as exc:
        raise _unwritable(directory, exc.strerror) from exc
    return directory.resolve()


def require_reachable(directory: Path) -> None:
    """Raise `DataDirectoryUnusable` if it could not be made. Makes nothing."""
    there = directory.absolute()
    try:
        while not there.exists():
            there = there.parent
    except OSError as exc:  # a name that is too long, say
        raise _unwritable(directory, exc.strerror) from exc
    if not there.is_dir():
        raise _unwritable(directory, os.strerror(errno.ENOTDIR))
    if not os.access(there, os.W_OK | os.X_OK):
        raise _unwritable(directory, os.strerror(errno.EACCES))


def _unwritable(directory: Path, why: str | None) -> DataDirectoryUnusable:
    return DataDirectoryUnusable(
        f"{directory}: cannot be written ({why}). Set data.directory to a folder that "
        "can."
    )


class Held:
    """A data directory that is ours for now."""

    def __init__(self, handle: int, at: datetime) -> None:
        self._handle = handle
        self._at = at

    def tell(self, address: str) -> None:
        """Leave word of who holds it, for whoever wants it too."""
        said = {"pid": os.getpid(), "since": self._at.isoformat(), "address": address}
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, json.dumps(said).encode(), 0)


def tenant(directory: Path) -> str | None:
    """Where the server listens that holds the directory now, if one does."""
    try:
        said = json.loads((directory / LOCK).read_bytes()[:4096])
        pid, address = int(said["pid"]), str(said["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass  # another account's: it is alive
    return address or None


@contextmanager
def held(directory: Path, at: datetime, *, restoring: bool = False) -> Iterator[Held]:
    """
    Hold the directory, from `at` on, until the end of the context.

    `restoring`: whoever brings a backup back may hold it while that is not done. Raises
    `DataDirectoryUnusable` that says who holds it.
    """
    path = directory / LOCK
    try:
        # Not handed down: a film that is being made outlives no lock of ours.
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as exc:
        raise DataDirectoryUnusable(
            f"{path}: cannot be opened ({exc.strerror}). Let the account that runs "
            "this write it, or remove it while no server runs."
        ) from exc
    try:
        _lock(handle, directory)
        if not restoring:
            require_restored(directory)
        ours = Held(handle, at)
        ours.tell("")
        yield ours
    finally:
        os.close(handle)


def require_restored(directory: Path) -> None:
    """Raise `DataDirectoryUnusable` while a backup lies there that does not count."""
    if (directory / RESTORING).exists():
        raise DataDirectoryUnusable(
            f"{directory}: a restore was interrupted here. Run it again: it begins "
            "anew."
        )


def _lock(handle: int, directory: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DataDirectoryUnusable(
            f"{directory}: another Gatekeeper works there ({_holder(handle)}). Stop "
            "that one, or name another data.directory."
        ) from None
    except OSError as exc:
        raise DataDirectoryUnusable(
            f"{directory}: cannot be locked ({exc.strerror}), so two servers could "
            "write there at once. Set data.directory to a folder on a local disk."
        ) from exc


def _holder(handle: int) -> str:
    try:
        said = json.loads(os.pread(handle, 4096, 0))
        who = f"process {int(said['pid'])}, since {said['since']}"
        return f"{who}, {said['address']}" if said["address"] else who
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said yet who it is"


def close_to_others(directory: Path, *folders: str) -> None:
    """
    Have nobody else read what is kept there. Raises `DataDirectoryUnusable`.

    The directory itself is changed only if nothing lies there that is not ours.
    """
    ours = {
        LOCK,
        ADMIN,
        DESK,
        RESTORING,
        KEYS,
        LEDGER,
        f"{LEDGER}-wal",
        f"{LEDGER}-shm",
        *folders,
    }
    found = {path.name for path in directory.iterdir()}
    names = sorted(found & ours) + ([] if found - ours else ["."])
    for name in names:
        _close(directory / name)


def require_private(directory: Path) -> None:
    """Raise `DataDirectoryUnusable` if others may look into the directory."""
    mode = stat.S_IMODE(directory.stat().st_mode)
    if mode & 0o077:
        raise DataDirectoryUnusable(
            f"{directory}: others can look into it (mode {mode:04o}), and it holds "
            "what is not ours. Name a folder of its own in data.directory, or run: "
            f"chmod go= {directory}"
        )


def _close(path: Path) -> None:
    status = path.stat()
    mode = stat.S_IMODE(status.st_mode)
    if not mode & 0o077:
        return
    try:
        path.chmod(mode & ~0o077)
    except OSError as exc:
        raise DataDirectoryUnusable(
            f"{path}: others can read it (mode {mode:04o}), and it is not ours to "
            f"change. Run: chmod go= {path}"
        ) from exc
    log.warning("directory.closed-to-others", path=str(path), mode=f"{mode:04o}")
