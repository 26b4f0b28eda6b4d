"""A server below a path of somebody else's host, its proxy taking that away or not."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
import pytest
from aiohttp import web

from gatekeeper import create_app
from gatekeeper.app.wiring.http import make_app
from gatekeeper.config import Config, parse
from gatekeeper.config.base_path import OURS
from gatekeeper.errors import ConfigInvalid
from tests.after.conftest import recorded
from tests.face.test_create_app import given, opened, served
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Person

BASE = "/meet/"
_IN_PAGES = re.compile(r'(?:href|src)="([^"]*)"')
_IN_MODULES = re.compile(r"^(?:import|export)\b[^'\"]*?'(\.[^']+)'", re.MULTILINE)
_IN_STYLES = re.compile(r"url\(['\"]?([^'\")]+)")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A server that is asked below its path."""
    server = {"port": 0, "host": "127.0.0.1", "base_path": BASE}
    async with start(configured(tmp_path / "data", server=server)) as world:
        world.url += BASE.rstrip("/")
        yield world


def origin(world: World) -> str:
    return world.url.removesuffix(BASE.rstrip("/"))


def named(kind: str, text: str) -> list[str]:
    """What a page, a module or a style names, as it stands there."""
    pattern = {"text/html": _IN_PAGES, "text/css": _IN_STYLES}.get(kind, _IN_MODULES)
    return pattern.findall(text) if kind != "image/svg+xml" else []


async def crawled(
    http: aiohttp.ClientSession, pages: list[str], *, stripped: bool
) -> set[str]:
    """Every address that is reached from these pages; each is there."""
    seen: set[str] = set()
    left = list(pages)
    while left:
        url = left.pop().partition("#")[0]
        if url in seen or url.startswith("data:"):
            continue
        seen.add(url)
        asked = url.replace(BASE, "/", 1) if stripped else url
        async with http.get(asked) as answer:
            assert answer.status == 200, asked
            text = (await answer.read()).decode(errors="replace")  # a picture, too
            left += [urljoin(url, each) for each in named(answer.content_type, text)]
    return seen


@pytest.mark.parametrize("stripped", [False, True])
async def test_every_address_of_pages_modules_and_styles_is_below_it(
    world: World, stripped: bool
) -> None:
    room, _ = await world.room()
    pages = ["/", "/promise", "/check", "/verify", f"/m/{room}", f"/m/{room}/after"]

    seen = await crawled(
        world.http, [world.url + page for page in pages], stripped=stripped
    )

    assert len(seen) > 150
    assert [url for url in seen if not url.startswith(f"{world.url}/")] == []


def addresses(told: Any) -> Iterator[str]:
    """Every path that a JSON document holds."""
    if isinstance(told, str):
        yield from [told] if told.startswith("/") else []
    elif isinstance(told, dict):
        for each in told.values():
            yield from addresses(each)
    elif isinstance(told, list):
        for each in told:
            yield from addresses(each)


async def test_a_meeting_is_held_and_its_page_names_nothing_elsewhere(
    world: World,
) -> None:
    past = await recorded(world, "Mara", "Tomas")
    async with past.visit(world.url, "Tomas") as visit:
        await visit.until("film", "ready")
        told = list(addresses(await visit.page()))
        assert len(told) >= 5
        for path in told:
            assert path.startswith(f"{BASE}api/rooms/{past.room}/after/")
            async with visit.http.get(origin(world) + path) as answer:
                assert answer.status == 200, path
                await answer.read()
        assert all(
            cookie["path"] == f"{BASE}api/rooms/{past.room}/after"
            for cookie in visit.http.cookie_jar
        )
        async with visit.http.delete(f"{visit.root}/session") as answer:
            assert answer.status == 204
        async with visit.http.get(visit.root) as answer:
            assert answer.status == 401


async def test_the_path_without_its_last_slash_leads_to_it(world: World) -> None:
    async with world.http.get(world.url, allow_redirects=False) as answer:
        assert answer.status == 308
        assert urljoin(world.url, answer.headers["Location"]) == f"{world.url}/"
    for path in ("/meeting/", "/meet/meet/", "/meet/nothing"):
        async with world.http.get(origin(world) + path) as answer:
            assert (await answer.json())["code"] == "not-found"
            assert "Content-Security-Policy" in answer.headers


async def test_what_is_refused_at_the_root_is_refused_below_it(world: World) -> None:
    room, _ = await world.room()
    foreign = {"Origin": "https://evil.example"}
    new = {"title": "A room", "language": "en", "features": ["minutes"]}
    async with world.http.post(
        f"{world.url}/api/rooms", json=new, headers=foreign
    ) as answer:
        assert (await answer.json())["code"] == "other-site"
    for path in ("/m/%00", "/api/rooms/a%20b", f"/api/rooms/{room}/after/%0d/film"):
        async with world.http.get(world.url + path) as answer:
            assert answer.status in (404, 410), path


async def test_it_is_mounted_below_a_path_of_an_application(tmp_path: Path) -> None:
    config = given(tmp_path / "data") | {"server": {"base_path": "/rooms/here"}}
    root = web.Application()
    root.add_subapp("/rooms/here/", create_app(config))
    async with served(root) as url, aiohttp.ClientSession() as http:
        ours = f"{url}/rooms/here"
        room, secret = await opened(http, ours)
        async with Person(http, ours, room, "Ada") as ada:
            await ada.join(host=secret)
        seen = await crawled(http, [f"{ours}/", f"{ours}/m/{room}"], stripped=False)
        assert len(seen) > 100
        assert all(each.startswith(f"{ours}/") for each in seen)


# ---- The configuration ------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "base"),
    [
        ("/", "/"),
        ("", "/"),
        ("/meet/", "/meet/"),
        ("meet", "/meet/"),
        ("/a/b", "/a/b/"),
    ],
)
def test_a_base_path_has_a_slash_at_both_ends(said: str, base: str) -> None:
    assert parse({"server": {"base_path": said}}).server.base_path == base


@pytest.mark.parametrize(
    "said",
    [
        "/a b/", "/ä/", "/../", "/a/./b/", "/a//b/", "/%41/", "/a?b/", "/a#b", "/{x}/",
        "https://example.org/meet/", '/"/', "/" + "a" * 65 + "/", "/a" * 9,
        *(f"/{first}/" for first in OURS), "/x/static/",
    ],
)  # fmt: skip
def test_what_cannot_be_a_base_path_is_told_with_what_can(said: str) -> None:
    with pytest.raises(ConfigInvalid, match=r'^server\.base_path: .*"/meet/"'):
        parse({"server": {"base_path": said}})


def test_no_base_path_is_how_an_address_of_ours_begins() -> None:
    app, _ = make_app(Config())
    firsts = {
        urlsplit(resource.canonical).path.lstrip("/").split("/")[0]
        for resource in app.router.resources()
    }

    assert firsts - {""} == OURS
