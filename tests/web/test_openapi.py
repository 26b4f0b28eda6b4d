"""The document of the HTTP API is that of the routes, and what it says is so."""

import asyncio
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from aiohttp import web
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gatekeeper.app.wiring.http import make_app
from gatekeeper.config import Config
from gatekeeper.web import openapi
from gatekeeper.web.operations import OPERATIONS
from gatekeeper.web.problems import PROBLEM
from gatekeeper.web.v1 import events
from gatekeeper.web.v1.api import ROUTES
from gatekeeper.web.v1.route import ROOT, Route
from tests.after.conftest import recorded
from tests.meeting.conftest import start
from tests.services.conftest import WANTED, open_to_services
from tests.services.conftest import made as made_key

EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
"""Requests of each kind to each route; `make fuzz` makes many."""
CHECKS: list[Any] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def made(**server: Any) -> web.Application:
    given = {"server": server, "api": {"open": True}}
    return make_app(Config.model_validate(given))[0]


def laid(app: web.Application) -> set[str]:
    """The routes of it, below no base path."""
    return set(openapi.routes(app))


@pytest.mark.parametrize("base", ["/", "/meet/"])
def test_each_route_is_told_of_and_no_other(base: str) -> None:
    told = laid(made()) if base == "/" else laid(made(base_path=base))
    own = {route for route in told if " /meet" not in route}

    assert own == set(OPERATIONS)


def test_no_two_models_of_the_document_have_one_name() -> None:
    found: dict[str, Any] = {}
    for operation in OPERATIONS.values():
        for model in (*operation.answers.values(), operation.body):
            if model is None or isinstance(model, str):
                continue
            schema = model.model_json_schema()
            schemas = schema.pop("$defs", {}) | {model.__name__: schema}
            for name, each in schemas.items():
                assert found.setdefault(name, each) == each, name


def test_what_is_told_is_told_in_words_and_of_the_models() -> None:
    document = openapi.document(made(), "/")
    schemas = document["components"]["schemas"]

    assert schemas["NewRoom"]["required"] == ["title", "language", "features"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"].endswith((".", ")."))
            assert "4XX" in operation["responses"] or path.startswith(ROOT)
            named = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert named == set(re.findall(r"\{(\w+)\}", path)), (method, path)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_of_each_route_for_services_is_told_what_it_needs_and_how_it_refuses(
    route: Route,
) -> None:
    document = openapi.document(made(), "/")
    told = document["paths"][ROOT + route.path][route.method.lower()]
    schemes = document["components"]["securitySchemes"]
    codes = {
        code
        for answer in told["responses"].values()
        for content in answer.get("content", {}).values()
        for part in content["schema"].get("allOf", ())
        for code in part.get("properties", {}).get("code", {}).get("enum", ())
    }

    assert told["security"] == [{openapi.SERVICE: [route.scope]}]
    assert schemes[openapi.SERVICE]["scheme"] == "bearer"
    assert "4XX" not in told["responses"]
    assert {"key-unknown", "scope-missing", "rate-limited"} <= codes
    assert {kind.code for kind in route.refuses} <= codes
    for status, answer in told["responses"].items():
        assert 101 <= int(status) < 600
        assert answer["description"].endswith(".")


def test_words_that_cannot_be_put_in_force_are_told_as_a_problem() -> None:
    document = openapi.document(made(), "/")
    put = document["paths"]["/api/admin/features/{feature}/notices"]["put"]
    content = put["responses"]["422"]["content"]
    schemas = document["components"]["schemas"]

    assert content == {PROBLEM: {"schema": {"$ref": "#/components/schemas/Mistakes"}}}
    assert {*schemas["Problem"]["required"]} < {*schemas["Mistakes"]["required"]}
    assert put["responses"]["200"]["content"].keys() == {"application/json"}


# ---- Against a server ---------------------------------------------------------------


@dataclass
class Served:
    """A server with a meeting that was recorded, and somebody who was in it."""

    schema: BaseSchema
    url: str
    ids: dict[str, str]
    visitor: requests.Session
    stranger: requests.Session
    key: str
    """Of a service that has opened a room: one of its ids is that one's."""
    own: dict[str, str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    there, over = threading.Event(), threading.Event()
    made: list[Served] = []

    async def serve(data: Path) -> None:
        limits = {"rooms_per_address": 20}
        async with start(
            open_to_services(data, limits=limits, api={"requests_per_second": 10_000})
        ) as world:
            past = await recorded(world, "Mara", "Tomas")
            key = await asyncio.to_thread(made_key, data)
            made.append(await asyncio.to_thread(visited, world.url, past, key))
            there.set()
            await asyncio.to_thread(over.wait)

    data = tmp_path_factory.mktemp("api") / "data"
    thread = threading.Thread(target=lambda: asyncio.run(serve(data)), daemon=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(events, "LONGEST", 0.1)  # nobody reads a stream to its end
        thread.start()
        try:
            assert there.wait(60)
            with made[0].visitor, made[0].stranger:
                yield made[0]
        finally:
            over.set()
            thread.join(60)


def visited(url: str, past: Any, key: str) -> Served:
    visitor = requests.Session()
    link = {"capability": past.links["Mara"], "host": past.host}
    after = f"{url}/api/rooms/{past.room}/after"
    assert visitor.post(f"{after}/session", json=link).status_code == 204
    track = visitor.get(after).json()["features"][0]["tracks"][0]
    name = track["url"].rpartition("/")[2].removesuffix(".webm")
    ids = {"room": past.room, "feature": "recording", "opening": track["opening"]}
    document = requests.get(url + openapi.PLACE, timeout=10).json()
    schema: BaseSchema = schemathesis.openapi.from_dict(document)
    bearer = {"Authorization": f"Bearer {key}"}
    opened = requests.post(
        url + ROOT + "/rooms", json=dict(WANTED), headers=bearer, timeout=10
    )
    assert opened.status_code == 201, opened.text
    return Served(
        schema,
        url,
        ids | {"name": name},
        visitor,
        requests.Session(),
        key,
        {"room": opened.json()["room"]},
    )


@pytest.mark.parametrize("route", OPERATIONS)
def test_no_request_to_any_route_is_answered_otherwise_than_it_says(
    served: Served, route: str
) -> None:
    method, _, path = route.partition(" ")
    operation = served.schema[path][method]
    modes = [GenerationMode.POSITIVE]
    if "{" in path or OPERATIONS[route].body is not None:
        modes.append(GenerationMode.NEGATIVE)  # there is something to be wrong
    for mode in modes:
        many(operation.as_strategy(generation_mode=mode), served)


def many(cases: st.SearchStrategy[Case[Any]], served: Served) -> None:
    @given(data=st.data())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=EXAMPLES < 10,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def attempt(data: st.DataObject) -> None:
        case = data.draw(cases)
        if data.draw(st.booleans()):  # an address that leads somewhere
            ids = served.own if case.path.startswith(ROOT) else served.ids
            here = {k: v for k, v in ids.items() if k in case.path_parameters}
            case.path_parameters |= here
        who = served.visitor if data.draw(st.booleans()) else served.stranger
        if case.path.startswith(ROOT) and data.draw(st.integers(0, 9)):
            case.headers["Authorization"] = f"Bearer {served.key}"
        response = case.call(
            base_url=served.url, session=who, allow_redirects=False, timeout=30
        )
        case.validate_response(response, checks=CHECKS)

    attempt()
