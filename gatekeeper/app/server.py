"""
The server: the only place that wires things together.

Rule: what must be closed is closed in the reverse order of opening: sockets, rooms
(gates first), files, ledger.
"""

import asyncio
import gc
import os
import signal
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
import structlog
from aiohttp import web
from aiortc import RTCIceServer

from gatekeeper.app.engines import Equipment, Keys, equip
from gatekeeper.archive import orphans
from gatekeeper.archive.catalogue import Shelf
from gatekeeper.archive.endings import Endings
from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.filming import Filming
from gatekeeper.archive.keeping import CaptureLedger, Keeping
from gatekeeper.archive.locks import RoomLocks
from gatekeeper.assistant.compose.composer import ComposerOpener
from gatekeeper.assistant.model.client import ModelClient
from gatekeeper.assistant.speech.hearing import Hearing
from gatekeeper.assistant.summary.minutes import MinutesOpener
from gatekeeper.assistant.summary.store import SUMMARY, TRANSCRIPT, Summaries
from gatekeeper.assistant.summary.writer import Writer as SummaryWriter
from gatekeeper.assistant.transcript.archive import WordArchive
from gatekeeper.assistant.transcript.desk import Desk
from gatekeeper.assistant.transcript.store import Book
from gatekeeper.assistant.transcript.transcript import TranscriptOpener
from gatekeeper.clock import Clock
from gatekeeper.config import KEEPERS, Config, Limits, Offer, SinkName
from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.history import history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.presence import Presence
from gatekeeper.evidence.receipt import Controller, Receipts
from gatekeeper.media.film.films import Films
from gatekeeper.media.recording.opener import RecordingOpener
from gatekeeper.media.recording.store import RecordingArchive
from gatekeeper.media.recording.studio import Studio
from gatekeeper.media.tap.quota import Caps
from gatekeeper.meeting.capabilities import Access
from gatekeeper.meeting.external import open_external
from gatekeeper.meeting.house import House
from gatekeeper.meeting.room import Manners, Surroundings
from gatekeeper.meeting.sink import OpenSink
from gatekeeper.storage.damage import told
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.directory import (
    KEYS,
    LEDGER,
    check_directory,
    close_to_others,
    held,
)
from gatekeeper.storage.names import NameBook
from gatekeeper.storage.rooms import RoomRegister
from gatekeeper.storage.stops import Stops
from gatekeeper.storage.transactions import Writer
from gatekeeper.web.bodies import MOST
from gatekeeper.web.fields import short_fields
from gatekeeper.web.kept.page import After
from gatekeeper.web.kept.visitors import Visitors
from gatekeeper.web.kept.words import Words
from gatekeeper.web.keys import add_keys
from gatekeeper.web.limits import Addresses
from gatekeeper.web.listen import CountedSite, bind, url
from gatekeeper.web.own_site import OwnSite, own_site
from gatekeeper.web.pages import add_headers, add_pages
from gatekeeper.web.problems import problems
from gatekeeper.web.reception import Reception, provide
from gatekeeper.web.room.api import Api
from gatekeeper.web.room.socket import Door

log = structlog.get_logger(__name__)

MEGABYTE = 10**6
LINGER = 2.0
"""Seconds for what is still coming of a request that has its answer."""


async def serve(config: Config, keys: Keys) -> None:
    """Serve until SIGINT or SIGTERM. Raises `OperatorError` before anything starts."""
    os.umask(0o077)  # what is kept, and what its workers make, is for nobody else
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with running(config, keys) as server:
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


Offers = Mapping[FeatureId, Offer]
"""What rooms may offer, by feature."""

NO_KEYS = Keys()


@asynccontextmanager
async def running(
    config: Config, keys: Keys = NO_KEYS, clock: Clock | None = None
) -> AsyncIterator[Running]:
    """Start a server; it stops with the context."""
    clock = clock or Clock()
    data = await asyncio.to_thread(check_directory, config.data.directory)
    equipment = equip(config, keys)
    offers = {offer.id: offer for offer in config.offered(equipment.runs)}
    connections = provide(config.limits.connections)
    async with (
        _bound(config, data, clock) as (sockets, url),
        _records(config, data, clock) as (records, studio),
        _scribes(equipment, records, studio) as scribes,
    ):
        stores = _stores(config, offers, records, studio, scribes)
        async with _open_house(config, offers, records, stores) as (house, door):
            server = config.server
            site = OwnSite.of(server.host, server.names, server.behind_proxy)
            app = web.Application(
                middlewares=[problems, own_site(site), short_fields],
                client_max_size=MOST,
            )
            Api(config, offers, house, door, door.addresses).add_routes(app)
            _add_after(app, config, site, offers, records, stores)
            add_keys(app, records.key)
            add_pages(app)
            add_headers(app, site)
            runner = web.AppRunner(
                app,
                access_log=None,
                shutdown_timeout=5,
                keepalive_timeout=config.limits.idle,
                lingering_time=LINGER,
            )
            await runner.setup()
            try:
                await _receive(config, runner, sockets, connections)
                yield Running(url, house)
            finally:
                await house.close()
                await runner.cleanup()


