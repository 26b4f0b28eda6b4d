"""A person's own request: all of theirs, nothing of anybody else; or all of it gone."""

import asyncio
import base64
import io
import json
import os
import random
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gatekeeper.app.cli import main
from gatekeeper.archive.faults import (
    ReceiptForeign,
    ReceiptInvalid,
    ReceiptsOfSeveral,
    StillCaptured,
)
from gatekeeper.archive.own.readme import readme
from gatekeeper.archive.own.subject import require_at_rest, subject_of
from gatekeeper.config import Config
from gatekeeper.config.locales import locales
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.history import history
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.receipt import verify_receipt
from gatekeeper.media.film import films
from gatekeeper.storage.database import Database
from tests.archive.killed import Killed, killing
from tests.archive.past import Human, Meeting, lay, marks_in, meeting
from tests.meeting.conftest import configured, start

ALL: dict[str, Any] = {"recording": {}, "transcript": {}, "summary": {}}


@pytest.fixture(autouse=True)
def no_films(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is recorded here is no film's."""
    monkeypatch.setattr(films, "WORKER", ("false",))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path / "data", features=ALL)


@pytest.fixture
async def past(config: Config) -> Meeting:
    made = meeting(config.data.directory, "q1ana", "q2ben", "q3cid")
    await lay(made)
    return made


@pytest.fixture
def written(tmp_path: Path) -> list[str]:
    """The configuration as a file, for a command."""
    file = tmp_path / "config.toml"
    file.write_text(f'[data]\ndirectory = "{tmp_path / "data"}"\nreserve_mb = 0\n')
    return ["--config", str(file)]


def members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def unpacked(held: dict[str, bytes]) -> Iterator[bytes]:
    """What signed texts in it hold, and what those do."""
    for content in held.values():
        for jws in re.findall(rb"ey[\w-]+\.([\w-]+)\.[\w-]+", content):
            inside = base64.urlsafe_b64decode(jws + b"==")
            yield inside
            yield from unpacked({"": inside})


def check_own(archive: bytes, past: Meeting, who: Human) -> None:
    """All of theirs is in it, and nothing of anybody else."""
    held = members(archive)
    whole = b"".join([*held.values(), *unpacked(held)])
    assert b'"seq":' not in whole, "how many entries there are tells what others did"
    for other in past.people:
        public = other.signer.key.jwk["x"]
        for mark in (other.mark, other.id, public, *past.statements(other)):
            assert (mark.encode() in whole) == (other is who), (other.mark, mark)
    [media] = [held[name] for name in held if name.startswith("media/")]
    assert media == who.sound
    said = json.loads(held["words.json"])
    assert {f: [li["text"] for li in lines] for f, lines in said["lines"].items()} == {
        "transcript": [who.words],
        "summary": [who.words],
    }
    items = {item["item"]: item for item in said["summary"]}
    assert set(items) == {f"own-{who.mark}", "shared"}
    assert f"item-{who.mark}" in items[f"own-{who.mark}"]["text"]
    assert items["shared"]["text"] is None
    assert [q["text"] for q in items["shared"]["your_words"]] == [who.words]
    about = json.loads(held["about-you.json"])
    assert set(about["names"].values()) == {who.name}
    assert about["stopped"] == (["recording"] if who is past.people[0] else [])
    kinds = [entry["entry"]["type"] for entry in json.loads(held["ledger.json"])]
    assert kinds.count("gate.opened") == 3
    assert kinds.count("capture.finished") == 1
    assert kinds.count("grant.withdrawn") == (1 if who is past.people[-1] else 0)
    receipts = [held[name].decode() for name in held if name.startswith("receipts/")]
    key = GateKey.load(past.data / "keys", first=False)
    assert len(receipts) == (4 if who is past.people[-1] else 3)
    for receipt in receipts:
        verify_receipt(receipt, key.published)


@pytest.mark.parametrize("number", range(3))
def test_a_persons_archive_holds_all_of_theirs_and_nothing_of_anybody_else(
    past: Meeting, written: list[str], tmp_path: Path, number: int
) -> None:
    who = past.people[number]
    receipt = past.receipt_file(who, tmp_path)

    to = tmp_path / "all.zip"
    arguments = ["subject", *written, str(receipt), "export", "--to", str(to)]
    assert main(arguments) == 0

    check_own(to.read_bytes(), past, who)
    assert to.stat().st_mode & 0o077 == 0
    assert main(arguments) == 2, "nothing is written over"


