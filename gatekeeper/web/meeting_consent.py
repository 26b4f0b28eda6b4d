"""
What may be asked in a room, in which words, and how to apply: for programs and people.

Rule 1: it is told of rooms that there are, to whoever has a room's address; nothing of
who is in it, what it is called, or what anybody has answered.
Rule 2: people and programs are told the same. A browser gets a page that shows it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Literal

from aiohttp import hdrs, web

from gatekeeper.config import Config, OfferedFeature
from gatekeeper.config.features import LENT
from gatekeeper.config.model import Controller
from gatekeeper.consent.types import ContentKind, FeatureId
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.switches import Switches
from gatekeeper.storage.rooms import Mode, RoomRecord
from gatekeeper.web.assets import Assets
from gatekeeper.web.framing import Framing, allow_reading
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.keys import JWKS
from gatekeeper.web.own_site import OwnSite
from gatekeeper.web.shape import Shape, said

PLACE = "/.well-known/meeting-consent/{room}"
_KINDS = ("text/html", "application/json")


class NoticeInWords(Shape):
    """A notice, as people read it."""

    feature: str
    language: str
    name: str
    object: str
    meaning: str
    captured: str
    purpose: str
    processor: str
    recipients: str
    retention: str
    withdrawal: str
    digest: str
    """What a yes is bound to: SHA-256 of all that stands above."""


class MayBeAsked(Shape):
    """A feature that everybody in the room may be asked for."""

    id: str
    kinds: tuple[ContentKind, ...]
    """What it touches."""
    run: Literal["here", "elsewhere"]
    """Who captures: this server itself, or a service that is lent a permit."""
    third_party: bool
    """Whether content leaves who captures it."""
    offered: bool
    """False while whoever runs the server has it switched off."""
    notices: dict[str, NoticeInWords]
    """By language."""


class HowToApply(Shape):
    """Addresses."""

    people: str
    """Where each person chooses for themselves; nobody can for somebody else."""
    permits: str | None
    """Where the service that has opened the room is lent permits; None: it cannot."""
    document: str
    """Of the HTTP API, OpenAPI 3.1."""
    keys: str
    """What the server's tokens and receipts are checked with: a JWK Set."""


class MeetingConsent(Shape):
    """What may be asked in a room."""

    room: str
    mode: Mode
    """`gate`: people see and hear each other somewhere else."""
    controller: Controller
    """Who asks, and answers for what is kept here."""
    languages: tuple[str, ...]
    features: tuple[MayBeAsked, ...]
    apply: HowToApply


class AskedThere:
    """Answers whoever has a room's address."""

    def __init__(
        self,
        config: Config,
        features: Mapping[FeatureId, OfferedFeature],
        registry: RoomRegistry,
        switches: Switches,
        site: OwnSite,
        framing: Framing,
    ) -> None:
        self._config = config
        self._features = features
        self._registry = registry
        self._switches = switches
        self._site = site
        self._framing = framing

    @staticmethod
    def add_routes(
        app: web.Application, here: "Handlers[AskedThere]", assets: Assets
    ) -> None:
        """Serve it."""

        async def asked(asked: AskedThere, request: web.Request) -> web.Response:
            record = await asked._registry.find(request.match_info["room"])
            if wants_page(request):
                response = await assets.page("asked.html")
            else:
                response = said(asked.told(request, record))
            response.headers[hdrs.VARY] = hdrs.ACCEPT
            allow_reading(request, response, await asked._framing.origins(record))
            return response

        app.router.add_get(PLACE, here(asked))

    def told(self, request: web.Request, record: RoomRecord) -> MeetingConsent:
        """All of it."""
        config, off = self._config, self._switches.off
        features = [self._features[f] for f in record.features if f in self._features]
        return MeetingConsent(
            room=record.id,
            mode=record.mode,
            controller=config.controller,
            languages=config.languages,
            features=tuple(_feature(f, offered=f.id not in off) for f in features),
            apply=self._how(request, record),
        )

    def _how(self, request: web.Request, record: RoomRecord) -> HowToApply:
        site, base = self._site, self._config.server.base_path
        here = f"{site.scheme(request)}://{site.host(request)}{base}"
        lent = self._config.api.open and record.service is not None
        return HowToApply(
            people=f"{here}m/{record.id}",
            permits=f"{here}api/v1/rooms/{record.id}/permits" if lent else None,
            document=f"{here}api/openapi.json",
            keys=f"{here}{JWKS.lstrip('/')}",
        )


def _feature(feature: OfferedFeature, *, offered: bool) -> MayBeAsked:
    return MayBeAsked(
        id=feature.id,
        kinds=feature.kinds,
        run="elsewhere" if feature.sink in LENT else "here",
        third_party=feature.third_party,
        offered=offered,
        notices={
            tag: NoticeInWords(**asdict(notice), digest=notice.digest)
            for tag, notice in feature.notices.items()
        },
    )


def wants_page(request: web.Request) -> bool:
    """Whether it is a browser that asks: it names HTML, and likes nothing better."""
    weights = dict.fromkeys(_KINDS, 0.0)
    for entry in request.headers.get(hdrs.ACCEPT, "").split(","):
        kind, *parameters = (part.strip().lower() for part in entry.split(";"))
        if kind in weights:
            weights[kind] = _weight(parameters)
    html, json = (weights[kind] for kind in _KINDS)
    return html > 0 and html >= json


def _weight(parameters: list[str]) -> float:
    """RFC 9110, 12.4.2; what cannot be read is not wanted."""
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
