"""
What everybody says, and the speech server that hears it.

Rule 1: a word names who says it and when: its tones do, one for the speaker and one for
the word's number. The server knows nothing but the sound that reached it.
Rule 2: people speak in turn, so that whoever comes or goes does so in a word of
somebody's, or while it is on its way to the captions.
"""

import re
import wave
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import BytesIO
from itertools import groupby

import av
import numpy as np
from aiohttp import web
from aiohttp.test_utils import TestServer
from numpy.typing import NDArray

from tests.proof.content import NAMES, PACKET, RATE, WINDOW, pictures, sounds
from tests.proof.made_once import made_once

EVERY = 60
"""Packets from one word of somebody's to the next: 1.2 s."""
LONG = 18
"""Packets of a word: 360 ms."""
COUNT = 40
"""Words before their numbers begin again: 48 s, longer than any meeting here."""
_VOICE = 130
"""Hertz of the voice, by which it is told that somebody speaks."""
_WHO, _WHO_STEP = 2400, 400
_NUMBER, _NUMBER_STEP = 5000, 40
_SAID = re.compile(rf"\b({'|'.join(NAMES)})(\d\d)\b")
_HEARD = 16_000
"""Samples per second that the speech server is sent."""
_LOUD = 0.01
_SETTLED, _HEARING = 0.4, 2.0
"""Seconds after a tap is connected, and those that a word may take to be written."""
_LEAST = 2
"""Looks in a row, 20 ms apart, that find the same word."""


def times(name: str, number: int, began: float) -> tuple[float, float]:
    """When a word began and ended; `began`: when that person's clock began to run."""
    first = number * EVERY + _offset(name)
    return began + first * PACKET, began + (first + LONG) * PACKET


def between(
    name: str, clock: float, begins: float, ends: float
) -> Iterator[tuple[str, int]]:
    """The words that are surely heard of a tap that stands between two times."""
    for number in range(COUNT):
        began, ended = times(name, number, clock)
        if began > begins + _SETTLED and ended < ends - _HEARING:
            yield name, number


def said_in(text: str) -> Iterator[tuple[str, int]]:
    """The words in a text: who said each, and its number."""
    for name, number in _SAID.findall(text):
        yield name, int(number)


@made_once
def speech(name: str) -> tuple[bytes, ...]:
    """The Opus packets of all that somebody says."""
    whole = np.zeros(COUNT * EVERY * WINDOW)
    for number in range(COUNT):
        first = (number * EVERY + _offset(name)) * WINDOW
        whole[first : first + LONG * WINDOW] = _word(name, number)
    codec = av.CodecContext.create("libopus", "w")
    codec.bit_rate, codec.format, codec.layout = 96_000, "s16", "mono"
    codec.sample_rate = RATE
    packets: list[bytes] = []
    for samples in whole.astype(np.int16).reshape(-1, WINDOW):
        frame = av.AudioFrame.from_ndarray(samples[None, :], "s16", "mono")
        frame.sample_rate = RATE
        packets += [bytes(packet) for packet in codec.encode(frame)]
    return tuple(packets[: COUNT * EVERY])


def heard(samples: NDArray[np.float64]) -> str:
    """The words in sound of 16,000 samples per second, each once, in order."""
    length, hop = _HEARD // 25, _HEARD // 50
    looks = [
        _look(samples[start : start + length])
        for start in range(0, len(samples) - length + 1, hop)
    ]
    runs = ((word, len(list(run))) for word, run in groupby(looks))
    return " ".join(word for word, long in runs if word and long >= _LEAST)


def prepare(*, words: bool) -> None:
    """Make all that anybody sends, which takes some seconds; `words` only if wanted."""
    for name in NAMES:
        sounds(name)
        sounds(name, screen=True)
        for screen in (False, True):
            pictures(name, screen=screen)
        if words:
            speech(name)


@asynccontextmanager
async def listening() -> AsyncIterator[str]:
    """Run the speech server; its address, as `[speech] base_url` wants it."""
    app = web.Application(client_max_size=1 << 22)
    app.router.add_post("/v1/audio/transcriptions", _transcribe)
    async with TestServer(app) as server:
        yield str(server.make_url("/v1"))


async def _transcribe(request: web.Request) -> web.Response:
    sent = (await request.post())["file"]
    assert isinstance(sent, web.FileField)
    with wave.open(BytesIO(sent.file.read())) as file:
        assert file.getframerate() == _HEARD
        pcm = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return web.json_response({"text": heard(pcm / 32_768)})


def _offset(name: str) -> int:
    return NAMES.index(name) * (EVERY - LONG) // (len(NAMES) - 1)


def _word(name: str, number: int) -> NDArray[np.float64]:
    at = np.arange(LONG * WINDOW) / RATE
    voice = sum(
        (np.sin(2 * np.pi * _VOICE * k * at) / k for k in range(1, 8)),
        start=np.zeros(len(at)),
    )
    who = _WHO + _WHO_STEP * NAMES.index(name)
    what = _NUMBER + _NUMBER_STEP * number
    tones = np.sin(2 * np.pi * who * at) + np.sin(2 * np.pi * what * at)
    whole: NDArray[np.float64] = voice / np.abs(voice).max() * 9000 + tones * 2500
    return whole


def _look(samples: NDArray[np.float64]) -> str | None:
    """The word that a short piece of sound is of."""
    window = np.hanning(len(samples))
    loud = np.abs(np.fft.rfft(samples * window, _HEARD // 5)) * 2 / window.sum()
    who = _peak(loud, _WHO, _WHO_STEP, len(NAMES))
    number = _peak(loud, _NUMBER, _NUMBER_STEP, COUNT)
    if who is None or number is None:
        return None
    return f"{NAMES[who]}{number:02}"


def _peak(loud: NDArray[np.float64], first: int, step: int, count: int) -> int | None:
    """Which of a row of tones is there."""
    begin = (first - step // 2) // 5
    band = loud[begin : (first + step * count) // 5]
    if band.max() < _LOUD:
        return None
    hertz = (begin + int(band.argmax())) * 5
    return min(max(round((hertz - first) / step), 0), count - 1)
