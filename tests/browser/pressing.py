"""
Presses as people make them: one that came too early for the page is made again.

The page takes no press on what has not been at its place for a while (R16-press).
Whoever looks before they press never meets that; a script does, unless it presses as
`again` does.
"""

from typing import Any

from playwright.async_api import Error, Locator, Page

TRIES = 60
PAUSE = 100
"""Milliseconds between two tries on what does not say that it is ready."""

NOTE = """
addEventListener('click', event => (window.lastPress = event), true)
window.later = setTimeout.bind(window)
"""
"""To run in each page before its own scripts, and before a clock that stands still."""

_REFUSED = """
async pause => {
  const press = window.lastPress
  window.lastPress = null
  if (!press?.defaultPrevented) return false
  const control = press.target.closest('button, a[href]')
  // A press that comes too early costs more than to look whether one is due.
  for (let tries = 0; tries < 10; tries += 1) {
    await new Promise(resolve => window.later(resolve, pause))
    if (!control?.isConnected || control.hasAttribute('data-ready')) break
  }
  return true
}
"""

_once = Locator.click


async def refused(page: Page) -> bool:
    """Whether the last press did nothing; returns once the next one may count."""
    try:
        return bool(await page.evaluate(_REFUSED, PAUSE))
    except Error:  # it led to another page
        return False


async def again(button: Locator, **options: Any) -> None:
    """Press until it counts."""
    for _ in range(TRIES):
        await _once(button, **options)
        if options.get("trial") or not await refused(button.page):
            return
    raise AssertionError(f"no press counts on {button}")


def install() -> None:
    """Let every press of these tests be one that is seen first."""
    Locator.click = again  # type: ignore[method-assign,assignment]
