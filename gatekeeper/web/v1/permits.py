"""
Permits: leave to capture, lent to a service for as long as everybody agrees.

Rule 1: whoever has not agreed, and how, is not told: every cause is `consent-required`,
with `wait` at the time that it gives, and without it at once (design.md, rule 8).
Rule 2: what is answered says how long a lease lasts. Count from before it was asked
for: then no clock matters, and what the network took is on the safe side.
"""

from functools import partial

from aiohttp import web

from gatekeeper.consent.types import FeatureId
from gatekeeper.errors import (
    LedgerUnavailable,
    MalformedMessage,
    OpenedTooOften,
    RoomEnded,
    UnknownFeature,
    UnknownOpening,
    UnknownRoom,
)
from gatekeeper.evidence.permit_token import PermitSigner
from gatekeeper.gating.faults import ConsentRequired
from gatekeeper.gating.lending import Loan
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.room import Room
from gatekeeper.web.operation import Operation
from gatekeeper.web.own_site import OwnSite
from gatekeeper.web.shape import said
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.route import Route
from gatekeeper.web.v1.shapes import PermitLent, PermitWanted

LONGEST_WAIT = 60
"""Seconds that a service may wait for everybody at once."""
WAIT = {
    "wait": {
        "type": "integer",
        "minimum": 0,
        "maximum": LONGEST_WAIT,
        "default": 0,
        "description": "Seconds. Everybody is asked, and has so long to agree.",
    }
}


class ServicePermits:
    """Handlers over the rooms that each service has opened."""

    def __init__(
        self,
        own: OwnRooms,
        registry: RoomRegistry,
        signer: PermitSigner,
        site: OwnSite,
        *,
        base: str,
        lease: float,
    ) -> None:
        """`base`: below which the server's addresses are; `lease`: seconds."""
        self._own = own
        self._registry = registry
        self._signer = signer
        self._site = site
        self._base = base
        self._lease = lease

    async def lend(self, call: Call) -> web.Response:
        """A lease, once everybody has agreed."""
        wait = _wait(call)
        feature = FeatureId(call.said(PermitWanted).feature)
        room = self._own.living(await self._own.record(call))
        require_lendable(room, feature)
        loan = await room.lending.lend(feature, wait, partial(_gone, call.request))
        return self._told(call, loan, 201)

    async def renew(self, call: Call) -> web.Response:
        """The same lease, for as long again."""
        room = self._own.living(await self._own.record(call))
        try:
            loan = room.lending.renew(call.named("permit"))
        except UnknownOpening:
            raise ConsentRequired from None
        return self._told(call, loan, 200)

    async def release(self, call: Call) -> web.Response:
        """Nothing is captured any more. Idempotent."""
        record = await self._own.record(call)
        room = self._registry.living(record.id)
        if room is not None:
            room.lending.release(call.named("permit"))
        return web.Response(status=204)

    def _told(self, call: Call, loan: Loan, status: int) -> web.Response:
        site, request = self._site, call.request
        permit, people = loan.of.permit, sorted(loan.of.people)
        token = self._signer.sign(
            issuer=f"{site.scheme(request)}://{site.host(request)}{self._base}",
            room=permit.room,
            feature=permit.feature,
            opening=permit.opening,
            lease=loan.lease.id,
            people=people,
            seconds=self._lease,
        )
        lent = PermitLent(
            permit=loan.lease.id,
            room=permit.room,
            feature=permit.feature,
            opening=permit.opening,
            people=tuple(people),
            lasts=self._lease,
            token=token,
        )
        return said(lent, status)


def require_lendable(room: Room, feature: FeatureId) -> None:
    """Raise `UnknownFeature` for what runs here; `ConsentRequired` if nobody is in."""
    if not room.lends(feature):
        raise UnknownFeature
    if room.people == 0:
        raise ConsentRequired  # there is nobody to ask


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _wait(call: Call) -> float:
    said = call.request.query.get("wait", "0")
    if not (said.isascii() and said.isdecimal() and int(said) <= LONGEST_WAIT):
        raise MalformedMessage(f"wait: a whole number of seconds up to {LONGEST_WAIT}.")
    return int(said)


_ROOM = (UnknownRoom, RoomEnded, ConsentRequired)
ROUTES = (
    Route(
        "POST",
        "/rooms/{room}/permits",
        "permits",
        lambda api, call: api.permits.lend(call),
        Operation(
            "Leave to capture, if everybody in the room agrees.",
            {201: PermitLent},
            PermitWanted,
            typed=WAIT,
        ),
        (*_ROOM, UnknownFeature, LedgerUnavailable, OpenedTooOften),
        repeatable=False,
    ),
    Route(
        "POST",
        "/rooms/{room}/permits/{permit}",
        "permits",
        lambda api, call: api.permits.renew(call),
        Operation("The same, for as long again.", {200: PermitLent}),
        _ROOM,
        repeatable=False,
    ),
    Route(
        "DELETE",
        "/rooms/{room}/permits/{permit}",
        "permits",
        lambda api, call: api.permits.release(call),
        Operation("Nothing is captured under it any more.", {204: None}),
        (UnknownRoom,),
    ),
)
