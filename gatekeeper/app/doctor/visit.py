"""
A visit: a room of the doctor's own, for as long as it takes to be told of relays.

STUN and TURN servers are told to seats alone, so what a browser gets can be known only
by sitting down.

Rule: the room offers no feature, nobody else learns of it, and it is ended on the way
out; of a room in which nothing was asked the ledger keeps no entry.
"""

import base64
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from gatekeeper.app.doctor.site import Site
from gatekeeper.config.locales import REFERENCE
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.wire import SERVER, ServerMessage
from gatekeeper.wire.server import Fault, Hello, Ice, Welcome

NAME = "gatekeeper doctor"
LONGEST = 262_144
"""Bytes of a frame."""
FRAMES = 50
"""That are read before the one that is waited for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A room that is ours."""

    room: str
    host: str = field(repr=False)


class Refused(Exception):
    """No room was opened."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Unexpected(Exception):
    """Not what a server of ours says."""


async def open_room(site: Site, token: str | None) -> Opened:
    """Open one. Raises `Refused`, `Unexpected`, `OSError`, `ClientError`."""
    headers = {"Origin": site.address.origin}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    new = {"title": NAME, "language": REFERENCE, "features": []}
    url = f"{site.address.url}/api/rooms"
    async with site.http.post(
        url, json=new, headers=headers, allow_redirects=False
    ) as answer:
        if answer.status != 201:
            raise Refused(answer.status)
        text = await answer.content.read(LONGEST)
    try:
        made = json.loads(text)
        return Opened(str(made["room"]), str(made["host"]))
    except (ValueError, KeyError, TypeError) as exc:
        raise Unexpected from exc


class Connection:
    """A WebSocket to a room."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def receive(self) -> ServerMessage:
        """The next frame. Raises `Unexpected`."""
        message = await self._socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise Unexpected
        try:
            return SERVER.validate_json(message.data)
        except ValidationError as exc:
            raise Unexpected from exc

    async def sit_down(self, opened: Opened, hello: Hello) -> Ice:
        """Take the host's seat; what a seat is told. Raises `Unexpected`."""
        await self._socket.send_json(_joining(opened, hello))
        for _ in range(FRAMES):
            said = await self.receive()
            if isinstance(said, Welcome):
                return said.ice
            if isinstance(said, Fault):
                break
        raise Unexpected

    async def end(self) -> None:
        """End the room, as its host."""
        await self._socket.send_json({"type": "end"})
        async for _ in self._socket:
            pass  # until the server has closed it: then the room is over


@asynccontextmanager
async def connected(site: Site, room: str, origin: str) -> AsyncIterator[Connection]:
    """A WebSocket as a page of `origin` opens it. Raises `ClientError`, `OSError`."""
    url = f"{site.address.url}/api/rooms/{room}/socket"
    headers = {"Origin": origin}
    async with site.http.ws_connect(
        url, headers=headers, max_msg_size=LONGEST, timeout=_AT_ONCE
    ) as socket:
        yield Connection(socket)


_AT_ONCE = aiohttp.ClientWSTimeout(ws_close=1.0)


def _joining(opened: Opened, hello: Hello) -> Mapping[str, object]:
    private = Ed25519PrivateKey.generate()
    x = _b64(private.public_key().public_bytes_raw())
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": x}
    payload = {
        "type": "gatekeeper/join/v1",
        "meeting": opened.room,
        "subject": ParticipantKey.from_jwk(jwk).thumbprint,
        "challenge": hello.challenge,
    }
    header = _b64(b'{"alg":"Ed25519"}')
    signed = f"{header}.{_b64(rfc8785.dumps(payload))}"
    proof = f"{signed}.{_b64(private.sign(signed.encode()))}"
    seat = {"name": NAME, "language": REFERENCE, "key": jwk, "host": opened.host}
    return {"type": "join", "proof": proof, "answers": [], **seat}


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
