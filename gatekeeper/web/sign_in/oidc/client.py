"""
The client: what is said to a provider behind the browser's back.

Rule: tokens are asked for, read, and forgotten. None is kept or passed on.
"""

import asyncio
import base64
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

import structlog
from joserfc.errors import JoseError

from gatekeeper.config.rooms import Oidc
from gatekeeper.errors import ConfigInvalid
from gatekeeper.web.sign_in.faults import ProviderUnavailable, SignInFailed
from gatekeeper.web.sign_in.oidc import id_token
from gatekeeper.web.sign_in.oidc.admission import wanted
from gatekeeper.web.sign_in.oidc.fetch import Fetcher
from gatekeeper.web.sign_in.oidc.id_token import IdTokenRefused
from gatekeeper.web.sign_in.oidc.kept import Kept
from gatekeeper.web.sign_in.oidc.provider import Provider, discover

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """One sign-in, from leaving to coming back; only its browser knows it."""

    state: str
    nonce: str
    verifier: str
    """Of PKCE (RFC 7636, 4.1)."""
    redirect: str
    to: str
    """Where on this server one was."""

    @classmethod
    def new(cls, redirect: str, to: str) -> "Request":
        """One that nobody can guess."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, redirect, to)

    @property
    def challenge(self) -> str:
        """What the verifier is known by beforehand (RFC 7636, 4.2, S256)."""
        digest = sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class OidcClient:
    """One client of one provider. Raises `ProviderUnavailable`, `SignInFailed`."""

    def __init__(
        self,
        rule: Oidc,
        fetcher: Fetcher,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._rule = rule
        self._fetcher = fetcher
        self._now = now
        self._provider = Kept(lambda: discover(fetcher, rule.issuer), monotonic)
        self._keys = Kept(self._fetch_keys, monotonic)

    async def provider(self) -> Provider:
        """As it says that it is."""
        return await self._provider.get()

    async def address(self, request: Request) -> str:
        """Where the browser goes to sign in (OpenID Connect Core 1.0, 3.1.2.1)."""
        provider = await self.provider()
        said = {
            "response_type": "code",
            "client_id": self._rule.client_id,
            "redirect_uri": request.redirect,
            "scope": " ".join(dict.fromkeys(("openid", *self._rule.scopes))),
            "state": request.state,
            "nonce": request.nonce,
            "code_challenge": request.challenge,
            "code_challenge_method": "S256",
        }
        return with_query(provider.authorization_endpoint, said)

    async def claims(self, request: Request, code: str) -> Mapping[str, Any]:
        """What the provider claims of who has come back with `code`."""
        provider = await self.provider()
        token, access = await self._tokens(provider, request, code)
        try:
            claims = await self._verified(token)
            judged = id_token.judged(
                claims,
                issuer=self._rule.issuer,
                client=self._rule.client_id,
                nonce=request.nonce,
                now=self._now().timestamp(),
            )
        except IdTokenRefused as exc:
            raise refused(str(exc)) from exc
        if not wanted(self._rule) <= claims.keys():
            more = await self._more(provider, access, judged.sub)
            return {**more, **claims}
        return claims

    async def _tokens(
        self, provider: Provider, request: Request, code: str
    ) -> tuple[str, str | None]:
        """The ID token, and the one for asking more (RFC 6749, 4.1.3)."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": request.redirect,
            "client_id": self._rule.client_id,
            "code_verifier": request.verifier,
        }
        headers = {}
        secret = await self._secret()
        if secret is not None and provider.posts_secret:
            form["client_secret"] = secret
        elif secret is not None:
            headers["Authorization"] = _basic(self._rule.client_id, secret)
        said = await self._fetcher.post(provider.token_endpoint, form, headers)
        token, access = said.content.get("id_token"), said.content.get("access_token")
        if said.status != 200 or not isinstance(token, str):
            # Of its own codes (RFC 6749, 5.2) only one is the operator's to mend.
            mended = said.content.get("error") == "invalid_client"
            raise refused(
                "it knows this client by another secret" if mended else "no token came"
            )
        return token, access if isinstance(access, str) else None

    async def _secret(self) -> str | None:
        try:
            return await asyncio.to_thread(self._rule.secret)
        except ConfigInvalid as exc:
            log.error("provider.secret-unreadable")
            raise ProviderUnavailable from exc

    async def _verified(self, token: str) -> Mapping[str, Any]:
        """What it claims, by a key of the provider's. Raises `IdTokenRefused`."""
        head = id_token.head(token)
        for keys in (self._keys.get, self._keys.renew):  # it may have new ones
            for key in id_token.fitting(await keys(), head):
                try:
                    return id_token.signed(token, head, key)
                except (JoseError, ValueError, RecursionError):
                    continue
        raise IdTokenRefused("no key of the provider's has signed it")

    async def _fetch_keys(self) -> Mapping[str, Any]:
        provider = await self.provider()
        said = await self._fetcher.get(provider.jwks_uri)
        if said.status != 200:
            log.warning("provider.failed", why="no keys")
            raise ProviderUnavailable
        return said.content

    async def _more(
        self, provider: Provider, access: str | None, subject: str
    ) -> Mapping[str, Any]:
        """What it says of them where it is asked (OpenID Connect Core 1.0, 5.3)."""
        if provider.userinfo_endpoint is None or access is None:
            return {}
        if not (access.isascii() and access.isprintable()):
            raise refused("an access token that fits in no header")
        said = await self._fetcher.get(provider.userinfo_endpoint, bearer=access)
        if said.status != 200 or said.content.get("sub") != subject:
            raise refused("it speaks of somebody else when it is asked for more")
        return said.content


def refused(why: str) -> SignInFailed:
    """A sign-in that comes to nothing; `why` is for the log."""
    log.warning("sign-in.refused", why=why)
    return SignInFailed()


def with_query(url: str, said: Mapping[str, str]) -> str:
    """An address that may have a query already."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(said)}"


def _basic(client: str, secret: str) -> str:
    """RFC 6749, 2.3.1: both are form-encoded first."""
    said = f"{quote(client, safe='')}:{quote(secret, safe='')}"
    return f"Basic {base64.b64encode(said.encode()).decode()}"
