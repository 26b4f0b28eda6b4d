"""
Speaker: who speaks when, from how loud each microphone is.

Rule 1: pure; loudness in, turns out.
Rule 2: everybody is measured against the noise of their own microphone.
Rule 3: the picture does not jump: a turn lasts, and whoever spoke last stays.
"""

import math
from array import array
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from gatekeeper.media.film.audio import BLOCK_MS

_FLOOR = 45
"""Decibels above the least level: at most this is taken for noise (-55 dBFS)."""
_ABOVE = 9
"""Decibels by which speech stands out from the noise."""
_WINDOW = 5
"""Blocks over which loudness is smoothed: half a second."""
_LEAD = 3
"""Blocks for which somebody has to be the loudest before they get the picture."""
_LEAST = 2000 // BLOCK_MS
"""Blocks for which they keep it: 2 s."""
_SPREAD = 11
"""Every 11th sample tells enough; a prime, so that no tone hides between them."""


class Turn(NamedTuple):
    """From `at` on, `who` speaks; it ends with the next."""

    at: int
    """Block, counted from 0."""
    who: str


def level(block: bytes) -> int:
    """Loudness of a block of 16-bit samples: decibels above -100 dBFS, at least 0."""
    samples = array("h", block)[::_SPREAD]
    power = sum(sample * sample for sample in samples) / max(1, len(samples))
    if power < 1:
        return 0
    return max(0, round(100 + 10 * math.log10(power / 32768**2)))


def turns(levels: Mapping[str, bytes]) -> list[Turn]:
    """Who speaks when, by the `level` of each block of each person. Empty: nobody."""
    found: list[Turn] = []
    speech = {who: _speech(blocks) for who, blocks in levels.items()}
    length = max(map(len, levels.values()), default=0)
    leading, since = None, 0
    for at in range(length):
        loudest = _loudest(speech, at)
        if loudest != leading:
            leading, since = loudest, at
        if leading is None or at - since + 1 < _LEAD:
            continue
        # Only the time is in question: whom we would turn to has spoken for a while.
        if not found:
            found.append(Turn(since, leading))
        elif found[-1].who != leading:
            due = found[-1].at + _LEAST
            if at >= due:
                found.append(Turn(max(since, due), leading))
    return found


def _loudest(speech: Mapping[str, list[float]], at: int) -> str | None:
    best, most = None, 0.0
    for who, scores in speech.items():
        if at < len(scores) and scores[at] > most:
            best, most = who, scores[at]
    return best


def _speech(levels: bytes) -> list[float]:
    """How much somebody's speech stands out at each block; 0 where they are silent."""
    heard = sorted(value for value in levels if value)
    floor = min(_FLOOR, heard[len(heard) // 5] if heard else _FLOOR)
    above = [max(0, value - floor - _ABOVE) for value in levels]
    sums = [0, *accumulate(above)]
    half = _WINDOW // 2
    return [
        (sums[min(len(above), at + half + 1)] - sums[max(0, at - half)]) / _WINDOW
        if above[at]
        else 0.0
        for at in range(len(above))
    ]
