"""
Progress: what the worker says of itself, and how it is told to stop.

Rule 1: one JSON object per line, on standard output, and never a name in it.
Rule 2: whoever started the worker is gone when nobody reads any more; then it stops.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Literal

from gatekeeper.media.film.files import Folder, Progress

Stage = Literal["sound", "pictures", "finish"]
_SHARES: dict[Stage, tuple[float, float]] = {
    "sound": (0.0, 0.1),
    "pictures": (0.1, 0.95),
    "finish": (0.95, 1.0),
}
"""What part of the work each stage is, from and to."""
_EVERY = 0.5
"""Seconds between two lines."""


class Stopped(Exception):
    """The worker was told to stop. What is finished is kept."""


class Failed(Exception):
    """There can be no film. `code` is for programs."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Steps:
    """The way to the film."""

    def __init__(
        self, folder: Folder, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._monotonic = monotonic
        self._said = 0.0
        self._done = 0.0
        self.stopping = False

    def made(self, stage: Stage, part: float, *, now: bool = False) -> None:
        """`part` (0 to 1) of a stage is done. Raises `Stopped`."""
        if self.stopping:
            raise Stopped
        time = self._monotonic()
        if not now and time - self._said < _EVERY:
            return
        self._said = time
        start, end = _SHARES[stage]
        self._done = round(start + (end - start) * min(1.0, part), 4)
        self._folder.note(Progress(done=self._done, state="making"))
        say({"done": self._done, "stage": stage})

    def warn(self, stage: Stage, warning: str, track: str) -> None:
        """Tell of a track that is left out."""
        say({"done": self._done, "stage": stage, "warning": warning, "track": track})


def say(line: dict[str, object]) -> None:
    """Print one line. Raises `Stopped` if nobody reads."""
    try:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise Stopped from None
