"""docs/pinned.md, word for word: a client that the operator cannot change."""

import hashlib
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from gatekeeper.app.cli import main
from gatekeeper.web.pages import static_directory
from tests.face.test_create_app import Here
from tests.meeting.conftest import World, config, world
from tests.turn import free_port
from tests.web.certificates import Pair
from tests.web.test_admin_guide import program, running

__all__ = ["config", "world"]

PAPER = (Path(__file__).parents[2] / "docs" / "pinned.md").read_text("utf-8")
NAME = "meet.trusted.example"
(BLOCK,) = re.findall(r"^```nginx pinned\n(.*?)^```$", PAPER, re.MULTILINE | re.DOTALL)
PAGES = {
    "/": "index.html",
    "/promise": "promise.html",
    "/check": "check.html",
    "/m/kZ1pC0bY3mVx8Qe5Rt7Wug": "meeting.html",
    "/m/kZ1pC0bY3mVx8Qe5Rt7Wug/after": "after.html",
    "/static/room/tap-guard.js": "room/tap-guard.js",
}


def manifest(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["static-manifest"]) == 0
    return capsys.readouterr().out


def test_the_manifest_names_each_file_of_the_client(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = [line.split("  ", 1) for line in manifest(capsys).splitlines()]

    folder = static_directory()
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {name for _, name in lines} == files
    for digest, name in lines:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_a_copy_is_compared_as_the_page_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "static"
    shutil.copytree(static_directory(), copy)
    (copy / "client.sha256").write_text(manifest(capsys))
    (command,) = re.findall(r"sha256sum .*", PAPER)[:1]

    def compared() -> int:
        words = command.split()
        return subprocess.run(
            words, cwd=copy, capture_output=True, check=False
        ).returncode

    assert compared() == 0
    with (copy / "room" / "unanimity.js").open("a") as file:
        file.write("\n")
    assert compared() == 1


@asynccontextmanager
async def pinned(folder: Path, behind: str) -> AsyncIterator[aiohttp.ClientSession]:
    """The copy as the page has it, before an operator's server; asks by its name."""
    pair, port = Pair(folder, hosts=(NAME,)), free_port()
    shutil.copytree(static_directory(), folder / "copy" / "static")
    text = BLOCK
    for said, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(pair.file)),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(pair.key)),
        ("root /srv/gatekeeper", f"root {folder / 'copy'}"),
        ("https://meet.example.org", behind),
        ("Host meet.example.org", f"Host {urlsplit(behind).netloc}"),
    ):
        assert said in text
        text = text.replace(said, here)
    temporary = "".join(
        f"{kind}_temp_path {folder};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off;\nmaster_process off;\npid {folder / 'pid'};\n"
        f"error_log {folder / 'error.log'};\nevents {{}}\n"
        f"http {{\n{temporary}{text}}}\n"
    )
    connector = aiohttp.TCPConnector(ssl=pair.trusted(), resolver=Here())
    async with (
        running(port, program("nginx"), "-c", str(whole), "-p", str(folder)),
        aiohttp.ClientSession(f"https://{NAME}:{port}", connector=connector) as http,
    ):
        yield http


async def test_people_meet_by_a_copy_as_the_page_has_it(
    world: World, tmp_path: Path
) -> None:
    program("nginx")
    async with pinned(tmp_path, world.url) as http:
        for place, name in PAGES.items():
            async with http.get(place) as answer:
                assert answer.status == 200
                assert await answer.read() == (static_directory() / name).read_bytes()
                policy = answer.headers["Content-Security-Policy"]
                assert "script-src 'self'; " in policy
        async with http.get("/admin") as answer:
            assert answer.status == 404
        world.http, world.url = http, ""
        mara, tomas = await world.meeting("Mara", "Tomas", allow=("minutes",))
        await mara.say(type="request", feature="minutes")
        await tomas.hears("sign", where=lambda frame: bool(frame["on"]))
        await world.stack.aclose()


async def test_nothing_that_an_operator_answers_is_a_page_there(tmp_path: Path) -> None:
    program("nginx")

    async def page(request: web.Request) -> web.Response:
        text = "<script>use(everybodysKeys)</script>"
        headers = {"Content-Security-Policy": "script-src 'unsafe-inline'"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    app = web.Application()
    app.router.add_get("/{any:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port := free_port())
    await site.start()
    try:
        async with pinned(tmp_path, f"http://127.0.0.1:{port}") as http:
            async with http.get("/api/rooms/x") as answer:
                policies = answer.headers.getall("Content-Security-Policy")
                assert policies == ["default-src 'none'; sandbox"]
            for place in ("/static/pages/other.js", "/other", "/m/a/b"):
                async with http.get(place) as answer:
                    assert answer.status == 404
    finally:
        await runner.cleanup()
