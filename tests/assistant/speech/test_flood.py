"""Packets that no microphone sends, as the speech worker takes them."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.assistant.speech.ear import Ear
from gatekeeper.assistant.speech.opus import Decoder
from gatekeeper.assistant.speech.settings import RATE, SAMPLE

LONGEST = int(0.12 * RATE) * SAMPLE
"""Bytes of the longest Opus packet, decoded (RFC 6716, 2.1.4)."""
SPARE = 64
"""Bytes that a resampler may have held back."""


@given(st.lists(st.binary(max_size=1500), max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_packet_is_longer_than_opus_can_be(packets: list[bytes]) -> None:
    decoder = Decoder()

    for packet in packets:
        assert len(decoder.decode(packet)) <= LONGEST + SPARE


def test_nothing_is_held_of_packets_without_end() -> None:
    chance = random.Random(6)  # noqa: S311
    ear = Ear()
    heard = 0
    for _ in range(400):
        packet = bytes([chance.getrandbits(8)]) + chance.randbytes(
            chance.randint(0, 900)
        )
        at = chance.choice((0.0, 1e9, -5.0, chance.random() * 100))
        heard += sum(len(sound.pcm) for sound in ear.hear(packet, at))
        assert len(ear._rest) <= LONGEST + SPARE
        assert len(ear._endpointer._pieces) <= 750

    assert heard <= 400 * LONGEST
