"""A host link that somebody else has found is taken back; a room that is drawn anew."""

import json
import re

import pytest
from playwright.async_api import Locator, Route, WebSocketRoute, expect

from tests.browser.conftest import Invite
from tests.browser.guest import Guest
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


def renew(guest: Guest) -> Locator:
    return guest.page.get_by_role("button", name="Make a new host link")


async def test_a_new_host_link_leaves_one_host(call: Invite, world: World) -> None:
    room, secret = await world.room("recording")
    mara, thief = [await call(name, world.url) for name in ("Mara", "Tomas")]
    for guest in (mara, thief):
        await guest.join(room, secret)
        await guest.show("People")
    await expect(renew(thief)).to_be_visible()
    await expect(mara.page.get_by_role("textbox", name="New host link")).to_have_count(
        0
    )

    await renew(mara).focus()
    await mara.sees_ready(renew(mara))
    await mara.page.keyboard.press("Enter")

    link = mara.page.get_by_role("textbox", name="New host link")
    await expect(link).to_be_visible()
    said = mara.page.get_by_role("status").filter(has_text="no longer works")
    await expect(said).to_be_visible()
    assert f"{world.url}/m/{room}#host=" in await link.input_value()
    await clean(mara.page)
    word = thief.page.get_by_role("status").filter(has_text="no longer host")
    await expect(word).to_be_visible()
    await expect(renew(thief)).to_have_count(0)
    await expect(thief.page.get_by_role("tab", name="People")).to_have_attribute(
        "aria-selected", "true"
    )
    await expect(
        thief.page.get_by_role("switch", name="Lock the meeting")
    ).to_have_count(0)

    # Neither browser asks anybody for it again.
    for guest, host in ((mara, True), (thief, False)):
        await guest.open(room)
        await guest.enter()
        await guest.show("People")
        await expect(renew(guest)).to_have_count(int(host))
    # The old link still leads to the door, and in without its powers.
    await thief.open(room, secret)
    lobby = thief.page.get_by_role("region", name="Ready")
    await lobby.get_by_role("textbox").fill("Tomas")
    await thief.page.keyboard.press("Enter")
    await expect(thief.page.get_by_role("alert")).to_contain_text("Join without it")
    await thief.page.get_by_role("button", name="Join").click()
    await thief.seated()


async def test_a_room_that_is_drawn_anew_announces_nobody_again(
    call: Invite, world: World
) -> None:
    room, secret = await world.room("recording")
    mara = await call("Mara", world.url)
    sockets: list[WebSocketRoute] = []

    async def route(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server()

    await mara.page.route_web_socket(re.compile("/socket$"), route)
    await mara.join(room, secret)
    await mara.show("People")

    def hears(**frame: object) -> None:
        sockets[-1].send(json.dumps(frame))

    hears(type="knock", participant="n00r", name="Noor", removed=False)
    said = mara.page.get_by_role("status").filter(has_text="Noor asks to come in.")
    await expect(said).to_have_count(1)
    drawn = await mara.page.query_selector("meeting-room")
    assert drawn is not None

    async def rename(route: Route) -> None:
        """A feature is called something else: only then is all of it drawn anew."""
        facts = await (await route.fetch()).json()
        facts["features"][0]["notices"]["en"]["name"] = "Filming"
        await route.fulfill(json=facts)

    await mara.page.route(re.compile(f"/api/rooms/{room}$"), rename)
    about = {"about": "decide", "feature": "recording"}
    hears(type="fault", code="notice-outdated", detail="Read it again.", **about)
    await until(lambda: drawn.evaluate("node => !node.isConnected"), "it is drawn anew")

    strip = mara.page.get_by_role("region", name="Waiting to be let in")
    await expect(strip).to_contain_text("Noor")
    await expect(said).to_have_count(0)
    tab = mara.page.get_by_role("tab", name="People")
    await expect(tab).to_have_attribute("aria-selected", "true")
    await mara.page.unroute_all()
