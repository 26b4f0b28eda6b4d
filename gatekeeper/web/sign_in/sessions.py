"""
Sessions: somebody is signed in, in one browser, for a while.

Rule 1: what the cookie holds is random, and kept nowhere else. The name of who is
signed in is sealed with it: this server can read it only while that browser asks.
Rule 2: it lasts as long as it does from its beginning. Nothing makes it longer.
Rule 3: it rests on something (`by`): a token, a provider and its rule. What that was
taken from has none.
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

from gatekeeper.storage.sign_ins import SignIns
from gatekeeper.web.fields import cookie
from gatekeeper.web.sign_in.place import Place


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who may open rooms."""

    name: str
    """To be shown to themselves, and to nobody else."""
    by: str
    """A digest of what it rests on."""


class Sessions:
    """Begins, finds and ends them. Raises `LedgerUnavailable` where nothing is kept."""

    def __init__(
        self,
        store: SignIns,
        place: Place,
        now: Callable[[], datetime],
        life: timedelta,
    ) -> None:
        self._store = store
        self._place = place
        self._now = now
        self._life = life

    async def begin(
        self, request: web.Request, response: web.Response, who: SignedIn
    ) -> None:
        """Sign somebody in; a session that this browser had is over."""
        await self._end(request)
        await self._store.forget(self._now() - self._life)
        value = secrets.token_urlsafe(32)
        sealed = _seal(value).encrypt(json.dumps(asdict(who)).encode())
        await self._store.begin(_id(value), self._now(), sealed)
        self._place.set_cookie(
            request, response, COOKIE, value, int(self._life.total_seconds())
        )

    async def find(self, request: web.Request) -> SignedIn | None:
        """Who is signed in."""
        value = cookie(request, self._place.cookie(request, COOKIE))
        found = await self._store.find(_id(value)) if value else None
        if value is None or found is None:
            return None
        began, sealed = found
        if self._now() - began >= self._life:
            await self._store.end(_id(value))
            return None
        try:
            return SignedIn(**json.loads(_seal(value).decrypt(sealed)))
        except InvalidToken:  # somebody has written into the table
            return None

    async def end(self, request: web.Request, response: web.Response) -> None:
        """Sign out."""
        await self._end(request)
        self._place.drop_cookie(request, response, COOKIE)

    async def _end(self, request: web.Request) -> None:
        if value := cookie(request, self._place.cookie(request, COOKIE)):
            await self._store.end(_id(value))


COOKIE = "opener"


def _id(value: str) -> str:
    return hashlib.sha256(b"sign-in id " + value.encode()).hexdigest()


def _seal(value: str) -> Fernet:
    key = hashlib.sha256(b"sign-in seal " + value.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
