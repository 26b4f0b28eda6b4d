"""A place's name, logo, colour and pages: around the choices, and never in them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import ALL, Invite, configured
from tests.browser.measure import WIDE, Scheme, widths
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
<script>top.document.title = 'ran'</script>
<rect width="40" height="20" fill="#7a1f5c"/></svg>"""
SCHEMES: dict[Scheme, str] = {
    "light": "rgb(122, 31, 92)",
    "dark": "rgb(240, 165, 212)",
}
"""And the colour of the place in each."""

WIDTH = "document.documentElement.scrollWidth"
ANSWERS = """() => [...document.querySelectorAll('answer-pair')].flatMap(pair =>
  [pair, ...pair.querySelectorAll('*')].map(node => {
    const style = getComputedStyle(node)
    return node.tagName + ': ' + [...style].map(key => key + '=' +
      style.getPropertyValue(key)).join(';')
  }))"""
"""All that the browser knows of how the answers look."""


@pytest_asyncio.fixture(loop_scope="session")
async def placed(tmp_path: Path) -> AsyncIterator[World]:
    logo = tmp_path / "logo.svg"
    logo.write_bytes(LOGO)
    place = {
        "name": "Haus am Hof",
        "logo": logo,
        "accent": "#7a1f5c",
        "accent_dark": "#f0a5d4",
        "imprint": "/imprint",
        "privacy": "https://example.org/privacy",
    }
    async with start(configured(tmp_path / "data", place=place)) as world:
        yield world


async def shown(page: Page) -> None:
    """The foot with both links, the name and the logo, in windows wide and narrow."""
    foot = page.locator("page-foot")
    await expect(foot).to_contain_text("Haus am Hof")
    for name, href in (
        ("Imprint", "/imprint"),
        ("Privacy", "https://example.org/privacy"),
    ):
        link = foot.get_by_role("link", name=name)
        await expect(link).to_have_attribute("href", href)
        await expect(link).to_have_attribute("rel", "noopener")
    logo = page.locator(".brand .logo")
    await expect(logo).to_have_js_property("naturalWidth", 40)
    async for width in widths(page, 360, WIDE):
        await expect(foot.get_by_role("link", name="Privacy")).to_be_visible()
        assert await page.evaluate(WIDTH) <= width
    assert "ran" not in await page.title()


async def answers(page: Page) -> dict[str, list[str]]:
    """How the answers look in each scheme, of which one is given."""
    await expect(page.locator("answer-pair")).to_have_count(len(ALL))
    assert await page.evaluate("document.fonts.ready.then(() => true)")
    await page.locator("answer-pair button, answer-pair label").first.click()
    await page.mouse.move(0, 0)
    looks: dict[str, list[str]] = {}
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        looks[scheme] = await page.evaluate(ANSWERS)
    return looks


async def test_C3_a_place_is_seen_on_every_page_and_the_answers_look_as_ever(
    invite: Invite, placed: World, world: World
) -> None:
    room, _ = await placed.room(*ALL)
    theirs, _ = await world.room(*ALL)
    ines = await invite("Ines", placed.url)
    page = ines.page

    for path in ("/", "/check", "/promise", "/m/unknown", f"/m/{room}"):
        await page.goto(placed.url + path)
        await shown(page)

    join = page.locator(".ready .button[data-rank=first]")
    for scheme, accent in SCHEMES.items():
        await page.emulate_media(color_scheme=scheme)
        await expect(join).to_have_css("background-color", accent)
    own = await answers(page)
    await page.goto(f"{world.url}/m/{theirs}")
    plain = await answers(page)
    assert own.keys() == SCHEMES.keys()
    assert all(len(look) > 20 for look in own.values())
    assert own == plain
