"""
The page afterwards, as JSON and files: what was kept, for those who are in it.

Rule 1: whoever holds a capability sees what the ledger says they were in; who was in
nothing sees nothing of anybody.
Rule 2: all who are in a recording see the same.
Rule 3: nothing here tells of a refusal; there is nothing on record to tell.
Rule 4: a capability travels in a body or a cookie for this page, never in a URL that
a server logs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from aiohttp import web
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from gatekeeper.config import Config, Offer
from gatekeeper.consent.words import FeatureId, LanguageTag, ParticipantId, RoomId
from gatekeeper.errors import (
    MalformedMessage,
    NotAllowed,
    NothingThere,
    NotHost,
    NotSignedIn,
    OutOfOrder,
    UnknownFeature,
    UnknownRoom,
)
from gatekeeper.evidence.access import Access
from gatekeeper.evidence.deletions import Deletion, DeletionList
from gatekeeper.evidence.history import Captured, Stretch
from gatekeeper.evidence.rooms import RoomRecord, RoomRegister
from gatekeeper.media.eraser import Eraser
from gatekeeper.media.filming import Filming
from gatekeeper.media.films import Films, FilmState
from gatekeeper.media.shelf import Kept, Shelf
from gatekeeper.meeting.timestamp import rfc3339

COOKIE = "after"
HOST_COOKIE = "after-host"


class SignIn(BaseModel):
    """What opens the page; `host` is the host capability, for who has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    capability: Annotated[str, StringConstraints(max_length=256)]
    host: Annotated[str, StringConstraints(max_length=256)] | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has shown their capability."""

    record: RoomRecord
    participant: ParticipantId
    host: bool

    def require_host(self) -> None:
        """Raise `NotHost` for everybody else."""
        if not self.host:
            raise NotHost


@dataclass(frozen=True, slots=True)
class After:
    """Handlers of `/api/rooms/{room}/after`."""

    config: Config
    register: RoomRegister
    access: Access
    shelf: Shelf
    films: Films
    filming: Filming
    eraser: Eraser
    listed: DeletionList

    def add_routes(self, app: web.Application) -> None:
        """Serve the page's API."""
        root = "/api/rooms/{room}/after"
        feature = root + "/{feature}"
        app.router.add_post(root + "/session", self.sign_in)
        app.router.add_delete(root + "/session", self.sign_out)
        app.router.add_get(root, self.page)
        app.router.add_post(feature + "/erase", self.erase)
        app.router.add_post(feature + "/film", self.make)
        app.router.add_delete(feature + "/film/work", self.stop)
        app.router.add_get(feature + "/film", self.film)
        app.router.add_get(feature + "/tracks/{opening}/{name}.webm", self.track)

    # ---- Signing in ---------------------------------------------------------------

    async def sign_in(self, request: web.Request) -> web.Response:
        """Exchange a capability for a cookie that this page alone is sent."""
        said = _said(await request.read())
        record = await self._record(request)
        self.access.read(record.id, said.capability)
        if said.host is not None and not record.is_host(said.host):
            raise NotAllowed
        response = web.Response(status=204)
        for name, value in ((COOKIE, said.capability), (HOST_COOKIE, said.host)):
            if value is not None:
                response.set_cookie(
                    name,
                    value,
                    path=f"/api/rooms/{record.id}/after",
                    httponly=True,
                    samesite="Strict",
                    secure=self._is_secure(request),
                )
        return response

    async def sign_out(self, request: web.Request) -> web.Response:
        """Forget the cookies."""
        response = web.Response(status=204)
        for name in (COOKIE, HOST_COOKIE):
            path = f"/api/rooms/{request.match_info['room']}/after"
            response.del_cookie(name, path=path)
        return response

    def _is_secure(self, request: web.Request) -> bool:
        if self.config.server.behind_proxy:
            return request.headers.get("X-Forwarded-Proto") == "https"
        return request.secure

    async def _record(self, request: web.Request) -> RoomRecord:
        record = await self.register.find(RoomId(request.match_info["room"]))
        if record is None:
            raise UnknownRoom
        return record

    async def _visitor(self, request: web.Request) -> Visitor:
        """Raises `NotSignedIn`, `UnknownRoom`."""
        record = await self._record(request)
        capability = request.cookies.get(COOKIE)
        if capability is None:
            raise NotSignedIn
        try:
            participant = self.access.read(record.id, capability)
        except NotAllowed as exc:
            raise NotSignedIn from exc
        host = record.is_host(request.cookies.get(HOST_COOKIE))
        return Visitor(record, participant, host)

    # ---- The page -----------------------------------------------------------------

    async def page(self, request: web.Request) -> web.Response:
        """All that the page shows."""
        visitor = await self._visitor(request)
        record = visitor.record
        language = request.query.get("language", record.language)
        offers = [offer for offer in self._kept_here() if offer.id in record.features]
        people: dict[ParticipantId, str | None] = {}
        features = []
        for offer in offers:
            kept = await self.shelf.kept(record, offer.id)
            features.append(await self._feature(visitor, offer, kept, language))
            if visitor.participant in kept.history.people(offer.id):
                for who in kept.history.people(offer.id):
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
            }
        )

    async def _feature(
        self, visitor: Visitor, offer: Offer, kept: Kept, language: str
    ) -> dict[str, object]:
        record = visitor.record
        there = visitor.participant in kept.history.people(offer.id)
        notice = offer.notices.get(LanguageTag(language)) or next(
            iter(offer.notices.values())
        )
        state = self.films.state(record.id, offer.id)
        return {
            "id": offer.id,
            "name": notice.name,
            "kept_until": _kept_until(record, offer.keep_for),
            "stretches": [
                _stretch(s) for s in kept.history.stretches_of(offer.id) if there
            ],
            "film": _film(record, offer.id, state, kept) if there else _NO_FILM,
            "tracks": [_track(record, track) for track in kept.tracks if there],
            "captions": None,
            "your_part": await self._your_part(visitor, offer.id, kept),
        }

    async def _your_part(self, visitor: Visitor, feature: FeatureId, kept: Kept) -> str:
        mine = Deletion(visitor.record.id, feature, visitor.participant)
        if mine in await self.listed.pending():
            return "erasing"
        if any(track.participant == visitor.participant for track in kept.tracks):
            return "kept"
        if (feature, visitor.participant) in kept.history.erased:
            return "erased"
        return "none"

    # ---- Files --------------------------------------------------------------------

    async def film(self, request: web.Request) -> web.StreamResponse:
        """The film; answers ranges."""
        visitor, feature, _ = await self._captured(request)
        state = self.films.state(visitor.record.id, feature)
        if state.film is None:
            raise NothingThere
        path = self.shelf.film(visitor.record, feature, state.film)
        name = visitor.record.title or "meeting"
        return _file(request, path, f"{name}.{state.film.format}")

    async def track(self, request: web.Request) -> web.StreamResponse:
        """One participant's file; answers ranges."""
        visitor, _, kept = await self._captured(request)
        asked = request.match_info["opening"], request.match_info["name"]
        for track in kept.tracks:
            if (track.opening, _name(track)) == asked:
                path = self.shelf.path(visitor.record, track)
                who = kept.names.get(track.participant, "somebody")
                return _file(request, path, f"{who} {track.source}.webm")
        raise NothingThere

    async def _captured(self, request: web.Request) -> tuple[Visitor, FeatureId, Kept]:
        """A visitor who is in what this feature kept. Raises `NothingThere`."""
        visitor = await self._visitor(request)
        feature = self._feature_of(request, visitor.record)
        kept = await self.shelf.kept(visitor.record, feature)
        if visitor.participant not in kept.history.people(feature):
            raise NothingThere
        return visitor, feature, kept

    # ---- Asking for something -----------------------------------------------------

    async def erase(self, request: web.Request) -> web.Response:
        """Have the visitor's own part erased."""
        visitor, feature, kept = await self._captured(request)
        if any(s.ended is None for s in kept.history.stretches_of(feature)):
            raise OutOfOrder(
                "Stop allowing it in the room first; then erase your part."
            )
        await self.eraser.ask(Deletion(visitor.record.id, feature, visitor.participant))
        return web.Response(status=202)

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

    def _kept_here(self) -> Sequence[Offer]:
        return [o for o in self.config.offered() if o.sink == "recording"]

    def _feature_of(self, request: web.Request, record: RoomRecord) -> FeatureId:
        feature = FeatureId(request.match_info["feature"])
        if feature not in record.features or feature not in {
            offer.id for offer in self._kept_here()
        }:
            raise UnknownFeature
        return feature


