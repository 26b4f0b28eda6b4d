"""Media by a client: what everybody agrees to, and nothing of what comes later."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from gatekeeper.client import (
    GateClient,
    GateUnreachable,
    Media,
    Packet,
    Permit,
    PermitEnded,
    Refused,
)
from gatekeeper.client.media import Audio
from tests.client.relay import network
from tests.meeting.conftest import World
from tests.services.conftest import Service
from tests.services.test_media import NOTES, Meeting, config, meeting, recorded

__all__ = ["config", "recorded"]


@asynccontextmanager
async def taking(
    world: World, service: Service, audio: Audio = "opus"
) -> AsyncIterator[tuple[Meeting, Permit, Media]]:
    async with meeting(world, service) as here:
        await here.joins("Mara", NOTES)
        await here.joins("Tomas", NOTES)
        async with (
            GateClient(world.url, service.key) as gate,
            gate.room(here.id).permit(NOTES, cancel=False) as permit,
            permit.media(audio) as media,
        ):
            yield here, permit, media


async def to_its_end(media: Media) -> None:
    async for _ in media:
        pass


@pytest.mark.parametrize("audio", ["opus", "pcm"])
async def test_a_packet_says_whose_it_is_and_who_was_there(
    world: World, service: Service, audio: Audio
) -> None:
    async with taking(world, service, audio) as (here, _, media):
        found: dict[str, Packet] = {}
        async for packet in media:
            found.setdefault(packet.name, packet)
            if len(found) == 2:
                break
        ids = {guest.name: guest.id for guest in here.people}

        assert {p.name: p.participant for p in found.values()} == ids
        assert {p.kind for p in found.values()} == {audio}
        assert {p.source for p in found.values()} == {"microphone"}
        assert {p.people for p in found.values()} == {frozenset(ids.values())}


async def test_a_no_ends_it(world: World, service: Service) -> None:
    async with taking(world, service) as (here, permit, media):
        await anext(media)
        await here.people[1].refuse(NOTES)
        with pytest.raises(PermitEnded):
            await to_its_end(media)

        await permit.ended()


async def test_without_a_network_it_ends_by_itself(
    world: World, service: Service
) -> None:
    async with (
        meeting(world, service) as here,
        network(world.url) as between,
        GateClient(between.url, service.key) as gate,
    ):
        for name in ("Mara", "Tomas"):
            await here.joins(name, NOTES)
        async with (
            gate.room(here.id).permit(NOTES, cancel=False) as permit,
            permit.media() as media,
        ):
            await anext(media)
            between.holds()
            with pytest.raises(PermitEnded):
                await to_its_end(media)
            assert not permit.alive


async def test_what_came_when_the_permit_was_over_is_not_given(
    world: World, service: Service
) -> None:
    async with taking(world, service) as (_, permit, media):
        await anext(media)
        waiting = asyncio.ensure_future(anext(media))  # noqa: TID251 - it is awaited
        permit._end()
        with pytest.raises(PermitEnded):
            await waiting


async def test_why_there_is_none_is_told(world: World, service: Service) -> None:
    async with taking(world, service) as (_, permit, _):
        with pytest.raises(Refused) as refused:
            async with permit.media():
                raise AssertionError
        assert refused.value.code == "media-taken"


@pytest.mark.parametrize(
    "says",
    [b"", b"\2" + bytes(23), b"\1\1" + bytes(21) + b"\1", bytes(24), "{}", "[", "[]"],
    ids=repr,
)
async def test_a_message_that_is_no_gates_is_its_end(says: bytes | str) -> None:
    async def answer(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await (
            socket.send_str(says) if isinstance(says, str) else socket.send_bytes(says)
        )
        async for _ in socket:
            pass
        return socket

    app = web.Application()
    app.router.add_get("/api/v1/permits/x/media", answer)
    async with (
        TestServer(app) as server,
        GateClient(str(server.make_url("/")), "k") as gate,
    ):
        permit = Permit(gate._call, "room", NOTES)
        permit._id, permit._until = "x", float("inf")
        async with permit.media() as media:
            with pytest.raises(GateUnreachable):
                await anext(media)
        assert not permit.alive
