"""A feature that stands in a file and nowhere else: from the lobby to the evidence."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from gatekeeper.app.cli import main
from gatekeeper.config import load, parse
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import SharedWith
from gatekeeper.errors import ConfigInvalid
from gatekeeper.storage import tables
from gatekeeper.storage.database import Database
from tests.meeting.conftest import MINUTES, start

PROVIDER = "Example Lingua AG, Zürich"
OWN = {"training-fr": ["audio", "chat"], "translation": ["audio"]}


def written(folder: Path) -> Path:
    """Two features of an admin's: one kept in house, one given to somebody else."""
    text = "[server]\nport = 0\nhost = '127.0.0.1'\n[data]\nreserve_mb = 0\n"
    text += f"directory = {json.dumps(str(folder / 'data'))}\n"
    for name, kinds in OWN.items():
        third = f"third_party = true\nprovider = {json.dumps(PROVIDER)}\n"
        text += f"[features.{name}]\nsink = 'external'\nkinds = {kinds}\n"
        text += third if name == "translation" else ""
        for tag in locales():
            notice = MINUTES | {"name": f"{name} {tag}"}
            if name == "translation":
                notice["processor"] = f"{PROVIDER}: {tag}"
            text += f"[features.{name}.notices.{tag}]\n"
            text += "".join(f"{k} = {json.dumps(v)}\n" for k, v in notice.items())
    file = folder / "gatekeeper.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("feature", OWN)
async def test_it_is_offered_asked_for_opened_written_down_and_proved(
    tmp_path: Path, feature: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path)
    async with start(load(file)) as world:
        room, secret = await world.room("recording", *OWN)
        anna, ben = await world.person(room, "Anna"), await world.person(room, "Ben")
        (told,) = (f for f in anna.facts["features"] if f["id"] == feature)
        assert told["kinds"] == OWN[feature]
        assert told["third_party"] is (feature == "translation")
        assert told["notices"]["de"]["name"] == f"{feature} de"

        await anna.join(host=secret, allow=(feature,))
        await ben.join()
        await anna.say(type="request", feature=feature)
        asked = await ben.hears("asked")
        assert asked["feature"] == feature
        since = len(anna.heard)
        await ben.allow(feature)
        sign = await anna.hears("sign", since=since)
        assert feature in json.dumps(sign)
        receipt = await ben.hears("receipt")
        await ben.refuse(feature)
        await anna.say(type="end")
        await anna.ended()

    assert feature in decoded(receipt["receipt"])
    if feature == "translation":
        assert PROVIDER in decoded(receipt["receipt"])
    database = Database.open(tmp_path / "data" / "ledger.sqlite3", migrate=False)
    with database.connect() as connection:
        bodies = [*connection.execute(select(tables.ledger.c.body)).scalars()]
    database.close()
    assert any(json.dumps(feature).encode() in body for body in bodies)
    assert main(["verify", "--config", str(file)]) == 0


def decoded(token: str) -> str:

    body = token.split(".")[1]
    padded = body + "=" * (-len(body) % 4)
    return json.dumps(json.loads(base64.urlsafe_b64decode(padded)), ensure_ascii=False)


def test_nothing_of_that_kind_is_there_unless_it_is_written_down() -> None:
    features = parse({}).features

    assert not any(each.third_party for each in features.values())
    assert {*features} == {"recording", "transcript", "summary", "compose"}
    assert all(each.shared_with is SharedWith.PRESENT for each in features.values())


def feature(**more: Any) -> dict[str, Any]:
    processor = more.pop("says", PROVIDER)
    notice = MINUTES | {"processor": processor}
    given = {"sink": "external", "kinds": ["audio"]} | more
    return {"features": {"x": {**given, "notices": dict.fromkeys(locales(), notice)}}}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (feature(third_party=True), "third_party is true: name who gets it"),
        (feature(provider=PROVIDER), "features.x.third_party is not true"),
        (
            feature(third_party=True, provider=PROVIDER, says="Somebody"),
            r"features\.x\.notices\.en\.processor does not name",
        ),
        (
            feature(third_party=True, provider=PROVIDER, says="Somebody"),
            r"features\.x\.notices\.de\.processor does not name",
        ),
        (
            {
                "features": {
                    "transcript": {
                        "sink": "external",
                        "third_party": True,
                        "provider": PROVIDER,
                        "processor": {"en": PROVIDER, "de": "jemand"},
                    }
                }
            },
            r"features\.transcript\.processor\.de does not name",
        ),
    ],
)
def test_a_third_party_is_named_to_everybody_or_nothing_starts(
    given: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigInvalid, match=said):
        parse(given)


def test_a_third_party_that_is_named_is_taken() -> None:
    parse(feature(third_party=True, provider=PROVIDER))
