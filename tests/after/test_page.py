"""The page afterwards: who may see what, and what is erased and expires."""

import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.config import Config
from gatekeeper.evidence.audit import verify_all
from gatekeeper.evidence.entries import CaptureFinished, decode
from gatekeeper.media.recording.store import RecordingStore
from gatekeeper.storage import paths
from gatekeeper.storage.database import Database
from tests.after.conftest import Past, Visit, recorded
from tests.meeting.conftest import World, start

MARKER = "Xq7marker"


def kept(config: Config) -> list[str]:
    """The names of the files of recordings."""
    return sorted(
        p.name for p in (config.data.directory / "recordings").rglob("*.webm")
    )


def bodies(config: Config, past: Past) -> list[str]:
    """The types of the entries of the meeting's chain."""
    return [decode(raw).body.type for raw in raws(config, past)]


def raws(config: Config, past: Past) -> list[bytes]:
    with sqlite3.connect(config.data.directory / "ledger.sqlite3") as database:
        rows = database.execute(
            "SELECT body FROM ledger WHERE meeting = ? ORDER BY seq", [past.room]
        )
        return [body for (body,) in rows]


def verifies(config: Config) -> bool:
    database = Database.open(config.data.directory / "ledger.sqlite3", migrate=False)
    try:
        return all(report.fault is None for report in verify_all(database))
    finally:
        database.close()


def holds(config: Config, marker: str) -> bool:
    """Whether any byte of the data directory says it."""
    files = (p for p in config.data.directory.rglob("*") if p.is_file())
    return any(marker.encode() in file.read_bytes() for file in files)


# ---- Who sees what ------------------------------------------------------------------


async def test_all_who_were_captured_see_the_same(world: World) -> None:
    past = await recorded(world, "Mara", "Tomas")
    pages = []
    for name in ("Mara", "Tomas"):
        async with past.visit(world.url, name) as visit:
            await visit.until("your_part", "kept")
            pages.append(await visit.page())

    people = [{"id": past.people[n].id, "name": n} for n in ("Mara", "Tomas")]
    for page, name in zip(pages, ("Mara", "Tomas"), strict=True):
        assert page["you"] == past.people[name].id
        assert sorted(page["people"], key=lambda p: p["name"]) == people
        assert page["ended_at"] > page["opened_at"]
    first, second = (page["features"][0] for page in pages)
    assert first["stretches"] == second["stretches"]
    assert len(first["stretches"][0]["people"]) == 2
    assert first["tracks"] == second["tracks"]
    assert {t["source"] for t in first["tracks"]} == {"camera", "microphone"}


