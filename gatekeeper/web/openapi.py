"""
The document of the HTTP API (OpenAPI 3.1), made from the routes and from the models.

Rule 1: every route that is laid stands in it, and nothing else; of each something is
said here, and a test holds that.
Rule 2: bodies are the models that read them, and the sentences are those of the code.
"""

import asyncio
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Literal

from aiohttp import hdrs, web
from pydantic import BaseModel, ConfigDict

from gatekeeper.errors import PeerError, every
from gatekeeper.evidence.receipt_file import ADDRESS
from gatekeeper.web.admin.operations import CONSOLE
from gatekeeper.web.kept import visitors
from gatekeeper.web.keys import JWKS
from gatekeeper.web.operation import HTML, JSON, Answer, Operation
from gatekeeper.web.own_site import ID
from gatekeeper.web.room import api
from gatekeeper.web.sign_in import by_token
from gatekeeper.web.v1.api import OPERATIONS as SERVICES
from gatekeeper.web.v1.repeats import HEADER, LONGEST

PLACE = "/api/openapi.json"
PROBLEM = "application/problem+json"
SERVICE = "service"
"""The security scheme of routes for services."""
_REF = "#/components/schemas/"


class Problem(BaseModel):
    """What is wrong with a request (RFC 9457), with a code that never changes."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    detail: str
    code: str


class Opened(BaseModel):
    """A new room. Its host capability is told once, here."""

    model_config = ConfigDict(extra="forbid")

    room: str
    host: str


class HostCapability(BaseModel):
    """The host capability from now on."""

    model_config = ConfigDict(extra="forbid")

    host: str


class PageCapability(BaseModel):
    """A capability of the page afterwards, good from its first use on."""

    model_config = ConfigDict(extra="forbid")

    capability: str


class Who(BaseModel):
    """Who asks, as far as opening rooms goes."""

    model_config = ConfigDict(extra="forbid")

    open_to: Literal["anybody", "token", "oidc", "header"]
    may_open: bool
    name: str | None
    sign_out: bool


class SignedOut(BaseModel):
    """Where the browser goes on to, if anywhere."""

    model_config = ConfigDict(extra="forbid")

    next: str | None


class Alive(BaseModel):
    """The process answers."""

    model_config = ConfigDict(extra="forbid")

    alive: bool


class Cause(BaseModel):
    """A part of the server that is not well, and what helps."""

    model_config = ConfigDict(extra="forbid")

    part: str
    fix: str


class Ready(BaseModel):
    """Whether a meeting could be held and proved."""

    model_config = ConfigDict(extra="forbid")

    ready: bool
    causes: tuple[Cause, ...]


_AFTER = visitors.ROOT
_OF = _AFTER + "/{feature}"
_PAGE: dict[int, Answer] = {200: HTML}
_FILE: dict[int, Answer] = {200: JSON, 304: None}
_DONE: dict[int, Answer] = {204: None}
_TAKEN_ON: dict[int, Answer] = {202: None}
_SAVED = ("download",)


def _media(kind: str) -> dict[int, Answer]:
    return {200: kind, 206: kind, 304: None, 416: None}


OPERATIONS: Mapping[str, Operation] = {
    f"GET {PLACE}": Operation("This document.", {200: JSON}),
    "GET /api/features": Operation("What rooms here can offer.", {200: JSON}),
    "POST /api/rooms": Operation("Open a room.", {201: Opened}, api.NewRoom),
    "GET /api/rooms/{room}": Operation("What a lobby has to know.", {200: JSON}),
    "POST /api/rooms/{room}/host-link": Operation(
        "Have the host capability taken back, for another one.",
        {201: HostCapability},
        api.HostShown,
    ),
    "GET /api/rooms/{room}/socket": Operation(
        "The WebSocket of one participant (docs/protocol.md).", {101: None}
    ),
    "GET /api/sign-in": Operation("Whether one may open rooms.", {200: Who}),
    "POST /api/sign-in": Operation("Sign in by a token.", _DONE, by_token.Shown),
    "DELETE /api/sign-in": Operation("Sign out.", {200: SignedOut}),
    "GET /sign-in": Operation("To where one signs in.", {302: None}),
    "GET /sign-in/back": Operation("From there.", {302: None, 200: HTML}),
    f"POST {_AFTER}/session": Operation(
        "Exchange a capability for the cookie of a page.", _DONE, visitors.SignIn
    ),
    f"DELETE {_AFTER}/session": Operation("Forget the cookie.", _DONE),
    f"GET {_AFTER}": Operation(
        "All that a page shows.", {200: JSON}, query=("language",)
    ),
    f"POST {_AFTER}/link": Operation(
        "A capability that takes the place of one's own.", {201: PageCapability}
    ),
    f"GET {_AFTER}/transcript/lines": Operation(
        "The transcript.", {200: JSON}, query=_SAVED
    ),
    f"GET {_AFTER}/transcript/transcript.json": Operation(
        "The transcript.", {200: JSON}, query=_SAVED
    ),
    f"GET {_AFTER}/transcript/transcript.vtt": Operation(
        "The transcript as captions.", {200: "text/vtt"}, query=_SAVED
    ),
    f"GET {_AFTER}/transcript/transcript.txt": Operation(
        "The transcript as text.", {200: "text/plain"}, query=_SAVED
    ),
    f"GET {_AFTER}/recording/captions.vtt": Operation(
        "Captions of the film.", {200: "text/vtt"}, query=_SAVED
    ),
    f"GET {_AFTER}/summary/summary": Operation(
        "The summary.", {200: JSON}, query=_SAVED
    ),
    f"GET {_AFTER}/summary/summary.json": Operation(
        "The summary.", {200: JSON}, query=_SAVED
    ),
    f"GET {_AFTER}/summary/summary.md": Operation(
        "The summary as Markdown.", {200: "text/markdown"}, query=("language", *_SAVED)
    ),
    f"POST {_AFTER}/summary/items/{{item}}/wrong": Operation(
        "Remove an item, for everybody.", _DONE
    ),
    f"POST {_AFTER}/summary/write": Operation("Have it written again.", _TAKEN_ON),
    f"GET {_AFTER}/mine": Operation(
        "All that is held of who asks.", {200: "application/zip"}, query=("language",)
    ),
    f"POST {_AFTER}/erase": Operation("Have all of one's own erased.", _TAKEN_ON),
    f"POST {_OF}/erase": Operation("Have one's own part erased.", _TAKEN_ON),
    f"POST {_OF}/stopped": Operation("Make nothing new of one's own part.", _DONE),
    f"DELETE {_OF}/stopped": Operation("Take that back.", _DONE),
    f"POST {_OF}/film": Operation("Have the film made.", _TAKEN_ON),
    f"DELETE {_OF}/film/work": Operation("Stop making it.", _TAKEN_ON),
    f"GET {_OF}/film": Operation(
        "One's own film.", _media("video/*"), query=("of", *_SAVED)
    ),
    f"GET {_OF}/film/poster": Operation(
        "The picture that stands for it.", _media("image/*"), query=("of", *_SAVED)
    ),
    f"GET {_OF}/tracks/{{opening}}/{{name}}.webm": Operation(
        "One participant's file.", _media("video/webm"), query=_SAVED
    ),
    f"GET {ADDRESS}": Operation(
        "The keys that sign receipts.", {200: "application/jwk-set+json"}
    ),
    f"GET {JWKS}": Operation("The same.", {200: "application/jwk-set+json"}),
    "GET /healthz": Operation("Whether the process answers.", {200: Alive}),
    "GET /readyz": Operation(
        "Whether a meeting could be held and proved.", {200: Ready, 503: Ready}
    ),
    "GET /metrics": Operation("For Prometheus.", {200: "text/plain"}),
    "GET /": Operation("The start page.", _PAGE),
    "GET /m/{room}": Operation("Lobby, room and end.", _PAGE),
    "GET /m/{room}/after": Operation("The page afterwards.", _PAGE),
    "GET /promise": Operation("What is promised.", _PAGE),
    "GET /allow": Operation("What happens when one presses Allow.", _PAGE),
    "GET /check": Operation("Whether this browser is able.", _PAGE),
    "GET /place/{name}": Operation("The place's own logo and colour.", {200: "*/*"}),
    "GET /static/{version}/{name}": Operation("A file of the client.", {200: "*/*"}),
    "GET /static/{name}": Operation("A file of the client.", {200: "*/*"}),
    **CONSOLE,
    **SERVICES,
}


_UNSAID = Operation("", {})


class Document:
    """
    The document of one application, served by it.

    It is made when somebody first asks for it: to make it takes as long as all the rest
    of a server's start.
    """

    def __init__(self, base: str, lay: Callable[[web.Application], None]) -> None:
        """`base`: below which the server's addresses are; `lay` lays all its routes."""
        self._base = base
        self._lay = lay
        self._made: dict[str, Any] = {}

    def add_routes(self, app: web.Application) -> None:
        """Serve it."""
        app.router.add_get(PLACE, self.answer)

    async def answer(self, request: web.Request) -> web.Response:
        """The document."""
        if not self._made:
            self._made = await asyncio.to_thread(self._make)
        return web.json_response(self._made)

    def _make(self) -> dict[str, Any]:
        bare = web.Application()
        self._lay(bare)
        return document(bare, self._base)


