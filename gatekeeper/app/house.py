"""The house: all that requests are answered from, opened from its data up."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from gatekeeper.app.desk import Desk, open_desk
from gatekeeper.app.engines import Engines
from gatekeeper.app.wiring.address import Listen, hold_directory
from gatekeeper.app.wiring.archive import Archive, open_archive
from gatekeeper.app.wiring.evidence import Evidence, open_evidence
from gatekeeper.app.wiring.ice import read_ice
from gatekeeper.app.wiring.offers import Offers, open_offers
from gatekeeper.app.wiring.rooms import Rooms, open_rooms
from gatekeeper.app.wiring.services import registration_of
from gatekeeper.app.wiring.sinks import Sinks, open_sinks
from gatekeeper.app.wiring.storage import Storage, open_storage
from gatekeeper.clock import Clock
from gatekeeper.config import Config, OfferedFeature
from gatekeeper.config.words import Words
from gatekeeper.consent.types import FeatureId
from gatekeeper.meeting.ice import IceServers
from gatekeeper.storage.directory import check_directory
from gatekeeper.web.webhooks.registration import Registration


@dataclass(frozen=True, slots=True)
class House:
    """An area a field."""

    ice: IceServers
    storage: Storage
    evidence: Evidence
    sinks: Sinks
    archive: Archive
    offers: Offers
    rooms: Rooms
    registration: Registration


@asynccontextmanager
async def open_house(
    config: Config,
    features: MutableMapping[FeatureId, OfferedFeature],
    engines: Engines,
    clock: Clock,
    listen: Listen | None,
) -> AsyncIterator[House]:
    """
    All of it, until the context is over; it is closed in the reverse order.

    `features`: as they are on offer just now; what an admin words anew changes there.
    """
    async with AsyncExitStack() as stack:
        open_ = stack.enter_async_context
        ice = await asyncio.to_thread(read_ice, config, clock)
        data = await asyncio.to_thread(check_directory, config.data.directory)
        await open_(hold_directory(data, clock, listen))
        storage = await open_(open_storage(data, clock, config.backup.deletions))
        evidence = await open_evidence(config, storage)
        sinks = await open_(open_sinks(config, engines, storage, evidence, ice))
        archive = open_archive(config, features, storage, evidence, sinks)
        words = Words(config, engines.runs)
        offers = await open_offers(words, features, storage, evidence)
        rooms = await open_(
            open_rooms(config, features, storage, evidence, sinks, archive, ice, offers)
        )
        registration = registration_of(config, storage)
        desk = Desk(archive.subjects, storage.service_keys, registration)
        await open_(open_desk(data, desk))
        yield House(ice, storage, evidence, sinks, archive, offers, rooms, registration)
