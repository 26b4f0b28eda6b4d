"""A stretch of sound in which somebody spoke."""

from dataclasses import dataclass


@dataclass(slots=True)
class Sound:
    """One utterance. Times are seconds of the clock that the frames have."""

    start: float
    """Of the sound: up to 300 ms before somebody spoke."""
    began: float
    ended: float
    """When the last voice was heard; the sound goes on a little."""
    pcm: bytearray
    """16 kHz mono, 16 bits."""
    whole: bool = True
    """Whether it has ended; else it has paused, and may yet turn out to be all."""
    growing: bool = False
    """Whether somebody is in the middle of it: its words are for reading along only."""

    def wipe(self) -> None:
        """Leave nothing of it in memory."""
        self.pcm[:] = bytes(len(self.pcm))
