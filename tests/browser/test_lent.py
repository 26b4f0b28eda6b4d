"""A page that was lent to a loop is as it was, however the loop was left."""

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.measure import NARROW, looks, widths
from tests.browser.sizes import Size, swept

pytestmark = pytest.mark.asyncio(loop_scope="session")

AS_IT_IS = """
() => [innerWidth, innerHeight, devicePixelRatio,
  matchMedia('(prefers-color-scheme: dark)').matches]
"""
Loop = Callable[[Page], AsyncIterator[object]]

LOOPS: dict[str, Loop] = {
    "swept": lambda page: swept(page, [Size(390, 844, 2.0)]),
    "widths": lambda page: widths(page, NARROW),
    "looks": lambda page: looks(page, NARROW),
    "swept again": lambda page: swept(page, [Size(360, 640, 1.0)]),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    yield page
    await page.close()


@pytest.mark.parametrize("loop", [*LOOPS, ""])
async def test_who_has_a_page_next_finds_it_as_it_was(page: Page, loop: str) -> None:
    """After another loop each time, which is left in its midst as by a failure."""
    assert await page.evaluate(AS_IT_IS) == [1440, 900, 1, False]

    if loop:
        async for _ in LOOPS[loop](page):
            assert await page.evaluate(AS_IT_IS) != [1440, 900, 1, False]
            break
