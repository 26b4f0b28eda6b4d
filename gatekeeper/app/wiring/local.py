"""The gate for the rest of the process, by the configuration."""

import asyncio

from gatekeeper.app.wiring.offers import Offers
from gatekeeper.app.wiring.rooms import Rooms
from gatekeeper.app.wiring.sinks import Features
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import Config
from gatekeeper.local.at_hand import AtHand
from gatekeeper.web.v1.new_rooms import NewRooms
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.rooms_now import RoomsNow


def at_hand(
    config: Config, features: Features, storage: Storage, rooms: Rooms, offers: Offers
) -> AtHand:
    """What it has, over what is open."""
    registry = rooms.registry
    return AtHand(
        registry=registry,
        own=OwnRooms(registry, storage.rooms, storage.clock.now),
        new=new_rooms(config, features, storage, rooms),
        now=RoomsNow(registry, features.keys(), offers.switches),
        base=config.server.base_path,
        loop=asyncio.get_running_loop(),
    )


def new_rooms(
    config: Config, features: Features, storage: Storage, rooms: Rooms
) -> NewRooms:
    """Who opens rooms for programs."""
    return NewRooms(
        rooms.registry,
        storage.rooms,
        features,
        config.languages,
        most=config.api.rooms_per_key,
    )
