"""Recordings of real senders, decoded again: whose colour, whose tone, until when."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import av
import pytest
from structlog.testing import capture_logs

from gatekeeper.consent.types import ContentKind, ParticipantId, RoomId, SourceKind
from gatekeeper.errors import (
    DiskLow,
    MalformedMessage,
    SinkUnavailable,
    UnknownOpening,
)
from gatekeeper.evidence.leaves import leaves, root
from gatekeeper.gating.permit import Permit
from gatekeeper.media.recording import recorder as recording_module
from gatekeeper.media.recording.packets import packets
from gatekeeper.media.recording.recorder import Recorder
from tests.media.people import (
    ALICE,
    BLUE,
    BOB,
    RED,
    ROOM,
    Camera,
    Meeting,
    Microphone,
    Silent,
    both,
    colours,
    is_colour,
    meeting,
    pictures,
    times_of,
    tones,
    until,
)

HALF_A_SECOND = 25
"""Packets of sound."""


def path(held: Meeting, who: ParticipantId, source: SourceKind) -> Path:
    (file,) = held.data.glob(f"recordings/room/recording/opening/{who}-{source}.webm")
    return file


def found(data: Path, pattern: str) -> list[Path]:
    return sorted(data.rglob(pattern))


def last_colours(data: Path) -> list[tuple[int, int, int]]:
    """The last colour in each file of a camera, black while there is none yet."""
    last = []
    for file in found(data, "*-camera.webm"):
        try:
            last.append(colours(file)[-1])
        except (IndexError, av.FFmpegError):
            last.append((0, 0, 0))
    return last


async def recorded(
    held: Meeting, recording: Recorder, size: int = 1000, files: int = 2
) -> None:
    """Return once there are so many files, somebody's two, each with some content."""
    await until(
        lambda: len(held.files()) >= files and min(held.files().values()) > size
    )


async def test_each_file_holds_its_owners_colour_or_tone(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))
        await held.tap(recording, BOB, both(BLUE, 880))
        await until(lambda: len(held.files()) == 4)
        await recorded(held, recording, 3000)

        held.close(permit)
        await recording.stopped()

        for who, colour, hertz in ((ALICE, RED, 440), (BOB, BLUE, 880)):
            seen = colours(path(held, who, SourceKind.CAMERA))
            assert len(seen) > 5
            assert all(is_colour(mean, colour) for mean in seen)
            heard = [
                tone for tone in tones(path(held, who, SourceKind.MICROPHONE)) if tone
            ]
            assert len(heard) > HALF_A_SECOND
            assert all(abs(tone - hertz) <= 10 for tone in heard)


async def test_running_is_said_once_and_before_the_first_byte(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        _, recording = held.open()
        assert held.said == []
        await held.tap(recording, ALICE, both(RED, 440))
        await until(lambda: bool(held.said))
        assert held.files() == {}

        await held.tap(recording, BOB, both(BLUE, 880))
        await until(lambda: len(held.files()) == 4)

        assert held.said == ["running"]


async def test_nothing_that_arrives_after_the_permits_death_is_kept(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))
        await recorded(held, recording)
        tap = recording._taps._taps[ALICE]
        taken: list[float] = []
        packet, now = tap._receiver._rtp, asyncio.get_running_loop().time

        def noting(data: bytes) -> None:
            taken.append(now())
            packet(data)

        tap._receiver._rtp = noting
        await until(lambda: len(taken) > 20)

        held.close(permit)
        died, before = now(), len(taken)
        for data in (b"\x80" + bytes(30),) * 3:
            tap._packet(data)
        await recording.stopped()

        assert len(taken) == before
        assert not tap._dropped
        await until(lambda: len(held.kept.captures) == 2)
        for capture in held.kept.captures:
            last = (times_of(capture)[1] - recording._ahead).total_seconds()
            assert last <= died + 0.002  # rounded to milliseconds


