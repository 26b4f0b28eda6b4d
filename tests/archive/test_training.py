"""The export for training: what everybody allowed it for, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from gatekeeper.app.cli import main
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import RoomId
from gatekeeper.storage import tables
from gatekeeper.storage.database import Database
from tests.assistant.conftest import (
    FEATURES,
    Meeting,
    is_final,
    meeting,
    serving,
    turned,
)
from tests.assistant.speech.voices import plain
from tests.ids import without_ids
from tests.meeting.conftest import MINUTES

NOTICE = MINUTES | {"name": "Training", "object": "training"}
TRAINING = {
    "sink": "external",
    "kinds": ["audio"],
    "notices": dict.fromkeys(locales(), NOTICE),
}
OUTSIDE = "Please update the public calendar before Friday afternoon."
INSIDE = "I will send you the first version of the letter on Wednesday."


async def spoken(data: Path) -> Meeting:
    """A meeting that says one thing without, and one with everybody's yes to it."""
    features: dict[str, Any] = {name: {} for name in FEATURES}
    features["training"] = TRAINING
    async with serving(data, features=features) as world:
        held = await meeting(world, data, "Anna", "Ben", features=("training",))
        anna, ben = held.people
        await held.open("transcript")
        ben.mouth.say(OUTSIDE)
        await anna.hears("caption", where=is_final)
        since = len(anna.heard)
        for person in held.people:
            await person.allow("training")
        await anna.say(type="request", feature="training")
        await anna.hears("sign", since=since, where=turned("training", on=True))
        ben.mouth.say(INSIDE)
        await anna.hears("caption", since=since, where=is_final)
        await held.end()
    return held


def config(path: Path, *, training: bool = True) -> Path:
    text = f"[data]\ndirectory = {json.dumps(str(path / 'data'))}\n"
    if training:
        text += "[features.training]\nsink = 'external'\nkinds = ['audio']\n"
        for language in locales():
            text += f"[features.training.notices.{language}]\n"
            text += "".join(f"{k} = {json.dumps(v)}\n" for k, v in NOTICE.items())
    file = path / "gatekeeper.toml"
    file.write_text(text, "utf-8")
    return file


def export(path: Path, to: str, *, training: bool = True) -> int:
    file = config(path, training=training)
    return main(["export-training", "--config", str(file), str(path / to)])


def tamper(data: Path, room: RoomId) -> None:
    database = Database.open(data / "ledger.sqlite3")
    with database.connect() as connection, connection.begin():
        first = (tables.ledger.c.meeting == room) & (tables.ledger.c.seq == 1)
        connection.execute(update(tables.ledger).where(first).values(body=b"{}"))
    database.close()


async def test_only_what_training_was_allowed_for_is_exported_with_its_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = await spoken(tmp_path / "data")

    assert export(tmp_path, "out") == 0
    (exported,) = (tmp_path / "out" / held.room).glob("*.json")
    document = json.loads(exported.read_text("utf-8"))
    (line,) = document["lines"]
    assert "letter" in plain(line["text"])
    assert line["participant"] == held.people[1].id
    everything = "".join(p.read_text("utf-8") for p in (tmp_path / "out").rglob("*.*"))
    assert "calendar" not in everything
    assert "Ben" not in without_ids(everything)
    chain = (tmp_path / "out" / held.room / "chain.jsonl").read_text("utf-8")
    opened = [json.loads(row) for row in chain.splitlines()]
    assert document["opening"] in {e.get("opening") for e in opened}
    assert "1 lines exported." in capsys.readouterr().out

    tamper(tmp_path / "data", held.room)
    assert export(tmp_path, "again") == 1
    assert not (tmp_path / "again").exists()
    assert "0 lines exported." in capsys.readouterr().out


def test_without_the_feature_nothing_can_be_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(tmp_path, "out", training=False) == 2
    assert "[features.training]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()

    assert export(tmp_path, "out") == 2
    assert "Name another" in capsys.readouterr().err
