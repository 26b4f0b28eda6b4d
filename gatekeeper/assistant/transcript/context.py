"""What all transcripts and summaries of a server share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiortc import RTCIceServer

from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.media.tap.quota import Quotas


@dataclass(frozen=True, slots=True)
class TranscriptionContext:
    """Who hears, and where it is written down."""

    recogniser: SpeechRecogniser
    transcripts: TranscriptStore
    clock: Callable[[], datetime]
    """The time now, UTC."""
    ice_servers: Sequence[RTCIceServer]
    quotas: Quotas
    """What may be sent to taps."""
    has_space: Callable[[], bool]
    """Whether the disk has more than the reserve left. Raises `OSError`."""
