"""What closes has closed when the event returns, and before anybody is told."""

from collections.abc import Callable

import pytest

from gatekeeper.errors import DiskLow, LedgerUnavailable
from gatekeeper.gating.events import (
    Event,
    TapClosed,
)
from tests.consent.people import ALICE, BOB, CAROL, RECORDING, TRANSCRIPT
from tests.gating.tiny import (
    TinyRoom,
    calm,
    running,
    tiny,
    told,
    worded,
)

BOTH = (RECORDING, TRANSCRIPT)


CLOSINGS: dict[str, Callable[[TinyRoom], object]] = {
    "a no": lambda room: room.gates.decline(BOB, RECORDING, lambda: None),
    "the host": lambda room: room.gates.cancel(RECORDING),
    "the admin": lambda room: room.gates.forbid(RECORDING),
    "other words": lambda room: room.gates.reword(RECORDING, worded(RECORDING, 2)),
    "a lost connection": lambda room: room.gates.lose(BOB),
    "a newcomer": lambda room: room.gates.join(CAROL, {}, host=False),
    "one who is left": lambda room: room.gates.leave(BOB),
    "no host": lambda room: room.gates.leave(ALICE),
    "a page in place of another": lambda room: room.gates.join(
        BOB, {}, host=False, again=True
    ),
    "a fault": lambda room: room.gates.fail(LedgerUnavailable()),
    "the end": lambda room: room.gates.shut(),
    "the time": lambda room: room.gates._expire(RECORDING),
    "its sink": lambda room: room.tape.opened.failed(DiskLow()),
}


@pytest.mark.parametrize("cause", CLOSINGS)
async def test_it_has_closed_when_the_event_returns(cause: str) -> None:
    """Whatever the disk does meanwhile."""
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.diary.may_write.clear()

        CLOSINGS[cause](room)

        assert not room.tape.permit.alive
        assert room.gates.openings.current == ()
        room.diary.may_write.set()
        await calm()
        assert room.diary.lines == ["open recording", "close recording at 12:00"]
        assert "sign off for recording" in room.said
        assert len(told(room, TapClosed)) == 1


@pytest.mark.parametrize("cause", CLOSINGS)
async def test_every_permit_is_dead_before_anybody_is_told(cause: str) -> None:
    """Even if who is told breaks down: a room of another engine's, say."""
    async with tiny(*BOTH) as room:
        await running(room, ALICE, BOB, features=BOTH)
        alive: list[bool] = []
        tell = room.tell

        def breaks(event: Event) -> None:
            alive.extend(
                tape.permit.alive
                for tape in room.tapes
                if not room.gates.state.is_open(tape.permit.feature)
            )
            if isinstance(event, TapClosed):
                raise RuntimeError("whoever hears of it breaks down")  # noqa: TRY004
            tell(event)

        room.tell = breaks  # type: ignore[method-assign]
        room.tapes.reverse()  # the recording's is `tape`
        with pytest.raises(RuntimeError):
            CLOSINGS[cause](room)
        room.tell = tell  # type: ignore[method-assign]

        assert alive
        assert not any(alive)
        await calm()
        assert "close recording at 12:00" in room.diary.lines
