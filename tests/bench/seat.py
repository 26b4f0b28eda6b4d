"""
How soon a machine's seat is empty after somebody's no, felt at the machine.

The server is `gatekeeper serve`. Four people send sound and pictures, and a machine
takes them; one of them says no, and the connection is over when the machine's own end
of it says so. Whoever sends goes on sending.
"""

import asyncio
import json
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp

from gatekeeper.client import GateClient
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import RoomId
from tests.bench import child, ours
from tests.bench.permits import service_key
from tests.meeting.conftest import MINUTES
from tests.proof.content import NAMES, pictures, sounds
from tests.proof.guest import Guest

FEATURE = "notes"
NOES = 30
TAKEN = 20
"""Packets of a machine before somebody says no."""
MS = 1e3


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    for name in NAMES:
        sounds(name)
        for screen in (False, True):
            pictures(name, screen=screen)
    with (
        ours.configured(30, config=_config()) as file,
        child.child("tests.bench.ours", str(file)) as server,
        asyncio.Runner(loop_factory=child.loop_factory()) as runner,
    ):
        took, packets = runner.run(_meet(server, file.parent / "data"))
    return {
        "seat_end_ms": {
            "value": round(max(took) * MS, 1),
            "unit": "ms",
            "baseline": "",
            "how": f"from a no's bytes leaving its sender to the end of the connection "
            f"at the machine, the longest of {len(took)} (median "
            f"{median(took) * MS:.1f}); {len(NAMES)} people send sound and pictures; "
            f"{packets:,} packets taken; people and machine in one process",
        }
    }


def _config() -> str:
    words = "\n".join(
        f"[features.{FEATURE}.notices.{tag}]\n"
        + "\n".join(f"{key} = {json.dumps(text)}" for key, text in MINUTES.items())
        for tag in locales()
    )
    return (
        ours.CONFIG
        + "\n[api]\nopen = true\n"
        + f'[features.{FEATURE}]\nsink = "feed"\nkinds = ["audio", "video"]\n{words}'
    )


async def _meet(server: child.Child, data: Path) -> tuple[list[float], int]:
    """Seconds of each end, and how many packets came."""
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
        open_ = stack.enter_async_context
        key = await asyncio.to_thread(service_key, data)
        gate = await open_(GateClient(server.url, key))
        http = await open_(aiohttp.ClientSession())
        room = await gate.open_room(
            "Meeting", language="en", features=[FEATURE], mode="meeting"
        )
        people = []
        for number, name in enumerate(NAMES):
            guest = Guest(
                http, server.url, RoomId(room.id), name, tasks=tasks, impolite=True
            )
            people.append(await open_(guest))
            host = None if number else room.opened["host"]
            await guest.join(host=host, allow=(FEATURE,))
        took, packets = [], 0
        for number in range(NOES):
            who = people[number % len(people)]
            seconds, count = await _ended(http, server.url, key, room.id, who)
            took.append(seconds)
            packets += count
            since = len(who.heard)
            await who.allow(FEATURE)
            await who.hears("decided", since=since)
        for guest in people:
            await guest.close()
    return took, packets


async def _ended(
    http: aiohttp.ClientSession, url: str, key: str, room: str, who: Guest
) -> tuple[float, int]:
    sent = {"Authorization": f"Bearer {key}"}
    path = f"{url}/api/v1/rooms/{room}/permits?wait=60"
    async with http.post(path, json={"feature": FEATURE}, headers=sent) as answer:
        permit = (await answer.json())["permit"]
    path = f"{url}/api/v1/permits/{permit}/media"
    taken, began = 0, 0.0
    async with http.ws_connect(path, headers=sent, max_msg_size=0) as socket:
        async for message in socket:
            taken += message.type is aiohttp.WSMsgType.BINARY
            if taken == TAKEN and not began:
                began = time.perf_counter()
                await who.refuse(FEATURE)
        return time.perf_counter() - began, taken
