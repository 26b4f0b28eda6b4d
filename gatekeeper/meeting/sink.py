"""
Sinks, as the room sees them: what consumes content under a permit.

Rule 1: a sink is made by an opening, with its permit, and dies with it.
Rule 2: `running` is called when the sink is about to capture, before the first
byte; the on-air sign follows it (design.md, rule 14).
Rule 3: when `stopped()` returns, the sink will write nothing more of the content.
Rule 4: a sink knows from `cut` alone who is present, and keeps nothing before it.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol, runtime_checkable

from gatekeeper.consent.types import (
    FeatureId,
    LanguageTag,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.errors import SinkUnavailable
from gatekeeper.meeting.permit import Permit
from gatekeeper.wire.assistant import Draft, DropDraft, Recap, Summarise
from gatekeeper.wire.base import Message
from gatekeeper.wire.server import ChatLine

Wish = Draft | Recap | DropDraft | Summarise
"""What a participant may ask of a feature itself."""


class Sink(Protocol):
    """One opening's consumer of content."""

    @property
    def sources(self) -> Sequence[SourceKind]:
        """The sources that participants are to offer; empty if it needs no tap."""

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


@runtime_checkable
class ChatReader(Protocol):
    """A sink that reads the chat."""

    def read(self, line: ChatLine) -> None:
        """Take a line that is sent to everybody while the permit is alive."""


class Asker(Protocol):
    """The participant who asks something of a feature; a seat."""

    @property
    def id(self) -> ParticipantId: ...
    @property
    def language(self) -> LanguageTag: ...
    @property
    def arrived(self) -> int:
        """The number of the last chat line before they came."""

    def send(self, message: Message) -> None:
        """Answer them alone. Never waits."""


@runtime_checkable
class Answering(Protocol):
    """A sink that answers participants."""

    def ask(self, asker: Asker, wish: Wish) -> None:
        """Take a wish; what comes of it is sent to `asker`. Raises `PeerError`."""


class Audience(Protocol):
    """The people of a room, as a sink may speak to them."""

    def tell_those(self, people: Collection[ParticipantId], message: Message) -> None:
        """Send to those of `people` who are in the room."""

    def tell(self, participant: ParticipantId, message: Message) -> None:
        """Send to somebody in the room alone, if they can be reached."""

    def name(self, participant: ParticipantId) -> str:
        """What somebody in the room is called; empty if they have left."""

    def address(self, participant: ParticipantId) -> str:
        """Whence somebody in the room is connected; empty if they are not."""


class OpenSink(Protocol):
    """Makes the sink of one opening."""

    def __call__(
        self,
        permit: Permit,
        *,
        audience: Audience,
        tasks: asyncio.TaskGroup,
        running: Callable[[], None],
        failed: Callable[[SinkUnavailable], None],
    ) -> Sink:
        """
        Start consuming under `permit`; every task of the sink lives in `tasks`.

        `audience` is whom it may speak to. `running()` is called once, on the event
        loop, when capture begins. `failed()` is called, on the event loop, with the
        reason when the sink cannot go on (disk full, say): the room then closes the
        gate. Raises `SinkUnavailable` if it cannot start.
        """


class Erasable(Protocol):
    """What a feature's sinks have kept, so that a person's part can be erased."""

    async def erase(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> int:
        """
        Delete all of this participant and say so in the ledger.

        Returns how many files there were. Raises `OSError`, `LedgerUnavailable` if
        that is not confirmed; it is then tried again until it is.
        """
