"""Rule 18: nothing runs on forgotten, and to everyone it looks like any other off."""

import dataclasses

from gatekeeper.consent.types import FeatureId
from tests.meeting.conftest import World
from tests.meeting.person import Person
from tests.meeting.test_secrecy import declines
from tests.meeting.test_secrecy import off as heard_of_off

LONGEST = 0.6
"""Seconds: what the four hours are in these tests."""


def soon_over(world: World) -> None:
    """Let what runs in rooms of `world` run for a moment only."""
    rules = world.context.rules
    gate = dataclasses.replace(rules.gate, longest=LONGEST)
    world.change(rules=dataclasses.replace(rules, gate=gate))


async def on_air(world: World, *names: str) -> tuple[Person, ...]:
    people = await world.meeting(*names, allow=("minutes",))
    await people[0].say(type="request", feature="minutes")
    for person in people:
        await person.hears("sign", where=lambda s: s["on"])
    return people


async def off(person: Person, since: int = 0) -> None:
    await person.hears("sign", since=since, where=lambda s: not s["on"])


async def test_R18_it_stops_when_one_is_left(world: World) -> None:
    ann, ben, cat = await on_air(world, "Ann", "Ben", "Cat")

    await cat.say(type="leave")
    await ben.hears("left")
    since = await ann.settle()
    assert ann.kinds().count("sign") == 1
    await ben.say(type="leave")

    await off(ann, since)


async def test_R18_it_stops_when_the_last_host_has_left(world: World) -> None:
    ann, ben, _ = await on_air(world, "Ann", "Ben", "Cat")

    await ann.say(type="leave")

    await off(ben)


async def test_R18_a_host_whose_seat_is_given_up_has_left(world: World) -> None:
    world.change(rules=dataclasses.replace(world.context.rules, grace=0.2))
    ann, ben, cat = await on_air(world, "Ann", "Ben", "Cat")

    await ann.drop()
    await ben.hears("left")

    since = await ben.settle()
    await cat.settle()
    assert ben.kinds(since) == []
    assert [f["on"] for f in ben.heard if f["type"] == "sign"] == [True, False]


async def test_R18_a_page_loaded_again_is_no_departure(world: World) -> None:
    ann, ben = await on_air(world, "Ann", "Ben")
    since = await ann.settle()
    again = await world.person(ann.room, "Ben")
    again.key = ben.key

    await again.join()
    await off(ann, since)
    mark = await ann.settle()
    await again.allow("minutes")

    await ann.hears("sign", since=mark, where=lambda s: s["on"])


async def test_R18_what_runs_for_too_long_stops_and_everybody_is_asked_afresh(
    world: World,
) -> None:
    soon_over(world)
    ann, ben, cat = await on_air(world, "Ann", "Ben", "Cat")
    await off(cat)
    marks = [await person.settle() for person in (ann, ben, cat)]

    await ann.say(type="request", feature="minutes")

    for person, mark in zip((ann, ben, cat), marks, strict=True):
        await person.hears("asked", since=mark)
        await person.settle()
        heard = person.kinds(mark)
        assert [k for k in heard if k != "requested"] == ["lapsed", "asked"]
    for person in (ann, ben, cat):
        await person.allow("minutes")
    await cat.hears("sign", since=marks[2], where=lambda s: s["on"])


async def test_R18_an_answer_after_that_is_an_answer(world: World) -> None:
    soon_over(world)
    ann, ben = await on_air(world, "Ann", "Ben")
    await off(ben)
    await ann.say(type="request", feature="minutes")
    await ben.hears("lapsed")
    since = await ben.settle()

    await ben.allow("minutes")
    await ben.hears("decided", since=since)
    await ann.allow("minutes")

    assert (await ben.hears("sign", since=since))["on"]


async def test_R18_P2_running_out_sounds_like_every_other_off(world: World) -> None:
    async def runs_out(host: Person, one: Person) -> None:
        world.registry._rooms[host.room]._gates._expire(FeatureId("minutes"))

    assert await heard_of_off(world, runs_out) == await heard_of_off(world, declines)
