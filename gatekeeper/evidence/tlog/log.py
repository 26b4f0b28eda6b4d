"""
The log: every seal of this server is a leaf of one tree, in the order they were made.

A leaf is the root over a meeting's entries (`evidence.seal`), or the body of an act on
the whole server, whose own chain is never sealed. So what is cut off a chain's end, or
made again, is missed here.

Rule 1: a leaf is written in the transaction of its entry: both are there, or neither.
Rule 2: of a meeting in which nothing was ever on there is no chain, and all the same a
leaf, of random bytes: how many leaves there are tells of no yes (design.md, rule 8).
Rule 3: each leaf's hash is on the roll, which outlives the database: a backup that is
brought back goes on with the tree that there was, and never makes another.
Rule 4: of a meeting whose evidence is over the hash alone stays.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection, insert, select

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.tlog.tree import (
    HASH,
    Find,
    Spot,
    completed,
    leaf_hash,
    node_hash,
)
from gatekeeper.storage import roll
from gatekeeper.storage.tables import log_nodes, log_places


def add(
    data: bytes, meeting: RoomId, seq: int, at: datetime, connection: Connection
) -> int:
    """Another leaf, which that entry of that chain makes. Returns its index."""
    index = _grow(leaf_hash(data), at, connection)
    connection.execute(insert(log_places).values(meeting=meeting, seq=seq, leaf=index))
    return index


def add_blind(at: datetime, connection: Connection) -> int:
    """Another leaf, of a meeting of which there is nothing to prove."""
    return _grow(secrets.token_bytes(HASH), at, connection)


def add_again(leaves: Iterable[bytes], connection: Connection) -> None:
    """Leaves, by their hashes, that are on the roll already, and were not here."""
    for leaf in leaves:
        _put(leaf, connection)


def size(connection: Connection) -> int:
    """How many leaves there are."""
    last = (
        select(log_nodes.c.position)
        .where(log_nodes.c.level == 0)
        .order_by(log_nodes.c.position.desc())
        .limit(1)
    )
    found = connection.execute(last).scalar_one_or_none()
    return 0 if found is None else int(found) + 1


def finder(connection: Connection) -> Find:
    """What finds the hash of a perfect subtree. Raises `EvidenceError` if it lacks."""

    def find(spot: Spot) -> bytes:
        wanted = select(log_nodes.c.hash).where(
            log_nodes.c.level == spot.level, log_nodes.c.position == spot.position
        )
        found = connection.execute(wanted).scalar_one_or_none()
        if found is None or len(found) != HASH:
            raise EvidenceError(
                f"the log lacks a hash (level {spot.level}, {spot.position})"
            )
        return bytes(found)

    return find


def places(meeting: RoomId, connection: Connection) -> dict[int, int]:
    """Which entries of a chain are leaves: their index, by the entry's number."""
    rows = connection.execute(
        select(log_places.c.seq, log_places.c.leaf).where(
            log_places.c.meeting == meeting
        )
    )
    return {row.seq: row.leaf for row in rows}


def leaves(meeting: RoomId, connection: Connection) -> dict[int, bytes]:
    """The hash of each leaf that is an entry of a chain, by the entry's number."""
    find = finder(connection)
    return {
        seq: find(Spot(0, leaf)) for seq, leaf in places(meeting, connection).items()
    }


def faults(connection: Connection) -> Iterator[str]:
    """
    What of the tree does not follow from its leaves, and its leaves not from the roll.

    Reads all of it: 64 bytes of memory a leaf.
    """
    below = _level(0, connection)
    noted = [
        what.leaf
        for what in map(_what, roll.texts(connection))
        if isinstance(what, roll.Logged)
    ]
    if [leaf.hex() for leaf in below.values()] != noted:
        yield "the log has other leaves than the list of deletions and seals"
    if list(below) != list(range(len(below))):
        yield "a leaf of the log is missing"
        return
    level = 1
    while len(below) > 1:
        made = {
            n: node_hash(below[2 * n], below[2 * n + 1]) for n in range(len(below) // 2)
        }
        if _level(level, connection) != made:
            yield f"the log does not follow from its leaves (level {level})"
        below, level = made, level + 1
    if _level(level, connection):
        yield f"the log has a level too many ({level})"


def has_begun(connection: Connection) -> bool:
    """Whether there is a leaf, or the roll tells of one: then the log was emptied."""
    return size(connection) > 0 or any(
        isinstance(_what(t), roll.Logged) for t in roll.texts(connection)
    )


def _level(level: int, connection: Connection) -> dict[int, bytes]:
    rows = connection.execute(
        select(log_nodes.c.position, log_nodes.c.hash)
        .where(log_nodes.c.level == level)
        .order_by(log_nodes.c.position)
    )
    return {row.position: bytes(row.hash) for row in rows}


def _what(text: str) -> roll.What:
    return roll.read(text).what


def _grow(leaf: bytes, at: datetime, connection: Connection) -> int:
    roll.append([roll.Logged(leaf=leaf.hex())], at, connection)
    return _put(leaf, connection)


def _put(leaf: bytes, connection: Connection) -> int:
    index = size(connection)
    fresh = completed(index, leaf, finder(connection))
    connection.execute(
        insert(log_nodes),
        [{"level": s.level, "position": s.position, "hash": h} for s, h in fresh],
    )
    return index
