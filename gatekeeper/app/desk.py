"""
The desk: what the operator asks of the server that holds the data directory.

A Unix socket in the directory; a line of JSON asks, lines of JSON answer.

Rule 1: it is for the operator's account alone: the socket, and the directory it is in.
Rule 2: who asks may go away at any time: what was promised is on the list by then.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from gatekeeper.app.webhook_desk import WebhookAsk, answer
from gatekeeper.archive.faults import RequestRefused
from gatekeeper.archive.own.subject import SubjectEraser
from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.errors import DataDirectoryUnusable, GatekeeperError
from gatekeeper.storage.directory import DESK
from gatekeeper.storage.service_keys import Scope, ServiceKeys
from gatekeeper.web.v1.faults import REFUSED_WEBHOOKS
from gatekeeper.web.webhooks.registration import Registration

log = structlog.get_logger(__name__)

LONGEST = 4096
"""Bytes of a line."""
PATIENCE = 10.0
"""Seconds for a line that asks."""
AT_ONCE = 4
"""Requests at work at the same time; more wait."""


class Nobody(DataDirectoryUnusable):
    """No server takes requests there."""


class _Ask(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Erase(_Ask):
    """All that is held of one person in one meeting is to go."""

    do: Literal["erase"] = "erase"
    room: RoomId
    participant: ParticipantId


class MakeServiceKey(_Ask):
    """A service is to get a key."""

    do: Literal["make-service-key"] = "make-service-key"
    name: str
    scopes: tuple[Scope, ...]
    origins: tuple[str, ...] = ()
    """As `origin_of` spells them."""


class RevokeServiceKey(_Ask):
    """A service's key is to open nothing any more."""

    do: Literal["revoke-service-key"] = "revoke-service-key"
    id: str


Ask = Erase | MakeServiceKey | RevokeServiceKey | WebhookAsk
_ASK: TypeAdapter[Ask] = TypeAdapter(Annotated[Ask, Field(discriminator="do")])


@dataclass(frozen=True, slots=True)
class Desk:
    """Who does what is asked."""

    subjects: SubjectEraser
    keys: ServiceKeys
    webhooks: Registration

    async def answers(self, ask: Ask) -> AsyncGenerator[dict[str, Any], None]:
        """What comes of it, one by one."""
        match ask:
            case Erase():
                telling = self.subjects.erase(ask.room, ask.participant)
                async with aclosing(telling) as erasing:
                    async for each in erasing:
                        yield {"erased": each.feature, "files": each.files}
            case MakeServiceKey():
                _, text = await self.keys.make(ask.name, ask.scopes, ask.origins)
                yield {"key": text}
            case RevokeServiceKey():
                yield {"revoked": await self.keys.revoke(ask.id)}
            case _:
                yield await answer(ask, self.webhooks)


@asynccontextmanager
async def open_desk(data: Path, desk: Desk) -> AsyncIterator[None]:
    """Take requests until the context is over. The directory is held by us."""
    with _bound(data) as listening:
        async with asyncio.TaskGroup() as tasks:
            sitting = tasks.create_task(_receive(listening, desk), name="desk")
            yield
            sitting.cancel()


async def _receive(listening: socket.socket, desk: Desk) -> None:
    loop, free = asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as tasks:
        while True:
            await free.acquire()
            connection, _ = await loop.sock_accept(listening)
            task = tasks.create_task(_serve(connection, desk), name="request")
            task.add_done_callback(lambda _: free.release())


async def _serve(connection: socket.socket, desk: Desk) -> None:
    reader, writer = await asyncio.open_unix_connection(sock=connection, limit=LONGEST)
    try:
        async with asyncio.timeout(PATIENCE):
            ask = _ASK.validate_json(await reader.readuntil(b"\n"))
        async with aclosing(_answers(ask, desk)) as answers:
            async for answer in answers:
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
    except (OSError, TimeoutError, ValidationError, ValueError, EOFError) as exc:
        log.warning("desk.hung-up", cause=type(exc).__name__)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _answers(ask: Ask, desk: Desk) -> AsyncGenerator[dict[str, Any], None]:
    try:
        async with aclosing(desk.answers(ask)) as telling:
            async for each in telling:
                yield each
    except (RequestRefused, *REFUSED_WEBHOOKS) as exc:
        yield {"refused": str(exc)}
    except (OSError, GatekeeperError) as exc:
        log.error("request.failed", asked=ask.do, cause=type(exc).__name__)
        yield {"failed": type(exc).__name__}
    else:
        yield {"done": True}


def ask(data: Path, request: Ask) -> Iterator[dict[str, Any]]:
    """
    Ask the server that works in `data`; its answers, one by one. Blocks.

    Raises `Nobody` if there is none, `DataDirectoryUnusable` if it goes away.
    """
    with _connected(data) as connection, connection.makefile("rwb") as file:
        file.write(request.model_dump_json().encode() + b"\n")
        file.flush()
        answer: dict[str, Any] = {}
        for line in file:
            answer = json.loads(line)
            yield answer
        if not answer.keys() & {"done", "refused", "failed"}:
            raise DataDirectoryUnusable(
                f"{data}: the server ended before it was done. What was asked for is "
                "taken up at its next start; ask again to be sure."
            )


@contextmanager
def _bound(data: Path) -> Iterator[socket.socket]:
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening,
        _at(data) as at,
    ):
        path = data / DESK
        path.unlink(missing_ok=True)  # a crash left it: the directory is ours
        listening.bind(at)
        path.chmod(0o600)
        listening.listen(AT_ONCE)
        listening.setblocking(False)
        try:
            yield listening
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _connected(data: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            with _at(data) as at:
                connection.connect(at)
        except OSError as exc:
            raise Nobody(
                f"{data}: who works there takes no requests ({exc.strerror}). Wait "
                "until that is done, then ask again."
            ) from exc
        yield connection


@contextmanager
def _at(data: Path) -> Iterator[str]:
    """The socket's address: the system takes no more than about a hundred bytes."""
    path = data / DESK
    if len(os.fsencode(path)) < 100:
        yield str(path)
        return
    folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{DESK}"
    finally:
        os.close(folder)
