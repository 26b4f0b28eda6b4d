"""
Sinks of a room of ours: what they may do besides consuming media under a permit.

A sink may speak to those who are present (`Recipients`), read the chat (`ChatReader`),
and answer what somebody asks of it (`Answering`).
"""

from collections.abc import Callable, Collection
from typing import Protocol, runtime_checkable

from gatekeeper.consent.types import FeatureId, LanguageTag, ParticipantId, RoomId
from gatekeeper.gating.sink import Opened, Sink
from gatekeeper.wire.assistant import Wish
from gatekeeper.wire.base import Message
from gatekeeper.wire.server import ChatLine


class Recipients(Protocol):
    """The people of a room, as a sink may speak to them."""

    def tell_those(self, people: Collection[ParticipantId], message: Message) -> None:
        """Send to those of `people` who are in the room."""

    def tell(self, participant: ParticipantId, message: Message) -> None:
        """Send to somebody in the room alone, if they can be reached."""

    def name(self, participant: ParticipantId) -> str:
        """What somebody in the room is called; empty if they have left."""

    def address(self, participant: ParticipantId) -> str:
        """Whence somebody in the room is connected; empty if they are not."""


SinkOpener = Callable[[Opened, Recipients], Sink]
"""Starts the sink of one opening. Raises `SinkUnavailable` if it cannot start."""


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
