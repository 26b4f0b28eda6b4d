"""A place's name, logo, colour and pages: around the choices, and never in them."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import ALL, Invite, configured
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
<script>top.document.title = 'ran'</script>
<rect width="40" height="20" fill="#7a1f5c"/></svg>"""
ACCENT, DARK = "rgb(122, 31, 92)", "rgb(240, 165, 212)"

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
    """The foot with both links, the name and the logo, within the window's width."""
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
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert await page.evaluate(wide)
    assert "ran" not in await page.title()


async def test_C3_a_place_is_seen_on_every_page_and_the_answers_look_as_ever(
    invite: Invite, placed: World, world: World
) -> None:
    room, _ = await placed.room(*ALL)
    theirs, _ = await world.room(*ALL)
    ines = await invite("Ines", placed.url)
    page = ines.page

    for path in ("/", "/check", "/promise", f"/m/{room}", "/m/unknown"):
        await page.goto(placed.url + path)
        await shown(page)
    await page.goto(f"{placed.url}/m/{room}")
    await expect(page.locator("answer-pair").first).to_be_visible()
    schemes: tuple[tuple[Literal["light", "dark"], str], ...]
    schemes = (("light", ACCENT), ("dark", DARK))
    for scheme, accent in schemes:
        await page.emulate_media(color_scheme=scheme)
        join = page.locator(".ready .button[data-rank=first]")
        await expect(join).to_have_css("background-color", accent)
        looks = []
        for url in (f"{placed.url}/m/{room}", f"{world.url}/m/{theirs}"):
            await page.goto(url)
            await expect(page.locator("answer-pair")).to_have_count(len(ALL))
            assert await page.evaluate("document.fonts.ready.then(() => true)")
            allow = page.locator("answer-pair button, answer-pair label").first
            await allow.click()
            await page.mouse.move(0, 0)
            looks.append(await page.evaluate(ANSWERS))
        own, plain = looks
        assert len(own) > 20
        assert own == plain
        await page.goto(f"{placed.url}/m/{room}")

    await page.set_viewport_size({"width": 360, "height": 640})
    for path in ("/", "/check", f"/m/{room}"):
        await page.goto(placed.url + path)
        await shown(page)
    assert re.match(r"http://localhost", page.url)
