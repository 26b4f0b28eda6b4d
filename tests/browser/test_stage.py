"""
The stage at every size: from two to twelve people, with and without shared screens,
in a room of made-up people. What several browsers do together is in test_seeing.py.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.crowd import Crowd, crowd
from tests.browser.guest import script
from tests.browser.sizes import measured, some_sizes
from tests.browser.test_axe import clean
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEAST = (96, 64)
"""CSS pixels of a tile in which a name can be read, as in tiles.js."""

LOOK = script("staged.js")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def room(browser: Browser, checkout: World) -> AsyncIterator[Crowd]:
    page = await browser.new_page(reduced_motion="reduce")
    yield await crowd(page, checkout)
    await page.close()


@pytest_asyncio.fixture(loop_scope="session")
async def twelve(room: Crowd) -> Crowd:
    await room.page.set_viewport_size({"width": 1440, "height": 900})
    await room.anew()
    await room.show(people=12)
    return room


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_R16_size_C2_every_tile_is_read_and_all_are_alike(
    room: Crowd, language: str
) -> None:
    await room.anew(language)
    await room.tab(None)
    which = some_sizes((844, 390), (1920, 1080), (768, 1024))
    async for size, faults in measured(room.page, which, LOOK, LEAST):
        assert faults == [], (size, "\n".join(faults[:9]))


async def test_a_strip_is_scrolled_by_keys_and_who_speaks_stays_in_view(
    twelve: Crowd,
) -> None:
    page = twelve.page
    await page.set_viewport_size({"width": 640, "height": 360})
    await twelve.tab(None)
    await twelve.show(screens=[0, 1], speaker=11)
    strip = page.locator(".strip")
    await expect(strip).to_have_attribute("tabindex", "0")
    speaks = page.locator("video-tile[data-speaking]")
    await expect(speaks).to_be_in_viewport(ratio=0.9)
    more = page.locator("[data-end-of-strip=after]")
    await expect(more).to_be_visible()

    await strip.focus()
    await page.keyboard.press("End")

    await expect(more).to_be_hidden()
    await twelve.show(speaker=0)
    await expect(speaks).to_have_attribute("data-participant", "p0")
    await expect(speaks).to_be_in_viewport(ratio=0.9)
    await page.locator("[data-end-of-strip=before]").click()
    await expect(more).to_be_visible()


async def test_names_and_marks_grow_with_the_picture(twelve: Crowd) -> None:
    page = twelve.page
    measure = """
    () => ['figcaption', '.hand']
      .map(each => document.querySelector(`video-tile ${each}`))
      .map(each => parseFloat(getComputedStyle(each).fontSize))
    """
    sizes = {}
    for width, height, people in ((390, 844, 12), (1440, 900, 4), (2560, 1440, 2)):
        await page.set_viewport_size({"width": width, "height": height})
        await twelve.show(people=people, hands=[0])
        sizes[width] = await page.evaluate(measure)

    assert [name for name, _ in sizes.values()] == [mark for _, mark in sizes.values()]
    assert sizes[390][0] >= 13
    assert sizes[390][0] < sizes[1440][0] < sizes[2560][0]
    assert sizes[2560][0] >= 25


async def test_K4_axe_finds_nothing_with_a_pin_the_speaker_and_two_screens(
    twelve: Crowd,
) -> None:
    await twelve.tab(None)
    await twelve.prefer("view", "speaker")
    await twelve.prefer("self-view", "off")
    await twelve.show(people=6, speaker=1, hands=[2], away=[4], unseen=[5])
    await clean(twelve.page)

    await twelve.show(screens=[0, 1])
    pin = twelve.page.get_by_role("button", name="Keep Ines Haddad large")
    await pin.focus()
    await twelve.page.keyboard.press("Enter")
    await expect(pin).to_have_attribute("aria-pressed", "true")
    await clean(twelve.page)
