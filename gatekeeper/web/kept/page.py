"""
The page afterwards, as JSON and files: what was kept, for those who are in it.

Rule 1: whoever holds a capability gets what the ledger says they were there for
(`Presence`), and nothing else: not a file, a name, a time or a number of it.
Rule 2: what is not theirs and what is not there are refused alike.
Rule 3: nothing here tells of a refusal; there is nothing on record to tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from gatekeeper.archive.catalogue import Catalogue, Kept, visible
from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.filming import Filming
from gatekeeper.clock import rfc3339
from gatekeeper.config import Config, OfferedFeature
from gatekeeper.consent.types import FeatureId, LanguageTag, ParticipantId
from gatekeeper.errors import NothingThere, OutOfOrder, UnknownFeature
from gatekeeper.evidence.presence import Presence
from gatekeeper.media.film.films import Films
from gatekeeper.media.film.recipe import Film
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.storage.stops import Stops
from gatekeeper.web.files import file
from gatekeeper.web.kept.filenames import film_name, track_names
from gatekeeper.web.kept.shapes import (
    film,
    kept_until,
    stretch,
    track,
    track_name,
)
from gatekeeper.web.kept.visitors import ROOT, Visitor, Visitors
from gatekeeper.web.kept.words import RECORDING, Words


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Handlers of `/api/rooms/{room}/after`."""

    config: Config
    offers: Mapping[FeatureId, OfferedFeature]
    """Those that run here."""
    visitors: Visitors
    catalogue: Catalogue
    words: Words
    films: Films
    filming: Filming
    eraser: Eraser
    listed: DeletionList
    stops: Stops

    def add_routes(self, app: web.Application) -> None:
        """Serve the page's API."""
        feature = ROOT + "/{feature}"
        app.router.add_get(ROOT, self.page)
        app.router.add_post(feature + "/erase", self.erase)
        app.router.add_post(feature + "/stopped", self.stop_part)
        app.router.add_delete(feature + "/stopped", self.resume_part)
        app.router.add_post(feature + "/film", self.make)
        app.router.add_delete(feature + "/film/work", self.stop)
        app.router.add_get(feature + "/film", self.film)
        app.router.add_get(feature + "/film/poster", self.poster)
        app.router.add_get(feature + "/tracks/{opening}/{name}.webm", self.track)

    # ---- The page -----------------------------------------------------------------

    async def page(self, request: web.Request) -> web.Response:
        """All that the page shows."""
        visitor = await self.visitors.visitor(request)
        record = visitor.record
        told = await self.catalogue.history(record)
        language = LanguageTag(request.query.get("language", record.language))
        mine = Presence(told, visitor.participant)
        people: dict[ParticipantId, str | None] = {}
        features = []
        for offer in self.offers.values():
            if offer.id not in record.features:
                continue
            kept = await self.catalogue.kept(record, offer.id, told)
            part = await self._your_part(visitor, offer, kept)
            features.append(await self._feature(visitor, offer, kept, language, part))
            for who in mine.people(offer.id):
                people[who] = kept.names.get(who) or people.get(who)
        return web.json_response(
            {
                "room": record.id,
                "title": record.title,
                "language": record.language,
                "controller": self.config.controller.model_dump(),
                "opened_at": rfc3339(record.opened_at),
                "ended_at": rfc3339(record.ended_at) if record.ended_at else None,
                "you": visitor.participant,
                "host": visitor.host,
                "people": [{"id": who, "name": name} for who, name in people.items()],
                "features": features,
                "transcript": await self.words.transcript(visitor, told),
                "summary": await self.words.summary(visitor, told),
            }
        )

    async def _feature(
        self,
        visitor: Visitor,
        offer: OfferedFeature,
        kept: Kept,
        language: LanguageTag,
        part: str,
    ) -> dict[str, object]:
        record, told = visitor.record, kept.history
        mine = Presence(told, visitor.participant)
        tracks = [each for each in kept.tracks if mine.may_have(each)]
        first = next(iter(offer.notices.values()))
        state = self.films.state(record.id, offer.id)
        if self.listed.holds(record.id, offer.id):
            state = state._replace(state="waiting", films=None)
        stopped = await self.stops.read(record.id, offer.id)
        erased = told.erased_at(offer.id, visitor.participant)
        deleted = told.over.get(offer.id) if mine.attended(offer.id) else None
        filmed = offer.id == RECORDING
        return {
            "id": offer.id,
            "name": offer.notices.get(language, first).name,
            "kept_until": kept_until(record, offer.keep_for),
            "stretches": [stretch(part) for part in mine.parts(offer.id)],
            "film": film(record, offer.id, state, kept, visitor.participant),
            "tracks": [track(record, each) for each in tracks],
            "captions": await self.words.captions(visitor, told) if filmed else None,
            "your_part": part,
            "shared_with": mine.shared_with(offer.id),
            "stopped": visitor.participant in stopped,
            "erased_at": rfc3339(erased) if erased else None,
            "deleted_at": rfc3339(deleted) if deleted else None,
        }

    async def _your_part(
        self, visitor: Visitor, offer: OfferedFeature, kept: Kept
    ) -> str:
        who = visitor.participant
        if who in self.listed.subjects(visitor.record.id, offer.id):
            return "erasing"
        if any(each.participant == visitor.participant for each in kept.tracks):
            return "kept"
        if offer.sink in WORDS and await self.words.kept_of(visitor, offer.id):
            return "kept"
        if kept.history.erased_at(offer.id, who) is not None:
            return "erased"
        return "none"

    # ---- Files --------------------------------------------------------------------

    async def film(self, request: web.Request) -> web.StreamResponse:
        """The visitor's own film; answers ranges."""
        visitor, film, folder = await self._own_film(request)
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
        visitor, feature, kept = await self._captured(request)
        may_see = visible(kept.history, feature, visitor.participant)
        state = self.films.state(visitor.record.id, feature)
        film = state.of(visitor.participant, may_see)
        # What waits for its deletion is in no film that anybody gets.
        going = self.listed.holds(visitor.record.id, feature)
        if going or film is None or request.query.get("of", film.tag) != film.tag:
            raise NothingThere
        return visitor, film, self.catalogue.films(visitor.record, feature)

    async def track(self, request: web.Request) -> web.StreamResponse:
        """One participant's file; answers ranges."""
        visitor, _, kept = await self._captured(request)
        mine = Presence(kept.history, visitor.participant)
        asked = request.match_info["opening"], request.match_info["name"]
        theirs = [each for each in kept.tracks if mine.may_have(each)]
        names = track_names(visitor.record.title, theirs, kept.names)
        for each, name in zip(theirs, names, strict=True):
            if (each.opening, track_name(each)) == asked:
                return file(request, self.catalogue.path(visitor.record, each), name)
        raise NothingThere

    async def _captured(self, request: web.Request) -> tuple[Visitor, FeatureId, Kept]:
        """A visitor who is in what this feature kept. Raises `NothingThere`."""
        visitor = await self.visitors.visitor(request)
        feature = self._feature_of(request, visitor.record)
        kept = await self.catalogue.kept(visitor.record, feature)
        if not Presence(kept.history, visitor.participant).attended(feature):
            raise NothingThere
        return visitor, feature, kept

    # ---- Asking for something -----------------------------------------------------

    async def erase(self, request: web.Request) -> web.Response:
        """Have the visitor's own part erased."""
        visitor, feature, kept = await self._captured(request)
        mine = Presence(kept.history, visitor.participant)
        if any(part.ended is None for part in mine.attended(feature)):
            raise OutOfOrder(
                "Stop allowing it in the room first; then erase your part."
            )
        await self.eraser.ask(visitor.record.id, feature, visitor.participant)
        return web.Response(status=202)

    async def stop_part(self, request: web.Request) -> web.Response:
        """Have nothing new made of the visitor's own part; what exists stays."""
        visitor, feature, _ = await self._captured(request)
        await self.stops.stop(visitor.record.id, feature, visitor.participant)
        return web.Response(status=204)

    async def resume_part(self, request: web.Request) -> web.Response:
        """Take that back."""
        visitor, feature, _ = await self._captured(request)
        await self.stops.resume(visitor.record.id, feature, visitor.participant)
        return web.Response(status=204)

    async def make(self, request: web.Request) -> web.Response:
        """Have the film made: after a fault, or by the host while the meeting lasts."""
        visitor, feature, _ = await self._captured(request)
        if visitor.record.ended_at is None:
            visitor.require_host()
        await self.filming.make(visitor.record.id, feature)
        return web.Response(status=202)

    async def stop(self, request: web.Request) -> web.Response:
        """Stop making the film; what is made of it so far stays."""
        visitor, feature, _ = await self._captured(request)
        visitor.require_host()
        await self.films.stop(visitor.record.id, feature)
        return web.Response(status=202)

    def _feature_of(self, request: web.Request, record: RoomRecord) -> FeatureId:
        feature = FeatureId(request.match_info["feature"])
        if feature not in record.features or feature not in self.offers:
            raise UnknownFeature
        return feature


WORDS = ("transcript", "summary")
"""The sinks that keep words."""
