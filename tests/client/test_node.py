"""The client for Node keeps the promises of `test_permit`, in a program in Node."""

import asyncio
import gzip
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from gatekeeper.client import GateRoom
from gatekeeper.consent.types import RoomId
from tests.client.conftest import LASTS, comes, refuses
from tests.client.holder import Holder, holder
from tests.client.relay import Network
from tests.meeting.conftest import World
from tests.meeting.test_presence import until
from tests.services.conftest import Service

EMBED = Path(__file__).parent.parent.parent / "embed" / "node"


@pytest.fixture
async def near(world: World, service: Service) -> AsyncIterator[Holder]:
    async with holder(world.url, service.key) as program:
        yield program


@pytest.fixture
async def far(between: Network, service: Service) -> AsyncIterator[Holder]:
    """A program that asks through a network that may fail."""
    async with holder(between.url, service.key) as program:
        yield program


async def test_it_is_small() -> None:
    source = (EMBED / "client.js").read_bytes()

    assert len(gzip.compress(source, 9, mtime=0)) <= 4096


async def test_everybody_agrees_and_it_lasts(
    world: World, room: GateRoom, near: Holder
) -> None:
    ann, ben = [await comes(world, room, name) for name in ("ann", "ben")]
    lent = await near.does("permit", name="a", room=room.id)

    assert lent["alive"]
    assert 0 < lent["left"] <= LASTS
    assert set(lent["people"]) == {ann.id, ben.id}
    assert (await ann.hears("sign"))["on"]
    lasted = await near.does("outlasts", name="a", seconds=LASTS * 1.2)
    assert lasted["alive"]
    assert lasted["left"] <= LASTS
    since = len(ann.heard)
    released = await near.does("release", name="a")
    assert not released["alive"]
    assert (await near.over("a"))["why"] == "permit-ended"
    assert not (await ann.hears("sign", since=since))["on"]


async def test_a_no_ends_it(world: World, room: GateRoom, near: Holder) -> None:
    await comes(world, room, "ann")
    ben = await comes(world, room, "ben")
    await near.does("permit", name="a", room=room.id)
    await refuses(ben)

    assert await near.over("a") == {"over": "a", "alive": False, "why": "permit-ended"}
    assert not (await near.does("ended", name="a"))["alive"]
    assert (await near.does("check", name="a"))["fault"] == "PermitEnded"


@pytest.mark.parametrize("body", ["waits", "pauses"])
async def test_a_no_breaks_off_what_has_its_signal(
    body: str, world: World, room: GateRoom, near: Holder
) -> None:
    ann, ben = [await comes(world, room, name) for name in ("ann", "ben")]
    await near.begins("with", name="a", room=room.id, body=body)
    await near.says(lambda line: "begun" in line)
    await ann.hears("sign")
    since = len(ann.heard)
    await refuses(ben)
    broken = await near.says(lambda line: line.get("did") == "with")

    assert (broken["fault"], broken["code"]) == ("PermitEnded", "permit-ended")
    assert not (await ann.hears("sign", since=since))["on"]


async def test_a_no_ends_who_looks_whether_it_is_alive(
    world: World, room: GateRoom, near: Holder
) -> None:
    await comes(world, room, "ann")
    ben = await comes(world, room, "ben")
    await near.begins("with", name="a", room=room.id, body="counts")
    await near.says(lambda line: "begun" in line)
    await refuses(ben)
    done = await near.says(lambda line: line.get("did") == "with")

    assert done["returned"] == {"count": True}


async def test_what_comes_of_the_body_is_told_as_it_is(
    world: World, room: GateRoom, near: Holder
) -> None:
    await comes(world, room, "ann")
    living = world.registry.living(RoomId(room.id))
    assert living is not None
    told: dict[str, dict[str, object]] = {
        "returns": {"returned": "done"},
        "fails": {"fault": "RangeError", "ours": False},
    }
    for body, came in told.items():
        done = await near.does("with", name="a", room=room.id, body=body)
        assert done == {"did": "with", **came}
        assert not living.capturing


async def test_without_everybodys_yes_there_is_none(
    world: World, room: GateRoom, near: Holder
) -> None:
    await comes(world, room, "ann", allow=())
    for wait in (0, 1):
        asked = await near.does("permit", name="a", room=room.id, wait=wait)
        assert (asked["fault"], asked["code"]) == (
            "ConsentRequired",
            "consent-required",
        )
    begun = await near.does("with", name="b", room=room.id, body="returns")
    assert begun["fault"] == "ConsentRequired"
    assert not any("begun" in line for line in near.said)


