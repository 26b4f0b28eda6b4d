"""The rooms of a process, and all that runs beside them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from gatekeeper.app.wiring.archive import Archive
from gatekeeper.app.wiring.evidence import Evidence
from gatekeeper.app.wiring.offers import Offers
from gatekeeper.app.wiring.sinks import Features, Sinks
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import Config
from gatekeeper.consent.features import KEEPERS
from gatekeeper.consent.types import RoomId
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.gating.rules import GateRules
from gatekeeper.meeting.context import MeetingRules, RoomContext
from gatekeeper.meeting.ice import IceServers
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.storage.damage import told
from gatekeeper.storage.directory import LEDGER
from gatekeeper.web.limits import Addresses
from gatekeeper.web.room.socket import SocketContext


@dataclass(frozen=True, slots=True)
class Rooms:
    """The living rooms, and the way into them."""

    registry: RoomRegistry
    sockets: SocketContext


@asynccontextmanager
async def open_rooms(
    config: Config,
    features: Features,
    storage: Storage,
    evidence: Evidence,
    sinks: Sinks,
    archive: Archive,
    ice: IceServers,
    offers: Offers,
) -> AsyncIterator[Rooms]:
    """Take up what a crash left, then let rooms live until the context is over."""
    with told(storage.data / LEDGER):
        await archive.recovery.run()
    registry = RoomRegistry(
        _context(config, features, storage, evidence, sinks, archive, ice, offers),
        storage.rooms,
        clock=storage.clock,
        rooms=config.limits.rooms,
        unused_rooms=config.limits.unused_rooms,
        unused=timedelta(seconds=config.meeting.unused),
        endings=archive.endings.note,
        over=archive.aftermath.make,
    )
    offers.govern(registry.everywhere)
    addresses = Addresses(
        rooms=config.limits.rooms_per_address,
        sockets=config.limits.sockets_per_address,
        seats=config.limits.participants,
        monotonic=storage.clock.monotonic,
    )
    with told(storage.data / LEDGER):
        returning = await registry.recall(await storage.rooms.returning())
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        living = [
            tasks.create_task(registry.run(returning, ready), name="rooms"),
            tasks.create_task(archive.films.run(), name="films"),
            tasks.create_task(sinks.transcription.recogniser.run(), name="speech"),
            tasks.create_task(sinks.summaries.run(), name="summaries"),
            tasks.create_task(archive.eraser.run(), name="eraser"),
            tasks.create_task(
                archive.aftermath.take_up(archive.stores, storage.rooms),
                name="aftermath",
            ),
            tasks.create_task(archive.sweep.run(), name="sweep"),
            tasks.create_task(ice.live(lambda: registry.rooms), name="ice"),
            tasks.create_task(
                evidence.audit.run(partial(distrust, evidence.ledger, registry)),
                name="audit",
            ),
        ]
        await ready.wait()
        sockets = SocketContext(
            registry, config.limits, addresses, storage.clock.monotonic
        )
        yield Rooms(registry, sockets)
        for task in living:
            task.cancel()


def distrust(ledger: Ledger, registry: RoomRegistry, room: RoomId) -> None:
    """Its proof does not hold: on return no gate of it is open, or will be."""
    ledger.distrust(room)
    living = registry.living(room)
    if living is not None:
        living.fail(LedgerUnavailable())


def _context(
    config: Config,
    features: Features,
    storage: Storage,
    evidence: Evidence,
    sinks: Sinks,
    archive: Archive,
    ice: IceServers,
    offers: Offers,
) -> RoomContext:
    return RoomContext(
        notices=offers.wordings.notices,
        off=lambda: offers.switches.off,
        sinks=sinks.openers(features),
        feeds=sinks.feeds(features),
        unavailable={
            name: feature.unavailable
            for name, feature in features.items()
            if feature.unavailable is not None
        },
        third_party=[name for name, feature in features.items() if feature.third_party],
        shared_with={name: feature.shared_with for name, feature in features.items()},
        archives={
            name: archive.eraser
            for name, feature in features.items()
            if feature.sink in KEEPERS
        },
        ledger=evidence.ledger,
        receipts=evidence.receipts,
        names=storage.names,
        doors=storage.doors,
        entries=storage.entries,
        rooms=storage.rooms,
        access=storage.access,
        news=storage.outbox,
        rules=rules_of(config),
        ice=ice,
        clock=storage.clock.now,
        monotonic=storage.clock.monotonic,
    )


def rules_of(config: Config) -> MeetingRules:
    """How meetings run."""
    return MeetingRules(
        GateRules(
            ask_again=config.meeting.ask_again,
            longest=config.meeting.longest_opening.total_seconds(),
            ends_without_host=config.meeting.ends_without_host,
        ),
        grace=config.meeting.grace,
        empty=config.meeting.empty,
        participants=config.limits.participants,
        tap_offers=config.limits.tap_offers_per_minute,
        lease=config.api.lease,
    )