async def test_no_file_grows_once_the_recording_has_stopped(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        sender = await held.tap(recording, ALICE, both(RED, 440))
        await recorded(held, recording)

        held.close(permit)
        await recording.stopped()
        sizes = held.files()
        await until(lambda: sender.pc.connectionState != "connected")
        await until(lambda: len(held.kept.captures) == 2)

        assert held.files() == sizes
        assert {
            f"{c.place(ROOM).name}.webm": c.size for c in held.kept.captures
        } == sizes


async def test_a_second_opening_keeps_its_files_apart(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        for opening in ("one", "two"):
            permit, recording = held.open(opening)
            await held.tap(recording, ALICE, {SourceKind.MICROPHONE: Microphone(440)})
            file = f"recordings/room/recording/{opening}/{ALICE}-microphone.webm"
            await until(lambda file=file: (tmp_path / file).exists())  # type: ignore[misc]
            held.close(permit)
            await recording.stopped()

        assert len(found(tmp_path, "*.webm")) == 2


async def test_captures_are_reported_with_hash_and_times(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))
        await recorded(held, recording)
        held.close(permit)
        await recording.stopped()
        await until(lambda: len(held.kept.captures) == 2)

    by_source = {c.source: c for c in held.kept.captures}
    sound, picture = by_source[SourceKind.MICROPHONE], by_source[SourceKind.CAMERA]
    assert sound.participant == ALICE
    assert len(sound.sha256) == 64
    assert not sound.recovered
    first, last = times_of(picture)
    assert timedelta(0) < last - first < timedelta(seconds=30)
    assert not found(tmp_path, "*.open")
    for captured in held.kept.captures:
        path = tmp_path / captured.place(RoomId("room")).path
        assert captured.leaves is not None
        assert captured.leaves == root(leaves(packets(path)))


async def test_who_sends_nothing_leaves_no_file(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(
            recording,
            ALICE,
            {
                SourceKind.MICROPHONE: Microphone(440),
                SourceKind.CAMERA: Silent("video"),
            },
        )
        await recorded(held, recording, files=1)
        held.close(permit)
        await recording.stopped()

        assert list(held.files()) == [f"{ALICE}-microphone.webm"]


async def test_a_change_of_size_in_mid_stream_is_kept(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(
            recording, ALICE, {SourceKind.CAMERA: Camera(RED, [(120, 160), (180, 320)])}
        )
        await until(lambda: _width(held) == 320)
        held.close(permit)
        await recording.stopped()

        widths = [f.width for _, f in pictures(path(held, ALICE, SourceKind.CAMERA))]
        assert sorted(set(widths)) == [160, 320]
        assert all(
            is_colour(c, RED) for c in colours(path(held, ALICE, SourceKind.CAMERA))
        )


def _width(held: Meeting) -> int:
    """The width of the last picture in the only file so far; 0 if there is none."""
    try:
        (file,) = held.data.rglob("*.webm")
        return [frame.width for _, frame in pictures(file)][-1]
    except (ValueError, IndexError, av.FFmpegError):
        return 0


@pytest.mark.parametrize("loss", [0.05, 0.2])
async def test_a_bad_network_leaves_whole_files(tmp_path: Path, loss: float) -> None:
    chance = random.Random(7)  # noqa: S311
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))
        await until(lambda: bool(held.said))
        ice: Any = recording._taps._taps[ALICE]._receiver._ice
        for protocol in ice._connection._protocols:
            protocol.datagram_received = unreliable(
                protocol.datagram_received, loss, chance
            )
        await until(lambda: len(held.files()) == 2)
        await recorded(held, recording, 3000)
        held.close(permit)
        await recording.stopped()

        seen = colours(path(held, ALICE, SourceKind.CAMERA))
        assert len(seen) > 5
        assert all(is_colour(mean, RED) for mean in seen)
        heard = [
            tone for tone in tones(path(held, ALICE, SourceKind.MICROPHONE)) if tone
        ]
        assert sum(abs(tone - 440) <= 10 for tone in heard) > 0.8 * len(heard)


def unreliable(
    deliver: Callable[[bytes, Any], None], loss: float, chance: random.Random
) -> Callable[[bytes, Any], None]:
    """Loses, repeats and reorders datagrams, as a network does."""
    late: list[bytes] = []

    def network(data: bytes, address: Any) -> None:
        if chance.random() < loss:
            return
        if chance.random() < 0.1:
            late.append(data)
            return
        deliver(data, address)
        if chance.random() < 0.05:
            deliver(data, address)
        while late and chance.random() < 0.5:
            deliver(late.pop(), address)

    return network


async def test_an_offer_under_a_dead_permit_is_refused(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        sender = held.sender(both(RED, 440))
        sdp = await sender.offer()
        held.close(permit)

        with pytest.raises(UnknownOpening):
            await recording.offer(ALICE, sdp, sender.sources)


async def test_an_offer_that_the_permits_death_overtakes_is_refused(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        sender = held.sender(both(RED, 440))
        sdp = await sender.offer()
        async with asyncio.TaskGroup() as tasks:
            offering = tasks.create_task(
                _refused(recording.offer(ALICE, sdp, sender.sources))
            )
            tasks.create_task(_do(lambda: held.close(permit)))

        assert offering.result()
        assert held.files() == {}


async def _do(action: Callable[[], None]) -> None:
    action()


async def _refused(offering: object) -> bool:
    try:
        await offering  # type: ignore[misc]
    except UnknownOpening:
        return True
    return False


async def test_an_unusable_offer_is_refused_and_disturbs_nobody(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        _, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))

        with pytest.raises(MalformedMessage):
            await recording.offer(BOB, "v=0", {"0": SourceKind.CAMERA})
        with pytest.raises(MalformedMessage):
            await recording.offer(ALICE, "v=0", {"0": SourceKind.CAMERA})

        await until(lambda: len(held.files()) == 2)


async def test_a_second_offer_replaces_the_first_in_the_same_files(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        first = await held.tap(recording, ALICE, both(RED, 440))
        await recorded(held, recording)
        await held.tap(recording, ALICE, both(BLUE, 440))
        await until(lambda: first.pc.connectionState != "connected")
        camera = path(held, ALICE, SourceKind.CAMERA)
        await until(lambda: is_colour(last_colours(tmp_path)[0], BLUE))
        held.close(permit)
        await recording.stopped()

        assert len(held.files()) == 2
        assert is_colour(colours(camera)[0], RED)
        assert is_colour(colours(camera)[-1], BLUE)


async def test_who_is_dropped_is_recorded_no_more_and_others_are(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        _, recording = held.open()
        alice = await held.tap(recording, ALICE, both(RED, 440))
        await held.tap(recording, BOB, both(BLUE, 880))
        await until(lambda: len(held.files()) == 4)

        recording.drop(ALICE)
        recording.drop(ALICE)
        await until(lambda: alice.pc.connectionState != "connected")
        before = held.files()
        bob = f"{BOB}-microphone.webm"
        await until(lambda: held.files()[bob] > before[bob] + 2000)

        assert (
            held.files()[f"{ALICE}-microphone.webm"]
            <= before[f"{ALICE}-microphone.webm"] + 1500
        )


@pytest.mark.parametrize(
    ("contents", "sources"),
    [
        ([ContentKind.AUDIO], [SourceKind.MICROPHONE]),
        ([ContentKind.SCREEN, ContentKind.CHAT], [SourceKind.SCREEN]),
        (list(ContentKind), list(SourceKind)),
    ],
)
async def test_only_what_the_feature_touches_is_asked_for(
    tmp_path: Path, contents: list[ContentKind], sources: list[SourceKind]
) -> None:
    async with meeting(tmp_path) as held:
        _, recording = held.open(contents=contents)

        assert list(recording.sources) == sources


async def test_a_nearly_full_disk_starts_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path, reserve=1 << 62) as held:
        with pytest.raises(DiskLow):
            held.open()


async def test_a_missing_data_directory_starts_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path / "gone") as held:
        with pytest.raises(SinkUnavailable):
            held.open()


async def test_a_disk_that_fills_ends_the_recording(tmp_path: Path) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        with capture_logs() as logs:
            await held.tap(recording, ALICE, both(RED, 440))
            await recorded(held, recording)
            held.context.reserve = 1 << 62
            await until(lambda: "disk-low" in held.said)
        sizes = held.files()
        held.close(permit)
        await recording.stopped()

        assert held.said == ["running", "disk-low"]
        assert [e["cause"] for e in logs if e["event"] == "recording.failed"] == [
            "disk-low"
        ]
        # Finishing adds the index and the last cluster, no further frames.
        assert all(held.files()[name] < size + 60_000 for name, size in sizes.items())
        assert tones(path(held, ALICE, SourceKind.MICROPHONE))


async def test_a_disk_that_cannot_keep_up_ends_the_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording_module, "_BACKLOG", 5000)
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        stuck = _Stuck()
        writing = held.context.thread.submit(stuck)
        await held.tap(recording, ALICE, both(RED, 440))
        await until(lambda: "sink-unavailable" in held.said)
        waiting = sum(len(frame.data) for _, frame in recording._batch)
        held.close(permit)
        stuck.go()
        await writing
        await recording.stopped()

        assert held.said == ["running", "sink-unavailable"]
        assert waiting < 50_000


class _Stuck:
    """A disk operation that hangs until it is let go."""

    def __init__(self) -> None:
        import threading

        self._event = threading.Event()
        self.go = self._event.set

    def __call__(self) -> None:
        self._event.wait()


async def test_a_slow_disk_does_not_keep_packets_alive(tmp_path: Path) -> None:
    """The permit's death is for packets; the disk's slowness is for `stopped` alone."""
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        stuck = _Stuck()
        await held.tap(recording, ALICE, both(RED, 440))
        await recorded(held, recording)
        writing = held.context.thread.submit(stuck)
        held.close(permit)
        recording._taps._taps[ALICE]._packet(b"\x80" + bytes(30))

        assert not recording._taps._taps[ALICE]._dropped
        await until(lambda: not recording._taps._taps)
        assert not recording._stopped.is_set()
        stuck.go()
        await writing
        await recording.stopped()


async def test_a_room_that_falls_ends_its_recording(tmp_path: Path) -> None:
    """When the room's tasks are cancelled with the permit still alive, files close."""
    held: Meeting | None = None

    async def fall(tasks: asyncio.TaskGroup) -> tuple[Permit, Recorder]:
        nonlocal held
        held = Meeting(tmp_path, tasks, 0)
        _, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))
        await recorded(held, recording)
        raise RuntimeError("the room falls")

    with pytest.raises(ExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(fall(tasks))
    assert held is not None
    await held.end()
    held.context.close()

    assert tones(path(held, ALICE, SourceKind.MICROPHONE))
    assert len(found(tmp_path, "*.open")) == 2


async def test_a_room_that_falls_at_once_leaves_nobody_waiting(tmp_path: Path) -> None:
    recordings: list[Recorder] = []

    async def fall(tasks: asyncio.TaskGroup) -> None:
        recordings.append(Meeting(tmp_path, tasks, 0).open()[1])
        raise RuntimeError("the room falls")

    with pytest.raises(ExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            await fall(tasks)

    await recordings[0].stopped()
    assert found(tmp_path, "*") == []


async def test_people_line_up_within_80_ms(tmp_path: Path) -> None:
    """Two people flash at the same moment; their files say so to within 80 ms."""
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        cameras = [Camera(BLUE, [(120, 160)]) for _ in range(2)]
        for who, camera in zip((ALICE, BOB), cameras, strict=True):
            await held.tap(recording, who, {SourceKind.CAMERA: camera})
        await until(lambda: len(held.files()) == 2)
        for camera in cameras:
            camera.colour = RED
        await until(lambda: all(is_colour(c, RED) for c in last_colours(tmp_path)))
        held.close(permit)
        await recording.stopped()

        flashes = [
            next(
                at
                for (at, _), colour in zip(pictures(file), colours(file), strict=True)
                if is_colour(colour, RED)
            )
            for file in found(tmp_path, "*.webm")
        ]
        # Each camera takes a picture every 50 ms, in no step with the other.
        assert abs(flashes[0] - flashes[1]) <= 0.08 + 0.05
