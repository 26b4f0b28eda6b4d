"""
All of one's own on the page afterwards: as one archive, or gone.

Rule: the page capability is what shows who asks. A receipt is asked for nowhere here:
it may be in anybody's hands.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from aiohttp import web

from gatekeeper.archive.faults import MeetingUnknown, StillCaptured
from gatekeeper.archive.own.copy import OwnCopy
from gatekeeper.archive.own.subject import Subject, SubjectEraser
from gatekeeper.consent.types import LanguageTag
from gatekeeper.errors import NothingThere, OutOfOrder
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.storage.transactions import Transactions
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.kept.visitors import ROOT, Visitor, Visitors


@dataclass(frozen=True, slots=True)
class KeptOwn:
    """Handlers of `after/mine` and `after/erase`."""

    data: Path
    visitors: Visitors
    writer: Transactions
    receipts: Receipts
    subjects: SubjectEraser
    clock: Callable[[], datetime]

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[KeptOwn]") -> None:
        """Serve them."""
        app.router.add_get(ROOT + "/mine", here(KeptOwn.export), allow_head=False)
        app.router.add_post(ROOT + "/erase", here(KeptOwn.erase))

    async def export(self, request: web.Request) -> web.StreamResponse:
        """All that is held of the visitor, as a ZIP archive."""
        visitor = await self.visitors.visitor(request)
        copy = await self._copy(
            visitor, request.query.get("language", visitor.record.language)
        )
        response = web.StreamResponse()
        response.content_type = "application/zip"
        name = f"gatekeeper-{visitor.record.opened_at:%Y-%m-%d}.zip"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        await response.prepare(request)
        await send(copy.chunks(), response)
        return response

    async def erase(self, request: web.Request) -> web.Response:
        """Have all of the visitor's erased."""
        visitor = await self.visitors.visitor(request)
        try:
            await self.subjects.enqueue(visitor.record.id, visitor.participant)
        except MeetingUnknown as exc:
            raise NothingThere from exc
        except StillCaptured as exc:
            raise OutOfOrder(
                "Stop allowing it in the room first; then erase your part."
            ) from exc
        return web.Response(status=202)

    async def _copy(self, visitor: Visitor, language: str) -> OwnCopy:
        room, who = visitor.record.id, visitor.participant
        subject = Subject(room, who, LanguageTag(language))
        read = partial(OwnCopy.read, self.data, subject, self.receipts, self.clock())
        try:
            return await self.writer.run(read)
        except MeetingUnknown as exc:
            raise NothingThere from exc


async def send(chunks: Iterator[bytes], response: web.StreamResponse) -> None:
    """As fast as it is taken: what is not sent yet is not read yet."""
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        await response.write(chunk)
