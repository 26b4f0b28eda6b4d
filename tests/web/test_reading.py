"""How a message comes from the socket to the room."""

import asyncio
import json
import struct
from typing import Any

import aiohttp
import pytest

from gatekeeper import wire
from gatekeeper.meeting.room import Room
from gatekeeper.meeting.seat import Seat
from gatekeeper.web.room import connection, reading
from tests.meeting.conftest import World, config, world
from tests.meeting.test_presence import until

__all__ = ["config", "world"]

MEBIBYTE = (struct.pack("!BBH", 0x81, 0xFE, 1000) + bytes(4) + b"[" * 1000) * 1040
"""Frames of what is no message."""


def frames(*messages: dict[str, Any]) -> bytes:
    """WebSocket frames as a client sends them (RFC 6455, 5.2), masked with zeros."""
    written = b""
    for message in messages:
        text = json.dumps(message).encode()
        size = struct.pack("!BBH", 0x81, 0xFE, len(text))
        written += size + bytes(4) + text
    return written


async def test_a_message_is_taken_in_the_call_that_has_read_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    tasks: list[object] = []
    receive = Room.receive

    def noted(room: Room, seat: Seat, message: wire.ClientMessage) -> None:
        if isinstance(message, wire.Hand):
            tasks.append(asyncio.current_task())
        receive(room, seat, message)

    monkeypatch.setattr(Room, "receive", noted)
    await ann.say(type="hand", raised=True)
    await ben.hears("changed")

    assert tasks == [None]


async def test_nothing_overtakes_what_came_with_the_greeting(world: World) -> None:
    room, _ = await world.room()
    ann = await world.person(room, "Ann")
    url = f"{world.url}/api/rooms/{room}/socket"
    said: list[dict[str, Any]]
    said = [
        {"type": "hand", "raised": True},
        {"type": "react", "reaction": "laugh"},
        {"type": "chat", "text": "not in yet"},
    ] * 3

    async with aiohttp.ClientSession() as http, http.ws_connect(url) as socket:
        greeting = ann.joining(await socket.receive_json(), allow=())
        writing = socket._writer.transport
        writing.write(frames({"type": "resume", "participant": "x", "secret": "y"}))
        assert (await socket.receive_json())["code"] == "resume-unknown"
        writing.write(frames(greeting, *said))
        heard = [(await socket.receive_json())["about"] for _ in said]

    assert heard == [message["type"] for message in said]


async def test_a_crash_over_a_message_ends_its_connection_and_is_logged(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")

    def crash(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(Room, "receive", crash)
    since = len(ben.heard)
    await ann.say(type="hand", raised=True)

    await ann.ended()
    lost = await ben.hears("changed", since=since)
    assert not lost["person"]["present"]
    assert "RuntimeError" in capsys.readouterr().out


async def test_of_whoever_was_cut_off_and_talks_on_no_more_is_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a flood would keep a server reading until its closing was answered."""
    (ann,) = await world.meeting("Ann")
    url = f"{world.url}/api/rooms/{ann.room}/socket"
    read = 0
    feed = reading._Queue.feed_data

    def noted(queue: reading._Queue, data: Any, size: int) -> None:
        nonlocal read
        read += size
        feed(queue, data, size)

    monkeypatch.setattr(reading._Queue, "feed_data", noted)
    monkeypatch.setattr(connection, "CLOSE_WITHIN", 1.0)
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(url, autoclose=False) as socket,
    ):
        await socket.receive_json()
        writing = socket._writer.transport
        for _ in range(16):
            writing.write(MEBIBYTE)
        assert (await socket.receive_json())["code"] == "malformed"
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        await until(writing.is_closing)
        assert read < 3 * len(MEBIBYTE)
    await ann.settle()
