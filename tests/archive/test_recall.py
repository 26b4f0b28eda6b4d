"""What was taken back is told to anybody, a day later, and verify says it."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import update

from gatekeeper.app.cli import main
from gatekeeper.archive.recall import Recall
from gatekeeper.clock import Clock
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.feed import record
from gatekeeper.evidence.feed.feed import Feed
from gatekeeper.evidence.feed.page import Page
from gatekeeper.evidence.tlog import seal_log
from gatekeeper.evidence.tlog.log_key import LogKey
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.media.film.files import Folder
from gatekeeper.media.film.recipe import Chapter, Edit, Film, FilmIndex
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import KEYS, LEDGER
from gatekeeper.storage.tables import feed_pages
from gatekeeper.storage.transactions import Transactions
from tests.archive.past import lay
from tests.archive.taped import taped
from tests.archive.test_eraser import ALICE, BOB, house, opening
from tests.archive.test_own import ALL, no_films
from tests.archive.test_proof import page
from tests.evidence.conftest import database, path, writer
from tests.evidence.people import NOON, RECORDING, ROOM
from tests.meeting.conftest import configured, start
from tests.verifying.three import browsers, in_browser

__all__ = ["database", "no_films", "path", "writer"]

DAY = timedelta(days=1)
GONE = "a5" * 32


async def nothing() -> None:
    """There is no roll outside."""


@pytest.fixture
def seals(writer: Transactions, path: Path) -> SealLog:
    key = LogKey.load(path.parent / KEYS, "meet.example")
    return SealLog(writer, key, path.parent, nothing)


async def documents(seals: SealLog) -> list[str]:
    found, after = [], -1
    while (document := await seals.taken_back(after)) is not None:
        found.append(document.model_dump_json())
        if document.next is None:
            break
        after = document.next
    return found


async def read(seals: SealLog) -> Feed:
    return Feed.read(await documents(seals), seals.keys)


async def test_a_digest_is_told_when_its_day_is_over_and_not_before(
    writer: Transactions, seals: SealLog
) -> None:
    now = [NOON]
    recall = Recall(writer, None, lambda: now[0])
    await recall.note([GONE])
    await recall.sweep(NOON + timedelta(hours=11))
    assert await seals.taken_back(-1) is None

    now[0] += DAY
    later = "b6" * 32
    await recall.note([later])
    await recall.sweep(now[0])
    feed = await read(seals)
    assert feed.taken_back([later]) is None, "its day is not over"

    assert feed.taken_back([GONE]) == NOON.date() == feed.until
    assert feed.taken_back(["00" * 32]) is None
    assert feed.tells_since(NOON.date() - DAY)


async def test_R8_each_day_has_a_page_and_all_are_of_one_size(
    writer: Transactions, seals: SealLog
) -> None:
    """Whether anybody took something back, and how much, is not to be seen in it."""
    recall = Recall(writer, None, lambda: NOON)
    sizes = []
    for days in range(1, 5):
        if days == 2:
            await recall.note(hashlib.sha256(bytes([n])).hexdigest() for n in range(90))
        for _ in range(2):
            await recall.sweep(NOON + days * DAY)
        sizes.append(len((await documents(seals))[-1]))

    feed = await read(seals)
    assert [len(each.digests) for each in feed.pages] == [256] * 4
    assert [each.day for each in feed.pages] == [
        NOON.date() + n * DAY for n in range(4)
    ]


async def test_much_in_one_day_takes_more_pages(
    writer: Transactions, seals: SealLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "MOST", 300)
    monkeypatch.setattr(seal_log, "LONGEST", 40_000)
    many = [hashlib.sha256(n.to_bytes(4)).hexdigest() for n in range(301)]
    await writer.run(lambda on: record.note(many, NOON, on))
    await Recall(writer, None, lambda: NOON).sweep(NOON + DAY)

    feed = await read(seals)

    assert len(await documents(seals)) == 2, "a document is bounded"
    assert all(feed.taken_back([each]) for each in many)


async def test_pages_are_kept_as_long_as_evidence(
    writer: Transactions, seals: SealLog
) -> None:
    recall = Recall(writer, 2 * DAY, lambda: NOON)
    for days in range(1, 6):
        await recall.sweep(NOON + days * DAY)

    feed = await read(seals)
    assert feed.pages[0].day == (NOON + 3 * DAY).date()
    assert not feed.tells_since(NOON.date())
    assert await writer.run(lambda on: list(record.faults(on))) == []


async def test_a_page_that_cannot_be_read_stops_nothing_and_is_found(
    writer: Transactions, seals: SealLog
) -> None:
    recall = Recall(writer, None, lambda: NOON)
    await recall.sweep(NOON + DAY)
    await writer.run(lambda on: on.execute(update(feed_pages).values(text="x")).close())
    await recall.sweep(NOON + 2 * DAY)

    assert await writer.run(lambda on: list(record.faults(on))) == [
        "page 0 of what was taken back cannot be read",
        "page 0 of what was taken back is missing",
    ]


Change = Callable[[dict[str, Any]], object]


CHANGES: list[tuple[set[str], Change]] = [
    ({"feed-malformed"}, lambda said: said.update(more=1)),
    ({"feed-malformed"}, lambda said: said.update(pages=[])),
    ({"feed-malformed"}, lambda said: said["pages"].append("x")),
    ({"inclusion-invalid"}, lambda said: said["pages"].pop()),
    ({"feed-gap"}, lambda said: said["pages"].pop(1)),
    ({"feed-gap", "inclusion-invalid"}, lambda said: said["pages"].reverse()),
    ({"proof-malformed"}, lambda said: said.update(proof="")),
]


async def test_a_feed_that_is_cut_or_changed_is_refused_by_the_page_too(
    writer: Transactions, seals: SealLog, tmp_path: Path
) -> None:
    recall = Recall(writer, None, lambda: NOON)
    for days in range(1, 4):
        await recall.sweep(NOON + days * DAY)
    [whole] = await documents(seals)
    codes, cases = ["good"], [whole]
    for due, change in CHANGES:
        said = json.loads(whole)
        change(said)
        cases.append(json.dumps(said))
        with pytest.raises(EvidenceError) as refused:
            Feed.read(cases[-1:], seals.keys)
        assert refused.value.code in due
        codes.append(refused.value.code)

    Feed.read([whole], seals.keys)
    keys = "".join(f"{key.text()}\n" for key in seals.keys)
    # With a member more it is no feed at all, as far as one sees from outside.
    named = [{"feed": each, "keys": keys} for each in cases]
    found = await asyncio.to_thread(browsers, named, tmp_path)
    codes[1] = "kind-unknown"
    assert [each[0][0] for each in found] == codes


def test_every_byte_of_a_page_counts() -> None:
    one = Page.of(date(2026, 11, 29), "0" * 64, [GONE])
    assert Page.read(one.text()) == one
    for at, byte in [*enumerate(one.text())][::61]:
        changed = one.text()[:at] + chr(ord(byte) ^ 1) + one.text()[at + 1 :]
        try:
            assert Page.read(changed).leaf != one.leaf
        except EvidenceError:
            continue


def film(sha256: str, who: str, where: str) -> Film:
    chapter = Chapter(
        at=0, **{"from": NOON, "to": NOON}, opening=where, part=0, people=(who,)
    )
    edit = Edit(
        participant=who,
        source="camera",
        opening=where,
        part=0,
        track="0" * 64,
        at=0,
        start=0,
        length=1,
    )
    return Film(
        format="mp4",
        seconds=1,
        bytes=1,
        sha256=sha256,
        chapters=(chapter,),
        viewers=(who,),
        edits=(edit,),
    )


def shot(folder: Folder, *films: Film) -> None:
    """Films as a worker leaves them."""
    folder.ready.mkdir(parents=True, exist_ok=True)
    for each in films:
        (folder.ready / each.name).write_bytes(b"f")
    index = FilmIndex(recipe="0" * 64, made_at=NOON, films=films)
    folder.publish(index)


async def test_who_erases_takes_back_their_tracks_and_each_film_with_them(
    tmp_path: Path,
) -> None:
    """Also one that another has replaced since: somebody may have it."""
    alice, bob = (who.key.thumbprint for who in (ALICE, BOB))
    async with house(tmp_path) as here:
        await here.captured(opening(1), ALICE, BOB)
        folder = Folder.of(tmp_path, ROOM, RECORDING)
        shot(folder, film("11" * 32, alice, opening(1)))
        shot(
            folder,
            film("22" * 32, alice, opening(1)),
            film("33" * 32, bob, opening(1)),
        )
        await here.eraser.erase(ROOM, RECORDING, alice)
        waiting = await here.writer.run(noted)
        assert waiting == {"0" * 64, "11" * 32, "22" * 32}

        await here.eraser.expire(ROOM, RECORDING)
        await here.settle()
        assert await here.writer.run(noted) == waiting | {"33" * 32}


def noted(connection: object) -> set[str]:
    asked = connection.exec_driver_sql("SELECT digest FROM taken_back")  # type: ignore[attr-defined]
    return {bytes(digest).hex() for (digest,) in asked}


def verified(*words: str) -> tuple[int, str]:
    with redirect_stdout(StringIO()) as said:
        code = main(["verify", *words])
    return code, said.getvalue()


async def a_day_passes(data: Path) -> None:
    now = Clock().now()
    database = Database.open(data / LEDGER)
    async with Transactions(database) as writer:
        await Recall(writer, None, lambda: now).sweep(now + DAY)
    database.close()


async def part(http: aiohttp.ClientSession, room: str) -> str:
    """How it stands with one's own part of the recording."""
    async with http.get(f"/api/rooms/{room}/after") as answer:
        told = await answer.json()
    (found,) = (f["your_part"] for f in told["features"] if f["id"] == "recording")
    return str(found)


