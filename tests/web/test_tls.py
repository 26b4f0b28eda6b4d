"""TLS without a proxy, and what is not said without it."""

import asyncio
import json
import shutil
import signal
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from structlog.testing import capture_logs

from gatekeeper.app import server as running_server
from gatekeeper.app.cli import main
from gatekeeper.app.wiring.address import require_cover
from gatekeeper.clock import Clock
from gatekeeper.config import Config, load, parse
from gatekeeper.errors import CannotListen, ConfigInvalid
from gatekeeper.web.tls import ServerCertificate
from tests.face.test_create_app import Here
from tests.meeting.conftest import World, configured, start
from tests.meeting.test_silence import joins_without_reading
from tests.start.test_directory import serving as serving_alone
from tests.start.test_directory import written
from tests.web.certificates import Pair


def secured(folder: Path, pair: Pair, **more: Any) -> Config:
    server = {
        "port": 0,
        "host": "localhost",
        "names": ["meet.test"],
        "tls_certificate": pair.file,
        "tls_key": pair.key,
    }
    return configured(folder / "data", server=server, **more)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


@asynccontextmanager
async def serving(config: Config, pair: Pair) -> AsyncIterator[World]:
    """A server with TLS, and a browser that trusts it."""
    async with start(config) as world:
        connector = aiohttp.TCPConnector(ssl=pair.trusted(), resolver=Here())
        async with aiohttp.ClientSession(connector=connector) as http:
            world.http = http
            yield world
            await world.stack.aclose()


async def shown(world: World) -> bytes:
    """The certificate that a new connection is shown."""
    return await shown_at(world.url)


async def shown_at(url: str) -> bytes:
    parts = urlsplit(url)
    anybody = ssl.create_default_context()
    anybody.check_hostname = False
    anybody.verify_mode = ssl.CERT_NONE
    _, writer = await asyncio.open_connection(parts.hostname, parts.port, ssl=anybody)
    try:
        own = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        assert isinstance(own, bytes)
        return own
    finally:
        writer.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - files are looked at by the clock
            await asyncio.sleep(0.02)


async def test_a_meeting_over_tls(tmp_path: Path, pair: Pair) -> None:
    async with serving(secured(tmp_path, pair), pair) as world:
        assert world.url.startswith("https://localhost:")
        port = urlsplit(world.url).port
        world.url = f"https://meet.test:{port}"
        mara, tomas = await world.meeting("Mara", "Tomas", allow=("minutes",))
        await mara.say(type="request", feature="minutes")
        await tomas.hears("sign", where=lambda frame: bool(frame["on"]))

        async with world.http.get(f"{world.url}/") as answer:
            said = answer.headers
        assert f"'self' wss://meet.test:{port};" in said["Content-Security-Policy"]
        assert said["Strict-Transport-Security"] == "max-age=31536000"
        async with world.http.get(f"https://localhost:{port}/") as answer:
            assert "Strict-Transport-Security" not in answer.headers
        after = f"{world.url}/api/rooms/{mara.room}/after"
        capability = next(f for f in mara.heard if f["type"] == "welcome")["after"]
        async with world.http.post(
            f"{after}/session", json={"capability": capability}
        ) as answer:
            assert answer.status == 204
            cookie = answer.cookies["__Secure-after"]
        assert cookie["secure"]
        assert cookie["path"] == urlsplit(after).path
        async with world.http.get(after) as answer:
            assert answer.status == 200
        async with world.http.delete(f"{after}/session") as answer:
            assert answer.cookies["__Secure-after"]["secure"]
        async with world.http.get(after) as answer:
            assert answer.status == 401


async def test_a_page_of_plain_http_is_another_site(tmp_path: Path, pair: Pair) -> None:
    async with serving(secured(tmp_path, pair), pair) as world:
        host = urlsplit(world.url).netloc
        new = {"title": "A room", "language": "en", "features": ["minutes"]}
        for scheme, status in (("http", 403), ("https", 201)):
            headers = {"Origin": f"{scheme}://{host}"}
            async with world.http.post(
                f"{world.url}/api/rooms", json=new, headers=headers
            ) as answer:
                assert answer.status == status


