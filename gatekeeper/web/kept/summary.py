"""
The summary on the page afterwards: what it says, and what is wrong in it.

Rule 1: an item is for who was present for every line that it cites (`KeptView`); what
is not theirs and what is not there are refused alike.
Rule 2: whoever can see an item may say that it is wrong, for all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from gatekeeper.archive.catalogue import Catalogue
from gatekeeper.archive.kept import Kept, KeptView
from gatekeeper.assistant.model.faults import ModelFailed, ModelFault
from gatekeeper.assistant.summary.document import Summary
from gatekeeper.assistant.summary.markdown import as_json, markdown
from gatekeeper.assistant.summary.store import Summaries
from gatekeeper.config import OfferedFeature
from gatekeeper.consent.features import SUMMARY
from gatekeeper.consent.types import FeatureId
from gatekeeper.errors import NothingThere, OutOfOrder, every
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.web.files import saved
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.kept.shapes import title_of, version_of
from gatekeeper.web.kept.visitors import ROOT, Visitor, Visitors


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """Handlers of `after/summary`."""

    visitors: Visitors
    features: Mapping[FeatureId, OfferedFeature]
    catalogue: Catalogue
    summaries: Summaries

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[KeptSummary]") -> None:
        """Serve them."""
        add = app.router
        add.add_get(ROOT + "/summary/summary", here(KeptSummary.document))
        add.add_get(ROOT + "/summary/summary.json", here(KeptSummary.document))
        add.add_get(ROOT + "/summary/summary.md", here(KeptSummary.markdown))
        add.add_post(ROOT + "/summary/items/{item}/wrong", here(KeptSummary.wrong))
        add.add_post(ROOT + "/summary/write", here(KeptSummary.write))

    async def document(self, request: web.Request) -> web.Response:
        """The summary as JSON."""
        visitor, view, shown = await self._shown(request)
        await self.visitors.note(visitor, [SUMMARY], "summary", request)
        return saved(
            web.json_response(as_json(shown, view.names(SUMMARY).get)),
            request,
            f"{title_of(visitor.record)} summary.json",
        )

    async def markdown(self, request: web.Request) -> web.Response:
        """The summary as Markdown."""
        visitor, view, shown = await self._shown(request)
        await self.visitors.note(visitor, [SUMMARY], "summary", request)
        title = title_of(visitor.record)
        text = markdown(
            shown,
            title,
            view.names(SUMMARY).get,
            language=request.query.get("language"),
        )
        return saved(
            web.Response(text=text, content_type="text/markdown"),
            request,
            f"{title} summary.md",
        )

    async def wrong(self, request: web.Request) -> web.Response:
        """Remove an item, for everybody."""
        visitor, _, shown = await self._shown(request)
        item = request.match_info["item"]
        if all(it.id != item for section in shown.sections for it in section.items):
            raise NothingThere
        await self.summaries.strike(visitor.record.id, item)
        return web.Response(status=204)

    async def write(self, request: web.Request) -> web.Response:
        """Have it written, after a fault."""
        visitor, view = await self._attended(request)
        if visitor.record.ended_at is None:
            raise OutOfOrder("The summary is written when the meeting is over.")
        stored = view.kept.summary
        if stored is not None and stored.fault is None:
            raise OutOfOrder("The summary is written already.")
        self.summaries.enqueue(visitor.record.id)
        return web.Response(status=202)

    async def _shown(self, request: web.Request) -> tuple[Visitor, KeptView, Summary]:
        visitor, view = await self._attended(request)
        shown = view.summary
        if shown is None:
            raise NothingThere
        return visitor, view, shown

    async def _attended(self, request: web.Request) -> tuple[Visitor, KeptView]:
        """A visitor who was there for a summary. Raises `NothingThere`."""
        visitor = await self.visitors.visitor(request)
        kept = await self.catalogue.kept(visitor.record, [SUMMARY])
        view = kept.seen_by(visitor.participant)
        if SUMMARY not in self.features or not view.attended(SUMMARY):
            raise NothingThere
        return visitor, view


def summary(root: str, record: RoomRecord, view: KeptView) -> dict[str, object] | None:
    """What the page at `root` is told of it: None for who was not in it."""
    if not view.attended(SUMMARY) or SUMMARY in view.kept.history.over:
        return None
    shown, stored = view.summary, view.kept.summary
    there = shown is not None
    root = f"{root}/summary"
    state, done = _state(record, view.kept, there=there)
    return {
        "state": state,
        "done": done,
        "fault": _fault(stored.fault) if stored and stored.fault else None,
        "version": "" if shown is None else version_of([shown.model_dump_json()]),
        "url": f"{root}/summary" if there else None,
        "markdown": f"{root}/summary.md" if there else None,
        "json": f"{root}/summary.json" if there else None,
    }


def _state(record: RoomRecord, kept: Kept, *, there: bool) -> tuple[str, float]:
    """How far it is, and from 0 to 1 how much of it is done."""
    work, stored = kept.summarising, kept.summary
    if work is not None:
        return work.state, work.done
    if record.ended_at is None:
        return "later", 0.0
    if stored is None:
        return "waiting", 0.0
    if stored.fault is not None:
        return "failed", 0.0
    return ("ready" if there else "empty"), 1.0


def _fault(code: str) -> dict[str, str]:
    # One that an earlier version wrote down may have no sentence any more.
    kinds = {kind.code: kind for kind in every(ModelFault)}
    return {"code": code, "detail": kinds.get(code, ModelFailed).detail}
