"""What is in the database, and the keys beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.archive import orphans
from gatekeeper.clock import Clock
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.damage import told
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.directory import KEYS, LEDGER
from gatekeeper.storage.doors import DoorStore
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.page_links import PageLinks
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.sign_ins import SignIns
from gatekeeper.storage.stops import Stops
from gatekeeper.storage.transactions import Transactions


@dataclass(frozen=True, slots=True)
class Storage:
    """Tables, keys, and the time for what is written down."""

    data: Path
    clock: Clock
    key: GateKey
    access: PageCapabilities
    writer: Transactions
    rooms: RoomStore
    names: NameStore
    doors: DoorStore
    listed: DeletionList
    stops: Stops
    links: PageLinks
    sign_ins: SignIns


@asynccontextmanager
async def open_storage(data: Path, clock: Clock) -> AsyncIterator[Storage]:
    """Open what is there, or make it. Raises `OperatorError`."""
    first = not (data / LEDGER).exists()
    if first:
        await asyncio.to_thread(orphans.check_without_ledger, data)
    key = await asyncio.to_thread(GateKey.load, data / KEYS, first=first)
    access = await asyncio.to_thread(PageCapabilities.load, data / KEYS, first=first)
    database = await asyncio.to_thread(Database.open, data / LEDGER)
    try:
        async with Transactions(database) as writer:
            links = PageLinks(writer)
            storage = Storage(
                data,
                clock,
                key,
                access.but(links.generation),
                writer,
                RoomStore(writer),
                NameStore(writer),
                DoorStore(writer),
                DeletionList(writer, database),
                Stops(writer),
                links,
                SignIns(writer),
            )
            with told(data / LEDGER):
                await storage.listed.load()
                await links.load()
            yield storage
    finally:
        database.close()