async def test_a_track_is_the_file_whose_hash_is_on_record(
    world: World, config: Config
) -> None:
    past = await recorded(world, "Mara", "Tomas")
    async with past.visit(world.url, "Tomas") as visit:
        feature = await visit.until("your_part", "kept")
        track = feature["tracks"][0]
        async with visit.http.get(world.url + track["url"]) as answer:
            content = await answer.read()
        async with visit.http.get(
            f"{world.url}{track['url']}?download=1", headers={"Range": "bytes=0-3"}
        ) as answer:
            part, said = await answer.read(), answer.headers
            assert answer.status == 206

    on_record = [
        body.sha256
        for body in (decode(raw).body for raw in raws(config, past))
        if isinstance(body, CaptureFinished)
    ]
    assert hashlib.sha256(content).hexdigest() in on_record
    assert part == content[:4]
    assert said["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert said["Cache-Control"] == "private, no-store"


async def test_who_was_never_captured_sees_nothing_of_anybody(world: World) -> None:
    past = await recorded(world, "Mara", "Tomas", end=False)
    late = await world.person(past.room, "Ines")
    welcome = await late.join()
    async with past.visit(world.url) as visit:
        assert await visit.sign_in(welcome["after"]) == 204
        page = await visit.page()
        feature = page["features"][0]
        async with past.visit(world.url, "Mara") as other:
            track = (await other.until("your_part", "kept"))["tracks"][0]["url"]
        for path in (track, f"/api/rooms/{past.room}/after/recording/film"):
            async with visit.http.get(world.url + path) as answer:
                assert answer.status == 404
        assert await visit.post("recording/erase") == 404
        assert await visit.post("recording/film") == 404

    assert (page["people"], feature["stretches"], feature["tracks"]) == ([], [], [])
    assert (feature["film"]["state"], feature["your_part"]) == ("none", "none")
    text = str(page)
    assert past.people["Mara"].id not in text
    assert "Mara" not in text


async def test_without_a_capability_of_this_meeting_there_is_nothing(
    world: World,
) -> None:
    past = await recorded(world, "Mara", "Tomas")
    elsewhere = await recorded(world, "Ines", "Noor")
    async with past.visit(world.url) as visit:
        async with visit.http.get(visit.root) as answer:
            assert (answer.status, (await answer.json())["code"]) == (401, "sign-in")
        for forged in (elsewhere.links["Ines"], f"{past.links['Mara']}x", "", "."):
            assert await visit.sign_in(forged) == 403
        mac = past.links["Mara"].split(".")[1]
        assert await visit.sign_in(f"{past.people['Tomas'].id}.{mac}") == 403
        assert await visit.sign_in(past.links["Mara"], host="no such secret") == 403
        async with visit.http.post(f"{visit.root}/session", data=b"{") as answer:
            assert (answer.status, (await answer.json())["code"]) == (400, "malformed")
        async with visit.http.get(visit.root) as answer:
            assert answer.status == 401
        unknown = Visit(visit.http, f"{world.url}/api/rooms/nowhere/after")
        assert await unknown.sign_in(past.links["Mara"]) == 404


async def test_signing_out_forgets(world: World) -> None:
    past = await recorded(world, "Mara", "Tomas")
    async with past.visit(world.url, "Mara") as visit:
        async with visit.http.delete(f"{visit.root}/session") as answer:
            assert answer.status == 204
        async with visit.http.get(visit.root) as answer:
            assert answer.status == 401


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_pages(
    world: World,
) -> None:
    past = await recorded(world, "Mara", "Tomas")
    async with past.visit(world.url) as visit:
        said = {"capability": past.links["Mara"]}
        async with visit.http.post(f"{visit.root}/session", json=said) as answer:
            (cookie,) = answer.headers.getall("Set-Cookie")
    for part in ("HttpOnly", "SameSite=Strict", f"Path=/api/rooms/{past.room}/after"):
        assert part in cookie


# ---- Erasing one's part -------------------------------------------------------------


async def test_erasing_takes_ones_own_part_and_name_and_leaves_the_others(
    world: World, config: Config
) -> None:
    past = await recorded(world, "Mara", "Tomas", called={"Tomas": MARKER})
    async with past.visit(world.url, "Tomas") as visit:
        await visit.until("your_part", "kept")
        assert holds(config, MARKER)
        assert await visit.post("recording/erase") == 202
        feature = await visit.until("your_part", "erased")
        page = await visit.page()

    mara, tomas = (past.people[name].id for name in ("Mara", "Tomas"))
    assert kept(config) == [f"{mara}-camera.webm", f"{mara}-microphone.webm"]
    assert {track["participant"] for track in feature["tracks"]} == {mara}
    assert {p["id"]: p["name"] for p in page["people"]} == {mara: "Mara", tomas: None}
    assert not holds(config, MARKER)
    assert bodies(config, past)[-3:] == ["meeting.sealed", "erasure", "meeting.sealed"]
    assert verifies(config)


async def test_one_cannot_erase_while_one_is_being_captured(world: World) -> None:
    past = await recorded(world, "Mara", "Tomas", end=False)
    async with past.visit(world.url, "Tomas") as visit:
        await visit.until("your_part", "kept")
        mara = past.people["Mara"]
        since = len(mara.heard)
        await mara.say(type="request", feature="recording")
        await mara.hears("tap", since=since)

        assert await visit.post("recording/erase") == 400
        assert (await visit.feature())["your_part"] == "kept"


async def test_a_deletion_that_fails_is_tried_until_it_is_confirmed(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove, faults = paths.remove, [OSError("busy"), OSError("busy")]

    def unwilling(file: Path) -> bool:
        if faults:
            raise faults.pop()
        return remove(file)

    monkeypatch.setattr(paths, "remove", unwilling)
    monkeypatch.setattr("gatekeeper.archive.eraser.AGAIN", 0.01)
    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas")
        async with past.visit(world.url, "Tomas") as visit:
            assert await visit.post("recording/erase") == 202
            await visit.until("your_part", "erased")

    assert not faults
    assert len(kept(config)) == 2
    assert bodies(config, past).count("erasure") == 1


async def test_a_deletion_that_a_crash_cut_short_is_taken_up(config: Config) -> None:
    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas")
        async with past.visit(world.url, "Tomas") as visit:
            await visit.until("your_part", "kept")
    with sqlite3.connect(config.data.directory / "ledger.sqlite3") as database:
        database.execute(
            "INSERT INTO deletions VALUES (?, 'recording', ?, NULL)",
            [past.room, past.people["Tomas"].id],
        )
    database.close()

    async with start(config) as world, past.visit(world.url, "Tomas") as visit:
        await visit.until("your_part", "erased")
    assert len(kept(config)) == 2
    assert verifies(config)


# ---- Retention ----------------------------------------------------------------------


async def test_what_has_had_its_time_is_deleted(config: Config) -> None:
    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas", called={"Mara": MARKER})
        async with past.visit(world.url, "Mara") as visit:
            page = await visit.until("your_part", "kept")
    ended = datetime.now(UTC) - timedelta(days=8)  # noqa: TID251
    with sqlite3.connect(config.data.directory / "ledger.sqlite3") as database:
        database.execute("UPDATE rooms SET ended_at = ?", [ended.isoformat()])
    database.close()

    async with start(config) as world, past.visit(world.url, "Mara") as visit:
        feature = await visit.until("film", "deleted")
        page = await visit.page()
        await visit.until("your_part", "none")

    assert kept(config) == []
    assert not (config.data.directory / "recordings" / past.room).exists()
    assert [person["name"] for person in page["people"]] == [None, None]
    assert (page["title"], feature["tracks"]) == ("", [])
    assert feature["deleted_at"] is not None
    assert len(feature["stretches"]) == 1, "it says that recording was on"
    assert not holds(config, MARKER)
    assert bodies(config, past)[-2:] == ["retention.ended", "meeting.sealed"]
    assert verifies(config)


async def test_what_waits_for_its_deletion_is_in_nothing_that_anybody_gets(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(*_: object) -> int:
        raise PermissionError

    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas", "Ines")
        async with (
            past.visit(world.url, "Mara") as mara,
            past.visit(world.url, "Tomas") as tomas,
        ):
            before = await mara.until("film", "ready")
            monkeypatch.setattr(RecordingStore, "_erase", stuck)
            assert await tomas.post("recording/erase") == 202

            feature = await mara.feature()
            left = {track["participant"] for track in feature["tracks"]}
            assert past.people["Tomas"].id not in left
            assert len(left) == 2
            assert feature["film"]["url"] is None
            assert await mara.status(before["film"]["url"]) == 404
            gone = [t for t in before["tracks"] if t["participant"] not in left]
            assert gone
            for track in gone:
                assert await mara.status(track["url"]) == 404
            assert (await tomas.feature())["your_part"] == "erasing"


async def test_what_has_time_left_is_kept(config: Config) -> None:
    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas")
        async with past.visit(world.url, "Mara") as visit:
            page = await visit.until("your_part", "kept")
            ended = datetime.fromisoformat((await visit.page())["ended_at"])
    async with start(config) as world, past.visit(world.url, "Mara") as visit:
        feature = await visit.feature()

    assert len(kept(config)) == 4
    assert feature["tracks"] == page["tracks"]
    until = datetime.fromisoformat(feature["kept_until"])
    assert until - ended == timedelta(days=7)


async def test_nobody_who_did_not_agree_is_named_on_disk(
    world: World, config: Config
) -> None:
    past = await recorded(world, "Mara", "Tomas", end=False)
    late = await world.person(past.room, MARKER)
    await late.join()
    await late.refuse("recording")
    await late.hears("decided")

    assert not holds(config, MARKER)
