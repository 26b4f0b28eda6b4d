"""The admin's guide on who may open rooms: its blocks are read out of it and run."""

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from gatekeeper.config import parse
from tests.face.test_create_app import Here
from tests.meeting.conftest import configured, start
from tests.sign_in.conftest import NEW, Browser
from tests.turn import free_port
from tests.web.certificates import Pair
from tests.web.test_admin_guide import NAME, Site, block, nginx, program

STRIPPED = 'proxy_set_header X-Forwarded-User "";'
FORGED = {"X-Forwarded-User": "eve", "X-Forwarded-Preferred-Username": "Eve"}


@pytest.mark.parametrize("kind", ["token", "oidc", "header"])
def test_each_configuration_of_the_guide_is_good(kind: str) -> None:
    config = parse(tomllib.loads(block(f"toml {kind}")))

    assert config.rooms.open_to == kind


@asynccontextmanager
async def oauth2_proxy() -> AsyncIterator[int]:
    """
    What nginx asks, as oauth2-proxy answers it; the port.

    Who has its cookie is signed in (`/oauth2/auth` says 202, and whom).
    """

    async def auth(request: web.Request) -> web.Response:
        if request.cookies.get("_oauth2_proxy") != "ana":
            return web.Response(status=401)
        said = {
            "X-Auth-Request-User": "ana",
            "X-Auth-Request-Preferred-Username": "Ana Roth",
        }
        return web.Response(status=202, headers=said)

    async def begin(request: web.Request) -> web.Response:
        response = web.Response(status=302, headers={"Location": request.query["rd"]})
        response.set_cookie("_oauth2_proxy", "ana")
        return response

    async def end(_: web.Request) -> web.Response:
        response = web.Response(status=302, headers={"Location": "/"})
        response.del_cookie("_oauth2_proxy")
        return response

    app = web.Application()
    app.router.add_get("/oauth2/auth", auth)
    app.router.add_get("/oauth2/start", begin)
    app.router.add_get("/oauth2/sign_out", end)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def written(folder: Path, asked: int) -> str:
    """The guide's server for nginx, with its part about signing on."""
    known = folder / "known.conf"
    text = block("nginx").replace(
        "    location / {\n",
        f"{block('nginx sign-on')}    location / {{\n        {STRIPPED}\n",
    )
    return text.replace("127.0.0.1:4180", f"127.0.0.1:{asked}").replace(
        "/etc/nginx/gatekeeper-known.conf", str(known)
    )


async def test_nginx_signs_people_in_as_the_guide_has_it_and_guests_need_nothing(
    tmp_path: Path,
) -> None:
    program("nginx")
    pair = Pair(tmp_path, hosts=(NAME,))
    given = tomllib.loads(block("toml header"))
    given["server"]["port"] = 0
    async with (
        start(configured(tmp_path / "data", **given)) as world,
        oauth2_proxy() as asked,
    ):
        site = Site(tmp_path, pair, free_port(), urlsplit(world.url).port or 0)
        (tmp_path / "known.conf").write_text(site.fitted(block("nginx known")))
        url = f"https://{NAME}:{site.port}"
        connector = aiohttp.TCPConnector(ssl=pair.trusted(), resolver=Here())
        async with (
            nginx(site, written(tmp_path, asked)),
            aiohttp.ClientSession(connector=connector) as http,
        ):
            mara = Browser(url, http, {"Origin": url})
            # Nobody signs themselves in, whatever they say and wherever.
            for path in ("/api/rooms", "//api/rooms", "/api/./rooms", "/api/%72ooms"):
                for forged in ({}, FORGED):
                    status, _ = await mara.said("POST", path, json=NEW, headers=forged)
                    assert status == 401, path
            status, _ = await mara.said("GET", "/api/sign-in", headers=FORGED)
            assert status == 401
            for path in ("/api/rooms/", "/api/rooms?x=y", "/API/rooms"):
                status, _ = await mara.said("POST", path, json=NEW, headers=FORGED)
                assert status in (401, 404, 405), path

            # There and back again, and a room.
            async with http.get(f"{url}/sign-in") as answer:
                assert (answer.status, str(answer.url)) == (200, f"{url}/")
            assert (await mara.who())["name"] == "Ana Roth"
            status, made = await mara.said("POST", "/api/rooms", json=NEW)
            assert status == 201
            # What she says of herself is not what counts.
            _, who = await mara.said("GET", "/api/sign-in", headers=FORGED)
            assert who["name"] == "Ana Roth"

            world.url, world.http = url, http
            http.cookie_jar.clear()
            guest = await world.person(made["room"], "Guest")
            guest.headers = {"Origin": url, **FORGED}
            await guest.join()
            async with http.get(f"{url}/api/features", headers=FORGED) as answer:
                assert answer.status == 200
            await world.stack.aclose()
