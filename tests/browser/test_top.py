"""
In a window that is lower than what is shown, as at 400 % zoom: whatever comes is seen
from its top, and a key leads back from where one writes.
"""

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import Invite, Sit
from tests.browser.guest import answer
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOW: ViewportSize = {"width": 320, "height": 256}
"""1280 x 1024 at 400 % (WCAG 1.4.10)."""
BEGINNING = """
() => scrollY === 0 && [...document.querySelectorAll('dialog *')]
  .every(each => each.scrollTop === 0)
"""


async def test_R16_size_what_comes_is_seen_from_its_top_and_escape_leads_back(
    call: Invite, sit: Sit, world: World
) -> None:
    room, secret = await world.room("recording")
    mara = await sit(room, "Mara", secret)
    tomas = await call("Tomas", world.url)
    page = tomas.page
    await page.set_viewport_size(LOW)
    await tomas.open(room)
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await until(lambda: page.evaluate("scrollY > 0"), "the lobby is scrolled")

    await tomas.enter()

    sign = page.locator("on-air-sign li[data-feature=recording]")
    await expect(sign).to_be_in_viewport(ratio=1)
    assert await page.evaluate("scrollY") == 0
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await mara.ask("recording")
    await expect(tomas.prompt.get_by_role("heading")).to_be_focused()
    await expect(tomas.prompt.get_by_role("heading")).to_be_in_viewport(ratio=1)
    assert await page.evaluate(BEGINNING)
    await tomas.reply("granted")

    await page.keyboard.press("t")
    field = page.get_by_role("textbox", name="Message to everyone")
    await expect(field).to_be_focused()
    await page.keyboard.type("Not yet sent")
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-tool=chat]")).to_be_focused()
    await expect(page.locator("meeting-room")).to_have_attribute("data-panel", "none")
    await page.keyboard.press("t")
    await expect(field).to_have_value("Not yet sent")
    await page.keyboard.press("Escape")

    leave = page.locator("[data-tool=leave]")
    await leave.focus()
    await until(lambda: page.evaluate("scrollY > 0"), "the focus has scrolled")
    await tomas.sees_ready(leave)
    await page.keyboard.press("Enter")
    heading = page.locator("meeting-end h1")
    await expect(heading).to_be_in_viewport(ratio=1)
    assert await page.evaluate("scrollY") == 0
    await expect(page.locator(answer("granted"))).to_have_count(0)
