"""
Visitors of the page afterwards: a capability, exchanged for a cookie of that page.

Rule 1: a capability travels in a body or a cookie for this page, never in a URL that a
server logs.
Rule 2: it opens the page for as long as there can be anything on it, and a month more
to say that it is deleted; then nothing.
Rule 3: each request shows it anew: one that was taken back has stopped, cookie or link.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from gatekeeper.errors import MalformedMessage, NotAllowed, NotHost, UnknownRoom
from gatekeeper.evidence.history import Captured
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.fetches import Fetch, FetchLog, What
from gatekeeper.storage.page_links import TELLS_FOR, PageLinks
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.web.bodies import body
from gatekeeper.web.faults import LinkOver, NotSignedIn
from gatekeeper.web.fields import cookie
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.own_site import OwnSite
from gatekeeper.wire.members import require_few_members

ROOT = "/api/rooms/{room}/after"
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
class Visitors:
    """Signs people in, and tells who asks."""

    rooms: RoomStore
    access: PageCapabilities
    links: PageLinks
    renewed: Callable[[RoomId, ParticipantId], None]
    """Told when somebody's earlier links have stopped."""
    keep: Mapping[FeatureId, timedelta]
    """How long what a feature keeps stays after the meeting."""
    now: Callable[[], datetime]
    site: OwnSite
    base: str
    """The server's base path."""
    fetches: FetchLog

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[Visitors]") -> None:
        """Serve signing in and out."""
        app.router.add_post(ROOT + "/session", here(Visitors.sign_in))
        app.router.add_delete(ROOT + "/session", here(Visitors.sign_out))

    def root(self, record: RoomRecord) -> str:
        """Under which address all of a page is."""
        return self._root(record.id)

    def _root(self, room: str) -> str:
        return f"{self.base}api/rooms/{room}/after"

    async def sign_in(self, request: web.Request) -> web.Response:
        """Exchange a capability for a cookie that this page alone is sent."""
        said = _said(await body(request))
        record = await self._record(request)
        participant, taken_back = self.access.first_use(record.id, said.capability)
        if said.host is not None and not record.is_host(said.host):
            raise NotAllowed
        if taken_back > self.links.generation(record.id, participant):
            await self.links.advance(record.id, participant, taken_back)
            self.renewed(record.id, participant)
        response = web.Response(status=204)
        for name, value in ((COOKIE, said.capability), (HOST_COOKIE, said.host)):
            if value is not None:
                response.set_cookie(
                    self._name(request, name),
                    value,
                    path=self.root(record),
                    httponly=True,
                    samesite="Strict",
                    secure=self._secure(request),
                )
        return response

    async def sign_out(self, request: web.Request) -> web.Response:
        """Forget the cookies."""
        response = web.Response(status=204)
        for name in (COOKIE, HOST_COOKIE):
            path = self._root(request.match_info["room"])
            response.del_cookie(
                self._name(request, name),
                path=path,
                httponly=True,
                samesite="Strict",
                secure=self._secure(request),
            )
        return response

    async def _record(self, request: web.Request) -> RoomRecord:
        record = await self.rooms.find(RoomId(request.match_info["room"]))
        if record is None:
            raise UnknownRoom
        if record.ended_at is not None and self.now() > self.opens_until(
            record, record.ended_at
        ):
            raise LinkOver
        return record

    def opens_until(self, record: RoomRecord, ended: datetime) -> datetime:
        """When the last link to this page has had its time."""
        longest = max(self.keep.values(), default=timedelta(0))
        kept = (self.keep.get(feature, longest) for feature in record.features)
        return ended + max(kept, default=longest) + TELLS_FOR

    async def visitor(self, request: web.Request) -> Visitor:
        """Raises `NotSignedIn`, `UnknownRoom`."""
        record = await self._record(request)
        capability = cookie(request, self._name(request, COOKIE))
        if capability is None:
            raise NotSignedIn
        try:
            participant = self.access.read(record.id, capability)
        except NotAllowed as exc:
            raise NotSignedIn from exc
        host = record.is_host(cookie(request, self._name(request, HOST_COOKIE)))
        return Visitor(record, participant, host)

    async def note(
        self,
        visitor: Visitor,
        features: Iterable[FeatureId],
        what: What,
        request: web.Request,
        track: Captured | None = None,
    ) -> None:
        """
        Have it on the disk that a visitor fetches something, before it is sent.

        Raises `LedgerUnavailable`.
        """
        subject, part = "", ""
        if track is not None:
            subject, part = track.participant, f"{track.opening}.{track.part}"
        elif what == "copy":
            subject = visitor.participant
        room, who = visitor.record.id, visitor.participant
        await self.fetches.note(
            *(
                Fetch(room, "participant", who, f, what, subject, part)
                for f in features
            ),
            goes_on=_goes_on(request),
        )

    def _name(self, request: web.Request, cookie: str) -> str:
        """
        What a cookie is called.

        Over TLS no page without it can set one so called. (`__Host-` would have it sent
        with every request to this host, of all meetings that one has been in.)
        """
        return f"__Secure-{cookie}" if self._secure(request) else cookie

    def _secure(self, request: web.Request) -> bool:
        return self.site.scheme(request) == "https"


def _goes_on(request: web.Request) -> bool:
    """Whether a player asks for another piece of what it has begun with."""
    return not request.headers.get("Range", "bytes=0-").startswith("bytes=0-")


def _said(body: bytes) -> SignIn:
    require_few_members(body)
    try:
        return SignIn.model_validate_json(body)
    except ValidationError as exc:
        raise MalformedMessage('Send {"capability": "..."}.') from exc
