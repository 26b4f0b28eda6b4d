"""Run in a process of its own, to be killed or starved: `child.py WAY FILE`."""

import asyncio
import resource
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from gatekeeper.consent.types import OpeningId, RoomId
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import GateClosed, MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage.database import Database
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import RECORDING, TEA, Signer, begins, noon, opens


async def write_for_ever(ledger: Ledger, room: RoomId) -> None:
    """Say each entry's room, number and hash once it is acknowledged."""
    await RoomStore(ledger._writer).add(replace(TEA, id=room, ended_at=noon()))
    person = Signer()
    grant = person.decides(meeting=room)
    await ledger.append(room, begins())
    for number in count():
        opening = OpeningId(str(number))
        for body in (
            opens(grant, opening=opening),
            GateClosed(feature=RECORDING, opening=opening),
        ):
            for written in await ledger.append(room, [body]):
                line = f"{room} {written.seq} {written.hash.hex()}"
                print(line, flush=True)  # noqa: T201 - the parent reads it


async def be_killed(ledger: Ledger) -> None:
    async with asyncio.TaskGroup() as tasks:
        for number in range(5):
            tasks.create_task(write_for_ever(ledger, RoomId(f"room-{number}")))


async def be_starved(ledger: Ledger) -> None:
    """No file may grow beyond 400 kB; then any may."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, most))
    room = RoomId("room")
    try:
        await write_for_ever(ledger, room)
    except LedgerUnavailable:
        assert not ledger.available
    while await ledger.probe():
        pass
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    standing = await ledger.standing(room)
    left = [GateClosed(feature=f, opening=o) for o, f in standing.open.items()]
    await ledger.append(room, [*left, MeetingSealed()])
    assert verify(room, await ledger.read(room), sealed=True).sealed


async def main(way: str, path: Path) -> None:
    database = Database.open(path)
    async with Transactions(database) as writer:
        ledger = Ledger(writer, clock=noon)
        await {"killed": be_killed, "starved": be_starved}[way](ledger)
    database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
