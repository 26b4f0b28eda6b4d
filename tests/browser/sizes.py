"""Windows and zooms, and what of a page is in view in them."""

import os
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page

from tests.browser.guest import script
from tests.browser.lent import lent

WINDOWS = (
    *((320, 256), (320, 568), (360, 640), (390, 844), (412, 915), (480, 320)),
    *((568, 320), (600, 960), (640, 360), (640, 480), (667, 375), (768, 1024)),
    *((800, 600), (844, 390), (915, 412), (1024, 640), (1024, 768), (1100, 620)),
    *((1200, 700), (1280, 720), (1280, 800), (1280, 900), (1280, 1024), (1366, 768)),
    *((1440, 900), (1600, 900), (1920, 1080), (2560, 1440), (900, 1440), (1080, 1920)),
)
ZOOMS = (1.0, 2.0, 3.0, 4.0)
LEAST = (320, 225)
"""1280 by 900 at 400 percent: nobody is promised less."""

NARROWEST = {(320, 256), (320, 568), (390, 844), (480, 320), (1024, 640), (1280, 900)}
"""At which a longer word has its effect first."""

SHARE = f"const share = {script('share.js')}"
"""For a script that asks how much of a node takes a press."""

IN_VIEW = f"""
([root, selector]) => {{
  {SHARE}
  const shown = nodes => [...nodes].filter(node => node.checkVisibility())
  return shown(document.querySelectorAll(root)).map(each => {{
    const nodes = shown(each.querySelectorAll(selector))
    const before = nodes.map(share)
    nodes.at(-1)?.scrollIntoView({{block: 'center', behavior: 'instant'}})
    const after = nodes.map(share)
    return {{about: each.textContent.trim().slice(0, 60), before, after}}
  }})
}}
"""
"""
How much of each `selector` in each `root` takes a press, from 0 to 1.

`before` and `after` the last of them is scrolled to.
"""

REACH = f"""
root => {{
  {SHARE}
  const controls = `${{root}} :is(a, button, input, select)`
  const found = [...document.querySelectorAll(controls)]
    .filter(node => node.checkVisibility())
  const missed = found.filter(node => {{
    node.scrollIntoView({{block: 'center', behavior: 'instant'}})
    return share(node) < 1
  }})
  const wide = document.documentElement.scrollWidth - innerWidth
  return {{count: found.length, missed: missed.map(node => node.outerHTML), wide}}
}}
"""
"""What of the controls in a root cannot be scrolled to and pressed."""

DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
"""Whoever looks sees whole frames: what a page does on a resize is in the next one."""


@dataclass(frozen=True)
class Size:
    """A window at a zoom: so many CSS pixels, each of them so many real ones."""

    width: int
    height: int
    zoom: float


def sizes() -> list[Size]:
    """Every window at every zoom that leaves the page `LEAST`; each page once."""
    found: dict[tuple[int, int], Size] = {}
    for width, height in WINDOWS:
        for zoom in ZOOMS:
            page = int(width / zoom), int(height / zoom)
            if page[0] >= LEAST[0] and page[1] >= LEAST[1]:
                found.setdefault(page, Size(*page, zoom))
    # What zooms draws everything anew: once for each zoom.
    return sorted(found.values(), key=lambda size: size.zoom)


def some_sizes(*more: tuple[int, int]) -> list[Size]:
    """The `NARROWEST`, and `more`; every size with `GATEKEEPER_SIZES=all`."""
    if os.environ.get("GATEKEEPER_SIZES") == "all":
        return sizes()
    wanted = {*NARROWEST, *more}
    return [size for size in sizes() if (size.width, size.height) in wanted]


@lent
async def swept(page: Page, which: list[Size]) -> AsyncGenerator[Size]:
    """`page` at each size; as it was afterwards."""
    async with _sized(page) as resize:
        for size in which:
            await resize(size)
            await page.evaluate(DRAWN)
            yield size


@lent
async def measured(
    page: Page, which: list[Size], look: str, given: object = None
) -> AsyncGenerator[tuple[Size, Any]]:
    """What `look`, a function of JavaScript, finds at each size."""
    drawn = f"async given => {{ await ({DRAWN})(); return ({look})(given) }}"
    async with _sized(page) as resize:
        for size in which:
            await resize(size)
            yield size, await page.evaluate(drawn, given)


@asynccontextmanager
async def _sized(page: Page) -> AsyncIterator[Callable[[Size], Awaitable[None]]]:
    """Gives `page` a size; it is as it was afterwards."""
    control: CDPSession = await page.context.new_cdp_session(page)

    async def resize(size: Size) -> None:
        metrics = {"width": size.width, "height": size.height, "mobile": False}
        await control.send(
            "Emulation.setDeviceMetricsOverride",
            metrics | {"deviceScaleFactor": size.zoom},
        )

    try:
        yield resize
    finally:
        if not page.is_closed():
            await control.send("Emulation.clearDeviceMetricsOverride")
            await control.detach()
            await _restored(page)


async def _restored(page: Page) -> None:
    """
    At the size that it has for Playwright.

    Chromium goes back to one that it had before, not always the last. Playwright, which
    has not seen that, says nothing to it where it is asked for the same size again.
    """
    if size := page.viewport_size:
        await page.set_viewport_size(size | {"height": size["height"] + 1})
        await page.set_viewport_size(size)


def assert_in_reach(found: dict[str, Any], count: int, where: object) -> None:
    """By `REACH`: each of `count` controls can be pressed; one scrolls down alone."""
    assert found["missed"] == [], where
    assert found["count"] == count, where
    assert found["wide"] <= 0, where


async def all_in_reach(page: Page, root: str, count: int) -> None:
    """Each of `count` controls in `root` can be scrolled to and pressed, down alone."""
    assert_in_reach(await page.evaluate(REACH, root), count, page.viewport_size)


async def in_view(page: Page, root: str, selector: str) -> list[dict[str, Any]]:
    """`IN_VIEW`, just now."""
    found: list[dict[str, Any]] = await page.evaluate(IN_VIEW, [root, selector])
    return found
