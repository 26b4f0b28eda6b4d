"""
The log of seals, for anybody: how large it is, its keys, and that it only grew.

Rule: there is nothing of a meeting here but hashes, which tell nothing by themselves.
"""

import base64
from collections.abc import Sequence

from aiohttp import web

from gatekeeper.errors import EvidenceError, MalformedMessage, NothingThere
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.operation import Operation
from gatekeeper.web.shape import Shape, said

ROOT = "/log"
FRESH = 3600
"""Seconds for which anybody between may keep what was taken back: it is told daily."""


class Feed(Shape):
    """Pages of the feed of what was taken back: docs/receipts.md."""

    pages: tuple[str, ...]
    """In their order, each the very text that is hashed."""
    proof: str
    """That the last of them is in the log (C2SP tlog-proof)."""
    next: int | None
    """Ask `after` it for the next ones; null: there are none yet."""


class LogProof(Shape):
    """Hashes that lead from one to the other (RFC 6962, 2.1.1 and 2.1.2)."""

    proof: tuple[str, ...]
    """In base 64 (RFC 4648, 4)."""


def add_log(app: web.Application, here: Handlers[SealLog]) -> None:
    """Serve it."""

    async def checkpoint(log: SealLog, request: web.Request) -> web.Response:
        return _plain(await log.checkpoint())

    async def keys(log: SealLog, request: web.Request) -> web.Response:
        return _plain("".join(f"{key.text()}\n" for key in log.keys))

    async def consistency(log: SealLog, request: web.Request) -> web.Response:
        old, new = (_number(request, name) for name in ("from", "to"))
        try:
            return _proof(await log.consistency(old, new))
        except EvidenceError as exc:
            raise MalformedMessage(f"from, to: {exc}.") from exc

    async def inclusion(log: SealLog, request: web.Request) -> web.Response:
        leaf, size = (_number(request, name) for name in ("leaf", "size"))
        try:
            return _proof(await log.inclusion(leaf, size))
        except EvidenceError as exc:
            raise MalformedMessage(f"leaf, size: {exc}.") from exc

    async def taken_back(log: SealLog, request: web.Request) -> web.Response:
        after = _number(request, "after") if "after" in request.query else -1
        found = await log.taken_back(after)
        if found is None:
            raise NothingThere
        response = said(Feed(pages=found.pages, proof=found.proof, next=found.next))
        response.headers["Cache-Control"] = f"public, max-age={FRESH}"
        return response

    app.router.add_get(ROOT + "/taken-back", here(taken_back))
    app.router.add_get(ROOT + "/checkpoint", here(checkpoint))
    app.router.add_get(ROOT + "/keys", here(keys))
    app.router.add_get(ROOT + "/consistency", here(consistency))
    app.router.add_get(ROOT + "/inclusion", here(inclusion))


def _plain(text: str) -> web.Response:
    return web.Response(text=text, headers={"Cache-Control": "no-store"})


def _proof(hashes: Sequence[bytes]) -> web.Response:
    return said(LogProof(proof=tuple(base64.b64encode(h).decode() for h in hashes)))


def _number(request: web.Request, name: str) -> int:
    text = request.query.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 16):
        raise MalformedMessage(f"{name}: a whole number.")
    return int(text)


OPERATIONS = {
    f"GET {ROOT}/checkpoint": Operation(
        "How large the log of seals is, and its root, signed (C2SP tlog-checkpoint).",
        {200: "text/plain"},
    ),
    f"GET {ROOT}/taken-back": Operation(
        "Which files must be used no longer, by their digests, a page a day, with a "
        "proof that the last page is in the log.",
        {200: Feed},
        query=("after",),
    ),
    f"GET {ROOT}/keys": Operation(
        "The keys that sign it, or did (vkeys), the present one last.",
        {200: "text/plain"},
    ),
    f"GET {ROOT}/consistency": Operation(
        "What shows that the log of one size begins with that of another.",
        {200: LogProof},
        query=("from", "to"),
    ),
    f"GET {ROOT}/inclusion": Operation(
        "What leads from a leaf to the root of a size.",
        {200: LogProof},
        query=("leaf", "size"),
    ),
}
