"""What all transcripts and summaries of a server share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.media.tap.quota import Quotas
from gatekeeper.media.tap.taps import TapIceServers


@dataclass(frozen=True, slots=True)
class TranscriptionContext:
    """Who hears, and where it is written down."""

    recogniser: SpeechRecogniser
    transcripts: TranscriptStore
    clock: Callable[[], datetime]
    """The time now, UTC."""
    ice_servers: TapIceServers
    quotas: Quotas
    """What may be sent to taps."""
    has_space: Callable[[], bool]
    """Whether the disk has more than the reserve left. Raises `OSError`."""
