"""
By a provider of OpenID Connect: away to sign in there, and back.

Rule 1: who comes back is who has left: state, nonce and the verifier of PKCE are in a
cookie of that browser, sealed, for ten minutes. So nobody can be signed in by a link
that somebody else has prepared (login CSRF).
Rule 2: what goes wrong is told on the start page, where it began.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

from gatekeeper.config.rooms import Oidc
from gatekeeper.errors import PeerError
from gatekeeper.meeting.faults import NameUnusable
from gatekeeper.meeting.nickname import nickname
from gatekeeper.web.fields import cookie
from gatekeeper.web.proxies import TrustedProxies
from gatekeeper.web.sign_in.attempts import Attempts
from gatekeeper.web.sign_in.faults import (
    NotAdmitted,
    ProviderUnavailable,
    SignInFailed,
)
from gatekeeper.web.sign_in.oidc.admission import admits, rests_on
from gatekeeper.web.sign_in.oidc.client import OidcClient, Request, refused, with_query
from gatekeeper.web.sign_in.oidc.id_token import same
from gatekeeper.web.sign_in.place import Place
from gatekeeper.web.sign_in.sessions import Sessions, SignedIn
from gatekeeper.web.sign_in.way import Way

AWAY = 600
"""Seconds that a sign-in may take."""
COOKIE = "away"
BACK = "sign-in/back"
LONGEST_CODE = 4096
LONGEST_NAME = 100
_NAMES = ("name", "preferred_username", "nickname", "email", "sub")
"""What somebody is called, the friendliest first (OpenID Connect Core 1.0, 5.1)."""


@dataclass(frozen=True, slots=True)
class Where:
    """The addresses of a sign-in, below the server's own, and its cookie's name."""

    start: str = ""
    """Where it begins, and where its faults are told."""
    back: str = BACK
    cookie: str = COOKIE


ROOMS = Where()
"""To open rooms."""


class ByProvider(Way):
    """A session for whom the provider signs in, and the rule admits."""

    open_to = "oidc"
    how = "Sign in on the start page."

    def __init__(
        self,
        rule: Oidc,
        client: OidcClient,
        sessions: Sessions,
        place: Place,
        proxies: TrustedProxies,
        attempts: Attempts,
        now: Callable[[], datetime],
        where: Where = ROOMS,
    ) -> None:
        self._where = where
        self._rule = rule
        self._client = client
        self._sessions = sessions
        self._place = place
        self._proxies = proxies
        self._attempts = attempts
        self._now = now
        self._seal = Fernet(Fernet.generate_key())
        self._by = rests_on(rule)

    async def who(self, request: web.Request) -> SignedIn | None:
        found = await self._sessions.find(request)
        return found if found is not None and found.by == self._by else None

    async def leave(self, request: web.Request) -> web.StreamResponse:
        # No page of another site sends people away in our name.
        self._place.site.check_origin(request)
        redirect = self._place.url(request, self._place.base + self._where.back)
        away = Request.new(redirect, request.query.get("to", ""))
        try:
            response = _to(await self._client.address(away))
        except PeerError as exc:
            return self._told(exc)
        sealed = self._seal.encrypt_at_time(
            json.dumps(asdict(away)).encode(), int(self._now().timestamp())
        )
        # Lax: it comes back from the provider's site.
        self._place.set_cookie(
            request,
            response,
            self._where.cookie,
            sealed.decode().replace("=", "~"),
            AWAY,
            samesite="Lax",
        )
        return response

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        address = self._proxies.client(request)
        try:
            self._attempts.check(address)
            away = self._away(request)
            claims = await self._client.claims(away, await self._code(request, away))
            if not admits(self._rule, claims):
                raise NotAdmitted
            response = _to(self._place.path(away.to))
            await self._sessions.begin(
                request, response, SignedIn(_name(claims), self._by)
            )
        except PeerError as exc:
            if isinstance(exc, SignInFailed):
                self._attempts.failed(address)
            response = self._told(exc)
        self._place.drop_cookie(request, response, self._where.cookie)
        return response

    async def sign_out(
        self, request: web.Request, response: web.Response
    ) -> str | None:
        await self._sessions.end(request, response)
        if not self._rule.end_session:
            return None
        try:
            provider = await self._client.provider()
        except ProviderUnavailable:
            return None
        if provider.end_session_endpoint is None:
            return None
        # OpenID Connect RP-Initiated Logout 1.0, 2.
        said = {
            "client_id": self._rule.client_id,
            "post_logout_redirect_uri": self._place.url(request, self._place.base),
        }
        return with_query(provider.end_session_endpoint, said)

    def _away(self, request: web.Request) -> Request:
        """The sign-in that this browser has left for. Raises `SignInFailed`."""
        sealed = cookie(request, self._place.cookie(request, self._where.cookie)) or ""
        try:
            said = self._seal.decrypt_at_time(
                sealed.replace("~", "="), AWAY, int(self._now().timestamp())
            )
        except InvalidToken as exc:
            raise refused("this browser has not left for it, or too long ago") from exc
        return Request(**json.loads(said))

    async def _code(self, request: web.Request, away: Request) -> str:
        """What to ask for tokens with. Raises `SignInFailed`."""
        said = request.query
        if any(len(said.getall(name)) > 1 for name in said):
            raise refused("it says something twice")
        if not same(said.get("state", ""), away.state):
            raise refused("it is the answer to another sign-in")
        # RFC 9207, 2.4: so that no other provider's answer is taken for this one's.
        provider = await self._client.provider()
        must = provider.authorization_response_iss_parameter_supported
        if said.get("iss", None if must else self._rule.issuer) != self._rule.issuer:
            raise refused("it is another provider's answer")
        code = said.get("code", "")
        if "error" in said or not 0 < len(code) <= LONGEST_CODE:
            raise refused("the provider has signed nobody in")
        return code

    def _told(self, exc: PeerError) -> web.Response:
        return _to(f"{self._place.base}{self._where.start}#sign-in={exc.code}")


def _to(where: str) -> web.Response:
    return web.Response(status=303, headers={"Location": where})


def _name(claims: Mapping[str, Any]) -> str:
    for each in _NAMES:
        given = claims.get(each)
        try:
            if isinstance(given, str) and given.encode():
                return nickname(given, LONGEST_NAME)
        except (NameUnusable, UnicodeEncodeError):
            continue
    return ""
