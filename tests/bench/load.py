"""
Three hundred rooms of four for three minutes, and then each flood beside them.

The server is `gatekeeper serve` with the limits that it has by itself; each room comes
from an address of its own. Everybody chats; in each room one after the other takes
their yes back and gives it again, so that gates open and close all the time. A
withdrawal is timed where it is felt: from its sending to `decided`, before which its
gate has closed. A flood has a process of its own, which is halted and goes on every two
seconds, so that both sides of its ratio are of the same minute.
"""

import asyncio
import json
import os
import random
import resource
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from statistics import median, quantiles
from typing import Any

import aiohttp

from tests.bench import child, crowd, ours, process
from tests.bench.floods import FEATURE, FLOODS

ROOMS, SIZE = 300, 4
SECONDS, FIRST = 180, 60
"""How long the load is on; memory is compared from the end of the first minute on."""
SLICE, SLICES = 2.0, 10
"""Seconds with a flood, and without it; and how often."""
PAUSE = 9.0
"""Seconds between a room's opening and the next withdrawal, on average."""
CHAT_EVERY = 10.0
PATIENCE = 30.0
"""Seconds after which something that does not come is an error."""
BEGUN_WITHIN = 120.0
"""Seconds in which each flood must once have done what it does."""
HEARTBEAT = 15.0
ATTACKERS = count()
"""Each has an address of its own: one is refused for an hour when it has had enough."""
NICE = ("nice", "-n", "10")
"""A flood takes what computing time there is, and not that of those it is to hurt."""
MS = 1000.0
MIB = 1024 * 1024


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with (
        ours.serving(HEARTBEAT, config=ours.AS_IT_COMES) as server,
        asyncio.Runner(loop_factory=child.loop_factory()) as runner,
    ):
        return runner.run(_measure(server))


async def _measure(server: child.Child) -> dict[str, dict[str, Any]]:
    async with meetings(server, ROOMS, SIZE, PAUSE) as hall:
        await asyncio.sleep(FIRST)
        first, cpu = server.memory(), server.cpu()
        hall.took.clear()
        await asyncio.sleep(SECONDS - FIRST)
        grown = 100 * (server.memory() / first - 1)
        busy = 100 * (server.cpu() - cpu) / (SECONDS - FIRST)
        calm = list(hall.took)
        floods = {name: await beside([name], server.url, hall) for name in FLOODS}
    of = f"{ROOMS} rooms of {SIZE}"
    results = {
        "load_errors": _row(
            len(hall.errors),
            "",
            f"faults, lost sockets and things that did not come within {PATIENCE:g} s, "
            f"of {of} in {SECONDS} s and beside all floods: {_kinds(hall.errors)}",
        ),
        "load_memory_growth_percent": _row(
            round(grown, 1),
            "%",
            f"of the server's PSS ({first / MIB:.0f} MiB after a minute) in the "
            f"{SECONDS - FIRST} s after that; {of}",
        ),
        "load_withdraw_p99_ms": _row(
            round(p99(calm), 2),
            "ms",
            f"of {len(calm)} withdrawals in {SECONDS - FIRST} s, from their sending to "
            f"`decided` at their client; {of}, server at {busy:.0f} % of a core",
        ),
    }
    for name, found in floods.items():
        results[f"load_flood_{name}_ratio"] = found.row()
    return results


def _row(value: float, unit: str, how: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "baseline": "", "how": how}


def _kinds(errors: Sequence[str]) -> str:
    """What happened, and how often."""
    kinds = Counter(error[:60] for error in errors).most_common(5)
    return "; ".join(f"{count} x {kind}" for kind, count in kinds) or "none"


def p99(took: Sequence[float]) -> float:
    """Milliseconds, from seconds."""
    return quantiles(took, n=100, method="inclusive")[98] * MS


# ---- Floods -------------------------------------------------------------------------


class Beside:
    """What a flood did to the others."""

    def __init__(self) -> None:
        self.calm: list[list[float]] = []
        self.flooded: list[list[float]] = []
        """Turn by turn."""
        self.tries = 0

    def row(self) -> dict[str, Any]:
        calm, flooded = usual(self.calm), usual(self.flooded)
        return {
            "value": round(flooded / calm, 2),
            "unit": "x",
            "baseline": f"without it: p99 {calm:.1f} ms of {_counted(self.calm)}",
            "how": f"p99 of the others' withdrawals {flooded:.1f} ms of "
            f"{_counted(self.flooded)}, over the baseline, both as in the usual one of "
            f"{SLICES} turns of {SLICE:g} s; {self.tries:,} tries",
        }


def usual(turns: Sequence[Sequence[float]]) -> float:
    """
    The p99 of a turn, in milliseconds: the median of all turns.

    Of all turns together it would be the worst one's, in which this machine may have
    done something else.
    """
    return median(p99(turn) for turn in turns)


def _counted(turns: Sequence[Sequence[float]]) -> int:
    return sum(map(len, turns))


