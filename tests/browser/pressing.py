"""
Presses as people make them: one that came too early for the page is made again.

The page takes no press on what has not been at its place for a while (R16-press).
Whoever looks before they press never meets that; a script does, unless it presses as
`again` does.
"""

import asyncio
from typing import Any

from playwright.async_api import Error, Locator, Page

TRIES = 100
PAUSE = 0.1

NOTE = "addEventListener('click', event => (window.lastPress = event), true)"
"""To run in each page before its own scripts."""

_REFUSED = """
() => {
  const press = window.lastPress
  window.lastPress = null
  return !!press?.defaultPrevented
}
"""

_once = Locator.click


async def refused(page: Page) -> bool:
    """Whether the last press did nothing."""
    try:
        return bool(await page.evaluate(_REFUSED))
    except Error:  # it led to another page
        return False


async def again(button: Locator, **options: Any) -> None:
    """Press until it counts."""
    for _ in range(TRIES):
        await _once(button, **options)
        if options.get("trial") or not await refused(button.page):
            return
        await asyncio.sleep(PAUSE)
    raise AssertionError(f"no press counts on {button}")


def install() -> None:
    """Let every press of these tests be one that is seen first."""
    Locator.click = again  # type: ignore[method-assign,assignment]
