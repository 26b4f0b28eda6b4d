"""
A small provider of OpenID Connect that can be made to do anything wrong.

What it does right it checks as a real one does: the code once, the client's secret, the
address to come back to, and the proof of PKCE.
"""

import asyncio
import base64
import hashlib
import json
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from aiohttp import web
from joserfc import jws
from joserfc.jwk import ECKey, KeyParameters, RSAKey

Claims = dict[str, Any]
Answer = Callable[[], web.StreamResponse]


@dataclass
class SmallProvider:
    """One, on this machine."""

    issuer: str = ""
    keys: list[Any] = field(default_factory=lambda: [made("first")])
    """What it publishes; the first one signs."""
    person: Claims = field(default_factory=lambda: {"sub": "u-17", "name": "Ana Roth"})
    """What it knows, and says in the ID token."""
    asked: Claims = field(default_factory=dict)
    """What it says when it is asked for more."""
    secret: str | None = None
    document: dict[str, Any] = field(default_factory=dict)
    """What its document says otherwise."""
    token: Callable[[Claims], str] | None = None
    """How it signs otherwise."""
    says: dict[str, Any] = field(default_factory=dict)
    """What a redirect back says otherwise."""
    instead: dict[str, Answer] = field(default_factory=dict)
    """What is answered at a path instead."""
    held: asyncio.Event | None = None
    """All of its answers wait for that."""
    now: Callable[[], float] = time.time
    calls: Counter[str] = field(default_factory=Counter)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[Self]:
        provider = cls()
        app = web.Application(middlewares=[provider._counted])
        app.router.add_get("/.well-known/openid-configuration", provider._document)
        app.router.add_get("/authorize", provider._authorize)
        app.router.add_get("/jwks", provider._jwks)
        app.router.add_post("/token", provider._token)
        app.router.add_get("/me", provider._me)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        provider.issuer = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield provider
        finally:
            await runner.cleanup()

    # ---- For the browser ----------------------------------------------------------

    def answer(self, address: str, **otherwise: Any) -> str:
        """Somebody signs in at `address`: where they are sent back to."""
        said = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.issuer}/authorize?")
        assert said["response_type"] == "code"
        assert said["scope"].split()[0] == "openid"
        assert said["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = said
        back = {"code": code, "state": said["state"], "iss": self.issuer}
        back |= self.says | otherwise
        kept = {name: value for name, value in back.items() if value != ""}
        return f"{said['redirect_uri']}?{urlencode(kept)}"

    async def asked_at(self, path: str, times: int = 1) -> None:
        """Return once the server has asked so often there."""
        async with self._news:
            await self._news.wait_for(lambda: self.calls[path] >= times)

    async def _authorize(self, request: web.Request) -> web.Response:
        """For a real browser: nobody is asked anything."""
        back = self.answer(f"{self.issuer}{request.path_qs}")
        return web.Response(status=302, headers={"Location": back})

    # ---- For the server -----------------------------------------------------------

    @web.middleware
    async def _counted(self, request: web.Request, handler: Any) -> Any:
        async with self._news:
            self.calls[request.path] += 1
            self._news.notify_all()
        if self.held is not None:
            await self.held.wait()
        if (instead := self.instead.get(request.path)) is not None:
            return instead()
        return await handler(request)

    async def _document(self, _: web.Request | None) -> web.Response:
        here = self.issuer
        document = {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/jwks",
            "userinfo_endpoint": f"{here}/me",
            "end_session_endpoint": f"{here}/bye",
            "authorization_response_iss_parameter_supported": True,
        } | self.document
        return web.json_response(document)

    async def _jwks(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [key.as_dict(False) for key in self.keys]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        said = self._codes.pop(str(form["code"]), None)
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not self._knows(request, dict(form)):
            return web.json_response({"error": "invalid_client"}, status=401)
        if (
            said is None
            or said["redirect_uri"] != form["redirect_uri"]
            or said["code_challenge"] != challenge
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        claims = self.claims(said["client_id"], said["nonce"])
        signed = self.signed(claims) if self.token is None else self.token(claims)
        return web.json_response(
            {"id_token": signed, "access_token": "access-17", "token_type": "Bearer"}
        )

    def _knows(self, request: web.Request, form: dict[str, Any]) -> bool:
        if self.secret is None:
            return (
                form["client_id"] == "gate" and "Authorization" not in request.headers
            )
        if "client_secret" in form:
            return bool(form["client_secret"] == self.secret)
        given = request.headers.get("Authorization", "").removeprefix("Basic ")
        client, _, secret = base64.b64decode(given).decode().partition(":")
        return (unquote(client), unquote(secret)) == ("gate", self.secret)

    async def _me(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer access-17"
        return web.json_response({"sub": self.person["sub"]} | self.asked)

    # ---- Tokens -------------------------------------------------------------------

    def claims(self, client: str, nonce: str) -> Claims:
        """All that an ID token has to say."""
        now = int(self.now())
        return {
            "iss": self.issuer,
            "aud": client,
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
            **self.person,
        }

    def signed(self, claims: Claims, key: Any = None, **head: Any) -> str:
        """A token by the first key, or another."""
        key = key or self.keys[0]
        alg = "RS256" if isinstance(key, RSAKey) else "ES256"
        return jws.serialize_compact(
            {"alg": alg, "kid": key.kid, **head},
            json.dumps(claims),
            key,
            [head.get("alg", alg)],
        )


def made(kid: str, kind: Any = ECKey) -> Any:
    """A new key."""
    parameters: KeyParameters = {"kid": kid, "use": "sig"}
    if kind is RSAKey:
        return RSAKey.generate_key(2048, parameters)
    return ECKey.generate_key("P-256", parameters)
