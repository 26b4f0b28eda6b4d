"""
Webhooks: where services have themselves told what happens, listed and seen to.

Rule: a secret is shown once, to the admin who had it made; of an address only where it
leads is shown again (`web.webhooks.registration`).
"""

from dataclasses import dataclass
from typing import Annotated

import structlog
from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gatekeeper.storage.news import KINDS, Kind
from gatekeeper.storage.webhooks import LONGEST_URL, Listed, Webhook, Webhooks
from gatekeeper.web.bodies import body, parsed
from gatekeeper.web.shape import Instant, Shape, said
from gatekeeper.web.webhooks.registration import Registration, shown

log = structlog.get_logger(__name__)


class NewWebhook(BaseModel):
    """Where events of a key's rooms are to be told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    url: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_URL),
    ]
    events: Annotated[tuple[Kind, ...], Field(max_length=len(KINDS))] = ()
    """Empty: all kinds."""


class WebhookShown(Shape):
    """One of them, and how it stands with it."""

    id: str
    key: str
    """Whose rooms it is about."""
    url: str
    """Without user, password and query."""
    events: tuple[Kind, ...]
    made_at: Instant
    waiting: int
    parked: int
    """What was tried in vain for long enough."""
    said: str | None
    """What came of the last try of the first that waits: a status, or a word."""


class WebhooksShown(Shape):
    """`GET /api/admin/webhooks`: of all services, the oldest first."""

    kinds: tuple[Kind, ...]
    """All that there are."""
    webhooks: tuple[WebhookShown, ...]


class SecretMade(Shape):
    """A webhook's secret, told once, here."""

    id: str
    secret: str


class Replayed(Shape):
    """So many events are told again."""

    events: int


@dataclass(frozen=True, slots=True)
class AdminWebhooks:
    """Handlers over the webhooks of all services."""

    registration: Registration
    webhooks: Webhooks

    async def list(self, request: web.Request) -> web.Response:
        """All of them. Raises `LedgerUnavailable`."""
        found = await self.webhooks.listed(None)
        return said(WebhooksShown(kinds=KINDS, webhooks=tuple(map(_shown, found))))

    async def add(self, request: web.Request) -> web.Response:
        """
        Another one.

        Raises `WebhookRefused`, `WebhooksTaken`, `LedgerUnavailable`.
        """
        new = parsed(NewWebhook, await body(request))
        made = await self.registration.add(new.key, new.url, frozenset(new.events))
        log.info("webhook.added", webhook=made.id)
        return said(_secret(made), 201)

    async def rotate(self, request: web.Request) -> web.Response:
        """Another secret. Raises `UnknownWebhook`, `LedgerUnavailable`."""
        made = await self.registration.rotate(_named(request))
        log.info("webhook.rotated", webhook=made.id)
        return said(_secret(made))

    async def replay(self, request: web.Request) -> web.Response:
        """What is parked is told again. Raises as `rotate` does."""
        events = await self.registration.replay(_named(request), None)
        return said(Replayed(events=events))

    async def remove(self, request: web.Request) -> web.Response:
        """Nothing is told there any more. Raises as `rotate` does."""
        await self.registration.remove(_named(request))
        log.info("webhook.removed", webhook=_named(request))
        return web.Response(status=204)


def _named(request: web.Request) -> str:
    return request.match_info["webhook"]


def _secret(webhook: Webhook) -> SecretMade:
    return SecretMade(id=webhook.id, secret=webhook.secret)


def _shown(one: Listed) -> WebhookShown:
    webhook = one.webhook
    return WebhookShown(
        id=webhook.id,
        key=webhook.service,
        url=shown(webhook.url),
        events=tuple(k for k in KINDS if k in webhook.kinds or not webhook.kinds),
        made_at=webhook.made_at,
        waiting=one.waiting,
        parked=one.parked,
        said=one.said or None,
    )
