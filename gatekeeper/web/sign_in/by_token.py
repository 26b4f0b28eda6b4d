"""
By a token: something that an admin has given to people and programs.

Rule 1: of a token its digest is compared, with those of all that there are, in a time
that does not depend on it.
Rule 2: a token's file is read each time. One that is changed or gone is taken back at
once, with every session that rests on it.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol

import structlog
from aiohttp import hdrs, web
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from gatekeeper.config.rooms import LEAST, Rooms, RoomToken, is_token
from gatekeeper.config.section import named
from gatekeeper.errors import ConfigInvalid, MalformedMessage
from gatekeeper.web.bodies import body
from gatekeeper.web.proxies import TrustedProxies
from gatekeeper.web.sign_in.attempts import Attempts
from gatekeeper.web.sign_in.faults import TokenUnknown
from gatekeeper.web.sign_in.sessions import Sessions, SignedIn
from gatekeeper.web.sign_in.way import Way
from gatekeeper.wire.members import require_few_members

log = structlog.get_logger(__name__)


class Shown(BaseModel):
    """What somebody shows at the start page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4096)]


def require_token(given: RoomToken, key: str) -> None:
    """Raise `ConfigInvalid` unless the entry `key` can be read. Blocks."""
    text = given.token(key)
    if text is not None and given.file is not None and not is_token(text):
        raise ConfigInvalid(
            f"{key}.file: {named(given.file)} holds no token: at least {LEAST} "
            "letters, digits and -._~+/= in one line. Make one with: "
            "openssl rand -hex 32"
        )


@dataclass(frozen=True, slots=True)
class Tokens:
    """Those of the configuration."""

    named: Sequence[RoomToken]

    def check(self) -> None:
        """Raise `ConfigInvalid` unless each can be read. Blocks."""
        for number, each in enumerate(self.named):
            require_token(each, f"rooms.tokens.{number}")

    def in_force(self) -> Mapping[str, str]:
        """The digest of each, by its name. Blocks."""
        found = {}
        for each in self.named:
            try:
                text = each.token()
            except ConfigInvalid:
                log.warning("token.unreadable", token=each.name)
                continue
            if text is not None and is_token(text):
                found[each.name] = hashlib.sha256(text.encode()).hexdigest()
            elif each.sha256 is not None:
                found[each.name] = each.sha256
        return found


class Known(Protocol):
    """Which tokens there are just now."""

    def in_force(self) -> Mapping[str, str]:
        """The digest of each, by its name. Blocks."""


class ByToken(Way):
    """A bearer token for programs (RFC 6750), a session for people."""

    open_to = "token"
    how = (
        "Programs send an access token in Authorization: Bearer; people enter theirs "
        "on the start page."
    )
    challenge = 'Bearer realm="rooms"'

    def __init__(
        self,
        tokens: Known,
        sessions: Sessions,
        proxies: TrustedProxies,
        attempts: Attempts,
        *,
        bearer: bool = True,
    ) -> None:
        """`bearer`: whether programs may show one with each request."""
        self._bearer = bearer
        self._tokens = tokens
        self._sessions = sessions
        self._proxies = proxies
        self._attempts = attempts

    async def who(self, request: web.Request) -> SignedIn | None:
        scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if self._bearer and scheme.lower() == "bearer":
            return await self._known(request, token.strip())
        found = await self._sessions.find(request)
        if found is None:
            return None
        in_force = await asyncio.to_thread(self._tokens.in_force)
        return found if found.by in map(_rests_on, in_force.values()) else None

    def follow(self, rooms: Rooms) -> None:
        self._tokens = Tokens(rooms.tokens)

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        shown = _shown(await body(request))
        who = await self._known(request, shown.token)
        response = web.Response(status=204)
        await self._sessions.begin(request, response, who)
        return response

    async def sign_out(
        self, request: web.Request, response: web.Response
    ) -> str | None:
        await self._sessions.end(request, response)
        return None

    async def _known(self, request: web.Request, token: str) -> SignedIn:
        """Whose token it is. Raises `TokenUnknown`, `RateLimited`."""
        address = self._proxies.client(request)
        self._attempts.check(address)
        digest = hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()
        in_force = await asyncio.to_thread(self._tokens.in_force)
        found = [
            name
            for name, known in in_force.items()
            if hmac.compare_digest(digest, known)
        ]
        if not found:
            self._attempts.failed(address)
            raise TokenUnknown
        return SignedIn(found[0], _rests_on(digest))


def _rests_on(digest: str) -> str:
    return hashlib.sha256(f"token {digest}".encode()).hexdigest()


def _shown(body: bytes) -> Shown:
    require_few_members(body)
    try:
        return Shown.model_validate_json(body)
    except ValidationError as exc:
        raise MalformedMessage('Send {"token": "..."}.') from exc
