"""
Deliveries: each webhook is told what waits for it, in order, until it has taken it.

Rule 1: what was taken is struck off after that: told at least once, with one id.
Rule 2: each webhook has a task of its own; so many tries are made at the same time, and
each is bounded, so that a receiver that hangs holds up no other.
Rule 3: nothing is told before what was tried a few times in vain, so that order is kept
through a restart of a receiver; after that what is later passes by.
Rule 4: what goes wrong with one ends with its task; an hour later it is tried anew.
Rule 5: 410 says that nobody is there any more: the webhook goes.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from gatekeeper.errors import LedgerUnavailable
from gatekeeper.storage.deliveries import Delivery, DeliveryQueue
from gatekeeper.storage.outbox import Outbox
from gatekeeper.storage.service_keys import ServiceKeys
from gatekeeper.storage.webhooks import Webhook, Webhooks
from gatekeeper.web.webhooks.sender import Sender

log = structlog.get_logger(__name__)

WAITS = (5.0, 30.0, 120.0, 900.0, 3600.0, 21_600.0, 86_400.0)
"""Seconds after each try in vain; after one more it is parked."""
HOLD = 3
"""Tries in vain through which later events wait."""
JITTER = 0.2
"""Of a wait, more or less: not all come back at the same moment."""
AT_ONCE = 16
"""Tries at the same time."""
AGAIN = 5.0
"""Seconds until the database is asked again that did not answer."""
IDLE = 3600.0
"""Seconds between two looks where there is nothing to do."""
GONE = 410


class Deliveries:
    """Tells what is to be told, as long as `run` runs."""

    def __init__(
        self,
        webhooks: Webhooks,
        queue: DeliveryQueue,
        outbox: Outbox,
        keys: ServiceKeys,
        sender: Sender,
        *,
        now: Callable[[], datetime],
        random: Callable[[], float],
    ) -> None:
        """`random`: evenly from 0 to 1."""
        self._webhooks = webhooks
        self._queue = queue
        self._outbox = outbox
        self._keys = keys
        self._sender = sender
        self._now = now
        self._random = random
        self._at_work: set[str] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Deliver, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._webhooks.added.clear()
                wait = IDLE
                try:
                    await self._outbox.tidy()
                    for webhook in await self._webhooks.all():
                        self._begin(webhook, tasks)
                except LedgerUnavailable:
                    wait = AGAIN
                await _until(self._webhooks.added, wait)

    def _begin(self, webhook: Webhook, tasks: asyncio.TaskGroup) -> None:
        if webhook.id not in self._at_work:
            self._at_work.add(webhook.id)
            tasks.create_task(self._serve(webhook), name=f"webhook {webhook.id}")

    async def _serve(self, webhook: Webhook) -> None:
        """Tell one, until it is removed."""
        woken = self._outbox.listen(webhook.service)
        try:
            wait: float | None = 0.0
            while wait is not None:
                await _until(woken, wait)
                woken.clear()
                try:
                    wait = await self._step(webhook.id)
                except LedgerUnavailable:
                    wait = AGAIN
        except Exception:
            log.exception("webhook.crashed", webhook=webhook.id)
        finally:
            self._outbox.leave(webhook.service, woken)
            self._at_work.discard(webhook.id)

    async def _step(self, id_: str) -> float | None:
        """Tell what is due; seconds until something is, None if it is removed."""
        found = await self._queue.next(id_, HOLD)
        if found is None:
            return None
        webhook, delivery = found
        if await self._keys.find(webhook.service) is None:
            return None
        if delivery is None:
            return IDLE
        wait = (delivery.due - self._now()).total_seconds()
        if wait > 0:
            return wait
        async with self._slots:
            said = await self._sender.send(webhook, delivery.event)
        await self._note(webhook, delivery, said)
        return 0.0

    async def _note(self, webhook: Webhook, delivery: Delivery, said: str) -> None:
        n = delivery.event.n
        if said.startswith("2"):
            await self._queue.done(webhook.id, n)
        elif said == str(GONE):
            log.warning("webhook.gone", webhook=webhook.id)
            await self._webhooks.remove(webhook.id)
        else:
            due = self._due(delivery.tries)
            if due is None:
                log.error(
                    "delivery.parked", webhook=webhook.id, event_id=delivery.event.id
                )
            else:
                log.warning("delivery.failed", webhook=webhook.id, said=said)
            await self._queue.failed(webhook.id, n, said, due)

    def _due(self, tries: int) -> datetime | None:
        """When it is tried again that was tried so often before."""
        if tries >= len(WAITS):
            return None
        jitter = 1 + JITTER * (2 * self._random() - 1)
        return self._now() + timedelta(seconds=WAITS[tries] * jitter)


async def _until(woken: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await woken.wait()
