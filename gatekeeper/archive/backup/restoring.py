"""
Bringing a backup back, into a data directory that is empty.

Rule 1: it counts when all of it has been verified, and all that was deleted since is
gone from it; until then the directory is one that no server starts in.
Rule 2: nobody is signed in by it, no meeting goes on by it, and no yes in it opens
anything: a room that was open then is over.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, exists, select, update

from gatekeeper.archive import orphans
from gatekeeper.archive.backup import manifest
from gatekeeper.archive.backup.copying import copy, sync_folders
from gatekeeper.archive.backup.manifest import Manifest
from gatekeeper.archive.backup.snapshot import Progress, without_what_passes
from gatekeeper.errors import DataDirectoryUnusable, EvidenceError
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.entries import decode
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage import roll, tables
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import KEYS, LEDGER, LOCK, RESTORING
from gatekeeper.storage.roll_file import RollFile

MOVED = (*orphans.FOLDERS, KEYS, LEDGER)
"""In this order: without its ledger nothing starts."""


def require_empty(data: Path) -> None:
    """
    Take off what an interrupted restore left. Raises `DataDirectoryUnusable`.

    Whatever else is there was not put there by one.
    """
    if (data / RESTORING).is_dir():
        for name in MOVED:
            _remove(data / name)
        _remove(data / RESTORING)
    found = sorted(path.name for path in data.iterdir() if path.name != LOCK)
    if found:
        raise DataDirectoryUnusable(
            f"{data}: there is something already ({found[0]}). A backup is restored "
            "into an empty directory: move that away, or name another in "
            "data.directory."
        )


def lay_out(backup: Path, data: Path, progress: Progress) -> Manifest:
    """
    Copy and verify all of it, into `data/restoring`. Blocks.

    Raises `DataDirectoryUnusable`, `OSError`.
    """
    made = manifest.load(backup)
    into = data / RESTORING
    into.mkdir(mode=0o700)
    _copy(backup, into, made, progress)
    without_what_passes(into / LEDGER)
    database = Database.open(into / LEDGER)
    try:
        with database.connect() as connection, connection.begin():
            _end_meetings(connection)
            end = roll.place(connection)
    finally:
        database.close()
    if end != roll.Place(made.roll, made.roll_hash):
        raise _damaged(backup, "its list of deletions is not the one of its ledger")
    GateKey.load(into / KEYS, first=False)
    PageCapabilities.load(into / KEYS, first=False)
    require_verified(into)
    return made


def require_verified(data: Path) -> None:
    """Chains, seals, and the file itself. Raises `DataDirectoryUnusable`."""
    audit = verify_ledger(data)
    faults = [chain.fault for chain in audit.chains if chain.fault is not None]
    if not audit.good:
        raise _damaged(data / LEDGER, "; ".join([*faults, *audit.damage][:5]))


def require_list(file: RollFile, made: Manifest) -> str:
    """
    That a list of deletions goes on from the backup; until when it tells.

    Raises `DataDirectoryUnusable`.
    """
    here, until = made.roll == roll.NOWHERE.n, ""
    try:
        for place, line in file.lines():
            here = here or place == roll.Place(made.roll, made.roll_hash)
            until = line.at
    except (OSError, UnicodeDecodeError, EvidenceError) as exc:
        raise DataDirectoryUnusable(
            f"{file.path}: this list of deletions cannot be used: {exc}."
        ) from exc
    if not here:
        raise DataDirectoryUnusable(
            f"{file.path}: this list of deletions is older than the backup, or of "
            "another server. Name the one that backup.deletions named when the server "
            "last ran, or the newest that `gatekeeper deletions` wrote."
        )
    return until


def settle(data: Path) -> None:
    """It counts: move all of it to its place. Blocks. Raises `OSError`."""
    into = data / RESTORING
    _remove(into / LOCK)
    with closing(sqlite3.connect(into / LEDGER)) as ledger:
        ledger.execute("PRAGMA journal_mode=DELETE")
    sync_folders(into)
    for name in MOVED:
        if (into / name).exists():
            (into / name).rename(data / name)
    for beside in into.iterdir():
        _remove(beside)
    sync_folders(data)
    into.rmdir()
    sync_folders(data)


def _copy(backup: Path, into: Path, made: Manifest, progress: Progress) -> None:
    done = 0

    def moved(more: int) -> None:
        nonlocal done
        done += more
        progress(done, made.bytes)

    for entry in manifest.entries(backup, made.files_sha256):
        try:
            path = entry.safe()
            size, digest = copy(backup / path, into / path, moved)
        except (FileNotFoundError, ValueError) as exc:
            raise _damaged(backup, f"{entry.path} is missing") from exc
        if (size, digest) != (entry.size, entry.sha256):
            raise _damaged(backup, f"{entry.path} is not what it was")


def _end_meetings(connection: Connection) -> None:
    """Those that were going on are over, as of the last that is on record of them."""
    rooms, ledger = tables.rooms, tables.ledger
    has_chain = exists().where(ledger.c.meeting == rooms.c.id)
    going = select(rooms.c.id).where(rooms.c.ended_at.is_(None) & has_chain)
    for room in connection.scalars(going).all():
        last = select(ledger.c.body).where(ledger.c.meeting == room)
        body = connection.scalars(last.order_by(ledger.c.seq.desc()).limit(1)).one()
        at = decode(body).envelope.at
        over = update(rooms).where(rooms.c.id == room)
        connection.execute(over.values(ended_at=at))


def _damaged(where: Path, why: str) -> DataDirectoryUnusable:
    return DataDirectoryUnusable(
        f"{where}: this backup is damaged: {why}. Nothing was restored. Name another."
    )


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
