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
from typing import Protocol

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

from gatekeeper.web.fields import cookie
from gatekeeper.web.sign_in.place import Place

COOKIE = "opener"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who may open rooms, or use the console."""

    name: str
    """To be shown to themselves, and to nobody else."""
    by: str
    """A digest of what it rests on."""


class Store(Protocol):
    """Where they are kept, by a digest of what their cookie holds."""

    async def begin(self, id_: str, began: datetime, sealed: bytes) -> None:
        """Keep one."""

    async def find(self, id_: str) -> tuple[datetime, bytes] | None:
        """When it began, and what is sealed."""

    async def end(self, id_: str) -> None:
        """It is one no more. Idempotent."""

    async def forget(self, before: datetime) -> None:
        """Delete what began before that."""


class Sessions:
    """Begins, finds and ends them. Raises `LedgerUnavailable` where nothing is kept."""

    def __init__(
        self,
        store: Store,
        place: Place,
        now: Callable[[], datetime],
        life: timedelta,
        *,
        name: str = COOKIE,
    ) -> None:
        """`name`: of the cookie."""
        self._name = name
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
            request, response, self._name, value, int(self._life.total_seconds())
        )

    async def find(self, request: web.Request) -> SignedIn | None:
        """Who is signed in."""
        value = self._value(request)
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
        self._place.drop_cookie(request, response, self._name)

    async def _end(self, request: web.Request) -> None:
        if value := self._value(request):
            await self._store.end(_id(value))

    def _value(self, request: web.Request) -> str | None:
        return cookie(request, self._place.cookie(request, self._name))


def _id(value: str) -> str:
    return hashlib.sha256(b"sign-in id " + value.encode()).hexdigest()


def _seal(value: str) -> Fernet:
    key = hashlib.sha256(b"sign-in seal " + value.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
