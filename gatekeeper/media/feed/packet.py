"""
A packet of a feed, as it stands on the wire: one binary message of a WebSocket.

24 bytes in network order, then what they are of:

     0  1 byte    version, 1
     1  1 byte    kind: 1 Opus, 2 PCM, 3 VP8
     2  2 bytes   track, as `{"type": "track"}` has announced it
     4  4 bytes   part: who was present, as `{"type": "part"}` has said
     8  4 bytes   sequence: counts up by one in each track; what is missing was lost
    12  8 bytes   time: when it was taken, in microseconds since 1970, UTC
    20  4 bytes   length of what follows

`struct` reads it as `!BBHIIQI`. Opus is a packet (RFC 6716), VP8 a frame (RFC 6386),
the first of a track a key frame; PCM has 16,000 samples a second of 16 bits, little
endian, of one channel.
"""

from enum import IntEnum
from struct import Struct

_HEAD = Struct("!BBHIIQI")
VERSION = 1
RATE = 16_000
"""Samples a second of PCM."""
MOST_TRACKS = 1 << 16
"""Of one opening."""
_SEQUENCES = 1 << 32


class Kind(IntEnum):
    """What follows the head."""

    OPUS = 1
    PCM = 2
    VP8 = 3


def head(
    kind: Kind, *, track: int, part: int, sequence: int, at: int, length: int
) -> bytes:
    """What stands before `length` bytes; `at` in microseconds since 1970."""
    return _HEAD.pack(
        VERSION, kind, track, part, sequence % _SEQUENCES, max(0, at), length
    )
