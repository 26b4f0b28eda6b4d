"""
Words on the page afterwards: the transcript, the summary, captions of the film.

Rule 1: a line is for who was present all the time that it took, an item of the summary
for who was present for every line that it cites (`Presence`); what is not theirs and
what is not there are refused alike.
Rule 2: whoever can see an item may say that it is wrong, for all.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from gatekeeper.archive.catalogue import Catalogue, visible
from gatekeeper.assistant.model.faults import ModelFailed, ModelFault
from gatekeeper.assistant.summary.document import Item, Summary
from gatekeeper.assistant.summary.markdown import as_json, markdown
from gatekeeper.assistant.summary.store import SUMMARY, TRANSCRIPT, Summaries, may_read
from gatekeeper.assistant.transcript.captions import Chapter, plain, webvtt
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.clock import rfc3339
from gatekeeper.config import OfferedFeature
from gatekeeper.consent.types import FeatureId, LanguageTag, ParticipantId
from gatekeeper.errors import NothingThere, OutOfOrder, every
from gatekeeper.evidence.history import History
from gatekeeper.evidence.presence import Presence
from gatekeeper.media.film.films import Films
from gatekeeper.media.film.recipe import Film
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.web.files import saved
from gatekeeper.web.kept.visitors import ROOT, Visitor, Visitors

RECORDING = FeatureId("recording")


@dataclass(frozen=True, slots=True)
class Words:
    """Handlers of `after/transcript` and `after/summary`."""

    visitors: Visitors
    offers: Mapping[FeatureId, OfferedFeature]
    catalogue: Catalogue
    names: NameStore
    book: TranscriptStore
    summaries: Summaries
    films: Films

    def add_routes(self, app: web.Application) -> None:
        """Serve them."""
        add = app.router
        add.add_get(ROOT + "/transcript/lines", self.lines)
        add.add_get(ROOT + "/transcript/transcript.vtt", self.vtt)
        add.add_get(ROOT + "/transcript/transcript.txt", self.text)
        add.add_get(ROOT + "/transcript/transcript.json", self.lines)
        add.add_get(ROOT + "/recording/captions.vtt", self.vtt)
        add.add_get(ROOT + "/summary/summary", self.document)
        add.add_get(ROOT + "/summary/summary.json", self.document)
        add.add_get(ROOT + "/summary/summary.md", self.markdown)
        add.add_post(ROOT + "/summary/items/{item}/wrong", self.wrong)
        add.add_post(ROOT + "/summary/write", self.write)

    # ---- What the page is told ----------------------------------------------------

    async def transcript(
        self, visitor: Visitor, told: History
    ) -> dict[str, object] | None:
        """The page's `transcript`: None for who was not in it, or if there is none."""
        mine = Presence(told, visitor.participant)
        if not self._may_see(mine, TRANSCRIPT):
            return None
        lines = await self._readable(visitor, mine)
        if not lines:
            return None
        root = f"{_root(visitor.record)}/transcript"
        language = LanguageTag(visitor.record.language)
        return {
            "engine": self.offers[TRANSCRIPT].notices[language].processor,
            "lines": len(lines),
            "version": _version(f"{li.id} {li.text}" for li in lines),
            "url": f"{root}/lines",
            "vtt": f"{root}/transcript.vtt",
            "text": f"{root}/transcript.txt",
            "json": f"{root}/transcript.json",
        }

    async def summary(
        self, visitor: Visitor, told: History
    ) -> dict[str, object] | None:
        """The page's `summary`: None for who was not in it."""
        mine = Presence(told, visitor.participant)
        if not self._may_see(mine, SUMMARY) or SUMMARY in told.over:
            return None
        record = visitor.record
        stored = await self.summaries.stored(record.id)
        work = self.summaries.work(record.id)
        theirs = part_of(stored.summary, mine) if stored and stored.summary else None
        there = theirs is not None
        root = f"{_root(record)}/summary"
        state: str
        done: float
        if work is not None:
            state, done = work.state, work.done
        elif record.ended_at is None:
            state, done = "later", 0.0
        elif stored is None:
            state, done = "waiting", 0.0
        elif stored.fault is not None:
            state, done = "failed", 0.0
        else:
            state, done = ("ready" if there else "empty"), 1.0
        version = "" if theirs is None else _version([theirs.model_dump_json()])
        return {
            "state": state,
            "done": done,
            "fault": _fault(stored.fault) if stored and stored.fault else None,
            "version": version,
            "url": f"{root}/summary" if there else None,
            "markdown": f"{root}/summary.md" if there else None,
            "json": f"{root}/summary.json" if there else None,
        }

    async def captions(self, visitor: Visitor, told: History) -> str | None:
        """Where the film's captions are, for who may see film and transcript."""
        record = visitor.record
        film = self._film(visitor, told)
        mine = Presence(told, visitor.participant)
        if film is None or not self._may_see(mine, TRANSCRIPT):
            return None
        if not await self._readable(visitor, mine):
            return None
        return f"{_root(record)}/recording/captions.vtt"

    async def kept_of(self, visitor: Visitor, feature: FeatureId) -> bool:
        """Whether anything of the visitor is kept by transcript or summary."""
        room, who = visitor.record.id, visitor.participant
        if who in await self.book.spoke(room, feature):
            return True
        stored = await self.summaries.stored(room) if feature == SUMMARY else None
        summary = stored.summary if stored else None
        return summary is not None and any(
            item.concerns(who) for section in summary.sections for item in section.items
        )

    def _may_see(self, mine: Presence, feature: FeatureId) -> bool:
        return feature in self.offers and bool(mine.attended(feature))

    # ---- Transcript ---------------------------------------------------------------

    async def lines(self, request: web.Request) -> web.Response:
        """The transcript as JSON."""
        visitor, lines, names = await self._transcript(request)
        return saved(
            web.json_response({"lines": [_line(line, names) for line in lines]}),
            request,
            f"{_title(visitor)} transcript.json",
        )

    async def vtt(self, request: web.Request) -> web.Response:
        """The transcript as captions, in the film's time if there is a film."""
        visitor, lines, names = await self._transcript(request)
        stretches = await self._stretches(visitor)
        text = webvtt(lines, stretches, names.get)
        return saved(
            web.Response(text=text, content_type="text/vtt"),
            request,
            f"{_title(visitor)}.vtt",
        )

    async def text(self, request: web.Request) -> web.Response:
        """The transcript as plain text."""
        visitor, lines, names = await self._transcript(request)
        return saved(
            web.Response(text=plain(lines, _title(visitor), names.get)),
            request,
            f"{_title(visitor)} transcript.txt",
        )

    async def _transcript(
        self, request: web.Request
    ) -> tuple[Visitor, Sequence[TranscriptLine], Mapping[ParticipantId, str]]:
        visitor, mine = await self._admitted(request, TRANSCRIPT)
        lines = await self._readable(visitor, mine)
        return visitor, lines, await self._names(visitor, mine, TRANSCRIPT)

    async def _readable(self, visitor: Visitor, mine: Presence) -> list[TranscriptLine]:
        """The lines that the visitor may read, tombstones among them."""
        lines = await self.book.read(visitor.record.id, TRANSCRIPT)
        return [line for line in lines if may_read(TRANSCRIPT, line, mine)]

    async def _names(
        self, visitor: Visitor, mine: Presence, feature: FeatureId
    ) -> dict[ParticipantId, str]:
        """The names of those whom the visitor shared a part with."""
        known = await self.names.read(visitor.record.id, feature)
        return {who: known[who] for who in mine.people(feature) if who in known}

    def _film(self, visitor: Visitor, told: History) -> Film | None:
        """The visitor's own."""
        who = visitor.participant
        state = self.films.state(visitor.record.id, RECORDING)
        return state.of(who, visible(told, RECORDING, who))

    async def _stretches(self, visitor: Visitor) -> Sequence[Chapter]:
        told = await self.catalogue.history(visitor.record)
        film = self._film(visitor, told)
        if film is not None:
            return [Chapter(c.at, c.from_, c.to) for c in film.chapters]
        parts = Presence(told, visitor.participant).parts(TRANSCRIPT)
        return [
            Chapter((p.began - parts[0].began).total_seconds(), p.began, p.ended)
            for p in parts
            if p.ended is not None
        ]

    # ---- Summary ------------------------------------------------------------------

    async def document(self, request: web.Request) -> web.Response:
        """The summary as JSON."""
        visitor, summary, names = await self._summary(request)
        return saved(
            web.json_response(as_json(summary, names.get)),
            request,
            f"{_title(visitor)} summary.json",
        )

    async def markdown(self, request: web.Request) -> web.Response:
        """The summary as Markdown."""
        visitor, summary, names = await self._summary(request)
        text = markdown(
            summary,
            _title(visitor),
            names.get,
            language=request.query.get("language"),
        )
        return saved(
            web.Response(text=text, content_type="text/markdown"),
            request,
            f"{_title(visitor)} summary.md",
        )

    async def wrong(self, request: web.Request) -> web.Response:
        """Remove an item, for everybody."""
        visitor, summary, _ = await self._summary(request)
        item = request.match_info["item"]
        if all(it.id != item for section in summary.sections for it in section.items):
            raise NothingThere
        await self.summaries.strike(visitor.record.id, item)
        return web.Response(status=204)

    async def write(self, request: web.Request) -> web.Response:
        """Have it written, after a fault."""
        visitor, _ = await self._admitted(request, SUMMARY)
        if visitor.record.ended_at is None:
            raise OutOfOrder("The summary is written when the meeting is over.")
        stored = await self.summaries.stored(visitor.record.id)
        if stored is not None and stored.fault is None:
            raise OutOfOrder("The summary is written already.")
        self.summaries.want(visitor.record.id)
        return web.Response(status=202)

    async def _summary(
        self, request: web.Request
    ) -> tuple[Visitor, Summary, Mapping[ParticipantId, str]]:
        visitor, mine = await self._admitted(request, SUMMARY)
        stored = await self.summaries.stored(visitor.record.id)
        theirs = part_of(stored.summary, mine) if stored and stored.summary else None
        if theirs is None:
            raise NothingThere
        return visitor, theirs, await self._names(visitor, mine, SUMMARY)

    async def _admitted(
        self, request: web.Request, feature: FeatureId
    ) -> tuple[Visitor, Presence]:
        """A visitor who was in a part of the feature. Raises `NothingThere`."""
        visitor = await self.visitors.visitor(request)
        told = await self.catalogue.history(visitor.record)
        mine = Presence(told, visitor.participant)
        if not self._may_see(mine, feature):
            raise NothingThere
        return visitor, mine


