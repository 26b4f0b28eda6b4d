"""What is sent and fetched over each line, and how somebody spares their own."""

from collections import Counter
from typing import Any, Literal

from playwright.async_api import expect

from tests.browser.guest import Guest, script
from tests.browser.waiting import until

NOTED = f"({script('sending.js')})()"
"""Has a page note its `connections`, before its own scripts run."""
LESS = 4_000
"""Milliseconds; longer than one waits to say that one can use less of something."""

_SCALES = """
() => connections
  .filter(each => each.connectionState === 'connected')
  .filter(each => !each.remoteDescription.sdp.includes('a=recvonly'))
  .flatMap(each => each.getSenders().filter(({track}) => track?.kind === 'video'))
  .map(sender => sender.getParameters().encodings[0])
  .map(({active, scaleResolutionDownBy}) => active ? scaleResolutionDownBy : null)
"""
_RECEIVED = """
async () => {
  const sums = {audio: 0, video: 0}
  for (const connection of connections)
    for (const stat of (await connection.getStats()).values())
      if (stat.type === 'inbound-rtp') sums[stat.kind] += stat.bytesReceived
  return sums
}
"""
_SOUND = 4_000
"""Bytes, of a second of sound or so."""


async def shown(guest: Guest, other: Guest, value: Literal["off", "on"]) -> None:
    """Wait until the tile of `other` says so of their camera."""
    await expect(guest.tile(other)).to_have_attribute("data-camera", value)


async def saves(guest: Guest, value: Literal["off", "audio"]) -> None:
    """Choose it in the settings."""
    settings = guest.page.get_by_role("button", name="Settings", exact=True)
    await settings.click()
    field = guest.page.get_by_role("combobox", name="Save data")
    await field.select_option(value)
    await guest.page.keyboard.press("Escape")
    await expect(field).to_be_hidden()


async def sending(guest: Guest) -> dict[str, Any]:
    """What a page has done to its connections, and how it sends over each."""
    found: dict[str, Any] = await guest.page.evaluate("sending()")
    return found


async def taps(guest: Guest) -> list[Any]:
    """How each of one's copies for the server is sent."""
    found = await sending(guest)
    return [each for each in found["sent"] if each["tap"]]


async def scales(guest: Guest) -> list[float | None]:
    """How much smaller than it is each of the others gets the picture; None: not."""
    found: list[float | None] = await guest.page.evaluate(_SCALES)
    return found


async def sends(guest: Guest, *wanted: float | None) -> None:
    """Wait until these are the `scales` of all the others, in any order."""

    async def sent() -> bool:
        return Counter(await scales(guest)) == Counter(wanted)

    await until(sent, f"{guest.name} sends {wanted}")


async def pictures_still(guest: Guest) -> bool:
    """Whether sound comes, and no picture."""
    before = await guest.page.evaluate(_RECEIVED)

    async def heard() -> bool:
        found = await guest.page.evaluate(_RECEIVED)
        return bool(found["audio"] > before["audio"] + _SOUND)

    await until(heard, f"{guest.name} gets sound")
    return bool((await guest.page.evaluate(_RECEIVED))["video"] == before["video"])
