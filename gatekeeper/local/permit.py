"""
Permits for what runs in this very process: over the moment the gate closes.

Rule 1: `alive` is false before the call that closes the gate has returned. What runs
under it is cancelled from within that call, as `asyncio.timeout` cancels: whoever else
cancels it too is heard, and nobody's cancelling is swallowed.
Rule 2: until what runs under it has ended the sign is on and nobody is let in; but for
no longer than a lease lasts. It is over all the same, and stays over.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, final

from gatekeeper.client.faults import PermitEnded
from gatekeeper.consent.types import FeatureId, OpeningId, RoomId
from gatekeeper.gating.lending import Loan

_OVER = "The permit is over: what ran under it was ended."
Hold = Callable[[Callable[[], None]], Awaitable[Loan]]
"""Takes a lease that is held (`Lent.hold`), once everybody has agreed."""


@final
class LocalPermit:
    """Leave to capture, until the context is over or somebody's yes is."""

    def __init__(self, loan: Loan) -> None:
        self._loan = loan
        self._permit = loan.of.permit
        self._over = asyncio.Event()
        self._hear: list[Callable[[], None]] = []
        self._loop = asyncio.get_running_loop()

    @property
    def room(self) -> RoomId:
        """The id of the room."""
        return self._permit.room

    @property
    def feature(self) -> FeatureId:
        """What may be captured for."""
        return self._permit.feature

    @property
    def opening(self) -> OpeningId:
        """The stretch in which everybody agrees, as the gate's ledger knows it."""
        return self._permit.opening

    @property
    def people(self) -> tuple[str, ...]:
        """Who is present, all of whom have agreed: ids of this room alone."""
        return tuple(sorted(self._loan.of.people))

    @property
    def alive(self) -> bool:
        """Whether what is captured now may be kept; from any thread, and cheap."""
        return self._permit.alive and not self._over.is_set()

    @property
    def left(self) -> float:
        """Seconds that it lasts if nothing more is heard: infinite, or none."""
        return math.inf if self.alive else 0.0

    def check(self) -> None:
        """Raise `PermitEnded` unless what is captured now may be kept."""
        if not self.alive:
            raise PermitEnded("The permit is over: stop, and keep nothing more.")

    async def ended(self) -> None:
        """Return once it is over."""
        await self._over.wait()

    def when_it_ends(self, hear: Callable[[], None]) -> None:
        """Have `hear` called once it is over, by the event loop, in its next turn."""
        if self._over.is_set():
            self._loop.call_soon(hear)
        else:
            self._hear.append(hear)

    def _end(self) -> None:
        if not self._over.is_set():
            self._over.set()
            # Not from within a closing: what is called here may call the gate.
            for hear in self._hear:
                self._loop.call_soon(hear)


def _is_its_end(exc: BaseException | None) -> bool:
    """Whether a body that was to end did no more than that."""
    if isinstance(exc, BaseExceptionGroup):  # of a task group, whose tasks have asked
        return exc.split((PermitEnded, asyncio.CancelledError))[1] is None
    # A generator hears of it as `GeneratorExit`, from who was cancelled.
    return isinstance(exc, asyncio.CancelledError | GeneratorExit)


@final
class PermitContext(AbstractAsyncContextManager[LocalPermit]):
    """What runs under a permit. Entered once."""

    def __init__(self, hold: Hold, *, cancel: bool) -> None:
        self._hold = hold
        self._cancel = cancel
        self._permit: LocalPermit | None = None
        self._loan: Loan | None = None
        self._task: asyncio.Task[Any] | None = None
        self._before = 0
        """How often the task was being cancelled when this began."""
        self._within = False
        self._cancelled = False

    async def __aenter__(self) -> LocalPermit:
        if self._task is not None:
            raise RuntimeError("A permit's context is entered once: ask for another.")
        task = self._task = asyncio.current_task()
        if task is None:
            raise RuntimeError("What runs under a permit runs in a task.")
        self._before = task.cancelling()
        # Nothing can happen between the loan and the body: there is no await.
        self._loan = await self._hold(self._gate_closed)
        self._permit = LocalPermit(self._loan)
        self._within = True
        return self._permit

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._permit is not None and self._loan is not None  # noqa: S101, PT018
        self._within = False
        self._permit._end()  # noqa: SLF001 - the context is its other half
        self._loan.of.release(self._loan.lease.id)
        task = self._task
        if not self._cancelled or task is None or task is not asyncio.current_task():
            return  # a generator that nobody has closed is closed by another task
        others = task.uncancel() > self._before
        if not _is_its_end(exc):
            return
        if not others:
            raise PermitEnded(_OVER) from exc
        if isinstance(exc, BaseExceptionGroup):
            # Somebody else cancels it too, and its tasks had asked before they were.
            raise asyncio.CancelledError from exc

    def _gate_closed(self) -> None:
        """Within the call that closes it: nothing here waits, or fails."""
        assert self._permit is not None and self._task is not None  # noqa: S101, PT018
        self._permit._end()  # noqa: SLF001
        if not self._cancel:
            return
        if asyncio.current_task() is self._task:
            # It has closed the gate itself. Cancelled now, it would hear of it at an
            # await of later, which may be behind the context.
            asyncio.get_running_loop().call_soon(self._interrupt)
        else:
            self._interrupt()

    def _interrupt(self) -> None:
        if self._within and self._task is not None and not self._task.done():
            self._cancelled = True
            self._task.cancel()
