"""The measure by which a text is known to have no room finds what it should."""

import pytest
from playwright.async_api import Browser

from tests.browser.test_axe import SPILLED

pytestmark = pytest.mark.asyncio(loop_scope="session")

OVER = "position: absolute; inset: 0 auto auto 0; padding: 10px;"
FOUND = {
    "on each other": f"<p style='{OVER}'>One text</p><p style='{OVER}'>Other</p>",
    "cut off": "<p style='width: 60px; overflow: hidden; white-space: nowrap'>"
    "Much too long a text</p>",
    "cut off below": "<p style='height: 20px; overflow: clip; line-height: 20px'>"
    "Two<br>lines</p>",
    "out of its box": "<button style='width: 60px; white-space: nowrap; padding: 0;"
    " display: grid'><b style='width: 10px'>Much too long a text</b></button>",
    "at the edge": "<div style='overflow: auto; background: #eee'>"
    "<p style='margin: 0'>Flush</p></div>",
    "glued": "<div style='line-height: 1'>A note</div><button>Go on</button>",
    "the page is wider": "<p style='width: 3000px'>Wide</p>",
}
PASSED = {
    "short by intent": "<p style='width: 60px; overflow: hidden; white-space: nowrap;"
    " text-overflow: ellipsis'>Much too long a text</p>",
    "to be scrolled to": "<p style='height: 20px; overflow: auto; padding: 8px'>"
    "Two<br>lines</p>",
    "under something": f"<p style='{OVER}'>One text</p>"
    f"<div style='{OVER} background: white'>Other</div>",
    "beside each other": "<p>One <b>text</b> and <i>others</i><br>below</p>",
    "for ears alone": "<style>.unseen {position: absolute; width: 1px; height: 1px;"
    " overflow: hidden}</style><p class='unseen'>Heard</p>",
}


async def test_what_has_no_room_is_found_and_nothing_else(browser: Browser) -> None:
    page = await browser.new_page()
    said = {}
    for name, body in (FOUND | PASSED).items():
        await page.set_content(f"<!doctype html><body>{body}")
        said[name] = await page.evaluate(SPILLED)
    await page.close()

    for name in FOUND:
        kind = name.removesuffix(" below")
        assert any(fault.startswith(kind) for fault in said[name]), (name, said[name])
    assert {name: said[name] for name in PASSED if said[name]} == {}
