"""
A page that may frame a room, and would have people say yes without their seeing it.

Each attack begins where a press would count; it is made by a real mouse and real keys,
through the browser. What the frame's person has answered is looked at within.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.embedding import SEEN, Embedding, Framed, embedding, press
from tests.browser.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = """<!doctype html>
<meta charset="utf-8">
<style>
  body { margin: 0 }
  #wrap { position: absolute; left: 40px; top: 40px; width: 420px; height: 700px }
  iframe { display: block; border: 0; width: 420px; height: 700px }
  #over { position: absolute; z-index: 9; display: none; background: #eee;
    pointer-events: none; inset: 0 }
</style>
<input id="field">
<div id="wrap"><iframe id="f" src="SRC"></iframe></div>
<div id="over">Play</div>
<script>
  // What a page can do to its own world changes nothing in the frame's.
  Object.defineProperty(Event.prototype, 'isTrusted', {get: () => true})
  IntersectionObserver.prototype.observe = () => {}
  performance.now = () => 1e9
  EventTarget.prototype.addEventListener = new Proxy(
    EventTarget.prototype.addEventListener, {})
</script>
"""
UNDONE = "for (const each of [f, wrap, over]) each.removeAttribute('style')"
SHOWN = "over.style.display = 'block'; over.style."
HIDES = {
    "fades it": "f.style.opacity = '.02'",
    "blurs it": "f.style.filter = 'blur(3px)'",
    "blends it": "f.style.mixBlendMode = 'difference'",
    "clips it": "wrap.style.clipPath = 'inset(0 210px 0 0)'",
    "cuts it off": "wrap.style.width = '210px'; wrap.style.overflow = 'hidden'",
    "lays itself over it": f"{SHOWN}background = '#eee'",
    "covers the other answer": f"{SHOWN}left = '260px'",
    "looks through matted glass": f"{SHOWN}background = 'none';"
    "over.style.backdropFilter = 'blur(9px)'",
    "makes it small": "wrap.style.transform = 'scale(.5)'",
    "turns it": "wrap.style.transform = 'rotate(180deg)'",
    "slants it": "wrap.style.transform = 'skewX(40deg)'",
    "takes it far away": "wrap.style.transform = 'perspective(9px) translateZ(-9px)'",
    "zooms it away": "wrap.style.zoom = '.2'",
    "scrolls half of it out": "wrap.style.left = '-220px'",
}
MESSAGES = """
const target = f.contentWindow
for (const kind of ['hello', 'state', 'answer', 'decide', 'click', 'join', 'grant'])
  for (const rest of [{}, {feature: 'minutes', decision: 'granted'}, {x: 5, y: 5}])
    target.postMessage({gatekeeper: kind, type: kind, ...rest}, '*')
for (const odd of [null, 7, 'granted', [], {gatekeeper: 'shape', shape: 'none'},
    {gatekeeper: 'theme', theme: {font: 'x', background: 'red'}},
    {gatekeeper: 'theme', theme: {accent: 'url(x)'}}, new Map([['gatekeeper', 1]])])
  target.postMessage(odd, '*')
