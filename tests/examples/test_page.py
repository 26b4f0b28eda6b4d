"""
A page that is gated knows of an end within the lease, and keeps nothing after it.

What a page has kept tells until when it captured: its chunks come as they are made.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from gatekeeper.consent.types import RoomId
from tests.bench.child import free_port
from tests.browser.chromium import chromium
from tests.browser.embedding import Framed, press
from tests.client.relay import network
from tests.examples.running import EXAMPLES, a_gate, a_key, an_example, npm_installed
from tests.examples.test_examples import LEASE
from tests.meeting.person import Person
from tests.meeting.test_presence import until
from tests.node import node

SLOW = 3.0
"""Seconds that a machine with much to do may take to write down what was kept."""
COMMANDS: Mapping[str, tuple[str | Path, ...]] = {
    "page": (sys.executable, EXAMPLES / "page/host.py"),
    "react": (node(), "react/server.js"),
}


def kept(folder: Path) -> tuple[int, float]:
    """So many bytes, and when the last ones came."""
    stats = [file.stat() for file in folder.glob("*.webm")]
    return sum(s.st_size for s in stats), max((s.st_mtime for s in stats), default=0)


def grows(folder: Path, before: int) -> bool:
    """Whether more is kept than so many bytes."""
    return kept(folder)[0] > before + 2000


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("kind", COMMANDS)
async def test_a_page_hears_of_an_end_within_the_lease(
    kind: str, browser: Browser, tmp_path: Path
) -> None:
    npm_installed("react", tmp_path / "react")
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    key = await asyncio.to_thread(a_key, tmp_path, origin)
    async with (
        a_gate(tmp_path) as gate,
        network(gate.url) as between,
        an_example(
            *COMMANDS[kind], cwd=tmp_path, url=between.url, key=key, port=port
        ) as program,
        aiohttp.ClientSession() as http,
    ):
        async with http.post(f"{program.url}/people") as answer:
            person = await answer.json()
        room = RoomId(person["src"].rpartition("/")[2])
        async with Person(http, gate.url, room, "Ben") as ben:
            await ben.join(allow=("sound",), entry=person["entry"])
            page = await browser.new_page(permissions=["microphone"])
            await page.goto(program.url)
            framed = await Framed.within(page)
            button = framed.frame.locator("[data-act=own-window]")
            await expect(button).to_have_attribute("data-ready", "")
            async with page.expect_popup() as popup:
                await button.click()
            window = await popup.value
            await window.locator("#name").fill("Ann")
            await press(window.locator(".join [data-rank=first]"))
            row = window.locator("gate-row[data-feature=sound]")
            await press(row.locator("[data-answer=granted]"))
            state = page.locator("#state")

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
                await expect(state).to_have_text("Recording")
                if kind == "page":
                    await until(partial(grows, tmp_path, before))
                await what()
                happened = time.time()
                await expect(state).not_to_have_text("Recording")
                assert time.time() <= happened + LEASE + SLOW, what
                assert kept(tmp_path)[1] <= happened + LEASE + SLOW, what
