"""
The page afterwards, as JSON and files: what was kept, for those who are in it.

Rule 1: whoever holds a capability gets what the ledger says they were there for
(`Presence`), and nothing else: not a file, a name, a time or a number of it.
Rule 2: what is not theirs and what is not there are refused alike.
Rule 3: nothing here tells of a refusal; there is nothing on record to tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from gatekeeper.archive.catalogue import Catalogue
from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.filming import Filming
from gatekeeper.archive.kept import KeptView
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.clock import rfc3339
from gatekeeper.config import Config, OfferedFeature
from gatekeeper.consent.features import RECORDING, SUMMARY, TRANSCRIPT
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.errors import NothingThere, OutOfOrder, UnknownFeature
from gatekeeper.media.film.films import Films
from gatekeeper.media.film.recipe import Film
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.storage.stops import Stops
from gatekeeper.web.files import file
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.kept.filenames import film_name, track_names
from gatekeeper.web.kept.shapes import (
    FETCHES,
    fetched,
    film,
    kept_until,
    stretch,
    track,
)
from gatekeeper.web.kept.summary import summary
from gatekeeper.web.kept.transcript import transcript
from gatekeeper.web.kept.visitors import ROOT, Visitor, Visitors


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Handlers of `/api/rooms/{room}/after`."""

    config: Config
    features: Mapping[FeatureId, OfferedFeature]
    """Those that run here."""
    visitors: Visitors
    catalogue: Catalogue
    films: Films
    filming: Filming
    eraser: Eraser
    stops: Stops

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[KeptPage]") -> None:
        """Serve the page's API."""
        feature = ROOT + "/{feature}"
        app.router.add_get(ROOT, here(KeptPage.page))
        app.router.add_post(ROOT + "/link", here(KeptPage.new_link))
        app.router.add_post(feature + "/erase", here(KeptPage.erase))
        app.router.add_post(feature + "/stopped", here(KeptPage.stop_part))
        app.router.add_delete(feature + "/stopped", here(KeptPage.resume_part))
        app.router.add_post(feature + "/film", here(KeptPage.make))
        app.router.add_delete(feature + "/film/work", here(KeptPage.stop))
        app.router.add_get(feature + "/film", here(KeptPage.film))
        app.router.add_get(feature + "/film/poster", here(KeptPage.poster))
        app.router.add_get(
            feature + "/tracks/{opening}/{name}.webm", here(KeptPage.track)
        )

    # ---- The page -----------------------------------------------------------------

    async def page(self, request: web.Request) -> web.Response:
        """All that the page shows."""
        visitor = await self.visitors.visitor(request)
        record = visitor.record
        view = (await self.catalogue.kept(record)).seen_by(visitor.participant)
        language = request.query.get("language", record.language)
        features = [o for o in self.features.values() if o.id in record.features]
        lines = view.transcript if TRANSCRIPT in self.features else ()
        people: dict[ParticipantId, str | None] = {}
        for feature in features:
            named = view.names(feature.id)
            for who in view.presence.people(feature.id):
                people[who] = named.get(who) or people.get(who)
        return web.json_response(
            {
                "room": record.id,
                "title": record.title,
                "language": record.language,
                "controller": self.config.controller.model_dump(),
                "opened_at": rfc3339(record.opened_at),
                "ended_at": rfc3339(record.ended_at) if record.ended_at else None,
                "evidence_until": self._evidence_until(record),
                "you": visitor.participant,
                "host": visitor.host,
                "people": [{"id": who, "name": name} for who, name in people.items()],
                "features": [
                    self._feature(record, feature, view, language, readable=bool(lines))
                    for feature in features
                ],
                "transcript": self._transcript(record, lines, language),
                "summary": self._summary(record, view),
                "proof": self._proof(record, view),
                "fetched": [fetched(line) for line in view.fetched[:FETCHES]],
                "export": self._export(record, view),
            }
        )

    def _proof(self, record: RoomRecord, view: KeptView) -> str | None:
        """Where the visitor's proof for the log is, once there can be one."""
        attended = any(view.attended(feature) for feature in record.features)
        there = record.sealed and attended
        return f"{self.visitors.root(record)}/proof" if there else None

    def _export(self, record: RoomRecord, view: KeptView) -> str | None:
        """Where all of it is with its proof, if there can be one."""
        attended = any(view.attended(feature) for feature in record.features)
        there = attended and view.kept.accounted
        return f"{self.visitors.root(record)}/export" if there else None

    def _evidence_until(self, record: RoomRecord) -> str | None:
        keep = self.config.evidence.keep_for
        return None if keep is None else kept_until(record, keep)

    def _feature(
        self,
        record: RoomRecord,
        feature: OfferedFeature,
        view: KeptView,
        language: str,
        *,
        readable: bool,
    ) -> dict[str, object]:
        told, mine = view.kept.history, view.presence
        root = self.visitors.root(record)
        erased = told.erased_at(feature.id, view.viewer)
        deleted = told.over.get(feature.id) if view.attended(feature.id) else None
        captions = f"{root}/recording/captions.vtt"
        captioned = feature.id == RECORDING and readable and view.film(RECORDING)
        return {
            "id": feature.id,
            "name": feature.notice(language).name,
            "kept_until": kept_until(record, feature.keep_for),
            "stretches": [stretch(part) for part in mine.parts(feature.id)],
            "film": film(
                root, record, feature.id, view, filmed=feature.sink == RECORDING
            ),
            "tracks": [track(root, record, each) for each in view.tracks(feature.id)],
            "captions": captions if captioned else None,
            "your_part": view.kept.own_part(feature.id, view.viewer),
            "shared_with": mine.shared_with(feature.id),
            "stopped": view.viewer in view.kept.stopped.get(feature.id, ()),
            "erased_at": rfc3339(erased) if erased else None,
            "deleted_at": rfc3339(deleted) if deleted else None,
        }

    def _transcript(
        self, record: RoomRecord, lines: Sequence[TranscriptLine], language: str
    ) -> dict[str, object] | None:
        if not lines:
            return None
        notice = self.features[TRANSCRIPT].notice(language)
        root = self.visitors.root(record)
        return transcript(root, lines, notice.processor)

    def _summary(self, record: RoomRecord, view: KeptView) -> dict[str, object] | None:
        if SUMMARY not in self.features:
            return None
        return summary(self.visitors.root(record), record, view)

    # ---- Its link -----------------------------------------------------------------

    async def new_link(self, request: web.Request) -> web.Response:
        """
        Another capability for who asks; it takes the place of theirs when it is used.

        For whom the ledger knows, since a link that was taken back is noted: of nobody
        else is there anything behind one, nor a word of their having been there.
        """
        visitor = await self.visitors.visitor(request)
        view = (await self.catalogue.kept(visitor.record)).seen_by(visitor.participant)
        if not any(view.attended(feature) for feature in visitor.record.features):
            raise NothingThere
        access = self.visitors.access
        capability = access.next(visitor.record.id, visitor.participant)
        return web.json_response({"capability": capability}, status=201)

    # ---- Files --------------------------------------------------------------------

    async def film(self, request: web.Request) -> web.StreamResponse:
        """The visitor's own film; answers ranges."""
        visitor, film, folder = await self._own_film(request)
        feature = self._feature_of(request, visitor.record)
        await self.visitors.note(visitor, [feature], "film", request)
        name = film_name(visitor.record.title, film.format)
        return file(request, folder / film.name, name)

    async def poster(self, request: web.Request) -> web.StreamResponse:
        """The picture that stands for the visitor's own film."""
        _, film, folder = await self._own_film(request)
        if not film.poster:
            raise NothingThere
        return file(request, folder / film.poster_name, film.poster_name)

    async def _own_film(self, request: web.Request) -> tuple[Visitor, Film, Path]:
        """
        What may be shown to who asks, now, and the folder that it is in.

        An address tells which film it was written for: of another one it gives nothing,
        so that no page joins the ends of two.
        """
        visitor, feature, view = await self._attended(request, files=True)
        film = view.film(feature)
        if film is None or request.query.get("of", film.tag) != film.tag:
            raise NothingThere
        return visitor, film, self.films.folder(visitor.record.id, feature)

    async def track(self, request: web.Request) -> web.StreamResponse:
        """One participant's file; answers ranges."""
        visitor, feature, view = await self._attended(request, files=True)
        record, theirs = visitor.record, view.tracks(feature)
        asked = request.match_info["opening"], request.match_info["name"]
        names = track_names(record.title, theirs, view.names(feature))
        for each, name in zip(theirs, names, strict=True):
            if (each.opening, each.place(record.id).name) == asked:
                await self.visitors.note(visitor, [feature], "track", request, each)
                return file(request, self.catalogue.path(record.id, each), name)
        raise NothingThere

    async def _attended(
        self, request: web.Request, *, files: bool = False
    ) -> tuple[Visitor, FeatureId, KeptView]:
        """A visitor who was there for a feature. Raises `NothingThere`."""
        visitor = await self.visitors.visitor(request)
        feature = self._feature_of(request, visitor.record)
        wanted = [feature] if files else []
        kept = await self.catalogue.kept(visitor.record, wanted)
        view = kept.seen_by(visitor.participant)
        if not view.attended(feature):
            raise NothingThere
        return visitor, feature, view

    # ---- Asking for something -----------------------------------------------------

    async def erase(self, request: web.Request) -> web.Response:
        """Have the visitor's own part erased."""
        visitor, feature, view = await self._attended(request)
        if any(part.ended is None for part in view.presence.attended(feature)):
            raise OutOfOrder(
                "Stop allowing it in the room first; then erase your part."
            )
        await self.eraser.enqueue(visitor.record.id, feature, visitor.participant)
        return web.Response(status=202)

    async def stop_part(self, request: web.Request) -> web.Response:
        """Have nothing new made of the visitor's own part; what exists stays."""
        visitor, feature, _ = await self._attended(request)
        await self.stops.stop(visitor.record.id, feature, visitor.participant)
        return web.Response(status=204)

    async def resume_part(self, request: web.Request) -> web.Response:
        """Take that back; a film that could be made of nobody's part is made now."""
        visitor, feature, _ = await self._attended(request)
        room = visitor.record.id
        await self.stops.resume(room, feature, visitor.participant)
        if visitor.record.ended_at is not None:
            await self.filming.take_up(room, feature)
        return web.Response(status=204)

    async def make(self, request: web.Request) -> web.Response:
        """Have the film made: after a fault, or by the host while the meeting lasts."""
        visitor, feature, _ = await self._attended(request)
        if visitor.record.ended_at is None:
            visitor.require_host()
        await self.filming.make(visitor.record.id, feature)
        return web.Response(status=202)

    async def stop(self, request: web.Request) -> web.Response:
        """Stop making the film; what is made of it so far stays."""
        visitor, feature, _ = await self._attended(request)
        visitor.require_host()
        await self.films.stop(visitor.record.id, feature)
        return web.Response(status=202)

    def _feature_of(self, request: web.Request, record: RoomRecord) -> FeatureId:
        feature = FeatureId(request.match_info["feature"])
        if feature not in record.features or feature not in self.features:
            raise UnknownFeature
        return feature
