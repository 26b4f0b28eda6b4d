"""
The head keeps one height, whatever is on: nothing below it moves when something begins.

In a room of made-up people, in German, whose words are longest, at every size and
zoom of rule 16's sweep; in the other languages at the narrowest.
"""

from typing import Any

import pytest
from playwright.async_api import Browser

from tests.browser.crowd import crowd
from tests.browser.sizes import SHARE, measured, sizes, some_sizes
from tests.browser.test_axe import SPILLED
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOOK = f"""
() => {{
  {SHARE}
  const {{features}} = crowd
  const found = []
  for (let count = 0; count <= features.length; count += 1) {{
    crowd.show({{on: features.slice(0, count)}})
    scrollTo(0, 0)
    const stage = document.querySelector('.stage-area')
    const {{x, y, width, height}} = stage.getBoundingClientRect()
    const buttons = [...document.querySelectorAll('.sign button')]
    const small = buttons.map(each => each.getBoundingClientRect())
      .filter(box => Math.min(box.width, box.height) < 40)
    scrollTo(0, document.documentElement.scrollHeight)
    const lit = buttons.map(share)
    found.push({{stage: [x, y, width, height], lit, small: small.length}})
  }}
  return found
}}
"""
"""With none on, with the first, the first two, and so on: where the stage is."""


SEEN = f"() => ({{signs: ({LOOK})(), spilled: ({SPILLED})()}})"


def assert_still(found: list[dict[str, Any]], where: object) -> None:
    assert len(found) == 5
    assert {tuple(each["stage"]) for each in found} == {tuple(found[0]["stage"])}, where
    for count, each in enumerate(found):
        assert each["lit"] == [1] * count, (where, each)
        assert each["small"] == 0, (where, each)


async def test_R16_size_A1_whatever_is_on_the_stage_stays_where_it_is(
    browser: Browser, checkout: World
) -> None:
    page = await browser.new_page(reduced_motion="reduce")
    room = await crowd(page, checkout, "de")
    for language in ("de", "ar", "fr", "es", "en"):
        if language != "de":
            await room.anew(language)
        # As a sheet, the panel stands above the pictures, and tells of itself.
        await room.tab(None)
        which = sizes() if language == "de" else some_sizes()
        async for size, found in measured(page, which, SEEN):
            assert_still(found["signs"], (language, size))
            faults = [f for f in found["spilled"] if "state" in f or "sign" in f]
            assert faults == [], (language, size)
    await page.close()
