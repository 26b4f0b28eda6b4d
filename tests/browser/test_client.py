"""
What can go wrong at a participant's end, and the keyboard alone.

Most of it goes wrong in one meeting, after which everybody is in it as before.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import Face, Invite, gather
from tests.browser.guest import DONT_ALLOW, Fault, Guest
from tests.browser.live import plays, sees
from tests.browser.waiting import until
from tests.meeting.conftest import World

SILENCE = 12_000
"""Milliseconds after which a page believes in its connection no more."""

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("NotAllowedError", "The browser blocks the camera for this page."),
        ("NotFoundError", "No camera found."),
        ("NotReadableError", "Another program uses the camera."),
    ],
)
async def test_a_camera_that_does_not_start_is_explained_and_one_joins_without_it(
    invite: Invite, world: World, fault: Fault, words: str
) -> None:
    room, _ = await world.room("recording")
    broken: dict[str, Fault] = {"camera": fault, "microphone": fault}
    noor = await invite("Noor", world.url, broken=broken)
    await noor.open(room)
    await expect(noor.page.get_by_text(words)).to_be_visible()
    await expect(
        noor.page.get_by_text(words.replace("camera", "microphone"))
    ).to_be_visible()
    await expect(noor.page.get_by_text("You can join without it").first).to_be_visible()

    await noor.enter()

    await expect(noor.tile()).to_have_attribute("data-camera", "off")
    await expect(noor.tile()).to_have_attribute("data-microphone", "off")


async def tab_to(guest: Guest, role: str, name: str, key: str = "Tab") -> None:
    """Press the tab key until the focus is there."""
    wanted = guest.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    for _ in range(80):
        if await wanted.evaluate_all("all => all.includes(document.activeElement)"):
            if role == "button":
                await guest.sees_ready(guest.page.locator(":focus"))
            return
        await guest.page.keyboard.press(key)
    raise AssertionError(f"{role} {name} cannot be reached by {key}")


async def test_a_whole_meeting_by_keyboard_alone(
    call: Invite, face: Face, world: World
) -> None:
    (mara,) = await face()
    noor = await call("Noor", world.url)
    await noor.open(mara.room)
    keyboard = noor.page.keyboard
    await tab_to(noor, "textbox", "Your name")
    await keyboard.type("Noor")
    await tab_to(noor, "button", "Allow transcript")
    await keyboard.press("Space")
    await tab_to(noor, "button", "Join the room", "Shift+Tab")
    await keyboard.press("Enter")
    await noor.seated()

    await mara.ask("summary")
    await expect(noor.prompt).to_be_visible()
    await noor.sees_ready(noor.prompt.locator("button").first)
    await tab_to(noor, "button", "Allow AI summary")
    await keyboard.press("Enter")
    await noor.hears("decided", feature="summary", decision="granted")
    await mara.choose("summary", "granted")
    await noor.sees_sign("summary", "on")

    await tab_to(noor, "button", f"{DONT_ALLOW} AI summary")
    await keyboard.press("Enter")
    await noor.hears("decided", feature="summary", decision="declined")
    await mara.sees_sign("summary", "off")
    await tab_to(noor, "button", "Leave")
    await keyboard.press("Enter")
    await expect(noor.page.get_by_role("heading", name="You left")).to_be_focused()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def mara(call_all: Invite, world: World) -> AsyncIterator[Guest]:
    """The host of the meeting in which things go wrong."""
    (mara,) = await gather(call_all, world, "Mara", manner="lively")
    yield mara


async def test_without_a_camera_one_is_still_heard(
    invite: Invite, mara: Guest, world: World
) -> None:
    noor = await invite("Noor", world.url, broken={"camera": "NotReadableError"})
    await noor.join(mara.room)

    await expect(mara.tile(noor)).to_have_attribute("data-camera", "off")
    await expect(mara.tile(noor)).to_have_attribute("data-microphone", "on")
    assert await sees(noor, noor.tile(mara)) == "Mara"


async def test_R18_a_host_who_comes_back_by_the_invitation_is_host_again(
    mara: Guest,
) -> None:
    room = mara.room
    await mara.page.close()
    mara.page = await mara.context.new_page()
    mara.listen(mara.page)

    await mara.join(room)

    assert next(f for f in mara.heard if f["type"] == "welcome")["host"]
    assert mara.page.url.endswith(f"/m/{room}")


async def test_after_a_lost_network_one_is_back_by_oneself(
    invite: Invite, mara: Guest, world: World
) -> None:
    tomas = await invite("Tomas", world.url, manner="lively")
    await tomas.page.clock.install()
    await tomas.join(mara.room)
    assert await sees(tomas, tomas.tile(mara)) == "Mara"
    lost = tomas.page.get_by_text("Connection lost.")
    await tomas.context.set_offline(True)
    # Nothing says that it is lost but the silence.
    await tomas.page.clock.fast_forward(SILENCE)
    await expect(lost).to_be_visible()
    mark = len(tomas.heard)

    await tomas.context.set_offline(False)

    await tomas.hears("welcome", since=mark)
    await expect(lost).to_be_hidden()
    await expect(mara.tile(tomas)).to_have_attribute("data-present", "true")
    await plays(tomas, tomas.tile(mara))
    await plays(mara, mara.tile(tomas))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tomas(mara: Guest, call_all: Invite, world: World) -> AsyncIterator[Guest]:
    """Somebody with Mara; each test leaves the two together."""
    tomas = await call_all("Tomas", world.url, manner="lively")
    await tomas.join(mara.room)
    yield tomas


async def test_a_second_tab_takes_the_place_of_the_first(
    mara: Guest, tomas: Guest
) -> None:
    first, room = tomas.page, mara.room
    identity = tomas.id
    tomas.page = await tomas.context.new_page()
    tomas.listen(tomas.page)
    await tomas.join(room)

    assert tomas.id == identity
    heading = first.get_by_role("heading", level=1)
    await expect(heading).to_have_text("You are in this meeting in another tab")
    await expect(first.get_by_text("You left")).to_have_count(0)
    await expect(mara.tile(tomas)).to_have_count(1)
    await first.close()
    assert await sees(mara, mara.tile(tomas)) == "Tomas"


async def test_a_reload_comes_back_as_the_same_person(
    mara: Guest, tomas: Guest
) -> None:
    identity = tomas.id
    await tomas.page.reload()
    await tomas.enter()

    assert tomas.id == identity
    await expect(mara.tile(tomas)).to_have_count(1)
    assert await sees(tomas, tomas.tile(mara)) == "Mara"


COUNT_RESTARTS = """
() => {
  const restart = RTCPeerConnection.prototype.restartIce
  window.restarts = 0
  RTCPeerConnection.prototype.restartIce = function () {
    window.restarts += 1
    return restart.call(this)
  }
}
"""


async def test_pictures_go_on_when_the_path_is_made_anew(
    mara: Guest, tomas: Guest
) -> None:
    assert await sees(tomas, tomas.tile(mara)) == "Mara"
    await tomas.page.evaluate(COUNT_RESTARTS)
    marks = [(guest, len(guest.heard)) for guest in (mara, tomas)]
    await tomas.page.evaluate("dispatchEvent(new Event('online'))")
    await until(lambda: tomas.page.evaluate("restarts"), "a new path is looked for")
    for guest, mark in marks:
        await guest.hears("signal-from", since=mark)

    for guest, other in ((mara, tomas), (tomas, mara)):
        for _ in range(3):
            await plays(guest, guest.tile(other))
        assert await sees(guest, guest.tile(other)) == other.name
