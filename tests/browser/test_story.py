"""
A meeting from its lobby to its page afterwards, by keys alone, in another language.

In Arabic, which turns the whole client round; `GATEKEEPER_LANGUAGES="fr es de"` has it
told in those. `GATEKEEPER_DIRECTION=rtl` turns every other test round (`guest.py`).
"""

import os
from collections.abc import AsyncIterator
from functools import cache, partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

import hatch_build
from tests.browser.conftest import ALL, Invite, configured, seated
from tests.browser.guest import Guest, answer
from tests.browser.measure import (
    NARROW,
    PHONE,
    WIDE,
    assert_alike,
    measure_all,
    widths,
)
from tests.browser.opposite import Opposite
from tests.browser.test_axe import SPILLED, clean
from tests.browser.test_words import built_in, texts
from tests.browser.waiting import until
from tests.catalogues import anyhow, catalogues, said, word
from tests.meeting.conftest import start

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = os.environ.get("GATEKEEPER_LANGUAGES", "ar").split()
TURNED = {"ar"}
"""Those that run from right to left."""
FARTHEST = 80
"""Tab stops."""
PRESSABLE = hatch_build.STATIC / "elements" / "common" / "pressable.js"
DECIDES = f"""
node => {{
  {PRESSABLE.read_text("utf-8").replace("export ", "")}
  return deciding(node) !== null
}}
"""
"""Whether a press counts only on what has been seen for a while: by the client's own
file, which a page of a wheel has under no name."""


class Reader:
    """Somebody who touches nothing but keys."""

    def __init__(self, guest: Guest, language: str) -> None:
        self.guest = guest
        self.page = guest.page
        self.language = language
        self.word = partial(word, language)
        self.anyhow = partial(anyhow, language)

    async def reach(self, there: Locator) -> None:
        """Tab until the focus is there."""
        await expect(there).to_be_visible()
        for _ in range(FARTHEST):
            if await there.evaluate("node => node === document.activeElement"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {there}")

    async def press(self, there: Locator, key: str = "Enter") -> None:
        """A press of what is seen long enough to count."""
        await self.reach(there)
        if await there.evaluate(DECIDES):
            await self.guest.sees_ready(there)
        await self.page.keyboard.press(key)

    async def reads(self) -> None:
        """The page speaks the language, whole, and runs as it does, at every width."""
        root = self.page.locator("html")
        direction = "rtl" if self.language in TURNED else "ltr"
        await expect(root).to_have_attribute("lang", self.language)
        await expect(root).to_have_attribute("dir", direction)
        shown = (await self.page.locator("body").inner_text()).replace("\u2068", "")
        assert [text for text in foreign(self.language) if text in shown] == []
        async for width in widths(self.page, NARROW, PHONE, 1024):
            assert await self.page.evaluate(SPILLED) == [], width


@cache
def foreign(language: str) -> list[str]:
    """What is said in other languages, long enough to be nobody's name."""

    def pages(tag: str) -> set[str]:
        return {text.replace("*", "") for _, text in said(tag)}

    def notices(tag: str) -> set[str]:
        return {t for n in built_in() if n.language == tag for t in texts(n)}

    own = pages(language) | notices(language)
    others = {tag for tag in catalogues() if tag != language}
    return [
        text
        for tag in others
        for text in (pages(tag) | notices(tag)) - own
        if len(text) > 12 and "{" not in text
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=LANGUAGES)
async def told(
    request: pytest.FixtureRequest,
    invite_all: Invite,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Reader, Opposite, Path]]:
    """Noor stands in a lobby in this language; Mara, opposite, is the host."""
    data = tmp_path_factory.mktemp("story") / "data"
    async with start(configured(data)) as world:
        room, secret = await world.room(*ALL)
        mara = await seated(world, room, "Mara", secret)
        noor = await invite_all(
            "Noor", world.url, locale=request.param, manner="lively"
        )
        await noor.open(room)
        yield Reader(noor, request.param), mara, data


async def test_the_lobby(told: tuple[Reader, Opposite, Path]) -> None:
    noor, _, _ = told
    page = noor.page
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        noor.word("lobby.title")
    )
    await expect(page.locator("[aria-pressed=true][data-answer]")).to_have_count(0)
    await noor.reads()
    await clean(page)

    await noor.reach(page.get_by_role("textbox", name=noor.word("lobby.name")))
    await page.keyboard.type("Noor (2)")
    await page.keyboard.press("Enter")
    await noor.guest.seated()


