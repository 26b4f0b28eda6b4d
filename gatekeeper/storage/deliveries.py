"""
Deliveries: what has happened, and a webhook has not taken yet.

Rule 1: it stands here in the transaction in which it happened, and is struck off once
it was taken: a crash in between has it told twice, never not at all.
Rule 2: what was tried in vain for long enough is parked. It is told again when somebody
says so, and forgotten after a week (`storage.outbox`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, delete, insert, select, update

from gatekeeper.storage.events import Told, told
from gatekeeper.storage.news import Kind
from gatekeeper.storage.tables import deliveries, events, webhooks
from gatekeeper.storage.transactions import Transactions
from gatekeeper.storage.webhooks import Webhook, all_webhooks, find_webhook

LOOKED_AT = 100
"""Deliveries of a webhook that are looked at for the next one."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event that one webhook has not taken yet."""

    event: Told
    tries: int
    due: datetime


class DeliveryQueue:
    """Each awaited call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(
        self,
        writer: Transactions,
        now: Callable[[], datetime],
        changed: Callable[[str], None],
    ) -> None:
        """`changed` hears of which service there is another thing to deliver."""
        self._writer = writer
        self._now = now
        self._changed = changed

    async def next(self, id_: str, hold: int) -> tuple[Webhook, Delivery | None] | None:
        """
        The webhook and what is to be told there next; None if there is no webhook.

        Nothing is told before what was tried no more than `hold` times in vain.
        """
        return await self._writer.run(partial(_next, id_, hold, self._now()))

    async def done(self, id_: str, n: int) -> None:
        """It was taken."""
        await self._writer.run(partial(_done, id_, n))

    async def failed(self, id_: str, n: int, said: str, due: datetime | None) -> None:
        """It was not; it is due again then, or parked (None)."""
        await self._writer.run(partial(_failed, id_, n, said, due))

    async def replay(self, id_: str | None, since: datetime | None) -> int:
        """
        Have it told again: what is parked, or all that is kept from `since` on.

        `id_`: to that webhook; None: to each. Returns how much that is.
        """
        count = await self._writer.run(partial(_replay, id_, since, self._now()))
        for webhook in await self._writer.run(all_webhooks):
            self._changed(webhook.service)
        return count


def address_to_webhooks(
    n: int, service: str, kind: Kind, at: datetime, connection: Connection
) -> None:
    """Have event `n` delivered, to each webhook that wants it, in this transaction."""
    rows = connection.execute(select(webhooks).where(webhooks.c.service == service))
    wanting = [row.id for row in rows if not row.kinds or kind in row.kinds]
    for webhook in wanting:
        _deliver(webhook, n, at, connection)


def _replay(
    id_: str | None, since: datetime | None, now: datetime, connection: Connection
) -> int:
    whose = [w for w in all_webhooks(connection) if id_ in (None, w.id)]
    return sum(_replayed(webhook, since, now, connection) for webhook in whose)


def _replayed(
    webhook: Webhook, since: datetime | None, now: datetime, connection: Connection
) -> int:
    own = deliveries.c.webhook == webhook.id
    if since is None:
        again = own & deliveries.c.due.is_(None)
        known = connection.execute(select(deliveries.c.n).where(again)).scalars().all()
    else:
        wanted = (events.c.service == webhook.service) & (events.c.at >= since)
        if webhook.kinds:
            wanted &= events.c.kind.in_(sorted(webhook.kinds))
        known = connection.execute(select(events.c.n).where(wanted)).scalars().all()
    for n in known:
        connection.execute(delete(deliveries).where(own & (deliveries.c.n == n)))
        _deliver(webhook.id, n, now, connection)
    return len(known)


def _deliver(webhook: str, n: int, due: datetime, connection: Connection) -> None:
    connection.execute(
        insert(deliveries).values(webhook=webhook, n=n, tries=0, due=due, said="")
    )


def _next(
    id_: str, hold: int, now: datetime, connection: Connection
) -> tuple[Webhook, Delivery | None] | None:
    webhook = find_webhook(id_, connection)
    if webhook is None:
        return None
    return webhook, first(_waiting(id_, connection), hold, now)


def _waiting(id_: str, connection: Connection) -> list[Delivery]:
    both = select(deliveries.c.tries, deliveries.c.due, events).join(
        events, events.c.n == deliveries.c.n
    )
    own = (deliveries.c.webhook == id_) & deliveries.c.due.is_not(None)
    rows = connection.execute(both.where(own).order_by(deliveries.c.n).limit(LOOKED_AT))
    return [Delivery(told(row), row.tries, row.due) for row in rows]


def first(waiting: Sequence[Delivery], hold: int, now: datetime) -> Delivery | None:
    """What is due, in order; else what will be first."""
    passed: list[Delivery] = []
    for each in waiting:
        passed.append(each)
        if each.due <= now:
            return each
        if each.tries <= hold:
            break
    return min(passed, key=lambda each: each.due, default=None)


def _done(id_: str, n: int, connection: Connection) -> None:
    one = (deliveries.c.webhook == id_) & (deliveries.c.n == n)
    connection.execute(delete(deliveries).where(one))


def _failed(
    id_: str, n: int, said: str, due: datetime | None, connection: Connection
) -> None:
    one = (deliveries.c.webhook == id_) & (deliveries.c.n == n)
    tried = {"tries": deliveries.c.tries + 1, "said": said, "due": due}
    connection.execute(update(deliveries).where(one).values(tried))
