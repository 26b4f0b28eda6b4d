"""One request to a gate, and what is made of its answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import aiohttp

from gatekeeper.client.faults import ConsentRequired, GateUnreachable, Refused

PATIENCE = 10.0
"""Seconds for a request that has none of its own."""
LONGEST = 1024 * 1024
"""Bytes of an answer that is looked at."""
LONGEST_PACKET = 4 * 1024 * 1024
"""Bytes of one message of media: twice the largest picture."""


class Call:
    """Asks one gate, by one key, in the event loop in which it is first asked."""

    def __init__(self, url: str, key: str) -> None:
        """`url`: of the server, with the path below which it is, if any."""
        self._root = url.rstrip("/") + "/api/v1"
        self._headers = {"Authorization": f"Bearer {key}"}
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """End its connections. Idempotent; they are made again if it is asked again."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def ask(
        self,
        method: str,
        path: str,
        said: Any = None,
        *,
        query: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> Any:
        """
        The answer's JSON; None if there is none.

        Raises `Refused`, and `GateUnreachable` after `patience` seconds at the latest.
        """
        try:
            async with (
                asyncio.timeout(patience),
                self._connections().request(
                    method,
                    self._root + path,
                    json=said,
                    params=query,
                    headers=self._headers,
                    allow_redirects=False,
                ) as answer,
            ):
                return _read(answer.status, await answer.content.read(LONGEST))
        except (aiohttp.ClientError, TimeoutError, OSError) as exc:
            raise GateUnreachable(
                f"{self._root}: {str(exc) or type(exc).__name__}"
            ) from exc

    @asynccontextmanager
    async def listen(
        self, path: str, query: Mapping[str, str]
    ) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """
        A WebSocket of the gate's, which answers its pings.

        Raises `Refused`, `GateUnreachable`.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                socket = await self._connections().ws_connect(
                    self._root + path,
                    params=query,
                    headers=self._headers,
                    max_msg_size=LONGEST_PACKET,
                )
        except aiohttp.WSServerHandshakeError as exc:
            await self.ask("GET", path, query=query)  # which says why
            raise GateUnreachable(f"An answer that is no gate's, of {path}.") from exc
        except (aiohttp.ClientError, TimeoutError, OSError) as exc:
            raise GateUnreachable(
                f"{self._root}: {str(exc) or type(exc).__name__}"
            ) from exc
        try:
            yield socket
        finally:
            connection = socket._conn  # noqa: SLF001 - to close it in words takes long
            if connection is not None and connection.transport is not None:
                connection.transport.abort()
            await socket.close()

    def _connections(self) -> aiohttp.ClientSession:
        if self._session is None:
            # Cookies would be of whoever answers last; and a proxy might look into it.
            self._session = aiohttp.ClientSession(
                trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


def _read(status: int, body: bytes) -> Any:
    if status == HTTPStatus.NO_CONTENT:
        return None
    try:
        said = json.loads(body)
    except ValueError as exc:
        raise GateUnreachable(f"An answer that is no gate's, of {status}.") from exc
    if 200 <= status < 300:
        return said
    if not isinstance(said, dict):
        raise GateUnreachable(f"An answer that is no gate's, of {status}.")
    code, detail = str(said.get("code", "")), str(said.get("detail", ""))
    kind = ConsentRequired if code == "consent-required" else Refused
    raise kind(status, code, detail)
