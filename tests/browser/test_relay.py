"""
A call in which everything goes through a relay: Debian's coturn, and real Chromium.

Its credentials end within the call. So who looks for a new way afterwards finds one
only with those that were told later.
"""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.conftest import Invite, configured, gather
from tests.browser.guest import Guest
from tests.browser.live import hears, plays, sees
from tests.browser.waiting import until
from tests.meeting.conftest import start
from tests.turn import coturn

pytestmark = pytest.mark.asyncio(loop_scope="session")

LIFE = 6.0
"""Seconds for which credentials are good; an admin has at least a minute."""
NOTE = """
window.connections = []
const Real = RTCPeerConnection
window.RTCPeerConnection = class extends Real {
  constructor(...given) {
    super(...given)
    connections.push(this)
  }
}
"""
WAYS = """
async () => {
  const live = connections.filter(each => each.connectionState === 'connected')
  const report = async each => [...(await each.getStats()).values()]
  const reports = await Promise.all(live.map(report))
  return reports.map(stats => {
    const {selectedCandidatePairId} = stats.find(({type}) => type === 'transport')
    const pair = stats.find(({id}) => id === selectedCandidatePairId)
    const side = id => stats.find(each => each.id === id)
    return {
      local: side(pair.localCandidateId).candidateType,
      remote: side(pair.remoteCandidateId).candidateType,
      found: side(pair.localCandidateId).id,
      sent: pair.bytesSent,
    }
  })
}
"""
USERS = """
() => connections.filter(({signalingState}) => signalingState !== 'closed')
  .map(each => each.getConfiguration().iceServers[0].username)
"""


async def ways(page: Page) -> list[dict[str, Any]]:
    """By which candidates each connection that stands goes, with what it has sent."""
    found: list[dict[str, Any]] = await page.evaluate(WAYS)
    return found


async def uses_the_newest(guest: Guest) -> bool:
    """Whether all connections have the credentials that were told last."""
    told = guest.frames("ice")[-1]["servers"][0]["username"]
    return set(await guest.page.evaluate(USERS)) == {told}


async def has_another_way(page: Page, former: str) -> bool:
    return any(
        way["found"] != former and way["local"] == "relay" and way["sent"] > 0
        for way in await ways(page)
    )


async def test_all_media_go_through_the_relay_and_find_a_way_again_later(
    invite: Invite, tmp_path: Path
) -> None:
    async with coturn(tmp_path / "turn") as turn:
        config = configured(
            tmp_path / "data", ice={"servers": [turn.ice], "relay_only": True}
        )
        short = config.ice.model_copy(update={"credential_life": LIFE})
        async with start(config.model_copy(update={"ice": short})) as world:

            async def invited(*given: Any, **more: Any) -> Guest:
                guest = await invite(*given, **more)
                await guest.context.add_init_script(NOTE)
                return guest

            mara, tomas = await gather(invited, world, "Mara", "Tomas", manner="lively")
            assert await sees(mara, mara.tile(tomas)) == "Tomas"
            assert await hears(tomas, tomas.tile(mara)) == "Mara"
            for guest in (mara, tomas):
                (way,) = await ways(guest.page)
                assert (way["local"], way["remote"]) == ("relay", "relay")

            # A copy for the recorder goes that way too.
            for guest in (mara, tomas):
                await guest.choose("recording", "granted")
            await mara.ask("recording")
            await mara.sees_sign("recording", "on")
            for guest in (mara, tomas):
                ways_of = partial(ways, guest.page)

                async def both() -> bool:
                    return len(await ways_of()) == 2  # noqa: B023 - awaited right here

                await until(both, f"{guest.name} is recorded")
                assert {way["local"] for way in await ways_of()} == {"relay"}

            await until(
                lambda: len(tomas.frames("ice")) >= 3,
                "the first ones have ended",
            )
            await until(partial(uses_the_newest, tomas), "connections have the newest")
            former = (await ways(mara.page))[0]["found"]
            await mara.page.evaluate("connections[0].restartIce()")
            await until(
                partial(has_another_way, mara.page, former), "there is another way"
            )
            await plays(tomas, tomas.tile(mara))
