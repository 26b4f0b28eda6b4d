"""The sink of a feature that runs elsewhere: the open gate is all it needs."""

from collections.abc import Collection, Mapping

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import UnknownOpening
from gatekeeper.gating.permit import Permit
from gatekeeper.gating.sink import Opened


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


def open_external(opened: Opened) -> External:
    """Make the sink; whoever runs the feature may start now, so the sign goes on."""
    opened.running()
    return External(opened.permit)
