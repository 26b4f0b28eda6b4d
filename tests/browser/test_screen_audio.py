"""
Sound shared with a screen: heard by the others, and kept with everybody's yes alone.

Mara shares a screen on which something plays: a canvas and an oscillator stand for the
browser's own dialog (`own_media.js`), so that what arrives anywhere tells that it is
hers. It is one meeting up to its film, which takes its time. Of a real tab, chosen in a
real dialog by a whole Chromium, is the last test.
"""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from playwright.async_api import expect

from gatekeeper.media.film.files import Folder
from tests.browser.chromium import sharing
from tests.browser.conftest import Regulars, company, configured
from tests.browser.guest import Guest
from tests.browser.live import TONE, hears, plays
from tests.browser.media import PALETTE, RATE, decoded, owners
from tests.browser.waiting import until
from tests.meeting.conftest import start

pytestmark = pytest.mark.asyncio(loop_scope="session")

STOP, AGAIN = "Stop the sound", "Stop sharing"
OFF = "Its sound is off"


class Kept:
    """The files of a recording."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self, of: Guest, source: str) -> list[Path]:
        return sorted(self._folder.rglob(f"{of.id}-{source}.webm"))

    def all(self) -> list[Path]:
        return [*self._folder.rglob("*.webm")]

    def size(self, of: Guest, source: str) -> int:
        return sum(file.stat().st_size for file in self.files(of, source))

    async def grows(self, of: Guest, source: str, by: int = 1) -> None:
        before = self.size(of, source)
        await until(
            lambda: self.size(of, source) >= before + by, f"{of.name}'s {source} grows"
        )


def loudness(film: Path, hertz: int) -> float:
    """How much louder a tone is than what is 100 Hz beside it, in dB."""
    samples = decoded(film)
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    at = hertz * len(samples) // RATE
    step = 100 * len(samples) // RATE
    near, beside = (spectrum[i - step // 4 : i + step // 4] for i in (at, at + step))
    return float(20 * np.log10(near.max() / beside.max()))


async def test_it_is_heard_and_kept_with_everybodys_yes_until_it_is_stopped(
    regulars: Regulars, tmp_path: Path
) -> None:
    config = configured(tmp_path / "data", film={"format": "webm"})
    async with start(config) as world, regulars.outing() as call:
        room, secret = await world.room("recording")
        mara = await call("Mara", world.url, manner="plays")
        tomas = await call("Tomas", world.url, manner="lively")
        await mara.join(room, secret)
        await tomas.join(room)
        kept = Kept(config.data.directory / "recordings" / room)

        # Heard, and nobody has been asked anything.
        await mara.page.get_by_role("button", name="Share", exact=True).click()
        large = tomas.page.locator("figure.shared")
        assert await hears(tomas, large) == "Mara's screen"
        await expect(mara.page.get_by_text("Its sound is shared, too")).to_be_visible()
        await tomas.show("People")
        row = tomas.page.get_by_role("listitem").filter(has_text="Mara").first
        await expect(row).to_contain_text("Shares a screen with sound")
        await tomas.show("Gate")

        # With a no: nothing at all.
        await mara.ask("recording")
        await mara.reply("granted")
        await tomas.reply("declined")
        await tomas.settle()
        assert kept.all() == []

        # With everybody's yes: a track of its own.
        await tomas.choose("recording", "granted")
        await mara.sees_sign("recording", "on")
        await kept.grows(mara, "screen-audio", by=8_000)
        tap = await mara.hears("tap")
        assert tap["sources"] == ["microphone", "camera", "screen", "screen-audio"]

        # Stopped alone, by key: the screen goes on, and the focus is not lost.
        stop = mara.page.get_by_role("button", name=STOP)
        await mara.page.get_by_role("button", name=AGAIN).first.focus()
        await mara.page.keyboard.press("Tab")
        await expect(stop).to_be_focused()
        await mara.sees_ready(stop)
        await mara.page.keyboard.press("Enter")
        await mara.page.keyboard.press("Enter")
        await expect(mara.page.get_by_text(OFF)).to_be_focused()
        await expect(stop).to_be_hidden()
        await until(partial(silent, tomas), "Tomas hears nothing any more")
        await plays(tomas, large)
        await tomas.show("People")
        await expect(row).to_contain_text("Shares a screen")
        await expect(row).not_to_contain_text("with sound")
        ended = kept.size(mara, "screen-audio")
        # As long as it would take for as much of it as before; a voice is as large.
        await kept.grows(mara, "screen")
        await kept.grows(tomas, "microphone", by=8_000)
        assert kept.size(mara, "screen-audio") == ended

        # Nothing of it is there when all of it has ended, and nothing comes back alone.
        await mara.page.get_by_role("button", name=AGAIN).first.click()
        await expect(mara.page.get_by_text(OFF)).to_be_hidden()
        await expect(large).to_be_hidden()
        await mara.show("Gate")
        await mara.choose("recording", "declined")
        await mara.sees_sign("recording", "off")
        (file,) = kept.files(mara, "screen-audio")
        assert set(owners(file)) == {"Mara's screen"}
        assert set(owners(kept.files(tomas, "microphone")[0])) == {"Tomas"}
        assert kept.files(tomas, "screen-audio") == []

        # And in the film.
        await mara.page.get_by_role("button", name="Leave").click()
        await mara.page.get_by_role("button", name="End for everyone").click()
        folder = Folder.of(config.data.directory, room, "recording")
        index = await until(folder.films, "there is a film")
        assert index is not None
        films = index.films
        film = folder.path / films[0].name
        heard = {e.source for e in films[0].edits if e.participant == mara.id}
        assert heard >= {"screen", "screen-audio"}
        assert loudness(film, PALETTE["Mara"].screen_tone) > 20
        assert loudness(film, PALETTE["Tomas"].tone) > 20
        assert loudness(film, PALETTE["Tomas"].screen_tone) < 10


async def silent(guest: Guest) -> bool:
    """Whether nothing sounds from the large screen."""
    large = guest.page.locator("figure.shared")
    return bool(await large.evaluate(f"tile => ({TONE})(tile) === null"))


SLIDES = "<!doctype html><title>Slides with music</title>"
PLAYER = """
hertz => {
  const context = new AudioContext()
  const tone = new OscillatorNode(context, {frequency: hertz})
  tone.connect(context.destination)
  tone.start()
}
"""


async def test_a_real_tab_is_heard_with_what_it_plays(tmp_path: Path) -> None:
    config = configured(tmp_path / "data")
    async with (
        start(config) as world,
        sharing("Slides with music") as browser,
        company(browser) as invite,
    ):
        room, secret = await world.room("recording")
        mara = await invite("Mara", world.url, manner="shares")
        tomas = await invite("Tomas", world.url, manner="lively")
        tab = await mara.context.new_page()
        await tab.route("**/slides", lambda route: route.fulfill(body=SLIDES))
        await tab.goto(f"{world.url}/slides")
        await tab.evaluate(PLAYER, PALETTE["Mara"].screen_tone)
        await mara.page.bring_to_front()
        await mara.join(room, secret, recording="granted")
        await tomas.join(room, recording="granted")
        await mara.page.get_by_role("button", name="Share", exact=True).click()
        await expect(mara.page.get_by_text("Its sound is shared, too")).to_be_visible()
        large = tomas.page.locator("figure.shared")
        await expect(large).to_be_visible()
        assert await hears(tomas, large) == "Mara's screen"

        await mara.ask("recording")
        await mara.sees_sign("recording", "on")
        kept = Kept(config.data.directory / "recordings" / room)
        await kept.grows(mara, "screen-audio", by=8_000)
        await mara.choose("recording", "declined")
        await mara.sees_sign("recording", "off")
        (file,) = kept.files(mara, "screen-audio")
        assert set(owners(file)) == {"Mara's screen"}
