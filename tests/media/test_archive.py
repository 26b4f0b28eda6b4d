"""Erasing, expiring, and what a crash leaves."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from gatekeeper.consent.types import FeatureId, OpeningId, RoomId, SourceKind
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.evidence.history import Captured
from gatekeeper.storage import paths
from tests.media.people import (
    ALICE,
    BLUE,
    BOB,
    RECORDING,
    RED,
    ROOM,
    Meeting,
    both,
    colours,
    is_colour,
    meeting,
    times_of,
    tones,
    until,
)


def found(data: Path, pattern: str = "*.webm") -> list[str]:
    return sorted(p.name for p in data.rglob(pattern))


async def pair(held: Meeting) -> None:
    """Record two people, and stop."""
    permit, recording = held.open()
    await held.tap(recording, ALICE, both(RED, 440))
    await held.tap(recording, BOB, both(BLUE, 880))
    await until(lambda: len(held.files()) == 4)
    held.close(permit)
    await recording.stopped()


async def test_erasing_takes_one_persons_files_and_no_others(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        await pair(held)
        await until(lambda: len(held.kept.captures) == 4)

        assert await held.archive.erase(ROOM, RECORDING, ALICE, None) == 2
        assert found(tmp_path) == [f"{BOB}-camera.webm", f"{BOB}-microphone.webm"]
        assert await held.archive.erase(ROOM, RECORDING, ALICE, None) == 0
        assert await held.archive.erase(RoomId("other"), RECORDING, BOB, None) == 0
        assert await held.archive.erase(ROOM, FeatureId("other"), BOB, None) == 0


async def test_erasing_right_after_the_withdrawal_waits_for_the_closing(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))
        await held.tap(recording, BOB, both(BLUE, 880))
        await until(lambda: len(held.files()) == 4)

        held.close(permit)
        assert await held.archive.erase(ROOM, RECORDING, ALICE, None) == 2
        await recording.stopped()
        await until(lambda: len(held.kept.captures) == 2)

    assert {c.participant for c in held.kept.captures} == {BOB}
    assert found(tmp_path) == [f"{BOB}-camera.webm", f"{BOB}-microphone.webm"]
    assert found(tmp_path, "*.open") == []


async def test_erasing_while_others_are_recorded_on_disturbs_nobody(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))
        await held.tap(recording, BOB, both(BLUE, 880))
        await until(lambda: len(held.files()) == 4)

        recording.drop(ALICE)
        assert await held.archive.erase(ROOM, RECORDING, ALICE, None) == 2
        before = held.files()[f"{BOB}-microphone.webm"]
        await until(lambda: held.files()[f"{BOB}-microphone.webm"] > before)
        held.close(permit)
        await recording.stopped()

    assert {c.participant for c in held.kept.captures} == {BOB}
    assert len(found(tmp_path)) == 2


async def test_a_room_expires_as_a_whole(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        await pair(held)
        await until(lambda: len(held.kept.captures) == 4)

        assert await held.archive.expire(ROOM, RECORDING) == 4
        assert await held.archive.expire(ROOM, RECORDING) == 0
        assert found(tmp_path, "*") == []


@pytest.mark.parametrize("name", ["..", "a/b", "", "a.b", "ä", "x" * 200])
async def test_what_is_not_an_id_never_becomes_a_path(
    tmp_path: Path, name: str
) -> None:
    async with meeting(tmp_path) as held:
        with pytest.raises(ValueError, match="not an id"):
            await held.archive.expire(RoomId(name), RECORDING)


def test_a_place_can_be_read_back_from_its_path(tmp_path: Path) -> None:
    place = paths.Place(ROOM, RECORDING, OpeningId("o-1"), ALICE, SourceKind.CAMERA)

    assert place.path == "recordings/room/recording/o-1/alice-_1-camera.webm"
    assert paths.Place.of(tmp_path, tmp_path / place.path) == place
    for path in ("x.webm", "recordings/a/b/c/d.webm", "recordings/a/b/c/d-x.webm"):
        assert paths.Place.of(tmp_path, tmp_path / path) is None


def test_R19_present_a_later_part_has_a_place_of_its_own(tmp_path: Path) -> None:
    place = paths.Place(ROOM, RECORDING, OpeningId("o"), ALICE, SourceKind.CAMERA, 12)

    assert place.path == "recordings/room/recording/o/alice-_1-camera.12.webm"
    assert paths.marker(tmp_path / place.path).name == "alice-_1-camera.12.open"
    assert paths.Place.of(tmp_path, tmp_path / place.path) == place
    for part in ("0", "01", "-1", "1_0", "+1", " 1", "", "x", "1.2", "\u0661"):
        path = f"recordings/room/recording/o/alice-camera.{part}.webm"
        assert paths.Place.of(tmp_path, tmp_path / path) is None
    with pytest.raises(ValueError, match="not a part"):
        paths.Place(ROOM, RECORDING, OpeningId("o"), ALICE, SourceKind.CAMERA, -1)


async def crash(data: Path) -> None:
    """Let a child record, and kill it in the middle."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.media.victim", str(data)),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    async with asyncio.timeout(30):
        await child.stdout.readuntil(b"recording\n")
    os.kill(child.pid, signal.SIGKILL)
    await child.wait()


