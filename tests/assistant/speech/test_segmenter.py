"""What one track sounds like, whenever its packets come."""

import pytest

from gatekeeper.assistant.speech.segmenter import Segmenter
from gatekeeper.assistant.speech.sound import Sound
from tests.assistant.speech import voices

SAID = "We have three things to settle today."


def heard(sent: list[tuple[bytes, float]]) -> tuple[Segmenter, Sound]:
    """The segmenter, and the only utterance in it."""
    segmenter = Segmenter()
    sounds = [sound for packet, at in sent for sound in segmenter.receive(packet, at)]
    (sound,) = sounds
    return segmenter, sound


@pytest.mark.parametrize("late", [0.3, 0.6, 1.0, 2.0])
def test_first_packets_that_were_held_up_make_nothing_later_for_long(
    late: float,
) -> None:
    pcm = voices.silence(late) + voices.spoken(SAID) + voices.silence(1.0)
    sent = voices.timed(voices.packets(pcm), 0.0)
    _, right = heard(sent)

    # All that waited comes at once, and then each as it is sent.
    segmenter, sound = heard([(packet, max(at, late)) for packet, at in sent])

    assert sound.began == pytest.approx(right.began, abs=0.1)
    assert sound.ended == pytest.approx(right.ended, abs=0.1)
    assert segmenter.since is not None
    assert segmenter.since < right.start
