"""The page whose recorder is gated keeps nothing after the lease, whatever happens."""

import asyncio
import sys
import time
from functools import partial
from pathlib import Path

import aiohttp
from playwright.async_api import expect

from gatekeeper.consent.types import RoomId
from tests.bench.child import free_port
from tests.browser.chromium import chromium
from tests.browser.embedding import Framed
from tests.client.relay import network
from tests.examples.running import EXAMPLES, a_gate, a_key, an_example
from tests.examples.test_examples import LEASE, MARGIN
from tests.meeting.person import Person
from tests.meeting.test_presence import until


def kept(folder: Path) -> tuple[int, float]:
    """So many bytes, and when the last ones came."""
    stats = [file.stat() for file in folder.glob("*.webm")]
    return sum(s.st_size for s in stats), max((s.st_mtime for s in stats), default=0)


def grows(folder: Path, before: int) -> bool:
    """Whether more is kept than so many bytes."""
    return kept(folder)[0] > before + 2000


async def test_the_recorder_of_a_page_ends_with_the_lease(tmp_path: Path) -> None:
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    key = await asyncio.to_thread(a_key, tmp_path, origin)
    async with (
        a_gate(tmp_path) as gate,
        network(gate.url) as between,
        an_example(
            *(sys.executable, EXAMPLES / "page/host.py"),
            cwd=tmp_path,
            url=between.url,
            key=key,
            port=port,
        ) as program,
        aiohttp.ClientSession() as http,
        chromium() as browser,
    ):
        async with http.post(f"{program.url}/people") as answer:
            person = await answer.json()
        room = RoomId(person["src"].rpartition("/")[2])
        async with Person(http, gate.url, room, "Ben") as ben:
            await ben.join(allow=("sound",), entry=person["entry"])
            page = await browser.new_page(permissions=["microphone"])
            await page.goto(program.url)
            framed = await Framed.within(page)
            await framed.frame.locator("#name").fill("Ann")
            await framed.joins()
            allow = framed.pick("granted", "sound")
            await framed.is_armed(allow)
            await framed.press(await framed.place(allow))

            async def a_no() -> None:
                await ben.refuse("sound")

            async def a_network_that_is_gone() -> None:
                between.holds()

            for what in (a_no, a_network_that_is_gone, gate.is_killed):
                between.passes()
                since = len(ben.heard)
                await ben.allow("sound")
                await ben.hears("decided", since=since)
                before, _ = kept(tmp_path)
                await page.locator("#record").click()
                await until(partial(grows, tmp_path, before))
                await what()
                happened = time.time()
                await expect(page.locator("#state")).not_to_have_text("Recording")
                _, last = kept(tmp_path)
                assert last <= happened + LEASE + MARGIN, what
