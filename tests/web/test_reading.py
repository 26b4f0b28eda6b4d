"""How a message comes from the socket to the room."""

import asyncio
import json
import struct
from collections import Counter
from typing import Any

import aiohttp
import pytest

from gatekeeper import wire
from gatekeeper.meeting.meter import Meter
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
    assert "RuntimeError" in capsys.readouterr().err


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


class Turns:
    """Counts the turns of the loop, and notes in which one each message is read."""

    def __init__(self) -> None:
        self.number = 0
        self.read: list[int] = []

    def go_on(self) -> None:
        self.number += 1
        asyncio.get_running_loop().call_soon(self.go_on)


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    counted = Turns()
    feed = reading._Queue.feed_data

    def read(queue: reading._Queue, data: Any, size: int) -> None:
        counted.read.append(counted.number)
        feed(queue, data, size)

    monkeypatch.setattr(reading._Queue, "feed_data", read)
    return counted


async def test_of_many_messages_that_come_at_once_a_few_are_read_in_each_turn(
    world: World, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else everybody would wait for all of one person's."""
    monkeypatch.setattr(Meter, "acquire", lambda *_: True)
    ann, ben = await world.meeting("Ann", "Ben")
    turns.read.clear()
    turns.go_on()
    hands = [{"type": "hand", "raised": bool(n % 2)} for n in range(1, 1001)]
    ann.write(frames(*hands, {"type": "chat", "text": "the last"}))

    line = await ben.hears("chat-line")

    assert line["text"] == "the last"
    raised = [m["person"]["hand"] for m in ben.heard if m["type"] == "changed"]
    assert raised == [hand["raised"] for hand in hands], "all of them, in their order"
    assert max(Counter(turns.read).values()) < 40


async def test_a_long_message_takes_a_few_turns(world: World, turns: Turns) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    turns.read.clear()
    turns.go_on()
    text, begun = "x" * 60_000, turns.number
    ann.write(frames({"type": "signal", "to": ben.id, "payload": text}))

    assert (await ben.hears("signal-from"))["payload"] == text
    assert turns.read[0] - begun < 20


async def test_what_came_before_the_end_is_heard(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Meter, "acquire", lambda *_: True)
    ann, ben = await world.meeting("Ann", "Ben")
    hands = [{"type": "hand", "raised": True}] * 200
    ann.write(frames(*hands, {"type": "chat", "text": "good-bye"}))
    await ann.drop()

    assert (await ben.hears("chat-line"))["text"] == "good-bye"
