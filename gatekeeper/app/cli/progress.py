"""How far something is, for whoever watches: one line, and none of it in a log."""

import sys
import time

MEGABYTE = 10**6
_PAUSE = 0.1
"""Seconds between two looks of it."""


class Shown:
    """A line on a terminal; nothing anywhere else."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._live = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, done: int, whole: int | None = None) -> None:
        """So many bytes are done, of so many if that is known."""
        now = time.monotonic()
        if not self._live or now - self._last < _PAUSE:
            return
        self._last = now
        of = f" of {whole / MEGABYTE:.0f}" if whole else ""
        sys.stderr.write(f"\r\x1b[K{self._what}: {done / MEGABYTE:.0f}{of} MB ...")
        sys.stderr.flush()

    def close(self) -> None:
        """Take it away."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
