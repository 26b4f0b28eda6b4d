"""
Rule 16: both answers can be seen and pressed, or neither can, in every window.

Two people go each through a meeting with somebody opposite. The host's window, which
shows most, and in German, whose words are longest, takes every size and zoom that
there is at each moment. The other one's, in English, takes the narrowest; with
`GATEKEEPER_SIZES=all` every one.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.conftest import Invite, company
from tests.browser.guest import Guest
from tests.browser.readers import FEATURES, Reader, at_the_door, house
from tests.browser.sizes import (
    IN_VIEW,
    REACH,
    SHARE,
    Size,
    assert_in_reach,
    measured,
    sizes,
)
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

SIZES = sizes()
ANSWERS = "button[data-answer]"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with start(house(tmp_path_factory.mktemp("sizes") / "data")) as world:
        yield world


@pytest_asyncio.fixture(
    scope="module", loop_scope="session", params=["a host in German", "in English"]
)
async def reader(
    request: pytest.FixtureRequest, browser: Browser, office: World
) -> AsyncIterator[Reader]:
    async with company(browser) as invite:
        if request.param == "in English":
            yield await at_the_door(office, invite, "Tomas", "en-GB")
        else:
            yield await at_the_door(office, invite, "Mara", "de-DE", hosts=True)


def both_or_neither(found: Any, count: int, where: object) -> None:
    """As much of one of a pair is in view as of the other; all of both can be."""
    assert len(found) == count, (where, len(found))
    for each in found:
        assert len(each["before"]) == 2, (where, each)
        assert each["before"][0] == each["before"][1], (where, each)
        assert each["after"] == [1, 1], (where, each)


async def test_R16_size_the_sweep_is_wide_enough() -> None:
    pages = {(size.width, size.height) for size in SIZES}
    assert len(pages) >= 25
    assert {(320, 256), (320, 225), (2560, 1440)} <= pages
    assert any(w > h for w, h in pages)
    assert any(w < h for w, h in pages)
    assert {size.zoom for size in SIZES} >= {1.0, 2.0, 3.0, 4.0}


CARDS = f"""
() => {{
  const inView = {IN_VIEW}
  const cards = inView(['consent-card', '{ANSWERS}'])
  return {{cards, head: inView(['.choices-head', '.pair button'])}}
}}
"""


async def look_at_cards(reader: Reader) -> None:
    for size, found in await reader.looked(CARDS):
        both_or_neither(found["cards"], len(FEATURES), size)
        both_or_neither(found["head"], 1, size)


async def test_R16_size_the_cards_of_the_lobby(reader: Reader) -> None:
    await look_at_cards(reader)
    await reader.guest.enter()


CONTROLS = 10
"""Of the page of a room that has just been opened."""

CREATED = f"""
() => {{
  const reach = {REACH}
  const created = reach('room-created')
  document.querySelector('room-created dialog').showModal()
  const close = reach('dialog[open]')
  document.querySelector('dialog[open]').close()
  return {{created, close}}
}}
"""
"""The page, and its drawing when that is as large as the window."""


async def opened(guest: Guest) -> None:
    """Open a room at the start page, in whichever language that is."""
    page = guest.page
    await page.goto(guest.url)
    await page.locator("input[name=title]").fill("Roof and gutters " * 5)
    await page.locator(".open-form > button").click()
    await expect(page.locator("room-created")).to_be_visible()


async def look_at_created(guest: Guest, which: list[Size]) -> None:
    async for size, found in measured(guest.page, which, CREATED):
        assert_in_reach(found["created"], CONTROLS, size)
        assert_in_reach(found["close"], 1, size)


async def test_R16_size_a_room_that_has_just_been_opened(
    invite: Invite, office: World
) -> None:
    ines = await invite("Ines", office.url, locale="de-DE")
    await opened(ines)
    large = ines.page.locator("dialog[open]")
    await ines.page.locator("qr-code button").first.click()
    await large.locator("button").click()
    await expect(large).to_have_count(0)

    await look_at_created(ines, SIZES)


async def look_at_questions(reader: Reader, lit: int, some: bool = False) -> None:
    """What is asked and both answers are in view together; the rest scrolls between."""
    for size, looked in await reader.looked("() => questions()", some):
        assert {each["about"] for each in looked} == {*FEATURES}
        for found in looked:
            assert found["first"] == found["last"] == [1, 1], (size, found)
            assert found["heading"] == 1, (size, found)
            assert found["meaning"], (size, found)
            assert found["note"] > 0, (size, found)
            assert found["lit"] == [1] * lit, (size, found)


async def test_R16_size_every_question_in_every_language(reader: Reader) -> None:
    await reader.asked("recording")
    await look_at_questions(reader, lit=0, some=True)
    await reader.on("recording")
    # With something on there is less room than before: a button more on the sign.
    await reader.asked("minutes")
    await look_at_questions(reader, lit=1)
    await reader.guest.reply("granted")


LIT = f"""
() => {{
  {SHARE}
  scrollTo(0, document.documentElement.scrollHeight)
  const over = ({{x, y, height}}) =>
    [x, y, scrollY, document.elementFromPoint(x + 9, y + height / 2)?.outerHTML]
  return [...document.querySelectorAll('.sign button')].map(
    button => share(button) || over(button.getBoundingClientRect()))
}}
"""
"""
How much of each "Don't allow" of the sign takes a press at the page's very end.

In place of a nought: where it is, and what lies over it.
"""

PANEL = f"""
() => ({{rows: ({IN_VIEW})(['gate-row', '{ANSWERS}']), lit: ({LIT})()}})
"""


async def look_at_panel(reader: Reader) -> None:
    for size, found in await reader.looked(PANEL):
        both_or_neither(found["rows"], len(FEATURES), size)
        assert found["lit"] == [1], size


async def test_R16_size_the_gate_panel_and_the_sign(reader: Reader) -> None:
    await look_at_panel(reader)


OVERFLOW = f"""
() => {{
  {SHARE}
  const end = document.createElement('button')
  end.style.cssText = 'position: absolute; inset-block-start: 3000px'
  document.querySelector('.stage-area').append(end)
  end.focus()
  end.scrollIntoView({{behavior: 'instant'}})
  const lit = [...document.querySelectorAll('.sign button')].map(share)
  end.remove()
  return lit
}}
"""
"""As `LIT`, when something does not fit into the room and takes the focus."""


async def test_R16_size_whatever_takes_the_focus_the_sign_stays(
    reader: Reader,
) -> None:
    assert await reader.guest.page.evaluate(OVERFLOW) == [1]


ENDS = f"() => ({IN_VIEW})(['two-ends', 'button[data-end]'])"


async def look_at_ends(reader: Reader) -> None:
    for size, found in await reader.looked(ENDS):
        both_or_neither(found, 1, size)


async def test_R16_size_the_two_ends(reader: Reader) -> None:
    await reader.end("recording")
    await look_at_ends(reader)
