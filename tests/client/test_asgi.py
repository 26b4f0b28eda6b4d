"""The guard before ASGI applications, and as FastAPI's dependency, by real uvicorn."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

import aiohttp
import pytest
import uvicorn
from fastapi import Depends, FastAPI, Request

from gatekeeper.client import GateClient, GateRoom, Permit
from gatekeeper.client.asgi import ConsentGuard, Guarded, requires
from tests.client.conftest import comes, refuses
from tests.meeting.conftest import World
from tests.services.conftest import Service

Message = MutableMapping[str, Any]


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """An application, by uvicorn."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        config = uvicorn.Config(app, log_config=None, lifespan="off", ws="none")
        server = uvicorn.Server(config)
        serving = asyncio.ensure_future(server.serve(sockets=[bound]))  # noqa: TID251
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


class Recorder:
    """An application that keeps what it is sent, as slowly as it comes."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.begun = asyncio.Event()
        self.permits: list[Permit] = []
        self.answers_first = False

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if scope["path"].startswith("/upload/"):
            self.permits.append(scope["state"]["permit"])
        if self.answers_first:
            await self._begin(send)
        more = True
        while more:
            message = await receive()
            if message.get("body"):
                self.kept.append(message["body"])
                self.begun.set()
            more = message.get("more_body", False)
        if not self.answers_first:
            await self._begin(send)
        await send({"type": "http.response.body", "body": b"kept"})

    async def _begin(self, send: Callable[[Message], Awaitable[None]]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})


def guarded(scope: Message) -> Guarded | None:
    where, _, room = scope["path"].removeprefix("/").partition("/")
    return Guarded(room, "minutes") if where == "upload" else None


async def forever(first: bytes) -> AsyncIterator[bytes]:
    yield first
    await asyncio.Event().wait()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as http:
        yield http


async def test_what_captures_nothing_goes_through(
    gate: GateClient, http: aiohttp.ClientSession
) -> None:
    async with (
        serving(ConsentGuard(Recorder(), gate, guarded)) as url,
        http.get(url + "/about") as answer,
    ):
        assert (answer.status, await answer.read()) == (200, b"kept")


async def test_without_everybodys_yes_it_is_refused_before_it_is_read(
    world: World, gate: GateClient, room: GateRoom, http: aiohttp.ClientSession
) -> None:
    await comes(world, room, "ann", allow=())
    recorder = Recorder()
    async with (
        serving(ConsentGuard(recorder, gate, guarded)) as url,
        http.post(f"{url}/upload/{room.id}", data=b"sound") as answer,
    ):
        said = await answer.json(content_type=None)
        assert answer.content_type == "application/problem+json"

    assert (answer.status, said["code"]) == (409, "consent-required")
    assert not recorder.kept


async def test_with_it_it_is_kept_under_a_permit(
    world: World, gate: GateClient, room: GateRoom, http: aiohttp.ClientSession
) -> None:
    await comes(world, room, "ann")
    recorder = Recorder()
    async with (
        serving(ConsentGuard(recorder, gate, guarded)) as url,
        http.post(f"{url}/upload/{room.id}", data=b"sound") as answer,
    ):
        assert (answer.status, await answer.read()) == (200, b"kept")

    assert recorder.kept == [b"sound"]
    assert not recorder.permits[0].alive


@pytest.mark.parametrize("begun", [False, True], ids=["before", "within"])
async def test_a_no_ends_what_is_at_work(
    begun: bool,
    world: World,
    gate: GateClient,
    room: GateRoom,
    http: aiohttp.ClientSession,
) -> None:
    await comes(world, room, "ann")
    ben = await comes(world, room, "ben")
    recorder = Recorder()
    recorder.answers_first = begun
    async with serving(ConsentGuard(recorder, gate, guarded)) as url:
        asking = asyncio.ensure_future(  # noqa: TID251
            http.post(f"{url}/upload/{room.id}", data=forever(b"sound"))
        )
        await recorder.begun.wait()
        await refuses(ben)
        if begun:
            with pytest.raises(aiohttp.ClientError):
                await (await asking).read()
        else:
            answer = await asking
            assert answer.status == 409
            answer.close()

    assert recorder.kept == [b"sound"]
    assert not recorder.permits[0].alive


async def test_no_gate_there_is_said(
    service: Service, http: aiohttp.ClientSession
) -> None:
    async with (
        GateClient("http://127.0.0.1:9", service.key) as nobody,
        serving(ConsentGuard(Recorder(), nobody, guarded)) as url,
        http.post(f"{url}/upload/room", data=b"sound") as answer,
    ):
        said = await answer.json(content_type=None)

    assert (answer.status, said["code"]) == (503, "gate-unreachable")


@pytest.mark.parametrize("agreed", [True, False])
async def test_fastapi_has_it_as_a_dependency(
    agreed: bool,
    world: World,
    gate: GateClient,
    room: GateRoom,
    http: aiohttp.ClientSession,
) -> None:
    await comes(world, room, "ann", allow=("minutes",) if agreed else ())
    app = FastAPI()
    needs = Depends(requires(gate, "minutes"))

    async def upload(
        room: str, request: Request, permit: Annotated[Permit, needs]
    ) -> dict[str, Any]:
        return {"alive": permit.alive, "bytes": len(await request.body())}

    app.post("/rooms/{room}/upload")(upload)
    async with (
        serving(app) as url,
        http.post(f"{url}/rooms/{room.id}/upload", data=b"sound") as answer,
    ):
        said = await answer.json()

    if agreed:
        assert said == {"alive": True, "bytes": 5}
    else:
        assert answer.status == 409
        assert said["detail"]["code"] == "consent-required"
