"""
The document of the HTTP API (OpenAPI 3.1), made from the routes and from the models.

Rule 1: every route that is laid stands in it, and nothing else; of each something is
said here, and a test holds that.
Rule 2: bodies are the models that read them, and the sentences are those of the code.
"""

import asyncio
import inspect
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from aiohttp import hdrs, web
from pydantic import BaseModel

from gatekeeper.errors import PeerError, every
from gatekeeper.web.operation import JSON, Answer, Operation
from gatekeeper.web.operations import OPERATIONS
from gatekeeper.web.own_site import ID
from gatekeeper.web.problems import PROBLEM, Problem
from gatekeeper.web.v1.repeats import HEADER, LONGEST

PLACE = "/api/openapi.json"
SERVICE = "service"
"""The security scheme of routes for services."""
_REF = "#/components/schemas/"


_UNSAID = Operation("", {})


class Document:
    """
    The document of one application, served by it.

    It is made when somebody first asks for it: to make it takes as long as all the rest
    of a server's start.
    """

    def __init__(self, lay: Callable[[web.Application], None]) -> None:
        """`lay` lays all routes of the server."""
        self.base = "/"
        """Below which the server's addresses are; to be set before it is asked for."""
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
        return document(bare, self.base)


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
        media = PROBLEM if issubclass(answer, Problem) else JSON
        said["content"] = {media: {"schema": _schema(answer, schemas)}}
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
    for name in operation.fields:
        yield {"name": name, "in": "header", "schema": {"type": "string"}}
    if operation.repeats:
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        yield {"name": HEADER, "in": "header", "schema": text}
