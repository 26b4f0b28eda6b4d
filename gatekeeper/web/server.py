"""
The server: the only place that wires things together.

Rule: what must be closed is closed in the reverse order of opening: sockets, rooms
(gates first), files, ledger.
"""

import asyncio
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

from gatekeeper.config import Config, Offer
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.database import Database
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.receipt import Controller, Receipts
from gatekeeper.evidence.rooms import RoomRegister
from gatekeeper.evidence.writer import Writer
from gatekeeper.media.archive import RecordingArchive
from gatekeeper.media.opener import RecordingOpener
from gatekeeper.media.studio import Studio
from gatekeeper.meeting.external import open_external
from gatekeeper.meeting.house import House
from gatekeeper.meeting.room import Manners, Surroundings
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
    async with _house(config) as (house, door):
        app = web.Application(middlewares=[problems], client_max_size=64 * 1024)
        Api(config, house, door, door.addresses).add_routes(app)
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


@asynccontextmanager
async def _house(config: Config) -> AsyncIterator[tuple[House, Door]]:
    data = await asyncio.to_thread(check_directory, config.data.directory)
    key = await asyncio.to_thread(GateKey.load, data / "keys")
    database = await asyncio.to_thread(Database.open, data / "ledger.sqlite3")
    try:
        async with Writer(database) as writer:
            ledger = Ledger(writer, clock=now)
            register = RoomRegister(writer)
            studio = _studio(config, data, ledger)
            try:
                async with _open_house(config, key, ledger, register, studio) as opened:
                    yield opened
            finally:
                await asyncio.to_thread(studio.close)
    finally:
        database.close()


@asynccontextmanager
async def _open_house(
    config: Config,
    key: GateKey,
    ledger: Ledger,
    register: RoomRegister,
    studio: Studio,
) -> AsyncIterator[tuple[House, Door]]:
    offers = config.offered()
    archive = RecordingArchive(studio)
    keeping = Keeping(
        studio.data / "recordings",
        archive,
        ledger=ledger,
        register=register,
        keep={o.id: timedelta(days=o.keep_days) for o in offers},
        clock=now,
    )
    await keeping.recover()
    house = House(
        _surroundings(config, offers, key, ledger, studio, archive),
        register,
        rooms=config.limits.rooms,
        unused=timedelta(seconds=config.meeting.unused),
    )
    addresses = Addresses(
        rooms=config.limits.rooms_per_address,
        sockets=config.limits.sockets_per_address,
        monotonic=time.monotonic,
    )
    returning = [
        record
        for record in await register.unended()
        if (await ledger.standing(record.id)).entries
    ]
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        living = tasks.create_task(house.run(returning, ready), name="house")
        sweeping = tasks.create_task(keeping.run(), name="keeping")
        await ready.wait()
        yield house, Door(house, config.limits, addresses, time.monotonic)
        sweeping.cancel()
        living.cancel()


def _surroundings(
    config: Config,
    offers: tuple[Offer, ...],
    key: GateKey,
    ledger: Ledger,
    studio: Studio,
    archive: RecordingArchive,
) -> Surroundings:
    record = RecordingOpener(studio, {offer.id: offer.kinds for offer in offers})
    kept = [offer.id for offer in offers if offer.sink == "recording"]
    controller = config.controller
    return Surroundings(
        notices={
            offer.id: {n.digest: n for n in offer.notices.values()} for offer in offers
        },
        sinks={o.id: record if o.id in kept else open_external for o in offers},
        archives=dict.fromkeys(kept, archive),
        ledger=ledger,
        receipts=Receipts(
            key,
            Controller(
                name=controller.name,
                place=controller.place,
                contact=controller.contact,
            ),
            clock=now,
        ),
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
