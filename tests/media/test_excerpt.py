"""A cut made with any tool that copies packets is matched to the track it is of."""

import random
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import av
import pytest

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence import leaves
from gatekeeper.evidence.excerpt import match
from gatekeeper.evidence.leaves import Packet
from gatekeeper.evidence.standalone import verify_export
from gatekeeper.evidence.standalone.verify import Fault
from gatekeeper.media.recording.packets import packets, streams
from tests.media.tracks import pictures, sound, write

EBML, VOID = b"\x1a\x45\xdf\xa3", b"\xec"
"""Ids of elements of a WebM file (RFC 8794, section 11): a length comes next."""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera and a microphone of 40 s, and another camera."""
    folder = tmp_path_factory.mktemp("tracks")
    write(folder / "camera.webm", pictures(40, at=1500), video=True)
    write(folder / "microphone.webm", sound(40, at=1300), video=False)
    write(folder / "other.webm", pictures(40, mark=3), video=True)
    return folder


@pytest.fixture(scope="module")
def tracks(there: Path) -> dict[str, list[Packet]]:
    return {
        name: list(packets(there / f"{name}.webm")) for name in ("camera", "microphone")
    }


def test_leaves_are_the_same_of_each_reading_and_have_one_spelling(there: Path) -> None:
    for name in ("camera", "microphone"):
        found = list(leaves.leaves(packets(there / f"{name}.webm")))
        text = "".join(leaves.written("a" * 64, found))
        assert leaves.read(text) == ("a" * 64, found)
        assert [leaf.number for leaf in found] == list(range(40))
        assert leaves.root(leaves.read(text)[1]) == leaves.root(found)
        for wrong in (
            text.replace("\n3 ", "\n04 "),
            text.replace("\n3 ", "\n2 "),
            text + "\n",
            text[:-1],
            text.replace("v1", "v2"),
            text.replace("a" * 64, "a" * 63),
            text.replace("\n7 ", "\n7 A"),
        ):
            with pytest.raises(EvidenceError):
                leaves.read(wrong)


def test_every_bit_of_a_second_is_in_the_root(there: Path) -> None:
    found = list(leaves.leaves(packets(there / "camera.webm")))
    good = leaves.root(found)
    for other in (
        [*found[:3], leaves.Leaf(50, found[3].packets), *found[4:]],
        found[:-1],
        [found[1], found[0], *found[2:]],
        [leaves.Leaf(0, found[0].packets[:-1]), *found[1:]],
        [
            leaves.Leaf(0, (found[0].packets[0]._replace(at=1), *found[0].packets[1:])),
            *found[1:],
        ],
    ):
        assert leaves.root(other) != good


@pytest.mark.parametrize("name", ["camera", "microphone"])
@pytest.mark.parametrize("tool", ["ffmpeg", "mkvmerge"])
def test_thirty_seconds_cut_out_with_a_tool_are_those_seconds(
    there: Path, tracks: dict[str, list[Packet]], tmp_path: Path, name: str, tool: str
) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not here")
    track, to = there / f"{name}.webm", tmp_path / "cut.webm"
    commands: dict[str, Sequence[str | Path]] = {
        "ffmpeg": [
            "-v",
            "error",
            "-ss",
            "6.4",
            "-i",
            track,
            "-t",
            "30",
            "-c",
            "copy",
            to,
        ],
        "mkvmerge": ["-q", "-o", to, "--split", "parts:6.4s-36.4s", track],
    }
    subprocess.run([tool, *commands[tool]], check=True)

    found = match(list(packets(to)), tracks)

    assert found.faults == ()
    assert [piece.track for piece in found.pieces] == [name]
    assert 29 <= len(found.whole) <= 31
    assert len(found.seen) - len(found.whole) <= 2


def test_a_cut_of_several_tracks_in_one_file(
    there: Path, tracks: dict[str, list[Packet]], tmp_path: Path
) -> None:
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not here")
    to = tmp_path / "both.mkv"
    inputs = [f"-i {there}/{name}.webm" for name in tracks]
    command = (
        f"ffmpeg -v error {' '.join(inputs)} -map 0 -map 1 -ss 9 -t 8 -c copy {to}"
    )
    subprocess.run(command.split(), check=True)

    assert streams(to) == 2
    found = [match(list(packets(to, number)), tracks) for number in range(2)]
    assert [each.faults for each in found] == [(), ()]
    assert [each.pieces[0].track for each in found] == ["camera", "microphone"]


def cut(of: Sequence[Packet], first: int, last: int) -> list[Packet]:
    return [p for p in of if first * 1000 <= p.at < last * 1000]


def moved(by: int, of: Sequence[Packet]) -> list[Packet]:
    return [p._replace(at=p.at + by * 1000) for p in of]


def test_what_is_wrong_with_an_excerpt_is_said_with_its_second(
    there: Path, tracks: dict[str, list[Packet]]
) -> None:
    track = tracks["camera"]
    other = list(packets(there / "other.webm"))
    good = moved(-5, cut(track, 5, 35))
    assert match(good, tracks).faults == ()
    swapped = [
        *moved(-5, cut(track, 5, 15)),
        *moved(-10, cut(track, 20, 21)),
        *moved(-5, cut(track, 16, 20)),
        *moved(0, cut(track, 15, 16)),
        *moved(-5, cut(track, 21, 35)),
    ]
    faults = match(swapped, tracks).faults
    assert faults[0] == "at 0:10.0, after second 14 of the track, comes second 20"
    assert len(faults) == 4

    spliced = [
        *moved(-5, cut(track, 5, 15)),
        *moved(0, cut(other, 10, 11)),
        *moved(-5, cut(track, 16, 35)),
    ]
    assert match(spliced, tracks).faults == (
        "from 0:10.0 to 0:10.9 is what none of the tracks has (10 packets)",
        "at 0:11.0 second 16 of the track goes on, and what is before is not its",
    )

    left_out = [p for p in good if not 10_000 <= p.at < 11_000]
    assert match(left_out, tracks).faults == (
        "at 0:11.0, after second 14 of the track, comes second 16",
    )
    slower = [p._replace(at=p.at + 500 * (p.at >= 10_000)) for p in good]
    assert match(slower, tracks).faults == (
        "at 0:10.5 second 15 of the track is at another time than it was",
    )


def test_one_byte_is_found(
    there: Path, tracks: dict[str, list[Packet]], tmp_path: Path
) -> None:
    held = bytearray((there / "camera.webm").read_bytes())
    with av.open(str(there / "camera.webm")) as container:
        every = [bytes(packet) for packet in container.demux() if packet.size]
    assert held.count(every[120]) == 1
    held[held.index(every[120]) + 9] ^= 1
    (tmp_path / "changed.webm").write_bytes(held)

    assert match(list(packets(tmp_path / "changed.webm")), tracks).faults == (
        "from 0:12.0 to 0:12.0 is what none of the tracks has (1 packet)",
        "at 0:12.1 second 12 of the track goes on, and what is before is not its",
    )


def test_what_is_no_film_is_none_of_the_tracks(
    tracks: dict[str, list[Packet]], tmp_path: Path
) -> None:
    for name, held in {
        "list.m3u8": b"#EXTM3U\n/etc/passwd\n",
        "junk": b"\x1a\x45\xdf\xa3",
    }.items():
        (tmp_path / name).write_bytes(held)
        assert streams(tmp_path / name) == 0
        assert match(list(packets(tmp_path / name)), tracks).faults == (
            "there is nothing in it",
        )


def test_two_readers_find_the_same_and_none_breaks_on_damage(
    there: Path, tmp_path: Path
) -> None:
    """The one of FFmpeg, and the one that needs nothing but Python."""
    held = (there / "camera.webm").read_bytes()
    both = Path(tmp_path / "both.webm")
    for name in ("camera", "microphone"):
        [found] = verify_export.webm(str(there / f"{name}.webm")).values()
        assert found == [tuple(p) for p in packets(there / f"{name}.webm")]
    longest = b"\x01" + b"\xff" * 6 + b"\xfe"  # further than any disk is large
    for damaged in (EBML + longest, EBML + b"\x80" + VOID + longest):
        both.write_bytes(damaged)
        assert verify_export.webm(str(both)) == {}
    chance = random.Random(13)  # noqa: S311 - the same each time
    for _ in range(60):
        other = bytearray(held[: chance.randrange(40, 20_000)])
        for _ in range(chance.randrange(9)):
            other[chance.randrange(len(other))] = chance.randrange(256)
        both.write_bytes(other)
        list(packets(both))
        with suppress(Fault):
            verify_export.webm(str(both))


@pytest.mark.parametrize(
    ("name", "options"), [("camera", ("--compression", "0:zlib")), ("microphone", ())]
)
def test_what_muxers_do_to_save_space_is_undone(
    there: Path, tmp_path: Path, name: str, options: Sequence[str]
) -> None:
    """Compressed, or several packets in one block."""
    if not shutil.which("mkvmerge"):
        pytest.skip("mkvmerge is not here")
    to = tmp_path / "small.mkv"
    source = there / f"{name}.webm"
    command: list[str | Path] = ["mkvmerge", "-q", "-o", to, *options, source]
    subprocess.run(command, check=True)

    [found] = verify_export.webm(str(to)).values()
    assert [p.digest for p in found] == [p.digest for p in packets(source)]


def test_long_silence_before_something_else_is_no_work_without_end() -> None:
    """Which is everywhere, and therefore shows nothing by itself."""
    silence, sounds = bytes(32), [bytes([n]) + bytes(31) for n in range(1, 9)]
    track = [Packet(20 * n, silence) for n in range(20_000)]
    track += [Packet(400_000 + 20 * n, each) for n, each in enumerate(sounds)]
    cut = [Packet(20 * n, silence) for n in range(9_000)]
    other = [*cut, Packet(180_000, sounds[0]), Packet(180_020, bytes([77]) * 32)]

    assert match([*cut, Packet(180_000, sounds[0])], {"a": track}).faults == ()
    faults = match([*other, *cut], {"a": track}).faults
    assert faults[0] == (
        "from 3:00.0 to 3:00.0 is what none of the tracks has (1 packet)"
    )
