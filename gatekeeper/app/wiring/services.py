"""The API for services, by the configuration."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from random import SystemRandom

from gatekeeper.app.wiring.local import new_rooms
from gatekeeper.app.wiring.offers import Offers
from gatekeeper.app.wiring.rooms import Rooms
from gatekeeper.app.wiring.sign_in import site_of
from gatekeeper.app.wiring.sinks import Features
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import Config
from gatekeeper.evidence.permit_token import PermitSigner
from gatekeeper.web.sign_in.attempts import Attempts
from gatekeeper.web.v1.api import ServiceApi
from gatekeeper.web.v1.callers import Callers
from gatekeeper.web.v1.entries import ServiceEntries
from gatekeeper.web.v1.events import ServiceEvents
from gatekeeper.web.v1.media import ServiceMedia
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.pace import Pace
from gatekeeper.web.v1.permits import ServicePermits
from gatekeeper.web.v1.presence import ServicePresence
from gatekeeper.web.v1.repeats import Repeats
from gatekeeper.web.v1.rooms import ServiceRooms
from gatekeeper.web.v1.rooms_now import RoomsNow
from gatekeeper.web.v1.webhooks import ServiceWebhooks
from gatekeeper.web.webhooks.addresses import Addresses, Names
from gatekeeper.web.webhooks.deliveries import AT_ONCE, Deliveries
from gatekeeper.web.webhooks.registration import Registration
from gatekeeper.web.webhooks.sender import Sender


@asynccontextmanager
async def open_services(
    config: Config,
    features: Features,
    storage: Storage,
    rooms: Rooms,
    offers: Offers,
    registration: Registration,
) -> AsyncIterator[ServiceApi | None]:
    """Who answers services, and tells them what happens; None where nobody is to."""
    if not config.api.open:
        yield None
        return
    async with asyncio.TaskGroup() as tasks:
        with closing(Names(AT_ONCE)) as names:
            telling = tasks.create_task(_deliveries(config, storage, names).run())
            yield _service_api(config, features, storage, rooms, offers, registration)
            telling.cancel()


def registration_of(config: Config, storage: Storage) -> Registration:
    """Who adds and removes webhooks, by the configuration."""
    return Registration(
        storage.webhooks,
        storage.deliveries,
        storage.service_keys,
        Addresses(config.api.webhooks_to),
    )


def _deliveries(config: Config, storage: Storage, names: Names) -> Deliveries:
    clock = storage.clock
    return Deliveries(
        storage.webhooks,
        storage.deliveries,
        storage.outbox,
        storage.service_keys,
        Sender(Addresses(config.api.webhooks_to), names.lookup, clock.now),
        now=clock.now,
        random=SystemRandom().random,
    )


def _service_api(
    config: Config,
    features: Features,
    storage: Storage,
    rooms: Rooms,
    offers: Offers,
    registration: Registration,
) -> ServiceApi:
    site, clock = site_of(config), storage.clock
    own = OwnRooms(rooms.registry, storage.rooms, clock.now)
    return ServiceApi(
        callers=Callers(storage.service_keys, site.proxies, Attempts(clock.monotonic)),
        pace=Pace(config.api.requests_per_second, clock.monotonic),
        repeats=Repeats(storage.answers, clock.now),
        rooms=ServiceRooms(
            own,
            new_rooms(config, features, storage, rooms),
            RoomsNow(rooms.registry, features.keys(), offers.switches),
            rooms.registry,
            storage.rooms,
            site,
            base=config.server.base_path,
        ),
        entries=ServiceEntries(own, rooms.registry),
        presence=ServicePresence(own),
        permits=ServicePermits(
            own,
            rooms.registry,
            PermitSigner.of(storage.key, clock.now),
            site,
            base=config.server.base_path,
            lease=config.api.lease,
        ),
        media=ServiceMedia(
            rooms.registry, storage.service_keys, lease=config.api.lease
        ),
        events=ServiceEvents(
            own, storage.outbox, storage.service_keys, clock.monotonic
        ),
        webhooks=ServiceWebhooks(registration, storage.webhooks),
    )
