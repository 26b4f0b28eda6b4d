"""What hears, as the configuration chose it, and the times that bound it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

EngineName = Literal["embedded", "whisper", "http", "none"]

RATE = 16_000
"""Samples per second of everything that is recognised: mono, 16 bits, little endian."""
SAMPLE = 2
"""Bytes of one of them."""

BATCH = 0.1
"""Seconds between two batches of a track's packets."""
SILENT = 6
"""Empty batches in a row that are silence: as long as an utterance's end."""

CONNECT = 5.0
"""Seconds for a connection to the endpoint."""
ANSWER = 30.0
"""Seconds for one request, with its answer: an utterance is 15 seconds long at most."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """One speech engine."""

    engine: EngineName = "embedded"
    model_dir: Path | None = None
    """`whisper`: the folder of the model. `embedded`: another Moonshine model's."""
    language: str = "en"
    """BCP 47; empty: the engine finds out."""
    base_url: str = ""
    """`http`: up to what stands before `/audio/transcriptions`."""
    model: str = ""
    """`http`: the name that the endpoint knows."""
    key: str | None = field(default=None, repr=False)
    """`http`: the bearer token."""
