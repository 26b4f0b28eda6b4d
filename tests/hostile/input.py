"""
One input of a stranger, and what the event loop does for it.

It is prepared first: a connection, or a stream that holds what an earlier packet left
there. What counts is what the event loop then does.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from gatekeeper.errors import PeerError

Act = Callable[[], object]
ADDRESS = ("192.0.2.9", 40_000)


@dataclass(frozen=True, slots=True)
class Input:
    """One input, and who reads it."""

    name: str
    prepare: Callable[[], Awaitable[Act]]

    async def act(self) -> Act:
        """What the event loop does for it; refusing is fine, crashing is not."""
        act = await self.prepare()

        def do() -> None:
            with suppress(PeerError):
                act()

        return do


def ready(act: Act) -> Callable[[], Awaitable[Act]]:
    """For what needs no preparation."""

    async def prepare() -> Act:
        return act

    return prepare
