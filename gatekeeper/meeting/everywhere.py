"""
Everywhere: what is done to all living rooms at once.

Rule: it is done in every room when the call returns; whatever goes wrong in one, the
others get it all the same.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId, NoticeDigest
from gatekeeper.errors import PeerError
from gatekeeper.meeting.room import Room


class Everywhere:
    """All living rooms, as one."""

    def __init__(self, rooms: Callable[[], Iterable[Room]]) -> None:
        """`rooms`: those that live just now."""
        self._rooms = rooms

    @property
    def living(self) -> bool:
        """Whether any room lives."""
        return any(True for _ in self._rooms())

    @property
    def capturing(self) -> bool:
        """Whether any gate is open or opening, anywhere."""
        return any(room.capturing for room in self._rooms())

    def forbid(self, feature: FeatureId) -> None:
        """The admin takes it away: on return no gate of it is open."""
        self._in_each(lambda room: room.forbid(feature))

    def allow(self, feature: FeatureId) -> None:
        """Hosts may ask for it again; it starts nothing."""
        self._in_each(lambda room: room.allow(feature))

    def reword(
        self, feature: FeatureId, notices: Mapping[NoticeDigest, Notice]
    ) -> None:
        """Other wording is in force: on return no gate rests on what is not."""
        self._in_each(lambda room: room.reword(feature, notices))

    def fail(self, why: PeerError) -> None:
        """Nothing can be proved, or timed, just now: on return no gate is open."""
        self._in_each(lambda room: room.fail(why))

    def suspend(self) -> None:
        """Close every gate; what has been captured is finished by and by."""
        self._in_each(Room.suspend)

    def _in_each(self, act: Callable[[Room], None]) -> None:
        with ExitStack() as stack:
            for room in self._rooms():
                stack.callback(act, room)