def routes(app: web.Application) -> Iterator[str]:
    """
    Every route, as `GET /path/{id}`; what answers HEAD is that of its GET.

    What answers whatever else is asked for, by any method, is no route of its own.
    """
    for route in app.router.routes():
        if route.resource is None or route.method == hdrs.METH_ANY:
            continue
        if route.method != hdrs.METH_HEAD:
            yield f"{route.method} {route.resource.canonical}"


def document(app: web.Application, base: str) -> dict[str, Any]:
    """All of it, as JSON."""
    paths: dict[str, dict[str, Any]] = {}
    schemas: dict[str, Any] = {}
    for route in routes(app):
        method, _, path = route.partition(" ")
        said = _operation(path, OPERATIONS.get(route, _UNSAID), schemas)
        paths.setdefault(path, {})[method.lower()] = said
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gatekeeper",
            "version": version("gatekeeper"),
            "description": "What is said over the WebSocket: docs/protocol.md.",
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                SERVICE: {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A service key: gk_<id>_<secret>.",
                }
            },
        },
    }


def _operation(
    path: str, operation: Operation, schemas: dict[str, Any]
) -> dict[str, Any]:
    answers = {
        str(status): _answer(status, answer, schemas)
        for status, answer in operation.answers.items()
    }
    said: dict[str, Any] = {
        "summary": operation.does,
        "parameters": [*_ids(path), *_parameters(operation)],
        "responses": answers | _refusals(operation, schemas),
    }
    if operation.scope is not None:
        said["security"] = [{SERVICE: [operation.scope]}]
    if operation.body is not None:
        content = {JSON: {"schema": _schema(operation.body, schemas)}}
        said["requestBody"] = {"required": True, "content": content}
    return said


