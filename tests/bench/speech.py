"""
How well the embedded engine understands, and what a second of sound costs it.

Everything takes the way of a meeting: Opus packets, one track for each speaker, the
worker's process, words; in real time, because the worker begins to recognise at a
pause, in vain if the speaker goes on, and that costs something too.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gatekeeper.assistant.faults import SpeechUnavailable
from gatekeeper.assistant.speech import fitness
from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.speech.settings import EngineSettings
from gatekeeper.assistant.speech.utterance import Utterance
from tests.assistant.speech import voices
from tests.bench.process import cpu
from tests.bench.speech_references import HUMAN

PAUSE = 1.0
"""Seconds between two lines of the meeting."""
BATCH = 5
"""Packets that a track gets at once: 100 ms."""
LOOK = 2.0
"""Seconds between two looks whether the worker has anything left to do."""
IDLE = 0.01
"""Seconds of CPU in that time, which a worker takes that has not."""


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    human, generated = asyncio.run(_measure())
    engine = fitness.describe(EngineSettings()).engine
    both = human.seconds + generated.seconds
    return {
        "speech_wer_human": _wrong(
            human,
            f"{engine}; {human.seconds:.0f} s of two people who read aloud, in the "
            "wheel of moonshine-voice, as Opus of 32 kbit/s",
        ),
        "speech_wer_generated": _wrong(
            generated,
            f"{engine}; {generated.seconds:.0f} s of a meeting of three by flite, as "
            'Opus of 32 kbit/s; "twenty dollars" for "$20" counts as wrong',
        ),
        "speech_cpu_per_second": {
            "value": round((human.cpu + generated.cpu) / both, 3),
            "unit": "s/s",
            "baseline": "",
            "how": "CPU time of the worker, with decoding, for one second in which "
            f"somebody speaks or pauses; {human.cpu / human.seconds:.3f} for those who "
            f"read aloud, {generated.cpu / generated.seconds:.3f} for the meeting, "
            "whose other tracks are silent meanwhile",
        },
    }


def _wrong(material: "_Material", how: str) -> dict[str, Any]:
    wrong = 100 * voices.wrong(material.reference, material.text)
    return {
        "value": round(wrong, 1),
        "unit": "%",
        "baseline": "",
        "how": f"{len(material.reference.split())} words, case and punctuation aside: "
        f"{how}",
    }


@dataclass(slots=True)
class _Material:
    """Something to listen to: the sound of each track, and what is said in all."""

    tracks: dict[str, bytes]
    reference: str
    seconds: float
    cpu: float = 0.0
    said: list[Utterance] = field(default_factory=list)

    @property
    def text(self) -> str:
        in_order = sorted(self.said, key=lambda said: said.began)
        return " ".join(said.text for said in in_order)


def _human(names: Iterable[str] = HUMAN) -> _Material:
    pause = voices.silence(PAUSE)
    pcm = b"".join(voices.human(name) + pause for name in names)
    reference = " ".join(HUMAN[name] for name in names)
    return _Material({"reader": pcm}, reference, _seconds(pcm))


def _generated() -> _Material:
    lines = voices.meeting()
    tracks = dict.fromkeys((who for who, _ in lines), b"")
    for speaker, said in lines:
        spoken = voices.spoken(said, speaker) + voices.silence(PAUSE)
        for who in tracks:
            tracks[who] += spoken if who == speaker else bytes(len(spoken))
    seconds = _seconds(next(iter(tracks.values())))
    return _Material(tracks, " ".join(said for _, said in lines), seconds)


def _seconds(pcm: bytes) -> float:
    return len(pcm) / (2 * voices.RATE)


async def _measure() -> tuple[_Material, _Material]:
    recogniser = SpeechRecogniser(EngineSettings(), now=asyncio.get_running_loop().time)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(recogniser.run())
        await _listen(recogniser, _human(["beckett"]))  # loads the model
        materials = _human(), _generated()
        for material in materials:
            await _listen(recogniser, material)
        running.cancel()
    return materials


async def _listen(recogniser: SpeechRecogniser, material: _Material) -> None:
    """Have it heard, and what that costs."""
    tracks = {
        recogniser.listen(who, heard=material.said.append, failed=_fail): list(
            voices.batches(voices.timed(voices.packets(pcm), 0.0), BATCH)
        )
        for who, pcm in material.tracks.items()
    }
    while recogniser.worker is None:  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.01)
    before = cpu(recogniser.worker)
    due = asyncio.get_running_loop().time()
    for batches in zip(*tracks.values(), strict=True):
        for track, batch in zip(tracks, batches, strict=True):
            track.pass_on(batch)
        due += BATCH * voices.PACKET
        await asyncio.sleep(due - asyncio.get_running_loop().time())
    spent = before
    while (now := cpu(recogniser.worker)) - spent > IDLE:
        spent = now
        await asyncio.sleep(LOOK)
    material.cpu = now - before
    for track in tracks:
        track.close()
        await track.gone()


def _fail(error: SpeechUnavailable) -> None:
    raise error
