"""
The scripts in `tests/meetings/`, through the whole shell of a gate.

What the pure gate says must follow is what happens: in that order, and what closes has
closed when the event returns.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.consent.effects import Grant
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId
from gatekeeper.gating.rules import GateRules
from tests.consent.test_meetings import SCRIPTS, Stage, written
from tests.gating.tiny import Tape, TinyRoom, Yes, calm, tiny, worded, yes

NEVER_TIRES = GateRules(ask_again=0, longest=4 * 3600)
"""The scripts know no pause between two questions."""


class Events:
    """Gives the shell of a tiny room what a script gives to the gate."""

    def __init__(self, room: TinyRoom) -> None:
        self.room = room

    def __getattr__(self, event: str) -> Any:
        return getattr(self.room.gates, event)

    def join(
        self,
        who: ParticipantId,
        answers: Mapping[FeatureId, Grant | None],
        *,
        host: bool,
        again: bool = False,
    ) -> None:
        held = {f: signed(grant) if grant else None for f, grant in answers.items()}
        self.room.gates.join(who, held, host=host, again=again)

    def replace(self, who: ParticipantId, *given: Any, **more: Any) -> None:
        self.join(who, *given, **more, again=True)

    def grant(self, grant: Grant) -> None:
        self.room.gates.grant(signed(grant))

    def decline(self, who: ParticipantId, feature: FeatureId) -> None:
        self.room.gates.decline(who, feature, lambda: None)

    def remove(self, who: ParticipantId) -> None:
        self.room.gates.send_away(who)

    def turn_away(self) -> None:
        self.room.gates.send_away(ParticipantId("who is not in"))

    def request(self, feature: FeatureId, *, ask: bool) -> None:
        assert self.room.gates.request(feature).asked is ask

    def expire(self, feature: FeatureId) -> None:
        self.room.gates._expire(feature)

    def reword(self, feature: FeatureId, digests: list[NoticeDigest]) -> None:
        version = int(digests[0].rpartition("/")[2])
        self.room.gates.reword(feature, worded(feature, version))


def signed(grant: Grant) -> Yes:
    version = int(grant.notice.rpartition("/")[2])
    return yes(grant.participant, grant.feature, version)


def living(room: TinyRoom) -> list[Tape]:
    return [tape for tape in room.tapes if tape.permit.alive]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
async def test_the_meeting_goes_as_written(script: Path) -> None:
    features, events = written(script)
    async with tiny(*map(FeatureId, features), rules=NEVER_TIRES) as room:
        stage = Stage(features, lambda *_: Events(room))
        for event, expected in events:
            before, said = living(room), len(room.said)
            stage.act(event)
            closed = [
                f"close {tape.permit.feature}"
                for tape in before
                if not tape.permit.alive
            ]
            await calm()
            told = ("receipt", "sign")
            rest = [s for s in room.said[said:] if not s.startswith(told)]
            done = "; ".join([*closed, *rest]) or "nothing"
            assert done == expected, f"{script.name}: {event}"
