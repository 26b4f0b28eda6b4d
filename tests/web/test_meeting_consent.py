"""What may be asked in a room, by its address; and nothing of who is there."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.config.locales import locales
from gatekeeper.consent.types import FeatureId, RoomId
from tests.meeting.conftest import World, start
from tests.services.conftest import a_service, open_to_services

WHERE = "/.well-known/meeting-consent"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with start(open_to_services(tmp_path / "data")) as world:
        yield world


async def told(world: World, room: str) -> tuple[int, Any]:
    async with world.http.get(f"{world.url}{WHERE}/{room}") as answer:
        return answer.status, await answer.json()


async def test_it_says_what_may_be_asked_in_which_words_and_by_whom(
    world: World,
) -> None:
    room, _ = await world.room("minutes", "recording")
    async with world.http.get(f"{world.url}/api/rooms/{room}") as answer:
        lobby = await answer.json()
    status, said = await told(world, room)

    assert status == 200
    assert said["controller"] == lobby["controller"]
    assert said["languages"] == list(locales())
    assert [(f["id"], f["run"]) for f in said["features"]] == [
        ("minutes", "elsewhere"),
        ("recording", "here"),
    ]
    for shown, known in zip(said["features"], lobby["features"], strict=True):
        assert shown["notices"] == known["notices"]
        assert shown["kinds"] == known["kinds"]
        assert shown["offered"]
    assert said["apply"] == {
        "people": f"{world.url}/m/{room}",
        "permits": None,
        "document": f"{world.url}/api/openapi.json",
        "keys": f"{world.url}/.well-known/jwks.json",
    }


async def test_of_a_services_room_it_says_where_permits_are_lent(
    world: World, tmp_path: Path
) -> None:
    async with a_service(world, open_to_services(tmp_path / "data")) as service:
        opened = await service.opens()
    _, said = await told(world, opened["room"])

    assert said["mode"] == "gate"
    permits = f"{world.url}/api/v1/rooms/{opened['room']}/permits"
    assert said["apply"]["permits"] == permits


async def test_who_is_there_and_what_they_do_changes_nothing_of_it(
    world: World,
) -> None:
    room, host = await world.room("minutes")
    before = await told(world, room)
    ann, ben = [await world.person(RoomId(room), name) for name in ("Ann", "Ben")]
    await ann.join(host=host)
    await ben.join()
    await ben.settle()
    await ann.say(type="request", feature="minutes")
    for person in (ann, ben):
        await person.allow("minutes")
    await ann.hears("sign", where=lambda sign: sign["on"])

    assert await told(world, room) == before
    text = str(before)
    assert "Choosing an offer" not in text, "no title"
    assert host not in text

    await world.offers.switches.forbid(FeatureId("minutes"))
    _, off = await told(world, room)
    assert off["features"][0]["offered"] is False
    off["features"][0]["offered"] = True
    assert off == before[1]


async def test_only_rooms_that_there_are_have_one(world: World) -> None:
    room, host = await world.room("minutes")
    ann = await world.person(RoomId(room), "Ann")
    await ann.join(host=host)
    await ann.say(type="end")
    await ann.ended()
    for wanted, status, code in (
        (room, 410, "room-ended"),
        ("x" * 22, 404, "unknown-room"),
        ("%2e%2e", 404, "nothing-there"),
    ):
        for accept in ("application/json", BROWSER):
            async with world.http.get(
                f"{world.url}{WHERE}/{wanted}", headers={"Accept": accept}
            ) as answer:
                said = await answer.json()
                assert answer.status == status
                assert said["code"] in (code, "not-found", "unknown-room")


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("text/html;q=0.5, application/json;q=0.4", True),
        ("application/json", False),
        ("*/*", False),
        ("", False),
        ("text/html;q=0", False),
        ("text/html;q=0.5, application/json", False),
        ("text/html;q=x, application/json;q=y", False),
        ("text/html;q=nan", False),
        (";;,;q=1,text/htmlx", False),
    ],
)
async def test_a_browser_gets_a_page_and_a_program_json(
    world: World, accept: str, page: bool
) -> None:
    room, _ = await world.room("minutes")
    async with world.http.get(
        f"{world.url}{WHERE}/{room}", headers={"Accept": accept}
    ) as answer:
        text = await answer.text()
        assert answer.status == 200
        assert answer.content_type == ("text/html" if page else "application/json")
        assert answer.headers["Vary"] == "Accept, Origin"
        policy = answer.headers["Content-Security-Policy"]

    assert ("pages/asked.js" in text) == page
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_keys_are_where_libraries_look_for_them(world: World) -> None:
    said = []
    for name in ("gatekeeper-keys.json", "jwks.json"):
        async with world.http.get(f"{world.url}/.well-known/{name}") as answer:
            assert answer.content_type == "application/jwk-set+json"
            said.append(await answer.json())

    assert said[0] == said[1]
    assert said[0]["keys"]
