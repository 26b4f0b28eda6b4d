from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from gatekeeper.media.recording.webm import TimedFrame, WebmFile, span
from gatekeeper.media.tap.rtp import vp8_picture

BEGAN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def encoded(width: int, height: int, count: int, at: int = 0) -> list[TimedFrame]:
    codec = av.CodecContext.create("libvpx", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.time_base, codec.options = Fraction(1, 30), {"deadline": "realtime"}
    found = []
    for number in range(count):
        picture = np.full((height, width, 3), (200, 30, 30), np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts = number
        found += [bytes(packet) for packet in codec.encode(frame)]
    return [
        TimedFrame(data, at + number * 33, vp8_picture(data))
        for number, data in enumerate(found)
    ]


def test_pictures_are_written_as_they_came(tmp_path: Path) -> None:
    frames = encoded(64, 48, 30, at=1500)
    file = WebmFile(tmp_path / "a.webm", BEGAN, frames[0], video=True)
    for frame in frames:
        file.write(frame)
    file.close()

    with av.open(str(tmp_path / "a.webm")) as container:
        packets = [p for p in container.demux() if p.size]
    assert [bytes(p) for p in packets] == [f.data for f in frames]
    assert [p.pts for p in packets] == [f.at for f in frames]
    assert file.first == BEGAN + timedelta(seconds=1.5)
    assert span(tmp_path / "a.webm") == (file.first, file.last)


def test_a_new_size_in_mid_stream_plays(tmp_path: Path) -> None:
    frames = encoded(64, 48, 10) + encoded(128, 96, 10, at=330)
    file = WebmFile(tmp_path / "a.webm", BEGAN, frames[0], video=True)
    for frame in frames:
        file.write(frame)
    file.close()

    with av.open(str(tmp_path / "a.webm")) as container:
        widths = [frame.width for frame in container.decode(video=0)]
    assert widths == [64] * 10 + [128] * 10


def test_what_was_written_half_a_second_ago_is_readable_before_the_end(
    tmp_path: Path,
) -> None:
    frames = encoded(64, 48, 60)
    file = WebmFile(tmp_path / "a.webm", BEGAN, frames[0], video=True)
    for frame in frames:
        file.write(frame)
    (tmp_path / "killed.webm").write_bytes((tmp_path / "a.webm").read_bytes())
    file.close()

    found = span(tmp_path / "killed.webm")

    assert found is not None
    assert file.last - found[1] < timedelta(seconds=0.6)


def test_time_never_steps_back(tmp_path: Path) -> None:
    file = WebmFile(
        tmp_path / "a.webm", BEGAN, TimedFrame(b"\xf8\xff\xfe", 100, None), video=False
    )
    for at in (100, 120, 90, 140):
        file.write(TimedFrame(b"\xf8\xff\xfe", at, None))
    file.close()

    with av.open(str(tmp_path / "a.webm")) as container:
        assert [p.pts for p in container.demux() if p.size] == [100, 120, 121, 140]


@pytest.mark.parametrize("content", [b"", b"not a film", bytes(5000)])
def test_what_is_not_a_recording_has_no_span(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.webm").write_bytes(content)

    assert span(tmp_path / "a.webm") is None
