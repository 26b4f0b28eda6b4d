"""Every word that anybody says tells whose it is, and which one."""

import av
import numpy as np
import pytest

from tests.proof.content import NAMES, RATE
from tests.proof.words import COUNT, EVERY, heard, said_in, speech, times


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("first", [0, COUNT - 4])
def test_a_word_is_heard_as_it_was_said(name: str, first: int) -> None:
    codec = av.CodecContext.create("opus", "r")
    codec.sample_rate, codec.layout = RATE, "mono"
    packets = speech(name)[first * EVERY : (first + 4) * EVERY]
    blocks = [
        frame.to_ndarray()[0]
        for packet in packets
        for frame in codec.decode(av.Packet(packet))
    ]
    samples = np.concatenate(blocks).astype(np.float64)[::3]

    found = list(said_in(heard(samples)))
    assert found == [(name, number) for number in range(first, first + 4)]


def test_silence_says_nothing() -> None:
    assert heard(np.zeros(16_000)) == ""


def test_people_speak_in_turn() -> None:
    begun = [times(name, 3, 10.0)[0] for name in NAMES]

    assert begun == pytest.approx([13.6, 13.88, 14.16, 14.44])
