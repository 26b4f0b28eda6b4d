"""
A meeting in a tab behind another one: it is heard, says what is so, and hears a no.

Chromium holds back the timers of a page that is hidden: once a second at first, and
once a minute later, but not of one with a call. Whether that is so is asked here.
"""

import pytest

from tests.browser.conftest import Invite
from tests.browser.guest import own_media
from tests.browser.live import sees
from tests.browser.media import PALETTE
from tests.browser.tabs import IMPATIENT, tabs
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

WATCH = """
(() => {
  const Real = WebSocket
  window.said = []
  window.connections = []
  window.WebSocket = class extends Real {
    send(frame) {
      said.push({type: JSON.parse(frame).type, hidden: document.hidden})
      super.send(frame)
    }
  }
  const Calls = RTCPeerConnection
  window.RTCPeerConnection = class extends Calls {
    constructor(...given) {
      super(...given)
      connections.push(this)
    }
  }
})()
"""
JOIN = """
(() => {
  const input = document.querySelector('.ready-form input')
  input.value = 'Tomas'
  input.form.requestSubmit()
})()
"""
SIGN = "document.querySelector('on-air-sign li[data-feature=recording]').dataset.state"
SOUNDS = """
(async () => {
  const tile = document.querySelector('main [data-participant]:not([data-you])')
  const video = tile.querySelector('video')
  const [track] = video.srcObject.getAudioTracks()
  const stats = async () => {
    const receiver = connections.flatMap(each => each.getReceivers())
      .find(each => each.track === track)
    return [...(await receiver.getStats()).values()]
      .find(({type}) => type === 'inbound-rtp')
  }
  const {totalAudioEnergy: before} = await stats()
  await new Promise(done => setTimeout(done, 500))
  const {totalAudioEnergy: after} = await stats()
  return !video.paused && !video.muted && track.readyState === 'live' && after > before
})()
"""
"""Whether somebody's voice is on its way to the speaker."""
TAPS = """
connections.filter(each => each.connectionState === 'connected' &&
  each.remoteDescription.sdp.includes('a=recvonly')).length
"""
PICTURES = """
() => connections.filter(each => each.connectionState === 'connected' &&
  !each.remoteDescription.sdp.includes('a=recvonly')).flatMap(each => each.getSenders())
  .filter(({track}) => track?.kind === 'video')
  .map(sender => sender.getParameters().encodings[0].active)
"""


async def test_a_hidden_tab_is_heard_says_what_is_so_and_hears_a_no(
    invite: Invite, world: World
) -> None:
    room, secret = await world.room("recording")
    mara = await invite("Mara", world.url, manner="lively")
    await mara.page.add_init_script(WATCH)
    await mara.join(room, secret)
    own = f"{WATCH};{own_media(PALETTE['Tomas'], {}, 'lively')}"
    async with tabs(IMPATIENT) as chromium:
        tomas = await chromium.open(f"{world.url}/m/{room}", own)
        await tomas.sees("!!document.querySelector('.ready-form input')", "a lobby")
        await tomas.evaluate(JOIN)
        await tomas.sees("!!document.querySelector('main [data-you]')", "a room")
        other = mara.page.locator("main [data-participant]:not([data-you])")
        assert await sees(mara, other) == "Tomas"
        await mara.ask("recording")
        await tomas.press("consent-prompt button[data-answer=granted]")
        front = await chromium.open("data:text/html,another page")
        await front.to_front()
        await tomas.sees("document.hidden", "Tomas has another tab in front")

        async def pictures(*active: bool) -> bool:
            return bool(await mara.page.evaluate(PICTURES) == [*active])

        await until(lambda: pictures(False), "Mara sends Tomas no picture")
        await tomas.sees(SOUNDS, "Tomas hears Mara")
        await mara.reply("granted")
        await tomas.sees(f"{SIGN} === 'on'", "Tomas's sign is on")
        await tomas.sees(f"{TAPS} === 1", "his copy goes to the server")
        pings = "said.filter(({type, hidden}) => type === 'ping' && hidden).length"
        # Four seconds each: it would be minutes if his timers were held back.
        await tomas.sees(f"{pings} >= 3", "Tomas says that he is there, thrice")
        await tomas.sees(SOUNDS, "Tomas still hears Mara")
        assert await sees(mara, other) == "Tomas"

        await mara.choose("recording", "declined")
        await tomas.sees(f"{SIGN} === 'off'", "Tomas's sign is off")
        await tomas.sees(f"{TAPS} === 0", "nothing of his goes to the server")

        await tomas.to_front()
        await tomas.sees("!document.hidden", "Tomas is back")

        await until(lambda: pictures(True), "Mara sends Tomas her picture again")
