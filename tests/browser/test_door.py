"""
The door: people knock, a host lets in, locks and removes, and they come back.

One meeting, from its opening to the last question. Mara hosts; Tomas and Ines come.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, WebSocketRoute, expect

from gatekeeper.consent.types import RoomId
from gatekeeper.meeting import door
from tests.browser.conftest import Invite
from tests.browser.guest import Guest, answer, script
from tests.browser.sizes import (
    LEAST,
    SHARE,
    Size,
    in_view,
    sizes,
    some_sizes,
    swept,
)
from tests.browser.test_axe import clean
from tests.browser.test_twice import twice
from tests.browser.waiting import until
from tests.meeting.conftest import World
from tests.meeting.test_door import knocks

pytestmark = pytest.mark.asyncio(loop_scope="session")

LATE_MEDIA = f"({script('late_media.js')})()"
"""Keeps every track that a page was given."""
MIND = "Don\N{RIGHT SINGLE QUOTATION MARK}t let in"


@dataclass
class Company:
    mara: Guest
    tomas: Guest
    ines: Guest
    room: RoomId
    sockets: list[WebSocketRoute]
    """Those of Ines."""


async def come_to_the_door(guest: Guest, room: RoomId) -> None:
    await guest.open(room)
    await ask_to_come_in(guest)


async def ask_to_come_in(guest: Guest) -> None:
    lobby = guest.page.get_by_role("region", name="Ready")
    await lobby.get_by_role("textbox").fill(guest.name)
    await guest.page.keyboard.press("Enter")


def strip(host: Guest) -> Locator:
    """Who knocks, as the host is shown at once."""
    return host.page.get_by_role("region", name="Waiting to be let in")


def admits(host: Guest, name: str) -> Locator:
    return strip(host).get_by_role("button", name=f"Let in: {name}", exact=True)


def said(guest: Guest, text: str) -> Locator:
    return guest.page.get_by_role("status").filter(has_text=text)


async def waits(guest: Guest) -> None:
    await expect(said(guest, "You wait to be let in.")).to_be_visible()


async def live(guest: Guest) -> list[str]:
    """What of the devices is on in their page."""
    found: list[str] = await guest.page.evaluate("late.live()")
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def three(
    call_all: Invite, invite_all: Invite, world: World
) -> AsyncIterator[Company]:
    """Mara opens a room in which she lets people in one by one."""
    mara = await call_all("Mara", world.url)
    page = mara.page
    await page.goto(world.url)
    await page.get_by_label("What is the meeting about?").fill("Roof")
    await page.get_by_role("checkbox", name="Let people in one by one").check()
    await page.get_by_role("button", name="Open the room").click()
    await expect(page.get_by_text("can ask to come in")).to_be_visible()
    await page.get_by_role("link", name="Enter as host").click()
    await mara.enter()
    tomas = await invite_all("Tomas", world.url)
    ines = await invite_all("Ines", world.url)
    sockets: list[WebSocketRoute] = []

    async def route(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server()

    await ines.page.route_web_socket(re.compile("/socket$"), route)
    for guest in (tomas, ines):
        await guest.context.add_init_script(LATE_MEDIA)
    room = RoomId(page.url.rpartition("/")[2])
    yield Company(mara, tomas, ines, room, sockets)


async def test_who_knocks_waits_and_comes_in_by_themselves(three: Company) -> None:
    mara, tomas = three.mara, three.tomas
    await mara.show("People")
    await expect(mara.page.get_by_text("lets people in one by one")).to_be_visible()
    focus = await mara.page.evaluate_handle("document.activeElement")

    await come_to_the_door(tomas, three.room)

    await waits(tomas)
    # A probe comes as the clock has it: on a slow machine, before one looks.
    told = {frame["type"] for frame in tomas.heard} - {"probe"}
    assert told == {"hello", "waiting"}
    await expect(tomas.page.get_by_role("button", name="Join")).to_have_count(0)
    await expect(tomas.page.locator(".preview video")).to_have_js_property(
        "paused", value=False
    )
    await clean(tomas.page)
    unseen = []
    async for size in swept(tomas.page, some_sizes(LEAST)):
        (note,) = await in_view(tomas.page, "meeting-lobby", ".wait")
        # The smallest is lower than all of it: then what it begins with.
        least = 0.5 if (size.width, size.height) == LEAST else 1
        unseen += [] if note["before"][0] >= least else [(size, note["before"])]
    assert unseen == []
    await expect(said(mara, "Tomas asks to come in.")).to_have_count(1)
    await expect(strip(mara)).to_contain_text("Tomas")
    await expect(mara.page.get_by_role("banner")).to_contain_text("1 waits to come in")
    assert await focus.evaluate("node => node === document.activeElement")
    listed = mara.page.get_by_role("tabpanel").get_by_role("listitem")
    await expect(listed.filter(has_text=MIND)).to_contain_text("Tomas")

    # What is off by then is off from the first moment.
    await tomas.page.get_by_role("button", name="Turn the camera off").click()
    await until(
        lambda: any(f["type"] == "media" and not f["camera"] for f in tomas.said),
        "the server is told before somebody else lets him in",
    )
    await twice(admits(mara, "Tomas"), "mouse")

    await tomas.seated()
    await expect(mara.tile(tomas)).to_have_attribute("data-camera", "off")
    joined = (await mara.hears("joined"))["person"]
    assert not joined["media"]["camera"]
    await expect(strip(mara)).to_have_count(0)
    assert [f["type"] for f in mara.said].count("admit") == 1


async def reached_by_tab(host: Guest, button: Locator) -> None:
    """Go on from control to control until it is this one."""
    node = await button.element_handle()
    for _ in range(60):
        await host.page.keyboard.press("Tab")
        if await node.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"no way by the keyboard to {button}")


async def test_who_is_not_let_in_is_told_so_and_may_ask_again(
    three: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara, tomas, ines = three.mara, three.tomas, three.ines
    await come_to_the_door(ines, three.room)
    await waits(ines)
    await expect(strip(mara)).to_contain_text("Ines")
    # A connection that is lost meanwhile is taken up again, and she knocks again.
    since = len(mara.heard)
    await three.sockets[-1].close(code=1012)
    await mara.hears("knock-over", since=since)
    await mara.hears("knock", since=since)
    await waits(ines)

    no = strip(mara).get_by_role("button", name=f"{MIND}: Ines")
    await reached_by_tab(mara, no)
    await mara.sees_ready(no)
    await mara.page.keyboard.press("Enter")

    await expect(mara.page.locator("[data-tool=people]")).to_be_focused()
    await expect(ines.page.get_by_role("alert")).to_contain_text("did not let you in")
    for guest in (mara, tomas):
        text = "Ines was not let in by the host."
        await expect(said(guest, text)).to_be_visible()
    again = ines.page.get_by_role("button", name="Try again")
    await again.click()
    await expect(ines.page.get_by_role("alert")).to_contain_text("after a minute")
    monkeypatch.setattr(door, "AGAIN_AFTER", 0.0)
    await again.click()
    await waits(ines)
    assert await live(ines) == ["audio", "video"]

    stop = ines.page.get_by_role("button", name="Stop waiting")
    await expect(stop).to_be_focused()
    await stop.click()

    over = ines.page.get_by_role("heading", name="You wait no longer")
    await expect(over).to_be_focused()
    assert await live(ines) == []
    await expect(strip(mara)).to_have_count(0)


async def test_a_locked_room_lets_nobody_new_in(three: Company) -> None:
    mara, tomas, ines = three.mara, three.tomas, three.ines
    lock = mara.page.get_by_role("switch", name="Lock the meeting")
    ask = mara.page.get_by_role("switch", name="Ask before letting people in")
    await expect(ask).to_be_checked()
    await lock.click()
    await expect(lock).to_be_checked()
    await tomas.show("People")
    await expect(tomas.page.get_by_text("The meeting is locked")).to_be_visible()
    await expect(tomas.page.get_by_role("switch")).to_have_count(0)

    await ines.page.get_by_role("button", name="Join again").click()
    await ask_to_come_in(ines)
    await expect(ines.page.get_by_role("alert")).to_contain_text("Ask them to unlock")

    for each in (lock, ask):
        await each.click()
        await expect(each).not_to_be_checked()
    await ines.page.get_by_role("button", name="Try again").click()
    await ines.seated()
    await expect(tomas.page.get_by_text("The meeting is locked")).to_be_hidden()


async def test_R17_left_who_is_removed_keeps_what_is_theirs_and_may_ask_to_come_back(
    three: Company,
) -> None:
    mara, tomas, ines = three.mara, three.tomas, three.ines
    for host in (mara, ines):
        await expect(host.page.get_by_role("button", name="Remove Mara")).to_have_count(
            0
        )
    await expect(ines.page.get_by_role("button", name="Remove")).to_have_count(0)
    opener = mara.page.get_by_role("button", name="Remove Tomas")
    async for _ in swept(mara.page, [Size(*PHONE, zoom=1.0)]):
        await opener.click()
        scrolled = await mara.page.evaluate("document.scrollingElement.scrollTop")
        assert scrolled == 0, "the sign stays where it is"
    question = mara.page.get_by_role("group", name="Remove Tomas from the meeting?")
    await expect(question.get_by_role("heading")).to_be_focused()
    await expect(question).to_contain_text("They keep their receipts.")
    await clean(mara.page)
    await mara.page.keyboard.press("Escape")
    await expect(question).to_be_hidden()
    await expect(opener).to_be_focused()
    await opener.click()

    await question.get_by_role("button", name="Remove", exact=True).click()

    over = tomas.page.get_by_role("heading", name="The host has removed you")
    await expect(over).to_be_focused()
    assert await live(tomas) == []
    await expect(tomas.page.get_by_role("link", name="What was kept")).to_be_visible()
    receipts = tomas.page.get_by_role("region", name="Your receipts")
    await expect(receipts).to_be_visible()
    for guest in (mara, ines):
        text = "Tomas was removed by the host."
        await expect(said(guest, text)).to_be_visible()
        await expect(guest.tile(tomas)).to_have_count(0)
    await expect(mara.page.locator("people-panel .panel-body")).to_be_focused()

    await tomas.page.get_by_role("button", name="Ask to come back").click()
    await ask_to_come_in(tomas)
    await waits(tomas)
    await expect(strip(mara)).to_contain_text("Was removed before")
    await admits(mara, "Tomas").click()
    await tomas.seated()


async def test_who_was_let_in_once_need_not_knock_after_a_reload(
    three: Company,
) -> None:
    mara, tomas = three.mara, three.tomas
    await mara.page.get_by_role("switch", name="Lock the meeting").click()
    await mara.hears("door", locked=True)
    await tomas.page.get_by_role("button", name="Leave").click()
    await tomas.page.reload()

    await tomas.enter()
    await mara.page.get_by_role("switch", name="Lock the meeting").click()
    await tomas.hears("door", locked=False)


ENDS = """
async views => {
  const {src} = document.querySelector('script[type=module]')
  const load = name => import(new URL(`../${name}.js`, src)) // as the page has it
  const {MeetingEnd} = await load('elements/room/meeting-end')
  const {words} = await load('i18n/words')
  const {initial} = await load('room/view')
  const controller = {name: '', place: '', contact: ''}
  const facts = {title: 'Roof', features: [], controller}
  const room = {language: 'en', facts, notices: []}
  return views.map(view => {
    const end = new MeetingEnd(words('en'), room, {...initial([]), ...view})
    const [title, lead, back] = ['h1', '.lead', '[data-act=rejoin]'].map(
      each => end.querySelector(each)?.textContent)
    return {title, lead, back}
  })
}
"""


async def test_whoever_is_out_is_told_how_that_came(
    call: Invite, checkout: World
) -> None:
    def fault(code: str) -> dict[str, object]:
        return {"fault": {"code": code, "detail": "", "feature": None}}

    was_in = {"after": "me.mac"}
    noor = await call("Noor", checkout.url)
    await noor.page.goto(f"{checkout.url}/promise")
    found = await noor.page.evaluate(
        ENDS,
        [
            {"phase": "refused", **was_in, **fault("room-locked")},
            {"phase": "left", **fault("replaced")},
            {"phase": "left", **was_in, **fault("replaced")},
            {"phase": "ended"},
        ],
    )

    locked, elsewhere, replaced, ended = found
    assert locked["title"] == "You are no longer in the meeting"
    assert locked["lead"].startswith("The host has locked this meeting.")
    assert elsewhere["title"] == "You wait in another tab"
    assert replaced["title"] == "You are in this meeting in another tab"
    assert ended["title"] == "The meeting has ended"
    backs = [each["back"] for each in found]
    here = "Go on in this tab instead"
    assert backs == ["Join again", here, here, None]


PLACES = """
() => [...document.querySelectorAll('.prompt button[data-answer]')].map(button => {
  const {x, y, width, height} = button.getBoundingClientRect()
  return [x, y, width, height]
})
"""
"""Where the two answers are."""

BESIDE = f"""
() => {{
  {SHARE}
  const box = selector => document.querySelector(selector).getBoundingClientRect()
  const [one, other] = [box('.knock-strip'), box('.prompt')]
  const beside = one.right <= other.left || other.right <= one.left
  const apart = one.width === 0 || beside || one.bottom <= other.top
  const presses = [...document.querySelectorAll('.knock-strip button')]
  const shown = presses.filter(button => button.checkVisibility())
  const answers = [...document.querySelectorAll('.prompt button[data-answer]')]
  return {{apart, answers: answers.map(share), acts: shown.map(share)}}
}}
"""
"""Whether the strip and the question keep apart, and what of both can be pressed."""

SMALL, PHONE, DESK = (320, 225), (360, 640), (1024, 640)


async def test_P4_a_question_and_a_knock_neither_cover_nor_move_each_other(
    three: Company, world: World
) -> None:
    mara = three.mara
    await mara.page.get_by_role("switch", name="Ask before").click()
    await mara.hears("door", knock=True)
    await mara.show("Gate")
    await mara.ask("recording")
    await expect(mara.prompt).to_be_visible()
    few = [Size(*each, zoom=1.0) for each in (PHONE, DESK, SMALL)]
    async for size in swept(mara.page, few):
        before = await mara.page.evaluate(PLACES)
        since = len(mara.heard)
        noor = await knocks(world, three.room, "Noor")
        await expect(said(mara, "Noor asks to come in.")).to_have_count(1)
        assert await mara.page.evaluate(PLACES) == before, size
        await noor.say(type="leave")
        await mara.hears("knock-over", since=since)

    noor = await knocks(world, three.room, "Noor")
    await expect(strip(mara)).to_contain_text("Noor")
    async for size in swept(mara.page, sizes()):
        found: dict[str, Any] = await mara.page.evaluate(BESIDE)
        assert found["apart"], size
        assert found["answers"] == [1, 1], (size, found)
        wide = size.width > 768 and size.height > 480
        assert found["acts"] == [1, 1] if wide else not found["acts"], (size, found)
    heading = mara.prompt.get_by_role("heading")
    await expect(heading).to_be_focused()
    for place in ("gate-panel", "on-air-sign", "consent-prompt", "consent-choices"):
        acts = f"{place} :is([data-act=admit], [data-act=turn-away], [data-act=remove])"
        assert await mara.page.locator(acts).count() == 0, place

    # She need not answer the one to answer the other.
    await admits(mara, "Noor").click()
    await noor.hears("welcome")
    await expect(mara.prompt.locator(answer("declined"))).to_be_visible()
    await mara.reply("declined")
    await until(lambda: noor.kinds().count("asked") >= 1, "who comes in is asked")
