"""Parts: who comes or goes cuts every file, and gets nothing of the other side."""

import asyncio
from itertools import pairwise
from pathlib import Path

import av
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.consent.types import OpeningId, ParticipantId, SourceKind
from gatekeeper.media.tap.parts import Parts, throughout
from gatekeeper.media.tap.stream import Frame
from gatekeeper.storage import paths
from gatekeeper.storage.paths import Place
from tests.media.people import (
    ALICE,
    BLUE,
    BOB,
    RECORDING,
    RED,
    ROOM,
    Camera,
    Meeting,
    Microphone,
    colours,
    is_colour,
    meeting,
    times_of,
    tones,
    until,
)

GREEN = (30, 160, 60)
PEOPLE = [ParticipantId(name) for name in "abcd"]


def sent(held: Meeting, who: ParticipantId, part: int) -> list[Path]:
    """Somebody's files of one part, sound first."""
    later = f".{part}" if part else ""
    kinds = (SourceKind.MICROPHONE, SourceKind.CAMERA)
    folder = held.data / "recordings/room/recording/opening"
    return [folder / f"{who}-{kind}{later}.webm" for kind in kinds]


async def grown(*files: Path, by: int = 1200) -> None:
    """Return once there is so much more in each of them."""

    def size(file: Path) -> int:
        return file.stat().st_size if file.exists() else 0

    before = [size(file) for file in files]
    await until(
        lambda: all(
            size(file) > was + by for file, was in zip(files, before, strict=True)
        )
    )


def shows(file: Path, wanted: tuple[int, int, int]) -> bool:
    return any(is_colour(found, wanted) for found in colours(file))


def sounds(file: Path, hertz: float) -> bool:
    return any(abs(tone - hertz) <= 10 for tone in tones(file))


async def test_R19_present_a_file_ends_and_begins_with_who_is_there(
    tmp_path: Path,
) -> None:
    """Bob goes, and comes back: red is for both, green for Alice, blue for both."""
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        camera, microphone = Camera(RED, [(120, 160)]), Microphone(440)
        mine = {SourceKind.MICROPHONE: microphone, SourceKind.CAMERA: camera}
        his = {
            SourceKind.MICROPHONE: Microphone(1760),
            SourceKind.CAMERA: Camera(BLUE, [(120, 160)]),
        }
        await held.tap(recording, ALICE, mine)
        await held.tap(recording, BOB, his)
        await grown(*sent(held, ALICE, 0), *sent(held, BOB, 0))

        recording.drop(BOB)
        recording.cut(1, [ALICE])
        camera.colour, microphone._hertz = GREEN, 660
        await grown(*sent(held, ALICE, 1))
        assert paths.marked(sent(held, ALICE, 0)[0]) == (ALICE, BOB)
        assert paths.marked(sent(held, ALICE, 1)[0]) == (ALICE,)

        camera.colour, microphone._hertz = BLUE, 880
        await grown(*sent(held, ALICE, 1), by=2400)
        recording.cut(2, [ALICE, BOB])
        again = {
            SourceKind.MICROPHONE: Microphone(1760),
            SourceKind.CAMERA: Camera(BLUE, [(120, 160)]),
        }
        await held.tap(recording, BOB, again)
        await grown(*sent(held, ALICE, 2), *sent(held, BOB, 2))
        held.close(permit)
        await until(lambda: len(held.kept.captures) == 10)

        assert {c.place(ROOM).path: c.part for c in held.kept.captures} == {
            str(file.relative_to(held.data)): part
            for who, part in [(ALICE, 0), (ALICE, 1), (ALICE, 2), (BOB, 0), (BOB, 2)]
            for file in sent(held, who, part)
        }
        for part, colour, hertz in ((0, RED, 440), (1, GREEN, 660), (2, BLUE, 880)):
            sound, picture = sent(held, ALICE, part)
            assert shows(picture, colour), part
            assert sounds(sound, hertz), part
            assert begins_whole(picture)
        for file in [*sent(held, ALICE, 0), *sent(held, BOB, 0), *sent(held, BOB, 2)]:
            assert not secret(file), file
        for file in sent(held, ALICE, 2):
            assert not secret(file), file


