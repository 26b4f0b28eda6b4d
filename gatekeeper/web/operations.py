"""
What is told of every route in the document of the HTTP API (`web.openapi`).

Rule: each area says it of its own; what belongs to none is here.
"""

from collections.abc import Mapping

from gatekeeper.evidence.receipt_file import ADDRESS
from gatekeeper.web import element, framing, meeting_consent
from gatekeeper.web.admin.operations import CONSOLE
from gatekeeper.web.kept.operations import KEPT
from gatekeeper.web.keys import JWKS
from gatekeeper.web.notices import OPERATIONS as NOTICES
from gatekeeper.web.operation import HTML, JSON, Answer, Operation, Told
from gatekeeper.web.pages import VERIFIER
from gatekeeper.web.room.operations import ROOMS
from gatekeeper.web.seal_log import OPERATIONS as LOG
from gatekeeper.web.sign_in.operations import SIGN_IN
from gatekeeper.web.v1.api import OPERATIONS as SERVICES


class Alive(Told):
    """The process answers."""

    alive: bool


class Cause(Told):
    """A part of the server that is not well, and what helps."""

    part: str
    fix: str


class Ready(Told):
    """Whether a meeting could be held and proved."""

    ready: bool
    causes: tuple[Cause, ...]


_PAGE: dict[int, Answer] = {200: HTML}

OPERATIONS: Mapping[str, Operation] = {
    **ROOMS,
    **SIGN_IN,
    **KEPT,
    **CONSOLE,
    **SERVICES,
    **LOG,
    **NOTICES,
    "GET /api/openapi.json": Operation("This document.", {200: JSON}),
    f"GET {ADDRESS}": Operation(
        "The keys that sign receipts.", {200: "application/jwk-set+json"}
    ),
    f"GET {JWKS}": Operation("The same.", {200: "application/jwk-set+json"}),
    f"GET {meeting_consent.PLACE}": Operation(
        "What may be asked in a room; the same as a page, for browsers.",
        {200: meeting_consent.MeetingConsent},
    ),
    "GET /healthz": Operation("Whether the process answers.", {200: Alive}),
    "GET /readyz": Operation(
        "Whether a meeting could be held and proved.", {200: Ready, 503: Ready}
    ),
    "GET /metrics": Operation("For Prometheus.", {200: "text/plain"}),
    "GET /": Operation("The start page.", _PAGE),
    "GET /m/{room}": Operation("Lobby, room and end.", _PAGE),
    f"GET {framing.PLACE}": Operation(
        "The gate of a room whose people meet elsewhere, for frames and windows.", _PAGE
    ),
    f"GET {framing.OLD}": Operation(
        "What its frame says in a browser that is too old for it.", _PAGE
    ),
    f"GET {element.PLACE}": Operation(
        "The element that frames it, for other sites' pages.",
        {200: "text/javascript"},
    ),
    "GET /m/{room}/after": Operation("The page afterwards.", _PAGE),
    "GET /promise": Operation("What is promised.", _PAGE),
    "GET /allow": Operation("What happens when one presses Allow.", _PAGE),
    "GET /check": Operation("Whether this browser is able.", _PAGE),
    "GET /verify": Operation("What a receipt or a proof proves.", _PAGE),
    f"GET {VERIFIER}": Operation(
        "The same checks as one file of Python.", {200: "text/x-python"}
    ),
    "GET /place/{name}": Operation("The place's own logo and colour.", {200: "*/*"}),
    "GET /static/{version}/{name}": Operation("A file of the client.", {200: "*/*"}),
    "GET /static/{name}": Operation("A file of the client.", {200: "*/*"}),
}
