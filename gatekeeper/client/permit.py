"""
Permits: leave to capture, as long as everybody in the room agrees.

Rule 1: a permit lasts for so long from before it was asked for. It is over by itself
then, whether or not anything was heard from the gate.
Rule 2: it is renewed long before, and tried again as long as there is time.
Rule 3: what runs under it is cancelled when it is over. Whoever goes on in spite of
that looks at `alive` before each thing that is kept.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import quote

from gatekeeper.client.call import Call
from gatekeeper.client.elapsed import elapsed
from gatekeeper.client.faults import GateError, GateUnreachable, PermitEnded, Refused
from gatekeeper.client.media import Audio, Media

RENEWED_AFTER = 1 / 3
"""Of how long it lasts."""
AGAIN_AFTER = 1 / 20
"""Of how long it lasts, if there was no answer."""


class Permit:
    """A lease, kept until it is given back, or everybody's yes is over."""

    def __init__(self, call: Call, room: str, feature: str) -> None:
        self._call = call
        self._path = f"/rooms/{quote(room, safe='')}/permits"
        self.room = room
        self.feature = feature
        self.people: tuple[str, ...] = ()
        """Who is present, all of whom have agreed: ids of this room alone."""
        self.token = ""
        """The same, signed, for others to check (`gatekeeper.verify_permit`)."""
        self.opening = ""
        """The stretch in which everybody agrees, as the gate's ledger knows it."""
        self._id = ""
        self._lasts = 0.0
        self._until = 0.0
        """By `elapsed`."""
        self._over = asyncio.Event()
        self._hear: list[Callable[[], None]] = []

    @property
    def alive(self) -> bool:
        """Whether what is captured now may be kept. Cheap: to be asked per packet."""
        return elapsed() < self._until and not self._over.is_set()

    @property
    def left(self) -> float:
        """Seconds that it lasts, if nothing more is heard."""
        return self._until - elapsed() if self.alive else 0.0

    def check(self) -> None:
        """Raise `PermitEnded` unless what is captured now may be kept."""
        if not self.alive:
            raise PermitEnded("The permit is over: stop, and keep nothing more.")

    async def ended(self) -> None:
        """Return once it is over."""
        while self.alive:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.left):
                    await self._over.wait()

    def when_it_ends(self, hear: Callable[[], None]) -> None:
        """Have `hear` called once it is over, in the event loop that keeps it."""
        self._hear.append(hear)

    @asynccontextmanager
    async def media(self, audio: Audio = "opus") -> AsyncIterator[Media]:
        """
        What the gate captures under it, packet by packet, where its feature is fed.

        With `audio="pcm"`, sound is decoded there. To iterate raises `PermitEnded` when
        it is over, or the connection is: then the permit is over, too. Raises `Refused`
        and `GateUnreachable` before the body begins; of one permit it is taken once.
        """
        self.check()
        path = f"/permits/{self._id}/media"
        async with self._call.listen(path, {"audio": audio}) as socket:
            try:
                yield Media(socket, self.check, lambda: self.left)
            finally:
                self._end()

    # ---- Kept by `permit` ---------------------------------------------------------

    async def _acquire(self, wait: float) -> None:
        asked = elapsed()
        query = {"wait": str(int(wait))} if wait else None
        lent = await self._call.ask(
            "POST",
            self._path,
            {"feature": self.feature},
            query=query,
            patience=wait + 10,
        )
        self._take(lent, asked)
        if wait:  # when it was lent is not known: it counts from another asking
            await self._renew()

    async def _renew(self) -> None:
        asked = elapsed()
        lent = await self._call.ask(
            "POST",
            f"{self._path}/{self._id}",
            patience=max(self._lasts, 0.1),
        )
        self._take(lent, asked)

    def _take(self, lent: Any, asked: float) -> None:
        try:
            self._id = str(lent["permit"])
            self._lasts = float(lent["lasts"])
            self.people = tuple(map(str, lent["people"]))
            self.token, self.opening = str(lent["token"]), str(lent["opening"])
        except (KeyError, TypeError, ValueError) as exc:
            raise GateUnreachable("An answer that is no permit.") from exc
        self._until = asked + self._lasts

    async def _keep(self, limit: asyncio.Timeout | None) -> None:
        """Renew, until it is over; `limit` ends what runs under it."""
        loop = asyncio.get_running_loop()
        pause = self._lasts * RENEWED_AFTER
        try:
            while self.alive:
                await asyncio.sleep(min(pause, self.left))
                try:
                    await self._in_time()
                    pause = self._lasts * RENEWED_AFTER
                except GateUnreachable:
                    pause = self._lasts * AGAIN_AFTER
                except Refused:
                    break
                if limit is not None and self.alive:
                    limit.reschedule(loop.time() + self.left)
        finally:
            self._end()
            if limit is not None and not limit.expired():
                limit.reschedule(loop.time())

    async def _in_time(self) -> None:
        """Renew it, while it lasts: an answer that comes later is none."""
        try:
            async with asyncio.timeout(self.left):
                await self._renew()
        except TimeoutError as exc:
            raise GateUnreachable("No answer in time.") from exc

    async def _give_back(self) -> None:
        self._end()
        with suppress(GateError):
            path = f"{self._path}/{self._id}"
            await self._call.ask("DELETE", path, patience=2.0)

    def _end(self) -> None:
        self._until = 0.0
        if not self._over.is_set():
            self._over.set()
            for hear in self._hear:
                hear()


@asynccontextmanager
async def permit(
    call: Call, room: str, feature: str, *, wait: float, cancel: bool
) -> AsyncIterator[Permit]:
    """
    A permit for as long as the context lasts, or everybody agrees.

    With `wait`, everybody is asked and has so many seconds. With `cancel`, the body is
    cancelled when it is over, and `PermitEnded` raised. Raises `ConsentRequired`,
    `Refused`, `GateUnreachable` before the body begins.
    """
    kept = Permit(call, room, feature)
    await kept._acquire(wait)  # noqa: SLF001 - this is how one is made
    loop = asyncio.get_running_loop()
    limit = asyncio.timeout(kept.left) if cancel else None
    keeper: asyncio.Task[None] | None = None
    try:
        if limit is None:
            keeper = loop.create_task(kept._keep(None), name="permit")  # noqa: SLF001
            yield kept
        else:
            async with limit:
                keeper = loop.create_task(kept._keep(limit), name="permit")  # noqa: SLF001
                yield kept
                limit.reschedule(None)  # what comes now is not captured any more
    except TimeoutError as exc:
        if limit is None or not limit.expired():
            raise
        raise PermitEnded("The permit is over: what ran under it was ended.") from exc
    finally:
        if keeper is not None:
            keeper.cancel()
            await asyncio.wait({keeper})
        await kept._give_back()  # noqa: SLF001
