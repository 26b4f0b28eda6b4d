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


def agrees(gate: Gate, who: ParticipantId) -> list[Effect]:
    return gate.grant(yes(who, RECORDING))


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
    goes: Callable[[Gate, ParticipantId], list[Effect]] = Gate.leave,
) -> list[str]:
    """
    What the others hear of a meeting.

    `early`: whether people answer in the lobby, before anything was asked for; `goes`:
    how somebody comes to leave.
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
    effects += goes(gate, leaves)
    for act in acts:
        effects += ACTS[act](gate)
    told = (Admit, Ask, Close, Lapse, Open)
    return [repr(effect) for effect in effects if isinstance(effect, told)]


def knocks_again(gate: Gate, who: ParticipantId) -> list[Effect]:
    """They leave by themselves, and are not let in again."""
    return [*gate.leave(who), *gate.turn_away()]


@pytest.mark.parametrize("goes", [Gate.leave, Gate.remove, knocks_again])
@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("count", [3, 4])
def test_P2_R13_nobody_can_tell_whose_yes_was_missing(
    count: int, early: bool, goes: Callable[[Gate, ParticipantId], list[Effect]]
) -> None:
    people = PEOPLE[:count]
    for leaves in people:
        for acts in itertools.product(ACTS, repeat=3):
            traces = {
                tuple(heard(people, holds_up, way, leaves, acts, early, goes))
                for holds_up in people
                for way in (refuses, says_nothing, *([] if early else [takes_it_back]))
            }
            assert len(traces) == 1, (leaves, acts)


@pytest.mark.parametrize("away", [Gate.remove, Gate.turn_away])
def test_R13_no_answer_outlives_that_somebody_was_sent_away(
    away: Callable[..., list[Effect]],
) -> None:
    """Whatever anybody has answered on what does not run, in every combination."""
    answers: tuple[Way, ...] = (says_nothing, refuses, agrees)
    states = set()
    for given in itertools.product(answers, repeat=4):
        gate = new_gate()
        for person in PEOPLE:
            gate.join(person, {}, host=person == ALICE)
        gate.request(RECORDING, ask=True)
        for person, answer in zip(PEOPLE, given, strict=True):
            answer(gate, person)
        if gate.is_open(RECORDING):
            continue
        away(gate, *([DAN] if away is Gate.remove else []))
        states.add(repr([gate.answers(who) for who in gate.participants]))
        assert not gate.is_requested(RECORDING)

    assert states == {repr([{}] * (3 if away is Gate.remove else 4))}
