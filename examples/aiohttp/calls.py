"""An app with calls and a recorder of its own. What it knows of the gate is `gated`."""

import asyncio
import os
import wave
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from pathlib import Path
from uuid import uuid4

import gated
from aiohttp import WSMsgType, web
from aiohttp.typedefs import Handler

from gatekeeper.client import ConsentRequired, GateError, PermitEnded

RATE = 16_000
"""Samples a second, of 16 bits, of one channel."""
BEHIND = 50
"""Packets that a recorder may be behind; what comes then is lost."""


class Call:
    """One call: what is said in it, and what records it."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.recording: asyncio.Task[None] | None = None
        self._hears: set[asyncio.Queue[bytes]] = set()

    def say(self, packet: bytes) -> None:
        for hears in self._hears:
            if not hears.full():
                hears.put_nowait(packet)

    async def packets(self) -> AsyncGenerator[bytes, None]:
        """What is said from now on."""
        hears: asyncio.Queue[bytes] = asyncio.Queue(BEHIND)
        self._hears.add(hears)
        try:
            while True:
                yield await hears.get()
        finally:
            self._hears.remove(hears)


@web.middleware
async def without_a_gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say so where the gate cannot be asked: nobody is asked, and nothing begins."""
    try:
        return await handler(request)
    except GateError as exc:
        text = f"The gate cannot be asked now: {exc}"
        raise web.HTTPServiceUnavailable(text=text) from exc


CALLS = web.AppKey("calls", dict[str, Call])
routes = web.RouteTableDef()


@routes.post("/calls")
async def begin(request: web.Request) -> web.Response:
    """Begin a call."""
    room = await gated.open_room(request.app, "A call")
    request.app[CALLS][room] = Call(room)
    return web.json_response({"room": room}, status=201)


@routes.post("/calls/{room}/people")
async def enter(request: web.Request) -> web.Response:
    """Let one more person in."""
    room = _call(request).room
    address = await gated.enter(request.app, room, str(uuid4()))
    return web.json_response({"consent": address}, status=201)


@routes.get("/calls/{room}/sound")
async def sound(request: web.Request) -> web.WebSocketResponse:
    """Somebody's microphone: binary messages of PCM."""
    call = _call(request)
    socket = web.WebSocketResponse(max_msg_size=65_536)
    await socket.prepare(request)
    async for message in socket:
        if message.type is WSMsgType.BINARY:
            call.say(message.data)
    return socket


@routes.get("/calls/{room}/recording")
async def look(request: web.Request) -> web.Response:
    """Whether it is being recorded."""
    return web.json_response({"recording": _call(request).recording is not None})


@routes.post("/calls/{room}/recording")
async def record(request: web.Request) -> web.Response:
    """Begin to record. It goes on until somebody's yes is over."""
    call = _call(request)
    if call.recording is not None:
        raise web.HTTPConflict(text="It is being recorded.")
    loop = asyncio.get_running_loop()
    begun: asyncio.Future[Path] = loop.create_future()
    call.recording = loop.create_task(_record(request.app, call, begun))
    file = await begun
    return web.json_response({"file": file.name}, status=201)


async def _record(
    app: web.Application, call: Call, begun: asyncio.Future[Path]
) -> None:
    file = Path(f"{uuid4()}.wav")
    try:
        async with (
            gated.agreed(app, call.room) as permit,
            aclosing(call.packets()) as packets,
        ):
            with wave.open(str(file), "wb") as audio:
                audio.setparams((1, 2, RATE, 0, "NONE", ""))
                begun.set_result(file)
                async for packet in packets:
                    permit.check()
                    audio.writeframes(packet)
    except ConsentRequired:
        begun.set_exception(web.HTTPConflict(text="Not everybody has agreed."))
    except PermitEnded:
        pass  # what was recorded until then stays
    except GateError as exc:
        begun.set_exception(exc)
    finally:
        call.recording = None
        if not begun.done():
            begun.cancel()


def _call(request: web.Request) -> Call:
    call = request.app[CALLS].get(request.match_info["room"])
    if call is None:
        raise web.HTTPNotFound
    return call


async def recordings(app: web.Application) -> AsyncIterator[None]:
    """None of them goes on when the app does not."""
    yield
    tasks = {call.recording for call in app[CALLS].values() if call.recording}
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


def main() -> None:
    """Serve."""
    app = web.Application(middlewares=[without_a_gate])
    app[CALLS] = {}
    app.add_routes(routes)
    app.cleanup_ctx.append(gated.gate)
    app.cleanup_ctx.append(recordings)
    web.run_app(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8081")))


if __name__ == "__main__":
    main()
