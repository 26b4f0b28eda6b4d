"""
A participant who speaks the protocol: real sockets, real signatures, no browser.

Everything that the server says to them is kept in `heard`, in order, but probes.
"""

import asyncio
import base64
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

import aiohttp
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.wire import SERVER

PATIENCE = 20.0
"""Seconds after which a test gives up; reached only when something is broken."""

Frame = dict[str, Any]


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Key:
    """What a browser makes with WebCrypto for one meeting."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()
        x = b64(self._private.public_key().public_bytes_raw())
        self.jwk = {"kty": "OKP", "crv": "Ed25519", "x": x}
        self.id = ParticipantKey.from_jwk(self.jwk).thumbprint

    def sign(self, **payload: str) -> str:
        header = b64(b'{"alg":"Ed25519"}')
        signed = f"{header}.{b64(rfc8785.dumps(payload))}"
        return f"{signed}.{b64(self._private.sign(signed.encode()))}"


class Person:
    """One client of one room."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, room: RoomId, name: str
    ) -> None:
        self._http = http
        self._url = url
        self.room = room
        self.name = name
        self.key = Key()
        self.heard: list[Frame] = []
        self.facts: Frame = {}
        self.headers: dict[str, str] = {}
        """What their browser sends with everything."""
        self.host = ""
        """The host capability, if it is theirs."""
        self.resume_secret = ""
        self.life = ""
        """Of the room, as the last `hello` said."""
        self._news = asyncio.Condition()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._listening: asyncio.Task[None] | None = None
        self.closed_with: int | None = None

    @property
    def id(self) -> str:
        return self.key.id

    async def __aenter__(self) -> Self:
        async with self._http.get(f"{self._url}/api/rooms/{self.room}") as answer:
            self.facts = await answer.json()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.drop()

    # ---- Saying -------------------------------------------------------------------

    async def connect(self) -> Frame:
        """Open a socket; the `hello` it begins with."""
        await self.drop()
        self._socket = await self._http.ws_connect(
            f"{self._url}/api/rooms/{self.room}/socket", headers=self.headers
        )
        self._listening = asyncio.get_running_loop().create_task(
            self._listen(self._socket)
        )
        hello = await self.hears("hello", since=len(self.heard))
        self.life = hello["life"]
        return hello

    async def join(
        self, *, host: str | None = None, allow: tuple[str, ...] = (), **more: Any
    ) -> Frame:
        """Connect and take a seat; the `welcome`."""
        hello = await self.connect()
        since = len(self.heard)
        await self.say(**self.joining(hello, host=host, allow=allow) | more)
        welcome = await self.hears("welcome", since=since)
        self.resume_secret = welcome["resume"]
        return welcome

    def joining(
        self, hello: Frame, *, host: str | None = None, allow: tuple[str, ...] = ()
    ) -> Frame:
        proof = self.key.sign(
            type="gatekeeper/join/v1",
            meeting=self.room,
            subject=self.id,
            challenge=hello["challenge"],
        )
        return {
            "type": "join",
            "name": self.name,
            "language": "en",
            "key": self.key.jwk,
            "proof": proof,
            "host": host,
            "answers": [self.answer(feature, "granted") for feature in allow],
        }

    def answer(
        self, feature: str, decision: str, other: dict[str, str] | None = None
    ) -> Frame:
        return {
            "feature": feature,
            "decision": decision,
            "statement": self.statement(feature, decision, other),
        }

    def statement(
        self, feature: str, decision: str, other: dict[str, str] | None = None
    ) -> str:
        """What a browser signs, with `other` in place of what is true."""
        payload = {
            "type": "gatekeeper/decision/v3",
            "meeting": self.room,
            "subject": self.id,
            "feature": feature,
            "decision": decision,
            "notice": self.digest(feature),
            "language": "en",
            "life": self.life,
            "nonce": b64(secrets.token_bytes(16)),
        }
        return self.key.sign(**payload | (other or {}))

    def digest(self, feature: str) -> str:
        notices = {f["id"]: f["notices"] for f in self.facts["features"]}
        digest: str = notices[feature]["en"]["digest"]
        return digest

    async def allow(self, feature: str) -> None:
        await self.say(type="decide", **self.answer(feature, "granted"))

    async def refuse(self, feature: str) -> None:
        await self.say(type="decide", **self.answer(feature, "declined"))

    async def resume(self) -> Frame:
        """Connect again and take up the seat."""
        await self.connect()
        since = len(self.heard)
        await self.say(
            type="resume", participant=self.id, secret=self.resume_secret, seen=0
        )
        return await self.hears("welcome", since=since)

    async def say(self, **frame: Any) -> None:
        assert self._socket is not None
        await self._socket.send_json(frame)

    async def say_raw(self, text: str) -> None:
        assert self._socket is not None
        await self._socket.send_str(text)

    def write(self, written: bytes) -> None:
        """Bytes as they are, frames or not, at once."""
        assert self._socket is not None
        transport = self._socket._writer.transport
        assert transport is not None
        transport.write(written)

    async def drop(self) -> None:
        """Let the connection go without a word, as a lost network does."""
        if self._socket is not None and self._listening is not None:
            socket, self._socket = self._socket, None
            await socket.close()
            await self._listening

    # ---- Hearing ------------------------------------------------------------------

    async def hears(
        self,
        kind: str,
        *,
        since: int = 0,
        where: Callable[[Frame], bool] = lambda _: True,
    ) -> Frame:
        """The first frame of that type from number `since` on."""

        def found() -> Frame | None:
            for frame in self.heard[since:]:
                if frame["type"] == kind and where(frame):
                    return frame
            return None

        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: found() is not None)
        frame = found()
        assert frame is not None
        return frame

    async def fault(self, since: int = 0) -> str:
        """The code of the first fault from number `since` on."""
        code: str = (await self.hears("fault", since=since))["code"]
        return code

    async def settle(self) -> int:
        """All that was caused so far has been heard; how many frames that is."""
        since = len(self.heard)
        await self.say(type="ping")
        await self.hears("pong", since=since)
        return len(self.heard)

    async def ended(self) -> int:
        """The code with which the server has closed the socket."""
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: self.closed_with is not None)
        assert self.closed_with is not None
        return self.closed_with

    def kinds(self, since: int = 0) -> list[str]:
        return [f["type"] for f in self.heard[since:] if f["type"] != "pong"]

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            frame = SERVER.validate_json(message.data).model_dump(mode="json")
            if frame["type"] == "probe":  # comes as the clock has it
                with suppress(ConnectionError):
                    await socket.send_json({"type": "here"})
                continue
            async with self._news:
                self.heard.append(frame)
                self._news.notify_all()
        async with self._news:
            self.closed_with = socket.close_code
            self._news.notify_all()
