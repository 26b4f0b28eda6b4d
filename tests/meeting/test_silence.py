"""Clients that are connected and no longer there."""

import asyncio
from pathlib import Path

import aiohttp

from gatekeeper.consent.types import ParticipantId
from gatekeeper.meeting.seat import encoded, relayed
from gatekeeper.wire.server import SignalFrom
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import PATIENCE, Person


async def joins_without_reading(world: World, person: Person) -> None:
    """A browser whose network has gone: its socket is open, and nobody is there."""
    socket = await world.http.ws_connect(
        f"{world.url}/api/rooms/{person.room}/socket", autoping=False
    )
    world.stack.push_async_callback(socket.close)
    hello = await socket.receive_json()
    await socket.send_json(person.joining(hello))


async def test_a_client_that_answers_no_ping_is_lost(tmp_path: Path) -> None:
    config = configured(tmp_path, limits={"heartbeat": 1})
    async with start(config) as world:
        (ann,) = await world.meeting("Ann")
        ben = await world.person(ann.room, "Ben")
        await joins_without_reading(world, ben)
        await ann.hears("joined")

        changed = await ann.hears("changed")

        assert changed["person"]["id"] == ben.id
        assert not changed["person"]["present"]
        await ann.settle()  # she has answered hers, and is still here


async def test_a_browser_that_answers_for_a_page_that_hangs_keeps_nobody_here(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path, limits={"heartbeat": 1})
    async with start(config) as world:
        (ann,) = await world.meeting("Ann")
        ben = await world.person(ann.room, "Ben")
        async with (
            asyncio.timeout(PATIENCE),
            world.http.ws_connect(
                f"{world.url}/api/rooms/{ann.room}/socket", autoping=True
            ) as socket,
        ):
            await socket.send_json(ben.joining(await socket.receive_json()))
            heard = [told.json()["type"] async for told in socket]

        assert heard[-1] == "probe"
        assert not (await ann.hears("changed"))["person"]["present"]


async def test_a_client_may_ping(world: World) -> None:
    (ann,) = await world.meeting("Ann")
    async with world.http.ws_connect(
        f"{world.url}/api/rooms/{ann.room}/socket", autoping=False
    ) as socket:
        await socket.receive_json()

        await socket.ping(b"there?")

        answer = await socket.receive()
        assert (answer.type, answer.data) == (aiohttp.WSMsgType.PONG, b"there?")


async def test_a_client_that_does_not_read_is_cut_off(tmp_path: Path) -> None:
    config = configured(tmp_path, limits={"message_burst": 10_000})
    async with start(config) as world:
        (ann,) = await world.meeting("Ann")
        ben = await world.person(ann.room, "Ben")
        await joins_without_reading(world, ben)
        await ann.hears("joined")
        signal = {"type": "signal", "to": ben.id, "payload": "v" * 60_000}

        for _ in range(290):  # 17 MB: more than the sockets' own buffers can hide
            await ann.say(**signal)

        changed = await ann.hears("changed")
        assert not changed["person"]["present"]


def test_a_relayed_payload_is_said_as_the_model_says_it() -> None:
    payload = 'v=0\r\n"\\ü\u2028\x00'
    sender = ParticipantId("a-b_c")

    said = encoded(SignalFrom(sender=sender, payload=payload))

    assert relayed(sender, payload) == said
