"""
What everybody sends, and how a kept frame tells whose it is and when it was taken.

Rule 1: a colour and a band of tones belong to one person alone.
Rule 2: the content carries its own time, by its sender's clock: a picture has its
number in black and white blocks, and the tone climbs one step in each packet. So the
proof need not believe the server's timestamps.
Rule 3: somebody's camera and microphone run on whether anybody takes the pictures or
not: what is said while a gate is closed is there to be caught.
Rule 4: a picture of a screen says that it is one, and so does its sound.
"""

import asyncio
import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from threading import local
from typing import Any, NamedTuple

import av
import numpy as np
from aiortc import MediaStreamTrack
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from tests.proof.made_once import made_once

RATE = 48_000
PACKET = 0.02
"""Seconds of sound in one packet."""
WINDOW = RATE // 50
PICTURE = 0.08
"""Seconds between two pictures."""
STEPS = 48
"""Steps of a tone before it begins again: 960 ms."""
STEP = 50
"""Hertz between two steps."""
MARK = 14_000
"""Hertz of a second tone, above all others, in what is played on a screen."""
BITS = 9
NUMBERS = 1 << BITS
"""Pictures before their numbers begin again: 41 s, longer than any meeting here."""
KEYFRAME_EVERY = 2
BEHIND = 8
"""Packets by which a microphone may be late before it leaves some out, as one does
whose buffer runs over."""
QUIET = 0.01
"""Below this share of full scale nobody is heard."""

WIDTH, HEIGHT, BLOCK = 128, 80, 16
_SCALERS = local()
_FLAT = HEIGHT - 2 * BLOCK
"""Rows of plain colour above the blocks."""


@dataclass(frozen=True, slots=True)
class Own:
    """What tells one person from the others: hue in degrees, lowest tone in Hz."""

    hue: int
    tone: int


PALETTE = {
    "Mara": Own(hue=0, tone=500),
    "Tomas": Own(hue=120, tone=3000),
    "Ines": Own(hue=240, tone=5500),
    "Noor": Own(hue=60, tone=8000),
}
NAMES = tuple(PALETTE)


class Clock:
    """One person's camera and microphone, as a clock: they never stop."""

    def __init__(self) -> None:
        self.now = asyncio.get_running_loop().time
        self.began = self.now()
        """By the event loop's clock."""

    def number(self, period: float) -> int:
        """How many periods have begun so far, less one."""
        return int((self.now() - self.began) / period)

    async def reaches(self, number: int, period: float) -> None:
        """Return when that period begins."""
        await asyncio.sleep(self.began + number * period - self.now())


class Camera(MediaStreamTrack):
    """One person's pictures, from the next one on that stands alone."""

    kind = "video"

    def __init__(self, name: str, clock: Clock, *, screen: bool = False) -> None:
        super().__init__()
        self._pictures = pictures(name, screen=screen)
        self._clock = clock
        self._next = 0

    async def recv(self) -> Any:
        due = self._clock.number(PICTURE) + 1
        if due - self._next > KEYFRAME_EVERY:
            self._next = due + -due % KEYFRAME_EVERY
        number, self._next = self._next, self._next + 1
        await self._clock.reaches(number, PICTURE)
        packet = av.Packet(self._pictures[number % NUMBERS])
        packet.pts, packet.time_base = number * 7200, Fraction(1, 90_000)
        return packet


class Screen(Camera):
    """The pictures of one person's screen, while they share it."""

    def __init__(self, name: str, clock: Clock, shared: asyncio.Event) -> None:
        super().__init__(name, clock, screen=True)
        self._shared = shared
        self.sent: list[float] = []
        """When each picture was taken that was given out to be sent."""

    async def recv(self) -> Any:
        while True:
            await self._shared.wait()
            packet = await super().recv()
            if self._shared.is_set():
                self.sent.append(self._clock.began + (self._next - 1) * PICTURE)
                return packet


class Microphone(MediaStreamTrack):
    """One person's sound, from the packet that is due when it is asked."""

    kind = "audio"

    def __init__(self, packets: Sequence[bytes], clock: Clock) -> None:
        """`packets`: what comes from it, over and over."""
        super().__init__()
        self._packets = packets
        self._clock = clock
        self._next = 0
        self.sent: list[float] = []
        """When each packet was taken that was given out to be sent."""
        self.given: list[float] = []
        """When each of them was given out: some late, and several at once."""

    async def recv(self) -> Any:
        due = self._clock.number(PACKET) + 1
        if due - self._next > BEHIND:
            self._next = due
        number, self._next = self._next, self._next + 1
        await self._clock.reaches(number, PACKET)
        packet = av.Packet(self._packets[number % len(self._packets)])
        packet.pts, packet.time_base = number * WINDOW, Fraction(1, RATE)
        self.sent.append(self._clock.began + number * PACKET)
        self.given.append(self._clock.now())
        return packet


class Played(Microphone):
    """What is played on one person's screen, while they share it."""

    def __init__(self, name: str, clock: Clock, shared: asyncio.Event) -> None:
        super().__init__(sounds(name, screen=True), clock)
        self._shared = shared
        self.played: list[float] = []
        """When each packet was taken that was given out to be sent."""

    async def recv(self) -> Any:
        while True:
            await self._shared.wait()
            packet = await super().recv()
            if self._shared.is_set():
                self.played.append(self.sent[-1])
                return packet


# ---- Making -----------------------------------------------------------------------


