"""
Taps: those of one opening, one for each participant.

Rule 1: a participant has one tap; a second offer takes the place of the first.
Rule 2: none is made once the permit is dead.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from aiortc import RTCIceServer

from gatekeeper.consent.words import ParticipantId, SourceKind
from gatekeeper.errors import UnknownOpening
from gatekeeper.media.offer import Offer
from gatekeeper.media.stream import Frame
from gatekeeper.media.tap import Tap
from gatekeeper.meeting.permit import Permit


class Taps:
    """The taps under one permit; their tasks live in `tasks`."""

    def __init__(
        self,
        permit: Permit,
        *,
        sources: Sequence[SourceKind],
        ice_servers: Sequence[RTCIceServer],
        tasks: asyncio.TaskGroup,
        connected: Callable[[], None],
    ) -> None:
        """`sources`: what may be offered. `connected` is called for each tap."""
        self._permit = permit
        self._covered = tuple(sources)
        self._ice_servers = ice_servers
        self._tasks = tasks
        self._connected = connected
        self._now = asyncio.get_running_loop().time
        self._taps: dict[ParticipantId, Tap] = {}

    @property
    def sources(self) -> Sequence[SourceKind]:
        """What participants are to offer."""
        return self._covered

    async def connect(
        self,
        participant: ParticipantId,
        sdp: str,
        sources: Mapping[str, SourceKind],
        frame: Callable[[SourceKind, Frame], None],
    ) -> str:
        """
        Connect a participant; return the SDP answer. `frame` hears each frame.

        Raises `UnknownOpening` if the permit is dead, `MalformedMessage`.
        """
        if not self._permit.alive:
            raise UnknownOpening
        offer = Offer.parse(sdp, sources, self._covered)
        self.drop(participant)
        tap = self._taps[participant] = Tap(
            self._permit,
            offer,
            ice_servers=self._ice_servers,
            frame=frame,
            connected=self._connected,
            now=self._now,
        )
        answer = await tap.answer(self._tasks)
        if not self._permit.alive:
            raise UnknownOpening
        return answer

    def drop(self, participant: ParticipantId) -> None:
        """Close a participant's tap. Idempotent, cannot fail."""
        if tap := self._taps.pop(participant, None):
            tap.close()

    def drop_all(self) -> None:
        """Close every tap. Idempotent, cannot fail."""
        for participant in list(self._taps):
            self.drop(participant)

    def tick(self) -> None:
        """Send what feedback is due. Called several times a second."""
        now = self._now()
        for tap in list(self._taps.values()):
            tap.tick(now)
