"""
Sending: one try to tell one webhook of one event, by Standard Webhooks.

As https://www.standardwebhooks.com has it: an id that stays the same, the time of this
try, and a signature over both and the body, one more while the secret is changed.

Rule 1: a try takes so long and no longer, whoever answers; of the answer the status is
looked at, and nothing is read.
Rule 2: no redirect is followed, no proxy asked, no cookie kept.
Rule 3: neither address nor secret is in anything that is said of it.
"""

import asyncio
import ssl
from collections.abc import Callable
from datetime import datetime

import aiohttp
from standardwebhooks.webhooks import Webhook as Signer
from yarl import URL

from gatekeeper.storage.events import Told
from gatekeeper.storage.webhooks import Webhook
from gatekeeper.web.v1.told import text
from gatekeeper.web.webhooks.addresses import (
    Addresses,
    AddressRefused,
    Lookup,
    Pinned,
)

WITHIN = 10.0
"""Seconds for all of a try."""
BUFFER = 4096
"""Bytes of an answer that are taken in before it is let go of."""


class Sender:
    """Tells webhooks."""

    def __init__(
        self,
        addresses: Addresses,
        lookup: Lookup,
        now: Callable[[], datetime],
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        """`trusted`: whose certificates are believed; None: those of the system."""
        self._addresses = addresses
        self._lookup = lookup
        self._now = now
        self._trusted = trusted

    async def send(self, webhook: Webhook, event: Told) -> str:
        """What came of it: a status, or a word for what went wrong."""
        try:
            async with asyncio.timeout(WITHIN):
                return str(await self._post(webhook, event))
        except TimeoutError:
            return "timeout"
        except AddressRefused:
            return "address-refused"
        except aiohttp.ClientSSLError:
            return "tls"
        except (aiohttp.ClientError, OSError, ValueError):
            return "unreachable"

    async def _post(self, webhook: Webhook, event: Told) -> int:
        url = URL(webhook.url)
        pinned = Pinned(await self._addresses.of(url, self._lookup))
        connector = aiohttp.TCPConnector(
            resolver=pinned,
            use_dns_cache=False,
            force_close=True,
            socket_factory=pinned.socket,
            ssl=self._trusted or True,
        )
        body = text(event)
        async with (
            aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                read_bufsize=BUFFER,
                timeout=aiohttp.ClientTimeout(total=None),
            ) as session,
            session.post(
                url,
                data=body.encode(),
                headers=self._headers(webhook, event.id, body),
                allow_redirects=False,
            ) as answer,
        ):
            answer.close()
            return answer.status

    def _headers(self, webhook: Webhook, id_: str, body: str) -> dict[str, str]:
        now = self._now()
        signatures = (
            Signer(secret).sign(id_, now, body) for secret in webhook.secrets(now)
        )
        return {
            "Content-Type": "application/json",
            "User-Agent": "Gatekeeper",
            "webhook-id": id_,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
