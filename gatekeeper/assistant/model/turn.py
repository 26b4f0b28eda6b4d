"""Turn: the time and the repetitions that one call of the client has."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from gatekeeper.assistant.model.endpoint import Times
from gatekeeper.assistant.model.refusal import LONGEST_WAIT, Refusal

T = TypeVar("T")


class Turn:
    """Begins with its construction, in the event loop."""

    def __init__(self, times: Times) -> None:
        self._now = asyncio.get_running_loop().time
        self._times = times
        self._end = self._now() + times.total
        self._pauses = list(times.pauses)
        self._patience = 0.0

    def sent(self) -> None:
        """A request goes out: from now on the first token is waited for."""
        self._patience = self._now() + self._times.first_token

    def heard(self) -> None:
        """A token has come: from now on the next one is waited for."""
        self._patience = self._now() + self._times.idle

    async def within(self, awaitable: Awaitable[T]) -> T:
        """What `awaitable` gives. Raises `TimeoutError` when patience has run out."""
        async with asyncio.timeout_at(min(self._patience, self._end)):
            return await awaitable

    async def may_repeat(self, refusal: Refusal) -> bool:
        """Whether to ask again; returns when it is time to."""
        if not refusal.may_repeat or not self._pauses:
            return False
        pause = self._pauses.pop(0) if refusal.wait is None else refusal.wait
        if refusal.wait is not None:
            self._pauses.pop(0)
        if pause > LONGEST_WAIT or self._now() + pause > self._end:
            return False
        await asyncio.sleep(pause)
        return True
