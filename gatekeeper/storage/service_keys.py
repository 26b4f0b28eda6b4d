"""
Service keys: programs that may call the HTTP API, and what each may ask for.

Rule 1: of a key's secret only the digest is kept. The id is public: it stands in the
key, in lists and in logs.
Rule 2: a key that was revoked opens nothing from that moment on in this process, and a
second later in any other; and no backup brings it back (`storage.roll`).
Rule 3: of its use the day of the last one is known, and nothing else.
"""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Literal, get_args

from sqlalchemy import Connection, Row, insert, select, update

from gatekeeper.storage.damage import readable
from gatekeeper.storage.roll import ServiceKeyRevoked
from gatekeeper.storage.rooms import hash_capability
from gatekeeper.storage.tables import service_keys
from gatekeeper.storage.taken_back import TakenBack
from gatekeeper.storage.transactions import Transactions
from gatekeeper.storage.webhooks import forget_webhooks

Scope = Literal["rooms", "entries", "presence", "permits", "media", "events"]
"""What a key may ask for."""
SCOPES: tuple[Scope, ...] = get_args(Scope)
FRESH = 1.0
"""Seconds that what was read of a key holds; a lease is renewed about as often."""
LISTED = 500
"""Keys in a list, those that were revoked last."""
LONGEST_NAME = 100
"""Characters."""
_KEY = re.compile(r"gk_([0-9a-f]{12})_([0-9a-f]{64})")
"""What finds leaked secrets finds it too."""


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """One key, as it is known here."""

    id: str
    name: str
    """Whose it is: for who runs the server, and for people whom its machine hears."""
    secret_hash: bytes
    scopes: frozenset[Scope]
    made_at: datetime
    revoked_at: datetime | None = None
    last_used_on: date | None = None
    origins: tuple[str, ...] = ()
    """Whose pages may show its rooms."""

    def fits(self, secret: str) -> bool:
        """Whether `secret` is this key's, in a time that does not depend on it."""
        return secrets.compare_digest(hash_capability(secret), self.secret_hash)


def split(text: str) -> tuple[str, str] | None:
    """The id and the secret of a key as it was shown; None if it is none."""
    found = _KEY.fullmatch(text)
    return None if found is None else (found[1], found[2])


class ServiceKeys:
    """Makes, finds and revokes them. Each awaited call raises `LedgerUnavailable`."""

    def __init__(
        self,
        writer: Transactions,
        noted: TakenBack,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        revoked: Callable[[str], None],
    ) -> None:
        """
        `noted`: has those that were revoked noted for restores.

        `revoked` hears at once which one opens nothing any more.
        """
        self._revoked = revoked
        self._writer = writer
        self._noted = noted
        self._now = now
        self._monotonic = monotonic
        self._known: dict[str, tuple[float, ServiceKey]] = {}
        self._stopped: set[str] = set()
        self._used: dict[str, date] = {}

    async def make(
        self, name: str, scopes: Sequence[Scope], origins: Sequence[str] = ()
    ) -> tuple[ServiceKey, str]:
        """
        A new one, and the key itself, which nobody can be told again.

        `origins`: as `origin_of` spells them.
        """
        secret = secrets.token_hex(32)
        key = ServiceKey(
            secrets.token_hex(6),
            name,
            hash_capability(secret),
            frozenset(scopes),
            self._now(),
            origins=tuple(dict.fromkeys(origins)),
        )
        await self._writer.run(partial(_add, key))
        return key, f"gk_{key.id}_{secret}"

    def known(self, id_: str) -> bool:
        """Whether it was found lately, so that finding it again costs little."""
        return id_ in self._known

    async def find(self, id_: str) -> ServiceKey | None:
        """The key, if it opens anything; as it is, or was `FRESH` ago."""
        if id_ in self._stopped:
            return None
        read_at, key = self._known.get(id_, (0.0, None))
        if key is not None and self._monotonic() - read_at < FRESH:
            return key
        read_at = self._monotonic()
        key = await self._writer.run(partial(_find, id_))
        if key is None or key.revoked_at is not None or id_ in self._stopped:
            self._known.pop(id_, None)
            return None
        self._known[id_] = read_at, key
        return key

    async def name(self, id_: str) -> str | None:
        """Whose it is, if it opens anything."""
        key = await self.find(id_)
        return None if key is None else key.name

    def used(self, key: ServiceKey) -> None:
        """Note the day, once a day."""
        today = self._now().date()
        if today not in (key.last_used_on, self._used.get(key.id)):
            self._used[key.id] = today
            _ = self._writer.owe(partial(_used, key.id, today))

    async def listed(self) -> tuple[ServiceKey, ...]:
        """Those that open anything, the latest first; then those that do not."""
        return await self._writer.run(listed)

    async def revoke(self, id_: str) -> bool:
        """It opens nothing from here on. False: there is none. Idempotent."""
        if await self._writer.run(partial(_find, id_)) is None:
            return False
        self._stopped.add(id_)
        self._known.pop(id_, None)
        self._revoked(id_)
        await self._writer.run(partial(self._revoke, id_))
        await self._noted.copy()
        return True

    def _revoke(self, id_: str, connection: Connection) -> None:
        if stop_key(id_, self._now(), connection):
            self._noted.note(ServiceKeyRevoked(id=id_), connection)


def listed(connection: Connection) -> tuple[ServiceKey, ...]:
    """As `ServiceKeys.listed`, in a transaction of somebody's own."""
    table = service_keys
    order = (table.c.revoked_at.is_not(None), table.c.made_at.desc(), table.c.id)
    rows = connection.execute(select(table).order_by(*order).limit(LISTED))
    with readable():
        return tuple(map(_key, rows))


def stop_key(id_: str, at: datetime, connection: Connection) -> bool:
    """Revoke it in this transaction; whether that is news."""
    table = service_keys
    alive = (table.c.id == id_) & table.c.revoked_at.is_(None)
    changed = connection.execute(update(table).where(alive).values(revoked_at=at))
    forget_webhooks(id_, connection)
    return changed.rowcount == 1


def _add(key: ServiceKey, connection: Connection) -> None:
    connection.execute(
        insert(service_keys).values(
            id=key.id,
            name=key.name,
            secret_hash=key.secret_hash,
            scopes=sorted(key.scopes),
            origins=list(key.origins),
            made_at=key.made_at,
        )
    )


def _find(id_: str, connection: Connection) -> ServiceKey | None:
    rows = connection.execute(select(service_keys).where(service_keys.c.id == id_))
    row = rows.one_or_none()
    with readable():
        return None if row is None else _key(row)


def _used(id_: str, day: date, connection: Connection) -> None:
    of = service_keys.c.id == id_
    connection.execute(
        update(service_keys).where(of).values(last_used_on=day.isoformat())
    )


def _key(row: Row[tuple[object, ...]]) -> ServiceKey:
    day = row.last_used_on
    return ServiceKey(
        id=row.id,
        name=row.name,
        secret_hash=row.secret_hash,
        # One that a later version knew opens nothing here.
        scopes=frozenset(scope for scope in SCOPES if scope in row.scopes),
        made_at=row.made_at,
        revoked_at=row.revoked_at,
        last_used_on=None if day is None else date.fromisoformat(day),
        origins=tuple(row.origins),
    )
