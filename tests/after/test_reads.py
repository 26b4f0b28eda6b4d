"""
What one page costs: each store is read once for it, whatever is on the page.

A recording, a transcript and a summary are laid out here, part by part; the page, the
stores and the ledger are the server's own.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from gatekeeper.assistant.highlights import highlights
from gatekeeper.assistant.summary import stored
from gatekeeper.assistant.summary.stored import Stored
from gatekeeper.assistant.transcript.lines import TranscriptLine, new_line_id
from gatekeeper.assistant.transcript.store import TranscriptKey, TranscriptStore
from gatekeeper.consent.types import (
    FeatureId,
    LanguageTag,
    OpeningId,
    SharedWith,
    SourceKind,
)
from gatekeeper.evidence.entries import (
    Body,
    CaptureFinished,
    GateClosed,
    GateOpened,
    MeetingSealed,
)
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.presence import Span
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.database import Database
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.paths import Place
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.after.conftest import Past, until
from tests.evidence.people import RECORDING, ROOM, Signer, begins
from tests.media.film.material import tone, write
from tests.meeting.conftest import configured, start

TRANSCRIPT, SUMMARY = FeatureId("transcript"), FeatureId("summary")
FEATURES = (RECORDING, TRANSCRIPT, SUMMARY)
SAID = ("We have decided to meet on Thursday.", "I will book the room by Friday.")


async def laid_out(data: Path) -> Past:
    """Mara and Tom met, and all three features were on for both."""
    began = datetime.now(UTC) - timedelta(minutes=5)  # noqa: TID251 - nothing is old
    people = {name: Signer() for name in ("Mara", "Tom")}
    ids = {name: signer.key.thumbprint for name, signer in people.items()}
    database = await asyncio.to_thread(Database.open, data / "ledger.sqlite3")
    async with Transactions(database) as writer:
        record = RoomRecord(ROOM, "Yard", LanguageTag("en"), FEATURES, bytes(32), began)
        await RoomStore(writer).add(record)
        await RoomStore(writer).end(ROOM, began + timedelta(minutes=1))
        for feature in FEATURES:
            called = {who: name for name, who in ids.items()}
            await NameStore(writer).note(ROOM, feature, called)
        clock = [began]
        ledger = Ledger(writer, clock=lambda: clock[0])
        bodies = _chain(data, began, list(people.values()))
        await ledger.append(ROOM, bodies[:-5])
        clock[0] = began + timedelta(minutes=1)
        await ledger.append(ROOM, bodies[-5:])
    database.close()
    await _words(data, began, list(people.values()))
    GateKey.load(data / "keys", first=True)
    access = PageCapabilities.load(data / "keys", first=True)
    return Past(ROOM, "", {}, {n: access.issue(ROOM, who) for n, who in ids.items()})


def _chain(data: Path, began: datetime, people: list[Signer]) -> list[Body]:
    opened = [
        GateOpened.of(
            feature,
            OpeningId(feature),
            [person.decides(feature=feature) for person in people],
            SharedWith.PRESENT,
        )
        for feature in FEATURES
    ]
    closed = [GateClosed(feature=f, opening=OpeningId(f)) for f in FEATURES]
    place = Place(
        ROOM,
        RECORDING,
        OpeningId(RECORDING),
        people[0].key.thumbprint,
        SourceKind.MICROPHONE,
    )
    file = data / place.path
    file.parent.mkdir(parents=True)
    write(file, tone(440, (0, 1), [(0, 1)]), began, video=False)
    captured = CaptureFinished(
        feature=RECORDING,
        opening=place.opening,
        subject=place.participant,
        source=place.source,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        bytes=file.stat().st_size,
        first=began,
        last=began + timedelta(seconds=1),
    )
    return [*begins(), *opened, *closed, captured, MeetingSealed()]


async def _words(data: Path, began: datetime, people: list[Signer]) -> None:
    store = TranscriptStore(data)
    lines = []
    for number, (person, text) in enumerate(zip(people, SAID, strict=True)):
        at = began + timedelta(seconds=5 * number + 1)
        line = TranscriptLine(
            new_line_id(),
            person.key.thumbprint,
            at,
            at + timedelta(seconds=3),
            text,
            Span(OpeningId(TRANSCRIPT), 0, 0),
        )
        await store.append(TranscriptKey(ROOM, TRANSCRIPT, OpeningId(TRANSCRIPT)), line)
        lines.append(line)
    summary = highlights(lines, language="en", made_at=began)
    assert summary is not None
    stored.save(store.folder(ROOM, SUMMARY), Stored(summary=summary))
    store.close()


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """What is done on the database and on the disk meanwhile, by its function."""
    found: Counter[str] = Counter()
    run, submit = Transactions.run, ThreadPoolExecutor.submit

    async def counted_run(self: Transactions, do: Callable[[Connection], Any]) -> Any:
        found[_name(do)] += 1
        return await run(self, do)

    def counted_submit(
        self: ThreadPoolExecutor, work: Callable[..., Any], *args: Any, **named: Any
    ) -> Future[Any]:
        # `to_thread` hands over the context's `run`, and what it is to run.
        name = _name(work.args[0] if isinstance(work, partial) else work)
        found[name] += 1
        return submit(self, work, *args, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Transactions, "run", counted_run)
        patched.setattr(ThreadPoolExecutor, "submit", counted_submit)
        yield found


def _name(work: Callable[..., Any]) -> str:
    done = work.func if isinstance(work, partial) else work
    return f"{done.__module__.removeprefix('gatekeeper.')}.{done.__qualname__}"


async def test_for_one_page_nothing_is_read_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = {"engine": "http", "base_url": "http://127.0.0.1:9/v1", "model": "m"}
    config = configured(
        tmp_path / "data", features={f: {} for f in FEATURES}, speech=elsewhere
    )
    config.data.directory.mkdir()
    past = await laid_out(config.data.directory)
    async with start(config) as world, past.visit(world.url, "Mara") as visit:
        await visit.until("film", "ready")
        await until(lambda: not [*config.data.directory.rglob("untold")])
        with counted(monkeypatch) as reads:
            page = await visit.page()

    assert [feature["your_part"] for feature in page["features"]] == ["kept"] * 3
    assert (page["transcript"]["lines"], page["summary"]["state"]) == (2, "ready")
    assert {person["name"] for person in page["people"]} == {"Mara", "Tom"}
    recording = page["features"][0]
    assert (len(recording["tracks"]), bool(recording["captions"])) == (1, True)
    assert reads == Counter(
        [
            "storage.rooms._read",
            "archive.catalogue.on_record",
            "archive.catalogue._there",
            "assistant.transcript.store._read",
            "assistant.transcript.store._files_of_room",
            "assistant.summary.stored.load",
        ]
    )