def secret(file: Path) -> bool:
    """Whether it holds anything of what was shown and said without Bob."""
    if "microphone" in file.name:
        return sounds(file, 660)
    return shows(file, GREEN)


def begins_whole(file: Path) -> bool:
    """Whether it can be read from its first picture on."""
    with av.open(str(file)) as container:
        return next(iter(container.demux(video=0))).is_keyframe


async def test_R19_present_sound_goes_on_over_a_cut_and_files_line_up(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, {SourceKind.MICROPHONE: Microphone(440)})
        for part in range(4):
            if part:
                recording.cut(part, [ALICE, BOB][: 1 + part % 2])
            await grown(sent(held, ALICE, part)[0])
        held.close(permit)
        await until(lambda: len(held.kept.captures) == 4)

        pieces = sorted(held.kept.captures, key=lambda capture: capture.part)
        gaps = [
            (times_of(later)[0] - times_of(before)[1]).total_seconds()
            for before, later in pairwise(pieces)
        ]
        assert all(0 < gap < 0.5 for gap in gaps), gaps
        for capture in pieces:
            with av.open(str(held.data / capture.place(ROOM).path)) as container:
                packet = next(iter(container.demux(audio=0)))
                assert packet.pts is not None
                assert packet.pts * packet.time_base < 1