async def test_who_holds_the_pages_capability_gets_the_same_from_the_page(
    past: Meeting, config: Config
) -> None:
    ana, ben, _ = past.people
    async with start(config) as world:
        root = f"{world.url}/api/rooms/{past.room}/after"
        for who in (ana, ben):
            async with aiohttp.ClientSession(
                cookie_jar=aiohttp.CookieJar(unsafe=True)
            ) as http:
                async with http.get(f"{root}/mine") as refused:
                    assert refused.status == 401
                async with http.post(f"{root}/erase") as refused:
                    assert refused.status == 401
                said = {"capability": past.capability(who)}
                async with http.post(f"{root}/session", json=said) as answer:
                    assert answer.status == 204
                async with http.get(f"{root}/mine?language=de-AT") as answer:
                    assert answer.status == 200
                    archive = await answer.read()
                check_own(archive, past, who)
                assert (
                    "Alles, was von dir da ist"
                    in members(archive)["README.txt"].decode()
                )


@pytest.mark.parametrize("tag", locales())
def test_every_language_has_its_own_word_on_the_archive(tag: str) -> None:
    names = ["meeting", "from", "to", "you", "called", "controller", "made"]
    fields = {name: f"<{name}>" for name in names}
    said = readme(tag, fields)

    assert [said.count(field) for field in fields.values()] == [1] * len(fields)
    for name in ("about-you.json", "ledger.json", "receipts/", "media/", "words.json"):
        assert name in said
    assert tag == "en" or said != readme("en", fields)


async def test_erased_by_the_running_server_on_the_operators_word(
    past: Meeting, config: Config, tmp_path: Path, written: list[str]
) -> None:
    who = past.people[1]
    receipt = past.receipt_file(who, tmp_path)
    async with start(config):
        arguments = ["subject", *written, str(receipt), "erase"]
        assert await asyncio.to_thread(main, arguments) == 0
        assert marks_in(past.data, past) == {"q1ana", "q3cid"}
        again = await asyncio.to_thread(main, arguments)
        assert again == 0, "asked again, there is nothing more to do"
        assert os.stat(past.data / "desk.socket").st_mode & 0o077 == 0
    assert not (past.data / "desk.socket").exists()
    check_gone(past, who)


def check_gone(past: Meeting, who: Human) -> None:
    others = {other.mark for other in past.people if other is not who}
    assert marks_in(past.data, past) == others
    for other in past.people:
        assert past.place(other).exists() == (other is not who)
    audit = verify_ledger(past.data)
    assert audit.good
    assert [chain.sealed for chain in audit.chains] == [True]


def test_erased_while_no_server_runs(
    past: Meeting, written: list[str], tmp_path: Path
) -> None:
    who = past.people[2]

    receipt = past.receipt_file(who, tmp_path)
    assert main(["subject", *written, str(receipt), "erase"]) == 0

    check_gone(past, who)
    to = tmp_path / "rest.zip"
    arguments = ["subject", *written, str(receipt), "export", "--to", str(to)]
    assert main(arguments) == 0
    held = members(to.read_bytes())
    assert set(json.loads(held["about-you.json"])["erased"]) == set(ALL)
    whole = b"".join(held.values())
    assert all(other.mark.encode() not in whole for other in past.people)


async def test_an_unsealed_meeting_is_no_obstacle(
    config: Config, written: list[str], tmp_path: Path
) -> None:
    past = meeting(config.data.directory, "q1ana", "q2ben", sealed=False)
    await lay(past)
    receipt = past.receipt_file(past.people[0], tmp_path)

    arguments = ["subject", *written, str(receipt), "erase"]
    assert await asyncio.to_thread(main, arguments) == 0

    check_gone(past, past.people[0])


async def test_killed_anywhere_it_is_not_begun_or_finishes_after_a_restart(
    tmp_path: Path, config: Config
) -> None:
    """At eight places of all, other ones each time that this is run."""
    async with killing() as killed:
        await kill_in_many_places(killed, tmp_path, config)


