"""A meeting that is over, with tracks as a recorder writes them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from gatekeeper.clock import Clock
from gatekeeper.evidence.entries import CaptureFinished
from gatekeeper.media.recording.context import examine
from tests.archive.past import Human, Meeting
from tests.media.tracks import pictures, write

SECONDS = 12


class Taped(Meeting):
    """Each of its people has a camera of their own, from their part's beginning on."""

    def _film(self, who: Human) -> None:
        mark = list(self.people).index(who)
        write(
            self.place(who),
            pictures(SECONDS, mark, at=200 * mark),
            video=True,
            began=self.ended - timedelta(hours=1),
        )

    def _captured(self, who: Human, began: datetime) -> CaptureFinished:
        span = began, began + timedelta(seconds=SECONDS)
        return examine(self.data, self._place(who), span, recovered=False).entry()


def taped(data: Path, marks: Sequence[str]) -> Taped:
    """One that ended yesterday."""
    people = [Human(mark) for mark in marks]
    return Taped(data, people, Clock().now() - timedelta(days=1))
