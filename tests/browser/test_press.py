"""Rule 16: a press answers what its person saw at that place for 600 ms."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import ALL, Invite
from tests.browser.guest import Guest, answer, script
from tests.browser.waiting import until
from tests.meeting.conftest import World
from tests.meeting.person import Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAIRS = 40
A_ROOM = 10
"""Pairs in one room, in which a no is soon asked about no more."""
SEED = int(os.environ.get("PRESS_SEED") or random.SystemRandom().randrange(2**32))
GAPS = (0, 60, 120, 300, 450)
"""Milliseconds between two presses."""
WINDOWS = ((1280, 800), (1024, 640), (390, 844), (640, 360), (320, 256))
PLACES = """
root => [...document.querySelectorAll(`${root} :is(button, a[href])`)].flatMap(node => {
  const {x, y, width, height} = node.getBoundingClientRect()
  const spot = [x + width / 2, y + height / 2]
  return node.contains(document.elementFromPoint(...spot)) ? [spot] : []
})
"""
REQUEST = """
feature => {
  const asked = new Event('feature-request')
  document.dispatchEvent(Object.assign(asked, {feature, wanted: true}))
}
"""
MOVED = """
async (button, y) => {
  const box = () => button.getBoundingClientRect()
  while (Math.abs(box().y + box().height / 2 - y) <= box().height / 2)
    await new Promise(requestAnimationFrame)
  return box().y + box().height / 2
}
"""
"""Where the middle of a button is in the first frame in which it is no more at `y`."""
TURN = """
() => document.styleSheets[0].insertRule('.pair { direction: rtl }')
"""
"""Answers change places, and nothing in the page says so but what one sees."""
HIDE = """
async () => {
  document.querySelectorAll(':popover-open').forEach(each => each.hidePopover())
  if (document.fullscreenElement) await document.exitFullscreen()
}
"""

LET_ALONE = """
async () => {
  let touched = 0
  const is = ({type, target, attributeName: name, oldValue: old}) =>
    name === 'data-ready' || type !== 'attributes' || target.getAttribute(name) !== old
  const watch = new MutationObserver(records => (touched += records.filter(is).length))
  watch.observe(document, {
    subtree: true, childList: true, characterData: true, attributeOldValue: true,
  })
  await new Promise(done => setTimeout(done, 1000))
  watch.disconnect()
  return touched === 0
}
"""
"""Whether for a second, and ten looks at it, the page stays as it is."""


@dataclass
class Two:
    """A host at a browser, and somebody who speaks the protocol and says yes or no."""

    world: World
    mara: Guest
    noor: Person
    done: Counter[str] = field(default_factory=Counter)

    async def deeds(self) -> list[str]:
        """What the presses since the last call have done."""
        found: list[str] = await self.mara.page.evaluate("deeds.splice(0)")
        return [deed for deed in found if deed]

    async def point(self, button: Locator) -> tuple[float, float]:
        """Its middle, once a press there counts."""
        await self.mara.sees_ready(button)
        box = await button.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    async def twice(self, at: tuple[float, float], gap: int) -> list[str]:
        """Press there two times; what that has done."""
        mouse = self.mara.page.mouse
        await self.deeds()
        await mouse.click(*at)
        await self.mara.page.wait_for_timeout(gap)
        await mouse.click(*at)
        return await self.deeds()


async def seated(world: World, mara: Guest) -> Person:
    """Let Mara host a new room; Noor, who is there and allows everything."""
    room, secret = await world.room(*ALL)
    await mara.join(room, secret)
    noor = await world.person(room, "Noor")
    await noor.join(allow=tuple(ALL))
    return noor


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def mara(invite_all: Invite, world: World) -> Guest:
    mara = await invite_all("Mara", world.url, has_touch=True)
    await mara.context.add_init_script(f"({script('deeds.js')})()")
    return mara


@pytest_asyncio.fixture(loop_scope="session")
async def two(world: World, mara: Guest) -> AsyncIterator[Two]:
    """Both in a new room, at a window in which the question lies over the panel."""
    await mara.page.set_viewport_size({"width": 1280, "height": 800})
    two = Two(world, mara, await seated(world, mara))
    yield two
    await two.noor.drop()


@pytest.mark.parametrize("gap", [0, 120, 300])
async def test_R16_press_a_double_press_on_an_answer_answers_nothing_else(
    two: Two, gap: int
) -> None:
    mara = two.mara
    for feature in ("recording", "transcript"):
        await mara.ask(feature)
        await expect(mara.prompt).to_be_visible()
        at = await two.point(mara.prompt.locator(answer("granted")))

        assert await two.twice(at, gap) == [f"answer {feature}"]

        await mara.sees_sign(feature, "on")


@pytest.mark.parametrize("key", ["Enter", "Space"])
async def test_R16_press_a_second_key_lands_on_nothing_that_took_the_focus(
    two: Two, key: str
) -> None:
    mara = two.mara
    await mara.ask("transcript")
    allow = mara.prompt.locator(answer("granted"))
    await mara.sees_ready(allow)
    while not await allow.evaluate("node => node === document.activeElement"):
        await mara.page.keyboard.press("Tab")
    await two.deeds()

    for _ in range(3):
        await mara.page.keyboard.press(key)

    await mara.sees_sign("transcript", "on")
    assert await two.deeds() == ["answer transcript"]
    await expect(mara.page.locator(":focus")).to_have_count(1)


async def test_R16_press_escape_answers_no_question_that_was_not_there(
    two: Two,
) -> None:
    mara = two.mara
    mara.said.clear()
    await mara.ask("summary")
    await expect(mara.prompt).to_be_visible()
    await mara.page.keyboard.press("Escape")
    assert mara.decisions() == []
    await mara.sees_ready(mara.prompt.locator("button").last)

    await mara.page.keyboard.press("Escape")

    await until(lambda: mara.decisions() == ["declined"], "the question is answered")


async def test_R16_press_what_a_row_above_moved_takes_no_press_at_once(
    two: Two,
) -> None:
    """What goes on says by whom it was checked, and what is below moves."""
    mara, noor = two.mara, two.noor
    page = mara.page
    await page.set_viewport_size({"width": 390, "height": 844})
    await mara.choose("recording", "granted")
    await noor.refuse("recording")
    ask = mara.row("recording").locator("[data-act=ask]")
    await ask.click()
    pick = mara.row("transcript").locator(answer("granted"))
    before = await two.point(pick)
    await two.deeds()

    x, y = before
    moved, _ = await asyncio.gather(pick.evaluate(MOVED, y), noor.allow("recording"))
    for place in (before, (x, moved)):
        await page.mouse.click(*place)

    assert await two.deeds() == []
    await mara.sees_sign("recording", "on")
    await page.mouse.click(*await two.point(pick))
    await expect(pick).to_have_attribute("aria-pressed", "true")


async def test_R16_press_a_tab_that_was_turned_to_takes_no_press_at_once(
    two: Two,
) -> None:
    mara = two.mara
    row = mara.row("recording")
    at = await two.point(row.locator(answer("granted")))
    await mara.show("People")
    await mara.page.wait_for_timeout(700)
    await mara.page.evaluate("document.querySelector('meeting-room').open('gate')")

    assert await two.twice(at, 120) == []


async def test_R16_press_what_changed_places_in_silence_takes_no_press_at_once(
    two: Two,
) -> None:
    mara = two.mara
    row = mara.row("recording")
    granted, declined = row.locator(answer("granted")), row.locator(answer("declined"))
    at = await two.point(granted)
    await mara.page.wait_for_timeout(700)  # and nothing stirs
    await mara.page.evaluate(TURN)

    assert await two.twice(at, 120) == []

    assert await two.point(declined) == at
    await mara.page.mouse.click(*at)
    assert await two.deeds() == ["answer recording"]


async def test_R16_press_what_one_scrolls_to_oneself_takes_a_press(two: Two) -> None:
    """It has been in view all along; only its own person has moved it."""
    mara = two.mara
    pick = mara.row("transcript").locator(answer("declined"))
    x, y = await two.point(pick)
    await two.deeds()
    await mara.page.mouse.move(x, y)
    await mara.page.mouse.wheel(0, 60)
    await until(
        lambda: mara.page.evaluate(
            "document.querySelector('gate-panel .panel-body').scrollTop >= 60"
        ),
        "it is scrolled",
    )

    await mara.page.mouse.click(x, y - 60)

    assert await two.deeds() == ["answer transcript"]


async def test_R16_press_a_page_in_which_nothing_happens_is_not_written_to(
    two: Two,
) -> None:
    """Looks at what can be pressed would make one another necessary all day long."""
    await until(lambda: two.mara.page.evaluate(LET_ALONE), "it is let alone")


async def test_R16_press_random_pairs_change_one_thing_at_most(two: Two) -> None:
    dice = random.Random(SEED)  # noqa: S311 - of where to press
    counts: Counter[str] = Counter()
    for number in range(PAIRS):
        if number % A_ROOM == 0 and number > 0:
            await anew(two)
        try:
            await shake(two, dice, counts)
        except aiohttp.ClientConnectionError:  # Noor has been sent away by two presses
            await anew(two)
        where = await aimed(two, dice)
        gap = dice.choice(GAPS)
        how = dice.choice(("mouse", "mouse", "touch", "key"))
        if how == "key":
            for _ in range(dice.randrange(6)):
                await two.mara.page.keyboard.press("Tab")
        await two.deeds()
        await press(two, how, where)
        await two.mara.page.wait_for_timeout(gap)
        await press(two, how, where)
        done = await two.deeds()
        counts["pairs"] += 1
        counts[how] += 1
        counts["pairs that did something"] += bool(done)
        two.done.update(done)
        assert len(set(done)) <= 1, (SEED, counts["pairs"], how, gap, where, done)
        await back(two)
    print(f"seed {SEED}: {dict(counts)}; done: {dict(two.done)}")  # noqa: T201
    assert counts["pairs that did something"] > 1


async def shake(two: Two, dice: random.Random, counts: Counter[str]) -> None:
    """Something happens by itself, a moment ago or longer."""
    mara, noor = two.mara, two.noor
    feature = dice.choice(ALL)
    other = dice.choice(("allow", "refuse", "tab", "window", "lines", "wait"))
    what = dice.choice(("ask", other))
    match what:
        case "allow":
            await noor.allow(feature)
        case "refuse":
            await noor.refuse(feature)
        case "ask":
            await mara.page.evaluate(REQUEST, feature)
        case "tab":
            tab = dice.choice(("gate", "gate", "people", "chat", "notes"))
            await mara.page.evaluate(
                "tab => document.querySelector('meeting-room').open(tab)", tab
            )
        case "window":
            width, height = dice.choice(WINDOWS)
            await mara.page.set_viewport_size({"width": width, "height": height})
        case "lines":
            await noor.say(type="chat", text="A line")
        case _:
            pass  # and nothing happens
    counts[what] += 1
    await noor.say(type="ping")
    await mara.page.wait_for_timeout(dice.choice((0, 100, 300, 750, 750, 750)))


async def aimed(two: Two, dice: random.Random) -> tuple[float, float]:
    """A place in the window: mostly where something can be pressed."""
    page = two.mara.page
    size = page.viewport_size
    assert size
    if await two.mara.prompt.is_visible() and dice.random() < 0.8:
        spots = await page.evaluate(PLACES, "consent-prompt")
    else:
        spots = await page.evaluate(PLACES, "body")
    if spots and dice.random() < 0.8:
        x, y = dice.choice(spots)
        return x + dice.uniform(-9, 9), y + dice.uniform(-9, 9)
    return dice.uniform(0, size["width"]), dice.uniform(0, size["height"])


async def press(two: Two, how: str, where: tuple[float, float]) -> None:
    page = two.mara.page
    match how:
        case "mouse":
            await page.mouse.click(*where)
        case "touch":
            await page.touchscreen.tap(*where)
        case _:
            await page.keyboard.press("Enter")


async def back(two: Two) -> None:
    """Put away what lies over the room; into a new one for who has left."""
    page = two.mara.page
    await page.evaluate(HIDE)
    if not await page.locator("meeting-room").count():
        await anew(two)


async def anew(two: Two) -> None:
    """Into a new room, in which nobody has been asked."""
    await two.noor.drop()
    await two.mara.page.set_viewport_size({"width": 1280, "height": 800})
    two.noor = await seated(two.world, two.mara)
