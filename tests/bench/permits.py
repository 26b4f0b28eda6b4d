"""
Permits over HTTP: what they cost, and how soon one is over, whatever happens.

The server is `gatekeeper serve`; the bare one answers the same three requests with an
answer of the same size, on the same event loop. How long a lease lasts after it should
end is measured where it is felt: from what happens to `alive` being false at its
holder, and to the sign's going off for those in the room.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from gatekeeper.app import desk
from gatekeeper.client import GateClient, GateRoom, Permit
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.permit_token import PermitSigner, verify_permit
from gatekeeper.storage.directory import KEYS
from gatekeeper.storage.service_keys import SCOPES
from tests.bench import child, ours
from tests.client.relay import Network, network
from tests.meeting.conftest import MINUTES
from tests.meeting.person import Person

LEASE = 2.0
CYCLES, TURNS = 100, 40
"""So many, so often, by turns: what else the machine does is in both."""
CHECKS = 5000
FEW, WAITING = 100, 10_000
AT_ONCE = 250
"""Calls that come in together: as many connections as a server takes in a moment."""
SLACK = 20
"""Connections that may be of before."""
SETTLES = 3.0
"""Seconds until all that was sent has been taken."""
ENDS = 2
"""How often each way for a lease to end is tried."""
US, KIB = 1e6, 1024
LANGUAGES = ("en", "de", "fr", "es", "ar")


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with (
        ours.configured(30, config=_config()) as file,
        asyncio.Runner(loop_factory=child.loop_factory()) as runner,
    ):
        with child.child("tests.bench.ours", str(file)) as server:
            measured = runner.run(_costs(server, file.parent / "data"))
        ends = runner.run(_ends(file))
        check = _check(file.parent / "data")
    return measured | ends | check


def _config() -> str:
    words = "\n".join(
        f"[features.minutes.notices.{tag}]\n"
        + "\n".join(f"{key} = {json.dumps(text)}" for key, text in MINUTES.items())
        for tag in LANGUAGES
    )
    return (
        ours.CONFIG.replace("[limits]", f"[limits]\nconnections = {WAITING + 5000}")
        + "\n[api]\nopen = true\nrequests_per_second = 1000000\n"
        + f"lease = {LEASE:g}\nrooms_per_key = 100000\n"
        + '[features.minutes]\nsink = "external"\nkinds = ["audio"]\n'
        + words
    )


# ---- What they cost -----------------------------------------------------------------


@dataclass
class Call:
    """A call elsewhere with its people in the gate, and who may capture it."""

    room: GateRoom
    people: list[Person]
    key: str


async def _call(
    stack: AsyncExitStack, url: str, data: Path, *, allow: tuple[str, ...]
) -> Call:
    key = await asyncio.to_thread(service_key, data)
    gate = await stack.enter_async_context(GateClient(url, key))
    http = await stack.enter_async_context(aiohttp.ClientSession())
    room = await gate.open_room("Call", language="en", features=["minutes"])
    people = []
    for name in ("ann", "ben"):
        person = await stack.enter_async_context(
            Person(http, url, RoomId(room.id), name)
        )
        await person.join(allow=allow, entry=await room.entry(name))
        people.append(person)
    return Call(room, people, key)


def service_key(data: Path) -> str:
    """A service's key, from a server that may have just begun."""
    wanted = {"name": "bench", "scopes": SCOPES}
    for _ in range(100):
        try:
            (said, _) = desk.ask(data, desk.MakeServiceKey.model_validate(wanted))
        except desk.Nobody:
            time.sleep(0.1)
        else:
            return str(said["key"])
    raise RuntimeError("the server makes no key")


