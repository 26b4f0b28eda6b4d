"""Bodies of requests: read whole, or not at all."""

import asyncio
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from gatekeeper.errors import MalformedMessage, MessageTooLarge
from gatekeeper.web.faults import TooSlow
from gatekeeper.wire.members import require_few_members

Said = TypeVar("Said", bound=BaseModel)

MOST = 64 * 1024
"""Bytes; nothing that people send here by HTTP is nearly as long."""
WITHIN = 10.0
"""Seconds for all of it."""


async def body(request: web.Request) -> bytes:
    """
    What was sent along.

    Raises `MessageTooLarge`, `TooSlow`.
    """
    if not request.can_read_body:
        return b""
    content = request.content
    if content.is_eof() and content.total_bytes <= MOST:
        return await content.read()  # all of it is here
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


def parsed(model: type[Said], body: bytes) -> Said:
    """What a body says. Raises `MalformedMessage` that points to what is wrong."""
    require_few_members(body)
    try:
        return model.model_validate_json(body)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        pointer = "/" + "/".join(str(part) for part in first["loc"])
        raise MalformedMessage(f"{pointer}: {first['msg']}") from exc
