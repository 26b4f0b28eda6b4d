"""
Registration: a service, or whoever runs the server, says where events are to be told.

Rule: of an address only where it leads is shown again: a password or a query in it may
be a secret, and stays with who has given it.
"""

from collections.abc import Collection
from datetime import datetime

from yarl import URL

from gatekeeper.storage.deliveries import DeliveryQueue
from gatekeeper.storage.news import Kind
from gatekeeper.storage.service_keys import Scope, ServiceKeys
from gatekeeper.storage.webhooks import LONGEST_URL, Webhook, Webhooks
from gatekeeper.web.v1.faults import UnknownWebhook, WebhookRefused, WebhooksTaken
from gatekeeper.web.webhooks.addresses import Addresses, AddressRefused

SCOPE: Scope = "events"
"""What a key has to be good for."""


class Registration:
    """Adds, changes and removes them. Each call raises `LedgerUnavailable`."""

    def __init__(
        self,
        webhooks: Webhooks,
        queue: DeliveryQueue,
        keys: ServiceKeys,
        addresses: Addresses,
    ) -> None:
        self._webhooks = webhooks
        self._queue = queue
        self._keys = keys
        self._addresses = addresses

    async def add(self, service: str, url: str, kinds: Collection[Kind]) -> Webhook:
        """
        A new one, for the rooms of the key `service`.

        Raises `WebhookRefused`, `WebhooksTaken`.
        """
        self._require(url)
        key = await self._keys.find(service)
        if key is None or SCOPE not in key.scopes:
            raise WebhookRefused(f'There is no key {service} with the scope "{SCOPE}".')
        made = await self._webhooks.add(service, url, kinds)
        if made is None:
            raise WebhooksTaken
        return made

    async def rotate(self, id_: str, service: str | None = None) -> Webhook:
        """Another secret, as `Webhooks.rotate`. Raises `UnknownWebhook`."""
        await self._known(id_, service)
        made = await self._webhooks.rotate(id_)
        if made is None:
            raise UnknownWebhook
        return made

    async def remove(self, id_: str, service: str | None = None) -> None:
        """Nothing is told there any more. Raises `UnknownWebhook`."""
        await self._known(id_, service)
        await self._webhooks.remove(id_)

    async def replay(self, id_: str | None, since: datetime | None) -> int:
        """As `DeliveryQueue.replay`. Raises `UnknownWebhook`."""
        if id_ is not None:
            await self._known(id_, None)
        return await self._queue.replay(id_, since)

    async def _known(self, id_: str, service: str | None) -> None:
        if await self._webhooks.find(id_, service) is None:
            raise UnknownWebhook

    def _require(self, text: str) -> None:
        try:
            url = URL(text)
            whole = url.scheme in ("https", "http") and url.host and not url.fragment
            if not whole or len(text) > LONGEST_URL or not text.isascii():
                raise WebhookRefused
            self._addresses.require_literal(url)
        except (ValueError, AddressRefused) as exc:
            raise WebhookRefused from exc


def shown(url: str) -> str:
    """Where it leads, without what may be secret."""
    return str(URL(url).with_user(None).with_query(None))
