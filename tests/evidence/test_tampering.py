# ruff: noqa: S608 - the names of tables are ours
"""
Whatever somebody with the disk does to one row of the evidence is found, and named.

Of random ledgers, written by the code that writes ours: an entry, a node or a place of
the log, a line of the list of deletions or a room of the register is dropped, edited in
any byte, repeated elsewhere, or trades a value with another. What cannot be found by
what is on the disk is said here, too: `_is_told`, and the tests at the end.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.log_key import LAST, public_keys
from gatekeeper.evidence.tlog.seal_log import require_later
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import KEYS, LEDGER
from tests.evidence.people import unhurried
from tests.evidence.random_ledger import Held, Stretch, lay, ledgers

TABLES = {
    "ledger": ("meeting", "seq", "prev", "hash", "body"),
    "rooms": ("id", "language", "features", "sealed", "ended_at"),
    "log_nodes": ("level", "position", "hash"),
    "log_places": ("meeting", "seq", "leaf"),
    "roll": ("n", "meeting", "line"),
    "ended_evidence": ("meeting",),
    "feed_pages": ("n", "text"),
}
"""What proves something. A room's title, or the hash of its host link, does not."""
TRIES = 10
"""Tampered copies of each ledger."""
thorough = settings(
    unhurried,
    max_examples=settings().max_examples // 25,
    phases=[Phase.reuse, Phase.generate],
)
"""Four ledgers, 40 in the nightly profile; none is shrunk, which would take hours."""


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def laid(held: list[Held]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        lay(held, Path(folder))
        yield Path(folder)


def found(data: Path) -> list[str]:
    """What an audit finds."""
    audit = verify_ledger(data)
    return [*(c.fault for c in audit.chains if c.fault), *audit.damage]


@contextmanager
def opened(data: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(data / LEDGER)) as database, database:
        database.row_factory = sqlite3.Row
        yield database


@dataclass(frozen=True)
class Deed:
    """What is done to one row."""

    kind: str
    table: str
    row: sqlite3.Row
    column: str
    new: Any
    other: sqlite3.Row | None = None

    def __str__(self) -> str:
        return f"{self.kind} {self.table} {tuple(self.row)} {self.column}: {self.new!r}"

    def do(self, database: sqlite3.Connection) -> None:
        """Raises `sqlite3.IntegrityError` where the tables do not allow it."""
        here = f"FROM {self.table} WHERE rowid = {self.row['place']}"
        match self.kind:
            case "drop":
                database.execute(f"DELETE {here}")
            case "edit":
                self._put(database, self.row, self.new)
            case "repeat":
                database.execute(f"CREATE TEMP TABLE one AS SELECT * {here}")
                database.execute(f"UPDATE one SET {self.column} = ?", [self.new])
                database.execute(f"INSERT INTO {self.table} SELECT * FROM one")
            case "swap" if self.other is not None:
                # Past what keeps two from being in one place.
                for row, value in (
                    (self.row, -1 if isinstance(self.new, int) else b""),
                    (self.other, self.row[self.column]),
                    (self.row, self.new),
                ):
                    self._put(database, row, value)

    def _put(
        self, database: sqlite3.Connection, row: sqlite3.Row, value: object
    ) -> None:
        database.execute(
            f"UPDATE {self.table} SET {self.column} = ? WHERE rowid = ?",
            [value, row["place"]],
        )


@st.composite
def deeds(draw: st.DrawFn, there: dict[str, list[sqlite3.Row]]) -> Deed:
    """One, to a row that there is."""
    table = draw(st.sampled_from(sorted(name for name in there if there[name])))
    row = draw(st.sampled_from(there[table]))
    column = draw(st.sampled_from(TABLES[table]))
    kind = draw(st.sampled_from(["drop", "edit", "repeat", "swap"]))
    if kind == "swap":
        other = draw(st.sampled_from(there[table]))
        return Deed(kind, table, row, column, other[column], other)
    return Deed(kind, table, row, column, _another(row[column], draw))


def _another(value: Any, draw: st.DrawFn) -> object:
    """Something like it, and not it."""
    if isinstance(value, int):
        return value + draw(st.sampled_from([1, -1, 7]))
    if value is None:
        return draw(st.sampled_from(["a-meeting", b"", 7]))
    raw = value.encode() if isinstance(value, str) else value
    if not raw:
        return "a-meeting"
    at = draw(st.integers(0, len(raw) - 1))
    changed = raw[at] ^ draw(st.integers(1, 127))
    edited = raw[:at] + bytes([changed]) + raw[at + 1 :]
    return edited.decode("utf-8", "replace") if isinstance(value, str) else edited


def _is_told(deed: Deed, there: dict[str, list[sqlite3.Row]]) -> bool:
    """Whether anything on the disk tells that it was not so."""
    row, changes = deed.row, deed.kind in ("edit", "swap")
    if changes and deed.new == row[deed.column]:
        return False
    if deed.table == "ledger":
        # A meeting that goes on may always have been shorter.
        chain = [each for each in there["ledger"] if each["meeting"] == row["meeting"]]
        last = max(each["seq"] for each in chain) == row["seq"]
        goes_on = row["meeting"] in _going_on(there["rooms"])
        return not (deed.kind == "drop" and last and goes_on)
    if deed.table == "rooms":
        # When it was over the chain does not say; a room may be opened and left.
        when = deed.column == "ended_at" and changes
        empty = deed.kind == "repeat" and not row["sealed"]
        as_true = deed.column == "sealed" and changes and deed.new and row["sealed"]
        return not (when or empty or as_true or _is_alike(deed))
    if deed.table == "ended_evidence":
        return deed.kind != "swap"  # the same two, in another order
    if deed.table == "roll":
        # After the last leaf nothing else speaks of it; of that line, the leaf alone.
        lines = [each["n"] for each in there["roll"] if '"logged"' in each["line"]]
        tail = row["n"] > max(lines) or (
            deed.other is not None and deed.other["n"] > max(lines)
        )
        when = row["n"] == max(lines) and deed.column == "line" and changes
        return not tail and not when
    return True


def _is_alike(deed: Deed) -> bool:
    """Whether two rooms trade their ids that are alike in all that proves something."""
    other = deed.other
    return (
        deed.column == "id"
        and other is not None
        and all(
            deed.row[each] == other[each] for each in ("language", "features", "sealed")
        )
    )


def _going_on(rooms: Sequence[sqlite3.Row]) -> set[str]:
    return {each["id"] for each in rooms if not each["sealed"]}


@thorough
@given(held=ledgers, draw=st.data())
def test_one_row_that_is_not_as_it_was_is_found(
    held: list[Held], draw: st.DataObject, copy: Path
) -> None:
    with laid(held) as data:
        assert found(data) == []
        shutil.copytree(data, copy, dirs_exist_ok=True)
        with opened(data) as database:
            there = {
                name: database.execute(
                    f"SELECT rowid AS place, * FROM {name}"
                ).fetchall()
                for name in TABLES
            }
        for _ in range(TRIES):
            deed = draw.draw(deeds(there).filter(lambda d: _is_told(d, there)))
            shutil.copyfile(data / LEDGER, copy / LEDGER)
            with suppress(sqlite3.IntegrityError):
                with opened(copy) as database:
                    deed.do(database)
                assert found(copy), str(deed)


HELD = Held(2, (Stretch(True, True, True),), True, 1, expired=False, over=False)
GOES_ON = Held(2, (Stretch(False, True, False),), False, 0, expired=False, over=False)
CUT = """
DELETE FROM ledger WHERE meeting = :room;
DELETE FROM rooms WHERE id = :room;
"""
UNSAID = """
DELETE FROM log_places WHERE meeting = :room;
"""


def cut(data: Path, script: str, room: str) -> None:
    with opened(data) as database:
        for statement in script.split(";")[:-1]:
            database.execute(statement, {"room": room} if ":" in statement else {})


def test_a_meeting_that_is_removed_with_its_place_is_missed() -> None:
    with laid([HELD, HELD]) as data:
        cut(data, CUT, f"{1:022}")
        assert any(f"{1:022}, entry" in fault for fault in found(data))
        cut(data, UNSAID, f"{1:022}")
        assert found(data) == ["a leaf of the log is nobody's, or more than one's"]


def test_what_is_removed_everywhere_is_missed_by_who_has_an_earlier_checkpoint() -> (
    None
):
    """By the server's own last one; without that, by anybody's: by nothing here."""
    with laid([HELD]) as data:
        kept = Checkpoint.read(
            (data / LAST).read_text("utf-8"), public_keys(data / KEYS)
        )
        room = f"{0:022}"
        forget_all_but = """
        DELETE FROM log_nodes;
        DELETE FROM log_places;
        DELETE FROM feed_pages;
        DELETE FROM roll WHERE n > 0;
        DELETE FROM ledger;
        """
        cut(data, CUT + forget_all_but, room)
        assert any("its end was cut off" in fault for fault in found(data))
        (data / LAST).unlink()
        assert found(data) == []

        database = Database.open(data / LEDGER, migrate=False)
        with (
            database.connect() as connection,
            connection.begin(),
            pytest.raises(EvidenceError, match="cut off"),
        ):
            require_later(kept, 0, connection)
        database.close()


def test_that_a_meeting_that_goes_on_was_longer_only_receipts_tell() -> None:
    with laid([GOES_ON]) as data:
        cut(data, "DELETE FROM ledger WHERE seq = 4 AND meeting = :room;", f"{0:022}")

        assert found(data) == []
