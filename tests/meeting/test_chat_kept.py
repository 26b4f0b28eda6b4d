"""What a room keeps of its chat."""

import tracemalloc

from gatekeeper.consent.types import LanguageTag
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.meeting.chat import KEPT, ChatLog
from gatekeeper.meeting.meter import Meter
from gatekeeper.meeting.seat import Seat
from gatekeeper.wire import Media
from tests.meeting.person import Key


def test_a_line_that_is_kept_takes_little_more_than_its_words() -> None:
    chat, line = ChatLog(), None
    seat = Seat(
        ParticipantKey.from_jwk(Key().jwk),
        name="Ann",
        language=LanguageTag("en"),
        host=False,
        media=Media(microphone=True, camera=True, screen=False, screen_audio=False),
        line=None,  # type: ignore[arg-type]
        yeses=Meter(1, 1),
    )
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(2 * KEPT):
            line = chat.add(seat, f"{number:032}", f"2026-11-29T03:00:00.{number:03}Z")
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (after - before) / KEPT < 400, "as a model it took 1,250 bytes"
    assert chat.missed(seat, 2 * KEPT - 1) == (line,)
    assert len(chat.missed(seat, 0)) == KEPT
