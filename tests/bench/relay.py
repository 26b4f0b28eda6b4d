"""
What relaying costs in our server, against a bare aiohttp relay, in one run.

Both servers are up all the time, each in a process of its own, and take turns. Two
hundred sockets in rooms of five: whoever gets a message sends the next one to their
neighbour, so that there is always one on the way for every socket.
"""

import asyncio
import json
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from tests.bench import child, crowd, ours

ROOMS, SIZE = 40, 5
TURNS = 5
HEARTBEAT, NO_HEARTBEAT = 60.0, "0"
"""Seconds; long, so that a busy machine loses nobody. aiohttp's own would cost the bare
relay a tenth, so it has none."""
MESSAGES = 20_000
"""In one turn."""


def run() -> dict[str, dict[str, Any]]:
    """Measure both; results by name."""
    with (
        ours.serving(HEARTBEAT) as whole,
        child.child("tests.bench.bare", "relay", NO_HEARTBEAT) as bare,
        asyncio.Runner(loop_factory=child.loop_factory()) as runner,
    ):
        rates = runner.run(_take_turns(whole, bare))
    ratio = median(a / b for a, b in rates)
    a, b = (median(side) for side in zip(*rates, strict=True))
    return {
        "relay_ratio": {
            "value": round(ratio, 3),
            "unit": "x",
            "baseline": f"bare aiohttp relay (json.loads, look up, send on as it came; "
            f"no heartbeat): {b:,.0f} messages per CPU-second",
            "how": f"ours: {a:,.0f} relayed signal messages of {len(crowd.SDP)} bytes "
            f"per CPU-second (user + system, whole server process), over the "
            f"baseline; {ROOMS * SIZE} sockets, rooms of {SIZE}, both on "
            f"{child.loop_name()}; median of {TURNS} interleaved pairs of {MESSAGES} "
            f"messages",
        }
    }


async def _take_turns(
    whole: child.Child, bare: child.Child
) -> list[tuple[float, float]]:
    async with crowd.Crowd(whole) as ours_, crowd.Crowd(bare) as theirs:
        rings = _Ring(whole), _Ring(bare)
        await _fill_ours(ours_, rings[0])
        await _fill_bare(theirs, rings[1])
        rates = []
        for turn in range(TURNS + 1):
            pair = await rings[0].rate(), await rings[1].rate()
            if turn:  # the first one warms up
                rates.append(pair)
        return rates


class _Ring:
    """Clients of one server, each of whom sends to a neighbour."""

    def __init__(self, server: child.Child) -> None:
        self._server = server
        self._places: list[_Place] = []
        self._expected = 0
        self._over = asyncio.Event()

    def add(self, guest: crowd.Guest, to: str) -> None:
        """Let `guest` send to `to`, for every message that they get."""
        said = {"type": "signal", "to": to, "payload": crowd.SDP}
        frame = json.dumps(said, separators=(",", ":"))
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
            ring.add(guest, neighbour.person.id)


async def _fill_bare(guests: crowd.Crowd, ring: _Ring) -> None:
    names = [f"{number:043}" for number in range(ROOMS * SIZE)]
    for number, name in enumerate(names):
        room = number - number % SIZE
        guest = await guests.connect(f"/{name}")
        ring.add(guest, names[room + (number + 1) % SIZE])