async def _receive(
    config: Config,
    runner: web.AppRunner,
    sockets: Sequence[socket.socket],
    connections: int,
) -> None:
    """Let people in, counted over all of `sockets`."""
    assert runner.server is not None  # noqa: S101 - it has been set up
    limit = config.limits.connections_per_address
    reception = Reception(
        runner.server,
        most=connections,
        per_address=None if config.server.behind_proxy else limit,
    )
    for bound in sockets:
        await CountedSite(runner, bound, reception).start()


@asynccontextmanager
async def _bound(
    config: Config, data: Path, clock: Clock
) -> AsyncIterator[tuple[list[socket.socket], str]]:
    """Hold the data directory, and the address."""
    with held(data, clock.now()) as ours:
        sockets = bind(config.server.host, config.server.port)
        try:
            address = url(config.server.host, sockets[0].getsockname()[1])
            ours.tell(address)
            await asyncio.to_thread(close_to_others, data, *orphans.FOLDERS)
            yield sockets, address
        finally:
            for bound in sockets:
                bound.close()


@dataclass(frozen=True, slots=True)
class _Records:
    """What is in the database, the keys beside it, and the time for it."""

    clock: Clock
    key: GateKey
    access: Access
    ledger: Ledger
    register: RoomRegister
    names: NameBook
    listed: DeletionList
    stops: Stops


@asynccontextmanager
async def _records(
    config: Config, data: Path, clock: Clock
) -> AsyncIterator[tuple[_Records, Studio]]:
    first = not (data / LEDGER).exists()
    if first:
        await asyncio.to_thread(orphans.check_without_ledger, data)
    key = await asyncio.to_thread(GateKey.load, data / KEYS, first=first)
    access = await asyncio.to_thread(Access.load, data / KEYS, first=first)
    database = await asyncio.to_thread(Database.open, data / LEDGER)
    try:
        async with Writer(database) as writer:
            ledger = Ledger(writer, clock=clock.now)
            records = _Records(
                clock,
                key,
                access,
                ledger,
                RoomRegister(writer),
                NameBook(writer),
                DeletionList(writer, database),
                Stops(writer),
            )
            with told(data / LEDGER):
                await records.listed.load()
            studio = _studio(config, data, ledger, clock)
            try:
                yield records, studio
            finally:
                await asyncio.to_thread(studio.close)
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class _Scribes:
    """Who hears and writes."""

    desk: Desk
    client: ModelClient | None
    """None: there is no model, and rules pick quotes."""
    summaries: Summaries


