"""
An examination: checks that run side by side, each within its time.

Rule 1: every check ends, however silent the other side is, and one says so.
Rule 2: no secret is told, whatever a sentence was made of.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Protocol, TypeVar

import aiohttp

from gatekeeper.app.doctor.finding import Finding, Grade, fault, plain

T = TypeVar("T")


class Audience(Protocol):
    """Who is told."""

    def begun(self, check: str) -> None:
        """A check runs."""

    def ended(self, check: str) -> None:
        """It runs no more."""

    def found(self, check: str, finding: Finding) -> None:
        """A check has shown something."""


class Examination:
    """Runs checks, and tells what they find."""

    def __init__(self, audience: Audience, patience: float) -> None:
        """`patience`: seconds for each check."""
        self._audience = audience
        self._secrets: set[str] = set()
        self.patience = patience

    def keep(self, *secrets: str | None) -> None:
        """Never tell any of these."""
        self._secrets |= {secret for secret in secrets if secret}

    async def check(self, name: str, look: Awaitable[Iterable[Finding]]) -> bool:
        """Whether a check has ended without a fault."""
        self._audience.begun(name)
        try:
            async with asyncio.timeout(self.patience):
                found = list(await look)
        except TimeoutError:
            found = [
                fault(
                    f"No answer within {self.patience:g} seconds.",
                    "Look whether it is running, and whether a firewall is in between.",
                )
            ]
        except (OSError, aiohttp.ClientError) as exc:
            found = [fault(f"The connection failed: {why(exc)}.", "Look at its log.")]
        except Exception as exc:  # one that is broken hides no other
            found = [
                fault(
                    f"This check has failed itself ({type(exc).__name__}).",
                    "Tell those who make Gatekeeper, with this line.",
                )
            ]
        finally:
            self._audience.ended(name)
        self.tell(name, *found)
        return not any(each.grade is Grade.FAULT for each in found)

    def tell(self, name: str, *found: Finding) -> None:
        """Have it told."""
        for each in found:
            shown = Finding(each.grade, self._shown(each.cause), self._shown(each.fix))
            self._audience.found(self._shown(name), shown)

    def _shown(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return plain(text)


def why(exc: BaseException) -> str:
    """What has failed, in words that hold no address."""
    if isinstance(exc, aiohttp.ClientConnectorError):
        exc = exc.os_error
    if isinstance(exc, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(exc, OSError) and exc.strerror:
        return exc.strerror.lower()
    return type(exc).__name__


async def aside(work: Callable[[], T]) -> T:
    """
    What `work` returns, in a thread of its own that nobody waits for at the end.

    A disk or a resolver that hangs for ever holds up its own check alone.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(act: Callable[[], None]) -> None:
        if not done.done():
            act()

    def run() -> None:
        try:
            result = work()
        except Exception as exc:  # whoever waits hears of it
            _tell(loop, settle, partial(done.set_exception, exc))
        else:
            _tell(loop, settle, partial(done.set_result, result))

    threading.Thread(target=run, daemon=True).start()
    return await done


def _tell(
    loop: asyncio.AbstractEventLoop,
    settle: Callable[[Callable[[], None]], None],
    act: Callable[[], None],
) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(settle, act)
