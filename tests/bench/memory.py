"""
What an idle participant takes of our server's memory, against a bare aiohttp socket.

Each server is measured in a process of its own before and after its sockets have come;
a first room of people (a first few sockets) has come and stays, so that what is loaded
at first use is not charged to anybody.
"""

import asyncio
from statistics import median
from typing import Any

from tests.bench import child, crowd, ours

SOCKETS, SIZE = 400, 5
TURNS = 2
HEARTBEAT = 15.0
"""Seconds; longer than by default, so that a busy machine loses nobody."""
IDLE = 1.2 * HEARTBEAT
"""Seconds of doing nothing, so that everybody has been pinged."""
KIB = 1024


def run() -> dict[str, dict[str, Any]]:
    """Measure both; results by name."""
    with asyncio.Runner(loop_factory=child.loop_factory()) as runner:
        pairs = [runner.run(_turn()) for _ in range(TURNS)]
    a, b = (median(side) for side in zip(*pairs, strict=True))
    return {
        "idle_memory_ratio": {
            "value": round(median(a / b for a, b in pairs), 2),
            "unit": "x",
            "baseline": f"bare aiohttp echo server: {b / KIB:.1f} KiB per socket",
            "how": f"ours: {a / KIB:.1f} KiB per idle participant in rooms of {SIZE}, "
            f"over the baseline; growth of the process's PSS from the first to "
            f"{SOCKETS} more sockets, after a garbage collection, both on "
            f"{child.loop_name()} with heartbeats of {HEARTBEAT:g} s; "
            f"median of {TURNS} runs",
        }
    }


async def _turn() -> tuple[float, float]:
    """Bytes for each participant, and for each bare socket."""
    with (
        ours.serving(HEARTBEAT) as whole,
        child.child("tests.bench.bare", "echo", str(HEARTBEAT)) as bare,
    ):
        async with crowd.Crowd(whole) as people, crowd.Crowd(bare) as others:
            await _participants(people, SIZE)
            await _sockets(others, SIZE)
            before = whole.memory(), bare.memory()
            await _participants(people, SOCKETS)
            await _sockets(others, SOCKETS)
            await asyncio.sleep(IDLE)
            after = whole.memory(), bare.memory()
    a, b = ((y - x) / SOCKETS for x, y in zip(before, after, strict=True))
    return a, b


async def _participants(guests: crowd.Crowd, count: int) -> None:
    await guests.rooms(count // SIZE, SIZE)


async def _sockets(guests: crowd.Crowd, count: int) -> None:
    for number in range(count):
        await guests.connect(f"/{number}")