@asynccontextmanager
async def _scribes(
    equipment: Equipment, records: _Records, studio: Studio
) -> AsyncIterator[_Scribes]:
    book = Book(studio.data, records.listed.covers)
    try:
        # Words go to the configured address, never through somebody's proxy.
        async with aiohttp.ClientSession(
            trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            endpoint = equipment.endpoint
            client = ModelClient(endpoint, session) if endpoint else None
            desk = Desk(
                hearing=Hearing(
                    equipment.speech,
                    now=asyncio.get_running_loop().time,
                    session=session,
                ),
                book=book,
                clock=studio.clock,
                ice_servers=studio.ice_servers,
                quotas=studio.quotas,
                has_room=studio.has_room,
            )
            summaries = Summaries(
                book,
                SummaryWriter(client, clock=studio.clock),
                names=records.names,
                register=records.register,
                listed=records.listed,
                stops=records.stops,
                clock=studio.clock,
            )
            yield _Scribes(desk, client, summaries)
    finally:
        await asyncio.to_thread(book.close)


@dataclass(frozen=True, slots=True)
class _Stores:
    """What is in files, and who makes and deletes them."""

    studio: Studio
    scribes: _Scribes
    shelf: Shelf
    films: Films
    filming: Filming
    eraser: Eraser
    endings: Endings
    keeping: Keeping


def _stores(
    config: Config,
    offers: Offers,
    records: _Records,
    studio: Studio,
    scribes: _Scribes,
) -> _Stores:
    archive = RecordingArchive(studio)
    book, summaries = scribes.desk.book, scribes.summaries
    words = WordArchive(book, records.names, summaries)
    shelf = Shelf(
        studio.data,
        ledger=records.ledger,
        names=records.names,
        listed=records.listed,
        stops=records.stops,
        film=config.film.format,
    )
    films = Films(studio.data)
    undisturbed = RoomLocks()
    filming = Filming(shelf, films, records.register, undisturbed)
    eraser = Eraser(
        lambda feature: words if feature in (TRANSCRIPT, SUMMARY) else archive,
        films,
        together={TRANSCRIPT: (SUMMARY,), SUMMARY: (TRANSCRIPT,)},
        listed=records.listed,
        ledger=records.ledger,
        undisturbed=undisturbed,
        remake=filming.make,
        monotonic=records.clock.monotonic,
    )
    endings = Endings(records.ledger, archive, book, records.clock)
    keeping = Keeping(
        studio.data,
        archive,
        book,
        endings=endings,
        eraser=eraser,
        filming=filming,
        summaries=summaries,
        ledger=records.ledger,
        register=records.register,
        names=records.names,
        keep={o.id: o.keep_for for o in offers.values() if o.sink in KEEPERS},
        clock=records.clock,
    )
    return _Stores(studio, scribes, shelf, films, filming, eraser, endings, keeping)


def _add_after(
    app: web.Application,
    config: Config,
    site: OwnSite,
    offers: Offers,
    records: _Records,
    stores: _Stores,
) -> None:
    here = {name: offer for name, offer in offers.items() if offer.sink != "external"}
    visitors = Visitors(records.register, records.access, site)
    words = Words(
        visitors,
        here,
        stores.shelf,
        records.names,
        stores.scribes.desk.book,
        stores.scribes.summaries,
        stores.films,
    )
    after = After(
        config=config,
        offers=here,
        visitors=visitors,
        shelf=stores.shelf,
        words=words,
        films=stores.films,
        filming=stores.filming,
        eraser=stores.eraser,
        listed=records.listed,
        stops=records.stops,
    )
    visitors.add_routes(app)
    words.add_routes(app)
    after.add_routes(app)


@asynccontextmanager
async def _open_house(
    config: Config, offers: Offers, records: _Records, stores: _Stores
) -> AsyncIterator[tuple[House, Door]]:
    with told(stores.studio.data / LEDGER):
        await stores.keeping.recover()
    house = House(
        _surroundings(config, offers, records, stores),
        records.register,
        clock=records.clock,
        rooms=config.limits.rooms,
        unused_rooms=config.limits.unused_rooms,
        unused=timedelta(seconds=config.meeting.unused),
        endings=stores.endings.note,
        over=stores.keeping.over,
    )
    addresses = Addresses(
        rooms=config.limits.rooms_per_address,
        sockets=config.limits.sockets_per_address,
        monotonic=records.clock.monotonic,
    )
    returning = await records.register.returning()
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        living = [
            tasks.create_task(house.run(returning, ready), name="house"),
            tasks.create_task(stores.films.run(), name="films"),
            tasks.create_task(stores.scribes.desk.hearing.run(), name="hearing"),
            tasks.create_task(stores.scribes.summaries.run(), name="summaries"),
            tasks.create_task(stores.keeping.run(), name="keeping"),
        ]
        await ready.wait()
        yield house, Door(house, config.limits, addresses, records.clock.monotonic)
        for task in living:
            task.cancel()


def _surroundings(
    config: Config, offers: Offers, records: _Records, stores: _Stores
) -> Surroundings:
    openers = _openers(offers, records, stores)
    controller = config.controller
    return Surroundings(
        notices={
            name: {n.digest: n for n in offer.notices.values()}
            for name, offer in offers.items()
        },
        sinks={name: openers[offer.sink] for name, offer in offers.items()},
        unavailable={
            name: offer.unavailable
            for name, offer in offers.items()
            if offer.unavailable is not None
        },
        third_party=[name for name, offer in offers.items() if offer.third_party],
        shared_with={name: offer.shared_with for name, offer in offers.items()},
        archives={
            name: stores.eraser
            for name, offer in offers.items()
            if offer.sink in KEEPERS
        },
        ledger=records.ledger,
        receipts=Receipts(
            records.key,
            Controller(
                name=controller.name,
                place=controller.place,
                contact=controller.contact,
            ),
            clock=records.clock.now,
        ),
        names=records.names,
        access=records.access,
        manners=Manners(
            grace=config.meeting.grace,
            ask_again=config.meeting.ask_again,
            empty=config.meeting.empty,
            ends_without_host=config.meeting.ends_without_host,
            longest_opening=config.meeting.longest_opening.total_seconds(),
            participants=config.limits.participants,
            tap_offers=config.limits.tap_offers_per_minute,
        ),
        clock=records.clock.now,
        monotonic=records.clock.monotonic,
    )


def _openers(
    offers: Offers, records: _Records, stores: _Stores
) -> Mapping[SinkName, OpenSink]:
    """What opens each kind of sink."""
    scribes = stores.scribes

    async def presence(room: RoomId, who: ParticipantId) -> Presence:
        return Presence(history(await records.ledger.read(room)), who)

    kinds = {name: offer.kinds for name, offer in offers.items()}
    return {
        "recording": RecordingOpener(stores.studio, kinds),
        "transcript": TranscriptOpener(scribes.desk),
        "summary": MinutesOpener(scribes.desk, scribes.summaries, presence),
        "compose": ComposerOpener(scribes.client),
        "external": open_external,
    }


def _studio(config: Config, data: Path, ledger: Ledger, clock: Clock) -> Studio:
    return Studio(
        data,
        clock=clock.now,
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
        caps=_caps(config.limits),
    )


def _caps(limits: Limits) -> Caps:
    return Caps(
        video=limits.video_mbit * MEGABYTE / 8,
        room=limits.room_mbit * MEGABYTE / 8,
        address=limits.address_mbit * MEGABYTE / 8,
        source_bytes=limits.source_gb * 1000 * MEGABYTE,
        share=limits.disk_share,
        taps=limits.taps_per_address,
    )
