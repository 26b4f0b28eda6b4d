"""The keys that this server signs with, for anybody who checks what it has signed."""

from aiohttp import web

from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.receipt_file import ADDRESS
from gatekeeper.web.handlers import Handlers

JWKS = "/.well-known/jwks.json"
"""Where libraries look for them."""


def add_keys(app: web.Application, here: Handlers[GateKey]) -> None:
    """Publish what signs receipts and tokens, as a JWK Set."""

    async def keys(key: GateKey, request: web.Request) -> web.Response:
        return web.json_response(key.published, content_type="application/jwk-set+json")

    for address in (ADDRESS, JWKS):
        app.router.add_get(address, here(keys))
