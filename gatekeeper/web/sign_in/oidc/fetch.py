"""
Fetching: what a provider says, bounded in time and size before it is read.

Rule: a provider may be slow, broken or somebody else's by now. Nothing that it says
holds up more than the sign-in that waits for it.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import aiohttp
import structlog

from gatekeeper.web.sign_in.faults import ProviderUnavailable

log = structlog.get_logger(__name__)

WITHIN = 10.0
"""Seconds for an answer, all of it."""
LONGEST = 256 * 1024
"""Bytes of one. Large providers publish a dozen keys in 10 KiB."""
AT_ONCE = 16
"""Requests that wait for a provider; who comes then is told to come again."""


@dataclass(frozen=True, slots=True)
class Said:
    """A provider's answer: a JSON object."""

    status: int
    content: Mapping[str, Any]


class Fetcher:
    """Asks one provider. Every call raises `ProviderUnavailable`, and nothing else."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._waiting = 0

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncIterator[Self]:
        """With connections of its own, through nobody's proxy."""
        async with aiohttp.ClientSession(
            # Unpacking would make much of little.
            auto_decompress=False,
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "User-Agent": "Gatekeeper",
            },
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
        ) as session:
            yield cls(session)

    async def get(self, url: str, *, bearer: str | None = None) -> Said:
        """What is there."""
        headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
        return await self._ask("GET", url, headers=headers)

    async def post(
        self, url: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> Said:
        """What it says to a form."""
        return await self._ask("POST", url, data=form, headers=headers)

    async def _ask(self, method: str, url: str, **more: Any) -> Said:
        if self._waiting >= AT_ONCE:
            raise _unavailable("busy")
        self._waiting += 1
        try:
            async with (
                asyncio.timeout(WITHIN),
                self._session.request(
                    method, url, allow_redirects=False, **more
                ) as answer,
            ):
                return Said(answer.status, _object(await _read(answer)))
        except TimeoutError as exc:
            raise _unavailable("slow") from exc
        except (aiohttp.ClientError, OSError, ValueError) as exc:
            raise _unavailable(type(exc).__name__) from exc
        finally:
            self._waiting -= 1


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    read = b""
    async for part in answer.content.iter_any():
        read += part
        if len(read) > LONGEST:
            raise _unavailable("long")
    return read


def _object(text: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise _unavailable("no JSON") from exc
    if not isinstance(found, dict):
        raise _unavailable("no JSON object")
    return found


def _unavailable(why: str) -> ProviderUnavailable:
    log.warning("provider.failed", why=why)
    return ProviderUnavailable()
