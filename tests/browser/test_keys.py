"""The keys of the room, their list, and the preference that turns them off."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Face, Invite
from tests.browser.guest import Guest
from tests.browser.measure import NARROW, PHONE, WIDE, widths
from tests.browser.opposite import Opposite
from tests.browser.sizes import SHARE, Size, all_in_reach, some_sizes, swept
from tests.browser.test_axe import SPILLED, clean
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


LISTS = ["keys", "settings"]
SHOWN = f"""
async lists => {{
  {SHARE}
  const spilled = {SPILLED}
  const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  const stops = () => [...document.querySelectorAll('.sign button')].map(share)
  const found = {{}}
  for (const id of lists) {{
    const list = document.getElementById(`pop-${{id}}`)
    const before = stops()
    list.togglePopover(true)
    await drawn()
    found[id] = {{before, after: stops(), spilled: spilled()}}
    list.togglePopover(false)
    await drawn()
  }}
  return found
}}
"""
"""Of each list: what spills, and how much of each stop is free before and with it."""


async def shown(page: Page) -> dict[str, dict[str, list[Any]]]:
    """Each list of the dock, opened and closed, as the page is."""
    found: dict[str, dict[str, list[Any]]] = await page.evaluate(SHOWN, LISTS)
    return found


def key_list(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Keys")


@pytest.mark.parametrize("locale", ["de-DE", "fr-FR", "es-ES", "ar-EG"])
async def test_the_dock_and_its_lists_have_room_in_every_language(
    face: Face, invite: Invite, world: World, locale: str
) -> None:
    (mara,) = await face()
    tomas = await invite("Tomas", world.url, locale=locale)
    await tomas.join(mara.room)
    page = tomas.page
    await page.locator("[data-tool=gate]").click()
    windows = (
        (769, 600),
        (860, 600),
        (1024, 640),
        (1264, 720),
        (1280, 720),
        (1440, 900),
    )
    async for size in swept(page, [Size(*window, 1.0) for window in windows]):
        assert await page.evaluate(SPILLED) == [], size
    some = [Size(*window, 1.0) for window in ((1280, 720), (390, 844), (320, 568))]
    async for size in swept(page, some):
        for pop, seen in (await shown(page)).items():
            assert seen["spilled"] == [], (pop, size)


async def test_everything_has_a_key_and_a_list_says_which(
    two: tuple[Opposite, Guest],
) -> None:
    _, tomas = two
    page, press = tomas.page, tomas.page.keyboard.press
    selected = page.locator("[role=tab][aria-selected=true]")
    await press("?")
    await expect(key_list(page)).to_be_visible()
    await expect(key_list(page).get_by_role("heading", level=2)).to_be_focused()
    assert await tomas.plate("recording").is_visible()
    for text in ("Microphone on or off", "Captions on or off", "Hand up or down"):
        await expect(key_list(page)).to_contain_text(text)
    async for width in widths(page, WIDE, PHONE, NARROW):
        box = await key_list(page).bounding_box()
        assert box, width
        assert box["x"] >= 0, width
        assert box["x"] + box["width"] <= width
    await clean(page)
    await press("Escape")
    await expect(key_list(page)).to_be_hidden()

    for key, tab in (("t", "Chat"), ("u", "People"), ("a", "Gate")):
        await page.evaluate("document.activeElement.blur()")
        await press(key)
        await expect(selected).to_have_text(tab)
    await press("t")
    await expect(
        page.get_by_role("textbox", name="Message to everyone")
    ).to_be_focused()
    await expect(page.get_by_role("textbox", name="Message to everyone")).to_have_value(
        ""
    )
    await press("h")
    await expect(page.get_by_role("textbox", name="Message to everyone")).to_have_value(
        "h"
    )
    await page.keyboard.press("Backspace")
    await page.evaluate("document.activeElement.blur()")
    hand = page.get_by_role("button", name="Hand", exact=True)
    for pressed in ("true", "false"):
        await press("h")
        await expect(hand).to_have_attribute("aria-pressed", pressed)
    captions = page.locator("[data-tool=captions]")
    if await captions.count():
        await press("c")
        await expect(captions).to_have_attribute("aria-pressed", "true")
        await press("c")
    await press("r")
    await expect(page.locator("#pop-reactions button").first).to_be_focused()
    await press("r")
    await expect(page.locator("#pop-reactions")).to_be_hidden()
    await press("o")
    await expect(page.locator("#pop-settings")).to_be_visible()
    await press("Escape")
    await tomas.show("Gate")


async def test_A1_no_list_above_the_dock_covers_what_stops(
    two: tuple[Opposite, Guest],
) -> None:
    mara, tomas = two
    page = tomas.page
    await page.locator("[data-tool=gate]").click()
    for feature in ("transcript", "compose"):
        await mara.ask(feature)
        await tomas.reply("granted")
        await mara.choose(feature, "granted")
        await tomas.sees_sign(feature, "on")
        async for size in swept(page, some_sizes((390, 844), (844, 390))):
            for pop, seen in (await shown(page)).items():
                assert seen["after"] == seen["before"], (feature, pop, size)
                assert seen["before"][0] == 1, size
    await page.keyboard.press("t")
    await tomas.show("Gate")


async def test_keys_of_one_sign_can_be_off_and_work_on_keyboards_of_other_scripts(
    two: tuple[Opposite, Guest],
) -> None:
    _, tomas = two
    page = tomas.page
    muted = "data-microphone"
    await expect(tomas.tile()).to_have_attribute(muted, "on")
    await page.evaluate(
        """document.body.dispatchEvent(new KeyboardEvent('keydown',
          {key: 'ة', code: 'KeyM', bubbles: true}))"""
    )
    await expect(tomas.tile()).to_have_attribute(muted, "off")
    microphone = page.locator("[data-tool=microphone]")
    await expect(microphone).to_have_attribute("aria-keyshortcuts", "M")

    await page.keyboard.press("o")
    switch = page.get_by_role("switch", name="Keys of one sign, such as M")
    await expect(switch).to_have_attribute("aria-checked", "true")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "false")
    preferred = page.locator("#pop-settings preference-fields")
    count = await preferred.locator("button, select").count()
    await all_in_reach(page, "#pop-settings preference-fields", count)
    await page.keyboard.press("Escape")
    for key in ("m", "?", "h", "t"):
        await page.keyboard.press(key)
    await expect(microphone).not_to_have_attribute("aria-keyshortcuts", "M")
    await expect(tomas.tile()).to_have_attribute(muted, "off")
    await expect(key_list(page)).to_be_hidden()
    await expect(tomas.tab("Gate")).to_have_attribute("aria-selected", "true")

    await page.locator("[data-tool=settings]").click()
    await switch.click()
    await page.get_by_role("button", name="List of keys").click()
    await expect(key_list(page)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(key_list(page)).to_be_hidden()
    await microphone.click()
    await expect(tomas.tile()).to_have_attribute(muted, "on")
    await page.evaluate("localStorage.clear()")