f.contentWindow.focus()
"""


TWICE = """
const twin = f.cloneNode()
twin.style = 'position: absolute; inset: 40px auto auto 470px'
document.body.append(twin)
"""
STOPPED = (
    "for (let timer = setInterval(() => {}, 1e6); timer; timer--) clearInterval(timer)"
)
"""As in a window that lies behind others."""
COUNTED = """
globalThis.told = 0
addEventListener('message', ({data}) => { if (data.lasts > 1000) told++ })
"""
BACK = "document.querySelector('.my-receipts:not([hidden]) .link')?.click()"


@dataclass
class Attack:
    """A hostile page, and what its victim sits before."""

    gate: Embedding
    room: str
    page: Page
    framed: Framed

    async def begins(self) -> tuple[float, float]:
        """Where a press on Allow would count; until the attack changes that."""
        allow = self.framed.pick("granted")
        await self.page.evaluate(UNDONE)
        await self.framed.is_armed(allow)
        return await self.framed.place(allow)


async def framed(
    gate: Embedding, page: Page, html: str = HOSTILE
) -> tuple[str, Framed]:
    """A page that frames a new room, whose person has come in."""
    room = await gate.room()
    entry = await gate.entry(room)
    src = f"{gate.world.url}/m/{room}/gate#entry={entry}&name=Ann"
    gate.site.pages["/page"] = html.replace("SRC", src)
    await page.goto(f"{gate.site.origin}/page")
    found = await Framed.within(page)
    await found.joins()
    return room, found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def attack(browser: Browser, gate: Embedding) -> AsyncIterator[Attack]:
    context = await browser.new_context(
        viewport={"width": 800, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    page = await context.new_page()
    room, found = await framed(gate, page)
    yield Attack(gate, room, page, found)
    await context.close()


@pytest.mark.parametrize("half", [0, 1])
async def test_a_page_that_hides_what_is_asked_gets_no_yes(
    attack: Attack, half: int
) -> None:
    for what, how in list(HIDES.items())[half::2]:
        await attack.begins()
        await attack.page.evaluate(how)
        # When the browser has looked again; what is unseen to it stays so.
        await attack.page.wait_for_timeout(150)

        await attack.framed.press(
            await attack.framed.place(attack.framed.pick("granted"))
        )

        await attack.page.wait_for_timeout(100)
        assert await attack.framed.says() == "unset", what


async def test_what_comes_under_a_press_was_not_pressed(attack: Attack) -> None:
    at = await attack.begins()
    mouse = attack.page.mouse
    for away in ("2000px", "500px"):
        for waits in (0, 200, 520):
            await attack.page.evaluate(f"wrap.style.left = '{away}'")
            await mouse.move(at[0] - 20, at[1])
            await mouse.move(*at, steps=3)
            await attack.page.evaluate(UNDONE)
            await attack.page.wait_for_timeout(waits)
            await mouse.down()
            await mouse.up()
        await attack.page.evaluate(f"wrap.style.left = '{away}'")
        await mouse.down()
        await attack.page.evaluate(UNDONE)
        await mouse.up()
    await attack.page.wait_for_timeout(200)

    assert await attack.framed.says() == "unset"


async def test_no_message_focus_or_key_says_yes(attack: Attack) -> None:
    await attack.begins()
    frame, keyboard = attack.framed.frame, attack.page.keyboard
    before = await frame.evaluate("[scrollX, scrollY, innerHeight]")
    await attack.page.evaluate(MESSAGES)
    await attack.page.wait_for_timeout(100)
    assert await frame.evaluate("[scrollX, scrollY, innerHeight]") == before
    assert await frame.evaluate("document.activeElement.localName") != "button"
    # Whoever types in a form finds themselves in the frame, and goes on typing.
    for key in (
        "Enter",
        "Space",
        "Escape",
        *["Tab", "Enter"] * 9,
        *["Tab", "Space"] * 9,
    ):
        await keyboard.press(key)
    for answer in ("granted", "declined"):
        await attack.framed.pick(answer).evaluate("node => node.focus()")
        await attack.page.locator("#field").focus()
        await attack.page.evaluate("f.contentWindow.focus()")
        await keyboard.press("Enter")
        # Not by a script of the frame's own either: it is no person.
        await attack.framed.pick(answer).evaluate("node => node.click()")
    await attack.page.wait_for_timeout(200)
    # Which of two pages of the panel is open is decided by nobody.
    await frame.evaluate(BACK)

    assert await attack.framed.says() == "unset"
    assert not await frame.evaluate("document.documentElement.style.length")


async def test_the_same_press_says_yes_in_a_page_that_hides_nothing(
    attack: Attack,
) -> None:
    """What was refused above was refused for what was done to it."""
    await attack.framed.press(await attack.begins())

    await until(
        lambda: attack.framed.frame.locator(".choice[data-answer=granted]").count(),
        "it is a yes",
    )
    await attack.framed.press(await attack.framed.place(attack.framed.pick("declined")))
    await until(
        lambda: attack.framed.frame.locator(".choice[data-answer=declined]").count(),
        "and a no",
    )


async def test_a_mask_is_known_to_no_browser(attack: Attack) -> None:
    """
    As docs/embedding.md says. Once this fails, Chromium tells it: then it is one
    more line of `HIDES`, and nothing has to be said of it any more.
    """
    await attack.begins()
    await attack.page.evaluate("f.style.maskImage = 'linear-gradient(#0000, #0000)'")

    assert await attack.framed.pick("granted").evaluate(SEEN)

    await attack.page.evaluate(UNDONE)


async def test_nobody_answers_in_a_frame(browser: Browser, tmp_path: Path) -> None:
    """
    Unless the admin says so: then no mask is of use, nor what else no browser tells.

    The window may lie behind others, where its timers stand still: the frame asks it.
    """
    async with embedding(tmp_path / "data") as gate:
        room = await gate.room()
        src = f"{gate.world.url}/m/{room}/gate#entry={await gate.entry(room)}&name=Ann"
        gate.site.pages["/page"] = HOSTILE.replace("SRC", src)
        page = await browser.new_page(locale="en-GB", reduced_motion="reduce")
        await page.goto(f"{gate.site.origin}/page")
        framed = await Framed.within(page)
        button = framed.frame.locator("[data-act=own-window]")
        await expect(button).to_have_attribute("data-ready", "")
        await expect(framed.frame.locator("[data-answer]")).to_have_count(0)

        async with page.expect_popup() as popup:
            await framed.press(await framed.place(button))
        window = await popup.value

        lobby = window.locator("meeting-lobby button[data-answer]")
        await expect(lobby).to_have_count(2)
        await expect(window.locator("#name")).to_have_value("Ann")
        await press(window.locator(".join [data-rank=first]"))
        await expect(window.locator("gate-room")).to_be_visible()
        await window.evaluate(STOPPED)
        await framed.frame.evaluate(COUNTED)
        await until(
            lambda: framed.frame.evaluate("told > 4"), "it answers what it is asked"
        )
        shown = framed.frame.locator("gate-window")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(gate.asks(room))
            await expect(shown).to_have_attribute("data-asked", "")
        await window.close()
        await page.close()


async def test_of_two_frames_one_has_the_seat(attack: Attack) -> None:
    page = attack.page
    await page.evaluate(TWICE)
    first = attack.framed.frame
    others = await until(
        lambda: [each for each in page.main_frame.child_frames if each is not first],
        "there are two",
    )
    await Framed(page, others[0]).joins()

    await expect(first.locator("meeting-end")).to_be_visible()


async def test_a_site_that_is_not_listed_frames_nothing(
    browser: Browser, gate: Embedding
) -> None:
    room = await gate.room()
    page = await browser.new_page()
    # The gate's own site is none that is listed, and neither is a name of it.
    text = HOSTILE.replace("SRC", f"{gate.world.url}/m/{room}/gate")
    gate.site.pages["/other"] = text
    elsewhere = gate.site.origin.replace("127.0.0.1", "localhost")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    await page.goto(f"{elsewhere}/other")

    await until(
        lambda: any("frame-ancestors" in line for line in said), "it is refused"
    )
    await page.close()
