"""What one participant, and one room, can make the server keep and write."""

import asyncio

import pytest

from gatekeeper.consent.types import RoomId
from gatekeeper.meeting.fittings import WRITTEN_AT_ONCE
from gatekeeper.meeting.lobby import YESES_AT_ONCE
from gatekeeper.meeting.meter import Meter
from tests.meeting.conftest import World
from tests.meeting.person import PATIENCE, Person


async def on_air(world: World) -> tuple[Person, Person]:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda s: s["on"])
    return ann, ben


async def reopened_or_not(person: Person, since: int) -> None:
    """Until the sign is on again, or it is said that it will not be."""
    async with asyncio.timeout(PATIENCE), person._news:
        await person._news.wait_for(
            lambda: {"sign", "fault"} & set(person.kinds(since))
        )


async def test_R4_who_says_yes_too_often_is_told_and_their_no_still_works(
    world: World,
) -> None:
    ann, ben = await on_air(world)
    for _ in range(YESES_AT_ONCE + 5):
        await ben.refuse("minutes")
        await ben.allow("minutes")
    await ben.settle()
    faults = [f for f in ben.heard if f["type"] == "fault"]
    assert {f["code"] for f in faults} == {"answered-too-often"}
    since = await ben.settle()

    await ben.refuse("minutes")

    answer = await ben.hears("decided", since=since)
    assert answer["decision"] == "declined"
    room = world.registry._rooms[RoomId(ann.room)]
    assert len(room._gates._held) <= 4
    assert len(room._seating._statements._seen) <= YESES_AT_ONCE + 2


async def test_many_a_no_leaves_nothing_in_memory(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    for _ in range(60):
        await ben.refuse("minutes")
    await ben.settle()

    room = world.registry._rooms[RoomId(ann.room)]
    assert (
        len(room._seating._statements._seen),
        len(room._seating._statements._last_no),
    ) == (0, 1)


async def test_a_room_that_opens_and_closes_all_the_time_stays_closed(
    world: World,
) -> None:
    ann, ben = await on_air(world)
    for _ in range(WRITTEN_AT_ONCE + 2):
        if any(f["type"] == "fault" for f in ann.heard):
            break
        since = await ann.settle()
        await ben.drop()
        await ann.hears("sign", since=since, where=lambda s: not s["on"])
        mark = await ann.settle()
        await ben.resume()
        await reopened_or_not(ann, mark)

    assert await ann.fault() == "opened-too-often"
    entries = await world.context.ledger.read(RoomId(ann.room))
    assert len(entries) < 3 * WRITTEN_AT_ONCE
    await ann.say(type="chat", text="we go on")
    await ben.hears("chat-line")


async def test_a_seat_is_kept_for_the_host(world: World) -> None:
    room, secret = await world.room()
    for number in range(11):
        guest = await world.person(room, f"P{number}")
        await guest.join()
    late = await world.person(room, "Late")
    await late.say(**late.joining(await late.connect()))
    assert await late.fault() == "room-full"

    host = await world.person(room, "Host")

    assert (await host.join(host=secret))["host"]


@pytest.mark.parametrize("rate", [0.1, 1.0])
def test_a_meter_fills_up_again_and_no_further(rate: float) -> None:
    meter = Meter(rate, 3)

    assert [meter.acquire(1, 0.0) for _ in range(4)] == [True, True, True, False]
    now = 1 / rate
    assert [meter.acquire(1, now) for _ in range(2)] == [True, False]
    now = 1000 / rate
    assert [meter.acquire(1, now) for _ in range(4)] == [True, True, True, False]