async def _costs(server: child.Child, data: Path) -> dict[str, dict[str, Any]]:
    async with AsyncExitStack() as stack:
        call = await _call(stack, server.url, data, allow=("minutes",))
        root = f"{server.url}/api/v1/rooms/{call.room.id}/permits"
        http = await stack.enter_async_context(aiohttp.ClientSession())
        sent = {"Authorization": f"Bearer {call.key}"}
        with child.child("tests.bench.permits") as bare:
            # The gate stays open: to open it is to write in the ledger.
            await stack.enter_async_context(call.room.permit("minutes", cancel=False))
            await _cycles(http, root, sent, 50)
            await _cycles(http, f"{bare.url}/permits", sent, 50)
            pairs = [
                (
                    await _cost(server, http, root, sent),
                    await _cost(bare, http, f"{bare.url}/permits", sent),
                )
                for _ in range(TURNS)
            ]
    async with AsyncExitStack() as stack:
        call = await _call(stack, server.url, data, allow=())
        waiting = await _waiting(server, call)
    mine, theirs = (sum(side) / TURNS for side in zip(*pairs, strict=True))
    return {
        "permit_ratio": {
            "value": round(theirs / mine, 2),
            "unit": "x",
            "baseline": f"bare aiohttp handlers: {theirs * US:.0f} us of CPU for three "
            "requests with answers of that size",
            "how": f"to be lent a permit of an open gate, renew it and give it back: "
            f"{mine * US:.0f} us of the server's CPU; per CPU-second, over the "
            f"baseline; key, scope and gate checked, two tokens signed; "
            f"{CYCLES} times in each of {TURNS} turns, both on {child.loop_name()}",
        },
        "permit_wait_kib": waiting,
    }


async def _cost(
    server: child.Child, http: aiohttp.ClientSession, url: str, sent: dict[str, str]
) -> float:
    """CPU seconds of one cycle."""
    before = server.cpu()
    await _cycles(http, url, sent, CYCLES)
    return (server.cpu() - before) / CYCLES


async def _cycles(
    http: aiohttp.ClientSession, url: str, sent: dict[str, str], times: int
) -> None:
    body = {"feature": "minutes"}
    for _ in range(times):
        async with http.post(url, json=body, headers=sent) as answer:
            lent = await answer.json()
            assert answer.status == 201, lent
        one = f"{url}/{lent['permit']}"
        async with http.post(one, headers=sent) as answer:
            await answer.read()
            assert answer.status == 200
        async with http.delete(one, headers=sent) as answer:
            assert answer.status == 204


async def _waiting(server: child.Child, call: Call) -> dict[str, Any]:
    """What each of many who wait takes."""
    sent = {"Authorization": f"Bearer {call.key}"}
    root = f"{server.url}/api/v1/rooms/{call.room.id}/permits"
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http:

        async def ask(seconds: int) -> int:
            async with http.post(
                f"{root}?wait={seconds}", json={"feature": "minutes"}, headers=sent
            ) as answer:
                await answer.read()
                return answer.status

        async def asked(many: int) -> tuple[int, list[asyncio.Task[int]]]:
            tasks: list[asyncio.Task[int]] = []
            before = server.descriptors()
            while len(tasks) < many:
                more = min(AT_ONCE, many - len(tasks))
                tasks += [asyncio.ensure_future(ask(60)) for _ in range(more)]  # noqa: TID251
                while server.descriptors() < before + len(tasks) - SLACK:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            await asyncio.sleep(SETTLES)
            memory = server.memory()
            if any(task.done() for task in tasks):
                raise RuntimeError("they did not all come in while the first waited")
            return memory, tasks

        first, few = await asked(FEW)
        full, many = await asked(WAITING - FEW)
        for task in (*few, *many):
            task.cancel()
        await asyncio.gather(*few, *many, return_exceptions=True)
    return {
        "value": round((full - first) / (WAITING - FEW) / KIB, 1),
        "unit": "KiB",
        "baseline": "",
        "how": f"of the server's PSS for each of {WAITING:,} calls that wait for "
        "everybody's yes, each by a connection of its own",
    }


# ---- How soon one is over -----------------------------------------------------------


@dataclass
class Held:
    """A permit that is held, and all that may happen to it."""

    call: Call
    permit: Permit
    between: Network
    server: child.Child


async def _no(held: Held) -> None:
    ben = held.call.people[1]
    await ben.say(type="decide", **ben.answer("minutes", "declined"))


async def _held(held: Held) -> None:
    held.between.holds()


async def _gone(held: Held) -> None:
    held.between.goes()


async def _killed(held: Held) -> None:
    held.server.kill()


def _clock(seconds: float) -> Callable[[Held], Awaitable[None]]:
    async def happens(held: Held) -> None:
        now = time.time
        vars(time)["time"] = lambda: now() + seconds
        try:
            held.between.holds()
            await held.permit.ended()
        finally:
            vars(time)["time"] = now

    return happens


