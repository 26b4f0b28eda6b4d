"""The page of a room whose people meet elsewhere: they are asked, and that is all."""

import asyncio

import pytest
from playwright.async_api import Browser, Locator, expect

from gatekeeper.consent.types import RoomId
from tests.browser.embedding import Embedding
from tests.browser.guest import answer

pytestmark = pytest.mark.asyncio(loop_scope="session")

DEVICES = """
window.asked = []
for (const name of ['getUserMedia', 'enumerateDevices', 'getDisplayMedia'])
  navigator.mediaDevices[name] = () => {
    asked.push(name)
    return new Promise(() => {})
  }
const Real = RTCPeerConnection
window.RTCPeerConnection = class extends Real {
  constructor(...given) {
    super(...given)
    asked.push('RTCPeerConnection')
  }
}
"""


async def press(button: Locator) -> None:
    """Once a press there counts."""
    await button.scroll_into_view_if_needed()
    await expect(button).to_have_attribute("data-ready", "")
    await button.click()


async def test_one_is_asked_answers_and_leaves_and_no_device_is_asked_for(
    browser: Browser, gate: Embedding
) -> None:
    room = await gate.room()
    ben = await gate.world.person(RoomId(room), "Ben")
    await ben.join(allow=("minutes",), entry=await gate.entry(room, "ben"))
    page = await browser.new_page(locale="en-GB", reduced_motion="reduce")
    await page.add_init_script(DEVICES)
    address = f"{gate.world.url}/m/{room}"

    await page.goto(f"{address}#entry={await gate.entry(room)}&name=Ann")
    await expect(page.locator("#name")).to_have_value("Ann")
    assert page.url == address
    await expect(page.locator("video, select[data-device]")).to_have_count(0)
    await press(page.locator(".join [data-rank=first]"))
    await expect(page.locator("gate-room")).to_be_visible()
    where = f"/rooms/{room}/permits"
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(
            gate.service.asks("POST", f"{where}?wait=20", {"feature": "minutes"})
        )
        await press(page.locator(f"consent-prompt {answer('granted')}"))
    status, lent = asking.result()

    assert status == 201
    assert len(lent["people"]) == 2
    await press(page.locator(f"gate-row {answer('declined')}"))
    await expect(page.locator("gate-row .choice")).to_have_attribute(
        "data-answer", "declined"
    )
    status, _ = await gate.service.asks("POST", f"{where}/{lent['permit']}")
    assert status == 409
    await press(page.locator("[data-act=leave]"))
    await expect(page.locator("meeting-end receipt-list details")).not_to_have_count(0)
    assert await page.evaluate("asked") == []
    await page.close()
