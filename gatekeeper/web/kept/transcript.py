"""
The transcript on the page afterwards: its lines, as JSON, as text and as captions.

Rule: a line is for who was present all the time that it took (`KeptView`); what is not
theirs and what is not there are refused alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from gatekeeper.archive.catalogue import Catalogue
from gatekeeper.archive.kept import KeptView
from gatekeeper.assistant.transcript.captions import Chapter, plain, webvtt
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.clock import rfc3339
from gatekeeper.config import OfferedFeature
from gatekeeper.consent.features import RECORDING, TRANSCRIPT
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.errors import NothingThere
from gatekeeper.web.files import saved
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.kept.shapes import title_of, version_of
from gatekeeper.web.kept.visitors import ROOT, Visitor, Visitors


@dataclass(frozen=True, slots=True)
class KeptTranscript:
    """Handlers of `after/transcript`, and of the captions of a film."""

    visitors: Visitors
    features: Mapping[FeatureId, OfferedFeature]
    catalogue: Catalogue

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[KeptTranscript]") -> None:
        """Serve them."""
        add = app.router
        add.add_get(ROOT + "/transcript/lines", here(KeptTranscript.lines))
        add.add_get(ROOT + "/transcript/transcript.vtt", here(KeptTranscript.vtt))
        add.add_get(ROOT + "/transcript/transcript.txt", here(KeptTranscript.text))
        add.add_get(ROOT + "/transcript/transcript.json", here(KeptTranscript.lines))
        add.add_get(ROOT + "/recording/captions.vtt", here(KeptTranscript.vtt))

    async def lines(self, request: web.Request) -> web.Response:
        """The transcript as JSON."""
        visitor, view = await self._attended(request)
        await self.visitors.note(visitor, [TRANSCRIPT], "transcript", request)
        names = view.names(TRANSCRIPT)
        return saved(
            web.json_response({"lines": [_line(li, names) for li in view.transcript]}),
            request,
            f"{title_of(visitor.record)} transcript.json",
        )

    async def vtt(self, request: web.Request) -> web.Response:
        """The transcript as captions, in the film's time if there is a film."""
        visitor, view = await self._attended(request, TRANSCRIPT, RECORDING)
        await self.visitors.note(visitor, [TRANSCRIPT], "transcript", request)
        text = webvtt(view.transcript, _chapters(view), view.names(TRANSCRIPT).get)
        return saved(
            web.Response(text=text, content_type="text/vtt"),
            request,
            f"{title_of(visitor.record)}.vtt",
        )

    async def text(self, request: web.Request) -> web.Response:
        """The transcript as plain text."""
        visitor, view = await self._attended(request)
        await self.visitors.note(visitor, [TRANSCRIPT], "transcript", request)
        title = title_of(visitor.record)
        language = request.query.get("language", visitor.record.language)
        names = view.names(TRANSCRIPT)
        text = plain(view.transcript, title, names.get, language=language)
        return saved(web.Response(text=text), request, f"{title} transcript.txt")

    async def _attended(
        self, request: web.Request, *wanted: FeatureId
    ) -> tuple[Visitor, KeptView]:
        """A visitor who was there for a transcript. Raises `NothingThere`."""
        visitor = await self.visitors.visitor(request)
        kept = await self.catalogue.kept(visitor.record, wanted or [TRANSCRIPT])
        view = kept.seen_by(visitor.participant)
        if TRANSCRIPT not in self.features or not view.attended(TRANSCRIPT):
            raise NothingThere
        return visitor, view


def transcript(
    root: str, lines: Sequence[TranscriptLine], engine: str
) -> dict[str, object]:
    """What the page at `root` is told of it."""
    root = f"{root}/transcript"
    return {
        "engine": engine,
        "lines": len(lines),
        "version": version_of(f"{line.id} {line.text}" for line in lines),
        "url": f"{root}/lines",
        "vtt": f"{root}/transcript.vtt",
        "text": f"{root}/transcript.txt",
        "json": f"{root}/transcript.json",
    }


def _chapters(view: KeptView) -> Sequence[Chapter]:
    film = view.film(RECORDING)
    if film is not None:
        return [Chapter(c.at, c.from_, c.to) for c in film.chapters]
    parts = view.presence.parts(TRANSCRIPT)
    return [
        Chapter((p.began - parts[0].began).total_seconds(), p.began, p.ended)
        for p in parts
        if p.ended is not None
    ]


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
