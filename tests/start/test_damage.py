"""A damaged ledger: a sentence and a way out, wherever it is; never a traceback."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from gatekeeper.app.cli import main
from gatekeeper.consent.types import RoomId
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage import damage, directory
from gatekeeper.storage.database import Database
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import (
    NOON,
    RECORDING,
    ROOM,
    TEA,
    Signer,
    begins,
    noon,
    whole_meeting,
)
from tests.meeting.conftest import configured, start
from tests.start.test_directory import written

LEDGER = "ledger.sqlite3"
ROOMS, TITLE = 8, "x" * 500
"""Enough for tables of several pages."""


@pytest.fixture(scope="module")
def people() -> Signer:
    return Signer()


@pytest.fixture
async def whole(tmp_path: Path, people: Signer) -> Path:
    """A ledger with many meetings: whole, and its log written back."""
    async with start(configured(tmp_path / "data")):
        pass
    path = tmp_path / "data" / LEDGER
    database = Database.open(path)
    async with Transactions(database) as writer:
        ledger, rooms = Ledger(writer, clock=noon), RoomStore(writer)
        names = NameStore(writer)
        await rooms.add(replace(TEA, ended_at=NOON))
        await ledger.append(ROOM, whole_meeting(people))
        await names.note(ROOM, RECORDING, {people.key.thumbprint: "Ann"})
        for number in range(ROOMS):
            other = RoomId(f"room-{number}")
            await rooms.add(replace(TEA, id=other, title=TITLE))
            await ledger.append(other, begins())
    database.scrub()
    database.close()
    return path


def damages(size: int, seed: int, count: int) -> Iterator[tuple[str, int, int]]:
    """What is done to a file: what, from where on, and to how many bytes."""
    chance = random.Random(seed)  # noqa: S311 - to be had again
    for at in range(0, 100, 4):  # SQLite's own header
        yield "flip", at, 4
    for _ in range(count):
        yield "flip", chance.randrange(size), 1
        yield "zero", chance.randrange(size), chance.choice([1, 8, 200, 4096])
        yield "noise", chance.randrange(size), chance.choice([8, 200, 4096])
        yield "zero", chance.randrange(size // 4096) * 4096, 4096
        yield "cut", chance.randrange(size), 0


def damaged(raw: bytes, how: str, at: int, count: int) -> bytes:
    part = raw[at : at + count]
    if how == "cut":
        return raw[:at]
    if how == "flip":
        part = bytes(byte ^ 0xFF for byte in part)
    if how == "zero":
        part = bytes(len(part))
    if how == "noise":
        part = random.Random(at).randbytes(len(part))  # noqa: S311 - as above
    return raw[:at] + part + raw[at + count :]


def content(path: Path) -> bytes:
    return path.read_bytes()


def change(path: Path, kind: str) -> None:
    if kind == "folder":
        path.unlink()
        path.mkdir()
    if kind not in ("foreign", "half", "newer"):
        return
    with sqlite3.connect(path) as connection:
        if kind == "newer":
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        if kind == "half":
            connection.execute("DROP TABLE rooms")
        if kind == "foreign":
            connection.execute("DROP TABLE alembic_version")
            connection.execute("ALTER TABLE rooms RENAME TO recipes")
    connection.close()


def rewrite(path: Path, raw: bytes) -> None:
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    path.write_bytes(raw)


def test_verifying_what_is_damaged_anywhere_ends_in_a_sentence(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, config = whole.read_bytes(), str(written(whole.parents[1]))
    codes = {0: 0, 1: 0, 2: 0}
    for how, at, count in damages(len(raw), 1, 15):
        rewrite(whole, damaged(raw, how, at, count))
        code = main(["verify", "--config", config])
        codes[code] += 1
        said = capsys.readouterr()
        if code == 2:
            assert str(whole) in said.err, (how, at, count)
            assert said.err.rstrip().endswith((".", ")", '."')), said.err
    assert codes[1] + codes[2] > 40  # the rest is room that nothing lies in

    rewrite(whole, raw)
    assert main(["verify", "--config", config]) == 0


async def test_starting_on_what_is_damaged_anywhere_works_or_ends_in_a_sentence(
    whole: Path,
) -> None:
    raw, config = content(whole), configured(whole.parent)
    refused = []
    for how, at, count in damages(len(raw), 2, 5):
        rewrite(whole, damaged(raw, how, at, count))
        try:
            async with start(config):
                pass
        except DataDirectoryUnusable as exc:
            refused.append(str(exc))
    assert len(refused) > 15
    assert all(str(whole) in said for said in refused)


async def test_a_damaged_log_beside_the_ledger_is_no_traceback(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(written(whole.parents[1]))
    database = Database.open(whole)
    async with Transactions(database) as writer:
        await Ledger(writer, clock=noon).append(RoomId("late"), begins())
        log = whole.with_name(f"{LEDGER}-wal")
        kept = content(whole), content(log)
    database.close()
    assert len(kept[1]) > 4096
    for how, at, count in damages(len(kept[1]), 3, 3):
        rewrite(whole, kept[0])
        log.write_bytes(damaged(kept[1], how, at, count))
        assert main(["verify", "--config", config]) in (0, 1, 2), (how, at, count)
    assert capsys.readouterr().out


async def refusal(whole: Path) -> str:
    with pytest.raises(DataDirectoryUnusable) as refused:
        async with start(configured(whole.parent)):
            pass
    return str(refused.value)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("letter", "it is not a database"),
        ("short", "is not a database|is damaged"),
        ("foreign", "version none|not those of a ledger"),
        ("half", "not those of a ledger"),
        ("newer", "newer Gatekeeper"),
        ("folder", "something else in its place"),
        ("page", "is damaged"),
    ],
)
async def test_each_kind_of_damage_has_its_sentence(
    whole: Path, capsys: pytest.CaptureFixture[str], kind: str, says: str
) -> None:
    raw = content(whole)
    changed = {
        "letter": b"a letter to my grandmother " * 500,
        "short": raw[:1000],
        "page": raw[:8192] + random.Random(4).randbytes(len(raw) - 8192),  # noqa: S311
    }
    rewrite(whole, changed.get(kind, raw))
    change(whole, kind)

    code = main(["verify", "--config", str(written(whole.parents[1]))])
    verified = capsys.readouterr().err

    assert code == 2
    assert str(whole) in verified
    if kind != "foreign":  # there is nothing that a start would lack
        said = await refusal(whole)
        assert str(whole) in said
        assert any(part in said for part in says.split("|")), said


async def test_a_ledger_that_another_program_holds_says_so(whole: Path) -> None:
    other = sqlite3.connect(whole)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "another program is writing in it" in await refusal(whole)
    finally:
        other.close()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("SQLITE_FULL", "the disk is full"),
        ("SQLITE_READONLY_DIRECTORY", "cannot be written"),
        ("SQLITE_CANTOPEN", "-wal and -shm"),
        ("SQLITE_IOERR_SHORT_READ", "Check the disk"),
        ("SQLITE_BUSY_RECOVERY", "another program"),
        ("SQLITE_SOMETHING_NEW", "restore it"),
    ],
)
def test_each_error_of_sqlite_has_its_sentence(name: str, says: str) -> None:
    cause = sqlite3.OperationalError("as SQLite says it")
    cause.sqlite_errorname = name
    exc = OperationalError("SELECT", None, cause)

    assert says in damage.sentence("ledger", exc)


async def test_verifying_needs_no_leave_to_write(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = whole.parents[1] / "copy"
    (copy / "data").mkdir(parents=True)
    shutil.copy(whole, copy / "data" / directory.LEDGER)

    assert main(["verify", "--config", str(written(copy))]) == 0
    assert content(copy / "data" / directory.LEDGER) == content(whole)
