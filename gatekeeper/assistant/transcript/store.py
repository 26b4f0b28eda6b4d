"""
The transcript store: lines on the disk, until their time is over or they are erased.

`<data>/words/<room>/<feature>/<opening>/<participant>.jsonl`, one line a row, and
beside them `erased.jsonl`, the tombstones of those who took theirs back.

Rule 1: every file operation runs in one thread, in the order in which it was asked for:
what was written before a closing is there when its `settled` returns, and erasing comes
after writing without any lock.
Rule 2: what one feature keeps is apart from what another does, even where both heard
the same line: each has its own time, and its own end.
Rule 3: only ids in base64url become part of a path.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog

from gatekeeper.assistant.transcript.files import lines_in, replace_lines, row_of
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.storage.file_thread import FileThread
from gatekeeper.storage.paths import check, kept, prune

log = structlog.get_logger(__name__)

ROOT = "words"
_ERASED = "erased.jsonl"
Openings = Container[OpeningId] | None
"""None for all of them."""
Hidden = Callable[[RoomId, FeatureId, ParticipantId, OpeningId], bool]
"""Whether somebody's lines of an opening are as good as gone."""


@dataclass(frozen=True, slots=True)
class TranscriptKey:
    """What one opening of one feature heard."""

    room: RoomId
    feature: FeatureId
    opening: OpeningId

    def __post_init__(self) -> None:
        check(self.room, self.feature, self.opening)


class TranscriptStore:
    """The lines of all meetings. Each awaited call raises `OSError`."""

    def __init__(self, data: Path, hidden: Hidden = lambda *_: False) -> None:
        """`hidden` lines are read as tombstones, whatever the disk still has."""
        self._root = data / ROOT
        self._hidden = hidden
        self.thread = FileThread("words")
        """In which all is done."""

    def folder(self, room: RoomId, feature: FeatureId) -> Path:
        """Where what a feature keeps of a room lies."""
        check(room, feature)
        return self._root / room / feature

    def append(
        self, page: TranscriptKey, line: TranscriptLine
    ) -> "asyncio.Future[None]":
        """Write a line at its end."""
        return self.thread.submit(self._append, page, line)

    async def settled(self) -> None:
        """Return once all that was asked for is done."""
        await self.thread.submit(lambda: None)

    async def read(self, room: RoomId, feature: FeatureId) -> list[TranscriptLine]:
        """All lines, tombstones included, in the order in which they were begun."""
        folder = self.folder(room, feature)
        return await self.thread.submit(
            _read, folder, partial(self._hidden, room, feature)
        )

    async def speakers(self, room: RoomId) -> dict[FeatureId, frozenset[ParticipantId]]:
        """Of whom there are lines, by the feature that heard them."""
        check(room)
        files = await self.thread.submit(_files_of_room, self._root / room)
        found: defaultdict[FeatureId, set[ParticipantId]] = defaultdict(set)
        for file in files:
            feature = FeatureId(file.parent.parent.name)
            if not self._hidden(room, feature, *_whose(file)):
                found[feature].add(ParticipantId(file.stem))
        return {feature: frozenset(people) for feature, people in found.items()}

    async def last(
        self, room: RoomId, feature: FeatureId, opening: OpeningId
    ) -> datetime | None:
        """When the last words of an opening ended; None if there are none."""
        lines = await self.thread.submit(
            _of_opening, self.folder(room, feature) / opening
        )
        return max((line.ended for line in lines), default=None)

    async def openings(self, room: RoomId, feature: FeatureId) -> set[OpeningId]:
        """Of which openings there are lines."""
        found = await self.thread.submit(_files, self.folder(room, feature))
        return {OpeningId(file.parent.name) for file in found}

    async def erase(
        self,
        room: RoomId,
        feature: FeatureId,
        participant: ParticipantId,
        openings: Openings = None,
    ) -> int:
        """Put tombstones in the place of somebody's lines; return how many files."""
        check(participant)
        folder = self.folder(room, feature)
        return await self.thread.submit(self._erase, folder, participant, openings)

    async def rewrite(
        self,
        room: RoomId,
        feature: FeatureId,
        change: Callable[[str], str],
        openings: Openings = None,
    ) -> int:
        """Put `change` of its words in the place of each line; return how many."""
        folder = self.folder(room, feature)
        return await self.thread.submit(self._rewrite, folder, change, openings)

    async def drop_lines(self, room: RoomId, feature: FeatureId) -> int:
        """Delete the lines and their tombstones; return how many files there were."""
        return await self.thread.submit(self._drop, self.folder(room, feature))

    async def recover(self, known: Container[OpeningId]) -> None:
        """Delete what no opening on record covers. Called once, after a start."""
        await self.thread.submit(self._sweep, known)

    async def kept(self) -> set[tuple[RoomId, FeatureId]]:
        """Of which meetings and features there is anything."""
        return await self.thread.submit(kept, self._root)

    def close(self) -> None:
        """Return once all that was asked for is done. Blocks."""
        self.thread.close()

    def _append(self, page: TranscriptKey, line: TranscriptLine) -> None:
        folder = self.folder(page.room, page.feature) / page.opening
        name = _ERASED
        if line.participant is not None:
            check(line.participant)
            name = f"{line.participant}.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(row_of(line))

    def _erase(
        self, folder: Path, participant: ParticipantId, openings: Openings
    ) -> int:
        files = _files(folder, participant, openings)
        for file in files:
            stones = "".join(row_of(line.tombstone()) for line in lines_in(file))
            # A crash in between leaves the file, and it is erased again: a tombstone
            # may be there twice then, and is read once.
            with (file.parent / _ERASED).open("a", encoding="utf-8") as erased:
                erased.write(stones)
            file.unlink()
        return len(files)

    def _rewrite(
        self, folder: Path, change: Callable[[str], str], openings: Openings
    ) -> int:
        changed = 0
        for file in _files(folder, openings=openings):
            before = list(lines_in(file))
            after = [replace(line, text=change(line.text)) for line in before]
            if after != before:
                changed += sum(a != b for a, b in zip(after, before, strict=True))
                replace_lines(file, after)
        return changed

    def _drop(self, folder: Path) -> int:
        files = [*_files(folder), *folder.glob(f"*/{_ERASED}")]
        for file in files:
            file.unlink()
        prune(self._root, folder)
        return len(files)

    def _sweep(self, known: Container[OpeningId]) -> None:
        for folder in list(self._root.glob("*/*/*")):
            if folder.is_dir() and OpeningId(folder.name) not in known:
                for file in folder.iterdir():
                    file.unlink()
                log.warning("orphan.deleted", opening=folder.name)
                prune(self._root, folder)


