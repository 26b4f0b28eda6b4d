"""
What others hold on to stays: notices, messages, entries, addresses and files.

`outside.json` beside this file is how all of it is seen from outside. A change of it is
a change for whoever has signed, recorded or linked something: make it knowingly, with
`python -m tests.test_outside`.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import TypeAdapter

from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.config import Config, offered
from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.evidence.entries import Body
from gatekeeper.media.film.files import Folder
from gatekeeper.storage import directory, paths, tables
from gatekeeper.wire import ClientMessage, ServerMessage
from gatekeeper.wire.feed import FeedMessage
from tests.meeting.conftest import configured, start

SEEN = Path(__file__).with_name("outside.json")
NAMES_OF_OURS = ("title", "description", "$defs", "discriminator")
"""What a schema says that nobody outside can see."""


_ELSEWHERE = {"base_url": "http://127.0.0.1:9/v1", "model": "some-model"}
WAYS: dict[str, dict[str, Any]] = {
    "by rules": {"speech": {"engine": "http", **_ELSEWHERE}},
    "by a model": {"speech": {"engine": "http", **_ELSEWHERE}, "ai": _ELSEWHERE},
    "for the whole meeting": {
        "speech": {"engine": "none"},
        "features": {
            name: {"shared_with": "meeting", "keep_for": "3 days"}
            for name in ("recording", "transcript", "summary")
        },
    },
}


def everything() -> dict[str, Any]:
    """All of it, as JSON."""
    return {
        "notices": notices(),
        "from_clients": messages(ClientMessage),
        "from_the_server": messages(ServerMessage),
        "to_machines": messages(FeedMessage),
        "entries": messages(Body),
        "addresses": asyncio.run(addresses()),
        "files": files(),
        "tables": {
            table.name: sorted(column.name for column in table.columns)
            for table in tables.metadata.sorted_tables
        },
    }


def notices() -> dict[str, dict[str, dict[str, str]]]:
    """The digests of the built-in notices, for each way in which they are filled in."""
    return {way: digests(Config.model_validate(given)) for way, given in WAYS.items()}


def digests(config: Config) -> dict[str, dict[str, str]]:
    features = offered(config, choose_engines(config, Keys()).runs)
    return {
        feature.id: {tag: notice.digest for tag, notice in feature.notices.items()}
        for feature in features
    }


def messages(union: Any) -> dict[str, Any]:
    """The shape of each kind, by its `type`, free of the names of our classes."""
    schema = TypeAdapter(union).json_schema()
    shapes = schema.get("$defs", {})
    alternatives = schema.get("oneOf") or schema["anyOf"]
    whole = [resolved(each, shapes) for each in alternatives]
    return {shape["properties"]["type"]["const"]: shape for shape in whole}


def resolved(part: Any, shapes: dict[str, Any]) -> Any:
    """A schema with what it refers to in place of the reference."""
    if isinstance(part, list):
        return [resolved(each, shapes) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return resolved(shapes[part["$ref"].rpartition("/")[2]], shapes)
    return {
        key: {name: resolved(value, shapes) for name, value in held.items()}
        if key == "properties"
        else resolved(held, shapes)
        for key, held in part.items()
        if key not in NAMES_OF_OURS
    }


async def addresses() -> list[str]:
    """Every route of a server, with its method."""
    apps: list[web.Application] = []

    class Noted(web.AppRunner):
        def __init__(self, app: web.Application, **more: Any) -> None:
            apps.append(app)
            super().__init__(app, **more)

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(web, "AppRunner", Noted)
        async with start(configured(Path(folder) / "data")):
            pass
    return sorted(
        {
            f"{route.method} {route.resource.canonical}"
            for route in apps[0].router.routes()
            if route.resource is not None
        }
    )


def files() -> list[str]:
    """Where each kind of file lies, below the data directory."""
    data, room, feature = Path("data"), RoomId("room"), FeatureId("feature")
    opening, person = OpeningId("opening"), ParticipantId("person")
    recorded = [
        paths.Place(room, feature, opening, person, source, part).path
        for source in SourceKind
        for part in (0, 1)
    ]
    transcripts = TranscriptStore(data)
    words = transcripts.folder(room, feature).relative_to(data).as_posix()
    film = Folder.of(data, room, feature).path.relative_to(data).as_posix()
    return [*recorded, words, film, directory.LEDGER, directory.KEYS]


def test_what_others_hold_on_to_has_not_changed() -> None:
    assert json.loads(json.dumps(everything())) == json.loads(SEEN.read_text("utf-8"))


if __name__ == "__main__":
    text = json.dumps(everything(), indent=1, sort_keys=True, ensure_ascii=False)
    sys.stdout.write(f"{text}\n")
    SEEN.write_text(f"{text}\n", "utf-8")
