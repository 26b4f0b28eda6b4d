"""
How long a withdrawal takes, from its bytes to the dead permit, in a busy server.

Two hundred rooms of five. In each of them people signal and chat, and one after the
other withdraws, and grants again, so that gates open and close all the time and the
ledger writes every opening, closing and withdrawal to a real SQLite file.
"""

import asyncio
import json
import random
from statistics import quantiles
from typing import Any

from gatekeeper.config.locales import locales
from tests.bench import busy, child, crowd, ours
from tests.meeting.conftest import MINUTES

ROOMS, SIZE = 200, 5
WITHDRAWALS = 1000
PAUSE = 4.0
"""Seconds between a room's opening and the next withdrawal, on average."""
SIGNAL_EVERY, CHAT_EVERY = 1.0, 10.0
"""Seconds between two messages of one participant."""
HEARTBEAT = 60.0
NS = 1e6
"""Nanoseconds in a millisecond."""


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    with (
        ours.configured(HEARTBEAT, _features()) as file,
        child.child("tests.bench.busy", str(file)) as server,
        asyncio.Runner(loop_factory=child.loop_factory()) as runner,
    ):
        found, how = runner.run(_meet(server))
    rows, spent = _rows(found["took"]), _rows(found["spent"])
    results: dict[str, dict[str, Any]] = {
        f"withdraw_{name}_ms": {
            "value": round(value, 3),
            "unit": "ms",
            "baseline": "",
            "how": f"of {len(found['took'])} withdrawals, from their bytes' arrival "
            f"in the server process (`data_received`) to the dead permit, "
            f"{spent[name]:.2f} ms of CPU time of the event loop's thread; {how}",
        }
        for name, value in rows.items()
    }
    results["frames_after_close"] = {
        "value": found["late"],
        "unit": "frames",
        "baseline": "",
        "how": f"of {found['frames']:,} passed to the sinks of these openings, by a "
        "task that asks the permit before each frame, as taps do, and goes on after "
        "closings",
    }
    return results


def _rows(took: list[int]) -> dict[str, float]:
    """Milliseconds, from nanoseconds."""
    cuts = quantiles(took, n=100, method="inclusive")
    return {"p50": cuts[49] / NS, "p99": cuts[98] / NS, "worst": max(took) / NS}


def _features() -> str:
    notices = "".join(
        f"[features.{busy.FEATURE}.notices.{tag}]\n"
        + "".join(f"{key} = {json.dumps(text)}\n" for key, text in MINUTES.items())
        for tag in locales()
    )
    return f'[features.{busy.FEATURE}]\nsink = "external"\nkinds = ["audio"]\n{notices}'


async def _meet(server: child.Child) -> tuple[dict[str, Any], str]:
    async with crowd.Crowd(server) as guests:
        rooms = await guests.rooms(ROOMS, SIZE, feature=busy.FEATURE, allow=True)
        hall = _Hall()
        async with asyncio.TaskGroup() as tasks:
            for people in rooms:
                tasks.create_task(_Meeting(people, hall).run())
            await hall.withdrawn(WITHDRAWALS // 10)  # warms up
            server.ask("report")
            cpu, began = server.cpu(), asyncio.get_running_loop().time()
            before = hall.said
            await hall.withdrawn(WITHDRAWALS)
            cpu = server.cpu() - cpu
            found: dict[str, Any] = server.ask("report")
            hall.open = False
        seconds = asyncio.get_running_loop().time() - began
        said = (hall.said - before) / seconds
    return found, (
        f"{ROOMS} rooms of {SIZE}, {said:,.0f} signals and chat lines and "
        f"{len(found['took']) / seconds:.0f} withdrawals a second, each of which "
        f"writes to SQLite; server at {100 * cpu / seconds:.0f} % of a core"
    )


class _Hall:
    """All meetings."""

    def __init__(self) -> None:
        self.open = True
        self.said = 0
        self._left = 0
        self._reached = asyncio.Event()

    async def withdrawn(self, count: int) -> None:
        """Return after so many further withdrawals."""
        self._left = count
        self._reached.clear()
        await self._reached.wait()

    def count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._reached.set()


class _Meeting:
    """One room, in which things happen."""

    def __init__(self, people: list[crowd.Guest], hall: _Hall) -> None:
        self._people = people
        self._hall = hall
        self._on = asyncio.Event()
        self._decided = asyncio.Event()
        for guest in people:
            guest.hear = self._hear

    async def run(self) -> None:
        host = self._people[0]
        await _say(host, type="request", feature=busy.FEATURE)
        async with asyncio.TaskGroup() as tasks:
            for guest, other in zip(
                self._people, [*self._people[1:], host], strict=True
            ):
                to = other.person.id
                signal = {"type": "signal", "to": to, "payload": crowd.SDP}
                tasks.create_task(self._repeat(guest, SIGNAL_EVERY, signal))
                chat = {"type": "chat", "text": "Let us go on with the second one."}
                tasks.create_task(self._repeat(guest, CHAT_EVERY, chat))
            await self._withdraw_in_turn()

    async def _withdraw_in_turn(self) -> None:
        await self._on.wait()
        while self._hall.open:
            guest = random.choice(self._people)  # noqa: S311
            await asyncio.sleep(random.uniform(0, 2 * PAUSE))  # noqa: S311
            self._on.clear()
            await self._decide(guest, "declined")
            self._hall.count()
            await self._decide(guest, "granted")
            await self._on.wait()

    async def _decide(self, guest: crowd.Guest, decision: str) -> None:
        self._decided.clear()
        answer = guest.person.answer(busy.FEATURE, decision)
        await _say(guest, type="decide", **answer)
        await self._decided.wait()

    async def _repeat(
        self, guest: crowd.Guest, every: float, message: dict[str, str]
    ) -> None:
        text = json.dumps(message)
        await asyncio.sleep(random.uniform(0, every))  # noqa: S311
        while self._hall.open:
            await guest.socket.send_str(text)
            self._hall.said += 1
            await asyncio.sleep(every)

    async def _hear(self, text: str) -> None:
        if text.startswith('{"type":"sign",') and '"on":true' in text:
            self._on.set()
        elif text.startswith('{"type":"decided"'):
            self._decided.set()
        elif text.startswith('{"type":"fault"'):
            raise RuntimeError(text)


async def _say(guest: crowd.Guest, **message: Any) -> None:
    await guest.socket.send_str(json.dumps(message))
