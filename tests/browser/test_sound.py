"""How one's microphone sounds, whether one hears and is heard, and soft sounds."""

import json
from functools import partial

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import pressing
from tests.browser.conftest import Face, Invite, Sit
from tests.browser.guest import GIVEN, Guest
from tests.browser.sizes import some_sizes, swept
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEEP = """
if (navigator.mediaDevices) {
  globalThis.kept = []
  const {mediaDevices} = navigator
  const real = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async wanted => {
    const stream = await real(wanted)
    kept.push(...stream.getAudioTracks())
    return stream
  }
  const live = () => kept.filter(track => track.readyState === 'live')
  globalThis.sound = () => live().map(track => {
    const {echoCancellation, noiseSuppression, autoGainControl} = track.getSettings()
    return [echoCancellation, noiseSuppression, autoGainControl]
  })
  globalThis.gap = () => {
    const at = performance.now()
    return new Promise(done => {
      const look = () => {
        if (live().length === 0) done('nobody is heard meanwhile')
        else if (performance.now() - at > 400) done('')
        else setTimeout(look, 1)
      }
      look()
    })
  }
}
"""
"""The browser's own microphone, and how it sounds."""

NOTES = """
globalThis.notes = 0
globalThis.tune = []
globalThis.rang = 0
globalThis.silent = () => performance.now() - rang > 1000
globalThis.OscillatorNode = class extends OscillatorNode {
  start(at) {
    if (at !== undefined) {
      notes += 1
      tune.push(Math.round(this.frequency.value))
      rang = performance.now()
    }
    super.start(at)
  }
}
"""
"""Notes what is to sound at a moment; the tones of microphones sound all the time."""


async def press(page: Page, name: str) -> None:
    await page.get_by_role("switch", name=name).click()


async def test_a_running_microphone_sounds_as_is_preferred_and_it_is_remembered(
    browser: Browser, world: World
) -> None:
    room, _ = await world.room("recording")
    context = await browser.new_context(
        permissions=GIVEN, locale="en-GB", viewport={"width": 1440, "height": 900}
    )
    await context.add_init_script(pressing.NOTE)
    await context.add_init_script(KEEP)
    page = await context.new_page()
    await page.goto(f"{world.url}/m/{room}")
    await page.get_by_role("textbox", name="Your name").fill("Noor")
    await until(lambda: page.evaluate("kept.length > 0"), "there is a microphone")
    assert await page.evaluate("sound()") == [[True, True, True]]
    await page.keyboard.press("Enter")
    await page.locator("[data-tool=settings]").click()
    wanted = [True, True, True]
    names = ("Take out echo", "Take out noise", "Even out how loud I am")
    for number, name in reversed(list(enumerate(names))):
        gap = page.evaluate("gap()")
        wanted[number] = False
        await press(page, name)
        assert await gap == ""
        wish = (
            f"JSON.stringify(sound()) === '{json.dumps([wanted])}'.replaceAll(' ', '')"
        )
        await until(partial(page.evaluate, wish), f"without {name}")
    await expect(page.locator("[data-microphone]").first).to_have_attribute(
        "data-microphone", "on"
    )

    await page.reload()
    await until(lambda: page.evaluate("kept.length > 0"), "there is a microphone")
    assert await page.evaluate("sound()") == [[False, False, False]]
    await context.close()


async def hears_oneself(page: Page) -> None:
    place = page.locator("sound-test")
    await place.locator("summary").click()
    await place.get_by_role("button", name="Record a sentence").click()
    said = place.get_by_role("status").last
    await expect(said).to_have_text("Speak now.")
    await expect(said).to_have_text("This is how you sound.")