async def test_after_a_kill_the_files_are_readable_and_recovered(
    tmp_path: Path,
) -> None:
    await crash(tmp_path)

    async with meeting(tmp_path) as held:
        assert await held.archive.recover({OpeningId("opening"): 1}) == 2
        camera, microphone = held.kept.captures
        if camera.source is SourceKind.MICROPHONE:
            camera, microphone = microphone, camera
        seen = colours(tmp_path / camera.place(ROOM).path)
        heard = [tone for tone in tones(tmp_path / microphone.place(ROOM).path) if tone]

        assert camera.recovered
        assert microphone.recovered
        first, last = times_of(camera)
        assert first < last
        assert camera.size == held.files()[f"{ALICE}-camera.webm"]
        assert len(seen) > 3
        assert all(is_colour(mean, RED) for mean in seen)
        assert len(heard) > 10
        assert all(abs(tone - 440) <= 10 for tone in heard)
        assert found(tmp_path, "*.open") == []
        assert await held.archive.recover({OpeningId("opening"): 1}) == 0


async def test_what_no_permit_covers_is_deleted_at_start(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        await pair(held)
        await until(lambda: len(held.kept.captures) == 4)

        with capture_logs() as logs:
            assert await held.archive.recover({OpeningId("another"): 1}) == 0
        assert found(tmp_path, "*") == []
        assert [e["event"] for e in logs] == ["orphan.deleted"] * 4


async def test_finished_files_are_left_alone_at_start(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        await pair(held)
        await until(lambda: len(held.kept.captures) == 4)

        assert await held.archive.recover({OpeningId("opening"): 1}) == 0
        assert len(found(tmp_path)) == 4
        assert len(held.kept.captures) == 4


async def test_an_empty_file_of_a_crash_is_deleted_not_reported(
    tmp_path: Path,
) -> None:
    place = paths.Place(ROOM, RECORDING, OpeningId("o"), ALICE, SourceKind.CAMERA)
    async with meeting(tmp_path) as held:
        _leave(tmp_path / place.path)

        assert await held.archive.recover({OpeningId("o"): 1}) == 0
        assert held.kept.captures == []
        assert found(tmp_path, "*") == []


def _leave(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.touch()
    paths.marker(file).touch()
    paths.marker(file.with_name("never-made-camera.webm")).touch()


class Unwilling:
    """A ledger that is gone."""

    async def finished(self, room: RoomId, captured: Captured) -> None:
        raise LedgerUnavailable


async def test_what_could_not_be_reported_is_reported_at_the_next_start(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        held.context.captures = Unwilling()
        with capture_logs() as logs:
            await pair(held)
            await until(
                lambda: [e["event"] for e in logs].count("capture.unreported") == 4
            )

    async with meeting(tmp_path) as later:
        assert await later.archive.recover({OpeningId("opening"): 1}) == 4
        assert len(later.kept.captures) == 4
