"""A client's permit: it ends with anybody's yes, and with everything else."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from gatekeeper.client import (
    ConsentRequired,
    GateClient,
    GateRoom,
    GateUnreachable,
    Permit,
    PermitEnded,
    Refused,
)
from gatekeeper.client import permit as permits
from gatekeeper.client.elapsed import elapsed
from gatekeeper.consent.types import RoomId
from tests.client.conftest import LASTS, comes, refuses
from tests.client.relay import Network
from tests.meeting.conftest import World
from tests.meeting.test_presence import until
from tests.services.conftest import Service


@pytest.fixture
async def far(
    between: Network, service: Service, room: GateRoom
) -> AsyncIterator[GateRoom]:
    """The same room, through a network that may fail."""
    async with GateClient(between.url, service.key) as gate:
        yield gate.room(room.id)


async def forever() -> None:
    await asyncio.Event().wait()


async def captures(
    room: GateRoom, then: Callable[[Permit], Awaitable[None] | None]
) -> None:
    """Have something happen under a permit, and go on until that ends."""
    async with room.permit("minutes") as permit:
        happened = then(permit)
        if happened is not None:
            await happened
        await forever()


async def test_everybody_agrees_and_it_lasts(world: World, room: GateRoom) -> None:
    ann, ben = [await comes(world, room, name) for name in ("ann", "ben")]
    async with room.permit("minutes") as permit:
        assert permit.alive
        assert set(permit.people) == {ann.id, ben.id}
        assert (await ann.hears("sign"))["on"]
        until_before = permit._until
        await until(lambda: permit._until > until_before + LASTS)
        permit.check()
    since = len(ann.heard) - 1

    assert permit.left == 0
    assert not (await ann.hears("sign", since=since))["on"]


async def test_a_no_cancels_the_body(world: World, room: GateRoom) -> None:
    ann, ben = [await comes(world, room, name) for name in ("ann", "ben")]
    seen: list[Permit] = []

    async def happens(permit: Permit) -> None:
        seen.append(permit)
        await refuses(ben)

    with pytest.raises(PermitEnded):
        await captures(room, happens)

    assert not seen[0].alive
    since = len(ann.heard) - 1
    assert not (await ann.hears("sign", since=since))["on"]


async def test_who_is_not_cancelled_is_told(world: World, room: GateRoom) -> None:
    await comes(world, room, "ann")
    ben = await comes(world, room, "ben")
    told: list[str] = []
    async with room.permit("minutes", cancel=False) as permit:
        permit.when_it_ends(lambda: told.append("over"))
        await refuses(ben)
        await permit.ended()
        with pytest.raises(PermitEnded):
            permit.check()

    assert told == ["over"]


async def test_without_everybodys_yes_the_body_does_not_begin(
    world: World, room: GateRoom
) -> None:
    await comes(world, room, "ann", allow=())
    for wait in (0, 1):
        with pytest.raises(ConsentRequired):
            async with room.permit("minutes", wait=wait):
                raise AssertionError("it has begun")


async def test_with_wait_everybody_is_asked(world: World, room: GateRoom) -> None:
    ann = await comes(world, room, "ann", allow=())

    async def answers() -> None:
        await ann.hears("asked")
        await ann.say(type="decide", **ann.answer("minutes", "granted"))

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(answers())
        async with room.permit("minutes", wait=30) as permit:
            assert permit.alive
            assert permit.left <= LASTS


@pytest.mark.parametrize("how", ["holds", "goes"])
async def test_without_a_network_it_ends_by_itself(
    how: str, world: World, far: GateRoom, between: Network, brief: float
) -> None:
    await comes(world, GateRoom(far._call, far.id, {}), "ann")
    seen: list[tuple[Permit, float]] = []

    def happens(permit: Permit) -> None:
        getattr(between, how)()
        seen.append((permit, permit.left))

    with pytest.raises(PermitEnded):
        await captures(far, happens)
    ((permit, left),) = seen

    assert 0 < left <= brief
    assert not permit.alive


async def test_a_moment_without_a_network_ends_nothing(
    world: World, far: GateRoom, between: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    await comes(world, far, "ann")
    tries: list[str] = []
    ask = permits.Permit._renew

    async def fails_once(permit: permits.Permit) -> None:
        tries.append("renew")
        if len(tries) == 1:
            raise GateUnreachable("once")
        await ask(permit)

    monkeypatch.setattr(permits.Permit, "_renew", fails_once)
    async with far.permit("minutes") as permit:
        until_before = permit._until
        await until(lambda: permit._until > until_before)
        assert permit.alive
    assert len(tries) >= 2


async def test_an_answer_that_comes_late_lengthens_nothing(
    world: World, far: GateRoom, between: Network, brief: float
) -> None:
    await comes(world, far, "ann")
    async with far.permit("minutes", cancel=False) as permit:
        between.holds()
        await permit.ended()
        between.passes()
        for _ in range(20):
            await asyncio.sleep(0.01)
            assert not permit.alive


async def test_while_the_machine_slept_it_was_not_renewed(
    world: World, room: GateRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await comes(world, room, "ann")
    async with room.permit("minutes", cancel=False) as permit:
        awake = elapsed
        monkeypatch.setattr(permits, "elapsed", lambda: awake() + 60)

        assert not permit.alive


@pytest.mark.parametrize("jump", [-5.0, 5.0, 3600.0])
async def test_a_clock_that_is_set_changes_nothing(
    jump: float, world: World, room: GateRoom, monkeypatch: pytest.MonkeyPatch
) -> None:

    await comes(world, room, "ann")
    now = time.time
    async with room.permit("minutes", cancel=False) as permit:
        before = permit._until
        monkeypatch.setattr(time, "time", lambda: now() + jump)
        await until(lambda: permit._until > before)

        assert permit.alive
        assert permit.left <= LASTS


async def test_what_goes_wrong_in_the_body_is_told_as_it_is(
    world: World, room: GateRoom
) -> None:
    await comes(world, room, "ann")
    with pytest.raises(ZeroDivisionError):
        async with room.permit("minutes"):
            _ = 1 / 0
    with pytest.raises(TimeoutError):
        async with room.permit("minutes"):
            raise TimeoutError
    living = world.registry.living(RoomId(room.id))
    assert living is not None
    await until(lambda: not living.capturing)


async def test_who_is_cancelled_from_outside_gives_it_back(
    world: World, room: GateRoom
) -> None:
    await comes(world, room, "ann")
    begun = asyncio.Event()

    async def records() -> None:
        async with room.permit("minutes"):
            begun.set()
            await forever()

    recording = asyncio.ensure_future(records())  # noqa: TID251
    await begun.wait()
    recording.cancel()
    await asyncio.wait({recording})
    living = world.registry.living(RoomId(room.id))
    assert living is not None

    assert recording.cancelled()
    assert not living.capturing


async def test_a_body_that_ends_as_it_ends_is_no_failure(
    world: World, room: GateRoom
) -> None:
    await comes(world, room, "ann")
    async with room.permit("minutes") as permit:
        permit._end()  # just now
    assert not permit.alive


async def test_a_wrong_key_is_refused(world: World, room: GateRoom) -> None:
    async with GateClient(world.url, "gk_nobody_00") as gate:
        with pytest.raises(Refused) as refused:
            async with gate.room(room.id).permit("minutes"):
                pass
    assert refused.value.code == "key-unknown"


async def test_no_gate_there_is_told(service: Service) -> None:
    async with GateClient("http://127.0.0.1:9", service.key) as gate:
        with pytest.raises(GateUnreachable):
            async with gate.room("room").permit("minutes"):
                pass


async def test_a_room_is_no_path(gate: GateClient, room: GateRoom) -> None:
    with pytest.raises(Refused) as refused:
        await gate.room(f"../rooms/{room.id}").state()
    assert refused.value.code == "nothing-there"
    with pytest.raises(Refused) as refused:
        async with gate.room(f"{room.id}/entries?").permit("minutes"):
            pass
    assert refused.value.code == "nothing-there"
