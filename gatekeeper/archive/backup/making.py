"""
Making a backup, beside a server that goes on.

Rule 1: keys, then the ledger, then files: a file that the ledger does not know of is of
a later moment, and is left out; one that it tells of and is not there any more was
deleted since, and is on the roll.
Rule 2: a file that is not finished is copied as far as it is, with its mark: it is
taken up after a restore as it would be after a crash.
Rule 3: films are not copied. They are made again of what there is, without whoever was
erased meanwhile.
Rule 4: what is not what the ledger says of it is no backup of it: then there is none.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatekeeper.archive.backup import manifest
from gatekeeper.archive.backup.copying import copy, link, sync_folders
from gatekeeper.archive.backup.manifest import FILES, Entry, Lines, Manifest
from gatekeeper.archive.backup.snapshot import Progress, snapshot
from gatekeeper.assistant.transcript.store import ROOT as WORDS
from gatekeeper.consent.types import OpeningId, ParticipantId, RoomId
from gatekeeper.errors import ConfigInvalid, DataDirectoryUnusable
from gatekeeper.evidence.entries import CaptureFinished, GateOpened, PartBegan, decode
from gatekeeper.evidence.history import Captured
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.statement import unverified_subject
from gatekeeper.storage import paths, roll
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import KEYS, LEDGER
from gatekeeper.storage.key_file import private
from gatekeeper.storage.paths import Place
from gatekeeper.storage.rooms import sealed_rooms


@dataclass(frozen=True, slots=True)
class Told:
    """What a ledger tells of the files of one meeting."""

    parts: Mapping[OpeningId, list[tuple[str, ...]]]
    """Who was present, part by part."""
    captured: Mapping[str, str]
    """The digest of each finished file, by its path."""


def back_up(
    data: Path, to: Path, at: datetime, former: Path | None, progress: Progress
) -> Manifest:
    """
    Make one in `to`, a folder that is empty or not there. Blocks.

    `former`: another backup, from which is linked what has not changed. Raises
    `OperatorError`, `OSError`, `sqlite3.Error`; then there is no backup.
    """
    if to.exists() and any(to.iterdir()):
        raise ConfigInvalid(f"{to}: there is something already. Name another folder.")
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    to.chmod(0o700)
    try:
        return _Making(data, to, former, progress).make(at)
    except BaseException:
        shutil.rmtree(to, ignore_errors=True)
        raise


class _Making:
    def __init__(
        self, data: Path, to: Path, former: Path | None, progress: Progress
    ) -> None:
        self._data = data
        self._to = to
        self._former = former
        self._known = {} if former is None else _known(former)
        self._progress = progress
        self._done = 0
        self._all = 0

    def make(self, at: datetime) -> Manifest:
        with open(self._to / FILES, "xb", opener=private) as file:
            lines = Lines(file)
            for key in sorted((self._data / KEYS).iterdir()):
                if key.is_file() and key.suffix != ".new":
                    lines.add(self._copied(f"{KEYS}/{key.name}"))
            snapshot(self._data / LEDGER, self._to / LEDGER, self._progress)
            lines.add(_hashed(self._to, LEDGER))
            database = Database.open(self._to / LEDGER, migrate=False)
            try:
                end = self._files(database, lines)
            finally:
                database.close()
        for beside in self._to.glob(f"{LEDGER}-*"):
            beside.unlink()
        sync_folders(self._to)
        made = Manifest(
            made_at=at,
            files=lines.files,
            bytes=lines.bytes,
            files_sha256=lines.sha256,
            roll=end.n,
            roll_hash=end.hash,
        )
        made.save(self._to)
        return made

    def _files(self, database: Database, lines: Lines) -> roll.Place:
        self._all = sum(_size(file) for file in self._found())
        with database.connect() as connection, connection.begin():
            end, rooms = roll.place(connection), sealed_rooms(connection)
        for room in sorted(rooms):
            told = _told(room, database)
            for entry in self._of_room(room, told):
                lines.add(entry)
        return end

    def _found(self) -> Iterator[Path]:
        for root in (paths.ROOT, WORDS):
            yield from (p for p in (self._data / root).rglob("*") if p.is_file())

    def _of_room(self, room: RoomId, told: Told) -> Iterator[Entry]:
        for file in sorted((self._data / paths.ROOT / room).glob("*/*/*.webm")):
            yield from self._recorded(file, told)
        for file in sorted((self._data / WORDS / room).rglob("*.json*")):
            relative = file.relative_to(self._data)
            opening = OpeningId(file.parent.name)
            summed = len(relative.parts) == 4  # words/<room>/<feature>/summary.json
            if file.suffix in (".json", ".jsonl") and (summed or opening in told.parts):
                yield from self._if_there(relative.as_posix())

    def _recorded(self, file: Path, told: Told) -> Iterator[Entry]:
        place = Place.of(self._data, file)
        if place is None or place.opening not in told.parts:
            return
        parts = told.parts[place.opening]
        if place.part >= len(parts):
            return  # of a later moment
        digest = told.captured.get(place.path)
        for entry in self._if_there(place.path, digest):
            if digest is not None and entry.sha256 != digest:
                raise DataDirectoryUnusable(
                    f"{file}: its content is not what the ledger says of it: the disk "
                    "may be failing. There is no backup. See `gatekeeper verify`; move "
                    "the file away if it is lost."
                )
            yield entry
            if digest is None:
                yield self._mark(place, parts[place.part])

    def _mark(self, place: Place, people: tuple[str, ...]) -> Entry:
        """By it a restore knows that the file was not finished."""
        file = self._to / place.path
        paths.mark(file, [ParticipantId(who) for who in people])
        paths.marker(file).chmod(0o600)
        relative = paths.marker(Path(place.path)).as_posix()
        return _hashed(self._to, relative)

    def _if_there(self, path: str, digest: str | None = None) -> Iterator[Entry]:
        """Nothing if it was deleted meanwhile."""
        known = self._known.get(path)
        if known is not None and known.sha256 == digest and self._linked(path):
            self._moved(known.size)
            yield known
            return
        try:
            yield self._copied(path)
        except FileNotFoundError:
            (self._to / path).unlink(missing_ok=True)

    def _linked(self, path: str) -> bool:
        return self._former is not None and link(self._former / path, self._to / path)

    def _copied(self, path: str) -> Entry:
        size, digest = copy(self._data / path, self._to / path, self._moved)
        return Entry(path=path, size=size, sha256=digest)

    def _moved(self, more: int) -> None:
        self._done += more
        self._progress(self._done, max(self._all, self._done))


def _told(room: RoomId, database: Database) -> Told:
    with database.connect() as connection, connection.begin():
        rows = read_chain(connection, meeting=room)
    parts: dict[OpeningId, list[tuple[str, ...]]] = {}
    captured: dict[str, str] = {}
    for row in rows:
        match decode(row.body).body:
            case GateOpened() as opened:
                people = tuple(_subjects(opened))
                parts[opened.opening] = [people]
            case PartBegan() as part:
                parts[part.opening].append(part.people)
            case CaptureFinished() as body:
                captured[Captured.of(body).place(room).path] = body.sha256
            case _:
                pass
    return Told(parts, captured)


def _subjects(opened: GateOpened) -> Iterator[str]:
    return (unverified_subject(grant.statement) for grant in opened.grants)


def _known(former: Path) -> dict[str, Entry]:
    """What a former backup has, of finished files: those that never change."""
    known = manifest.load(former)
    return {
        entry.path: entry
        for entry in manifest.entries(former, known.files_sha256)
        if entry.path.endswith(".webm")
    }


def _hashed(root: Path, path: str) -> Entry:
    with (root / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Entry(path=path, size=(root / path).stat().st_size, sha256=digest)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