async def kill_in_many_places(killed: Killed, tmp_path: Path, config: Config) -> None:
    places: list[int] = []
    for number in range(9):
        here = replace(config, tmp_path / str(number))
        past = meeting(here.data.directory, "q1ana", "q2ben", "q3cid")
        await lay(past)
        who = past.people[0]
        file = tmp_path / f"{number}.toml"
        file.write_text(f'[data]\ndirectory = "{here.data.directory}"\n')
        receipt = str(past.receipt_file(who, tmp_path))
        at = places[number - 1] if number else 10**9
        steps = await killed(at, "subject", "--config", str(file), receipt, "erase")
        if number == 0:
            places = sorted(random.sample(range(steps), 8))
        listed = pending(past)
        begun = not past.place(who).exists()

        async with start(here):
            async with asyncio.timeout(30):
                while pending(past):  # noqa: ASYNC110 - another thread's work
                    await asyncio.sleep(0.02)

        assert listed or not begun or number == 0, f"half done, and forgotten: {at}"
        if listed or begun:
            check_gone(past, who)


def replace(config: Config, data: Path) -> Config:
    there = config.data.model_copy(update={"directory": data})
    return config.model_copy(update={"data": there})


def pending(past: Meeting) -> list[Any]:
    with closing(sqlite3.connect(past.data / "ledger.sqlite3")) as ledger:
        return ledger.execute("SELECT * FROM deletions").fetchall()


# ---- Whose a receipt is --------------------------------------------------------------


async def test_what_is_no_receipt_of_this_server_does_nothing_and_says_why(
    past: Meeting, tmp_path: Path, written: list[str], capsys: Any
) -> None:
    key = GateKey.load(past.data / "keys", first=False)
    ana, ben, _ = past.people
    own = past.receipts[ana.mark][0]
    elsewhere = meeting(tmp_path / "elsewhere", "q1ana", "q2ben")
    await lay(elsewhere)
    bad = {
        "": ReceiptInvalid,
        "nothing": ReceiptInvalid,
        own[:-2]: ReceiptInvalid,
        own.replace(own[40:44], "AAAA"): ReceiptInvalid,
        elsewhere.receipts["q1ana"][0]: ReceiptForeign,
        "\n".join((own, past.receipts[ben.mark][0])): ReceiptsOfSeveral,
        "\n".join((own, elsewhere.receipts["q1ana"][0])): ReceiptForeign,
    }
    for number, (text, kind) in enumerate(bad.items()):
        with pytest.raises(kind):
            subject_of(text, key)
        file = tmp_path / f"{number}.jws"
        file.write_text(text, "ascii")
        assert (
            await asyncio.to_thread(main, ["subject", *written, str(file), "erase"])
            == 2
        )
        assert f"{kind.code}: " in capsys.readouterr().err
    subject = subject_of("\n".join(past.receipts[ana.mark]), key)
    assert (subject.room, subject.participant) == (past.room, ana.id)
    assert pending(past) == []
    assert marks_in(past.data, past) == {"q1ana", "q2ben", "q3cid"}


async def test_a_former_key_of_this_server_still_says_whose_a_receipt_is(
    past: Meeting,
) -> None:
    GateKey.rotate(past.data / "keys")
    key = GateKey.load(past.data / "keys", first=False)

    assert subject_of(past.receipts["q2ben"][0], key).participant == past.people[1].id


async def test_a_meeting_that_is_not_on_record_and_one_that_goes_on(
    past: Meeting, config: Config, tmp_path: Path, written: list[str], capsys: Any
) -> None:
    receipt = str(past.receipt_file(past.people[0], tmp_path))
    running = meeting(past.data, "q4dia", "q5eva", ends=False, sealed=False)
    await lay(running)
    database = Database.open(past.data / "ledger.sqlite3", migrate=False)
    with database.connect() as connection, connection.begin():
        told = history(read_chain(connection, meeting=running.room))
    database.close()
    with pytest.raises(StillCaptured):
        require_at_rest(told, running.people[0].id)
    with closing(sqlite3.connect(past.data / "ledger.sqlite3")) as ledger:
        for table, column in (("ledger", "meeting"), ("rooms", "id")):
            statement = f"DELETE FROM {table} WHERE {column} = ?"  # noqa: S608
            ledger.execute(statement, [past.room])
        ledger.commit()
    for kept in past.data.glob(f"*/{past.room}"):
        shutil.rmtree(kept)
    for what in ("export", "erase"):
        assert await asyncio.to_thread(main, ["subject", *written, receipt, what]) == 2
        assert "meeting-unknown: " in capsys.readouterr().err
