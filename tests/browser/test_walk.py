"""What `make walk` looks for while it walks at random: it finds each of these."""

import pytest
from playwright.async_api import Browser

from tests.walk.walker import LOOKS

pytestmark = pytest.mark.asyncio(loop_scope="session")

SIGN = "<on-air-sign><p data-state='on' data-feature='recording'>{}</p></on-air-sign>"
STOPS = SIGN.format("<button>Stop</button>")
QUESTION = (
    "<consent-prompt><dialog open style='position: static'>"
    "<button data-answer='declined'>No</button>"
    "<button data-answer='granted' style='{}'>Yes</button></dialog></consent-prompt>"
)
COVER = "<div style='position: fixed; inset: 0; background: white'></div>"
ROOM = "<meeting-room></meeting-room>"

FAULTS = {
    ROOM: [],
    ROOM + STOPS: [],
    ROOM + QUESTION.format(""): [],
    ROOM + SIGN.format("on"): ["nothing stops recording"],
    ROOM + STOPS + COVER: ["what stops recording is covered"],
    ROOM + QUESTION.format("position: fixed; top: -99px"): [
        "one answer of two is in view"
    ],
    ROOM + "<p style='width: 999px; height: 9px'></p>": ["999 pixels wide in 320"],
    "": ["there is no page"],
}


async def test_a_walk_finds_what_is_wrong_and_nothing_where_all_is_well(
    browser: Browser,
) -> None:
    page = await browser.new_page(viewport={"width": 320, "height": 256})
    try:
        for content, wrong in FAULTS.items():
            await page.set_content(f"<body style='margin: 0'>{content}")
            assert await page.evaluate(LOOKS) == wrong, content
    finally:
        await page.close()
