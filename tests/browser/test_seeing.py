"""
How one sees is for oneself alone: a pin, the speaker view, one's own picture hidden,
the whole screen. In real meetings: nobody is told. What is kept: `test_kept_alike.py`.
"""

import asyncio
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import ALL, Invite, Sit
from tests.browser.guest import Guest, answer
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

CLOCKED = {"ping", "here", "probe"}
"""Messages that come as the clock has it."""
LARGE = "video-tile[data-large]"


@dataclass
class Two:
    """They stay from one test to the next; each leaves the stage as it was."""

    mara: Guest
    noor: Guest


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(invite_all: Invite, call_all: Invite, world: World) -> Two:
    room, secret = await world.room(*ALL)
    mara, noor = await call_all("Mara", world.url), await invite_all("Noor", world.url)
    await mara.join(room, secret)
    await noor.join(room)
    return Two(mara, noor)


async def sees_large(guest: Guest, who: str | None) -> None:
    """Who is large on the stage, by id; nobody: everybody is alike."""
    large = guest.page.locator(LARGE)
    if who is None:
        await expect(large).to_have_count(0)
    else:
        await expect(large).to_have_attribute("data-participant", who)


async def test_a_pin_is_one_at_a_time_and_goes_with_whom_it_is_on(
    two: Two, sit: Sit
) -> None:
    mara, noor = two.mara, two.noor
    tomas = (await sit(noor.room, "Tomas")).person
    page = noor.page
    pins = {
        name: page.get_by_role("button", name=f"Keep {name} large")
        for name in ("Mara", "Tomas")
    }
    await expect(pins["Mara"]).to_have_css("opacity", "0")
    await pins["Mara"].focus()
    await page.keyboard.press("Shift+Tab")  # so that the next one is by key, and seen
    await page.keyboard.press("Tab")
    await expect(pins["Mara"]).to_have_css("opacity", "1")
    tile = page.get_by_role("main").locator(f"[data-participant='{tomas.id}']")
    said = len(noor.said)

    await page.keyboard.press("Enter")

    await sees_large(noor, mara.id)
    await expect(pins["Mara"]).to_be_focused()
    await expect(pins["Mara"]).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("g")  # the speaker view: a pin is before it
    await page.keyboard.press("Space")
    await sees_large(noor, mara.id)  # who came first, until somebody speaks
    await expect(pins["Mara"]).to_have_attribute("aria-pressed", "false")
    await tile.hover()
    await pins["Tomas"].click()
    await sees_large(noor, tomas.id)
    await expect(pins["Mara"]).to_have_attribute("aria-pressed", "false")

    # A screen that begins is beside a pin, and large by one press.
    await mara.page.get_by_role("button", name="Share", exact=True).click()
    show = page.get_by_role("button", name="screen large").and_(
        page.locator(".screen-choice")
    )
    await expect(show).to_be_visible()
    await sees_large(noor, tomas.id)
    await show.click()
    await sees_large(noor, None)
    await expect(page.locator("figure.shared")).to_contain_text("Mara shares")
    await tile.hover()
    await pins["Tomas"].click()
    await sees_large(noor, tomas.id)

    await tomas.say(type="leave")

    await expect(page.locator("video-tile")).to_have_count(2)
    await expect(page.locator("figure.shared")).to_contain_text("Mara shares")
    await tomas.join()
    await expect(page.locator("video-tile")).to_have_count(3)
    await expect(pins["Tomas"]).to_have_attribute("aria-pressed", "false")
    told = [f["type"] for f in noor.said[said:] if f["type"] not in CLOCKED]
    assert set(told) <= {"signal"}  # of who came and went

    await page.keyboard.press("g")
    await tomas.say(type="leave")
    await mara.page.get_by_role("button", name="Stop sharing").first.click()
    await expect(page.locator("figure.shared")).to_be_hidden()
    await expect(page.locator("video-tile")).to_have_count(2)


