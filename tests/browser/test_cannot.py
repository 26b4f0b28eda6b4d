"""What cannot work is said: to whom it concerns, why, and who can mend it."""

import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import (
    BrowserContext,
    WebSocketRoute,
    async_playwright,
    expect,
)

from tests.browser.chromium import SWITCHES, WHOLE
from tests.browser.conftest import Invite, configured
from tests.browser.guest import Guest
from tests.browser.waiting import until
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

LATE = 12_000
"""Milliseconds after which a page says that there is no way to somebody."""
PING_EVERY = 4_000
"""Milliseconds after which it asks whether its server is still there."""
NO_RELAY = """
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration) {
    super({...configuration, iceTransportPolicy: 'relay'})
  }
  setConfiguration(configuration) {
    super.setConfiguration({...configuration, iceTransportPolicy: 'relay'})
  }
}
"""
"""Sound and pictures may go by a TURN server alone, and there is none."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def strict(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[BrowserContext]:
    """A real profile that keeps no site data; it knows `gate.test` as this machine."""
    profile = tmp_path_factory.mktemp("profile")
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Default").mkdir()
    (profile / "Default" / "Preferences").write_text(json.dumps(settings))
    lan = "--host-resolver-rules=MAP gate.test localhost"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            profile,
            executable_path=next(filter(None, map(shutil.which, WHOLE)), None),
            args=[*SWITCHES, lan, *root],
            locale="en-GB",
        )
        try:
            yield context
        finally:
            await context.close()


async def test_with_site_data_blocked_every_page_works_and_a_reload_is_somebody_new(
    strict: BrowserContext, world: World
) -> None:
    noor = await Guest.arrive(strict, "Noor", world.url)
    for path in ("/", "/promise"):
        await noor.page.goto(world.url + path)
        await expect(noor.page.get_by_role("heading", level=1)).to_be_visible()
    blocked = "() => { try { return !localStorage } catch (e) { return e.name } }"
    assert await noor.page.evaluate(blocked) == "SecurityError"
    room, secret = await world.room("recording")
    await noor.join(room, secret, recording="granted")
    first = noor.id
    await noor.write("I am in")
    await noor.hears("chat-line", text="I am in")

    await noor.page.get_by_role("button", name="Leave").click()
    await noor.page.get_by_role("button", name="Leave, the others stay").click()
    await noor.page.get_by_role("button", name="Join again").click()
    await noor.enter()
    assert noor.id == first

    await noor.page.reload()
    await noor.enter()
    assert noor.id != first
    await noor.page.get_by_role("button", name="Leave").click()
    await noor.looks_afterwards()
    await expect(noor.page.get_by_role("heading", level=1)).to_contain_text("cookie")
    assert not noor.mistakes
    await noor.page.close()


async def test_over_http_on_a_name_of_the_network_the_lobby_says_why_and_offers_no_join(
    strict: BrowserContext, tmp_path: Path
) -> None:
    server = {"port": 0, "host": "localhost", "names": ["gate.test"]}
    async with start(configured(tmp_path / "data", server=server)) as world:
        room, _ = await world.room("recording")
        url = world.url.replace("localhost", "gate.test")
        tomas = await Guest.arrive(strict, "Tomas", url)
        await tomas.open(room)
        await cannot_join(tomas)
        await tomas.page.close()


async def cannot_join(tomas: Guest) -> None:
    assert await tomas.page.evaluate("isSecureContext") is False

    why = tomas.page.get_by_role("alert").filter(has_text="You cannot join")
    await expect(why).to_contain_text("without encryption")
    await expect(why).to_contain_text("https address")
    await expect(why).to_contain_text("proxy with TLS")
    await expect(tomas.page.get_by_role("button", name="Join")).to_have_count(0)
    await tomas.page.get_by_role("textbox").fill("Tomas")
    await tomas.page.keyboard.press("Enter")
    await expect(why).to_be_visible()
    assert not tomas.said
    # Chromium's own remark on every page without TLS is no mistake of the page.
    assert all("Opener-Policy" in mistake for mistake in tomas.mistakes)


async def test_who_cannot_be_reached_or_recorded_is_told_and_nobody_else(
    invite: Invite, tmp_path: Path
) -> None:
    async with start(configured(tmp_path / "data")) as world:
        room, secret = await world.room("recording")
        people = [await invite(name, world.url) for name in ("Mara", "Tomas", "Noor")]
        mara, tomas, noor = people
        await tomas.context.add_init_script(NO_RELAY)
        await noor.context.add_init_script("delete globalThis.RTCPeerConnection")
        for guest in (mara, tomas):
            await guest.page.clock.install()
        for guest in people:
            await guest.join(
                room, secret if guest is mara else None, recording="granted"
            )
        await mara.ask("recording")
        for guest in people:
            await guest.sees_sign("recording", "on")
        for guest in (mara, tomas):
            await waits_until_late(guest)

        calls = noor.page.get_by_text("This browser makes no calls:")
        await expect(calls).to_be_visible()
        without = noor.page.get_by_text("Nothing of you can be in it: Recording.")
        await expect(without).to_be_visible()
        await expect(mara.tile(noor)).to_have_attribute("data-camera", "off")
        for guest, names in ((mara, "Tomas and Noor"), (tomas, "Mara and Noor")):
            way = guest.page.get_by_text(f"No way to {names}.")
            await expect(way).to_be_visible()
            await expect(guest.page.get_by_text("TURN server").first).to_be_visible()
        unheard = re.compile("Nothing of you")
        await expect(tomas.page.get_by_text(unheard)).to_contain_text(": Recording.")
        await expect(mara.page.get_by_text(unheard)).to_have_count(0)

        await noor.write("I can write")
        await mara.hears("chat-line", text="I can write")
        await tomas.choose("recording", "declined")
        await expect(tomas.page.get_by_text(unheard)).to_have_count(0)


async def waits_until_late(guest: Guest) -> None:
    """By the page's clock, and with an answer to each ping: the server is not lost."""
    for _ in range(LATE // PING_EVERY):
        since = len(guest.heard)
        await guest.page.clock.fast_forward(PING_EVERY)
        await guest.hears("pong", since=since)


async def test_a_socket_that_never_opens_is_told_after_10_s_with_another_try(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room("recording")
    tomas = await invite("Tomas", world.url)
    held = True
    tries = 0

    def route(socket: WebSocketRoute) -> None:
        nonlocal tries
        tries += 1
        if not held:
            socket.connect_to_server()

    await tomas.page.route_web_socket(re.compile("/socket$"), route)
    await tomas.page.clock.install()
    await tomas.open(room)
    await tomas.card("recording").locator("[data-answer=declined]").click()
    lobby = tomas.page.get_by_role("region", name="Ready")
    await lobby.get_by_role("textbox").fill("Tomas")
    await tomas.page.keyboard.press("Enter")
    await until(lambda: tries == 1, "a socket is asked for")
    await tomas.page.clock.fast_forward(10_000)

    why = tomas.page.get_by_role("alert").filter(has_text="WebSocket")
    await expect(why).to_contain_text("The server answers")
    held = False
    await tomas.page.get_by_role("button", name="Try again").click()
    await tomas.seated()
    choice = tomas.row("recording").get_by_role("group")
    await expect(choice).to_have_attribute("data-answer", "declined")