_NO_FILM: dict[str, object] = {
    "state": "none",
    "done": 0.0,
    "url": None,
    "format": None,
    "bytes": None,
    "seconds": None,
    "chapters": [],
}


def _said(body: bytes) -> SignIn:
    try:
        return SignIn.model_validate_json(body)
    except ValidationError as exc:
        raise MalformedMessage('Send {"capability": "..."}.') from exc


def _kept_until(record: RoomRecord, keep: timedelta) -> str | None:
    return rfc3339(record.ended_at + keep) if record.ended_at else None


def _stretch(stretch: Stretch) -> dict[str, object]:
    return {
        "opening": stretch.opening,
        "from": rfc3339(stretch.began),
        "to": rfc3339(stretch.ended) if stretch.ended else None,
        "people": list(stretch.people),
    }


def _film(
    record: RoomRecord, feature: FeatureId, state: FilmState, kept: Kept
) -> dict[str, object]:
    shown: str = state.state
    if shown == "none" and kept.tracks:
        shown = "later" if record.ended_at is None else "waiting"
    film = state.film
    if film is None:
        return _NO_FILM | {"state": shown, "done": state.done}
    return {
        "state": shown,
        "done": state.done,
        "url": f"/api/rooms/{record.id}/after/{feature}/film",
        "format": film.format,
        "bytes": film.bytes,
        "seconds": film.seconds,
        "chapters": [
            {"at": c.at, "from": rfc3339(c.from_), "to": rfc3339(c.to)}
            for c in film.chapters
        ],
    }


def _track(record: RoomRecord, track: Captured) -> dict[str, object]:
    root = f"/api/rooms/{record.id}/after/{track.feature}/tracks"
    return {
        "participant": track.participant,
        "source": track.source,
        "opening": track.opening,
        "from": rfc3339(track.first) if track.first else None,
        "to": rfc3339(track.last) if track.last else None,
        "bytes": track.size,
        "url": f"{root}/{track.opening}/{_name(track)}.webm",
        "recovered": track.recovered,
    }


def _name(track: Captured) -> str:
    return f"{track.participant}-{track.source}"


def _file(request: web.Request, path: Path, name: str) -> web.FileResponse:
    """A file, shown or saved; browsers ask for ranges."""
    response = web.FileResponse(path)
    if "download" in request.query:
        # RFC 6266, 4.3: only this form can carry any name.
        response.headers["Content-Disposition"] = (
            f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        )
    return response
