"""Bodies of requests: read whole, or not at all."""

import asyncio

from aiohttp import web

from gatekeeper.errors import MessageTooLarge
from gatekeeper.web.faults import TooSlow

MOST = 64 * 1024
"""Bytes; nothing that people send here by HTTP is nearly as long."""
WITHIN = 10.0
"""Seconds for all of it."""


async def body(request: web.Request) -> bytes:
    """
    What was sent along.

    Raises `MessageTooLarge`, `TooSlow`.
    """
    if (request.content_length or 0) > MOST:
        raise MessageTooLarge
    try:
        async with asyncio.timeout(WITHIN):
            # Whose application it is mounted in may let more through.
            return await request.clone(client_max_size=MOST).read()
    except web.HTTPRequestEntityTooLarge as exc:
        raise MessageTooLarge from exc
    except TimeoutError as exc:
        raise TooSlow from exc
