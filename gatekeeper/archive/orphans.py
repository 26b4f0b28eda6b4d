"""
Orphans: what is kept of openings, or of meetings, that the ledger knows nothing of.

Rule 1: nothing is deleted on a guess. A crash can leave something of one opening that
is not on record, in a meeting that is and goes on, and not reported yet. All else tells
that ledger and files are not of one piece: a backup was restored in part.
Rule 2: then the server does not start; somebody decides.
"""

import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gatekeeper.assistant.transcript.store import ROOT as WORDS
from gatekeeper.consent.types import OpeningId, RoomId
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.media.film.files import ROOT as FILMS
from gatekeeper.storage import paths

FOLDERS = (paths.ROOT, WORDS, FILMS)
"""Where something is kept, below the data directory."""
FEW = 3
"""So many openings at the most are what a crash leaves."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A folder that nothing on record accounts for."""

    path: Path
    crash: bool
    """Whether a crash may have left it."""

    @property
    def files(self) -> list[Path]:
        """All that is in it."""
        return [path for path in self.path.rglob("*") if path.is_file()]

    def __str__(self) -> str:
        files = self.files
        newest = max((file.stat().st_mtime for file in files), default=0.0)
        when = datetime.fromtimestamp(newest, UTC).isoformat(timespec="seconds")
        return f"{self.path}  {len(files)} files, the last of {when}"


def find(
    data: Path, rooms: Mapping[RoomId, bool], openings: Collection[OpeningId]
) -> list[Orphan]:
    """
    What is kept and not on record. Blocks.

    `rooms`: those on record, and whether they are sealed; `openings`: those on record.
    """
    return [
        orphan for root in FOLDERS for orphan in _find(data / root, rooms, openings)
    ]


def _find(
    root: Path, rooms: Mapping[RoomId, bool], openings: Collection[OpeningId]
) -> Iterator[Orphan]:
    for room in sorted(root.glob("*")):
        if not room.is_dir():
            continue
        if RoomId(room.name) not in rooms:
            if any(path.is_file() for path in room.rglob("*")):
                yield Orphan(room, crash=False)
            continue
        if root.name == FILMS:
            continue
        for opening in sorted(room.glob("*/*")):
            if opening.is_dir() and OpeningId(opening.name) not in openings:
                sealed = rooms[RoomId(room.name)]
                yield Orphan(opening, crash=not sealed and not _reported(opening))


def _reported(opening: Path) -> bool:
    """Whether a ledger has heard of a file in it; it is not this one, then."""
    return any(not paths.marker(file).exists() for file in opening.glob("*.webm"))


def check(data: Path, orphans: Collection[Orphan]) -> None:
    """Raise `DataDirectoryUnusable` unless a crash accounts for all of them."""
    strange = [orphan for orphan in orphans if not orphan.crash]
    if not strange and len(orphans) <= FEW:
        return
    found = strange or list(orphans)
    files = sum(len(orphan.files) for orphan in found)
    raise DataDirectoryUnusable(
        f"{data}: the ledger knows nothing of {files} files in {len(found)} folders, "
        f"such as {found[0].path}. Were ledger and files restored from different "
        "backups? Restore them from one, or see and decide: `gatekeeper orphans` lists "
        "them, `gatekeeper orphans --delete` deletes them. Nothing was deleted."
    )


def check_without_ledger(data: Path) -> None:
    """Raise `DataDirectoryUnusable` if something is kept: there was a ledger of it."""
    orphans = find(data, {}, ())
    if not orphans:
        return
    raise DataDirectoryUnusable(
        f"{data}: the ledger is missing, and something is kept of {len(orphans)} "
        f"meetings, such as {orphans[0].path}. Restore the ledger of the same backup. "
        "If it is lost, see and decide: `gatekeeper orphans` lists what is kept, "
        "`gatekeeper orphans --delete` deletes it. Nothing was deleted."
    )


def delete(orphan: Orphan) -> None:
    """Delete it, and the folders above that are empty then. Raises `OSError`."""
    shutil.rmtree(orphan.path)
    for above in orphan.path.parents:
        if above.name in FOLDERS or any(above.iterdir()):
            return
        above.rmdir()
