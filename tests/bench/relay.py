"""
What relaying costs in our server, against others, in one run.

The others are a bare aiohttp relay and PeerServer. All are up all the time, each in a
process of its own, and take turns. Two hundred sockets in rooms of five: whoever gets a
message sends the next one to their neighbour, so that there is always one on the way
for every socket.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any, Protocol

from tests.bench import child, crowd, ours, peerserver

ROOMS, SIZE = 40, 5
TURNS = 7
WARM_UP = 2
"""Turns that do not count."""
HEARTBEAT, NO_HEARTBEAT = 60.0, "0"
"""Seconds; long, so that a busy machine loses nobody. aiohttp's own would cost the bare
relay a tenth, so it has none."""
MESSAGES = 10_000
"""In one turn."""
HOW = (
    f"relayed signal messages of {len(crowd.SDP)} bytes per CPU-second (user + system, "
    f"whole server process), over the baseline; {ROOMS * SIZE} sockets, rooms of "
    f"{SIZE}; median of {TURNS} turns of {MESSAGES} messages, the servers one by one"
)


def run() -> dict[str, dict[str, Any]]:
    """Measure all; results by name."""
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner(loop_factory=child.loop_factory()))
        whole = stack.enter_context(ours.serving(HEARTBEAT))
        bare = stack.enter_context(
            child.child("tests.bench.bare", "relay", NO_HEARTBEAT)
        )
        servers: list[Server] = [whole, bare]
        try:
            peer = stack.enter_context(peerserver.serving())
        except (OSError, subprocess.CalledProcessError) as exc:
            sys.stderr.write(f"relay_vs_peerserver was skipped: {exc}.\n")
        else:
            servers.append(peer)
        turns = runner.run(_take_turns(servers))
    results = {"relay_ratio": _against(turns, 1, _BARE)}
    if len(servers) > 2:
        results["relay_vs_peerserver"] = _against(turns, 2, _PEER)
    return results


_BARE = (
    "bare aiohttp relay (json.loads, look up, send on as it came; no heartbeat), as "
    f"ours on {child.loop_name()}"
)
_PEER = "PeerServer (npm `peer`) on Node"


def _against(turns: Sequence[Sequence[float]], other: int, name: str) -> dict[str, Any]:
    a, b = (median(turn[side] for turn in turns) for side in (0, other))
    return {
        "value": round(median(turn[0] / turn[other] for turn in turns), 3),
        "unit": "x",
        "baseline": f"{name}: {b:,.0f} messages per CPU-second",
        "how": f"ours: {a:,.0f} {HOW}",
    }


class Server(Protocol):
    """One of them."""

    @property
    def url(self) -> str:
        """Without a slash at its end."""

    def cpu(self) -> float:
        """Seconds that its process has computed."""


async def _take_turns(servers: list[Server]) -> list[list[float]]:
    """Messages per CPU-second: of each server, in each turn that counts."""
    fills = (_fill_ours, _fill_bare, _fill_peer)
    async with AsyncExitStack() as stack:
        rings = [_Ring(server) for server in servers]
        for fill, server, ring in zip(fills, servers, rings, strict=False):
            guests = await stack.enter_async_context(crowd.Crowd(server))
            await fill(guests, ring)
        turns = [[await ring.rate() for ring in rings] for _ in range(WARM_UP + TURNS)]
    return turns[WARM_UP:]


class _Ring:
    """Clients of one server, each of whom sends to a neighbour."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._places: list[_Place] = []
        self._expected = 0
        self._over = asyncio.Event()

    def add(self, guest: crowd.Guest, **said: str) -> None:
        """Let `guest` say so, for every message that they get."""
        frame = json.dumps(said | {"payload": crowd.SDP}, separators=(",", ":"))
        place = _Place(guest.socket, frame)
        self._places.append(place)
        guest.hear = partial(self._pass_on, place)

    async def rate(self) -> float:
        """Messages per CPU-second of the server, over one turn."""
        before = self._server.cpu()
        self._over.clear()
        self._expected = MESSAGES
        for place in self._places:
            place.left = MESSAGES // len(self._places)
            await place.send()
        await self._over.wait()
        return MESSAGES / (self._server.cpu() - before)

    async def _pass_on(self, place: "_Place", text: str) -> None:
        if len(text) < len(crowd.SDP):
            return  # somebody came or went
        self._expected -= 1
        if place.left:
            await place.send()
        elif not self._expected:
            self._over.set()


@dataclass(slots=True)
class _Place:
    socket: crowd.Socket
    frame: str
    left: int = 0

    async def send(self) -> None:
        self.left -= 1
        await self.socket.send_str(self.frame)


async def _fill_ours(guests: crowd.Crowd, ring: _Ring) -> None:
    for room in await guests.rooms(ROOMS, SIZE):
        for guest, neighbour in zip(room, [*room[1:], room[0]], strict=True):
            ring.add(guest, type="signal", to=neighbour.person.id)


async def _fill_bare(guests: crowd.Crowd, ring: _Ring) -> None:
    for name, neighbour in _names():
        guest = await guests.connect(f"/{name}")
        ring.add(guest, type="signal", to=neighbour)


async def _fill_peer(guests: crowd.Crowd, ring: _Ring) -> None:
    for name, neighbour in _names():
        guest = await guests.connect(peerserver.path(name))
        ring.add(guest, type="OFFER", dst=neighbour)


def _names() -> Iterator[tuple[str, str]]:
    """Everybody, and their neighbour."""
    names = [f"{number:043}" for number in range(ROOMS * SIZE)]
    for number, name in enumerate(names):
        room = number - number % SIZE
        yield name, names[room + (number + 1) % SIZE]