async def test_R17_who_hides_their_own_picture_is_told_that_the_camera_is_on(
    two: Two,
) -> None:
    mara, noor = two.mara, two.noor
    room, page = noor.room, noor.page
    mark = page.get_by_role("button", name="Your camera is on")
    await expect(mark).to_have_count(0)
    await noor.tile().hover()
    await page.get_by_role("button", name="Hide my own picture").click()

    await expect(noor.tile()).to_have_count(0)
    await expect(mark).to_be_visible()
    await page.mouse.move(0, 0)
    for width, height in ((1440, 900), (390, 844), (844, 390), (320, 256)):
        await page.set_viewport_size({"width": width, "height": height})
        if width == 390:
            await page.keyboard.press("Escape")
        await mark.scroll_into_view_if_needed()
        await expect(mark).to_be_in_viewport(ratio=1)
        await expect(mark).to_have_css("opacity", "1")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await expect(mara.tile(noor)).to_have_attribute("data-camera", "on")
    await page.keyboard.press("v")
    await expect(mark).to_have_count(0)
    await page.keyboard.press("v")
    await expect(mark).to_be_visible()

    # It is remembered, and so is the view.
    await page.keyboard.press("g")
    await noor.open(room)
    await page.get_by_role("region", name="Ready").get_by_role("textbox").fill("Noor")
    await page.keyboard.press("Enter")
    await expect(mark).to_be_visible()
    await expect(page.locator("stage-bar [aria-pressed=true]")).to_have_count(1)
    await mark.click()
    await expect(noor.tile()).to_be_visible()
    await page.keyboard.press("g")
    await expect(page.locator("stage-bar [aria-pressed=true]")).to_have_count(0)


async def test_A1_what_fills_the_screen_has_the_sign_and_the_question(
    two: Two,
) -> None:
    """They are for nothing else afterwards: Noor leaves."""
    mara, noor = two.mara, two.noor
    page = noor.page
    element = page.locator("meeting-room")

    await page.keyboard.press("f")

    await expect(element).to_have_attribute("data-full", "")
    await expect(element).to_have_attribute("data-panel", "none")
    await mara.ask("recording")
    await expect(noor.prompt).to_be_visible()
    await asyncio.gather(noor.reply("granted"), mara.reply("granted"))
    await noor.sees_sign("recording", "on")
    assert await page.evaluate("document.fullscreenElement?.localName") == "html"
    await noor.plate("recording").locator(answer("declined")).click()
    await noor.sees_sign("recording", "off")
    await mara.sees_sign("recording", "off")
    await page.locator("[data-tool=more]").click()
    await page.locator("#pop-more").get_by_text("Leave the full screen").click()
    await expect(element).not_to_have_attribute("data-full", "")

    await page.locator("stage-bar").get_by_role("button").nth(1).focus()
    await page.keyboard.press("Enter")
    await expect(element).to_have_attribute("data-full", "")
    await page.locator("[data-tool=leave]").click()
    await expect(page.locator("meeting-end")).to_be_visible()
    await until(
        lambda: page.evaluate("document.fullscreenElement === null"), "it is over"
    )


async def test_where_a_page_cannot_fill_the_screen_nothing_offers_it(
    invite: Invite, world: World
) -> None:
    room, secret = await world.room("recording")
    noor = await invite("Noor", world.url)
    await noor.context.add_init_script("delete Element.prototype.requestFullscreen")
    await noor.join(room, secret)
    page = noor.page

    await expect(page.locator("stage-bar .stage-act:not([hidden])")).to_have_count(1)
    await page.locator("[data-tool=settings]").click()
    await expect(page.get_by_text("Show my own picture")).to_be_visible()
    assert await page.get_by_text("Fill the screen", exact=True).count() >= 2
    await expect(
        page.locator("button:visible").filter(has_text="Fill the screen")
    ).to_have_count(0)
