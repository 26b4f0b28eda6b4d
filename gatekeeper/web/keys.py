"""The keys of receipts, for anybody: who has one can check it without this server."""

from aiohttp import web

from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.receipt_file import ADDRESS
from gatekeeper.web.handlers import Handlers


def add_keys(app: web.Application, here: Handlers[GateKey]) -> None:
    """Publish what signs receipts, as a JWK Set."""

    async def keys(key: GateKey, request: web.Request) -> web.Response:
        return web.json_response(key.published, content_type="application/jwk-set+json")

    app.router.add_get(ADDRESS, here(keys))
