"""What cannot run says so; what gives words away is not asked for unasked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.conftest import serving, turned
from tests.meeting.conftest import World
from tests.meeting.person import Frame, Person

ELSEWHERE = {"base_url": "https://ai.example.com/v1", "model": "large"}
PRIVATE = {"Sec-GPC": "1"}


async def test_without_an_engine_a_feature_says_so_and_cannot_be_requested(
    tmp_path: Path,
) -> None:
    async with serving(tmp_path / "data", speech={"engine": "none"}) as world:
        async with world.http.get(f"{world.url}/api/features") as answer:
            offer = {f["id"]: f for f in (await answer.json())["features"]}
        room, secret = await world.room("transcript", "summary", "compose")
        mara = await world.person(room, "Mara")
        facts = {f["id"]: f for f in mara.facts["features"]}
        await mara.join(host=secret, allow=("transcript",))
        await mara.say(type="request", feature="transcript")
        refused = await mara.hears("fault")
        await mara.settle()

    assert "[speech] engine" in facts["transcript"]["unavailable"]
    assert offer["summary"]["unavailable"] == facts["summary"]["unavailable"]
    assert facts["compose"]["unavailable"] is None
    assert refused["code"] == "feature-unavailable"
    assert refused["detail"] == facts["transcript"]["unavailable"]
    assert not [f for f in mara.heard if f["type"] == "sign" and f["on"]]


async def test_a_browser_that_says_gpc_is_not_asked_for_third_parties(
    tmp_path: Path,
) -> None:
    async with serving(tmp_path / "data", ai=ELSEWHERE) as world:
        room, secret = await world.room("recording", "compose")
        mara = await world.person(room, "Mara")
        await mara.join(host=secret)
        private = await arrives(world, room, PRIVATE)
        plain = await arrives(world, room, {"Sec-GPC": "0"})
        for feature in ("compose", "recording"):
            await mara.say(type="request", feature=feature)
            await mara.hears("requested", where=about(feature))
        await private.settle()
        await plain.settle()

    assert private.facts["gpc"] is True
    assert plain.facts["gpc"] is False
    third = {f["id"]: f["third_party"] for f in private.facts["features"]}
    assert third == {"recording": False, "compose": True}
    assert asked(private) == ["recording"]
    assert asked(plain) == asked(mara) == ["compose", "recording"]


async def test_who_is_not_asked_may_allow_all_the_same(tmp_path: Path) -> None:
    async with serving(tmp_path / "data", ai=ELSEWHERE) as world:
        room, secret = await world.room("compose")
        mara = await world.person(room, "Mara")
        await mara.join(host=secret, allow=("compose",))
        private = await arrives(world, room, PRIVATE)
        await mara.say(type="request", feature="compose")
        await mara.hears("requested")
        assert not [f for f in mara.heard if f["type"] == "sign" and f["on"]]
        await private.allow("compose")
        await mara.hears("sign", where=turned("compose", on=True))


async def arrives(world: World, room: Any, headers: dict[str, str]) -> Person:
    """Somebody whose browser sends these headers with everything."""
    guest = await world.person(room, f"Guest {headers}")
    async with world.http.get(
        f"{world.url}/api/rooms/{room}", headers=headers
    ) as answer:
        guest.facts = await answer.json()
    guest.headers = headers
    await guest.join()
    return guest


def about(feature: str) -> Callable[[Frame], bool]:
    return lambda frame: frame["feature"] == feature


def asked(person: Person) -> list[str]:
    return [f["feature"] for f in person.heard if f["type"] == "asked"]


@pytest.mark.parametrize("header", ["0", "true", ""])
async def test_only_the_exact_value_means_gpc(tmp_path: Path, header: str) -> None:
    async with (
        serving(tmp_path / "data") as world,
        world.http.get(
            f"{world.url}/api/rooms/{(await world.room('compose'))[0]}",
            headers={"Sec-GPC": header},
        ) as answer,
    ):
        assert (await answer.json())["gpc"] is False