async def test_with_wait_everybody_is_asked(
    world: World, room: GateRoom, near: Holder
) -> None:
    ann = await comes(world, room, "ann", allow=())
    await near.begins("permit", name="a", room=room.id, wait=30)
    await ann.hears("asked")
    # Longer than a lease: what it counts from is not when it was first asked for.
    await asyncio.sleep(LASTS * 1.2)
    await ann.allow("minutes")
    lent = await near.says(lambda line: line.get("did") == "permit")

    assert lent["alive"]
    assert lent["left"] <= LASTS


@pytest.mark.parametrize("how", ["holds", "goes"])
async def test_without_a_network_it_ends_by_itself(
    how: str, world: World, room: GateRoom, far: Holder, between: Network, brief: float
) -> None:
    await comes(world, room, "ann")
    lent = await far.does("permit", name="a", room=room.id)
    getattr(between, how)()
    over = await far.over("a")

    assert 0 < lent["left"] <= brief
    assert not over["alive"]


async def test_a_moment_without_a_network_ends_nothing(
    world: World, room: GateRoom, far: Holder, between: Network
) -> None:
    await comes(world, room, "ann")
    await far.does("permit", name="a", room=room.id)
    between.goes()
    await until(lambda: between.refused > 0)
    between.comes_back()

    assert (await far.does("outlasts", name="a", seconds=LASTS * 1.2))["alive"]


async def test_an_answer_that_comes_late_lengthens_nothing(
    world: World, room: GateRoom, far: Holder, between: Network, brief: float
) -> None:
    await comes(world, room, "ann")
    await far.does("permit", name="a", room=room.id)
    between.holds()
    await far.does("ended", name="a")
    between.passes()
    for _ in range(20):
        assert not (await far.does("look", name="a"))["alive"]


async def test_while_the_machine_slept_it_was_not_renewed(
    world: World, room: GateRoom, near: Holder, brief: float
) -> None:
    await comes(world, room, "ann")
    await near.does("permit", name="a", room=room.id)

    assert not (await near.does("sleep", name="a", seconds=60))["alive"]


async def test_after_a_sleep_its_signal_comes_before_it_would_be_renewed(
    world: World, room: GateRoom, near: Holder, brief: float
) -> None:
    await comes(world, room, "ann")
    await near.does("permit", name="a", room=room.id)
    await near.does("sleeps", seconds=60)

    assert near.said[-2] == {"over": "a", "alive": False, "why": "permit-ended"}


async def test_who_was_stopped_finds_it_over(
    world: World, room: GateRoom, near: Holder, brief: float
) -> None:
    await comes(world, room, "ann")
    await near.does("permit", name="a", room=room.id)
    near.process.send_signal(signal.SIGSTOP)
    living = world.registry.living(RoomId(room.id))
    assert living is not None
    await until(lambda: not living.capturing)  # its lease is over here
    near.process.send_signal(signal.SIGCONT)

    assert not (await near.does("look", name="a"))["alive"]


async def test_a_clock_that_is_set_changes_nothing(
    world: World, room: GateRoom, near: Holder
) -> None:
    await comes(world, room, "ann")
    await near.does("permit", name="a", room=room.id)
    for jump in (-5, 5, 3600):
        await near.does("clock", seconds=jump)
        lasted = await near.does("outlasts", name="a", seconds=LASTS / 2)
        assert lasted["alive"]
        assert lasted["left"] <= LASTS


async def test_who_is_stopped_from_outside_gives_it_back(
    world: World, room: GateRoom, near: Holder
) -> None:
    await comes(world, room, "ann")
    living = world.registry.living(RoomId(room.id))
    assert living is not None
    await near.does("permit", name="a", room=room.id)
    assert living.capturing
    stopped = await near.does("stop", name="a")

    assert not stopped["alive"]
    await until(lambda: not living.capturing)


async def test_who_is_stopped_while_it_asks_asks_no_more(
    world: World, room: GateRoom, near: Holder
) -> None:
    ann = await comes(world, room, "ann", allow=())
    await near.begins("permit", name="a", room=room.id, wait=30)
    await ann.hears("asked")
    await near.begins("stop", name="a")
    stopped = await near.says(lambda line: line.get("did") == "permit")

    assert (stopped["fault"], stopped["ours"]) == ("Error", False)