async def beside(
    names: Sequence[str],
    url: str,
    hall: "Hall",
    slices: int = SLICES,
    seconds: float = SLICE,
    before: tuple[str, ...] = NICE,
) -> Beside:
    """Have floods come and go, all at once; `before`: what runs their process."""
    found = Beside()
    given = ("tests.bench.floods", ",".join(names), url, str(next(ATTACKERS)))
    with process.python(*given, before=before) as flood:
        await asyncio.to_thread(_begun, flood, len(names))
        for _ in range(slices):
            os.kill(flood.pid, signal.SIGSTOP)
            found.calm.append(await _seen(hall, seconds))
            os.kill(flood.pid, signal.SIGCONT)
            found.flooded.append(await _seen(hall, seconds))
        found.tries, _ = _asked(flood)
    return found


async def _seen(hall: "Hall", seconds: float) -> list[float]:
    await asyncio.sleep(seconds / 10)  # what was under way is over
    hall.took.clear()
    await asyncio.sleep(seconds)
    return list(hall.took)


def _asked(flood: process.Process) -> list[int]:
    flood.tell(None)
    answer: list[int] = flood.hear()
    return answer


def _begun(flood: process.Process, floods: int) -> None:
    """Wait until each has done what it does. Raises `TimeoutError`."""
    until = time.monotonic() + BEGUN_WITHIN
    while (found := _asked(flood))[1] < floods:
        if time.monotonic() > until:
            raise TimeoutError(f"of {floods} floods: {found}")
        time.sleep(0.05)


# ---- Meetings -----------------------------------------------------------------------


class Hall:
    """All meetings, and what was seen in them."""

    def __init__(self) -> None:
        self.took: list[float] = []
        """Seconds that withdrawals took; may be emptied at any time."""
        self.errors: list[str] = []
        self.open = True


@asynccontextmanager
async def meetings(
    server: crowd.Server, rooms: int, size: int, pause: float
) -> AsyncIterator[Hall]:
    """That many meetings, in which things happen; they end with the context."""
    hall = Hall()
    async with AsyncExitStack() as stack:
        everybody = await stack.enter_async_context(crowd.Crowd(server))
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        held = []
        for number in range(rooms):
            guests = await everybody.at(f"127.1.{number // 200}.{1 + number % 200}")
            people = await guests.room(size, feature=FEATURE, allow=True)
            meeting = _Meeting(people, hall, pause)
            held.append(tasks.create_task(meeting.run()))
        yield hall
        hall.open = False
        for task in held:
            task.cancel()


class _Meeting:
    def __init__(self, people: list[crowd.Guest], hall: Hall, pause: float) -> None:
        self._people = people
        self._hall = hall
        self._pause = pause
        self._on = asyncio.Event()
        self._decided = asyncio.Event()
        for guest in people:
            guest.hear = self._hear

    async def run(self) -> None:
        host = self._people[0]
        await _say(host, type="request", feature=FEATURE)
        async with asyncio.TaskGroup() as tasks:
            for guest in self._people:
                tasks.create_task(self._chat(guest))
            await self._withdraw_in_turn()

    async def _withdraw_in_turn(self) -> None:
        while self._hall.open:
            try:
                await self._withdraw(random.choice(self._people))  # noqa: S311
            except (TimeoutError, ConnectionError, aiohttp.ClientError) as exc:
                self._hall.errors.append(repr(exc))
                return

    async def _withdraw(self, guest: crowd.Guest) -> None:
        await self._until(self._on)
        await asyncio.sleep(random.uniform(0, 2 * self._pause))  # noqa: S311
        self._on.clear()
        self._hall.took.append(await self._decide(guest, "declined"))
        await self._decide(guest, "granted")

    async def _decide(self, guest: crowd.Guest, decision: str) -> float:
        self._decided.clear()
        answer = guest.person.answer(FEATURE, decision)
        sent = time.perf_counter()
        await _say(guest, type="decide", **answer)
        await self._until(self._decided)
        return time.perf_counter() - sent

    async def _until(self, event: asyncio.Event) -> None:
        async with asyncio.timeout(PATIENCE):
            await event.wait()

    async def _chat(self, guest: crowd.Guest) -> None:
        await asyncio.sleep(random.uniform(0, CHAT_EVERY))  # noqa: S311
        while self._hall.open:
            if guest.socket.closed:
                self._hall.errors.append(f"lost: {guest.socket.close_code}")
                return
            await _say(guest, type="chat", text="Let us go on with the second one.")
            await asyncio.sleep(CHAT_EVERY)

    async def _hear(self, text: str) -> None:
        if text.startswith('{"type":"tap",'):
            self._on.set()
        elif text.startswith('{"type":"decided"'):
            self._decided.set()
        elif text.startswith('{"type":"fault"'):
            self._hall.errors.append(text)


async def _say(guest: crowd.Guest, **message: Any) -> None:
    await guest.socket.send_str(json.dumps(message))
