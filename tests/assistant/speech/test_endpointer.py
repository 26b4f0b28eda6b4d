"""Where utterances begin and end: `Endpointer` on sound, `Segmenter` on packets."""

import array
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from gatekeeper.assistant.speech.endpointer import PIECE, PIECE_BYTES, Endpointer
from gatekeeper.assistant.speech.segmenter import Segmenter
from gatekeeper.assistant.speech.sound import Sound
from tests.assistant.speech import voices

FIRST = "We have three things to settle today."
SECOND = "Testing is almost finished."
CAP = 10.0


def endpointed(pcm: bytes, *, eager: bool = False) -> list[Sound]:
    endpointer = Endpointer(eager=eager)
    starts = range(0, len(pcm) - PIECE_BYTES + 1, PIECE_BYTES)
    found = (
        endpointer.receive(
            pcm[start : start + PIECE_BYTES], start / PIECE_BYTES * PIECE
        )
        for start in starts
    )
    return [sound for sound in found if sound is not None]


def listened(sent: list[tuple[bytes, float]]) -> Iterator[Sound]:
    segmenter = Segmenter()
    for packet, at in sent:
        yield from segmenter.receive(packet, at)
    yield from segmenter.stop()


def seconds(pcm: bytes | bytearray) -> float:
    return len(pcm) / (2 * voices.RATE)


@pytest.fixture(scope="module")
def two() -> bytes:
    return (
        voices.silence(1.0)
        + voices.spoken(FIRST)
        + voices.silence(1.2)
        + voices.spoken(SECOND)
        + voices.silence(1.0)
    )


def test_silence_is_no_utterance() -> None:
    assert endpointed(voices.silence(20)) == []


def test_a_steady_hiss_is_no_utterance() -> None:
    hiss = random.Random(1)  # noqa: S311
    pcm = b"".join(
        int(hiss.gauss(0, 40)).to_bytes(2, "little", signed=True)
        for _ in range(5 * voices.RATE)
    )

    assert sum(seconds(sound.pcm) for sound in endpointed(pcm)) < 1


def test_what_is_said_with_a_pause_between_is_two_utterances(two: bytes) -> None:
    first, second = endpointed(two)

    end_of_first = 1.0 + seconds(voices.spoken(FIRST))
    assert first.began == pytest.approx(1.0, abs=0.3)
    assert first.start < first.began
    assert first.ended == pytest.approx(end_of_first, abs=0.3)
    assert second.began == pytest.approx(end_of_first + 1.2, abs=0.3)
    assert all(sound.whole for sound in (first, second))


def test_the_voice_of_a_formant_synthesiser_is_a_voice() -> None:
    pcm = voices.formants(FIRST) + voices.silence(1.0)

    assert len(endpointed(pcm)) == 1


def test_a_pause_is_told_only_to_whom_it_is_of_use(two: bytes) -> None:
    eager = endpointed(two, eager=True)

    assert [s.whole for s in eager if s.whole] == [s.whole for s in endpointed(two)]
    assert not eager[-2].whole
    assert eager[-1].whole
    assert eager[-2].ended == eager[-1].ended


def test_nothing_is_lost_where_a_long_utterance_is_cut() -> None:
    flow = voices.flowing(said for _, said in voices.meeting()[:6])
    flow += bytes(-len(flow) % PIECE_BYTES)

    sounds = endpointed(flow + voices.silence(1.0))

    assert max(seconds(sound.pcm) for sound in sounds) <= CAP
    cut = [
        (before, after)
        for before, after in pairwise(sounds)
        if after.start - (before.start + seconds(before.pcm)) < PIECE / 2
    ]
    assert cut  # it was too long for one
    assert sum(seconds(s.pcm) for s in sounds) >= 0.9 * seconds(flow)
    for before, _ in cut:  # between two words
        assert voices.loud(before.pcm[-2 * PIECE_BYTES :]) < 0.1 * voices.loud(flow)


def test_times_are_those_of_the_packets(two: bytes) -> None:
    heard = list(listened(voices.timed(voices.packets(two), 5000.0)))

    assert [round(sound.began - 5000, 1) for sound in heard] == [
        pytest.approx(round(sound.began, 1), abs=0.15) for sound in endpointed(two)
    ]


def test_a_muted_microphone_that_sends_nothing_is_silent() -> None:
    first = voices.timed(voices.packets(voices.spoken(FIRST)), 0.0)
    second = voices.timed(voices.packets(voices.spoken(SECOND)), first[-1][1] + 1.0)

    assert len(list(listened(first + second))) == 2


