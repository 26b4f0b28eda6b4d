"""What a gate has at hand while it runs."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.web.bodies import parsed
from gatekeeper.web.v1.new_rooms import NewRooms
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.rooms_now import RoomsNow

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class AtHand:
    """One gate's, in the event loop in which it runs."""

    registry: RoomRegistry
    own: OwnRooms
    new: NewRooms
    now: RoomsNow
    base: str
    """The path below which its addresses are."""
    loop: asyncio.AbstractEventLoop


def wanted(model: type[M], **said: Any) -> M:
    """What somebody wants, read as over HTTP. Raises `MalformedMessage`."""
    return parsed(model, json.dumps(said).encode())
