"""A running `SpeechRecogniser`, and somebody who writes down what it hears."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from gatekeeper.assistant.faults import SpeechUnavailable
from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.speech.settings import EngineSettings
from gatekeeper.assistant.speech.track import Track
from gatekeeper.assistant.speech.utterance import Utterance
from tests.assistant.speech import voices


class Listener:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.said: list[Utterance] = []
        self.failures: list[SpeechUnavailable] = []
        self._changed = asyncio.Event()

    @property
    def text(self) -> str:
        return " ".join(said.text for said in self.said)

    def heard(self, said: Utterance) -> None:
        self.said.append(said)
        self._changed.set()

    def failed(self, error: SpeechUnavailable) -> None:
        self.failures.append(error)
        self._changed.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Return once `holds` of what was told."""
        while not holds():
            self._changed.clear()
            await self._changed.wait()

    def listen(self, recogniser: SpeechRecogniser, voice: str = "ann") -> Track:
        return recogniser.listen(voice, heard=self.heard, failed=self.failed)


@asynccontextmanager
async def recogniser(
    settings: EngineSettings | None = None, **more: Any
) -> AsyncIterator[SpeechRecogniser]:
    """One that runs until the end of the block."""
    now = asyncio.get_running_loop().time
    ours = SpeechRecogniser(settings or EngineSettings(), now=now, **more)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(ours.run())
        try:
            yield ours
        finally:
            running.cancel()


async def until(holds: Callable[[], bool]) -> None:
    """Return once `holds` of another process."""
    while not holds():  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.005)


def say(track: Track, pcm: bytes, start: float = 0.0) -> float:
    """Let somebody say something to a track, faster than it is spoken; its end."""
    sent = voices.timed(voices.packets(pcm), start)
    for batch in voices.batches(sent):
        track.pass_on(batch)
    return sent[-1][1] + voices.PACKET
