"""The sink of a feature that runs elsewhere: the open gate is all it needs."""

import asyncio
from collections.abc import Callable, Collection, Mapping

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import SinkUnavailable, UnknownOpening
from gatekeeper.meeting.permit import Permit
from gatekeeper.meeting.sink import Audience


class External:
    """Captures nothing here; the sign is on for as long as the gate is open."""

    sources: tuple[SourceKind, ...] = ()

    def __init__(self, permit: Permit) -> None:
        self._permit = permit

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        """Refuse: there is no tap here."""
        raise UnknownOpening

    def drop(self, participant: ParticipantId) -> None:
        """Nothing to drop."""

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        """Nothing is kept here."""

    async def stopped(self) -> None:
        """Return once the permit is dead."""
        await self._permit.ended()


def open_external(
    permit: Permit,
    *,
    audience: Audience,
    tasks: asyncio.TaskGroup,
    running: Callable[[], None],
    failed: Callable[[SinkUnavailable], None],
) -> External:
    """Make the sink; whoever runs the feature may start now, so the sign goes on."""
    running()
    return External(permit)
