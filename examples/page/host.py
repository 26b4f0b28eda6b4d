"""The server of a page with a recorder of its own: it has the key, and the permit."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

from aiohttp import web

from gatekeeper.client import ConsentRequired, GateClient, GateRoom, PermitEnded

HERE = Path(__file__).parent
GATE = os.environ["GATE_URL"]
PORT = int(os.environ.get("PORT", "8084"))
ROOM = web.AppKey("room", GateRoom)
routes = web.RouteTableDef()


@routes.get("/")
async def page(request: web.Request) -> web.FileResponse:
    """The page."""
    return web.FileResponse(HERE / "page.html")


@routes.get("/recorder.js")
async def recorder(request: web.Request) -> web.FileResponse:
    """What records."""
    return web.FileResponse(HERE / "recorder.js")


@routes.post("/people")
async def come(request: web.Request) -> web.Response:
    """One more person: where they are asked, by a token that is good once."""
    room = request.app[ROOM]
    entry = await room.entry(str(uuid4()))
    said = {"gate": GATE, "src": f"{GATE}/m/{room.id}", "entry": entry}
    return web.json_response(said, status=201)


@routes.post("/recording")
async def ask(request: web.Request) -> web.Response:
    """Have everybody asked, and hold the permit until somebody says no, or hangs up."""
    try:
        async with request.app[ROOM].permit("sound", wait=30):
            await asyncio.Event().wait()
    except ConsentRequired:
        return web.json_response({"code": "consent-required"}, status=409)
    except PermitEnded:
        return web.json_response({"code": "permit-ended"}, status=409)
    raise AssertionError("nobody sets that event")


@routes.put("/recording/{name}")
async def keep(request: web.Request) -> web.Response:
    """One more chunk of what a page has recorded."""
    name = f"{request.match_info['name']}.webm"
    if not name.replace(".", "").replace("-", "").isalnum():
        raise web.HTTPNotFound
    chunk = await request.read()
    await asyncio.to_thread(_append, Path(name), chunk)
    return web.Response(status=204)


def _append(file: Path, chunk: bytes) -> None:
    with file.open("ab") as kept:
        kept.write(chunk)


async def opened(app: web.Application) -> AsyncIterator[None]:
    """One room for everybody who comes, while this runs."""
    async with GateClient(GATE, os.environ["GATE_KEY"]) as gate:
        app[ROOM] = await gate.open_room("A call", language="en", features=["sound"])
        yield


if __name__ == "__main__":
    app = web.Application()
    app.add_routes(routes)
    app.cleanup_ctx.append(opened)
    # Who hangs up has its handler cancelled, and with it the permit given back.
    web.run_app(app, host="127.0.0.1", port=PORT, handler_cancellation=True)