def lines_of(
    data: Path,
    room: RoomId,
    feature: FeatureId,
    hidden: Callable[[ParticipantId, OpeningId], bool],
) -> list[TranscriptLine]:
    """What `TranscriptStore.read` tells, without a store. Blocks. Raises `OSError`."""
    check(room, feature)
    return _read(data / ROOT / room / feature, hidden)


def _read(
    folder: Path, hidden: Callable[[ParticipantId, OpeningId], bool]
) -> list[TranscriptLine]:
    lines = [
        line.tombstone() if hidden(*_whose(file)) else line
        for file in [*_files(folder), *folder.glob(f"*/{_ERASED}")]
        for line in lines_in(file)
    ]
    return sorted(lines, key=lambda line: (line.began, line.id))


def _of_opening(folder: Path) -> list[TranscriptLine]:
    return [line for file in folder.glob("*.jsonl") for line in lines_in(file)]


def _whose(file: Path) -> tuple[ParticipantId, OpeningId]:
    return ParticipantId(file.stem), OpeningId(file.parent.name)


def _files(
    folder: Path, participant: str = "*", openings: Openings = None
) -> list[Path]:
    found = folder.glob(f"*/{participant}.jsonl")
    return sorted(
        file
        for file in found
        if file.name != _ERASED
        and (openings is None or OpeningId(file.parent.name) in openings)
    )


def _files_of_room(folder: Path) -> list[Path]:
    return [file for below in folder.glob("*") for file in _files(below)]
