"""A feature that runs elsewhere: its sign is on for as long as its gate is open."""

import pytest

from gatekeeper.consent.types import ParticipantId
from gatekeeper.errors import UnknownOpening
from gatekeeper.gating.events import SignSet, TapWanted
from gatekeeper.gating.external import open_external
from tests.consent.people import ALICE, RECORDING
from tests.gating.tiny import NOON, calm, tiny, told, yes


async def test_the_sign_is_on_while_the_gate_is_open() -> None:
    async with tiny(RECORDING) as room:
        room.gates.openings._sinks = {RECORDING: open_external}
        room.gates.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
        room.gates.request(RECORDING)
        await calm()
        sink = room.gates.openings.running_sink(RECORDING)
        assert told(room, SignSet) == [SignSet(RECORDING, NOON)]
        assert not told(room, TapWanted)
        with pytest.raises(UnknownOpening):
            await sink.offer(ParticipantId("alice"), "v=0", {})
        sink.drop(ALICE)

        room.gates.cancel(RECORDING)
        await calm()

        assert told(room, SignSet)[1:] == [SignSet(RECORDING, None)]
        await sink.stopped()
