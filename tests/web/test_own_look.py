"""A place's own logo and colour: on every page, at any path, and running nothing."""

import html
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gatekeeper.web.assets import FOR_EVER
from tests.meeting.conftest import World, configured, start

PAGES = ("", "m/room", "m/room/after", "promise", "check", "allow")
WICKED = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NAME = 'A "house" & </head><script>alert(1)</script>'


@pytest.fixture(params=["/", "/meet/"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    logo = tmp_path / "logo.svg"
    logo.write_bytes(WICKED)
    server = {"port": 0, "host": "127.0.0.1", "base_path": request.param}
    place = {
        "name": NAME,
        "logo": logo,
        "accent": "#7a1f5c",
        "accent_dark": "#f0a5d4",
        "imprint": "/imprint",
        "privacy": "https://example.org/privacy",
    }
    config = configured(tmp_path / "data", server=server, place=place)
    async with start(config) as world:
        world.url += request.param
        yield world


async def test_each_page_tells_whose_place_it_is_and_what_it_names_is_there(
    world: World,
) -> None:
    base = "/" + world.url.split("/", 3)[3]
    origin = world.url.removesuffix(base)
    for page in PAGES:
        async with world.http.get(world.url + page) as answer:
            text = await answer.text()
        assert "<script>alert" not in text
        (content,) = re.findall(
            r'<meta name="gatekeeper-place" content="(.*)" />', text
        )
        said = json.loads(html.unescape(content))
        assert said["name"] == NAME
        assert said["imprint"] == "/imprint"
        assert said["privacy"] == "https://example.org/privacy"
        styles = re.findall(r'<link rel="stylesheet" href="(.*)" />', text)
        assert styles[-1].startswith(f"{base}place/colour-")

        async with world.http.get(origin + styles[-1]) as answer:
            assert answer.content_type == "text/css"
            assert answer.headers["Cache-Control"] == FOR_EVER
            assert "light-dark(#7a1f5c, #f0a5d4)" in await answer.text()
        async with world.http.get(origin + said["logo"]) as answer:
            assert answer.status == 200
            assert answer.content_type == "image/svg+xml"
            assert await answer.read() == WICKED
            policy = answer.headers["Content-Security-Policy"]
            assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with world.http.get(f"{world.url}place/logo-0") as answer:
        assert answer.status == 404


async def test_a_place_that_says_nothing_changes_no_page(tmp_path: Path) -> None:
    async with start(configured(tmp_path / "data")) as world:
        async with world.http.get(f"{world.url}/") as answer:
            text = await answer.text()
        async with world.http.get(f"{world.url}/place/") as answer:
            assert answer.status == 404

    assert "place" not in text
