"""
All that somebody may have of a meeting, with its proof, from the page afterwards.

Rule: who asks is shown by the page's capability, and gets what the page shows them.
"""

from dataclasses import dataclass

from aiohttp import web

from gatekeeper.archive.export.exports import Exports
from gatekeeper.errors import NothingThere
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.kept.own import send
from gatekeeper.web.kept.visitors import ROOT, Visitor, Visitors
from gatekeeper.web.limits import Once


@dataclass(frozen=True, slots=True)
class KeptExport:
    """The handler of `after/export`."""

    visitors: Visitors
    exports: Exports
    once: Once

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[KeptExport]") -> None:
        """Serve it."""
        app.router.add_get(ROOT + "/export", here(KeptExport.export), allow_head=False)

    async def export(self, request: web.Request) -> web.StreamResponse:
        """What the visitor may have, as a ZIP archive."""
        visitor = await self.visitors.visitor(request)
        with self.once.by((visitor.record.id, visitor.participant)):
            return await self._export(request, visitor)

    async def _export(
        self, request: web.Request, visitor: Visitor
    ) -> web.StreamResponse:
        language = request.query.get("language", visitor.record.language)
        export = await self.exports.of(visitor.record, visitor.participant, language)
        if export is None:
            raise NothingThere
        await self.visitors.note(visitor, export.features, "export", request)
        response = web.StreamResponse()
        response.content_type = "application/zip"
        name = f"gatekeeper-{visitor.record.opened_at:%Y-%m-%d}-proof.zip"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        await response.prepare(request)
        await send(export.chunks(), response)
        return response