def test_a_lost_packet_keeps_its_time() -> None:
    sent = voices.timed(voices.packets(voices.spoken(FIRST)), 0.0)
    holed = [item for index, item in enumerate(sent) if index not in range(40, 50)]

    (whole,), (sound,) = listened(sent), listened(holed)

    assert sound.ended == pytest.approx(whole.ended, abs=0.1)
    assert seconds(sound.pcm) == pytest.approx(seconds(whole.pcm), abs=0.15)


def test_packets_that_come_unevenly_leave_no_holes() -> None:
    sent = voices.timed(voices.packets(voices.spoken(FIRST)), 0.0)
    jitter = random.Random(2)  # noqa: S311
    uneven = [(packet, at + jitter.uniform(0, 0.06)) for packet, at in sent]

    (whole,), (sound,) = listened(sent), listened(uneven)

    assert seconds(sound.pcm) == pytest.approx(seconds(whole.pcm), abs=0.05)


def test_what_is_no_opus_is_silence() -> None:
    sent = voices.timed([b"\xff" * 50] * 40, 0.0)

    assert list(listened(sent)) == []


def test_an_ear_that_forgets_holds_nothing() -> None:
    segmenter = Segmenter()
    for packet, at in voices.timed(voices.packets(voices.spoken(FIRST)), 0.0)[:80]:
        assert not list(segmenter.receive(packet, at))
    held = segmenter.empty

    segmenter.forget()

    assert (held, segmenter.empty) == (False, True)
    assert not list(segmenter.stop())


# ---- What is still being said, and where it is cut -----------------------------------


def flow(count: int = 8) -> bytes:
    """Somebody who speaks without a pause."""
    said = voices.flowing(text for _, text in voices.meeting()[:count])
    return said + bytes(-len(said) % PIECE_BYTES)


def told(pcm: bytes) -> list[tuple[float, Sound]]:
    """What is told to who reads along, and when."""
    endpointer = Endpointer(eager=True, growing=True)
    found = []
    for start in range(0, len(pcm) - PIECE_BYTES + 1, PIECE_BYTES):
        at = start / PIECE_BYTES * PIECE
        sound = endpointer.receive(pcm[start : start + PIECE_BYTES], at)
        if sound is not None:
            found.append((at, sound))
    return found


def grown(pcm: bytes) -> list[Sound]:
    return [sound for _, sound in told(pcm)]


def test_who_goes_on_is_heard_again_within_a_second() -> None:
    found = told(flow() + voices.silence(1.0))

    assert sum(sound.growing for _, sound in found) > 20
    assert not any(sound.whole for _, sound in found if sound.growing)
    for (before, _), (after, _) in pairwise(found):
        assert after - before < 1.3  # 0.8 s, and a pause before the next voice


def test_nobody_is_heard_again_while_silent() -> None:
    sounds = grown(voices.spoken(FIRST) + voices.silence(5.0))
    last = max(at for at, sound in enumerate(sounds) if sound.growing)

    assert [sound.whole for sound in sounds[last + 1 :]] == [False, True]


def test_who_is_not_read_along_with_is_told_of_no_growing() -> None:
    assert not any(sound.growing for sound in endpointed(flow(), eager=True))


def test_growing_changes_nothing_of_what_ends() -> None:
    pcm = flow() + voices.silence(1.0)

    ends = [sound for sound in grown(pcm) if sound.whole]

    assert ends == endpointed(pcm)


def test_what_is_cut_is_cut_without_a_sample_lost_or_doubled() -> None:
    pcm = flow()
    sounds = endpointed(pcm + voices.silence(1.0))

    cut = 0
    for before, after in pairwise(sounds):
        end = before.start + seconds(before.pcm)
        assert after.start > end - PIECE / 2
        cut += after.start < end + PIECE / 2
    assert cut >= 3
    for sound in sounds:
        place = 2 * round(sound.start * voices.RATE)
        assert (
            bytes(sound.pcm)
            == (pcm + voices.silence(1.0))[place : place + len(sound.pcm)]
        )


def test_it_is_cut_in_the_one_quiet_moment_around_eight_seconds() -> None:
    """Also where a detector of voices sees none, in a steady murmur."""
    chance = random.Random(3)  # noqa: S311
    voice = flow()[: 20 * 2 * voices.RATE]
    samples = array.array("h", voice)
    for quiet in (6.5, 8.0, 9.2):
        murmur = array.array(
            "h",
            (max(-9000, min(9000, s + chance.randrange(-800, 800))) for s in samples),
        )
        first, last = (round((quiet + off) * voices.RATE) for off in (-0.15, 0.15))
        for at in range(first, last):
            murmur[at] //= 50
        sound = endpointed(murmur.tobytes())[0]

        assert sound.start + seconds(sound.pcm) == pytest.approx(quiet, abs=0.1)
