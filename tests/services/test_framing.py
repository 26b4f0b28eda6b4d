"""Whose pages may frame a room: those that its key lists, while that is in force."""

import asyncio
from collections.abc import Mapping

from gatekeeper.app import desk
from gatekeeper.config import Config
from tests.meeting.conftest import World
from tests.services.conftest import Service

APP = "https://app.example.org"
OTHER = "http://localhost:3000"
Headers = Mapping[str, str]
ASKED = "/.well-known/meeting-consent"


async def a_framing_service(world: World, config: Config, *origins: str) -> Service:
    """One whose key lists these."""
    wanted = desk.MakeServiceKey(
        name="Clinic", scopes=("rooms",), origins=origins or (APP, OTHER)
    )
    (said, _) = await asyncio.to_thread(
        lambda: list(desk.ask(config.data.directory, wanted))
    )
    return Service(world.url, world.http, str(said["key"]))


async def headers_of(world: World, path: str, **sent: str) -> Headers:
    async with world.http.get(world.url + path, headers=sent) as answer:
        assert answer.status == 200
        return answer.headers


def ancestors(headers: Headers) -> list[str]:
    policy = dict(
        part.strip().split(" ", 1)
        for part in headers["Content-Security-Policy"].split(";")
    )
    return policy["frame-ancestors"].split()


async def test_just_the_listed_sites_may_frame_the_gate_of_a_room(
    world: World, config: Config
) -> None:
    service = await a_framing_service(world, config)
    room = (await service.opens())["room"]

    headers = await headers_of(world, f"/m/{room}/gate")

    assert ancestors(headers) == [APP, OTHER]
    assert "X-Frame-Options" not in headers
    async with world.http.get(f"{world.url}/api/rooms/{room}") as answer:
        facts = await answer.json()
    assert facts["mode"] == "gate"
    assert facts["framed_by"] == [APP, OTHER]


async def test_so_can_what_is_said_to_browsers_that_are_too_old_for_it(
    world: World, config: Config
) -> None:
    service = await a_framing_service(world, config)
    room = (await service.opens())["room"]

    headers = await headers_of(world, f"/m/{room}/gate/old")

    assert ancestors(headers) == [APP, OTHER]
    assert "X-Frame-Options" not in headers


async def test_no_other_page_can_be_framed(
    world: World, config: Config, service: Service
) -> None:
    framing = await a_framing_service(world, config)
    gate = (await framing.opens())["room"]
    meeting = (await framing.opens(mode="meeting"))["room"]
    unlisted = (await service.opens())["room"]
    own, _ = await world.room("minutes")

    for path in (
        f"/m/{gate}",
        f"/m/{gate}/after",
        f"/m/{meeting}/gate",
        f"/m/{unlisted}/gate",
        f"/m/{unlisted}/gate/old",
        f"/m/{own}/gate",
        "/m/nosuchroomnosuchroom/gate",
        "/m/nosuchroomnosuchroom/gate/old",
        "/static/old/old.html",
        "/",
    ):
        headers = await headers_of(world, path)
        assert ancestors(headers) == ["'none'"], path
        assert headers["X-Frame-Options"] == "DENY", path


async def test_a_revoked_key_has_nothing_framed(world: World, config: Config) -> None:
    service = await a_framing_service(world, config)
    room = (await service.opens())["room"]
    revoke = desk.RevokeServiceKey(id=service.id)

    await asyncio.to_thread(lambda: list(desk.ask(config.data.directory, revoke)))

    assert ancestors(await headers_of(world, f"/m/{room}/gate")) == ["'none'"]


async def test_what_may_be_asked_is_read_by_the_listed_sites_alone(
    world: World, config: Config
) -> None:
    service = await a_framing_service(world, config, APP)
    room = (await service.opens())["room"]
    path = f"{ASKED}/{room}"
    allowed = "Access-Control-Allow-Origin"

    headers = await headers_of(world, path, Origin=APP)
    assert headers[allowed] == APP
    assert "Origin" in headers["Vary"]

    for origin in (OTHER, "null", f"{APP}.evil.example"):
        assert allowed not in await headers_of(world, path, Origin=origin)
    assert "Origin" in (await headers_of(world, path))["Vary"]


async def test_the_element_may_be_loaded_by_every_page(world: World) -> None:
    headers = await headers_of(world, "/embed/consent-gate.js")

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Cache-Control"].startswith("public, max-age=")
    known = {"If-None-Match": headers["ETag"]}
    where = f"{world.url}/embed/consent-gate.js"
    async with world.http.get(where, headers=known) as answer:
        assert answer.status == 304


async def test_a_socket_is_opened_by_no_page_of_a_listed_site(
    world: World, config: Config
) -> None:
    service = await a_framing_service(world, config)
    room = (await service.opens())["room"]
    where = f"{world.url}/api/rooms/{room}/socket"
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Origin": APP}

    async with world.http.get(where, headers=upgrade) as answer:
        assert answer.status == 403
