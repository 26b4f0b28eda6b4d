"""The page on which somebody looks whether they will be seen and heard."""

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.conftest import Invite
from tests.browser.test_axe import clean
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

ITEMS = ("browser", "server", "loop", "microphone", "camera", "speaker")
PATIENCE = 10_000
"""Milliseconds after which a page believes no more that it can call itself."""
NO_WAY = """
RTCPeerConnection.prototype.addIceCandidate = () => Promise.resolve()
const describe = RTCPeerConnection.prototype.setRemoteDescription
RTCPeerConnection.prototype.setRemoteDescription = function ({type, sdp}) {
  return describe.call(this, {type, sdp: sdp.replace(/^a=candidate.*\\r\\n/gm, '')})
}
"""


async def shows(page: Page, state: str, *items: str) -> None:
    for item in items:
        row = page.locator(f"[data-item={item}]")
        await expect(row).to_have_attribute("data-state", state)


async def test_from_the_lobby_to_a_page_on_which_everything_is_good(
    call: Invite, world: World
) -> None:
    room, _ = await world.room("recording")
    noor = await call("Noor", world.url, manner="lively")
    await noor.page.goto(f"{world.url}/m/{room}")
    link = noor.page.get_by_role("link", name="Check camera, microphone and connection")
    async with noor.page.context.expect_page() as opened:
        await link.click()
    page = await opened.value
    await shows(page, "ok", *ITEMS[:-1])
    await shows(page, "waiting", "speaker")
    status = page.get_by_role("status")
    await expect(status).to_have_text("Some things are still to be seen.")
    await page.get_by_role("button", name="Play a tone").click()
    await shows(page, "ok", *ITEMS)
    await expect(status).to_contain_text("Everything is good.")
    assert await page.evaluate("document.querySelector('video').videoWidth > 0")
    await clean(page)

    await page.locator("[data-choice=language]").select_option("de")
    await expect(page.get_by_role("status")).to_contain_text("Alles ist gut.")
    for width in (320, 390, 1440):
        await page.set_viewport_size({"width": width, "height": 800})
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert await page.evaluate(wide), width
    await expect(page.locator("h1")).to_have_text("Kamera, Mikrofon und Verbindung")


async def test_what_is_in_the_way_is_named_with_what_helps(
    invite: Invite, world: World
) -> None:
    noor = await invite(
        "Noor",
        world.url,
        broken={"microphone": "NotFoundError", "camera": "NotAllowedError"},
    )
    page = noor.page
    await page.add_init_script(NO_WAY)

    async def shut(socket: WebSocketRoute) -> None:
        await socket.close()

    await page.route_web_socket("**/socket", shut)
    await page.clock.install()
    await page.goto(f"{world.url}/check")

    await shows(page, "bad", "microphone", "camera", "server")
    await expect(page.locator("[data-item=loop]")).not_to_have_attribute(
        "data-state", "bad"
    )
    await page.clock.fast_forward(PATIENCE)
    await shows(page, "bad", "loop")
    for item, said in (
        ("server", "a WebSocket"),
        ("loop", "cannot even call itself"),
        ("camera", "camera"),
    ):
        await expect(page.locator(f"[data-item={item}] p")).to_contain_text(said)
    await expect(page.get_by_role("status")).to_have_text(
        "Something needs your attention."
    )
    await clean(page)
