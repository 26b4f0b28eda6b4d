"""
A line: what one machine takes of a feed.

Rule 1: bounded. Who does not read in time loses packets, whole ones; nothing waits for
them here, and nobody else notices.
Rule 2: after a lost picture nothing of its track passes until the next key frame.
Rule 3: sound is decoded in a thread, and the permit is asked again after it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.gating.permit import Permit
from gatekeeper.media.feed.packet import RATE, Kind, head
from gatekeeper.media.tap.opus import Decoder
from gatekeeper.media.tap.stream import Frame
from gatekeeper.meeting.meter import Meter

UNREAD = 64 * 1024
"""Bytes that may wait in this process for a machine before it loses what comes."""
UNDECODED = 500
"""Packets of sound that may wait to be decoded: ten seconds of one person."""
_KEY_FRAMES = 0.5, 2.0
"""Of them a machine that loses pictures has asked for: in a second, and at once."""


class Outlet(Protocol):
    """A machine's socket, as a line sees it. Nothing here waits."""

    @property
    def waiting(self) -> int:
        """Bytes that are not on their way yet."""

    def send(self, frame: bytes) -> None:
        """Write a text, UTF-8."""

    def packet(self, content: bytes) -> None:
        """Write a binary message."""

    def cut(self) -> None:
        """
        End it at once, with all that waits. Idempotent, cannot fail.

        Nothing is written from here on, whatever is asked for.
        """


@dataclass(slots=True, eq=False)
class Track:
    """One source of one participant."""

    number: int
    participant: ParticipantId
    source: SourceKind
    sequence: int = 0
    over: bool = False


class Taken(NamedTuple):
    """A frame, and where it belongs."""

    track: Track
    part: int
    sequence: int
    at: int
    """Microseconds since 1970."""
    frame: Frame

    def head(self, kind: Kind, length: int) -> bytes:
        """What stands before it."""
        return head(
            kind,
            track=self.track.number,
            part=self.part,
            sequence=self.sequence,
            at=self.at,
            length=length,
        )


class Line:
    """One machine's."""

    def __init__(
        self,
        outlet: Outlet,
        permit: Permit,
        *,
        pcm: bool,
        decoding: ThreadPoolExecutor,
        tasks: asyncio.TaskGroup,
        anew: Callable[[ParticipantId], None],
    ) -> None:
        """
        Pass on to `outlet`; with `pcm`, sound that is decoded.

        `anew` has somebody's pictures begin with a key frame. `tasks` gets the
        decoding, if there is any.
        """
        self._outlet = outlet
        self._permit = permit
        self._anew = anew
        self._whole: set[Track] = set()
        """Of pictures, those of which nothing is missing."""
        self._key_frames = Meter(*_KEY_FRAMES)
        self._now = asyncio.get_running_loop().time
        self._executor = decoding
        self._decoders: dict[Track, Decoder] = {}
        self._sound: list[Taken] = []
        self._more = asyncio.Event()
        self.lost = 0
        """Packets."""
        self._over = False
        self._decoding: asyncio.Task[None] | None = None
        if pcm:
            self._decoding = tasks.create_task(self._decode_all(), name="decoding")

    def tell(self, said: bytes) -> None:
        """Say something, if that may be; who does not even read that is cut off."""
        if self._outlet.waiting > 2 * UNREAD:
            self.cut()
        elif self._permit.alive and not self._over:
            self._outlet.send(said)

    def take(self, taken: Taken) -> None:
        """Pass on a frame of a live permit, or lose it."""
        if taken.track.source.media == "video":
            self._take_picture(taken)
        elif self._decoding is None:
            self._write(taken, Kind.OPUS, taken.frame.data)
        elif len(self._sound) < UNDECODED:
            self._sound.append(taken)
            self._more.set()
        else:
            self.lost += 1

    def forget(self, track: Track) -> None:
        """It has ended."""
        self._whole.discard(track)

    def end(self) -> None:
        """Nothing more is passed on. Idempotent, cannot fail."""
        self._over = True
        self._sound.clear()
        if self._decoding is not None:
            self._decoding.cancel()

    def cut(self) -> None:
        """Nothing more arrives either, of what waits. Idempotent, cannot fail."""
        self.end()
        self._outlet.cut()

    def _take_picture(self, taken: Taken) -> None:
        track = taken.track
        if taken.frame.picture is not None:
            self._whole.add(track)
        if track not in self._whole:
            self.lost += 1
            if self._key_frames.acquire(1, self._now()):
                self._anew(track.participant)
        elif not self._write(taken, Kind.VP8, taken.frame.data):
            self._whole.discard(track)

    def _write(self, taken: Taken, kind: Kind, data: bytes) -> bool:
        if self._over or not self._permit.alive:
            return False
        if self._outlet.waiting > UNREAD:
            self.lost += 1
            return False
        self._outlet.packet(taken.head(kind, len(data)) + data)
        return True

    # ---- Decoding -----------------------------------------------------------------

    async def _decode_all(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._more.wait()
            self._more.clear()
            batch, self._sound = self._sound, []
            for taken, pcm in await loop.run_in_executor(
                self._executor, self._decode, batch
            ):
                if pcm and not taken.track.over:
                    self._write(taken, Kind.PCM, pcm)

    def _decode(self, batch: list[Taken]) -> list[tuple[Taken, bytes]]:
        """In the thread, which alone touches decoders."""
        decoded = []
        for taken in batch:
            decoder = self._decoders.get(taken.track)
            if decoder is None:
                decoder = self._decoders[taken.track] = Decoder(RATE)
            decoded.append((taken, decoder.decode(taken.frame.data)))
        for track in [each for each in self._decoders if each.over]:
            del self._decoders[track]
        return decoded
