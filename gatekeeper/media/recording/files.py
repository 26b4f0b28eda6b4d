"""
Files: the open files of one recording.

Rule 1: runs in the writer's thread; see `context`.
Rule 2: a file is made with its source's first frame: who sends nothing leaves nothing.
Rule 3: before a file of a part is there, its marker says who is present in that part.
"""

import contextlib
from collections.abc import Callable, Container, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gatekeeper.consent.types import ParticipantId
from gatekeeper.errors import DiskLow
from gatekeeper.media.recording.webm import TimedFrame, WebmFile
from gatekeeper.storage import paths
from gatekeeper.storage.paths import Place


class Sheet(NamedTuple):
    """What is one file: what it holds, since when, and who was there."""

    place: Place
    began: datetime
    """Of its part, UTC."""
    people: tuple[ParticipantId, ...]


Entry = tuple[Sheet, TimedFrame]
"""One frame and the file that it goes to."""


class Closed(NamedTuple):
    """A file that nothing will be added to."""

    place: Place
    span: tuple[datetime, datetime]
    whole: bool
    """False if it could not be finished: it lacks its index."""


class Files:
    """Writes batches of frames, one file per sheet."""

    def __init__(self, data: Path, has_space: Callable[[], bool]) -> None:
        self._data = data
        self._has_space = has_space
        self._open: dict[Place, WebmFile] = {}
        self._ended: list[Closed] = []
        self._whole = True
        """False once a batch could not be written; nothing may follow it then."""

    def write(self, batch: Sequence[Entry]) -> None:
        """Append a batch. Raises `OSError`, and `DiskLow` before the disk is full."""
        if not self._has_space():
            raise DiskLow
        self._whole = False
        for sheet, frame in batch:
            file = self._open.get(sheet.place) or self._make(sheet, frame)
            file.write(frame)
        self._whole = True

    def end(self, parts: Container[int]) -> None:
        """Finish the files of these parts; `close` tells of them."""
        for place in [p for p in self._open if p.part in parts]:
            self._ended.append(_finish(place, self._open.pop(place)))

    def close(self, batch: Sequence[Entry] = ()) -> list[Closed]:
        """Write what is left, finish all files, and tell which there were."""
        if self._whole:
            # Finishing what there is matters more than the last frames.
            with contextlib.suppress(OSError, DiskLow):
                self.write(batch)
        closed = [_finish(place, file) for place, file in self._open.items()]
        self._open.clear()
        ended, self._ended = self._ended, []
        return [*ended, *closed]

    def forget(self, participant: ParticipantId) -> None:
        """Close this participant's files without telling: they are to be erased."""
        for place in [p for p in self._open if p.participant == participant]:
            _finish(place, self._open.pop(place))
        self._ended = [c for c in self._ended if c.place.participant != participant]

    def _make(self, sheet: Sheet, first: TimedFrame) -> WebmFile:
        place, path = sheet.place, self._data / sheet.place.path
        path.parent.mkdir(parents=True, exist_ok=True)
        paths.mark(path, sheet.people)
        video = place.source.media == "video"
        file = self._open[place] = WebmFile(path, sheet.began, first, video=video)
        return file


def _finish(place: Place, file: WebmFile) -> Closed:
    try:
        file.close()
    except OSError:
        return Closed(place, (file.first, file.last), whole=False)
    return Closed(place, (file.first, file.last), whole=True)
