"""
A client of the API for services: asks a gate for permits, and stops when they end.

Rule 1: whatever goes wrong, a permit is over: a network that is gone, an answer that
does not come, a server that was killed, a machine that slept, a clock that jumped.
Rule 2: nothing here is asked of people, and nothing says what anybody answered.
"""

from gatekeeper.client.blocking import BlockingGateClient, BlockingGateRoom
from gatekeeper.client.faults import (
    ConsentRequired,
    GateError,
    GateUnreachable,
    PermitEnded,
    Refused,
)
from gatekeeper.client.gate import GateClient
from gatekeeper.client.media import Media, Packet
from gatekeeper.client.permit import Permit
from gatekeeper.client.room import GateRoom

__all__ = [
    "BlockingGateClient",
    "BlockingGateRoom",
    "ConsentRequired",
    "GateClient",
    "GateError",
    "GateRoom",
    "GateUnreachable",
    "Media",
    "Packet",
    "Permit",
    "PermitEnded",
    "Refused",
]
