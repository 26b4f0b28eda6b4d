"""A look through the door is no meeting: rooms wait for their people."""

from pathlib import Path

import pytest

from gatekeeper.consent.types import FeatureId, LanguageTag
from gatekeeper.meeting.faults import RoomFull
from tests.browser.waiting import until
from tests.meeting.conftest import World, configured, start


async def gone(world: World) -> None:
    """Wait until no room lives."""
    await until(lambda: not world.registry.rooms, "no room lives")


async def test_a_room_that_nobody_joined_is_not_ended_by_who_looks_in(
    tmp_path: Path,
) -> None:
    async with start(configured(tmp_path / "data", meeting={"empty": 0})) as world:
        room, secret = await world.room()
        stranger = await world.person(room, "Eve")
        hello = await stranger.connect()
        await stranger.drop()
        await stranger.connect()
        await stranger.say(**stranger.joining({**hello, "challenge": "forged"}))
        assert await stranger.fault() == "forged-statement"
        await stranger.drop()
        await gone(world)

        ann = await world.person(room, "Ann")
        await ann.join(host=secret)
        await ann.drop()

        assert ann.kinds().count("welcome") == 1


async def test_a_room_that_all_have_left_ends(tmp_path: Path) -> None:
    async with start(configured(tmp_path / "data", meeting={"empty": 0})) as world:
        room, secret = await world.room()
        ann = await world.person(room, "Ann")
        await ann.join(host=secret)
        await ann.say(type="leave")
        await ann.ended()
        await gone(world)

        async with world.http.get(f"{world.url}/api/rooms/{room}") as answer:
            assert answer.status == 410


async def test_rooms_that_wait_for_somebody_are_bounded(tmp_path: Path) -> None:
    limits = {"unused_rooms": 3}
    async with start(configured(tmp_path / "data", limits=limits)) as world:
        rooms = [await world.room() for _ in range(3)]

        with pytest.raises(RoomFull):
            await world.registry.open(
                "One more", LanguageTag("en"), (FeatureId("minutes"),)
            )
        ann = await world.person(rooms[0][0], "Ann")
        await ann.join()
        await world.room()
