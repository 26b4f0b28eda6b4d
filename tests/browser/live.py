"""What a participant sees and hears in the room, measured in their own page."""

from playwright.async_api import Locator

from tests.browser.guest import Guest
from tests.browser.media import owner_of_hue, owner_of_tone
from tests.browser.waiting import until

HUE = """
tile => {
  const video = tile.querySelector('video')
  if (!video || video.readyState < 2 || video.videoWidth === 0) return null
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const pen = canvas.getContext('2d')
  pen.drawImage(video, 0, 0, 1, 1)
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data
  const most = Math.max(red, green, blue)
  const range = most - Math.min(red, green, blue)
  if (range < 60) return null
  const turn =
    most === red ? (green - blue) / range
    : most === green ? 2 + (blue - red) / range
    : 4 + (red - green) / range
  return (turn * 60 + 360) % 360
}
"""

TONE = """
tile => {
  const video = tile.querySelector('video')
  if (!video?.srcObject || video.muted || video.paused) return null
  const [track] = video.srcObject.getAudioTracks()
  if (!track) return null
  if (window.listening?.track !== track) {
    // Nobody hears what is measured, so no way to a speaker is opened for it.
    const context = new AudioContext({latencyHint: 'playback', sinkId: {type: 'none'}})
    const ear = new AnalyserNode(context, {fftSize: 8192, smoothingTimeConstant: 0})
    const mediaStream = new MediaStream([track])
    new MediaStreamAudioSourceNode(context, {mediaStream}).connect(ear)
    window.listening = {track, ear, context}
  }
  const {ear, context} = window.listening
  const levels = new Float32Array(ear.frequencyBinCount)
  ear.getFloatFrequencyData(levels)
  const loudest = levels.indexOf(Math.max(...levels))
  if (levels[loudest] < -60) return null
  window.listening = null
  void context.close()
  return (loudest * context.sampleRate) / ear.fftSize
}
"""


async def sees(guest: Guest, tile: Locator) -> str:
    """Whose picture plays there, once one does."""
    hue = await until(
        lambda: _number(tile, HUE), f"{guest.name} sees a picture in {tile}"
    )
    return owner_of_hue(hue)


async def hears(guest: Guest, tile: Locator) -> str:
    """Whose voice sounds from there, once one does."""
    tone = await until(
        lambda: _number(tile, TONE), f"{guest.name} hears something of {tile}"
    )
    return owner_of_tone(tone)


async def plays(guest: Guest, tile: Locator) -> None:
    """Wait until the picture there has moved on."""
    count = (
        "node => node.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"
    )
    before = await tile.evaluate(count)

    async def later() -> bool:
        return bool(await tile.evaluate(count) > before)

    await until(later, f"{guest.name} sees {tile} move")


async def _number(tile: Locator, script: str) -> float:
    """What `script` measures, or 0 while there is nothing; hue 0 comes as 360."""
    found = await tile.evaluate(script)
    return 0.0 if found is None else float(found) or 360.0
