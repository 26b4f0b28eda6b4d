"""What a recogniser gives: who listens to a track is told of utterances."""

from dataclasses import dataclass

from gatekeeper.assistant.transcript.lines import LineId


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said without a pause. Times are the event loop's, in seconds."""

    line: LineId
    """The same in all tracks that heard it."""
    began: float
    ended: float
    text: str
    of: tuple[float, float] | None = None
    """When the longer one began and ended of which this is a line; its own times are
    an estimate then."""

    @property
    def stretch(self) -> tuple[float, float]:
        """Times between which all of its words were surely said."""
        return self.of or (self.began, self.ended)
