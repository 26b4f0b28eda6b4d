"""
Recording context: what all recordings of a process share, above all one thread.

Rule 1: every file operation on what is kept runs in that thread, in the order in which
it was asked for: closing comes before erasing without any lock.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from gatekeeper.consent.types import (
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import RoomShareTaken
from gatekeeper.evidence.history import Captured
from gatekeeper.evidence.leaves import leaves, root
from gatekeeper.gating.permit import Permit
from gatekeeper.media.recording.packets import packets
from gatekeeper.media.tap.quota import Caps, Quotas
from gatekeeper.media.tap.taps import TapIceServers
from gatekeeper.storage.file_thread import FileThread
from gatekeeper.storage.paths import Place

ROOMS = 10_000
"""Rooms of which it is known what they have taken."""


class Captures(Protocol):
    """Who is told of finished files."""

    async def finished(self, room: RoomId, captured: Captured) -> None:
        """
        Note one file. Told once; again after a crash that came before it returned.

        May raise `LedgerUnavailable`; the file is then reported at the next start.
        """


class Live(Protocol):
    """A recording that has not reported all its files yet."""

    @property
    def permit(self) -> Permit: ...

    async def forget(self, participant: ParticipantId) -> None:
        """Return once this participant's files are closed; report them no more."""


class RecordingContext:
    """The data directory, the writer's thread, and where to report."""

    def __init__(
        self,
        data: Path,
        *,
        clock: Callable[[], datetime],
        captures: Captures,
        ice_servers: TapIceServers = tuple,
        reserve: int,
        caps: Caps = Caps(),  # noqa: B008 - frozen
    ) -> None:
        """`reserve`: bytes of free disk space below which nothing is recorded."""
        self.data = data
        self.clock = clock
        """The time now, UTC."""
        self.captures = captures
        self.ice_servers = ice_servers
        self.reserve = reserve
        self.quotas = Quotas(caps, lambda: self._spare)
        """What may be sent to all taps, those of the assistant too."""
        self._spare = 0
        """Bytes that were free above the reserve when it was last looked."""
        self._taken: dict[RoomId, int] = {}
        """Bytes by room, of those that recorded last."""
        self.live: set[Live] = set()
        """The recordings at work; each takes itself out when it has reported."""
        self.thread = FileThread("recording")
        """In which all is done with files."""

    def has_space(self, room: RoomId | None = None) -> bool:
        """
        Whether the disk has more than the reserve left. Raises `OSError`.

        For a `room`, raises `RoomShareTaken` once it has taken more than one room may,
        so that one that never stops does not stop the others.
        """
        free = shutil.disk_usage(self.data).free
        self._spare = max(0, free - self.reserve)
        if room is not None and self.quotas.is_full(self._taken.get(room, 0)):
            raise RoomShareTaken
        return free >= self.reserve

    def count(self, room: RoomId, size: int) -> None:
        """Note that so many bytes of a room go to the disk."""
        # Taken out and put in, so that those that record now are the last.
        self._taken[room] = self._taken.pop(room, 0) + size
        if len(self._taken) > ROOMS:
            del self._taken[next(iter(self._taken))]

    def close(self) -> None:
        """Return once all that was asked for is done. Blocks."""
        self.thread.close()


def examine(
    data: Path, place: Place, span: tuple[datetime, datetime], *, recovered: bool
) -> Captured:
    """
    Hash a closed file, making sure that the disk has it.

    Reads the whole file, so it runs in a thread. Raises `OSError`.
    """
    with (data / place.path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        os.fsync(file.fileno())
        size = os.fstat(file.fileno()).st_size
    return Captured(
        opening=place.opening,
        feature=place.feature,
        participant=place.participant,
        source=place.source,
        sha256=digest.hexdigest(),
        size=size,
        first=span[0],
        last=span[1],
        recovered=recovered,
        part=place.part,
        leaves=root(leaves(packets(data / place.path))),
    )
