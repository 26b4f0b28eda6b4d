"""Real processes, really killed and really starved of disk."""

import subprocess
import sys
from collections import defaultdict
from itertools import islice
from pathlib import Path

from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.audit import verify_all
from gatekeeper.evidence.entries import GateClosed, MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage.database import Database
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import NOON, noon

TOP = Path(__file__).parents[2]


def child(way: str, path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.evidence.child", way, str(path)],
        cwd=TOP,
        stdout=subprocess.PIPE,
        text=True,
    )


async def test_kill_9_loses_nothing_that_was_acknowledged(path: Path) -> None:
    acknowledged: dict[RoomId, dict[int, str]] = defaultdict(dict)
    with child("killed", path) as process:
        assert process.stdout is not None
        for line in islice(process.stdout, 300):
            room, seq, digest = line.split()
            acknowledged[RoomId(room)][int(seq)] = digest
        process.kill()
        for line in process.stdout.read().splitlines()[:-1]:
            room, seq, digest = line.split()
            acknowledged[RoomId(room)][int(seq)] = digest

    database = Database.open(path)
    assert [report.fault for report in verify_all(database)] == [None] * 5
    async with Transactions(database) as writer:
        ledger = Ledger(writer, clock=noon)
        for room, entries in acknowledged.items():
            chain = await ledger.read(room)
            assert {seq: chain[seq].hash.hex() for seq in entries} == entries
            standing = await ledger.standing(room)
            await RoomStore(writer).end(room, NOON)
            left = [GateClosed(feature=f, opening=o) for o, f in standing.open.items()]
            await ledger.append(room, [*left, MeetingSealed()])
    assert [report.fault for report in verify_all(database)] == [None] * 5
    database.close()


def test_a_disk_that_fills_up_refuses_and_recovers(path: Path) -> None:
    with child("starved", path) as process:
        out, _ = process.communicate()

    assert process.returncode == 0
    assert out.count("\n") > 10
