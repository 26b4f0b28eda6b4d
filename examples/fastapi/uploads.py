"""An API that takes audio while it is being recorded, and only while all agree."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import uvicorn
from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from gatekeeper.client import GateClient, GateError, Permit
from gatekeeper.client.asgi import requires

URL = os.environ["GATE_URL"]
gate = GateClient(URL, os.environ["GATE_KEY"])
Agreed = Annotated[Permit, Depends(requires(gate, "sound"))]


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Its connections end with the server."""
    async with gate:
        yield


app = FastAPI(lifespan=lifespan)


@app.exception_handler(GateError)
async def without_a_gate(_: Request, exc: GateError) -> JSONResponse:
    """Say so where the gate cannot be asked: nobody is asked, and nothing begins."""
    return JSONResponse({"detail": f"The gate cannot be asked now: {exc}"}, 503)


@app.post("/rooms", status_code=201)
async def begin() -> dict[str, str]:
    """Have a room whose people can be asked."""
    room = await gate.open_room("An upload", language="en", features=["sound"])
    return {"room": room.id}


@app.post("/rooms/{room}/people", status_code=201)
async def enter(room: str) -> dict[str, str]:
    """Have one more person asked, at an address that opens once."""
    entry = await gate.room(room).entry(str(uuid4()))
    return {"consent": f"{URL}/m/{room}#entry={entry}"}


@app.post("/rooms/{room}/upload", status_code=201)
async def upload(request: Request, permit: Agreed) -> dict[str, str]:
    """Keep what comes, as it comes. Broken off with 409 once somebody's yes is over."""
    file = Path(f"{uuid4()}.audio")
    kept = await run_in_threadpool(file.open, "xb")
    with kept:
        async for part in request.stream():
            permit.check()
            kept.write(part)
    return {"file": file.name}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8082")))
