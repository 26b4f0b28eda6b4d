"""The host link is taken back: a new one stops the old one, for whoever came by it."""

from collections.abc import Mapping
from typing import Any

import pytest

from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from tests.meeting.conftest import World, config, start, world
from tests.meeting.person import Frame, Person

__all__ = ["config", "world"]

POWERS = (
    {"type": "request", "feature": "minutes"},
    {"type": "set-door", "locked": True, "knock": False},
    {"type": "renew-host"},
    {"type": "end"},
)


async def hosts(world: World) -> tuple[RoomId, str, Person, Person, Person]:
    """The host, somebody who has found the host's link, and a guest."""
    room, secret = await world.room()
    people = []
    for name, host in (("Mara", secret), ("Thief", secret), ("Tomas", None)):
        person = await world.person(room, name)
        await person.join(host=host)
        people.append(person)
    mara, thief, tomas = people
    for person in people:
        await person.settle()
    return room, secret, mara, thief, tomas


async def renewed(host: Person) -> str:
    """The host makes a new link."""
    since = len(host.heard)
    await host.say(type="renew-host")
    link: str = (await host.hears("host-link", since=since))["host"]
    return link


async def refused(person: Person, frame: Mapping[str, object]) -> str:
    since = len(person.heard)
    await person.say(**frame)
    return await person.fault(since)


async def join(world: World, room: RoomId, secret: str, heard: str) -> Frame:
    """Somebody comes by that capability; what they hear."""
    person = await world.person(room, "Somebody")
    hello = await person.connect()
    since = len(person.heard)
    await person.say(**person.joining(hello, host=secret))
    frame = await person.hears(heard, since=since)
    await person.drop()
    return frame


async def opens(world: World, room: RoomId, secret: str) -> None:
    assert (await join(world, room, secret, "welcome"))["host"]


async def is_over(world: World, room: RoomId, secret: str) -> None:
    assert (await join(world, room, secret, "fault"))["code"] == "not-allowed"


async def post(world: World, room: str, said: object) -> tuple[int, dict[str, str]]:
    url = f"{world.url}/api/rooms/{room}/host-link"
    async with world.http.post(url, json=said) as answer:
        return answer.status, await answer.json()


async def test_whoever_found_the_link_loses_what_it_gave_at_once(world: World) -> None:
    _, _, mara, thief, tomas = await hosts(world)

    await renewed(mara)

    for frame in POWERS:
        assert await refused(thief, frame) == "not-host"
    for person in (mara, thief, tomas):
        changed = await person.hears("changed")
        assert (changed["person"]["id"], changed["person"]["host"]) == (thief.id, False)
        assert person is mara or "host-link" not in person.kinds()


async def test_who_asked_stays_host_and_can_send_the_other_away(world: World) -> None:
    _, _, mara, thief, _ = await hosts(world)
    await renewed(mara)

    await mara.say(type="remove", participant=thief.id)

    assert (await mara.hears("left"))["removed"]


async def test_the_old_link_opens_nothing_and_the_new_one_does(world: World) -> None:
    room, old, mara, _, _ = await hosts(world)

    new = await renewed(mara)

    await is_over(world, room, old)
    await opens(world, room, new)


async def test_it_outlives_a_restart(config: Config) -> None:
    async with start(config) as world:
        room, old, mara, _, _ = await hosts(world)
        new = await renewed(mara)
    async with start(config) as world:
        await is_over(world, room, old)
        await opens(world, room, new)


async def test_of_two_new_ones_the_last_is_good(world: World) -> None:
    room, _, mara, _, _ = await hosts(world)

    first, second = await renewed(mara), await renewed(mara)

    await is_over(world, room, first)
    await opens(world, room, second)


async def test_who_is_cut_off_meanwhile_hears_of_it_when_they_are_back(
    world: World,
) -> None:
    _, _, mara, thief, _ = await hosts(world)
    new = await renewed(mara)
    await thief.drop()
    await mara.drop()

    assert not (await thief.resume())["host"]
    since = len(mara.heard)
    assert (await mara.resume())["host"]
    assert (await mara.hears("host-link", since=since))["host"] == new
    assert "host-link" not in thief.kinds()


@pytest.mark.parametrize("asked_by", ["mara", "api"])
async def test_nothing_runs_on_without_a_host(world: World, asked_by: str) -> None:
    """Rule 18: a demoted host counts as none, at once or when the last one leaves."""
    room, secret, mara, thief, tomas = await hosts(world)
    for person in (mara, thief, tomas):
        await person.allow("minutes")
    await mara.say(type="request", feature="minutes")
    await tomas.hears("sign", where=lambda sign: sign["on"])
    since = await tomas.settle()

    if asked_by == "api":
        assert (await post(world, room, {"host": secret}))[0] == 201
    else:
        await renewed(mara)
        assert "sign" not in tomas.kinds(since)
        await mara.say(type="leave")

    await tomas.hears("sign", since=since, where=lambda sign: not sign["on"])


async def test_by_the_api_every_host_comes_anew_by_the_new_link(world: World) -> None:
    room, secret, mara, thief, _ = await hosts(world)

    status, said = await post(world, room, {"host": secret})

    assert status == 201
    for person in (mara, thief):
        assert await refused(person, POWERS[0]) == "not-host"
    assert (await mara.join(host=said["host"]))["host"]
    await is_over(world, room, secret)


async def test_a_room_that_nobody_is_in_has_its_link_taken_back(world: World) -> None:
    room, old = await world.room()

    status, said = await post(world, room, {"host": old})

    assert status == 201
    assert (await post(world, room, {"host": old}))[0] == 403
    await is_over(world, room, old)
    await opens(world, room, said["host"])


async def test_nobody_takes_it_back_without_it(world: World) -> None:
    room, secret, mara, _, tomas = await hosts(world)

    assert await refused(tomas, {"type": "renew-host"}) == "not-host"
    for wrong in ("", "x" * 32, secret[:-1], "ü", "\x00"):
        status, said = await post(world, room, {"host": wrong})
        assert (status, said["code"]) == (403, "not-allowed")
    others: list[Any] = [{}, [], None, {"host": None}, {"host": "x" * 300}]
    for malformed in others:
        assert (await post(world, room, malformed))[0] == 400
    assert (await post(world, "x" * 22, {"host": secret}))[0] == 404
    since = len(mara.heard)
    await mara.say(type="set-door", locked=True, knock=False)
    await mara.hears("door", since=since)
