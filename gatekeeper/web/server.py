"""
The server: the only place that wires things together.

Rule: what must be closed is closed in the reverse order of opening: sockets, rooms
(gates first), files, ledger.
"""

import asyncio
import gc
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from aiohttp import web
from aiortc import RTCIceServer

from gatekeeper.config import Config
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.access import Access
from gatekeeper.evidence.database import Database
from gatekeeper.evidence.deletions import DeletionList
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.names import NameBook
from gatekeeper.evidence.receipt import Controller, Receipts
from gatekeeper.evidence.rooms import RoomRegister
from gatekeeper.evidence.writer import Writer
from gatekeeper.media.archive import RecordingArchive
from gatekeeper.media.eraser import Eraser
from gatekeeper.media.filming import Filming
from gatekeeper.media.films import Films
from gatekeeper.media.opener import RecordingOpener
from gatekeeper.media.shelf import Shelf
from gatekeeper.media.studio import Studio
from gatekeeper.meeting.external import open_external
from gatekeeper.meeting.house import House
from gatekeeper.meeting.room import Manners, Surroundings
from gatekeeper.web.after import After
from gatekeeper.web.api import Api
from gatekeeper.web.keeping import CaptureLedger, Keeping
from gatekeeper.web.limits import Addresses
from gatekeeper.web.listen import bind
from gatekeeper.web.pages import add_pages
from gatekeeper.web.problems import problems
from gatekeeper.web.socket import Door

log = structlog.get_logger(__name__)

MEGABYTE = 10**6


