"""
The log of seals with a million leaves: one more, proofs, and all of it computed again.

It is a database as a server has it, on this machine's disk; leaves are random bytes,
which is what hashes look like. Times are of CPU and disk of one thread, the median.
"""

import secrets
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import Connection, insert

from gatekeeper.evidence.tlog import log, tree
from gatekeeper.storage import roll
from gatekeeper.storage.database import Database
from gatekeeper.storage.tables import log_nodes, log_places
from gatekeeper.storage.tables import roll as roll_table

LEAVES = 1_000_000
EACH = 500
"""How often each is done."""
AT_ONCE = 50_000
NOW = datetime(2026, 11, 29, tzinfo=UTC)


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    with tempfile.TemporaryDirectory(prefix="gatekeeper-bench-") as folder:
        database = Database.open(Path(folder) / "ledger.sqlite3")
        try:
            with database.connect() as connection:
                with connection.begin():
                    _fill(connection)
                return _measured(connection)
        finally:
            database.close()


def _measured(connection: Connection) -> dict[str, dict[str, Any]]:
    chance = Random(7)  # noqa: S311 - which leaves are asked for

    def append() -> None:
        with connection.begin():
            log.add_blind(NOW, connection)
            log.root(log.size(connection), connection)

    def inclusion() -> None:
        with connection.begin():
            leaf = chance.randrange(LEAVES)
            log.ask(partial(tree.inclusion, leaf, LEAVES), connection)

    def consistency() -> None:
        with connection.begin():
            old = chance.randrange(1, LEAVES)
            log.ask(partial(tree.consistency, old, LEAVES), connection)

    with connection.begin():
        began = time.perf_counter()
        assert not list(log.faults(connection))
        audit = time.perf_counter() - began
    of = f"of {EACH:,}, in a log of {LEAVES:,} leaves"
    return {
        "log_audit_s_per_million": _row(
            audit * 1e6 / LEAVES, "s", f"every node computed again, {LEAVES:,} leaves"
        ),
        "log_inclusion_ms": _row(_ms(inclusion), "ms", f"a proof, the median {of}"),
        "log_consistency_ms": _row(_ms(consistency), "ms", f"a proof, the median {of}"),
        "log_append_ms": _row(
            _ms(append), "ms", f"one leaf, durable, and the new root, the median {of}"
        ),
    }


def _row(value: float, unit: str, how: str) -> dict[str, Any]:
    return {"value": round(value, 2), "unit": unit, "baseline": "", "how": how}


def _ms(once: Callable[[], None]) -> float:
    took = []
    for _ in range(EACH):
        began = time.perf_counter()
        once()
        took.append(time.perf_counter() - began)
    return median(took) * 1e3


def _fill(connection: Connection) -> None:
    """As many leaves as a server would have added one by one, in less time."""
    level, hashes = 0, [secrets.token_bytes(32) for _ in range(LEAVES)]
    _noted(hashes, connection)
    places = [{"meeting": log.BLANK, "seq": n, "leaf": n} for n in range(LEAVES)]
    connection.execute(insert(log_places), places)
    while hashes:
        rows = [
            {"level": level, "position": n, "hash": h} for n, h in enumerate(hashes)
        ]
        for first in range(0, len(rows), AT_ONCE):
            connection.execute(insert(log_nodes), rows[first : first + AT_ONCE])
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        level, hashes = level + 1, [tree.node_hash(*pair) for pair in pairs]


def _noted(leaves: list[bytes], connection: Connection) -> None:
    """On the roll."""
    end = roll.NOWHERE
    for first in range(0, len(leaves), AT_ONCE):
        rows = []
        for leaf in leaves[first : first + AT_ONCE]:
            what = roll.Logged(leaf=leaf.hex())
            line = roll.Line(
                n=end.n + 1, prev=end.hash, at=NOW.isoformat(), what=what
            ).text()
            end = roll.Place(end.n + 1, roll.hash_of(line))
            rows.append({"n": end.n, "meeting": None, "line": line})
        connection.execute(insert(roll_table), rows)
