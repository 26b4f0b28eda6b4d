"""
Rule 8: paired meetings that differ only in why a gate is closed.

What every *other* client hears must be the same up to ids and times.
"""

import base64
import json
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext

import pytest

from tests.meeting.conftest import World
from tests.meeting.person import Frame, Person
from tests.meeting.straits import Strait

Cause = Callable[[Person, Person], Awaitable[None]]


def anonymous(frames: list[Frame], people: tuple[Person, ...]) -> list[Frame]:
    """The frames with people by position and without times and ids."""
    text = json.dumps([f for f in frames if f["type"] != "pong"])
    for number, person in enumerate(people):
        text = text.replace(person.id, f"person-{number}")
    cleaned: list[Frame] = json.loads(text)
    for frame in cleaned:
        for key in ("since", "at", "opening", "receipt"):
            if frame.get(key):
                frame[key] = key
    return cleaned


async def declines(host: Person, one: Person) -> None:
    await one.refuse("minutes")
    await one.hears("decided", where=lambda d: d["decision"] == "declined")


async def says_nothing(host: Person, one: Person) -> None:
    await one.settle()


async def grants_and_takes_it_back(host: Person, one: Person) -> None:
    await one.allow("minutes")
    await one.refuse("minutes")
    await one.hears("decided", where=lambda d: d["decision"] == "declined")


async def sends_a_bad_grant(host: Person, one: Person) -> None:
    await one.say(type="decide", **one.answer("minutes", "granted", {"meeting": "x"}))
    await one.fault()


@pytest.fixture
async def silence(world: World) -> list[list[Frame]]:
    """What the others hear of somebody who does not answer."""
    return await asked_in_vain(world, says_nothing)


async def asked_in_vain(
    world: World, cause: Cause, strait: Strait = nullcontext
) -> list[list[Frame]]:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
    marks = [len(ann.heard), len(cat.heard)]
    async with strait():
        await ann.say(type="request", feature="minutes")
        await ann.allow("minutes")
        await cat.allow("minutes")
        for person in (ann, cat):
            await person.hears("decided")
        await cause(ann, ben)
        for person in (ann, cat):
            await person.settle()
    return [
        anonymous(person.heard[mark:], (ann, ben, cat))
        for person, mark in zip((ann, cat), marks, strict=True)
    ]


@pytest.mark.parametrize(
    "cause", [declines, grants_and_takes_it_back, sends_a_bad_grant]
)
async def test_P1_P2_a_no_sounds_like_no_answer_to_everybody_else(
    world: World, silence: list[list[Frame]], cause: Cause
) -> None:
    heard = await asked_in_vain(world, cause)

    for frame in (f for trace in heard for f in trace if f["type"] == "requested"):
        assert frame["asked"]
    for trace in (*heard, *silence):
        for frame in trace:
            frame.pop("ask_again_in", None)
    assert heard == silence


async def off(world: World, cause: Cause, strait: Strait = nullcontext) -> list[Frame]:
    """What Cat hears of a gate that was open and closes."""
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    for person in (ann, ben, cat):
        await person.hears("sign", where=lambda s: s["on"])
        await person.hears("receipt")
    since = await cat.settle()
    async with strait():
        await cause(ann, ben)
        await cat.hears("sign", since=since)
        await cat.settle()
    return anonymous(cat.heard[since:], (ann, ben, cat))


async def host_stops(host: Person, one: Person) -> None:
    await host.say(type="cancel", feature="minutes")


async def host_declines(host: Person, one: Person) -> None:
    await host.refuse("minutes")


async def test_P2_every_cause_of_off_looks_the_same(world: World) -> None:
    causes: list[Cause] = [declines, host_stops, host_declines]
    traces = [await off(world, cause) for cause in causes]

    assert traces[0]
    assert all(trace == traces[0] for trace in traces)


async def test_P2_a_joiner_who_declines_sounds_like_one_who_does_not_answer(
    world: World,
) -> None:
    traces = []
    for answered in (True, False):
        ann, cat = await world.meeting("Ann", "Cat", allow=("minutes",))
        await ann.say(type="request", feature="minutes")
        await cat.hears("sign")
        await cat.hears("receipt")
        since = await cat.settle()
        ben = await world.person(ann.room, "Ben")
        answers = [ben.answer("minutes", "declined")] if answered else []
        await ben.join(answers=answers)
        await cat.hears("joined", since=since)
        await cat.settle()
        traces.append(anonymous(cat.heard[since:], (ann, ben, cat)))

    assert traces[0] == traces[1]


