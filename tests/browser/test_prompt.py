"""Fair consent, "Focus, keyboard, assistive technology": a question in mid-meeting."""

import re
from typing import Literal

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ALL, Face, Invite, Meet, Sit
from tests.browser.guest import DONT_ALLOW, Decision, Guest, answer
from tests.browser.measure import HEIGHTS, NARROW, PHONE, measure_all
from tests.browser.opposite import Opposite
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

ALLOW = answer("granted")
ANSWERS: tuple[Decision, ...] = ("granted", "declined")
COLOURS: tuple[Literal["none", "active"], ...] = ("none", "active")


async def asked(face: Face, feature: str = "transcript") -> tuple[Opposite, Guest]:
    """A host, and somebody who is being asked."""
    mara, tomas = await face("Tomas")
    await mara.ask(feature)
    await expect(tomas.prompt).to_be_visible()
    return mara, tomas


async def armed(guest: Guest) -> None:
    """Wait until presses count."""
    await guest.sees_ready(guest.prompt.locator(ALLOW))


async def test_K1_focus_starts_on_the_heading_of_each_question(meet: Meet) -> None:
    mara, tomas = await meet("Mara", "Tomas")
    await mara.ask("transcript")
    for guest in (mara, tomas):
        await expect(guest.prompt).to_be_visible()
        heading = guest.prompt.get_by_role(
            "heading", name="Allow transcript in this room?"
        )
        await expect(heading).to_be_focused()
    await mara.reply("declined")
    await mara.ask("summary")
    await tomas.reply("declined")

    heading = tomas.prompt.get_by_role("heading", name="Allow AI summary in this room?")
    await expect(heading).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
async def test_K2_a_key_that_is_down_before_the_question_cannot_accept(
    face: Face, key: str
) -> None:
    mara, tomas = await face("Tomas")
    await tomas.page.locator("body").focus()
    await tomas.page.keyboard.down(key)
    await mara.ask("transcript")
    await expect(tomas.prompt).to_be_visible()
    opened = await tomas.page.evaluate("performance.now()")
    await tomas.prompt.locator(ALLOW).focus()

    async def long_after() -> bool:
        await tomas.page.keyboard.down(key)  # as a key that is held repeats itself
        return bool(await tomas.page.evaluate("performance.now()") - opened > 900)

    await until(long_after, "the key is held for a while")
    await tomas.page.keyboard.up(key)

    assert tomas.decisions() == []
    await armed(tomas)
    await tomas.page.keyboard.press(key)
    await tomas.hears("decided", decision="granted")


async def test_K2_no_press_counts_in_the_first_half_second(
    face: Face, invite: Invite, world: World
) -> None:
    (mara,) = await face()
    noor = await invite("Noor", world.url)
    clock = noor.page.clock
    await clock.install()
    await noor.join(mara.room)
    await clock.pause_at(await noor.page.evaluate("Date.now()") / 1000 + 5)
    await mara.ask("transcript")
    await expect(noor.prompt).to_be_visible()
    allow = noor.prompt.locator(ALLOW)

    await clock.run_for(499)
    await allow.dispatch_event("click")
    await expect(noor.prompt).to_be_visible()
    assert noor.decisions() == []

    await clock.run_for(500)
    await allow.dispatch_event("click")
    await noor.hears("decided", decision="granted")


async def test_K3_escape_means_no_wherever_the_focus_is(face: Face) -> None:
    mara, tomas = await asked(face)
    await armed(tomas)
    await tomas.prompt.locator(ALLOW).focus()
    await tomas.page.keyboard.press("Escape")
    await tomas.hears("decided", decision="declined")
    await expect(tomas.prompt).to_be_hidden()
    await tomas.page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    await mara.choose("transcript", "declined")
    await mara.ask("summary")
    await expect(tomas.prompt).to_be_visible()
    await armed(tomas)
    await tomas.page.keyboard.press("Escape")

    await tomas.hears("decided", feature="summary", decision="declined")
    assert tomas.decisions() == ["declined", "declined"]


async def test_K4_the_question_and_its_answers_say_what_they_are_about(
    face: Face,
) -> None:
    _, tomas = await asked(face)

    await expect(tomas.prompt).to_have_accessible_name("Allow transcript in this room?")
    description = re.compile("Writes down what is said.*only while everyone")
    await expect(tomas.prompt).to_have_accessible_description(description)
    yes, no = await tomas.prompt.get_by_role("button").all()
    await expect(yes).to_have_accessible_name("Allow transcript")
    await expect(no).to_have_accessible_name(f"{DONT_ALLOW} transcript")
    group = tomas.prompt.get_by_role("group", name=re.compile("transcript"))
    await expect(group).to_have_accessible_name(re.compile("transcript.*Not answered"))
    await tomas.prompt.get_by_text("What happens when").click()
    async with tomas.page.context.expect_page() as opened:
        await tomas.prompt.get_by_role("link", name="Read all of it").click()
    told = await opened.value
    await expect(told.get_by_role("heading", level=1)).to_contain_text("press “Allow”")
    await told.close()
    await expect(tomas.prompt).to_be_visible()


ANNOUNCED = """
() => {
  window.announced = []
  const live = '[role=status], [aria-live], [role=alert]'
  for (const region of document.querySelectorAll(live))
    new MutationObserver(records => {
      for (const {addedNodes} of records)
        for (const node of addedNodes)
          window.announced.push([region.getAttribute('role'), node.textContent])
    }).observe(region, {childList: true, subtree: true})
}
"""


