"""The keys of receipts, for anybody: who has one can check it without this server."""

from aiohttp import web

from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.receipt_file import ADDRESS


def add_keys(app: web.Application, key: GateKey) -> None:
    """Publish what signs receipts, as a JWK Set."""

    async def keys(request: web.Request) -> web.Response:
        return web.json_response(key.published, content_type="application/jwk-set+json")

    app.router.add_get(ADDRESS, keys)
