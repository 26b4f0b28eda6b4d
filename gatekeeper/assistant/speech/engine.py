"""What the worker's engines have in common."""

import unicodedata
from typing import Protocol

from gatekeeper.assistant.speech.settings import EngineSettings

_LONGEST = 2000
"""Characters of one utterance. Nobody says half as many in fifteen seconds; an engine
that repeats itself does."""


class Engine(Protocol):
    """Sound in, words out. Used by one thread alone."""

    def recognise(self, pcm: bytearray) -> str:
        """The words of one utterance, 16 kHz mono, 16 bits; empty if there are none."""


def load(settings: EngineSettings) -> Engine | None:
    """
    The engine of this process; None if it is elsewhere, or there is none.

    Takes seconds. Raises whatever a broken installation raises.
    """
    match settings.engine:
        case "embedded":
            from gatekeeper.assistant.speech.moonshine import Moonshine

            return Moonshine(settings)
        case "whisper":
            from gatekeeper.assistant.speech.whisper import Whisper

            return Whisper(settings)
        case "http" | "none":
            return None


def clean(text: str) -> str:
    """What an engine said, in one line, without control and invisible characters."""
    visible = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return " ".join("".join(visible).split())[:_LONGEST]
