"""Whose pages may ask for what, under which names."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.meeting.conftest import World, configured, start

NEW = {"title": "A room", "language": "en", "features": ["minutes"]}


async def opened(world: World, headers: Mapping[str, str]) -> tuple[int, str]:
    """What becomes of a request to open a room: the status, and the code of a fault."""
    url = f"{world.url}/api/rooms"
    async with world.http.post(url, json=NEW, headers=headers) as answer:
        said = await answer.json()
        return answer.status, said.get("code", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "https://{host}"},
        {"Origin": "http://{host}.evil.example"},
        {"Origin": "http://{host}@evil.example"},
        {"Origin": "http://{host}/path"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "nonsense", "Origin": "http://{host}"},
    ],
    ids=str,
)
async def test_no_page_of_another_site_changes_anything_or_opens_a_socket(
    world: World, headers: dict[str, str]
) -> None:
    host = urlsplit(world.url).netloc
    sent = {name: value.format(host=host) for name, value in headers.items()}
    room, _ = await world.room()

    assert await opened(world, sent) == (403, "other-site")
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await world.http.ws_connect(
            f"{world.url}/api/rooms/{room}/socket", headers=sent
        )
    assert refused.value.status == 403
    after = f"{world.url}/api/rooms/{room}/after/session"
    async with world.http.delete(after, headers=sent) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://{host}", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
async def test_our_own_page_and_what_is_no_browser_may(
    world: World, headers: dict[str, str]
) -> None:
    host = urlsplit(world.url).netloc

    status, _ = await opened(
        world, {name: value.format(host=host) for name, value in headers.items()}
    )

    assert status == 201


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "[", "a b", "localhost:x"),
        *("evil@localhost", "localhost/x", "localhost#x", f"localhost:{'0' * 3000}80"),
        f"[fe80::1%{'x' * 3000}]",
    ],
    ids=lambda host: host[:20],
)
async def test_a_name_of_somebody_elses_that_leads_here_is_refused(
    world: World, host: str
) -> None:
    for path in ("/", "/api/features", "/static/index.js"):
        async with world.http.get(world.url + path, headers={"Host": host}) as answer:
            assert answer.status in (400, 421)
            if answer.status == 421:
                assert (await answer.json())["code"] == "other-host"


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:8080", "192.0.2.1"]
)
async def test_addresses_and_the_names_of_the_machine_are_ours(
    world: World, host: str
) -> None:
    async with world.http.get(f"{world.url}/", headers={"Host": host}) as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert f"connect-src 'self' ws://{host};" in policy


async def test_an_admin_names_the_server_and_a_proxy_says_how_it_is_reached(
    tmp_path: Path,
) -> None:
    server = {
        "host": "127.0.0.1",
        "port": 0,
        "names": ["Meet.Example.org"],
        "trusted_proxies": ["127.0.0.1"],
    }
    async with start(configured(tmp_path / "data", server=server)) as world:
        through = {"Host": "meet.example.org", "X-Forwarded-Proto": "https"}
        page = {**through, "Origin": "https://meet.example.org"}
        async with world.http.get(f"{world.url}/", headers=through) as answer:
            policy = answer.headers["Content-Security-Policy"]

        assert "connect-src 'self' wss://meet.example.org;" in policy
        assert await opened(world, page) == (201, "")
        assert (await opened(world, page | {"X-Forwarded-Proto": "http"}))[0] == 403
        assert (await opened(world, page | {"Host": "other.example.org"}))[0] == 421
