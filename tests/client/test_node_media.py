"""Media by the client for Node: what all agree to, and nothing of what comes later."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.client.holder import Holder, holder
from tests.client.relay import network
from tests.meeting.conftest import World
from tests.services.conftest import Service
from tests.services.test_media import NOTES, Meeting, config, meeting, recorded

__all__ = ["config", "recorded"]


@asynccontextmanager
async def held(
    world: World, service: Service, url: str
) -> AsyncIterator[tuple[Meeting, Holder]]:
    async with meeting(world, service) as here, holder(url, service.key) as program:
        for name in ("Mara", "Tomas"):
            await here.joins(name, NOTES)
        await program.does("permit", name="a", room=here.id, feature=NOTES)
        yield here, program


@pytest.mark.parametrize("audio", ["opus", "pcm"])
async def test_a_packet_says_whose_it_is_and_a_no_is_the_end(
    world: World, service: Service, audio: str
) -> None:
    async with held(world, service, world.url) as (here, program):
        await program.begins("media", name="a", people=2, audio=audio)
        heard = (await program.says(lambda line: "heard" in line))["heard"]
        ids = {guest.name: guest.id for guest in here.people}
        assert {name: p["participant"] for name, p in heard.items()} == ids
        for packet in heard.values():
            assert packet["kind"] == audio
            assert packet["source"] == "microphone"
            assert set(packet["people"]) == set(ids.values())
            assert packet["length"] > 0
        await program.begins("media", name="a", people=2, audio=audio)
        again = await program.says(lambda line: line.get("did") == "media")
        await here.people[1].refuse(NOTES)
        over = await program.says(
            lambda line: line.get("did") == "media" and line != again
        )

    assert again["code"] == "media-taken"
    assert over["fault"] == "PermitEnded"


async def test_without_a_network_it_ends_by_itself(
    world: World, service: Service
) -> None:
    async with (
        network(world.url) as between,
        held(world, service, between.url) as (_, program),
    ):
        await program.begins("media", name="a", people=2)
        await program.says(lambda line: "heard" in line)
        between.holds()
        over = await program.says(lambda line: line.get("did") == "media")

        assert over["fault"] == "PermitEnded"
