"""
The server is killed in mid-recording and started again where it stood.

Only what is killed has to be a process; to start one costs more than a meeting in it.
"""

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Locator, expect

from gatekeeper.app.cli import main
from gatekeeper.config import load
from tests.browser.conftest import Invite, start_unbundled
from tests.browser.guest import Guest
from tests.browser.live import plays
from tests.browser.media import owners
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHECKOUT = Path(__file__).parents[2]
CONFIG = """
[server]
host = "localhost"
port = {port}

[data]
directory = "{data}"
reserve_mb = 0

[features.recording]
"""


class Process:
    """The server as an operator runs it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("localhost", 0))
            port = free.getsockname()[1]
        self.url = f"http://localhost:{port}"
        self.data = folder / "data"
        self._file = folder / "config.toml"
        self._file.write_text(CONFIG.format(port=port, data=self.data))

    @asynccontextmanager
    async def run(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """A running server; it is gone with the context."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "gatekeeper", "serve", "--config", str(self._file)),
            cwd=CHECKOUT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await until(self._answers, "the server answers")
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    def run_again(self) -> AbstractAsyncContextManager[World]:
        """The same server, of the same files; it ends as it should."""
        return start_unbundled(load(self._file))

    async def verify(self) -> int:
        """The exit code of `gatekeeper verify`."""
        return await asyncio.to_thread(main, ["verify", "--config", str(self._file)])

    async def open_room(self) -> tuple[str, str]:
        wish = {"title": "Roof", "language": "en", "features": ["recording"]}
        async with (
            aiohttp.ClientSession(self.url) as http,
            http.post("/api/rooms", json=wish) as answer,
        ):
            made = await answer.json()
        return made["room"], made["host"]

    def files(self) -> dict[Path, int]:
        return {f: f.stat().st_size for f in self.data.rglob("*.webm")}

    async def _answers(self) -> bool:
        try:
            async with (
                aiohttp.ClientSession(self.url) as http,
                http.get("/api/features") as answer,
            ):
                return answer.ok
        except aiohttp.ClientConnectionError:
            return False


async def recorded(server: Process, count: int) -> None:
    """Wait until so many files have something in them and grow."""
    before = server.files()
    await until(
        lambda: (
            len(server.files()) == count
            and sum(size > before.get(f, 0) + 500 for f, size in server.files().items())
            >= 4
        ),
        "files grow",
    )


async def test_after_a_kill_gates_are_closed_people_come_back_and_it_can_go_on(
    call: Invite, tmp_path: Path
) -> None:
    server = Process(tmp_path)
    async with server.run() as process:
        room, secret = await server.open_room()
        mara, tomas = [
            await call(name, server.url, manner="lively") for name in ("Mara", "Tomas")
        ]
        await mara.join(room, secret)
        await tomas.join(room, recording="granted")
        await mara.ask("recording")
        await mara.reply("granted")
        for guest in (mara, tomas):
            await guest.sees_sign("recording", "on")
        await recorded(server, 4)

        process.send_signal(signal.SIGKILL)
        await process.wait()
        for guest in (mara, tomas):
            await expect(lost(guest)).to_be_visible()
    killed = server.files()
    assert await server.verify() == 0

    async with server.run_again():
        for guest in (mara, tomas):
            await expect(lost(guest)).to_be_hidden()
            await guest.sees_sign("recording", "off")
        await plays(mara, mara.tile(tomas))
        assert server.files().keys() == killed.keys()
        for file, found in {file: owners(file) for file in killed}.items():
            owner = mara if file.name.startswith(mara.id) else tomas
            assert set(found) == {owner.name}

        await mara.ask("recording")
        for guest in (mara, tomas):
            await guest.sees_sign("recording", "on")
        await recorded(server, 8)
        assert {f: s for f, s in server.files().items() if f in killed} == killed

        await mara.page.get_by_role("button", name="Leave").click()
        await mara.page.get_by_role("button", name="End for everyone").click()
        await tomas.looks_afterwards()
        when = tomas.page.get_by_role("region", name="What was on, and when")
        await expect(when).to_contain_text("Where the server failed, a bar ends")
        # In the row of the feature, and of the two people; not of what came after.
        cut = when.get_by_label(re.compile(r"to at least .* \(the server failed;"))
        await expect(cut).to_have_count(3)
        await clean(tomas.page)
    assert await server.verify() == 0


def lost(guest: Guest) -> Locator:
    return guest.page.get_by_text("Connection lost.")
