"""STUN and TURN, at a real coturn: by UDP, TCP and TLS, and gone wrong."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.clock import Clock
from gatekeeper.meeting.ice import IceServers, IceSource
from tests.doctor.conftest import Told, Trusting, told
from tests.meeting.conftest import configured, start
from tests.turn import SECRET, coturn, free_port, listens
from tests.web.certificates import Pair


@asynccontextmanager
async def secure_coturn(folder: Path, pair: Pair) -> AsyncIterator[tuple[int, int]]:
    """A relay that speaks TLS too; its two ports."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("There is no coturn here: what needs a TURN server is not tested.")
    port, secure = free_port(), free_port()
    process = await asyncio.create_subprocess_exec(
        program, "-n", "--no-cli", "--no-dtls", "--no-rfc5780",
        "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1",
        f"--listening-port={port}", f"--tls-listening-port={secure}",
        f"--cert={pair.file}", f"--pkey={pair.key}", "--realm=test", "--fingerprint",
        "--use-auth-secret", f"--static-auth-secret={SECRET}",
        "--log-file=stdout", f"--pidfile={folder / 'pid'}", f"--userdb={folder / 'db'}",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        cwd=folder,
    )  # fmt: skip
    try:
        await listens(secure, process)
        yield port, secure
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def secret(folder: Path, text: str = SECRET) -> Path:
    file = folder / "turn-secret"
    file.write_text(text)
    file.chmod(0o600)
    return file


async def seated(folder: Path, *servers: dict[str, Any], **more: Any) -> Told:
    """What is told of a server with these, by who has taken a seat there."""
    ice = {"servers": list(servers), **more.pop("ice", {})}
    async with start(configured(folder / "data", ice=ice)) as world:
        return await told(world.url, at=None, **more)


async def test_every_way_to_a_healthy_relay_with_what_a_browser_is_told(
    tmp_path: Path, trusting: Trusting
) -> None:
    pair = Pair(tmp_path)
    trusting(pair.file)
    async with secure_coturn(tmp_path, pair) as (port, secure):
        ways = [
            f"turn:127.0.0.1:{port}",
            f"turn:localhost:{port}?transport=tcp",
            f"turns:localhost:{secure}",
            f"stun:localhost:{port}",
            f"stuns:localhost:{secure}",
        ]
        server = {"urls": ways, "secret_file": secret(tmp_path)}
        issued: list[str] = []
        first = IceServers.issue

        def noted(self: IceServers) -> Any:
            ice = first(self)
            issued.extend(
                str(each) for s in ice.servers for each in (s.username, s.credential)
            )
            return ice

        trusting.monkeypatch.setattr(IceServers, "issue", noted)
        found = await seated(tmp_path, server, ice={"relay_only": True})

    assert found.bad == {}
    for way in ways:
        assert found.grade(f"relay {way}") == "ok", way
    assert len(issued) == 2
    assert not any(each in found.text for each in issued)
    assert SECRET not in found.text


async def test_a_secret_that_is_another_is_named_whatever_the_way(
    tmp_path: Path,
) -> None:
    async with coturn(tmp_path / "turn") as turn:
        ways = [turn.url, f"{turn.url}?transport=tcp"]
        server = {"urls": ways, "secret_file": secret(tmp_path, "south")}
        found = await seated(tmp_path, server, ice={"relay_only": True})

    assert set(found.bad) == {*(f"relay {way}" for way in ways), "relay"}
    for way in ways:
        assert "static-auth-secret" in found.bad[f"relay {way}"]
    assert found.bad["relay"].startswith("fault: ice.relay_only is on")


async def test_what_is_closed_silent_or_not_there_is_named(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        way = f"127.0.0.1:{silent.getsockname()[1]}"
        closed = f"turn:127.0.0.1:{free_port()}?transport=tcp"
        nowhere = "turn:nobody.invalid"
        server = {
            "urls": [f"turn:{way}", f"stun:{way}", closed, nowhere],
            "secret_file": secret(tmp_path),
        }
        found = await seated(tmp_path, server, patience=2)

    assert "nothing listens there" in found.bad[f"relay {closed}"]
    assert "cannot be reached" in found.bad[f"relay {nowhere}"]
    for url in (f"relay turn:{way}", f"relay stun:{way}"):
        assert "No answer within 2 seconds" in found.bad[url]
    assert "relay" not in found.bad  # there are other ways than the relay's


async def test_a_relay_whose_certificate_no_browser_believes(
    tmp_path: Path, trusting: Trusting
) -> None:
    pair = Pair(tmp_path, hosts=("other.example.org",))
    trusting(pair.file)
    async with secure_coturn(tmp_path, pair) as (_, secure):
        way = f"turns:localhost:{secure}"
        found = await seated(tmp_path, {"urls": way, "secret_file": secret(tmp_path)})

    assert "TLS does not come about" in found.bad[f"relay {way}"]


async def test_without_a_site_credentials_are_made_as_a_seat_would_get_them(
    tmp_path: Path,
) -> None:
    file = tmp_path / "doctor.toml"
    async with coturn(tmp_path / "turn") as turn:
        file.write_text(
            f"[data]\ndirectory = '{tmp_path / 'data'}'\nreserve_mb = 0\n"
            f"[[ice.servers]]\nurls = '{turn.url}'\n"
            f"secret_file = '{secret(tmp_path)}'\n"
        )
        good = await told(file=file)
        secret(tmp_path, "south")
        bad = await told(file=file)

    assert good.grade(f"relay {turn.url}") == "ok"
    assert "401" in bad.bad[f"relay {turn.url}"]


async def test_what_a_relay_gives_out_is_given_back(tmp_path: Path) -> None:
    """A quota of one: who did not give back could not ask again."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("There is no coturn here: what needs a TURN server is not tested.")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        program, "-n", "--no-cli", "--no-tls", "--no-dtls", "--total-quota=1",
        "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1",
        f"--listening-port={port}", "--realm=test", "--lt-cred-mech",
        "--user=mara:north", "--log-file=stdout", f"--pidfile={tmp_path / 'pid'}",
        f"--userdb={tmp_path / 'db'}", cwd=tmp_path,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    way = f"turn:127.0.0.1:{port}"
    file = tmp_path / "doctor.toml"
    file.write_text(
        f"[data]\ndirectory = '{tmp_path / 'data'}'\nreserve_mb = 0\n"
        f"[[ice.servers]]\nurls = '{way}'\nusername = 'mara'\n"
        f"credential_file = '{secret(tmp_path)}'\n"
    )
    try:
        await listens(port, process)
        first = await told(file=file)
        assert first.grade(f"relay {way}") == "ok", first.bad
        async with asyncio.timeout(20):  # it was taken for 600 seconds
            while (await told(file=file)).grade(f"relay {way}") != "ok":
                pass
    finally:
        process.kill()
        await process.wait()


def test_a_credential_made_here_is_one_of_now() -> None:
    source = IceSource(("turn:127.0.0.1",), secret=SECRET)
    ice = IceServers([source], relay_only=False, life=600, clock=Clock().now)
    assert ice.issue().servers[0].username