def now() -> datetime:
    """The time now, UTC: the one clock of what is written down."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock that others are given


async def serve(config: Config) -> None:
    """Serve until SIGINT or SIGTERM. Raises `OperatorError` before anything starts."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with running(config) as server:
        log.info("server.started", url=server.url)
        gc.collect()
        gc.freeze()  # what is there now stays: no need to look through it ever again
        await stop.wait()
    log.info("server.stopped")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that listens."""

    url: str
    house: House


@asynccontextmanager
async def running(config: Config) -> AsyncIterator[Running]:
    """Start a server; it stops with the context."""
    sockets = bind(config.server.host, config.server.port)
    async with _records(config) as (records, studio):
        stores = _stores(config, records, studio)
        async with _open_house(config, records, stores) as (house, door):
            app = web.Application(middlewares=[problems], client_max_size=64 * 1024)
            Api(config, house, door, door.addresses).add_routes(app)
            _after(config, records, stores).add_routes(app)
            add_pages(app)
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
            await runner.setup()
            try:
                for bound in sockets:
                    await web.SockSite(runner, bound).start()
                port = sockets[0].getsockname()[1]
                yield Running(f"http://{config.server.host}:{port}", house)
            finally:
                await house.close()
                await runner.cleanup()


@dataclass(frozen=True, slots=True)
class _Records:
    """What is in the database, and the keys beside it."""

    key: GateKey
    access: Access
    ledger: Ledger
    register: RoomRegister
    names: NameBook
    listed: DeletionList


@asynccontextmanager
async def _records(config: Config) -> AsyncIterator[tuple[_Records, Studio]]:
    data = await asyncio.to_thread(check_directory, config.data.directory)
    key = await asyncio.to_thread(GateKey.load, data / "keys")
    access = await asyncio.to_thread(Access.load, data / "keys")
    database = await asyncio.to_thread(Database.open, data / "ledger.sqlite3")
    try:
        async with Writer(database) as writer:
            ledger = Ledger(writer, clock=now)
            records = _Records(
                key,
                access,
                ledger,
                RoomRegister(writer),
                NameBook(writer),
                DeletionList(writer, database),
            )
            studio = _studio(config, data, ledger)
            try:
                yield records, studio
            finally:
                await asyncio.to_thread(studio.close)
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class _Stores:
    """What is in files, and who makes and deletes them."""

    studio: Studio
    archive: RecordingArchive
    shelf: Shelf
    films: Films
    filming: Filming
    eraser: Eraser
    keeping: Keeping


def _stores(config: Config, records: _Records, studio: Studio) -> _Stores:
    archive = RecordingArchive(studio)
    shelf = Shelf(
        studio.data,
        ledger=records.ledger,
        names=records.names,
        film=config.film.format,
    )
    films = Films(studio.data)
    undisturbed = asyncio.Lock()
    filming = Filming(shelf, films, records.register, undisturbed)
    eraser = Eraser(
        archive,
        films,
        listed=records.listed,
        ledger=records.ledger,
        undisturbed=undisturbed,
        remake=filming.make,
    )
    keeping = Keeping(
        studio.data,
        archive,
        eraser=eraser,
        filming=filming,
        ledger=records.ledger,
        register=records.register,
        names=records.names,
        keep={o.id: o.keep_for for o in config.offered() if o.sink == "recording"},
        clock=now,
    )
    return _Stores(studio, archive, shelf, films, filming, eraser, keeping)


def _after(config: Config, records: _Records, stores: _Stores) -> After:
    return After(
        config=config,
        register=records.register,
        access=records.access,
        shelf=stores.shelf,
        films=stores.films,
        filming=stores.filming,
        eraser=stores.eraser,
        listed=records.listed,
    )


@asynccontextmanager
async def _open_house(
    config: Config, records: _Records, stores: _Stores
) -> AsyncIterator[tuple[House, Door]]:
    await stores.keeping.recover()
    house = House(
        _surroundings(config, records, stores),
        records.register,
        rooms=config.limits.rooms,
        unused=timedelta(seconds=config.meeting.unused),
        over=stores.keeping.over,
    )
    addresses = Addresses(
        rooms=config.limits.rooms_per_address,
        sockets=config.limits.sockets_per_address,
        monotonic=time.monotonic,
    )
    returning = [
        record
        for record in await records.register.unended()
        if (await records.ledger.standing(record.id)).entries
    ]
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        living = [
            tasks.create_task(house.run(returning, ready), name="house"),
            tasks.create_task(stores.films.run(), name="films"),
            tasks.create_task(stores.keeping.run(), name="keeping"),
        ]
        await ready.wait()
        yield house, Door(house, config.limits, addresses, time.monotonic)
        for task in living:
            task.cancel()


def _surroundings(config: Config, records: _Records, stores: _Stores) -> Surroundings:
    offers = config.offered()
    record = RecordingOpener(stores.studio, {offer.id: offer.kinds for offer in offers})
    kept = [offer.id for offer in offers if offer.sink == "recording"]
    controller = config.controller
    return Surroundings(
        notices={
            offer.id: {n.digest: n for n in offer.notices.values()} for offer in offers
        },
        sinks={o.id: record if o.id in kept else open_external for o in offers},
        archives=dict.fromkeys(kept, stores.eraser),
        ledger=records.ledger,
        receipts=Receipts(
            records.key,
            Controller(
                name=controller.name,
                place=controller.place,
                contact=controller.contact,
            ),
            clock=now,
        ),
        names=records.names,
        access=records.access,
        manners=Manners(
            grace=config.meeting.grace,
            ask_again=config.meeting.ask_again,
            empty=config.meeting.empty,
            participants=config.limits.participants,
        ),
        clock=now,
        monotonic=time.monotonic,
    )


def _studio(config: Config, data: Path, ledger: Ledger) -> Studio:
    return Studio(
        data,
        clock=now,
        captures=CaptureLedger(ledger),
        ice_servers=[
            RTCIceServer(
                urls=server.urls,
                username=server.username,
                credential=server.credential(),
            )
            for server in config.ice.servers
        ],
        reserve=config.data.reserve_mb * MEGABYTE,
    )


def check_directory(directory: Path) -> Path:
    """The directory, made if need be. Raises `DataDirectoryUnusable`."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as exc:
        raise DataDirectoryUnusable(
            f"{directory}: cannot be written ({exc.strerror}). "
            f"Set data.directory to a folder that can."
        ) from exc
    return directory.resolve()