async def after_a_departure(
    world: World, refuses: int, wait: bool, strait: Strait = nullcontext
) -> list[list[Frame]]:
    """What Ann and Dan hear when Ben or Cat has refused, and Cat leaves."""
    people = await world.meeting("Ann", "Ben", "Cat", "Dan")
    ann, _, cat, dan = people
    marks = [len(ann.heard), len(dan.heard)]
    async with strait():
        await ann.say(type="request", feature="minutes")
        for number, person in enumerate(people):
            await (person.refuse if number == refuses else person.allow)("minutes")
            await person.hears("decided")
        await cat.say(type="leave")
        for person in (ann, dan):
            await person.hears("left")
        if not wait:
            await ann.say(type="request", feature="minutes")
            await ann.say(type="request", feature="minutes")
        for person in (ann, dan):
            await person.settle()
    heard = [
        anonymous(person.heard[mark:], people)
        for person, mark in zip((ann, dan), marks, strict=True)
    ]
    for frame in (f for trace in heard for f in trace if f["type"] == "requested"):
        frame["ask_again_in"] = frame["ask_again_in"] > 0
    return heard


@pytest.mark.parametrize("wait", [True, False])
async def test_P2_R13_who_left_is_not_known_to_have_refused(
    world: World, wait: bool
) -> None:
    left, stayed = [await after_a_departure(world, who, wait) for who in (2, 1)]

    assert left == stayed
    assert any(frame["type"] == "lapsed" for frame in left[1])
    assert not any(frame["type"] == "sign" for frame in left[1])


async def test_R13_after_a_departure_everybody_is_asked_once_more(
    world: World,
) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
    await ann.say(type="request", feature="minutes")
    await ann.allow("minutes")
    await ben.refuse("minutes")
    await ben.hears("decided")
    await ann.hears("decided")
    await cat.say(type="leave")
    await ben.hears("lapsed")
    since = await ben.settle()

    await ann.say(type="request", feature="minutes")

    await ben.hears("asked", since=since)
    for person in (ann, ben):
        await person.allow("minutes")
    assert (await ben.hears("sign", since=since))["on"]


async def test_R13_an_answer_that_lapsed_is_no_answer_on_joining_again(
    world: World,
) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
    answer = ben.answer("minutes", "granted")
    await ann.say(type="request", feature="minutes")
    await ben.say(type="decide", **answer)
    await ben.hears("decided")
    await cat.say(type="leave")
    await ben.hears("lapsed")

    welcome = await ben.join(answers=[answer])

    assert welcome["answers"] == []


# ---- When a yes was given, and in which order ---------------------------------------


SIGNED = re.compile(r"eyJhbGciOi[\w-]+\.([\w-]+)\.[\w-]+")


def said(statement: re.Match[str]) -> str:
    """What was signed, without what is random in it; as the inside of a text."""
    payload = json.loads(base64.urlsafe_b64decode(statement[1] + "=="))
    return json.dumps(payload | {"nonce": ""}).replace('"', "'")


def legible(text: str, people: Sequence[Person]) -> str:
    """With people by their place in the alphabet of their ids, and nothing random."""
    text = SIGNED.sub(said, text)
    for number, person in enumerate(sorted(people, key=lambda person: person.id)):
        text = text.replace(person.id, f"person-{number}")
        text = text.replace(person.key.jwk["x"], f"key-{number}")
    for name, secret in (("room", people[0].room), ("life", people[0].life)):
        text = text.replace(secret, name)
    random_or_time = r'"(id|at|hash|prev|opening|since|receipt)": ?"[^"]*"'
    return re.sub(random_or_time, r'"\1":""', text)


async def agreed(world: World, seed: int) -> tuple[str, str]:
    """What Dan hears, and what is on record, when the others answer as they like."""
    people = await world.meeting("Ann", "Ben", "Cat", "Dan")
    ann, *_, dan = people
    await dan.allow("minutes")
    await ann.say(type="request", feature="minutes")
    await dan.hears("asked")
    since = await dan.settle()
    order = random.Random(seed)  # noqa: S311 - which order matters to nobody
    *first, last = order.sample(people[:3], 3)
    for person in (*first, last):
        # And take it back before anything opens, which it does with the last one's yes.
        for _ in range(0 if person is last else order.randrange(3)):
            await person.allow("minutes")
            await person.refuse("minutes")
        await person.allow("minutes")
        await person.settle()
    await dan.hears("sign", since=since)
    await dan.hears("receipt", since=since)
    heard = [f for f in dan.heard[since : await dan.settle()] if f["type"] != "pong"]
    # A receipt comes when it is made, in a thread: before the sign, or after it.
    heard.sort(key=lambda frame: frame["type"] == "receipt")
    rows = await world.context.ledger.read(ann.room)
    chain = "[" + ",".join(row.body.decode() for row in rows) + "]"
    return legible(json.dumps(heard, sort_keys=True), people), legible(chain, people)


async def test_R8_nobody_is_told_when_somebody_agreed_or_who_agreed_last(
    world: World,
) -> None:
    heard, on_record = await agreed(world, 0)

    assert all(
        "'type': 'gatekeeper/decision/v3'" in each for each in (heard, on_record)
    )
    for seed in range(1, 6):
        assert await agreed(world, seed) == (heard, on_record)
