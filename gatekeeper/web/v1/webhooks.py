"""Webhooks of services: where events are told, added, listed and removed by them."""

from aiohttp import web

from gatekeeper.storage.news import KINDS
from gatekeeper.storage.webhooks import Listed, Webhook, Webhooks
from gatekeeper.web.operation import Operation
from gatekeeper.web.shape import said
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import UnknownWebhook, WebhookRefused, WebhooksTaken
from gatekeeper.web.v1.route import Route
from gatekeeper.web.v1.shapes import (
    ListedWebhook,
    ListedWebhooks,
    WebhookMade,
    WebhookWanted,
)
from gatekeeper.web.webhooks.registration import Registration, shown


class ServiceWebhooks:
    """Handlers over the webhooks of each service."""

    def __init__(self, registration: Registration, webhooks: Webhooks) -> None:
        self._registration = registration
        self._webhooks = webhooks

    async def add(self, call: Call) -> web.Response:
        """A new one; its secret is told once, here."""
        wanted = call.said(WebhookWanted)
        kinds = frozenset(wanted.events)
        made = await self._registration.add(call.key.id, wanted.url, kinds)
        return said(_made(made), 201)

    async def list(self, call: Call) -> web.Response:
        """All of them: there are few."""
        found = await self._webhooks.listed(call.key.id)
        return said(ListedWebhooks(webhooks=tuple(map(_listed, found))))

    async def rotate(self, call: Call) -> web.Response:
        """Another secret, told once, here."""
        id_ = call.named("webhook")
        return said(_made(await self._registration.rotate(id_, call.key.id)))

    async def remove(self, call: Call) -> web.Response:
        """Nothing is told there any more."""
        await self._registration.remove(call.named("webhook"), call.key.id)
        return web.Response(status=204)


def _made(webhook: Webhook) -> WebhookMade:
    return WebhookMade(webhook=webhook.id, secret=webhook.secret)


def _listed(one: Listed) -> ListedWebhook:
    webhook = one.webhook
    return ListedWebhook(
        webhook=webhook.id,
        url=shown(webhook.url),
        events=tuple(k for k in KINDS if k in webhook.kinds or not webhook.kinds),
        made_at=webhook.made_at,
        waiting=one.waiting,
        parked=one.parked,
        said=one.said or None,
    )


ROUTES = (
    Route(
        "POST",
        "/webhooks",
        "events",
        lambda api, call: api.webhooks.add(call),
        Operation("Have events told to an address.", {201: WebhookMade}, WebhookWanted),
        (WebhookRefused, WebhooksTaken),
    ),
    Route(
        "GET",
        "/webhooks",
        "events",
        lambda api, call: api.webhooks.list(call),
        Operation("The webhooks of this key.", {200: ListedWebhooks}),
    ),
    Route(
        "POST",
        "/webhooks/{webhook}/secret",
        "events",
        lambda api, call: api.webhooks.rotate(call),
        Operation(
            "Another secret; the one before signs too for 24 hours.",
            {200: WebhookMade},
        ),
        (UnknownWebhook,),
    ),
    Route(
        "DELETE",
        "/webhooks/{webhook}",
        "events",
        lambda api, call: api.webhooks.remove(call),
        Operation("Nothing is told there any more.", {204: None}),
        (UnknownWebhook,),
    ),
)