async def test_R19_present_nothing_is_kept_before_it_is_known_who_is_there(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        _, recording = held.open()
        recording._parts = Parts()
        await held.tap(recording, ALICE, {SourceKind.MICROPHONE: Microphone(440)})
        (stream,) = recording._taps._taps[ALICE]._streams.values()
        arrived = stream._arrivals
        await until(lambda: arrived.received > 30)
        assert held.files() == {}

        recording.cut(0, [BOB])
        await until(lambda: arrived.received > 60)
        assert held.files() == {}


async def test_R19_present_who_erases_their_part_loses_the_earlier_ones_too(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, {SourceKind.MICROPHONE: Microphone(440)})
        await held.tap(recording, BOB, {SourceKind.MICROPHONE: Microphone(880)})
        await grown(sent(held, ALICE, 0)[0], sent(held, BOB, 0)[0])
        recording.drop(BOB)
        recording.cut(1, [ALICE])
        await grown(sent(held, ALICE, 1)[0], by=2400)

        assert await held.archive.erase(ROOM, RECORDING, BOB, None) == 1
        held.close(permit)
        await until(lambda: len(held.kept.captures) == 2)
        assert {c.participant for c in held.kept.captures} == {ALICE}


# ---- After a crash ------------------------------------------------------------------


async def test_R19_present_a_crash_in_a_cut_widens_nothing(tmp_path: Path) -> None:
    """What is not on record is told by markers; what nobody can tell is nobody's."""
    opening = OpeningId("opening")
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        await held.tap(recording, ALICE, {SourceKind.MICROPHONE: Microphone(440)})
        for part in (1, 3):
            await grown(sent(held, ALICE, part - 1 if part == 1 else 1)[0])
            recording.cut(part, [ALICE] if part == 1 else [ALICE, BOB])
        await grown(sent(held, ALICE, 3)[0])
        marks = {
            file: paths.marker(file).read_bytes()
            for part in (0, 1, 3)
            if paths.marker(file := sent(held, ALICE, part)[0]).exists()
        }
        held.close(permit)
        await until(lambda: len(held.kept.captures) == 3)
        for file, content in marks.items():
            paths.marker(file).write_bytes(content)

    async with meeting(tmp_path) as later:
        archive = later.archive
        lost = await archive.lost_parts(ROOM, RECORDING, opening, 1)
        assert [part.people for part in lost] == [(ALICE,), (ALICE, BOB), (ALICE, BOB)]
        assert lost[0].began < lost[1].began
        assert await archive.lost_parts(ROOM, RECORDING, opening, 4) == []

        for spoiled in (b"", b"alice", b"../x\n", b"\xff\n", BOB.encode() + b"\n"):
            paths.marker(sent(held, ALICE, 3)[0]).write_bytes(spoiled)
            lost = await archive.lost_parts(ROOM, RECORDING, opening, 1)
            assert [part.people for part in lost] == [(ALICE,)]

        assert await archive.recover({opening: 2}) == 2
        assert not sent(held, ALICE, 3)[0].exists()
        assert {c.part for c in later.kept.captures} == {0, 1}


def test_a_marker_says_who_was_there(tmp_path: Path) -> None:
    place = Place(ROOM, RECORDING, OpeningId("o"), ALICE, SourceKind.CAMERA, 2)
    file = tmp_path / place.path
    file.parent.mkdir(parents=True)

    paths.mark(file, [BOB, ALICE])

    assert paths.marked(file) == (ALICE, BOB)
    assert paths.marked(file.with_name("other.webm")) == ()


# ---- Where a moment belongs ---------------------------------------------------------

CUTS = st.lists(
    st.tuples(st.floats(0.01, 2), st.sets(st.sampled_from(PEOPLE), min_size=1)),
    min_size=1,
    max_size=8,
)


@given(cuts=CUTS, back=st.floats(-1, 5))
def test_R19_present_a_moment_belongs_where_all_were_there_for_all_of_it(
    cuts: list[tuple[float, set[ParticipantId]]], back: float
) -> None:
    parts, at = Parts(), 0.0
    spans: list[tuple[float, float, set[ParticipantId]]] = []
    for lasting, people in cuts:
        parts.cut(len(spans), people, at=at)
        spans.append((at, at + lasting, people))
        at += lasting
    spans[-1] = (spans[-1][0], float("inf"), spans[-1][2])
    made = at - back
    touched = [people for began, ended, people in spans if made < ended]
    known = made >= 0

    found = parts.of(made)
    if found is not None:
        assert known
        for people in touched:
            assert found.people <= people
    elif known:
        assert not any(all(a <= b for b in touched) for a in touched)
    assert throughout(parts.during(made, at)) == (
        frozenset.intersection(*map(frozenset, touched)) if known else frozenset()
    )


def test_R19_present_what_was_forgotten_belongs_nowhere() -> None:
    parts = Parts()
    assert parts.current is parts.of(1.0) is None
    assert parts.during(1, 2) == []
    parts.cut(0, PEOPLE[:1], at=1.0)
    parts.cut(1, PEOPLE[:2], at=2.0)

    assert parts.of(1.5) == parts._parts[0]
    assert [part.number for part in parts.forget(2.5)] == [0]
    assert parts.forget(99.0) == []
    assert parts.of(1.5) is None
    assert parts.during(1.5, 3) == []
    assert parts.of(2.0) == parts.current


async def test_R19_present_late_sound_is_not_for_who_has_come_meanwhile(
    tmp_path: Path,
) -> None:
    """What was said before the cut and comes after it stays with the part before."""
    async with meeting(tmp_path) as held:
        _, recording = held.open()
        keep = recording._keeper(ALICE)
        recording.cut(1, [ALICE])
        said = asyncio.get_running_loop().time()
        recording.cut(2, [ALICE, BOB])
        for source in (SourceKind.MICROPHONE, SourceKind.CAMERA):
            keep(source, Frame(b"before", said, None))
        keep(SourceKind.MICROPHONE, Frame(b"after", said + 1, None))

        kept = [(s.place.part, s.place.source, f.data) for s, f in recording._batch]
        recording._batch.clear()
        assert kept == [
            (1, SourceKind.MICROPHONE, b"before"),
            (2, SourceKind.MICROPHONE, b"after"),
        ]