async def test_one_hears_oneself_in_the_lobby_and_nothing_is_kept(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room("recording")
    noor = await invite("Noor", world.url, permissions=[], manner="lively")
    await noor.open(room)
    page = noor.page
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    await hears_oneself(page)
    said = page.locator("sound-test").get_by_role("status").last
    await expect(said).to_contain_text("Did you hear yourself?")
    level = page.get_by_role("meter")
    await expect(level).to_have_attribute("aria-valuetext", "off")
    await clean(page)
    await page.get_by_role("button", name="Play a tone").click()
    heard = page.locator("sound-test").get_by_role("status").first
    await expect(heard).to_contain_text("Did you hear it?")
    assert not [each for each in requests if not each.startswith("blob:")]
    assert not noor.said


async def test_in_the_room_nobody_else_hears_the_test(
    call: Invite, sit: Sit, world: World
) -> None:
    room, secret = await world.room("recording")
    await sit(room, "Mara", secret)
    tomas = await call("Tomas", world.url, manner="lively")
    await tomas.join(room)
    page = tomas.page
    await expect(tomas.tile()).to_have_attribute("data-microphone", "on")
    await page.locator("[data-tool=settings]").click()
    await hears_oneself(page)
    await expect(tomas.tile()).to_have_attribute("data-microphone", "off")
    await clean(page)
    await page.keyboard.press("Escape")
    await expect(tomas.tile()).to_have_attribute("data-microphone", "on")
    media = [f["microphone"] for f in tomas.said if f["type"] == "media"]
    assert media[-2:] == [False, True]


async def notes(guest: Guest) -> int:
    count: int = await guest.page.evaluate("notes")
    return count


ADDRESSED = [440, 659, 440]


async def addressed(guest: Guest) -> bool:
    heard: list[int] = await guest.page.evaluate("tune")
    return heard[-3:] == ADDRESSED


async def test_what_others_do_is_heard_softly_and_can_be_off(
    invite: Invite, sit: Sit, world: World
) -> None:
    room, secret = await world.room("recording")
    tomas = await invite("Tomas", world.url, manner="lively")
    await tomas.context.add_init_script(NOTES)
    await tomas.join(room, secret)
    assert await notes(tomas) == 0
    guests = [await sit(room, f"Guest {number}") for number in range(6)]
    await until(lambda: notes(tomas), "somebody is heard to come")
    joined = await notes(tomas)
    assert joined <= 4, "six at once are not six sounds"

    await until(lambda: tomas.page.evaluate("silent()"), "the last one is over")
    for text in ("Where is @Tomas?", "@Tomas, there you are"):
        await guests[1].person.say(type="chat", text=text)
        await tomas.hears("chat-line", text=text)
    await until(lambda: addressed(tomas), "one's own name has a sound of its own")
    assert await notes(tomas) == joined + len(ADDRESSED), "two at once are one"

    await tomas.write("Welcome")
    await tomas.page.get_by_role("button", name="Hand").click()
    await tomas.settle()
    await tomas.page.locator("[data-tool=settings]").click()
    await press(tomas.page, "A soft sound when")
    before = await notes(tomas)
    await until(lambda: tomas.page.evaluate("silent()"), "the last one is over")
    await guests[1].person.say(type="chat", text="@Tomas, once more")
    await tomas.hears("chat-line", text="@Tomas, once more")
    await guests[0].person.say(type="hand", raised=True)
    shown = tomas.page.locator("video-tile .hand:visible")
    await expect(shown.first).to_be_visible()
    assert await notes(tomas) == before


async def test_however_long_the_settings_are_they_end_below_the_sign(
    face: Face,
) -> None:
    _, tomas = await face("Tomas")
    page = tomas.page
    covered = """
    () => {
      const pop = document.querySelector('#pop-settings').getBoundingClientRect()
      const signs = [...document.querySelectorAll('on-air-sign li')]
      return signs.filter(sign => {
        const {top, bottom, left, right} = sign.getBoundingClientRect()
        const apart = bottom <= pop.top + 1 || top >= pop.bottom
        return !apart && right > pop.left && left < pop.right
      }).length
    }
    """
    opened = page.locator("#pop-settings")
    await opened.evaluate("pop => pop.showPopover()")
    await opened.locator("sound-test summary").click()
    async for size in swept(page, some_sizes()):
        assert await page.evaluate(covered) == 0, size
        await opened.evaluate("pop => pop.hidePopover()")
        await opened.evaluate("pop => pop.showPopover()")
        assert await page.evaluate(covered) == 0, size
