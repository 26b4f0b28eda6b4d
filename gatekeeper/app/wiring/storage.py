"""What is in the database, and the keys beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from gatekeeper.archive import orphans
from gatekeeper.archive.again import bring_up
from gatekeeper.clock import Clock
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.answers import Answers
from gatekeeper.storage.damage import told
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.deliveries import DeliveryQueue
from gatekeeper.storage.directory import KEYS, LEDGER
from gatekeeper.storage.doors import DoorStore
from gatekeeper.storage.entries import EntryStore
from gatekeeper.storage.fetches import FetchLog
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.outbox import Outbox
from gatekeeper.storage.page_links import PageLinks
from gatekeeper.storage.roll_copy import RollCopy
from gatekeeper.storage.roll_file import RollFile
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.service_keys import ServiceKeys
from gatekeeper.storage.sign_ins import SignIns
from gatekeeper.storage.stops import Stops
from gatekeeper.storage.taken_back import TakenBack
from gatekeeper.storage.transactions import Transactions
from gatekeeper.storage.webhooks import Webhooks

log = structlog.get_logger(__name__)


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
    entries: EntryStore
    listed: DeletionList
    stops: Stops
    fetches: FetchLog
    links: PageLinks
    sign_ins: SignIns
    service_keys: ServiceKeys
    answers: Answers
    outbox: Outbox
    webhooks: Webhooks
    deliveries: DeliveryQueue


@asynccontextmanager
async def open_storage(
    data: Path, clock: Clock, deletions: Path | None = None
) -> AsyncIterator[Storage]:
    """
    Open what is there, or make it. Raises `OperatorError`.

    `deletions`: where the roll of them is kept outside. What it knows of, and this
    ledger does not, since it is of a backup, is listed again.
    """
    first = not (data / LEDGER).exists()
    if first:
        await in_thread(orphans.check_without_ledger, data)
    key = await in_thread(GateKey.load, data / KEYS, first=first)
    access = await in_thread(PageCapabilities.load, data / KEYS, first=first)
    database = await in_thread(Database.open, data / LEDGER)
    outside = None if deletions is None else RollFile(deletions)
    try:
        with told(data / LEDGER):
            again = await in_thread(bring_up, data, database, outside, clock.now())
        if again:
            log.warning("deletions.again", lines=again)
            key = await in_thread(GateKey.load, data / KEYS, first=False)
            access = await in_thread(PageCapabilities.load, data / KEYS, first=False)
        copied = None if outside is None else RollCopy(database, outside)
        async with Transactions(database) as writer:
            listed = DeletionList(writer, database, clock.now, copied)
            noted = TakenBack(clock.now, listed.copy)
            links = PageLinks(writer, noted)
            outbox = Outbox(writer, clock.now)
            storage = Storage(
                data,
                clock,
                key,
                access.but(links.generation),
                writer,
                RoomStore(writer, noted),
                NameStore(writer),
                DoorStore(writer),
                EntryStore(writer),
                listed,
                Stops(writer),
                FetchLog(writer, clock.now),
                links,
                SignIns(writer),
                ServiceKeys(writer, noted, clock.now, clock.monotonic, outbox.wake),
                Answers(writer),
                outbox,
                Webhooks(writer, noted, clock.now, outbox.wake),
                DeliveryQueue(writer, clock.now, outbox.wake),
            )
            with told(data / LEDGER):
                await storage.listed.load()
                await links.load()
                await outbox.begin()
            yield storage
        if copied is not None:
            # What was sealed last: of seals nobody waits for the file outside.
            await in_thread(copied)
    finally:
        database.close()