async def test_K4_a_change_of_the_sign_is_said_once_and_politely(face: Face) -> None:
    mara, tomas = await asked(face)
    await tomas.page.evaluate(ANNOUNCED)
    await mara.choose("transcript", "granted")
    await tomas.reply("granted")
    await tomas.sees_sign("transcript", "on")
    await mara.settle()
    await tomas.settle()
    await mara.choose("transcript", "declined")
    await tomas.sees_sign("transcript", "off")
    await tomas.settle()

    announced = await tomas.page.evaluate("window.announced")

    assert announced == [
        ["status", "Transcript is on. Since now, with everyone\u2019s yes."],
        ["status", "Transcript is off. The meeting goes on."],
    ]


async def test_K5_every_state_has_a_word_and_a_shape(meet: Meet, sit: Sit) -> None:
    (mara,) = await meet("Mara")
    tomas = await sit(mara.room, "Tomas")
    for colours in COLOURS:
        await mara.page.emulate_media(forced_colors=colours)
        seen = []
        for decision in ANSWERS:
            await mara.choose("transcript", decision)
            group = mara.row("transcript").get_by_role("group")
            await expect(group).to_have_attribute("data-answer", decision)
            await expect(group).not_to_have_attribute("data-state", "pending")
            words = await group.locator("legend").inner_text()
            yes, no = await measure_all(group.get_by_role("button"))
            seen.append((words, yes.drawing, no.drawing))
            held, other = (yes, no) if decision == "granted" else (no, yes)
            assert held.like["background"] != other.like["background"]
            assert held.edge >= 3
        (_, yes_held, no_free), (_, yes_free, no_held) = seen
        assert seen[0][0] != seen[1][0]
        assert len({yes_held, no_held, yes_free}) == 3
        assert yes_free == no_free
    await mara.choose("transcript", "granted")
    off = await mara.plate("transcript").locator("use").first.get_attribute("href")
    await mara.ask("transcript")
    await tomas.choose("transcript", "granted")
    await mara.sees_sign("transcript", "on")
    await expect(mara.plate("transcript")).to_contain_text("Transcript on")
    assert (
        await mara.plate("transcript").locator("use").first.get_attribute("href") != off
    )


OVERFLOW = (
    "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
)
MOTION = """
() => {
  const zero = times => times.split(',').every(time => parseFloat(time) < 0.011)
  const moving = [...document.querySelectorAll('*')].filter(node => {
    const style = getComputedStyle(node)
    const animated = style.animationName !== 'none' && !zero(style.animationDuration)
    return animated || !zero(style.transitionDuration)
  })
  return moving.map(node => node.outerHTML.slice(0, 100))
}
"""


async def test_K5_it_works_at_320_pixels_at_400_percent_and_without_motion(
    face: Face, call: Invite, world: World
) -> None:
    _, tomas = await asked(face)
    page = tomas.page
    await armed(tomas)
    # 1280 by 1024 at 400 percent is 320 by 256.
    for size in ((NARROW, HEIGHTS[NARROW]), (320, 256)):
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        assert await page.evaluate(OVERFLOW) <= 0
        for button in await tomas.prompt.get_by_role("button").all():
            await button.click(trial=True)
    assert await page.evaluate(MOTION) == []
    await tomas.prompt.locator(answer("declined")).click()
    await tomas.hears("decided", decision="declined")

    room, _ = await world.room(*ALL)
    noor = await call("Noor", world.url)
    await noor.page.set_viewport_size({"width": 320, "height": 256})
    await noor.open(room)
    assert await noor.page.evaluate(OVERFLOW) <= 0
    assert await noor.page.evaluate(MOTION) == []
    await noor.card("summary").locator(ALLOW).click()
    await noor.enter()
    assert await noor.page.evaluate(OVERFLOW) <= 0


async def test_K6_no_question_counts_down_or_expires(
    invite: Invite, face: Face, world: World
) -> None:
    (mara,) = await face()
    noor = await invite("Noor", world.url)
    await noor.page.clock.install()
    await noor.join(mara.room)
    await mara.ask("transcript")
    await expect(noor.prompt).to_be_visible()
    words = await noor.prompt.inner_text()
    assert not re.search(
        r"\d+\s*(s|sec|min|second|minute)s?\b|\d:\d\d|hurry|soon", words
    )
    for role in ("timer", "progressbar", "meter"):
        await expect(noor.prompt.get_by_role(role)).to_have_count(0)

    await noor.page.clock.fast_forward("02:00:00")
    await expect(noor.page.get_by_text("Connection lost.")).to_be_hidden()

    assert await noor.prompt.inner_text() == words
    await noor.reply("granted")
    await noor.hears("decided", decision="granted")


async def test_P3_after_a_no_asking_again_is_a_silent_mark(face: Face) -> None:
    mara, tomas, ines = await face("Tomas", "Ines")
    await mara.ask("transcript")
    await tomas.reply("declined")
    await mara.choose("transcript", "granted")
    mark = tomas.row("transcript").get_by_text("The host asked again.")
    await expect(mark).to_be_hidden()
    before = len(tomas.heard), len(ines.heard)

    await mara.ask("transcript")

    await expect(mark).to_be_visible()
    await expect(tomas.prompt).to_be_hidden()
    await expect(mark).not_to_be_focused()
    await expect(ines.prompt).to_be_visible()
    again = [
        guest.frames("asked", since)
        for guest, since in zip((tomas, ines), before, strict=True)
    ]
    assert again[0] == again[1]
    assert tomas.decisions() == ["declined"]