async def test_a_wrong_key_is_refused(world: World, room: GateRoom) -> None:
    async with holder(world.url, "gk_nobody_00") as program:
        asked = await program.does("permit", name="a", room=room.id)

    assert (asked["fault"], asked["code"]) == ("Refused", "key-unknown")


async def test_no_gate_there_is_told(service: Service) -> None:
    async with holder("http://127.0.0.1:9", service.key) as program:
        asked = await program.does("permit", name="a", room="room")

    assert (asked["fault"], asked["code"]) == ("GateUnreachable", "gate-unreachable")


PERMIT = '{"permit": "p", "people": [], "lasts": 2, "token": "", "opening": ""}'
NO_GATES = {
    "a page": "200 OK\r\n\r\n<html>",
    "nothing": "200 OK\r\n\r\n{}",
    "endless": f"200 OK\r\n\r\n{PERMIT.replace('2', '1e999')}",
    "too long": f"200 OK\r\n\r\n{PERMIT}{' ' * 2 * 1024 * 1024}",
    "null": "404 Not Found\r\n\r\nnull",
    "elsewhere": "307 Temporary Redirect\r\nLocation: {url}\r\n\r\n",
}


@asynccontextmanager
async def somebody(*answers: str) -> AsyncIterator[tuple[str, list[str]]]:
    """Who answers in a gate's place, one thing after the other; what was asked."""
    asked: list[str] = []

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        said = "HTTP/1.1 " + answers[len(asked)]
        asked.append(head.partition(" HTTP/")[0])
        writer.write(said.replace("\r\n", "\r\nConnection: close\r\n", 1).encode())
        with suppress(ConnectionError):
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


async def test_an_answer_that_is_no_gates_is_none(
    world: World, room: GateRoom, service: Service
) -> None:
    await comes(world, room, "ann")  # a gate that would say yes
    there = f"{world.url}/api/v1/rooms/{room.id}/permits"
    answers = [answer.replace("{url}", there) for answer in NO_GATES.values()]
    async with somebody(*answers) as (url, _), holder(url, service.key) as program:
        for what in NO_GATES:
            asked = await program.does("permit", name="a", room=room.id)
            assert asked.get("code") == "gate-unreachable", what


async def test_what_is_lent_and_over_at_once_is_given_back() -> None:
    no = '409 Conflict\r\n\r\n{"code": "consent-required"}'
    answers = (f"201 Created\r\n\r\n{PERMIT}", no, "204 No Content\r\n\r\n")
    async with somebody(*answers) as (url, asked), holder(url, "key") as program:
        lent = await program.does("permit", name="a", room="room", wait=1)
        assert lent["code"] == "consent-required"
        await until(lambda: len(asked) == 3)

    permits = "/api/v1/rooms/room/permits"
    assert asked == [
        f"POST {permits}?wait=1",
        f"POST {permits}/p",
        f"DELETE {permits}/p",
    ]


async def test_a_room_is_no_path(near: Holder, room: GateRoom) -> None:
    asked = await near.does("permit", name="a", room=f"../rooms/{room.id}")

    assert (asked["fault"], asked["code"]) == ("Refused", "nothing-there")


async def test_all_of_a_room_is_there(near: Holder) -> None:
    wanted = {"title": "Call", "language": "en", "features": ["minutes"]}
    opened = await near.does("open", wanted={**wanted, "presence": True})
    used = await near.does("room", room=opened["room"])

    assert opened["opened"]["host"]
    assert used["entry"]
    assert (used["people"], used["ended"]) == (0, True)


async def test_who_has_released_all_exits(
    world: World, room: GateRoom, near: Holder
) -> None:
    await comes(world, room, "ann")
    await near.does("permit", name="a", room=room.id)
    await near.does("permit", name="b", room=room.id, wait=5)
    await near.does("release", name="a")
    await near.does("release", name="b")

    assert await near.exits() == 0


async def test_who_holds_one_goes_on_until_it_is_over(
    world: World, room: GateRoom, near: Holder
) -> None:
    ann = await comes(world, room, "ann")
    await near.does("permit", name="a", room=room.id)
    assert near.process.stdin is not None
    near.process.stdin.close()
    await refuses(ann)

    assert (await near.over("a"))["why"] == "permit-ended"
    assert await near.exits() == 0
