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
Rule 5: every leaf has its place, be it of no meeting any more (`BLANK`): a meeting that
is removed with its place, and nothing said, is missed.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import starmap, zip_longest
from typing import TypeVar

from sqlalchemy import Connection, and_, case, func, insert, or_, select, update

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
from gatekeeper.evidence.tlog.tree import root as tree_root
from gatekeeper.storage import roll
from gatekeeper.storage.tables import log_nodes, log_places

T = TypeVar("T")
BLANK = RoomId("")
"""Whose the leaf is of which nothing is to be proved."""


def add(
    data: bytes, meeting: RoomId, seq: int, at: datetime, connection: Connection
) -> int:
    """Another leaf, which that entry of that chain makes. Returns its index."""
    index = _grow(leaf_hash(data), at, connection)
    _place(meeting, seq, index, connection)
    return index


def add_blind(at: datetime, connection: Connection) -> int:
    """Another leaf, of a meeting of which there is nothing to prove."""
    index = _grow(secrets.token_bytes(HASH), at, connection)
    _place(BLANK, index, index, connection)
    return index


def add_again(leaves: Iterable[bytes], connection: Connection) -> None:
    """Leaves, by their hashes, that are on the roll already, and were not here."""
    for leaf in leaves:
        index = _put(leaf, connection)
        _place(BLANK, index, index, connection)


def forget(meeting: RoomId, connection: Connection, seq: int | None = None) -> None:
    """Whose leaves a meeting's were, or the one of an entry, is known no more."""
    known = log_places.c.meeting == meeting
    if seq is not None:
        known &= log_places.c.seq == seq
    blank = {"meeting": BLANK, "seq": log_places.c.leaf}
    connection.execute(update(log_places).where(known).values(blank))


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


def root(leaves: int, connection: Connection) -> bytes:
    """The root over so many leaves. Raises `EvidenceError` if a hash is missing."""
    return ask(partial(tree_root, leaves), connection)


def ask(make: Callable[[Find], T], connection: Connection) -> T:
    """
    What `make` makes of the hashes of perfect subtrees, all of them read at once.

    Which those are may not depend on what they are. Raises `EvidenceError` if one is
    missing.
    """
    wanted: list[Spot] = []

    def want(spot: Spot) -> bytes:
        wanted.append(spot)
        return bytes(HASH)

    make(want)
    return make(_read(wanted, connection).__getitem__)


def _read(spots: Sequence[Spot], connection: Connection) -> dict[Spot, bytes]:
    if not spots:
        return {}
    levels: dict[int, list[int]] = {}
    for level, position in spots:
        levels.setdefault(level, []).append(position)
    # Level by level: for pairs in one list SQLite would look through all of the table.
    wanted = or_(
        *(
            and_(log_nodes.c.level == level, log_nodes.c.position.in_(positions))
            for level, positions in levels.items()
        )
    )
    rows = connection.execute(select(log_nodes).where(wanted))
    found = {Spot(row.level, row.position): bytes(row.hash) for row in rows}
    for spot in spots:
        if len(found.get(spot, b"")) != HASH:
            raise EvidenceError(
                f"the log lacks a hash (level {spot.level}, {spot.position})"
            )
    return found


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
    spots = {seq: Spot(0, n) for seq, n in places(meeting, connection).items()}
    found = _read(list(spots.values()), connection)
    return {seq: found[spot] for seq, spot in spots.items()}


def faults(connection: Connection) -> Iterator[str]:
    """
    What of the tree does not follow from its leaves, and its leaves not from the roll.

    Reads all of it: 64 bytes of memory a leaf.
    """
    below = _level(0, connection)
    noted = roll.logged_leaves(connection)
    try:
        if any(
            leaf != said for leaf, said in zip_longest(map(bytes.hex, below), noted)
        ):
            yield "the log has other leaves than the list of deletions and seals"
    except EvidenceError as exc:
        yield f"the list of deletions and seals: {exc}"
    if not _is_placed(len(below), connection):
        yield "a leaf of the log is nobody's, or more than one's"
    nodes, level = len(below), 1
    while len(below) > 1:
        pairs = zip(below[::2], below[1::2], strict=False)
        made = list(starmap(node_hash, pairs))
        if _level(level, connection) != made:
            yield f"the log does not follow from its leaves (level {level})"
        below, level, nodes = made, level + 1, nodes + len(made)
    if connection.scalar(select(func.count()).select_from(log_nodes)) != nodes:
        yield "the log has hashes that are of no leaf"


def _is_placed(leaves: int, connection: Connection) -> bool:
    """Whether each leaf has one place, and there is no other."""
    leaf = log_places.c.leaf
    odd = case(((log_places.c.meeting == BLANK) & (log_places.c.seq != leaf), 1))
    counted = select(
        func.count(),
        func.count(leaf.distinct()),
        func.coalesce(func.min(leaf), 0),
        func.coalesce(func.max(leaf) + 1, 0),
        func.count(odd),
    ).select_from(log_places)
    found = tuple(connection.execute(counted).one())
    return found == (leaves, leaves, 0, leaves, 0)


def has_begun(connection: Connection) -> bool:
    """Whether there is a leaf, or the roll tells of one: then the log was emptied."""
    return size(connection) > 0 or any(map(roll.logged, roll.texts(connection)))


def _level(level: int, connection: Connection) -> list[bytes]:
    """Its hashes in order; where one is missing, those after it are not told."""
    rows = connection.execute(
        select(log_nodes.c.position, log_nodes.c.hash)
        .where(log_nodes.c.level == level)
        .order_by(log_nodes.c.position)
    )
    return [h for n, (position, h) in enumerate(rows) if n == position]


def _grow(leaf: bytes, at: datetime, connection: Connection) -> int:
    roll.append([roll.Logged(leaf=leaf.hex())], at, connection)
    return _put(leaf, connection)


def _place(meeting: RoomId, seq: int, leaf: int, connection: Connection) -> None:
    connection.execute(insert(log_places).values(meeting=meeting, seq=seq, leaf=leaf))


def _put(leaf: bytes, connection: Connection) -> int:
    index = size(connection)
    fresh = ask(lambda find: list(completed(index, leaf, find)), connection)
    connection.execute(
        insert(log_nodes),
        [{"level": s.level, "position": s.position, "hash": h} for s, h in fresh],
    )
    return index
