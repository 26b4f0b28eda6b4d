"""The chat: addresses that can be pressed, "@name", and a line that is copied."""

import re

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.browser.conftest import Invite, Sit, gather
from tests.browser.guest import Guest
from tests.browser.measure import NARROW, PHONE, WIDE, widths
from tests.browser.opposite import Opposite
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

HIDE = """
hidden => {
  Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden})
  document.dispatchEvent(new Event('visibilitychange'))
}
"""
"""Has a page believe that its person looks elsewhere, or is back."""


def lines(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages").locator(".talk-line")


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message to everyone")


async def opacity(button: Locator) -> str:
    return str(await button.evaluate("node => getComputedStyle(node).opacity"))


async def is_copied(guest: Guest, text: str) -> None:
    async def there() -> bool:
        found: str = await guest.page.evaluate("navigator.clipboard.readText()")
        return found == text

    await until(there, f"{text} is in the clipboard")
    said = guest.page.locator("chat-panel .panel-body > [role=status]")
    await expect(said).to_have_text("Copied")


async def test_one_line_is_copied_by_pointer_and_by_keys(
    invite: Invite, world: World
) -> None:
    (mara,) = await gather(invite, world, "Mara")
    await mara.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = mara.page
    for text in ("First https://example.org/", "Second", "Third"):
        await mara.write(text)
        await mara.hears("chat-line", text=text)
    await page.mouse.move(0, 0)
    copies = lines(page).get_by_role("button", name=re.compile("^Copy: .*Mara, "))
    await expect(copies).to_have_count(3)
    assert await opacity(copies.first) == "0"
    await lines(page).first.hover()
    assert await opacity(copies.first) == "1"
    await copies.first.click()
    await is_copied(mara, "First https://example.org/")

    await field(page).focus()
    for _ in range(2):  # over what asks for a draft
        await page.keyboard.press("Shift+Tab")
    await expect(copies.last).to_be_focused()
    assert await opacity(copies.last) == "1"
    await page.keyboard.press("ArrowUp")
    await expect(copies.nth(1)).to_be_focused()
    await page.wait_for_timeout(700)
    await page.keyboard.press("Enter")
    await is_copied(mara, "Second")
    async for width in widths(page, WIDE, PHONE, NARROW):
        box = await copies.last.bounding_box()
        assert box, width
        assert min(box["width"], box["height"]) >= 44, width
    await mara.show("Chat")
    await clean(page)


async def test_on_a_phone_a_name_is_taken_and_a_line_is_copied_by_touch(
    invite: Invite, sit: Sit, world: World
) -> None:
    room, secret = await world.room("recording")
    mara = await sit(room, "Mara", secret)
    phone = {"width": PHONE, "height": 844}
    tomas = await invite(
        "Tomas", world.url, viewport=phone, has_touch=True, is_mobile=True
    )
    await tomas.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await tomas.join(room)
    page = tomas.page
    await page.locator("[data-tool=chat]").tap()
    await field(page).press_sequentially("@")
    await page.get_by_role("option", name="Mara").tap()
    await expect(field(page)).to_have_value("@Mara ")
    await expect(field(page)).to_be_focused()

    await mara.write("Third floor")
    copy = lines(page).last.get_by_role("button")
    assert await opacity(copy) == "1"
    await copy.tap()
    await is_copied(tomas, "Third floor")


async def test_an_address_can_be_pressed_and_says_what_it_opens(
    two: tuple[Opposite, Guest],
) -> None:
    mara, tomas = two
    page = tomas.page
    asked: list[Route] = []

    async def answer(route: Route) -> None:
        asked.append(route)
        await route.fulfill(body="<p>there", content_type="text/html")

    await tomas.context.route(re.compile(r"//example\.org/"), answer)
    await tomas.show("Chat")
    await mara.write(
        "<b>See</b> (https://example.org/a_(b)), or https://bücher.example."
    )
    line = lines(page).last
    await expect(line).to_contain_text("<b>See</b> (https://example.org/a_(b)), or")
    links = line.get_by_role("link")
    await expect(links).to_have_text(
        ["https://example.org/a_(b)", "https://bücher.example"]
    )
    await expect(line.locator("b").filter(has_text="See")).to_have_count(0)
    await expect(line).to_contain_text("(xn--bcher-kva.example)")
    for link in await links.all():
        await expect(link).to_have_attribute("rel", "noopener noreferrer")
        await expect(link).to_have_attribute("referrerpolicy", "no-referrer")
    assert asked == [], "nothing is fetched before a press"

    await expect(links.first).to_have_attribute("data-ready", "")
    async with tomas.context.expect_page() as opening:
        await links.first.focus()
        await page.wait_for_timeout(700)
        await page.keyboard.press("Enter")
    there = await opening.value
    await expect(there.locator("p")).to_have_text("there")

    assert "referer" not in await asked[0].request.all_headers()
    assert await there.evaluate("[window.opener, document.referrer]") == [None, ""]
    await there.close()
    await tomas.context.unroute_all()
    await tomas.show("Gate")


async def test_a_name_is_offered_taken_by_keys_or_touch_and_marked_for_whom_it_is(
    two: tuple[Opposite, Guest], sit: Sit
) -> None:
    mara, tomas = two
    klein = await sit(mara.room, "Mara Klein")
    page = tomas.page
    await tomas.show("Chat")
    options = page.get_by_role("listbox", name="Whom do you mean?").get_by_role(
        "option"
    )

    await field(page).press_sequentially("Hello @ma")
    await expect(options).to_have_text(["Mara", "Mara Klein"])
    await expect(field(page)).to_have_attribute("aria-activedescendant", "mentions-0")
    said = page.locator("mention-list").get_by_role("status")
    await expect(said).to_contain_text("2 people")
    async for _ in widths(page, WIDE, PHONE, NARROW):
        box = await options.first.bounding_box()
        assert box
        assert box["height"] >= 44
    await page.keyboard.press("ArrowDown")
    await expect(options.last).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(field(page)).to_have_value("Hello @Mara Klein ")
    await expect(options).to_have_count(0)
    assert tomas.said[-1]["type"] != "chat"
    await page.keyboard.press("Enter")
    await tomas.hears("chat-line", text="Hello @Mara Klein")
    await expect(lines(page).last.locator("b.mention")).to_have_text("@Mara Klein")

    await field(page).press_sequentially("@")
    await expect(options).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(options).to_have_count(0)
    await expect(field(page)).to_have_value("@")
    await field(page).fill("")
    await field(page).press_sequentially("@M")
    await options.first.click()
    await expect(field(page)).to_be_focused()
    await expect(field(page)).to_have_value("@Mara ")
    await field(page).fill("")

    await tomas.show("Gate")
    await mara.write("@tomas, look")
    await expect(page).to_have_title(re.compile(r"^\(1\) for you · "))
    await tomas.show("Chat")
    await expect(page).not_to_have_title(re.compile(r"^\("))
    await expect(lines(page).last).to_have_attribute("data-addressed", "")
    await expect(lines(page).last.locator("mark")).to_have_text("@tomas (you)")
    await klein.person.say(type="leave")
    await tomas.show("Gate")


async def test_the_tab_says_what_waits_and_what_is_on(
    two: tuple[Opposite, Guest],
) -> None:
    mara, tomas = two
    page = tomas.page
    base = await page.title()
    await tomas.show("Chat")
    await page.evaluate(HIDE, True)
    await mara.write("One")
    await mara.write("Two")
    await expect(page).to_have_title(f"(2) · {base}")
    await mara.person.say(type="hand", raised=True)
    await expect(page).to_have_title(f"(2) · 1 hand up · {base}")
    await mara.ask("transcript")
    await mara.choose("transcript", "granted")
    await tomas.reply("granted")
    await expect(page).to_have_title(f"(2) · Transcript on · 1 hand up · {base}")

    await page.evaluate(HIDE, False)
    await expect(page).to_have_title(base)
    await page.evaluate(HIDE, True)
    await expect(page).to_have_title(f"Transcript on · {base}")
    await tomas.plate("transcript").locator("button").click()
    await expect(page).to_have_title(base)
    await page.evaluate(HIDE, False)
    await mara.person.say(type="hand", raised=False)
    await tomas.show("Gate")
