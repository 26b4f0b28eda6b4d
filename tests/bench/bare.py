"""What we are measured against: the least that an aiohttp server can do."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.bench import child

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PEERS: web.AppKey[dict[str, web.WebSocketResponse]] = web.AppKey("peers", dict)
HEARTBEAT = web.AppKey("heartbeat", float)
"""Seconds; 0 for none."""


async def relay(request: web.Request) -> web.StreamResponse:
    """Parse, look up the addressee, send on: the frame as it came, nothing checked."""
    peers: dict[str, web.WebSocketResponse] = request.app[PEERS]
    socket = await _opened(request)
    peers[request.match_info["name"]] = socket
    async for message in socket:
        peer = peers.get(json.loads(message.data)["to"])
        if peer is not None:
            await peer.send_str(message.data)
    return socket


async def echo(request: web.Request) -> web.StreamResponse:
    """Send back what comes."""
    socket = await _opened(request)
    async for message in socket:
        await socket.send_str(message.data)
    return socket


async def _opened(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse(
        heartbeat=request.app[HEARTBEAT] or None,
        max_msg_size=256 * 1024,
        compress=False,
    )
    await socket.prepare(request)
    return socket


async def serve(handler: Handler, port: int, heartbeat: float) -> None:
    """Serve until cancelled."""
    app = web.Application()
    app[HEARTBEAT] = heartbeat
    app[PEERS] = {}
    app.router.add_get("/{name}", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    child.answer()
    port, kind, heartbeat = sys.argv[1:]
    handler = {"relay": relay, "echo": echo}[kind]
    child.run(serve(handler, int(port), float(heartbeat)))
