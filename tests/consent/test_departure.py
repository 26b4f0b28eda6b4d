"""
Rules 8 and 13: what the others hear does not tell whose yes was missing.

Every meeting of three and four people in which somebody holds up the recording and
somebody leaves, with all that a host can do about it afterwards.
"""

import itertools
from collections.abc import Callable, Sequence

import pytest

from gatekeeper.consent.effects import Admit, Ask, Close, Effect, Lapse, Open
from gatekeeper.consent.gate import Gate
from gatekeeper.consent.types import ParticipantId
from tests.consent.people import ALICE, BOB, CAROL, RECORDING, new_gate, yes

DAN = ParticipantId("dan")
PEOPLE = (ALICE, BOB, CAROL, DAN)

Act = Callable[[Gate], list[Effect]]
ACTS: dict[str, Act] = {
    "asks": lambda gate: gate.request(RECORDING, ask=True),
    "asks within the pause": lambda gate: gate.request(RECORDING, ask=False),
    "stops": lambda gate: gate.cancel(RECORDING),
    "waits": lambda _: [],
}


def refuses(gate: Gate, who: ParticipantId) -> list[Effect]:
    return gate.decline(who, RECORDING)


def says_nothing(gate: Gate, who: ParticipantId) -> list[Effect]:
    return []


def takes_it_back(gate: Gate, who: ParticipantId) -> list[Effect]:
    return [*gate.grant(yes(who, RECORDING)), *gate.decline(who, RECORDING)]


Way = Callable[[Gate, ParticipantId], list[Effect]]


def heard(
    people: Sequence[ParticipantId],
    holds_up: ParticipantId,
    way: Way,
    leaves: ParticipantId,
    acts: Sequence[str],
    early: bool,
) -> list[str]:
    """
    What the others hear of a meeting.

    `early`: whether people answer in the lobby, before anything was asked for.
    """
    gate = new_gate()
    effects: list[Effect] = []
    for person in people:
        answers = {RECORDING: yes(person, RECORDING)} if early else {}
        if person == holds_up:
            answers = {}
        effects += gate.join(person, answers, host=person == ALICE)
    effects += gate.request(RECORDING, ask=True)
    effects += way(gate, holds_up)
    for person in people:
        if person != holds_up:
            effects += gate.grant(yes(person, RECORDING))
    effects += gate.leave(leaves)
    for act in acts:
        effects += ACTS[act](gate)
    told = (Admit, Ask, Close, Lapse, Open)
    return [repr(effect) for effect in effects if isinstance(effect, told)]


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("count", [3, 4])
def test_P2_R13_nobody_can_tell_whose_yes_was_missing(count: int, early: bool) -> None:
    people = PEOPLE[:count]
    for leaves in people:
        for acts in itertools.product(ACTS, repeat=3):
            traces = {
                tuple(heard(people, holds_up, way, leaves, acts, early))
                for holds_up in people
                for way in (refuses, says_nothing, *([] if early else [takes_it_back]))
            }
            assert len(traces) == 1, (leaves, acts)
