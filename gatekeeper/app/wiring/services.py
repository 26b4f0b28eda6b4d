"""The API for services, by the configuration."""

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
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.pace import Pace
from gatekeeper.web.v1.permits import ServicePermits
from gatekeeper.web.v1.presence import ServicePresence
from gatekeeper.web.v1.repeats import Repeats
from gatekeeper.web.v1.rooms import ServiceRooms


def service_api(
    config: Config, features: Features, storage: Storage, rooms: Rooms, offers: Offers
) -> ServiceApi | None:
    """Who answers services; None where nobody is to."""
    if not config.api.open:
        return None
    site, clock = site_of(config), storage.clock
    own = OwnRooms(rooms.registry, storage.rooms, clock.now)
    return ServiceApi(
        callers=Callers(storage.service_keys, site.proxies, Attempts(clock.monotonic)),
        pace=Pace(config.api.requests_per_second, clock.monotonic),
        repeats=Repeats(storage.answers, clock.now),
        rooms=ServiceRooms(
            own,
            rooms.registry,
            storage.rooms,
            features,
            offers.switches,
            config.languages,
            site,
            base=config.server.base_path,
            most=config.api.rooms_per_key,
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
        events=ServiceEvents(
            own, storage.outbox, storage.service_keys, clock.monotonic
        ),
    )
