"""
The embedded engine: moonshine-voice, whose wheel carries a small English model.

Rule 1: one thread uses it. Two threads on one transcriber get each other's words.
Rule 2: its own detector of voices is on, as a second judge: breath and music would
become words without.

moonshine-voice and its English models are under the MIT licence.
"""

from importlib.util import find_spec
from pathlib import Path

from gatekeeper.assistant.speech.settings import RATE, EngineSettings

FILES = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")
_OPTIONS = {
    "vad_threshold": "0.3",
    "vad_max_segment_duration": "30",  # the endpointer cuts at half of it
    "return_audio_data": "false",
}
_STUB = 0.3
"""Seconds; what is shorter is a cut's or a click's, not somebody's."""
_IMAGINED = frozenset({"you", "so", "thank you for watching"})
"""What it hears in breath and music, if that is all it hears."""


class Moonshine:
    """One model in memory, about 200 MB."""

    def __init__(self, settings: EngineSettings) -> None:
        from moonshine_voice import ModelArch  # type: ignore[import-untyped]
        from moonshine_voice.transcriber import (  # type: ignore[import-untyped]
            Transcriber,
        )

        folder = model_folder(settings.model_dir)
        if folder is None:
            raise FileNotFoundError("there is no Moonshine model")
        shape = ModelArch.BASE if "base" in folder.name else ModelArch.TINY
        self._transcriber = Transcriber(folder, shape, options=dict(_OPTIONS))

    def recognise(self, pcm: bytearray) -> str:
        samples = [sample / 32768 for sample in memoryview(pcm).cast("h")]
        found = self._transcriber.transcribe_without_streaming(samples, RATE)
        text = " ".join(
            line.text.strip() for line in found.lines if line.duration >= _STUB
        )
        return "" if text.casefold().strip(" .,!?") in _IMAGINED else text


def model_folder(chosen: Path | None) -> Path | None:
    """
    The model's folder, the wheel's own by default; None if it is not complete.

    `tiny` and `base` models do, the latter with "base" in their folder's name.
    """
    folder = chosen
    if folder is None:
        spec = find_spec("moonshine_voice")
        if spec is None or spec.origin is None:
            return None
        folder = Path(spec.origin).parent / "assets" / "tiny-en"
    return folder if all((folder / name).is_file() for name in FILES) else None
