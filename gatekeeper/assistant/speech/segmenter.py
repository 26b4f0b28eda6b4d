"""
The segmenter: packets of one track in, utterances out.

Rule 1: the times of the packets count, not their number: what was lost, or never sent
by a muted microphone, is silence.
Rule 2: what was held up on its way seems to be later than it is, and the first packets
may all be: once others come as they should, the clock is set right, in silence at once.
"""

from collections.abc import Iterator

from gatekeeper.assistant.speech.endpointer import (
    HANG_OVER,
    PIECE,
    PIECE_BYTES,
    Endpointer,
)
from gatekeeper.assistant.speech.settings import RATE, SAMPLE
from gatekeeper.assistant.speech.sound import Sound
from gatekeeper.media.tap.opus import Decoder

_GAP = 0.1
"""Seconds that a packet may be late before something is missing (jitter)."""
_PULL = 0.05
"""How much of a small difference to the clock is made good at each packet."""
_LONG = int(HANG_OVER / PIECE)
"""Pieces of silence after which nothing can be open."""


class Segmenter:
    """Listens to one track."""

    def __init__(self, *, eager: bool = False, growing: bool = False) -> None:
        self._decoder = Decoder(RATE)
        self._endpointer = Endpointer(eager=eager, growing=growing)
        self._rest = bytearray()
        """Sound that is not yet a piece."""
        self._at = 0.0
        """When the rest begins."""
        self.since: float | None = None
        """When its first packet began."""

    @property
    def pausing(self) -> bool:
        """Whether what it gave last may be an utterance still."""
        return self._endpointer.pausing

    @property
    def empty(self) -> bool:
        """Whether it holds no sound."""
        return self._endpointer.empty and not self._rest

    def receive(self, packet: bytes, at: float) -> Iterator[Sound]:
        """Take a packet that begins at `at`; the utterances that end, pause or grow."""
        if self.since is None:
            self.since = self._at = at
        missing = at - (self._at + len(self._rest) / (RATE * SAMPLE))
        if missing > _GAP:
            yield from self._skip(missing)
            self._at = at
        elif missing < -_GAP and not self._endpointer.open:
            self._at += missing
            self.since += missing
        else:
            self._at += missing * _PULL
        self._rest += self._decoder.decode(packet)
        while len(self._rest) >= PIECE_BYTES:
            yield from self._piece()

    def stop(self) -> Iterator[Sound]:
        """Nothing comes any more: the utterance that was open."""
        yield from self._skip(HANG_OVER)
        self._endpointer.forget()

    def forget(self) -> None:
        """Drop all that it holds."""
        self._endpointer.forget()
        self._rest[:] = bytes(len(self._rest))
        self._rest.clear()

    def _skip(self, seconds: float) -> Iterator[Sound]:
        if self._rest:
            self._rest += bytes(PIECE_BYTES - len(self._rest))
            yield from self._piece()
        for _ in range(min(int(seconds / PIECE), _LONG)):
            if sound := self._endpointer.silence(self._at):
                yield sound
            self._at += PIECE

    def _piece(self) -> Iterator[Sound]:
        pcm = bytes(self._rest[:PIECE_BYTES])
        del self._rest[:PIECE_BYTES]
        if sound := self._endpointer.receive(pcm, self._at):
            yield sound
        self._at += PIECE