def _refusals(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    problem = _schema(Problem, schemas)
    if operation.refuses is None:
        refusal = {
            "description": "Refused.",
            "content": {PROBLEM: {"schema": problem}},
        }
        unwell = {"503": refusal} if 503 not in operation.answers else {}
        return {"4XX": refusal} | unwell
    by_status: dict[int, dict[str, str]] = {503: {"service-unavailable": "Not yet."}}
    for kind in operation.refuses:
        said = (inspect.getdoc(kind) or "").partition("\n")[0]
        by_status.setdefault(kind.status, {})[kind.code] = said
    return {
        str(status): {
            "description": " ".join(f"`{c}`: {said}" for c, said in codes.items()),
            "content": {PROBLEM: {"schema": _of_codes(problem, codes)}},
        }
        for status, codes in sorted(by_status.items())
    }


def _of_codes(problem: dict[str, str], codes: Iterable[str]) -> dict[str, Any]:
    only = {"properties": {"code": {"enum": sorted(codes)}}}
    return {"allOf": [problem, only]}


def _answer(status: int, answer: Answer, schemas: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"description": f"{HTTPStatus(status).phrase}."}
    if isinstance(answer, str):
        said["content"] = {
            answer: {"schema": {"type": "object"} if answer == JSON else {}}
        }
    elif answer is not None:
        said["content"] = {JSON: {"schema": _schema(answer, schemas)}}
    return said


def _schema(model: type[BaseModel], schemas: dict[str, Any]) -> dict[str, str]:
    if model.__name__ not in schemas:
        made = model.model_json_schema(ref_template=_REF + "{model}")
        schemas.update(made.pop("$defs", {}))
        schemas[model.__name__] = made
        if model is Problem:
            made["properties"]["code"]["examples"] = sorted(
                kind.code for kind in every(PeerError)
            )
    return {"$ref": _REF + model.__name__}


def _ids(path: str) -> Iterator[dict[str, Any]]:
    for part in path.split("{")[1:]:
        yield {
            "name": part.partition("}")[0],
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": f"^{ID.pattern}$"},
        }


def _parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    texts = {name: {"type": "string"} for name in operation.query}
    for name, schema in (*texts.items(), *operation.typed.items()):
        yield {"name": name, "in": "query", "schema": schema}
    if operation.repeats:
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        yield {"name": HEADER, "in": "header", "schema": text}