def part_of(summary: Summary, mine: Presence) -> Summary | None:
    """What somebody may read of a summary; None if that is nothing of it."""
    if mine.whole(SUMMARY):
        return summary

    def theirs(item: Item) -> bool:
        return bool(item.quotes) and all(
            mine.may_read(SUMMARY, quote.span, quote.at, quote.at)
            for quote in item.quotes
        )

    seen = summary.within(theirs, mine.people(SUMMARY))
    return seen if seen.sections else None


def _root(record: RoomRecord) -> str:
    return f"/api/rooms/{record.id}/after"


def _title(visitor: Visitor) -> str:
    return visitor.record.title or "meeting"


def _version(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\n")
    return digest.hexdigest()[:16]


def _line(
    line: TranscriptLine, names: Mapping[ParticipantId, str]
) -> dict[str, object]:
    who = line.participant
    return {
        "id": line.id,
        "participant": who,
        "name": names.get(who) if who else None,
        "from": rfc3339(line.began),
        "to": rfc3339(line.ended),
        "text": line.text,
    }


def _fault(code: str) -> dict[str, str]:
    # One that an earlier version wrote down may have no sentence any more.
    kinds = {kind.code: kind for kind in every(ModelFault)}
    return {"code": code, "detail": kinds.get(code, ModelFailed).detail}
