"""
Webhooks: where services have themselves told what happens in their rooms.

Rule: a webhook goes with its key, and all that waits for it with it; no backup brings
back one that was removed (`storage.roll`).
"""

import asyncio
import base64
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import (
    Connection,
    Row,
    delete,
    func,
    insert,
    select,
    update,
)

from gatekeeper.storage.news import KINDS, Kind
from gatekeeper.storage.roll import WebhookRemoved
from gatekeeper.storage.tables import deliveries, webhooks
from gatekeeper.storage.taken_back import TakenBack
from gatekeeper.storage.transactions import Transactions

MOST = 10
"""Of one service."""
BOTH = timedelta(hours=24)
"""How long the secret before signs too, once there is another."""
LONGEST_URL = 2048
"""Characters."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """One receiver."""

    id: str
    service: str
    url: str = field(repr=False)
    """May hold a password, or a secret in its query: it is in no log."""
    kinds: frozenset[Kind]
    """Empty: all of them."""
    secret: str = field(repr=False)
    made_at: datetime
    former: str | None = field(default=None, repr=False)
    former_until: datetime | None = None

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """What is to be signed with, the newest first."""
        if self.former is None or self.former_until is None or now > self.former_until:
            return (self.secret,)
        return self.secret, self.former


@dataclass(frozen=True, slots=True)
class Listed:
    """A webhook, and how it stands with it."""

    webhook: Webhook
    waiting: int
    parked: int
    said: str
    """What came of the last try of the first that waits or is parked; or nothing."""


class Webhooks:
    """Each awaited call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(
        self,
        writer: Transactions,
        noted: TakenBack,
        now: Callable[[], datetime],
        changed: Callable[[str], None],
    ) -> None:
        """
        `noted`: has those that were removed noted for restores.

        `changed` hears of which service a webhook is gone.
        """
        self.added = asyncio.Event()
        """Set when there is another webhook."""
        self._noted = noted
        self._writer = writer
        self._now = now
        self._changed = changed

    async def add(
        self, service: str, url: str, kinds: Collection[Kind]
    ) -> Webhook | None:
        """A new one; None if the service has as many as it may."""
        webhook = Webhook(
            f"wh_{secrets.token_hex(6)}",
            service,
            url,
            frozenset(kinds),
            _new_secret(),
            self._now(),
        )
        if not await self._writer.run(partial(_add, webhook)):
            return None
        self.added.set()
        return webhook

    async def find(self, id_: str, service: str | None = None) -> Webhook | None:
        """That one, if it is there, and that service's."""
        found = await self._writer.run(partial(find_webhook, id_))
        return None if service and found and found.service != service else found

    async def all(self) -> tuple[Webhook, ...]:
        """Every one there is, the oldest first."""
        return await self._writer.run(all_webhooks)

    async def listed(self, service: str | None) -> tuple[Listed, ...]:
        """Those of a service; None: of all."""
        return await self._writer.run(partial(listed, service=service))

    async def remove(self, id_: str) -> bool:
        """Nothing is told there any more; whether there was one."""
        known = await self._writer.run(partial(find_webhook, id_))
        if known is None:
            return False
        await self._writer.run(partial(self._remove, id_))
        await self._noted.copy()
        self._changed(known.service)
        return True

    def _remove(self, id_: str, connection: Connection) -> None:
        if remove_webhook(id_, connection):
            self._noted.note(WebhookRemoved(id=id_), connection)

    async def rotate(self, id_: str) -> Webhook | None:
        """Another secret; the one before signs too for `BOTH`. None: there is none."""
        return await self._writer.run(partial(_rotate, id_, self._now()))


def _new_secret() -> str:
    """As Standard Webhooks has it: 24 to 64 bytes."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def listed(connection: Connection, *, service: str | None = None) -> tuple[Listed, ...]:
    """As `Webhooks.listed`, or of all services, in a transaction of somebody's own."""
    return tuple(
        _standing(webhook, connection)
        for webhook in all_webhooks(connection)
        if service in (None, webhook.service)
    )


def forget_webhooks(service: str, connection: Connection) -> None:
    """Those of a key that is revoked, in this transaction."""
    rows = connection.execute(
        select(webhooks.c.id).where(webhooks.c.service == service)
    )
    for row in rows.all():
        remove_webhook(row.id, connection)


def _add(webhook: Webhook, connection: Connection) -> bool:
    own = webhooks.c.service == webhook.service
    if connection.execute(select(func.count()).where(own)).scalar_one() >= MOST:
        return False
    connection.execute(
        insert(webhooks).values(
            id=webhook.id,
            service=webhook.service,
            url=webhook.url,
            kinds=sorted(webhook.kinds),
            secret=webhook.secret,
            made_at=webhook.made_at,
        )
    )
    return True


def find_webhook(id_: str, connection: Connection) -> Webhook | None:
    """That one, in a transaction of somebody's own."""
    rows = connection.execute(select(webhooks).where(webhooks.c.id == id_))
    row = rows.one_or_none()
    return None if row is None else _webhook(row)


def all_webhooks(connection: Connection) -> tuple[Webhook, ...]:
    """Every one there is, in a transaction of somebody's own."""
    order = (webhooks.c.made_at, webhooks.c.id)
    return tuple(map(_webhook, connection.execute(select(webhooks).order_by(*order))))


def remove_webhook(id_: str, connection: Connection) -> bool:
    """Remove it in this transaction; whether there was one."""
    connection.execute(delete(deliveries).where(deliveries.c.webhook == id_))
    gone = connection.execute(delete(webhooks).where(webhooks.c.id == id_))
    return gone.rowcount == 1


def _rotate(id_: str, now: datetime, connection: Connection) -> Webhook | None:
    known = find_webhook(id_, connection)
    if known is None:
        return None
    connection.execute(
        update(webhooks)
        .where(webhooks.c.id == id_)
        .values(secret=_new_secret(), former=known.secret, former_until=now + BOTH)
    )
    return find_webhook(id_, connection)


def _standing(webhook: Webhook, connection: Connection) -> Listed:
    own = deliveries.c.webhook == webhook.id
    rows = connection.execute(
        select(deliveries.c.due, deliveries.c.said).where(own).order_by(deliveries.c.n)
    ).all()
    parked = sum(1 for row in rows if row.due is None)
    said = next((row.said for row in rows if row.said), "")
    return Listed(webhook, len(rows) - parked, parked, said)


def _webhook(row: Row[tuple[object, ...]]) -> Webhook:
    return Webhook(
        id=row.id,
        service=row.service,
        url=row.url,
        # One that a later version knew is told nowhere here.
        kinds=frozenset(kind for kind in KINDS if kind in row.kinds),
        secret=row.secret,
        made_at=row.made_at,
        former=row.former,
        former_until=row.former_until,
    )
