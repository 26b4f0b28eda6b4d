"""From the outside in: each planted fault is named, and what is healthy is not."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from gatekeeper.app.cli import main
from gatekeeper.app.doctor.site import Address
from gatekeeper.clock import Clock
from gatekeeper.storage.directory import LEDGER
from gatekeeper.web.pages import HEADERS
from tests.doctor.conftest import Trusting, told
from tests.meeting.conftest import World, configured, start
from tests.turn import free_port
from tests.web.certificates import Pair
from tests.web.test_admin_guide import (
    BELOW,
    NAME,
    Site,
    as_the_guide_has_it,
    block,
    nginx,
)

PLAIN_PORTS: dict[int, int] = {}
"""Of HTTP, beside the port of TLS; `PLAIN` in what nginx is told."""


@asynccontextmanager
async def behind_nginx(
    folder: Path,
    trusting: Trusting,
    text: str,
    section: str = "proxied",
    hosts: tuple[str, ...] = (NAME,),
    **more: Any,
) -> AsyncIterator[tuple[World, Site]]:
    """A server as the guide has it, behind nginx as `text` has it."""
    pair = Pair(folder, hosts=hosts)
    trusting(pair.file)
    async with start(as_the_guide_has_it(section, folder, **more)) as world:
        site = Site(folder, pair, free_port(), urlsplit(world.url).port or 0)
        # Once the server has its own, since a port that was free may be taken by then.
        plain = free_port()
        PLAIN_PORTS[site.port] = plain
        async with nginx(site, text.replace("PLAIN", str(plain))):
            yield world, site


def at(site: Site, path: str = "") -> str:
    return f"https://{NAME}:{site.port}{path}"


# ---- Healthy ----------------------------------------------------------------------

HEALTHY = {
    "nginx": ("proxied", block("nginx"), ""),
    "nginx, below a path": (
        "path", block("nginx").replace("location / {", BELOW), "/meet/",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", HEALTHY)
async def test_of_a_healthy_site_nothing_bad_is_said(
    tmp_path: Path, trusting: Trusting, way: str
) -> None:
    section, text, path = HEALTHY[way]
    async with behind_nginx(tmp_path, trusting, text, section) as (_, site):
        found = await told(at(site, path))

    relay = "There is no STUN or TURN server"
    assert list(found.bad) == ["relay"], found.bad
    assert relay in found.bad["relay"]
    for check in ("certificate", "page", "headers", "files", "ready", "forwarded",
                  "websocket", "other sites", "clock"):  # fmt: skip
        assert found.grade(check) == "ok", check


async def test_nothing_is_left_of_its_room_and_nothing_of_it_is_told(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path / "data")
    async with start(config) as world:
        opened: list[Any] = []
        registry = world.registry
        first = registry.open

        async def noted(*args: Any, **more: Any) -> Any:
            made = await first(*args, **more)
            opened.append(made)
            return made

        registry.open = noted  # type: ignore[method-assign]
        found = await told(world.url, at=None)
        ((record, capability),) = opened
        async with world.http.get(f"{world.url}/api/rooms/{record.id}") as answer:
            assert answer.status == 410

    assert found.bad == {}
    assert record.id not in found.text
    assert capability not in found.text
    verified = await asyncio.to_thread(
        main, ["verify", "--config", str(written(tmp_path))]
    )
    assert verified == 0


def written(folder: Path, more: str = "") -> Path:
    file = folder / "doctor.toml"
    file.write_text(
        f"[server]\nport = 0\n[data]\ndirectory = '{folder / 'data'}'\n"
        f"reserve_mb = 0\n{more}"
    )
    assert (folder / "data" / LEDGER).exists()
    return file


# ---- Names and certificates -------------------------------------------------------


async def test_a_name_that_leads_nowhere() -> None:
    found = await told("https://nobody.invalid", at=None)

    assert "leads nowhere" in found.bad["name"]
    assert list(found.bad) == ["name"]
    assert found.grade("websocket") == "skipped"


async def test_a_port_where_nothing_listens() -> None:
    found = await told(f"https://localhost:{free_port()}", at=None)

    assert list(found.bad) == ["port"]
    assert "nothing listens there" in found.bad["port"]


CERTIFICATES = {
    "expired": ({"hosts": (NAME,), "begins": -40, "ends": -2}, "has expired"),
    "not yet": ({"hosts": (NAME,), "begins": 2, "ends": 40}, "not valid yet"),
    "another name": ({"hosts": ("other.example.org",)}, "for another name"),
    "unknown": ({"hosts": (NAME,)}, "its own issuer"),
    "soon": ({"hosts": (NAME,), "ends": 3}, "3 days left. It should have been renewed"),
}


@pytest.mark.parametrize("which", CERTIFICATES)
async def test_a_certificate_that_no_browser_believes(
    tmp_path: Path, trusting: Trusting, which: str
) -> None:
    more, said = CERTIFICATES[which]
    pair = Pair(tmp_path, **more)  # type: ignore[arg-type]
    trusting(tmp_path / "none" if which == "unknown" else pair.file)
    site = Site(tmp_path, pair, free_port(), free_port())
    async with nginx(site, block("nginx")):
        found = await told(at(site))

    assert said in found.bad["certificate"]
    if which != "soon":
        assert list(found.bad) == ["certificate"]  # and a browser goes no further
        assert found.grade("page") == "skipped"
    else:
        assert "answers 502" in found.bad["page"]


async def test_http_where_tls_is_meant(tmp_path: Path) -> None:
    async with start(configured(tmp_path / "data")) as world:
        port = urlsplit(world.url).port
        found = await told(f"https://127.0.0.1:{port}", at=None)

    assert "TLS does not come about" in found.bad["certificate"]


# ---- A proxy gone wrong -----------------------------------------------------------

GOOD = block("nginx")
ON = "proxy_pass http://127.0.0.1:8080;"
SENT = (*HEADERS, "Content-Security-Policy", "Strict-Transport-Security")
WRONG = {
    "no upgrade": (
        re.sub(r".*proxy_set_header (Upgrade|Connection).*\n", "", GOOD),
        {"websocket": "No WebSocket comes through"},
    ),
    "takes a header away": (
        GOOD.replace(ON, f"{ON} proxy_hide_header Content-Security-Policy;"),
        {"headers": "Content-Security-Policy is missing"},
    ),
    "takes all away": (
        GOOD.replace(ON, ON + "".join(f" proxy_hide_header {h};" for h in SENT)),
        {"headers": "\n".join(f".*{name} is missing.*" for name in SENT)},
    ),
    "forbids the camera": (
        GOOD.replace(ON, f'{ON} add_header Permissions-Policy "camera=()";'),
        {"headers": "Permissions-Policy is not as it was sent: .*camera=\\(\\) Have"},
    ),
    "a policy of its own": (
        GOOD.replace(
            ON, f"{ON} add_header Content-Security-Policy \"connect-src 'self'\";"
        ),
        {"headers": "does not let pages connect to wss://meet.example.org:"},
    ),
    "another Host": (
        GOOD.replace("$http_host", NAME),
        {
            "headers": "does not let pages connect to wss://meet.example.org:",
            "websocket": "refused a WebSocket \\(403\\)",
        },
    ),
    "does not say that it is TLS": (
        re.sub(r".*X-Forwarded-Proto.*\n", "", GOOD),
        {
            "headers": "does not let pages connect",
            "websocket": "refused a WebSocket \\(403\\)",
            "forwarded": "X-Forwarded-Proto is believed",
        },
    ),
    "passes a stranger's words on": (
        re.sub(r".*X-Forwarded-Host.*\n", "", GOOD),
        {"forwarded": "stranger's X-Forwarded-Host is believed"},
    ),
    "makes every page its own": (
        GOOD.replace(ON, f"{ON} proxy_set_header Origin https://$http_host;"),
        {"other sites": "any other site can open a WebSocket"},
    ),
    "makes browsers forget": (
        GOOD.replace(ON, f"{ON} expires -1; proxy_hide_header Cache-Control;"),
        {"files": "Browsers are not told to keep files"},
    ),
    "below a path that the server does not know": (
        GOOD.replace("location / {", "location /meet/ {").replace(
            "http://127.0.0.1:8080;", "http://127.0.0.1:8080/;"
        ),
        {"page": 'leads out of /meet/.*base_path = "/meet/"'},
    ),
    "a path that is not there": (
        GOOD.replace("location / {", "location /other/ {"),
        {"page": "answers 404: there is nothing at this path"},
    ),
    "another name": (
        GOOD.replace("$http_host", "other.example.org"),
        {"page": "answers 421: the server does not go by this name"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", WRONG)
async def test_a_proxy_gone_wrong_is_named(
    tmp_path: Path, trusting: Trusting, which: str
) -> None:
    text, said = WRONG[which]
    path = "/meet/" if "path" in which else ""
    async with behind_nginx(tmp_path, trusting, text) as (_, site):
        found = await told(at(site, path))

    for check, pattern in said.items():
        assert re.search(pattern, found.bad.get(check, "")), (check, found.bad)
        assert found.bad[check].startswith(("fault", "warning"))
    if "base_path" not in str(said):
        assert set(found.bad) - {"relay"} == set(said), found.bad


async def test_a_proxy_that_reaches_nobody(tmp_path: Path, trusting: Trusting) -> None:
    pair = Pair(tmp_path, hosts=(NAME,))
    trusting(pair.file)
    site = Site(tmp_path, pair, free_port(), free_port())
    async with nginx(site, GOOD):
        found = await told(at(site))

    assert list(found.bad) == ["page"]
    assert "the proxy does not reach the server" in found.bad["page"]


PLAIN = {
    "a redirect": ("return 301 https://$host$request_uri;", "ok", ""),
    "another name": ("return 301 https://other.example.org/;", "warning", "another"),
    "no redirect": ("return 200 here;", "fault", "who types http:// stays without"),
}


@pytest.mark.parametrize("which", PLAIN)
async def test_who_comes_without_tls_is_sent_on(
    tmp_path: Path, trusting: Trusting, which: str
) -> None:
    answer, grade, said = PLAIN[which]
    text = GOOD + f"server {{ listen 127.0.0.1:PLAIN; {answer} }}\n"
    async with behind_nginx(tmp_path, trusting, text) as (_, site):
        found = await told(at(site), plain_port=PLAIN_PORTS[site.port])

    assert found.grade("https") == grade
    assert said in found.bad.get("https", "")


async def test_a_site_without_tls_is_a_fault_save_on_its_own_machine(
    tmp_path: Path,
) -> None:
    server = {"port": 0, "host": "127.0.0.1", "names": [NAME]}
    async with start(configured(tmp_path / "data", server=server)) as world:
        port = urlsplit(world.url).port
        far, near = await asyncio.gather(
            told(f"http://{NAME}:{port}"), told(world.url, at=None)
        )

    assert "give no camera" in far.bad["https"]
    assert near.bad == {}


# ---- The clock --------------------------------------------------------------------


@pytest.mark.parametrize("off", [-600.0, 240.0, 20.0])
async def test_a_clock_that_is_off_is_named(tmp_path: Path, off: float) -> None:
    clock = Clock(wall=lambda: time.time() + off)
    async with start(configured(tmp_path / "data")) as world:
        found = await told(world.url, at=None, clock=clock)

    assert list(found.bad) == ["clock"]
    grade = "fault" if abs(off) > 60 else "warning"
    assert found.bad["clock"].startswith(f"{grade}: The server's clock")


# ---- Whoever answers ----------------------------------------------------------------

HOSTILE = {
    "nothing of ours": lambda _: web.Response(
        text="<p>hello", content_type="text/html"
    ),
    "a terminal's commands": lambda _: web.Response(
        status=418, text="\x1b[2J", headers={"Date": "\x1b]0;x"}
    ),
    "without end": lambda _: web.Response(body=b"x" * 5_000_000),
}


@pytest.mark.parametrize("which", HOSTILE)
async def test_what_is_not_gatekeeper_is_said_to_be_none(which: str) -> None:
    async with serving(HOSTILE[which]) as url:
        found = await told(url, at=None)

    assert list(found.bad) == ["page"]
    assert found.text.isprintable() or "\x1b" not in found.text


async def test_who_never_answers_costs_a_check_its_time_alone() -> None:
    async def silent(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with serving(silent) as url:
        found = await told(url, at=None, patience=0.5)

    assert "No answer within 0.5 seconds" in found.bad["page"]


@asynccontextmanager
async def serving(answer: Any) -> AsyncIterator[str]:
    """A server that answers everything so."""

    async def handle(request: web.Request) -> web.StreamResponse:
        made = answer(request)
        return await made if asyncio.iscoroutine(made) else made  # type: ignore[no-any-return]

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


SAID = {
    "nothing": "",
    "no JSON": "x",
    "another message": '{"type": "pong"}',
    "a welcome": '{"type": "hello"}',
    "too much": "x" * 1_000_000,
}


@pytest.mark.parametrize("what", SAID)
async def test_a_websocket_of_somebody_elses_is_said_to_be_one(
    tmp_path: Path, what: str
) -> None:
    async with start(configured(tmp_path / "data")) as world:

        async def answer(request: web.Request) -> web.StreamResponse:
            if "Upgrade" in request.headers:
                socket = web.WebSocketResponse()
                await socket.prepare(request)
                if SAID[what]:
                    await socket.send_str(SAID[what])
                await socket.close()
                return socket
            headers = {"Host": urlsplit(str(request.url)).netloc}
            async with world.http.get(
                f"{world.url}{request.path}", headers=headers
            ) as real:
                return web.Response(
                    status=real.status, text=await real.text(), headers={
                        name: value for name, value in real.headers.items()
                        if name not in ("Content-Type", "Content-Encoding",
                                        "Content-Length", "Transfer-Encoding")
                    },
                    content_type=real.content_type,
                )  # fmt: skip

        async with serving(answer) as url:
            found = await told(url, at=None)

    assert set(found.bad) == {"websocket", "other sites"}, found.bad
    assert "does not speak Gatekeeper's protocol" in found.bad["websocket"]


ADDRESSES = {
    "https://Meet.Example.org": ("https://meet.example.org", "/"),
    "https://meet.example.org:443/": ("https://meet.example.org", "/"),
    "https://example.org:8443/meet": ("https://example.org:8443/meet", "/meet/"),
    "http://[::1]:8080/a/b/": ("http://[::1]:8080/a/b", "/a/b/"),
    "https://treffen.köln": ("https://treffen.xn--kln-sna", "/"),
}  # fmt: skip


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_is_read_as_a_browser_does(url: str) -> None:
    address = Address.parse(url)

    assert (address.url, address.base) == ADDRESSES[url]
