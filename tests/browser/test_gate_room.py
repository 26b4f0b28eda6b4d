"""The page of a room whose people meet elsewhere: they are asked, and that is all."""

import asyncio
from itertools import product

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from gatekeeper.consent.types import RoomId
from tests.browser.embedding import SEEN, Embedding, Framed, press
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
    choice = page.locator("gate-row .choice")
    await expect(choice).to_have_attribute("data-answer", "declined")
    await expect(choice).not_to_have_attribute("data-state", "pending")
    status, _ = await gate.service.asks("POST", f"{where}/{lent['permit']}")
    assert status == 409
    await press(page.locator("[data-act=leave]"))
    await expect(page.locator("meeting-end receipt-list details")).not_to_have_count(0)
    assert await page.evaluate("asked") == []
    await page.close()


@pytest.mark.parametrize("shape", ["panel", "question"])
async def test_in_a_frame_both_answers_are_in_full_view_at_every_width(
    browser: Browser, gate: Embedding, shape: str
) -> None:
    """By what the browser itself says: else no press would ever count there."""
    room = await gate.room()
    ben = await gate.world.person(RoomId(room), "Ben")
    await ben.join(allow=("minutes",), entry=await gate.entry(room, "ben"))
    page = await browser.new_page(locale="en-GB", reduced_motion="reduce")
    gate.site.pages[f"/{shape}"] = f"""<!doctype html>
      <style>body {{ margin: 24px; font: 16px/1.5 Georgia, serif; }}</style><h1>App</h1>
      <script type="module" src="{gate.world.url}/embed/consent-gate.js"></script>
      <consent-gate src="{gate.world.url}/m/{room}" name="Ann"
        entry="{await gate.entry(room)}" shape="{shape}" language="en">
      </consent-gate>"""
    hidden = []
    await page.set_viewport_size({"width": WIDTHS[0], "height": 1800})
    await page.goto(f"{gate.site.origin}/{shape}")
    framed = await Framed.within(page)
    answers = framed.frame.locator("button[data-answer][data-feature]")
    await expect(framed.frame.locator(".join [data-rank=first]")).to_be_visible()
    hidden += await out_of_view(page, answers, "lobby")
    await press(framed.frame.locator(".join [data-rank=first]"))
    await expect(framed.frame.locator("gate-room")).to_be_visible()
    if shape == "question":
        await gate.asks(room)
        await expect(framed.frame.locator("consent-prompt")).to_be_visible()
    hidden += await out_of_view(page, answers, shape)
    await page.close()

    assert hidden == []


WIDTHS = (1000, 320, 641)
BETWEEN = ("0", "0.2px", "0.45px", "0.7px")
"""Pages put a frame anywhere, also between two pixels."""
HIDDEN = f"""
async answers => {{
  const seen = {SEEN}
  const hidden = async answer => ((await seen(answer)) ? [] : [answer.innerText])
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  const visible = {{visibilityProperty: true}}
  const shown = answers.filter(answer => answer.checkVisibility(visible))
  return (await Promise.all(shown.map(hidden))).flat()
}}
"""
"""The answers that are not in full view, as the page is."""
LOWER = """
async below => {
  document.querySelector('consent-gate').style.marginBlockStart = below
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
}
"""


async def out_of_view(page: Page, answers: Locator, what: str) -> list[str]:
    """Where the browser does not say that all of them are wholly visible."""
    found = []
    for width, below in product(WIDTHS, BETWEEN):
        await page.set_viewport_size({"width": width, "height": 1800})
        await page.evaluate(LOWER, below)
        hidden = await hidden_of(answers)
        found += [f"{what} at {width}, {below}: {words}" for words in hidden]
    return found


async def hidden_of(answers: Locator) -> list[str]:
    """Once what was resized has been drawn, and what is drawn anew as well."""
    hidden: list[str] = []
    for _ in range(20):
        hidden = await answers.evaluate_all(HIDDEN)
        if not hidden:
            break
    return hidden