async def test_another_certificate_is_taken_up_and_a_wrong_one_is_not(
    tmp_path: Path, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gatekeeper.web.tls.LOOK_EVERY", 0.05)
    later = Pair(tmp_path, name="later")
    async with serving(secured(tmp_path, pair), pair) as world:
        assert await shown(world) == pair.der
        (mara,) = await world.meeting("Mara")
        with capture_logs() as logs:
            # As certbot does it: one file after the other.
            shutil.copy(later.file, pair.file)
            await until(lambda: any(e["event"] == "certificate.refused" for e in logs))
            assert await shown(world) == pair.der
            shutil.copy(later.key, pair.key)
            await until(lambda: any(e["event"] == "certificate.renewed" for e in logs))
        assert await shown(world) == later.der
        await mara.say(type="ping")
        await mara.hears("pong")
        pair.key.unlink()
        with capture_logs() as logs:
            await until(lambda: any(e["event"] == "certificate.refused" for e in logs))
        assert "cannot be read" in logs[0]["why"]
        assert await shown(world) == later.der


async def test_a_signal_has_it_look_at_once(tmp_path: Path, pair: Pair) -> None:
    config = secured(tmp_path, pair)
    renew = asyncio.Event()
    async with running_server.running(config, renew=renew):
        later = Pair(tmp_path, name="later")
        later.file.replace(pair.file)
        later.key.replace(pair.key)
        with capture_logs() as logs:
            renew.set()
            await until(lambda: any(e["event"] == "certificate.renewed" for e in logs))


async def test_a_process_of_its_own_outlives_the_signal_and_shows_the_new_one(
    tmp_path: Path, pair: Pair
) -> None:
    file = written(tmp_path)
    keys = f"tls_certificate = '{pair.file}'\ntls_key = '{pair.key}'\n[data]"
    file.write_text(file.read_text().replace("[data]", keys))
    async with serving_alone(file) as process:
        url = json.loads((tmp_path / "data" / "server.lock").read_text())["address"]
        assert await shown_at(url) == pair.der
        later = Pair(tmp_path, name="later")
        later.file.replace(pair.file)
        later.key.replace(pair.key)
        process.send_signal(signal.SIGHUP)
        async with asyncio.timeout(20):
            while await shown_at(url) != later.der:  # noqa: ASYNC110 - a process
                await asyncio.sleep(0.05)
        assert process.poll() is None


# ---- Who takes their time ---------------------------------------------------------


async def test_who_does_not_shake_hands_takes_a_place_and_no_longer_than_it_may(
    tmp_path: Path, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gatekeeper.web.listen.HANDSHAKE", 1.0)
    limits = {"connections_per_address": 8}
    async with serving(secured(tmp_path, pair, limits=limits), pair) as world:
        parts = urlsplit(world.url)

        async def silent() -> asyncio.StreamReader:
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            world.stack.callback(writer.close)
            return reader

        waiting = [await silent() for _ in range(8)]
        one_too_many = await silent()
        async with asyncio.timeout(20):
            assert await one_too_many.read() == b""
            for reader in waiting:  # a TLS alert at most
                await reader.read()
        assert await shown(world) == pair.der


async def test_who_does_not_read_is_cut_off_over_tls_too(
    tmp_path: Path, pair: Pair
) -> None:
    limits = {"message_burst": 10_000}
    async with serving(secured(tmp_path, pair, limits=limits), pair) as world:
        (ann,) = await world.meeting("Ann")
        ben = await world.person(ann.room, "Ben")
        await joins_without_reading(world, ben)
        await ann.hears("joined")

        for _ in range(290):  # 17 MB
            await ann.say(type="signal", to=ben.id, payload="v" * 60_000)

        assert not (await ann.hears("changed"))["person"]["present"]


async def test_what_is_no_tls_is_closed_without_a_word(
    tmp_path: Path, pair: Pair
) -> None:
    async with serving(secured(tmp_path, pair), pair) as world:
        parts = urlsplit(world.url)
        with capture_logs() as logs:
            for said in (
                b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                b"\x16\x03\x01" * 900,
                b"",
            ):
                reader, writer = await asyncio.open_connection(
                    parts.hostname, parts.port
                )
                writer.write(said)
                writer.write_eof()
                async with asyncio.timeout(20):
                    assert b"HTTP" not in await reader.read()
                writer.close()
        assert logs == []
        assert await shown(world) == pair.der


# ---- What is wrong with the files -------------------------------------------------


async def started(config: Config) -> None:
    async with running_server.running(config):
        pass


def missing(pair: Pair) -> None:
    pair.file.unlink()


def keyless(pair: Pair) -> None:
    pair.key.unlink()


def no_certificate(pair: Pair) -> None:
    pair.file.write_text("nothing")


def no_key(pair: Pair) -> None:
    pair.key.write_text("nothing")


def swapped(pair: Pair) -> None:
    pair.file.write_bytes(pair.key_pem())


def mismatched(pair: Pair) -> None:
    pair.key.write_bytes(Pair(pair.key.parent, name="other").key_pem())


def in_the_wrong_order(pair: Pair) -> None:
    other = Pair(pair.key.parent, name="other")
    pair.file.write_bytes(other.pem + pair.pem)


def locked(pair: Pair) -> None:
    pair.key.write_bytes(pair.key_pem(b"secret"))


def exposed(pair: Pair) -> None:
    pair.key.chmod(0o644)


def expired(pair: Pair) -> None:
    old = Pair(pair.key.parent, begins=-30, ends=-1, name="old")
    old.file.replace(pair.file)
    old.key.replace(pair.key)


def to_come(pair: Pair) -> None:
    new = Pair(pair.key.parent, begins=1, name="new")
    new.file.replace(pair.file)
    new.key.replace(pair.key)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (missing, r"server\.tls_certificate: .*own\.crt cannot be read \(No such file"),
        (keyless, r"server\.tls_key: .*own\.key cannot be read \(No such file"),
        (no_certificate, "holds no certificate in PEM form"),
        (no_key, "holds no private key in PEM form"),
        (swapped, "holds no certificate in PEM form"),
        (mismatched, r"server\.tls_key: .* is not the key of"),
        (in_the_wrong_order, "own certificate has to stand first"),
        (locked, "openssl pkey -in"),
        (exposed, "chmod 600"),
        (expired, "no longer valid since .* Have it renewed"),
        (to_come, "Check the clock"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said_before_anything_starts(
    tmp_path: Path,
    pair: Pair,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Pair], None],
    said: str,
) -> None:
    spoil(pair)

    with pytest.raises(ConfigInvalid, match=said):
        ServerCertificate(pair.file, pair.key, Clock().now)
    file = tmp_path / "config.toml"
    file.write_text(
        f"[server]\nport = 0\ntls_certificate = '{pair.file}'\ntls_key = '{pair.key}'\n"
        f"[data]\ndirectory = '{tmp_path / 'data'}'\n"
    )
    assert main(["check", str(file)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    with pytest.raises(ConfigInvalid, match=said):
        asyncio.run(started(load(file)))
    assert not (tmp_path / "data").exists()


def test_a_certificate_has_a_key() -> None:
    with pytest.raises(ConfigInvalid, match="tls_certificate and tls_key go together"):
        parse({"server": {"tls_certificate": "own.crt"}})


# ---- Where it does not listen without ---------------------------------------------


@pytest.mark.parametrize(
    "server",
    [
        {"host": "0.0.0.0"},  # noqa: S104
        {"host": "::"},
        {"host": "[::]"},
        {"host": "192.0.2.1"},
        {"host": "0.0.0.0", "trusted_proxies": ["127.0.0.1", "::1"]},  # noqa: S104
    ],
    ids=str,
)
def test_nobody_elsewhere_is_answered_without_tls(server: dict[str, Any]) -> None:
    with pytest.raises(CannotListen, match=r"tls_certificate .*plain_http = true"):
        require_cover(parse({"server": server}).server)


@pytest.mark.parametrize(
    "server",
    [
        {},
        {"host": "127.0.0.9"},
        {"host": "::1"},
        {"host": "no-such.invalid"},
        {"host": "0.0.0.0", "plain_http": True},  # noqa: S104
        {"host": "0.0.0.0", "trusted_proxies": ["172.16.0.0/12"]},  # noqa: S104
        {"host": "0.0.0.0", "trusted_proxies": ["unix"]},  # noqa: S104
        {"host": "0.0.0.0", "tls_certificate": "a", "tls_key": "b"},  # noqa: S104
    ],
    ids=str,
)
def test_with_tls_a_proxy_or_on_purpose_it_is(server: dict[str, Any]) -> None:
    require_cover(parse({"server": server}).server)


def test_a_server_that_would_be_reached_from_elsewhere_does_not_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        f"[server]\nport = 0\nhost = '0.0.0.0'\n"
        f"[data]\ndirectory = '{tmp_path / 'data'}'\n"
    )

    assert main(["check", str(file)]) == 2
    assert "server.plain_http = true" in capsys.readouterr().err
    with pytest.raises(CannotListen):
        asyncio.run(started(load(file)))
    assert not (tmp_path / "data").exists()


# ---- From http to https -------------------------------------------------------------


def redirecting(tmp_path: Path, pair: Pair) -> Config:
    config = secured(tmp_path, pair)
    server = config.server.model_copy(update={"redirect_port": 0})
    return config.model_copy(update={"server": server})


async def led(port: int, target: str, host: str, method: str = "GET") -> list[str]:
    """The head of the answer to a request with this target and `Host`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        head = (await asyncio.wait_for(reader.read(), 20)).partition(b"\r\n\r\n")[0]
        return head.decode().split("\r\n")
    finally:
        writer.close()


async def test_the_plain_port_leads_to_tls_and_nowhere_else(
    tmp_path: Path, pair: Pair
) -> None:
    config = redirecting(tmp_path, pair)
    async with running_server.running(config) as running:
        plain, secure = running.redirects_at, urlsplit(running.url).port
        assert plain is not None
        for host, path in (
            ("meet.test", "/"),
            ("meet.test:8080", "/m/abc?x=1&y=%2F%2f"),
            ("MEET.test.", "//evil.test/x"),
            ("localhost", "/api/rooms"),
            ("127.0.0.1", "/"),
        ):
            status, *fields = await led(plain, path, host)
            name = host.partition(":")[0].lower().rstrip(".")
            assert "308" in status
            assert f"Location: https://{name}:{secure}{path}" in fields
            assert not [f for f in fields if f.lower().startswith(("set-", "strict-"))]
        for host in (
            "evil.test",
            "10.1.2.3",
            "meet.test@evil.test",
            "",
            "[::7]",
            "x y",
        ):
            status, *fields = await led(plain, "/", host)
            assert status.split()[1] in ("400", "421")
            assert not [f for f in fields if f.lower().startswith("location")]
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            status, *fields = await led(plain, "/api/rooms", "meet.test", method)
            assert status.split()[1] == "405"
            assert not [f for f in fields if f.lower().startswith("location")]
        status, *fields = await led(plain, "/%0d%0aSet-Cookie:x", "meet.test")
        assert not [f for f in fields if f.lower().startswith("set-")]
        # A target that names another place is none of ours either.
        status, *fields = await led(plain, "http://evil.test/a", "meet.test")
        assert f"Location: https://meet.test:{secure}/a" in fields or "4" in status
        assert not [f for f in fields if "evil" in f]


async def test_a_crowd_at_the_plain_port_keeps_nobody_from_tls(
    tmp_path: Path, pair: Pair
) -> None:
    async with running_server.running(redirecting(tmp_path, pair)) as running:
        assert running.redirects_at is not None
        crowd = [
            await asyncio.open_connection("127.0.0.1", running.redirects_at)
            for _ in range(100)
        ]
        closed = [reader for reader, _ in crowd if await _is_over(reader)]
        assert len(closed) >= 100 - 64
        assert await shown_at(running.url)
        for _, writer in crowd:
            writer.close()


async def _is_over(reader: asyncio.StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(1), 0.02) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


@pytest.mark.parametrize(
    ("server", "why"),
    [
        ({"redirect_port": 80}, "there is none here"),
        (
            {
                "port": 443,
                "redirect_port": 443,
                "tls_certificate": "a",
                "tls_key": "b",
            },
            "a port of its own",
        ),
    ],
)
def test_a_redirect_that_leads_nowhere_is_refused(
    server: dict[str, Any], why: str
) -> None:
    with pytest.raises(ConfigInvalid, match=why):
        parse({"server": server})
