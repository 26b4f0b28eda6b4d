"""A lobby that asks for nothing until it is needed, and what it remembers."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import Invite
from tests.browser.guest import GIVEN, Guest
from tests.browser.sizes import in_view, some_sizes, swept
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

COUNTED = """
if (navigator.mediaDevices) {
  globalThis.asked = []
  const {mediaDevices} = navigator
  let real = mediaDevices.getUserMedia
  const counting = wanted => {
    asked.push(Object.keys(wanted).filter(kind => wanted[kind]).join('+'))
    return real.call(mediaDevices, wanted)
  }
  Object.defineProperty(mediaDevices, 'getUserMedia', {
    get: () => counting,
    set: replacement => (real = replacement),
  })
}
"""
"""Notes what the browser is asked for."""


HEIGHTS = "all => all.map(node => node.getBoundingClientRect().height)"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def newcomer(invite_all: Invite, world: World) -> AsyncIterator[Guest]:
    """Somebody whose browser gives no page anything unasked."""
    noor = await invite_all("Noor", world.url, permissions=[])
    await noor.context.add_init_script(COUNTED)
    yield noor


@pytest_asyncio.fixture(loop_scope="session")
async def noor(newcomer: Guest, world: World) -> AsyncIterator[Guest]:
    """At the door of a new room, in a browser that remembers nothing."""
    room, _ = await world.room("recording")
    await newcomer.open(room)
    yield newcomer
    await newcomer.page.evaluate("localStorage.clear()")


async def asked(page: Page) -> list[str]:
    found: list[str] = await page.evaluate("asked")
    return found


async def test_the_lobby_asks_for_nothing_until_somebody_presses(
    noor: Guest,
) -> None:
    page = noor.page
    both = page.get_by_role("button", name="Turn on camera and microphone")
    await expect(both).to_be_visible()
    await expect(page.get_by_text("your browser asks you")).to_be_visible()
    assert await asked(page) == []
    await clean(page)

    await both.focus()
    await noor.sees_ready(both)
    await page.keyboard.press("Space")
    off = page.get_by_role("button", name="Turn the camera off")
    await expect(off).to_be_visible()
    await expect(both).to_be_hidden()
    mute = page.get_by_role("button", name="Turn the microphone off")
    await expect(mute).to_be_focused()
    assert await asked(page) == ["audio+video"]


async def test_one_of_both_is_turned_on_alone_and_the_room_asks_for_the_other(
    noor: Guest,
) -> None:
    page = noor.page
    await page.get_by_role("button", name="Turn the microphone on").click()
    mute = page.get_by_role("button", name="Turn the microphone off")
    await expect(mute).to_be_visible()
    await expect(page.get_by_text("Your camera is off")).to_be_visible()
    assert await asked(page) == ["audio"]
    await noor.enter()
    await expect(noor.tile()).to_have_attribute("data-camera", "off")
    await expect(noor.tile()).to_have_attribute("data-microphone", "on")

    await page.keyboard.press("v")
    await expect(noor.tile()).to_have_attribute("data-camera", "on")
    assert await asked(page) == ["audio", "video"]


async def test_who_joins_without_devices_is_asked_by_the_rooms_own_switches(
    noor: Guest,
) -> None:
    await noor.enter()
    page = noor.page
    await expect(noor.tile()).to_have_attribute("data-microphone", "off")
    assert await asked(page) == []

    await (
        page.get_by_role("button", name="Unmute")
        .or_(page.locator("[data-tool=microphone]"))
        .first.click()
    )
    await expect(noor.tile()).to_have_attribute("data-microphone", "on")
    assert await asked(page) == ["audio"]


async def test_what_to_press_is_in_reach_in_every_window(
    noor: Guest,
) -> None:
    page = noor.page
    await expect(page.locator(".preview-ask button")).to_be_visible()
    controls = ".preview button"
    async for size in swept(page, some_sizes()):
        for seen in await in_view(page, ".preview", "button"):
            both, *round_ones = seen["after"]
            assert both == 1, (size, seen)
            # Of a round one the corners are not its own.
            assert all(round_ones), (size, seen)
        heights = await page.locator(controls).evaluate_all(HEIGHTS)
        assert len(heights) >= 3, (size, heights)
        assert min(heights[:3]) >= 44, (size, heights)


async def test_what_is_given_already_is_on_at_once_and_what_is_not_is_not(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room("recording")
    noor = await invite("Noor", world.url, permissions=["microphone"])
    await noor.context.add_init_script(COUNTED)
    await noor.open(room)
    page = noor.page
    mute = page.get_by_role("button", name="Turn the microphone off")
    await expect(mute).to_be_visible()
    assert await asked(page) == ["audio"]
    await expect(page.get_by_text("Your camera is off")).to_be_visible()

    await noor.context.grant_permissions(GIVEN)
    await page.reload()
    await expect(page.get_by_role("button", name="Turn the camera off")).to_be_visible()
    assert await asked(page) == ["audio+video"]


async def test_a_browser_forgets_who_was_here(invite: Invite, world: World) -> None:
    room, _ = await world.room("recording")
    noor = await invite("Noor", world.url)
    page = noor.page
    await noor.open(room)
    forget = page.get_by_role("button", name="Forget me in this browser")
    name = page.get_by_role("textbox", name="Your name")
    await expect(forget).to_have_count(0)
    await noor.enter()
    await noor.open(room)
    await expect(name).to_have_value("Noor")
    await page.evaluate("localStorage.setItem('gatekeeper.device.speaker', 's1')")

    await forget.click()
    await expect(name).to_have_value("")
    await expect(name).to_be_focused()
    await expect(page.get_by_text("are forgotten here")).to_be_visible()
    kept = "Object.keys(localStorage).filter(key => /name|device/.test(key))"
    await until(lambda: page.evaluate(f"{kept}.length === 0"), "nothing is kept")
    await clean(page)
    await page.reload()
    await expect(name).to_have_value("")
