"""
An excerpt: packets that somebody has cut out, matched to tracks whose leaves are known.

Rule 1: it holds if it is one piece of one track: the same packets, none left out, none
added, none at another time. Whatever else it is, it is said where.
Rule 2: packets that a track has many times, as of silence, show nothing by themselves:
a piece is found by the others, and must fit them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gatekeeper.evidence.leaves import SECOND, Packet, clock

ASIDE = 40
"""Milliseconds by which containers may round the time of a packet."""
_COMMON = 32
"""Times that a packet may be there and still show where a piece is from."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Packets of an excerpt that follow on each other in one track."""

    track: str
    """Which: the key that it was given under."""
    at: int
    """The index of its first packet in the excerpt."""
    start: int
    """The index of that packet in the track."""
    count: int


@dataclass(frozen=True, slots=True)
class Matched:
    """What an excerpt is of."""

    pieces: tuple[Piece, ...]
    faults: tuple[str, ...]
    """Why it does not hold, each with the second of it; none if it does."""
    whole: range
    """The seconds of the track that are in it from their first packet to their last."""
    seen: range
    """The seconds that anything of is in it."""


def match(cut: Sequence[Packet], tracks: Mapping[str, Sequence[Packet]]) -> Matched:
    """What a stream of packets is of these tracks."""
    pieces = list(_pieces(cut, tracks))
    faults = list(_faults(cut, tracks, pieces))
    if not pieces:
        return Matched((), tuple(faults), range(0), range(0))
    longest = max(pieces, key=lambda piece: piece.count)
    track = tracks[longest.track]
    held = range(longest.start, longest.start + longest.count)
    first, last = (track[at].at // SECOND for at in (held[0], held[-1]))
    begins = held[0] == 0 or track[held[0] - 1].at // SECOND < first
    ends = held[-1] + 1 == len(track) or track[held[-1] + 1].at // SECOND > last
    whole = range(first + (not begins), last + ends)
    return Matched(tuple(pieces), tuple(faults), whole, range(first, last + 1))


def _pieces(
    cut: Sequence[Packet], tracks: Mapping[str, Sequence[Packet]]
) -> Iterator[Piece]:
    places: dict[bytes, list[tuple[str, int]]] = {}
    for name, track in tracks.items():
        for index, packet in enumerate(track):
            places.setdefault(packet.digest, []).append((name, index))
    at = 0
    while at < len(cut):
        found = [
            Piece(name, at, start, _alike(cut, at, tracks[name], start))
            for name, start in _starts(cut, at, places)
        ]
        piece = max(found, key=lambda piece: piece.count, default=None)
        if piece is None or piece.count == 0:
            at += 1
            continue
        yield piece
        at += piece.count


def _starts(
    cut: Sequence[Packet], at: int, places: Mapping[bytes, list[tuple[str, int]]]
) -> Iterator[tuple[str, int]]:
    """Where in a track the packet at `at` may be from."""
    for ahead in range(at, len(cut)):
        known = places.get(cut[ahead].digest)
        if known is None:
            break
        if len(known) <= _COMMON:
            for name, start in known:
                if start >= ahead - at:
                    yield name, start - (ahead - at)
            break
    yield from places.get(cut[at].digest, [])[:_COMMON]


def _alike(cut: Sequence[Packet], at: int, track: Sequence[Packet], start: int) -> int:
    """How many packets are the same from there on, at the same distances."""
    moved = cut[at].at - track[start].at
    most = min(len(cut) - at, len(track) - start)
    for count in range(most):
        mine, theirs = cut[at + count], track[start + count]
        if mine.digest != theirs.digest or abs(mine.at - theirs.at - moved) > ASIDE:
            return count
    return most


def _faults(
    cut: Sequence[Packet],
    tracks: Mapping[str, Sequence[Packet]],
    pieces: Sequence[Piece],
) -> Iterator[str]:
    if not cut:
        yield "there is nothing in it"
        return
    at, before = 0, None
    for piece in pieces:
        if piece.at > at:
            yield _foreign(cut, at, piece.at)
        if before is not None:
            yield _jump(cut, tracks, before, piece)
        at, before = piece.at + piece.count, piece
    if at < len(cut):
        yield _foreign(cut, at, len(cut))


def _foreign(cut: Sequence[Packet], first: int, end: int) -> str:
    some = f"{end - first} packet{'s' * (end - first > 1)}"
    return (
        f"from {clock(cut[first].at)} to {clock(cut[end - 1].at)} is what none of the "
        f"tracks has ({some})"
    )


def _jump(
    cut: Sequence[Packet],
    tracks: Mapping[str, Sequence[Packet]],
    before: Piece,
    piece: Piece,
) -> str:
    """What is wrong where a piece begins that does not go on from the one before."""
    where = f"at {clock(cut[piece.at].at)}"
    new = tracks[piece.track][piece.start].at // SECOND
    if piece.track != before.track:
        return f"{where} it goes on in another track, at its second {new}"
    gone = before.start + before.count
    old = tracks[before.track][gone - 1].at // SECOND
    if piece.start - gone == piece.at - before.at - before.count:
        if piece.start == gone:
            return f"{where} second {new} of the track is at another time than it was"
        return (
            f"{where} second {new} of the track goes on, and what is before is not its"
        )
    return f"{where}, after second {old} of the track, comes second {new}"
