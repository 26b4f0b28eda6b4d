"""
Taps: those of one opening, one for each participant.

Rule 1: a participant has one tap; a second offer takes the place of the first.
Rule 2: none is made once the permit is dead.
Rule 3: who sends more than their quota loses their tap, and they alone are told.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import structlog
from aiortc import RTCIceServer

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import TapLimit, UnknownOpening
from gatekeeper.gating.permit import Permit
from gatekeeper.media.tap.offer import Offer
from gatekeeper.media.tap.quota import Quotas
from gatekeeper.media.tap.stream import Frame
from gatekeeper.media.tap.tap import Tap
from gatekeeper.meeting.sink import Recipients
from gatekeeper.wire.server import Fault

log = structlog.get_logger()

TapIceServers = Callable[[], Sequence[RTCIceServer]]
"""For one tap: credentials come to an end."""


class Taps:
    """The taps under one permit; their tasks live in `tasks`."""

    def __init__(
        self,
        permit: Permit,
        *,
        sources: Sequence[SourceKind],
        ice_servers: TapIceServers,
        recipients: Recipients,
        quotas: Quotas,
        kept: bool,
        tasks: asyncio.TaskGroup,
        connected: Callable[[], None],
    ) -> None:
        """
        `sources`: what may be offered. `connected` is called for each tap.

        `kept`: whether what comes goes to the disk as it is.
        """
        self._permit = permit
        self._covered = tuple(sources)
        self._ice_servers = ice_servers
        self._recipients = recipients
        self._quotas = quotas
        self._kept = kept
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

        Raises `UnknownOpening` if the permit is dead, `MalformedMessage`, `TapLimit`.
        """
        if not self._permit.alive:
            raise UnknownOpening
        offer = Offer.parse(sdp, sources, self._covered)
        self.drop(participant)
        page = self._recipients.address(participant)
        quota = self._quotas.open(
            self._permit,
            participant,
            page,
            kept=self._kept,
            exceeded=lambda: self._exceed(participant),
            now=self._now(),
        )
        tap = self._taps[participant] = Tap(
            self._permit,
            offer,
            quota,
            page=page,
            ice_servers=self._ice_servers(),
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

    def _exceed(self, participant: ParticipantId) -> None:
        permit, over = self._permit, TapLimit()
        log.warning("tap.exceeded", room=permit.room, opening=permit.opening)
        self.drop(participant)
        self._recipients.tell(
            participant,
            Fault(code=over.code, detail=str(over), feature=permit.feature),
        )

    def begin_anew(self, participant: ParticipantId | None = None) -> None:
        """Let what comes, of all or one, be readable without what came."""
        now = self._now()
        for who, tap in self._taps.items():
            if participant in (None, who):
                tap.begin_anew(now)

    def tick(self) -> None:
        """Send what feedback is due. Called several times a second."""
        now = self._now()
        for tap in list(self._taps.values()):
            tap.tick(now)
