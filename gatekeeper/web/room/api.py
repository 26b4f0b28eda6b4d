"""The JSON API: open a room, what a lobby has to know of it, and its invitation."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from math import ceil
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gatekeeper.clock import rfc3339
from gatekeeper.config import Config, Language, OfferedFeature
from gatekeeper.config.features import FEED
from gatekeeper.consent.features import BUILT_IN
from gatekeeper.consent.types import FeatureId, LanguageTag
from gatekeeper.errors import MalformedMessage, UnknownFeature
from gatekeeper.meeting.nickname import nickname
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.switches import Switches
from gatekeeper.web.bodies import body, parsed
from gatekeeper.web.framing import Framing
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.limits import Addresses
from gatekeeper.web.proxies import TrustedProxies
from gatekeeper.web.room import qr_code
from gatekeeper.web.room.socket import SocketContext, converse
from gatekeeper.web.sign_in.api import SignIn
from gatekeeper.web.sign_in.place import Place

Feature = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]


LONGEST_TITLE = 100
"""Characters of a room's title."""
_QR_CODE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=3600",
}
"""It loads and runs nothing, and says an hour later what it says now."""


class NewRoom(BaseModel):
    """What somebody says to open a room."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[
        str,
        StringConstraints(
            strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE
        ),
    ]
    language: Language
    features: Annotated[tuple[Feature, ...], Field(max_length=16)]
    knock: bool = False
    """Whether whoever comes waits until a host lets them in."""


class HostShown(BaseModel):
    """What a host says to have their link taken back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: Annotated[str, StringConstraints(max_length=256)]
    """The host capability in force."""


def require_spoken(language: LanguageTag, spoken: Sequence[LanguageTag]) -> None:
    """Raise `MalformedMessage` unless rooms here speak that language."""
    if language not in spoken:
        raise MalformedMessage(f"/language: rooms here speak {', '.join(spoken)}")


class Api:
    """Handlers over one registry of rooms."""

    def __init__(
        self,
        config: Config,
        features: Mapping[FeatureId, OfferedFeature],
        registry: RoomRegistry,
        context: SocketContext,
        addresses: Addresses,
        proxies: TrustedProxies,
        sign_in: SignIn,
        switches: Switches,
        place: Place,
        service_name: Callable[[str], Awaitable[str | None]],
        framing: Framing,
    ) -> None:
        """`service_name`: whose a service's key is, as people are told."""
        self._config = config
        self._features = features
        self._registry = registry
        self._context = context
        self._addresses = addresses
        self._proxies = proxies
        self._sign_in = sign_in
        self._switches = switches
        self._place = place
        self._service_name = service_name
        self._framing = framing
        self._drawing = asyncio.Lock()

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[Api]") -> None:
        """Serve the API."""
        app.router.add_get("/api/features", here(Api.features))
        app.router.add_post("/api/rooms", here(Api.open_room))
        app.router.add_get("/api/rooms/{room}", here(Api.room))
        app.router.add_get("/api/rooms/{room}/qr.svg", here(Api.qr_code))
        app.router.add_post("/api/rooms/{room}/host-link", here(Api.renew_host))
        app.router.add_get("/api/rooms/{room}/socket", here(Api.socket))

    async def features(self, request: web.Request) -> web.Response:
        """What rooms on this server can offer, as things stand."""
        off = self._switches.off
        return web.json_response(
            {
                "controller": self._config.controller.model_dump(),
                "languages": list(self._config.languages),
                "open_to": self._sign_in.open_to,
                "features": [
                    {
                        "id": feature.id,
                        "names": {tag: n.name for tag, n in feature.notices.items()},
                        "unavailable": feature.unavailable,
                    }
                    for feature in self._features.values()
                    if feature.id not in off and feature.sink != FEED
                ],
            }
        )

    async def open_room(self, request: web.Request) -> web.Response:
        """Open a room; the host capability is told once, here."""
        await self._sign_in.check(request)
        new = parsed(NewRoom, await body(request))
        require_spoken(new.language, self._config.languages)
        self._require_for_people(new.features)
        self._addresses.open_room(self._proxies.client(request))
        record, secret = await self._registry.open(
            nickname(new.title, LONGEST_TITLE),
            new.language,
            tuple(dict.fromkeys(FeatureId(f) for f in new.features)),
            knock=new.knock,
        )
        until = self._registry.waits_until(record)
        return web.json_response(
            {"room": record.id, "host": secret, "waits_until": rfc3339(until)},
            status=201,
        )

    async def room(self, request: web.Request) -> web.Response:
        """What a lobby has to know. Nothing of who is in the room."""
        record = await self._registry.find(request.match_info["room"])
        features = [self._features[f] for f in record.features if f in self._features]
        off = self._switches.off
        fed = [feature.id for feature in features if feature.sink == FEED]
        service = None
        if fed and record.service is not None:
            service = await self._service_name(record.service)
        return web.json_response(
            {
                "room": record.id,
                "title": record.title,
                "mode": record.mode,
                "framed_by": await self._framing.origins(record),
                "framed_answers": self._config.api.framed_answers,
                "language": record.language,
                "opened_at": rfc3339(record.opened_at),
                "controller": self._config.controller.model_dump(),
                "languages": list(self._config.languages),
                "features": [
                    _feature(f, offered=f.id not in off)
                    | {"service": service if f.id in fed else None}
                    for f in features
                ],
                "ask_again": ceil(self._config.meeting.ask_again / 60),
                "gpc": request.headers.get("Sec-GPC") == "1",
            }
        )

    def _require_for_people(self, features: Sequence[str]) -> None:
        """What is fed goes to a service that has opened the room, and here is none."""
        for name in features:
            feature = self._features.get(FeatureId(name))
            if feature is not None and feature.sink == FEED:
                raise UnknownFeature(f"{name} is for rooms that a service opens.")

    async def qr_code(self, request: web.Request) -> web.Response:
        """The invitation as a QR code: the address alone, and never who hosts."""
        record = await self._registry.find(request.match_info["room"])
        address = self._place.url(request, f"{self._place.base}m/{record.id}")
        async with self._drawing:  # it computes: one at a time, whoever asks for many
            drawn = await asyncio.to_thread(qr_code.drawing, address)
        return web.Response(
            body=drawn,
            content_type="image/svg+xml",
            headers=_QR_CODE,
        )

    async def renew_host(self, request: web.Request) -> web.Response:
        """Another host capability; the one that is shown stops at once."""
        shown = parsed(HostShown, await body(request))
        secret = await self._registry.renew_host(request.match_info["room"], shown.host)
        return web.json_response({"host": secret}, status=201)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """One participant's WebSocket."""
        return await converse(request, self._context, self._proxies.client(request))


def _feature(feature: OfferedFeature, *, offered: bool) -> dict[str, object]:
    notices = {
        tag: {**asdict(notice), "digest": notice.digest}
        for tag, notice in feature.notices.items()
    }
    run_by = BUILT_IN.get(FeatureId(feature.sink))
    return {
        "id": feature.id,
        "kinds": list(feature.kinds),
        "third_party": feature.third_party,
        "drafts": run_by is not None and run_by.drafts and not feature.rules,
        "unavailable": feature.unavailable,
        "offered": offered,
        "notices": notices,
    }
