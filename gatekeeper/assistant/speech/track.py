"""A track: one participant's microphone, listened to for one purpose."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from gatekeeper.assistant.faults import SpeechUnavailable
from gatekeeper.assistant.speech.pipe import Frames, TrackId
from gatekeeper.assistant.speech.utterance import Utterance


class Track:
    """What `SpeechRecogniser.listen` gives, to pass packets on to."""

    def __init__(
        self,
        number: TrackId,
        voice: str,
        *,
        heard: Callable[[Utterance], None],
        failed: Callable[[SpeechUnavailable], None],
        grown: Callable[[Utterance], None] | None,
        pass_on: Callable[[Frames], None],
        close: Callable[["Track"], None],
    ) -> None:
        """`pass_on` and `close`: what the recogniser does of what is asked of this."""
        self.number = number
        self.voice = voice
        self.heard = heard
        self.failed = failed
        self.grown = grown
        self.shown: Utterance | None = None
        """What was told last of what is still being said."""
        self.dropped = asyncio.Event()
        self._pass_on = pass_on
        self._close = close

    def pass_on(self, packets: list[tuple[bytes, float]]) -> None:
        """
        Take Opus packets with the loop times of their beginnings; never waits.

        To be called every `BATCH`, with none if none came: that is what silence is.
        """
        self._pass_on(Frames(self.number, packets))

    def close(self) -> None:
        """Hear nothing of it from now on. Idempotent."""
        self._close(self)

    async def gone(self) -> None:
        """
        Return once the worker holds no sound and no words of it either.

        The engine may still be busy with the last utterance; its words are dropped.
        """
        await self.dropped.wait()

    def report(self, said: Utterance, *, final: bool) -> None:
        """What was, or is being said."""
        self.shown = said if said.text and not final else None
        if final:
            self.heard(said)
        elif self.grown is not None:
            self.grown(said)

    def unsay(self) -> None:
        """What was being said comes to no end."""
        if self.shown is not None:
            self.report(replace(self.shown, text=""), final=False)
