"""
The admin's guide, word for word: its blocks are read out of it and run.

What is another here is in `Site.fitted`: ports, files, and the addresses of this test.
"""

import asyncio
import re
import shutil
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from gatekeeper.clock import Clock
from gatekeeper.config import Config, parse
from gatekeeper.meeting.ice import IceServers, IceSource
from tests.face.test_create_app import Here
from tests.meeting.conftest import World, configured, start
from tests.meeting.test_ice import allocated
from tests.turn import SECRET, Turn, free_port, listens
from tests.web.certificates import Pair

GUIDE = (Path(__file__).parents[2] / "docs" / "admin.md").read_text("utf-8")
NAME = "meet.example.org"
NEW = {"title": "A room", "language": "en", "features": ["minutes"]}


def block(kind: str) -> str:
    """The block of the guide that begins so."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    return str(found)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a proxy of the guide listens in a test, and what is behind it."""

    folder: Path
    pair: Pair
    port: int
    behind: int

    def fitted(self, text: str) -> str:
        """A block with the ports and files of this test."""
        for said, here in (
            ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(self.pair.file)),
            (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(self.pair.key)),
            ("127.0.0.1:8080", f"127.0.0.1:{self.behind}"),
            (
                f"{NAME} {{\n",
                f"https://{NAME}:{self.port} {{\n"
                f"    tls {self.pair.file} {self.pair.key}\n",
            ),
        ):
            text = text.replace(said, here)
        return text


