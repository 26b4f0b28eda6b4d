"""
The endpointer: where one utterance begins and ends in a track.

Rule 1: what is not part of an utterance is gone after 300 ms.
Rule 2: silence that nobody sent counts like silence that somebody sent.
Rule 3: what is cut is cut once: no sample is lost there, none comes twice.

The numbers are those with which recognition was measured (`make bench`, speech).
"""

import array
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import webrtcvad  # type: ignore[import-untyped]

from gatekeeper.assistant.speech.settings import RATE, SAMPLE
from gatekeeper.assistant.speech.sound import Sound

PIECE = 0.02
"""Seconds that are judged at once; webrtcvad takes 10, 20 or 30 ms."""
PIECE_BYTES = int(PIECE * RATE) * SAMPLE
_MODE = 3
"""The strictest of webrtcvad's (0 to 3)."""
_START = 15
"""Pieces of which more than `_START_VOICED` begin an utterance; they belong to it."""
_START_VOICED = 9
_END = 30
"""Pieces of which at least `_END_UNVOICED` end an utterance."""
_END_UNVOICED = 27
_PAUSE = 12
"""Pieces without a voice after which an utterance may well have ended."""
HANG_OVER = _END * PIECE
"""Seconds of silence after which an utterance has surely ended."""
_CAP = 500
"""Pieces of the longest utterance: 10 s. Nobody reads more at once."""
_CUT = 250
"""Pieces, 5 s, after which it is cut at its quietest place if it gets that long."""
_AROUND = 6
"""Pieces on both sides of a place that count for how quiet it is, the near ones more:
a pause between two words is longer than the hush inside of one."""
_STEP = 40
"""Pieces, 0.8 s, after which somebody who goes on is heard again, to read along."""


class _Piece(NamedTuple):
    at: float
    voiced: bool
    pcm: bytes


class Endpointer:
    """That of one track."""

    def __init__(self, *, eager: bool = False, growing: bool = False) -> None:
        """
        Hold nothing yet.

        If `eager` it also tells what may be an utterance, at its first pause; if
        `growing` what the open utterance holds so far, every 0.8 s of speech.
        """
        self._eager = eager
        self._growing = growing
        self._vad = webrtcvad.Vad(_MODE)
        self._before: deque[_Piece] = deque(maxlen=_START)
        self._pieces: list[_Piece] = []
        """Of the open utterance."""
        self._quiet = 0
        """How many of them came after the last voice."""
        self._told = 0
        """How many of them were told the last time, ended or not."""

    @property
    def open(self) -> bool:
        """Whether somebody is speaking."""
        return bool(self._pieces)

    @property
    def pausing(self) -> bool:
        """Whether nobody has spoken since it told what may be an utterance."""
        return self.open and self._quiet >= _PAUSE

    @property
    def empty(self) -> bool:
        """Whether it holds no sound at all."""
        return not self._pieces and not self._before

    def receive(self, pcm: bytes, at: float) -> Sound | None:
        """Take the next piece, of `PIECE_BYTES`; an utterance that ends or pauses."""
        return self._add(_Piece(at, self._vad.is_speech(pcm, RATE), pcm))

    def silence(self, at: float) -> Sound | None:
        """Take a piece that did not come."""
        return self._add(_Piece(at, voiced=False, pcm=bytes(PIECE_BYTES)))

    def forget(self) -> None:
        """Drop all sound that it holds."""
        self._before.clear()
        self._pieces.clear()
        self._told = 0

    def _add(self, piece: _Piece) -> Sound | None:
        if not self._pieces:
            self._before.append(piece)
            if sum(p.voiced for p in self._before) > _START_VOICED:
                self._pieces = list(self._before)
                self._before.clear()
                self._quiet = 0
            return None
        self._pieces.append(piece)
        self._quiet = 0 if piece.voiced else self._quiet + 1
        if sum(not p.voiced for p in self._pieces[-_END:]) >= _END_UNVOICED:
            return self._end(len(self._pieces))
        if len(self._pieces) >= _CAP:
            return self._end(_quietest(self._pieces))
        if self._eager and self._quiet == _PAUSE:
            return self._so_far()
        if self._growing and piece.voiced and len(self._pieces) - self._told >= _STEP:
            return self._so_far(growing=True)
        return None

    def _so_far(self, *, growing: bool = False) -> Sound | None:
        """What the open utterance is so far."""
        self._told = len(self._pieces)
        sound = _sound(self._pieces)
        if sound is not None:
            # As if it had ended. Without the silence the last words come out worse:
            # 9.9 % instead of 7.6 % of those that people read aloud were wrong.
            sound.pcm += bytes((_END - _PAUSE) * PIECE_BYTES)
            sound.whole, sound.growing = False, growing
        return sound

    def _end(self, count: int) -> Sound | None:
        """What the first `count` pieces of the open utterance are; the rest stays."""
        ended, self._pieces = self._pieces[:count], self._pieces[count:]
        self._told = 0
        return _sound(ended)


def _sound(pieces: Sequence[_Piece]) -> Sound | None:
    voiced = [piece.at for piece in pieces if piece.voiced]
    if not voiced:
        return None
    pcm = bytearray().join(piece.pcm for piece in pieces)
    return Sound(pieces[0].at, voiced[0], voiced[-1] + PIECE, pcm)


def _quietest(pieces: Sequence[_Piece]) -> int:
    """Where to cut what is too long: before the piece around which it is softest."""
    loud = [_loudness(piece) for piece in pieces]

    def around(place: int) -> int:
        return sum(
            loud[place + off] * (_AROUND - abs(off)) for off in range(-_AROUND, _AROUND)
        )

    return min(range(_CUT, len(pieces) - _AROUND), key=around)


def _loudness(piece: _Piece) -> int:
    """The sum of its samples' absolute values."""
    return sum(map(abs, array.array("h", piece.pcm)))