async def test_asked_escape_is_no_and_allowing_is_a_press_away(
    told: tuple[Reader, Opposite, Path],
) -> None:
    noor, mara, _ = told
    page, guest = noor.page, noor.guest
    await mara.ask("recording")
    heading = guest.prompt.get_by_role("heading", level=2)
    await expect(heading).to_be_focused()
    await expect(heading).to_have_text(noor.anyhow("prompt.title"))
    await noor.reads()
    async for width in widths(page, NARROW, PHONE, WIDE):
        yes, no = await measure_all(guest.prompt.locator("button[data-answer]"))
        assert_alike(yes, no, f"{noor.language} at {width}")
    await clean(page)
    await guest.sees_ready(guest.prompt.locator(answer("granted")))
    await page.keyboard.press("Escape")
    await guest.hears("decided", feature="recording", decision="declined")
    await expect(guest.prompt).to_be_hidden()

    await mara.choose("recording", "granted")
    await noor.press(guest.row("recording").locator(answer("granted")), "Space")
    await guest.sees_sign("recording", "on")
    state = guest.row("recording").get_by_role("group").locator("legend")
    await expect(state).to_contain_text(noor.word("answer.granted"))
    await expect(guest.plate("recording")).to_have_text(noor.anyhow("sign.on.now"))
    await noor.reads()
    await clean(page)


async def test_tabs_are_walked_as_they_stand_and_names_stay_whole(
    told: tuple[Reader, Opposite, Path],
) -> None:
    noor, _, _ = told
    page, guest = noor.page, noor.guest
    gate, people, chat = (
        guest.tab(noor.word(f"{name}.tab")) for name in ("gate", "people", "chat")
    )
    await noor.reach(gate)
    onward = "ArrowLeft" if noor.language in TURNED else "ArrowRight"
    backward = "ArrowRight" if noor.language in TURNED else "ArrowLeft"
    await page.keyboard.press(onward)
    await expect(people).to_be_focused()
    on_their_right = await page.evaluate(RIGHT, [await gate.element_handle()])
    assert on_their_right == (noor.language in TURNED)
    await page.keyboard.press(onward)
    await expect(chat).to_be_focused()

    await noor.reach(page.get_by_role("textbox", name=noor.word("chat.message")))
    for text in ("The roof (A).", "السقف (أ)."):
        await page.keyboard.type(text)
        await page.keyboard.press("Enter")
    lines = page.locator(".talk-text")
    await expect(lines).to_have_count(2)
    runs = [
        await line.evaluate("node => getComputedStyle(node).direction")
        for line in await lines.all()
    ]
    assert runs == ["ltr", "rtl"]
    await noor.reads()
    await noor.reach(chat)
    await page.keyboard.press(backward)
    await page.keyboard.press(backward)
    await expect(gate).to_be_focused()


RIGHT = """
([node]) => node.getBoundingClientRect().left
  > node.nextElementSibling.getBoundingClientRect().left
"""


async def test_taken_back_with_one_press_and_left(
    told: tuple[Reader, Opposite, Path],
) -> None:
    noor, mara, data = told
    page, guest = noor.page, noor.guest
    await until(lambda: recorded(data), "something of Noor is recorded")
    await noor.press(guest.plate("recording").get_by_role("button"))
    await mara.sees_sign("recording", "off")
    await guest.sees_sign("recording", "off")
    await noor.reach(page.locator("button[data-end]").first)
    await noor.reads()
    await clean(page)

    await noor.press(page.get_by_role("button", name=noor.word("dock.leave")))
    await mara.person.say(type="end")
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        noor.word("end.left")
    )
    await noor.press(page.locator("summary").first)
    await expect(page.locator(".receipt").first).to_be_visible()
    await noor.reads()
    await clean(page)


async def test_the_page_afterwards(told: tuple[Reader, Opposite, Path]) -> None:
    noor, _, _ = told
    page = noor.page
    await noor.press(page.get_by_role("link", name=noor.word("end.after")))
    video = page.locator("video")
    await expect(video).to_be_visible(timeout=90_000)
    place = page.get_by_role("slider", name=noor.word("player.seek"))
    await noor.reach(place)
    await expect(place).to_have_css("direction", "ltr")  # as films run everywhere
    await page.keyboard.press("ArrowRight")
    await expect(place).not_to_have_value("0")
    await page.keyboard.press("ArrowLeft")
    await expect(place).to_have_value("0")
    when = page.get_by_role("region", name=noor.word("when.title"))
    await noor.press(when.get_by_role("button"))
    await until(lambda: video.evaluate("v => v.currentTime > 0.3"), "it plays")

    await noor.press(page.locator("receipt-list summary").first)
    await expect(page.locator(".receipt").first).to_be_visible()
    erase = page.locator("your-part button[data-end=erase]")
    question = page.get_by_role("region", name=noor.word("part.confirm"))
    for key in ("Escape", "Enter"):
        await noor.press(erase)
        await expect(question.get_by_role("heading")).to_be_focused()
        if key == "Enter":
            await noor.reads()
            await clean(page)
            await noor.reach(question.locator("[data-answer=yes]"))
            await noor.guest.sees_ready(question.locator("[data-answer=yes]"))
        await page.keyboard.press(key)
        await expect(question).to_have_count(0)
    await expect(page.get_by_text(noor.word("part.erased"), exact=True)).to_be_visible()
    gone = page.get_by_role("heading", name=noor.word("film.emptied"))
    await expect(gone).to_be_visible()
    await noor.reads()
    await clean(page)


def recorded(data: Path) -> bool:
    """Whether a second or so of a camera and a microphone is on the disk."""
    files = (data / "recordings").glob("*/recording/*/*.webm")
    return len([f for f in files if f.stat().st_size > 2_000]) >= 2