async def test_an_old_export_of_an_erased_part_is_taken_back(
    tmp_path: Path, no_films: None
) -> None:
    config = configured(tmp_path / "data", features=ALL)
    past = taped(config.data.directory, ("q1ana", "q2ben"))
    await lay(past)
    export, keys, feed = (tmp_path / n for n in ("e.zip", "keys.txt", "feed.json"))
    async with start(config) as world, await page(world, past, past.people[0]) as http:
        async with http.get("export") as answer:
            export.write_bytes(await answer.read())
        async with http.get("/log/keys") as answer:
            keys.write_bytes(await answer.read())
        async with http.get("/log/taken-back") as answer:
            assert answer.status == 404
        async with http.post("recording/erase") as answer:
            assert answer.status == 202
        async with asyncio.timeout(30):
            while await part(http, past.room) != "erased":  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    code, said = await asyncio.to_thread(verified, str(export))
    assert code == 0
    assert "is not known here" in said

    await a_day_passes(config.data.directory)
    async with start(config) as world:
        async with world.http.get(f"{world.url}/log/taken-back") as answer:
            assert answer.status == 200
            assert "max-age" in answer.headers["Cache-Control"]
            feed.write_bytes(await answer.read())
        pinned = ("--log-key", str(keys))
        asked = ("--server", world.url, *pinned)
        online = await asyncio.to_thread(verified, str(export), *asked)
    code, said = verified(str(export), str(feed), *pinned)

    for status, told in (online, (code, said)):
        assert status == 1
        assert told.count("(taken-back)") == 1
        assert f"recording of {past.people[0].id}, camera" in told
        assert f"taken back on {Clock().now().date()}" in told
    shown = await asyncio.to_thread(in_browser, export, feed, keys)
    assert [each for each, _ in shown] == ["taken-back", "good", "good"]
    before = await asyncio.to_thread(in_browser, export, keys)
    assert [each for each, _ in before] == ["good", "good"]
