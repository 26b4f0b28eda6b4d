"""Metrics: of use to whoever runs the server, and of none to who wants to know more."""

import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Person
from tests.meeting.test_lives import crashing

MINUTES = "minutes"


async def scraped(world: World, **headers: str) -> str:
    async with world.http.get(f"{world.url}/metrics", headers=headers) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        return await answer.text()


def values(text: str) -> dict[str, float]:
    return {
        "".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_they_tell_what_goes_on(world: World) -> None:
    before = values(await scraped(world))
    assert before["gatekeeper_people"] == before["gatekeeper_rooms"] == 0
    ann, ben = await world.meeting("Ann", "Ben")

    after = values(await scraped(world))

    assert after["gatekeeper_people"] == after["gatekeeper_sockets"] == 2
    assert after["gatekeeper_rooms"] == after["gatekeeper_rooms_opened_total"] == 1
    assert after["gatekeeper_readyledger"] == after["gatekeeper_readydisk"] == 1
    await ben.say(type="leave")
    await ann.hears("left")
    assert values(await scraped(world))["gatekeeper_people"] == 1


async def test_a_flood_and_a_crash_are_counted(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path / "data", limits={"rooms_per_address": 1})
    async with start(config) as world:
        (ann,) = await world.meeting("Ann")
        for _ in range(3):
            async with world.http.post(
                f"{world.url}/api/rooms",
                json={"title": "x", "language": "en", "features": []},
            ) as answer:
                assert answer.status == 429
        await crashing(world, ann.room)

        told = values(await scraped(world))

        assert told["gatekeeper_rate_limited_total"] == 3
        assert told["gatekeeper_rooms_crashed_total"] == 1


@pytest.mark.parametrize(
    ("fields", "given"),
    [
        ({"X-Forwarded-For": "127.0.0.1"}, {}),
        ({"Forwarded": "for=127.0.0.1"}, {}),
        ({"Via": "1.1 somebody"}, {}),
        ({}, {"operations": {"metrics_from": ["192.0.2.0/24"]}}),
        ({"X-Forwarded-For": "192.0.2.1"}, {"operations": {"metrics_from": []}}),
        (
            {"X-Forwarded-For": "127.0.0.1"},
            {"server": {"port": 0, "trusted_proxies": ["127.0.0.1", "::1"]}},
        ),
    ],
)
async def test_nobody_else_reads_them(
    tmp_path: Path, fields: dict[str, str], given: dict[str, Any]
) -> None:
    async with start(configured(tmp_path / "data", **given)) as world:
        async with world.http.get(f"{world.url}/metrics", headers=fields) as answer:
            told = await answer.json()

        assert (answer.status, told["code"]) == (403, "not-allowed")


# ---- Rule 8 -----------------------------------------------------------------------

Way = Callable[[Person, Person], Awaitable[None]]


async def refuses(host: Person, one: Person) -> None:
    await one.refuse(MINUTES)
    await one.hears("decided")


async def is_silent(host: Person, one: Person) -> None:
    await one.settle()


async def agrees(host: Person, one: Person) -> None:
    await one.allow(MINUTES)
    await host.hears("sign", where=lambda sign: sign["on"])


async def takes_it_back(host: Person, one: Person) -> None:
    await agrees(host, one)
    await one.refuse(MINUTES)
    await host.hears("sign", since=len(host.heard) - 1, where=lambda s: not s["on"])


async def metrics_of(where: Path, way: Way) -> list[str]:
    """All that they say at each moment of one meeting."""
    async with start(configured(where)) as world:
        told = [await scraped(world)]
        ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
        told.append(await scraped(world))
        await ann.say(type="request", feature=MINUTES)
        for person in (ann, cat):
            await person.allow(MINUTES)
            await person.hears("decided")
        await way(ann, ben)
        told.append(await scraped(world))
        await ann.say(type="cancel", feature=MINUTES)
        await ann.settle()
        await ben.say(type="leave")
        await ann.hears("left")
        told.append(await scraped(world))
        await ann.say(type="end")
        for person in (ann, cat):
            await person.ended()
        told.append(await scraped(world))
    return told


async def test_P2_R8_paired_meetings_leave_the_same_bytes(tmp_path: Path) -> None:
    ways: tuple[Way, ...] = (refuses, is_silent, agrees, takes_it_back)
    traces = [
        await metrics_of(tmp_path / str(number), way) for number, way in enumerate(ways)
    ]

    for one, other in itertools.pairwise(traces):
        assert one == other


async def test_R8_nothing_of_answers_requests_or_what_is_kept_has_a_name_there(
    world: World,
) -> None:
    words = (
        "grant",
        "declin",
        "open_",
        "opening",
        "request",
        "receipt",
        "record",
        "tap",
        "file",
        "byte",
        "sink",
        "feature",
        "withdraw",
        "second",
        "process",
    )
    names = set(values(await scraped(world)))

    assert not [n for n in names for word in words if word in n]