WAYS: dict[str, Callable[[Held], Awaitable[None]]] = {
    "somebody says no": _no,
    "the network holds everything": _held,
    "the network is gone": _gone,
    "the gate is killed": _killed,
    "the holder's clock jumps by 5 s": _clock(5),
    "the holder's clock jumps by -5 s": _clock(-5),
}


async def _ends(file: Path) -> dict[str, dict[str, Any]]:
    took = {}
    for way, happens in WAYS.items():
        took[way] = max([await _ended(file, happens) for _ in range(ENDS)])
    took["the holder forgets to renew"] = max(
        [await _forgotten(file) for _ in range(ENDS)]
    )
    worst = max(took, key=lambda way: took[way])
    told = "; ".join(f"{way} {seconds:.2f}" for way, seconds in took.items())
    return {
        "lease_end_worst_s": {
            "value": round(took[worst], 2),
            "unit": "s",
            "baseline": f"a lease lasts {LEASE:g} s",
            "how": f"from what happens to the end at the holder, or to the sign's "
            f"going off where a holder forgets; the longest of {ENDS} each: {told}",
        }
    }


async def _ended(file: Path, happens: Callable[[Held], Awaitable[None]]) -> float:
    """Seconds from what happens to the end of the permit at its holder."""
    with child.child("tests.bench.ours", str(file)) as server:
        async with AsyncExitStack() as stack:
            call = await _call(stack, server.url, file.parent / "data", allow=MINE)
            between = await stack.enter_async_context(network(server.url))
            far = await stack.enter_async_context(GateClient(between.url, call.key))
            room = far.room(call.room.id)
            async with room.permit("minutes", cancel=False) as permit:
                await asyncio.sleep(LEASE * 0.7)  # it was renewed by then
                began = time.perf_counter()
                await happens(Held(call, permit, between, server))
                await permit.ended()
                return time.perf_counter() - began


async def _forgotten(file: Path) -> float:
    """Seconds from the asking for a permit to the sign's going off."""
    with child.child("tests.bench.ours", str(file)) as server:
        async with AsyncExitStack() as stack:
            call = await _call(stack, server.url, file.parent / "data", allow=MINE)
            ann = call.people[0]
            path = f"/rooms/{call.room.id}/permits"
            began = time.perf_counter()
            await call.room._call.ask("POST", path, {"feature": "minutes"})
            await ann.hears("sign")
            await ann.hears("sign", since=len(ann.heard))
            return time.perf_counter() - began


MINE = ("minutes",)


# ---- What a check costs -------------------------------------------------------------


def _check(data: Path) -> dict[str, dict[str, Any]]:
    key = GateKey.load(data / KEYS, first=False)
    token = PermitSigner.of(key, lambda: datetime.now(UTC)).sign(  # noqa: TID251
        issuer="https://gate.example/",
        room="r" * 22,
        feature="minutes",
        opening="o" * 22,
        lease="l" * 22,
        people=[letter * 43 for letter in "abcd"],
        seconds=LEASE,
    )
    keys, now = key.published, time.time()
    began = time.process_time()
    for _ in range(CHECKS):
        verify_permit(token, keys=keys, room="r" * 22, feature="minutes", now=now)
    took = (time.process_time() - began) / CHECKS
    return {
        "permit_check_us": {
            "value": round(took * US),
            "unit": "us",
            "baseline": "",
            "how": f"of CPU for one check of a token without the server, of four "
            f"people; {CHECKS} times",
        }
    }


# ---- The bare server ----------------------------------------------------------------


async def _bare(port: int) -> None:
    answer = {
        "permit": "x" * 22,
        "room": "x" * 22,
        "feature": "minutes",
        "opening": "x" * 22,
        "people": ["x" * 43] * 2,
        "lasts": LEASE,
        "token": "x" * 600,
    }

    async def lend(request: web.Request) -> web.Response:
        await request.json()
        return web.json_response(answer, status=201)

    async def renew(request: web.Request) -> web.Response:
        return web.json_response(answer)

    async def release(request: web.Request) -> web.Response:
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/permits", lend)
    app.router.add_post("/permits/{permit}", renew)
    app.router.add_delete("/permits/{permit}", release)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    child.answer()
    child.run(_bare(int(sys.argv[1])))
