"""
Before an ASGI application: requests that capture have a permit, or are refused.

As ASGI 3.0 says it (https://asgi.readthedocs.io/en/latest/specs/main.html); it needs no
framework. `requires` is a dependency for FastAPI, which has to be installed for it.

Rule: what is at work when a permit ends is cancelled. If nothing of the answer was
sent, it is the same refusal as before; else the answer breaks off.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple

from gatekeeper.client.faults import ConsentRequired, GateError, PermitEnded
from gatekeeper.client.gate import GateClient
from gatekeeper.client.permit import Permit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guarded(NamedTuple):
    """What a request captures, and where."""

    room: str
    feature: str


class ConsentGuard:
    """Lets through what captures nothing, and what everybody has agreed to."""

    def __init__(
        self,
        app: Application,
        gate: GateClient,
        guarded: Callable[[Scope], Guarded | None],
    ) -> None:
        """`guarded`: what a request (or WebSocket) captures; None if it does not."""
        self._app = app
        self._gate = gate
        self._guarded = guarded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. The permit is `scope["state"]["permit"]`."""
        wanted = None
        if scope["type"] in ("http", "websocket"):
            wanted = self._guarded(scope)
        if wanted is None:
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        try:
            async with self._gate.room(wanted.room).permit(wanted.feature) as permit:
                scope.setdefault("state", {})["permit"] = permit
                await self._app(scope, receive, answer.send)
        except GateError as exc:
            if answer.begun:
                raise
            await answer.refuse(exc)


class _Answer:
    """What is sent of an answer, and whether anything was."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._socket = scope["type"] == "websocket"
        self._send = send
        self.begun = False

    async def send(self, message: MutableMapping[str, Any]) -> None:
        self.begun = True
        await self._send(message)

    async def refuse(self, why: GateError) -> None:
        status, problem = _problem(why)
        if self._socket:
            await self._send({"type": "websocket.close", "code": 1008})
            return
        kind = (b"content-type", b"application/problem+json")
        start = {"type": "http.response.start", "status": status, "headers": [kind]}
        await self._send(start)
        body = json.dumps(problem).encode()
        await self._send({"type": "http.response.body", "body": body})


def requires(
    gate: GateClient, feature: str, *, room: str = "room"
) -> Callable[[Any], AsyncIterator[Permit]]:
    """
    A dependency for FastAPI: `permit: Annotated[Permit, Depends(requires(...))]`.

    `room`: the name of the parameter of the path that says which room it is. Refuses
    with 409 and `consent-required` unless everybody agrees.
    """
    from fastapi import HTTPException, Request

    async def permit(request: Request) -> AsyncIterator[Permit]:
        try:
            where = gate.room(request.path_params[room])
            async with where.permit(feature) as permit:
                yield permit
        except GateError as exc:
            status, problem = _problem(exc)
            raise HTTPException(status, problem) from exc

    return permit


def _problem(why: GateError) -> tuple[int, dict[str, Any]]:
    if isinstance(why, ConsentRequired | PermitEnded):
        code, status = "consent-required", 409
        detail = "Not everybody in the room has agreed to this."
    else:
        code, status = "gate-unreachable", 503
        detail = "Nobody can be asked just now, so nothing is captured."
    return status, {"status": status, "code": code, "detail": detail}
