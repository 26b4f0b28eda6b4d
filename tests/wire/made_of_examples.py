"""A client that is made of what the document says, and of nothing of ours."""

import asyncio
import json
import secrets
from typing import Any

import aiohttp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.wire.paper import Json, b64, canonical, example, examples, sha256, signed

PATIENCE = 20.0
"""Seconds after which a test gives up; reached only when something is broken."""


class Client:
    """Says what the examples say, with its own ids, key and words in their places."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url
        self._private = Ed25519PrivateKey.generate()
        x = b64(self._private.public_key().public_bytes_raw())
        self.key = example("key") | {"x": x}
        self.id = b64(sha256(canonical(self.key)))
        self.heard: list[Json] = []

    async def open_room(self) -> None:
        new = example("new-room")
        async with self._http.post(f"{self._url}/api/rooms", json=new) as answer:
            self.made = await answer.json()
        assert shape(self.made) == shape(example("room-opened"))
        room = self.made["room"]
        async with self._http.get(f"{self._url}/api/rooms/{room}") as answer:
            self.room = await answer.json()

    async def connect(self) -> None:
        room = self.room["room"]
        self.socket = await self._http.ws_connect(
            f"{self._url}/api/rooms/{room}/socket"
        )
        self.hello = await self.hears("hello")
        assert self.hello["protocol"] == example("server", "hello")["protocol"]

    async def say(self, type_: str, **own: Any) -> None:
        await self.socket.send_json(example("client", type_) | own)

    async def hears(self, type_: str) -> Json:
        async with asyncio.timeout(PATIENCE):
            while True:
                told: Json = await self.socket.receive_json()
                if told == example("server", "probe"):
                    await self.say("here")
                self.heard.append(told)
                if told["type"] == type_:
                    return told

    async def has_heard(self, type_: str) -> Json:
        """The first message of a type, come already or coming."""
        there = [told for told in self.heard if told["type"] == type_]
        return there[0] if there else await self.hears(type_)

    async def closed(self) -> int | None:
        """The code with which the server closes, after whatever else it says."""
        async with asyncio.timeout(PATIENCE):
            async for message in self.socket:
                self.heard.append(message.json())
                if message.json() == example("server", "probe"):
                    await self.say("here")
        return self.socket.close_code

    def proof(self) -> str:
        join = json.loads(examples("statement")[0])
        own = {
            "challenge": self.hello["challenge"],
            "meeting": self.room["room"],
            "subject": self.id,
        }
        return signed(self._private, join | own)

    def statement(self, decision: str) -> str:
        (feature,) = self.room["features"]
        own = {
            "decision": decision,
            "meeting": self.room["room"],
            "subject": self.id,
            "life": self.hello["life"],
            "notice": feature["notices"]["en"]["digest"],
            "nonce": b64(secrets.token_bytes(16)),
        }
        return signed(self._private, json.loads(examples("statement")[1]) | own)


def shape(told: object) -> object:
    """The members of JSON, without their values."""
    match told:
        case dict():
            return {key: shape(value) for key, value in told.items()}
        case list():
            return [shape(each) for each in told[:1]]
        case _:
            return None
