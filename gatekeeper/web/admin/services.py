"""
Services: the keys of programs that may call the API, made, listed and revoked.

Rule: a key is shown once, to the admin who made it; it is in no list, and in no file.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import structlog
from aiohttp import web
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from gatekeeper.meeting.nickname import nickname
from gatekeeper.storage.origins import MOST, origin_of
from gatekeeper.storage.service_keys import (
    LONGEST_NAME,
    SCOPES,
    Scope,
    ServiceKey,
    ServiceKeys,
)
from gatekeeper.web.admin.faults import UnknownKey
from gatekeeper.web.bodies import body, parsed
from gatekeeper.web.shape import Instant, Shape, said

log = structlog.get_logger(__name__)


class KeyWanted(BaseModel):
    """A key to be made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
    ]
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1, max_length=len(SCOPES))]
    origins: Annotated[
        tuple[Annotated[str, AfterValidator(origin_of)], ...], Field(max_length=MOST)
    ] = ()
    """Whose pages may show its rooms, such as `https://app.example.org`."""


class ServiceKeyShown(Shape):
    """A key, without what opens anything."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    origins: tuple[str, ...]
    """Whose pages may show its rooms."""
    made_at: Instant
    revoked_at: Instant | None
    last_used_on: date | None


class ServiceKeysShown(Shape):
    """`GET /api/admin/services`: those in force first, the latest before the others."""

    open: bool
    """Whether the configuration has services answered at all."""
    scopes: tuple[Scope, ...]
    """All that there are."""
    keys: tuple[ServiceKeyShown, ...]


class KeyMade(Shape):
    """`POST /api/admin/services`: the key itself is told once, here."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class AdminServices:
    """Handlers over the keys that there are."""

    keys: ServiceKeys
    open: bool
    """Whether services are answered."""

    async def list(self, request: web.Request) -> web.Response:
        """All of them. Raises `LedgerUnavailable`."""
        keys = await self.keys.listed()
        return said(
            ServiceKeysShown(
                open=self.open, scopes=SCOPES, keys=tuple(map(_shown, keys))
            )
        )

    async def make(self, request: web.Request) -> web.Response:
        """A new one. Raises `LedgerUnavailable`."""
        wanted = parsed(KeyWanted, await body(request))
        name = nickname(wanted.name, LONGEST_NAME)
        scopes = tuple(dict.fromkeys(wanted.scopes))
        key, text = await self.keys.make(name, scopes, wanted.origins)
        log.info("service-key.made", service=key.id)
        return said(KeyMade(id=key.id, key=text), 201)

    async def revoke(self, request: web.Request) -> web.Response:
        """It opens nothing from here on. Raises `UnknownKey`, `LedgerUnavailable`."""
        id_ = request.match_info["key"]
        if not await self.keys.revoke(id_):
            raise UnknownKey
        log.info("service-key.revoked", service=id_)
        return web.Response(status=204)


def _shown(key: ServiceKey) -> ServiceKeyShown:
    return ServiceKeyShown(
        id=key.id,
        name=key.name,
        scopes=tuple(scope for scope in SCOPES if scope in key.scopes),
        origins=key.origins,
        made_at=key.made_at,
        revoked_at=key.revoked_at,
        last_used_on=key.last_used_on,
    )