def program(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin")
    if found is None:
        pytest.skip(f"There is no {name} here: the guide's words on it are not tested.")
    return found


@asynccontextmanager
async def running(port: int, *command: str, **more: Any) -> AsyncIterator[None]:
    """A server of somebody else's, from when it listens."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        **more,
    )
    try:
        await listens(port, process)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def nginx(site: Site, text: str) -> AsyncIterator[None]:
    temporary = "".join(
        f"{kind}_temp_path {site.folder};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = site.folder / "nginx.conf"
    whole.write_text(
        f"daemon off;\nmaster_process off;\npid {site.folder / 'pid'};\n"
        f"error_log {site.folder / 'error.log'};\nevents {{}}\n"
        f"http {{\n{temporary}{site.fitted(text)}}}\n"
    )
    started = (program("nginx"), "-c", str(whole), "-p", str(site.folder))
    async with running(site.port, *started):
        yield


@asynccontextmanager
async def caddy(site: Site, text: str) -> AsyncIterator[None]:
    whole = site.folder / "Caddyfile"
    whole.write_text(
        "{\n    admin off\n    auto_https disable_redirects\n}\n" + site.fitted(text)
    )
    started = (
        program("caddy"),
        "run",
        "--config",
        str(whole),
        "--adapter",
        "caddyfile",
    )
    home = {"HOME": str(site.folder), "XDG_DATA_HOME": str(site.folder)}
    async with running(site.port, *started, env=home):
        yield


PROXIES = {"nginx": nginx, "caddy": caddy}
BELOW = GUIDE.split("In nginx it is `", 1)[1].split("`", 1)[0]
"""What the guide puts in place of nginx's `location`."""
WAYS = {
    "nginx": ("nginx", "proxied", block("nginx")),
    "nginx, below a path": (
        "nginx", "path", block("nginx").replace("location / {", BELOW),
    ),
    "caddy": ("caddy", "proxied", block("caddyfile")),
    "caddy, below a path": ("caddy", "path", block("caddyfile path")),
    "caddy, that takes the path away": (
        "caddy", "path", block("caddyfile path").replace("handle ", "handle_path "),
    ),
}  # fmt: skip


def as_the_guide_has_it(kind: str, folder: Path, **more: Any) -> Config:
    """The guide's `[server]`, at a port that is free."""
    server = tomllib.loads(block(f"toml {kind}"))["server"] | {"port": 0}
    return configured(folder / "data", server=server, **more)


@pytest.mark.parametrize("way", WAYS)
async def test_a_meeting_behind_a_proxy_as_the_guide_has_it(
    tmp_path: Path, way: str
) -> None:
    kind, section, text = WAYS[way]
    program(kind)
    limits = {"rooms_per_address": 2}
    config = as_the_guide_has_it(section, tmp_path, limits=limits)
    pair = Pair(tmp_path, hosts=(NAME,))
    async with start(config) as world:
        behind = urlsplit(world.url).port or 0
        site = Site(tmp_path, pair, free_port(), behind)
        connector = aiohttp.TCPConnector(ssl=pair.trusted(), resolver=Here())
        async with (
            PROXIES[kind](site, text),
            aiohttp.ClientSession(connector=connector) as http,
        ):
            world.http = http
            world.url = f"https://{NAME}:{site.port}{config.server.base_path}".rstrip(
                "/"
            )
            await meets(world, f"https://{NAME}:{site.port}")
            assert await rooms_of_one_address(world) == [201, 429, 429]
            await world.stack.aclose()


async def meets(world: World, origin: str) -> None:
    """Two people meet, and one looks at the page afterwards."""
    mara, tomas = await world.meeting("Mara", "Tomas", allow=("minutes",))
    await mara.say(type="request", feature="minutes")
    await tomas.hears("sign", where=lambda frame: bool(frame["on"]))
    async with world.http.get(f"{world.url}/") as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" in answer.headers
    assert f"'self' {origin.replace('https', 'wss')};" in policy
    socket = f"{world.url}/api/rooms/{mara.room}/socket"
    async with world.http.ws_connect(socket, headers={"Origin": origin}) as own:
        assert (await own.receive_json())["type"] == "hello"
    for foreign in ("https://evil.example", origin.replace("https", "http")):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await world.http.ws_connect(socket, headers={"Origin": foreign})
    capability = next(f for f in mara.heard if f["type"] == "welcome")["after"]
    after = f"{world.url}/api/rooms/{mara.room}/after"
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    async with world.http.post(
        f"{after}/session", json={"capability": capability}, headers=headers
    ) as answer:
        assert answer.status == 204
        assert answer.cookies["__Secure-after"]["secure"]
    async with world.http.get(after) as answer:
        assert answer.status == 200


async def rooms_of_one_address(world: World) -> list[int]:
    """What becomes of opening rooms, as somebody else each time as one says."""
    found = []
    for number in range(3):
        forged = {
            "X-Forwarded-For": f"192.0.2.{number}",
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Host": "evil.example",
            "Forwarded": f"for=192.0.2.{number}",
        }
        async with world.http.post(
            f"{world.url}/api/rooms", json=NEW, headers=forged
        ) as answer:
            found.append(answer.status)
    return found


async def test_a_meeting_over_tls_as_the_guide_has_it(tmp_path: Path) -> None:
    pair = Pair(tmp_path, hosts=(NAME,))
    server = tomllib.loads(block("toml direct"))["server"]
    assert set(server) == {"host", "port", "names", "tls_certificate", "tls_key"}
    here = {"port": 0, "tls_certificate": pair.file, "tls_key": pair.key}
    async with start(configured(tmp_path / "data", server=server | here)) as world:
        connector = aiohttp.TCPConnector(ssl=pair.trusted(), resolver=Here())
        async with aiohttp.ClientSession(connector=connector) as http:
            world.http = http
            world.url = f"https://{NAME}:{urlsplit(world.url).port}"
            await meets(world, world.url)
            await world.stack.aclose()


async def test_the_guides_relay_lets_in_who_has_a_seat(tmp_path: Path) -> None:
    turnserver = program("turnserver")
    port, secure = free_port(), free_port()
    text = block("conf").replace("THE-SECRET", SECRET)
    for said, here in (
        ("listening-port=.*", f"listening-port={port}\nlistening-ip=127.0.0.1"),
        ("tls-listening-port=.*", f"tls-listening-port={secure}"),
        ("(cert|pkey)=.*", ""),  # without them it speaks no TLS
    ):
        text = re.sub(f"^{said}$", here, text, flags=re.MULTILINE)
    whole = tmp_path / "turnserver.conf"
    whole.write_text(text)
    more = (
        "--log-file=stdout",
        f"--pidfile={tmp_path / 'pid'}",
        f"--userdb={tmp_path / 'db'}",
    )
    async with running(port, turnserver, "-c", str(whole), *more, cwd=tmp_path):
        source = IceSource((f"turn:127.0.0.1:{port}",), secret=SECRET)
        ice = IceServers([source], relay_only=True, life=3600, clock=Clock().now)
        (told,) = ice.issue().servers
        turn = Turn(port, whole)
        assert await allocated(turn, told.username or "", told.credential or "")
        assert not await allocated(turn, told.username or "", "guessed")


def test_what_the_guide_says_of_stun_and_turn_is_good(tmp_path: Path) -> None:
    secret = tmp_path / "turn-secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    text = block("toml turn").replace("/etc/gatekeeper/turn-secret", str(secret))

    ice = parse(tomllib.loads(text + block("toml relay"))).ice

    assert ice.relay_only
    assert ice.servers[0].secret("") == SECRET
