"""
faster-whisper, with a model from a folder of this machine.

Rule 1: it is never given a name, and never a folder that lacks a file: it would go and
fetch what is missing.
"""

import os
from pathlib import Path

from gatekeeper.assistant.speech.settings import EngineSettings

FILES: tuple[tuple[str, ...], ...] = (
    ("model.bin",),
    ("config.json",),
    ("vocabulary.json", "vocabulary.txt"),
    ("tokenizer.json",),
    ("preprocessor_config.json",),
)
"""One of each group. Without tokenizer.json faster-whisper 1.2.1 asks the hub for one,
even when told to use local files only."""
_NOBODY = 0.6
"""The probability that nobody spoke, above which a guess is not believed."""
_UNSURE = -1.0
"""The mean log probability of the words, below which the same goes."""


class Whisper:
    """One model in memory."""

    def __init__(self, settings: EngineSettings) -> None:
        folder = settings.model_dir
        if folder is None or missing(folder):
            raise FileNotFoundError("the folder of the Whisper model is incomplete")
        os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when it is imported
        from faster_whisper import WhisperModel  # type: ignore[import-untyped]

        self._language = settings.language.split("-")[0] or None
        self._model = WhisperModel(
            str(folder.absolute()),
            device="cpu",
            compute_type="int8",
            cpu_threads=min(os.cpu_count() or 1, 4),
            num_workers=1,
            local_files_only=True,
        )

    def recognise(self, pcm: bytearray) -> str:
        import numpy as np

        sound = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768
        segments, _ = self._model.transcribe(
            sound,
            language=self._language,
            beam_size=1,
            temperature=0,
            condition_on_previous_text=False,
            vad_filter=True,
            without_timestamps=True,
        )
        return " ".join(
            segment.text.strip()
            for segment in segments  # lazy: this is where the work is done
            if not (segment.no_speech_prob > _NOBODY and segment.avg_logprob < _UNSURE)
        )


def missing(folder: Path) -> list[str]:
    """What a model's folder lacks, in words."""
    return [
        " or ".join(names)
        for names in FILES
        if not any((folder / name).is_file() for name in names)
    ]
