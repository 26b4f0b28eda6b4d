"""
Sinks, as the gate sees them: what consumes content under a permit.

Rule 1: a sink is made by an opening, with its permit, and dies with it.
Rule 2: `Opened.running` is called when the sink is about to capture, before the first
byte; the on-air sign follows it (design.md, rule 14).
Rule 3: when `stopped()` returns, the sink will write nothing more of the content.
Rule 4: a sink knows from `cut` alone who is present, and keeps nothing before it.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import SinkUnavailable
from gatekeeper.gating.permit import Permit


@dataclass(frozen=True, slots=True)
class Opened:
    """What an opening gives to its sink: leave to capture, and whom to tell."""

    permit: Permit
    tasks: asyncio.TaskGroup
    """Every task of the sink lives in here."""
    running: Callable[[], None]
    """To be called once, on the event loop, when capture begins."""
    failed: Callable[[SinkUnavailable], None]
    """To be called, on the event loop, when the sink cannot go on (disk full, say):
    the gate is then closed."""
    turned: Callable[[], None] = lambda: None
    """To be called, on the event loop, when it wants taps that it did not want before,
    or none any more: `Sink.sources` is another."""


class Sink(Protocol):
    """One opening's consumer of content."""

    @property
    def sources(self) -> Sequence[SourceKind]:
        """The sources that participants are to offer; empty while it needs no tap."""

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        """
        Connect one participant's tap and return the SDP answer.

        `sources` maps each media section's mid in `sdp` to what it carries. A second
        offer of the same participant replaces the first. Raises `UnknownOpening` if the
        permit is dead, `MalformedMessage` if the offer cannot be used.
        """

    def drop(self, participant: ParticipantId) -> None:
        """Close this participant's tap: they have left. Idempotent, cannot fail."""

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        """
        From now on exactly `people` are present, and what comes is of this part.

        Called before anybody connects and whenever somebody comes or goes: what was
        kept so far is not for who comes, what is kept from now on not for who goes
        (design.md, rule 19). Synchronous, cannot fail.
        """

    async def stopped(self) -> None:
        """Return once the permit is dead and nothing more will be written."""


OpenSink = Callable[[Opened], Sink]
"""Starts consuming under a permit. Raises `SinkUnavailable` if it cannot."""
