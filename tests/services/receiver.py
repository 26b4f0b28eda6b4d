"""Receivers of webhooks: real ones, well-behaved and not."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.meeting.person import PATIENCE

Answers = Callable[["Receiver", web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Received:
    """One request."""

    headers: dict[str, str]
    body: bytes
    path: str

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """What came, and where to."""

    url: str = ""
    got: list[Received] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    """Set at the end, so that nothing hangs for longer than its test."""

    async def until(self, count: int) -> list[Received]:
        async with asyncio.timeout(PATIENCE):
            while len(self.got) < count:  # noqa: ASYNC110 - it is told by a server
                await asyncio.sleep(0.01)
        return self.got


async def takes(_: Receiver, request: web.Request) -> web.StreamResponse:
    return web.Response(status=204)


@asynccontextmanager
async def receiving(
    answers: Answers = takes, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    receiver = Receiver()

    async def answer(request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.read()
        receiver.got.append(Received(headers, body, request.path_qs))
        return await answers(receiver, request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
        await site.start()
        assert site._server is not None
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        receiver.url = f"http{'s' if tls else ''}://127.0.0.1:{port}"
        yield receiver
    finally:
        receiver.released.set()
        await runner.cleanup()


async def hangs(receiver: Receiver, _: web.Request) -> web.StreamResponse:
    await receiver.released.wait()
    return web.Response()


async def closes(_: Receiver, request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def never_ends(receiver: Receiver, request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(status=500)
    await response.prepare(request)
    while not receiver.released.is_set():
        await response.write(b"x" * 65536)
    return response


async def leads_on(receiver: Receiver, _: web.Request) -> web.StreamResponse:
    return web.Response(status=307, headers={"Location": f"{receiver.url}/elsewhere"})


async def is_gone(_: Receiver, request: web.Request) -> web.StreamResponse:
    return web.Response(status=410)


def fails(times: int) -> Answers:
    """500 so often, then 200."""

    async def answer(receiver: Receiver, _: web.Request) -> web.StreamResponse:
        return web.Response(status=500 if len(receiver.got) <= times else 200)

    return answer