@made_once
def sounds(name: str, *, screen: bool = False) -> tuple[bytes, ...]:
    """The Opus packets of one climb; with the mark of what is played on a `screen`."""
    rounds = 3
    step = np.arange(rounds * STEPS * WINDOW) // WINDOW % STEPS
    hertz = PALETTE[name].tone + STEP * step
    wave = np.sin(2 * np.pi * np.cumsum(hertz) / RATE) * 12_000
    if screen:
        wave += np.sin(2 * np.pi * MARK / RATE * np.arange(len(wave))) * 6_000
    codec = av.CodecContext.create("libopus", "w")
    codec.bit_rate, codec.format, codec.layout = 96_000, "s16", "mono"
    codec.sample_rate = RATE
    packets: list[bytes] = []
    for samples in wave.astype(np.int16).reshape(-1, WINDOW):
        frame = av.AudioFrame.from_ndarray(samples[None, :], "s16", "mono")
        frame.sample_rate = RATE
        packets += [bytes(packet) for packet in codec.encode(frame)]
    return tuple(packets[STEPS : 2 * STEPS])


@made_once
def pictures(name: str, *, screen: bool) -> tuple[bytes, ...]:
    """The VP8 frames of all numbers; every other is a keyframe."""
    codec = av.CodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    codec.time_base, codec.bit_rate = Fraction(2, 25), 400_000
    codec.gop_size, codec.thread_count = KEYFRAME_EVERY, 1
    codec.options = {
        "deadline": "realtime",
        "cpu-used": "8",
        "lag-in-frames": "0",
        "keyint_min": str(KEYFRAME_EVERY),
        "qmax": "30",
    }
    frames: list[bytes] = []
    for number in range(NUMBERS):
        image = picture(name, number, screen=screen)
        frame = av.VideoFrame.from_ndarray(image, format="rgb24")
        frame.pts = number
        for packet in codec.encode(frame):
            assert packet.is_keyframe == (number % KEYFRAME_EVERY == 0)
            frames.append(bytes(packet))
    assert len(frames) == NUMBERS
    return tuple(frames)


def picture(name: str, number: int, *, screen: bool = False) -> NDArray[np.uint8]:
    """One picture: the colour, and below it what it is, its number and a check."""
    red, green, blue = colorsys.hls_to_rgb(PALETTE[name].hue / 360, 0.45, 0.9)
    image = np.full((HEIGHT, WIDTH, 3), np.array([red, green, blue]) * 255, np.uint8)
    for place, bit in enumerate(_written(number % NUMBERS, screen)):
        top, left = divmod(place * BLOCK, WIDTH)
        top = _FLAT + top * BLOCK
        image[top : top + BLOCK, left : left + BLOCK] = 235 if bit else 20
    return image


def _written(number: int, screen: bool) -> list[bool]:
    """Sixteen bits: what it is, its number, and what says that it was read aright."""
    check = (number * 37 + 11 + 29 * screen) % 61
    bits = (screen << 15) | (number << 6) | check
    return [bool(bits >> place & 1) for place in range(16)]


# ---- Reading ----------------------------------------------------------------------


def rgb(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """The pixels of a decoded picture: height, width, and three colours."""
    # One for all pictures of a thread: to make it takes longer than what it does.
    scaler = _SCALERS.__dict__.setdefault("own", VideoReformatter())
    found = scaler.reformat(frame, format="rgb24").to_ndarray()
    return np.asarray(found, np.uint8)


class Seen(NamedTuple):
    """What a picture says of itself."""

    owner: str
    number: int
    screen: bool


def read_picture(image: NDArray[np.uint8]) -> Seen | None:
    """Whose picture it is, its number, and what of; None if that cannot be told."""
    name = owner_of_colour(image[4 : _FLAT - 4].mean(axis=(0, 1)) / 255)
    blocks = image[_FLAT:].mean(axis=2).reshape(2, BLOCK, WIDTH // BLOCK, BLOCK)
    light = blocks.mean(axis=(1, 3)).ravel()
    if name is None or np.any(np.abs(light - 127) < 40):
        return None
    bits = [bool(level > 127) for level in light]
    number = sum(1 << place for place, bit in enumerate(bits[:-1]) if bit) >> 6
    screen = bits[-1]
    return Seen(name, number, screen) if bits == _written(number, screen) else None


def owner_of_colour(colour: NDArray[np.float64]) -> str | None:
    """Whose colour it is: red, green and blue from 0 to 1."""
    hue, _, saturation = colorsys.rgb_to_hls(*(float(part) for part in colour))
    if saturation < 0.3:
        return None
    for name, own in PALETTE.items():
        if abs((hue * 360 - own.hue + 180) % 360 - 180) < 15:
            return name
    return None


def read_sound(samples: NDArray[np.float32]) -> tuple[str, int] | None:
    """Whose tone is the strongest in 20 ms of sound, and its step; None if nobody's."""
    if len(samples) == 0:
        return None
    window = np.hanning(len(samples))
    # Behind a gap a decoder makes the mark louder than the tone, and it is nobody's.
    tones = np.abs(np.fft.rfft(samples * window, RATE // 5))[: (MARK - RATE // 50) // 5]
    if tones.max() * 2 < QUIET * window.sum():
        return None
    hertz = float(tones.argmax()) * 5
    for name, own in PALETTE.items():
        step = (hertz - own.tone) / STEP
        if -0.7 < step < STEPS - 0.3:
            return name, min(max(round(step), 0), STEPS - 1)
    return None


def is_played(samples: NDArray[np.float32]) -> bool:
    """Whether 20 ms of somebody's sound have the mark of what is played on a screen."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), RATE // 5))
    mark = spectrum[(MARK - STEP) // 5 : (MARK + STEP) // 5].max()
    return bool(mark > spectrum.max() / 10)


def taken_at(code: int, codes: int, period: float, began: float, near: float) -> float:
    """When content with this code was taken, of all moments the nearest to `near`."""
    number = (near - began) / period
    return began + (code + codes * round((number - code) / codes)) * period
