"""The gate, case by case."""

import pytest

from gatekeeper.consent.effects import (
    Admit,
    Ask,
    Close,
    Lapse,
    Open,
    RecordGrant,
    RecordOpening,
    RecordWithdrawal,
)
from gatekeeper.consent.gate import Gate
from gatekeeper.consent.types import Decision, FeatureId, ParticipantId
from gatekeeper.errors import (
    AlreadyPresent,
    NoticeOutdated,
    OutOfOrder,
    UnknownFeature,
    UnknownParticipant,
)
from tests.consent.people import (
    ALICE,
    BOB,
    CAROL,
    RECORDING,
    TRANSCRIPT,
    new_gate,
    notice,
    running,
    yes,
)


@pytest.fixture
def gate() -> Gate:
    return new_gate()


def test_in_an_empty_room_nothing_can_be_asked_for(gate: Gate) -> None:
    with pytest.raises(OutOfOrder):
        gate.request(RECORDING, ask=True)

    assert not gate.is_open(RECORDING)
    gate.join(ALICE, {RECORDING: yes(ALICE, RECORDING)})
    assert not gate.is_open(RECORDING)


def test_the_last_grant_is_recorded_before_it_opens(gate: Gate) -> None:
    gate.join(ALICE)
    gate.join(BOB)
    gate.request(RECORDING, ask=True)

    assert gate.grant(yes(ALICE, RECORDING)) == []
    assert gate.grant(yes(BOB, RECORDING)) == [
        RecordOpening(RECORDING, (yes(ALICE, RECORDING), yes(BOB, RECORDING))),
        Open(RECORDING),
    ]


def test_grants_without_a_request_open_nothing(gate: Gate) -> None:
    gate.join(ALICE)

    assert gate.grant(yes(ALICE, RECORDING)) == []
    assert not gate.is_open(RECORDING)


def test_a_request_opens_at_once_if_everybody_has_granted_already(gate: Gate) -> None:
    gate.join(ALICE, {RECORDING: yes(ALICE, RECORDING)})

    assert gate.request(RECORDING, ask=True) == [
        Ask(RECORDING, None),
        RecordOpening(RECORDING, (yes(ALICE, RECORDING),)),
        Open(RECORDING),
    ]


def test_asking_again_too_soon_asks_nobody(gate: Gate) -> None:
    gate.join(ALICE)
    gate.request(RECORDING, ask=True)

    assert gate.request(RECORDING, ask=False) == []


def test_a_withdrawal_closes_before_it_is_written_down() -> None:
    gate = running(ALICE, BOB)

    assert gate.decline(BOB, RECORDING) == [
        Close(RECORDING),
        RecordWithdrawal(yes(BOB, RECORDING)),
    ]


def test_a_refusal_is_written_nowhere(gate: Gate) -> None:
    gate.join(ALICE)
    gate.request(RECORDING, ask=True)

    assert gate.decline(ALICE, RECORDING) == []


def test_a_grant_taken_back_before_the_round_succeeded_is_written_nowhere(
    gate: Gate,
) -> None:
    gate.join(ALICE)
    gate.join(BOB)
    gate.request(RECORDING, ask=True)
    gate.grant(yes(ALICE, RECORDING))

    assert gate.decline(ALICE, RECORDING) == []


def test_granting_again_reopens_by_itself() -> None:
    gate = running(ALICE, BOB)
    gate.decline(BOB, RECORDING)

    effects = gate.grant(yes(BOB, RECORDING))

    assert effects[-1] == Open(RECORDING)


def test_a_second_grant_changes_nothing() -> None:
    gate = running(ALICE)

    assert gate.grant(yes(ALICE, RECORDING)) == []


def test_a_joiner_without_a_grant_closes_before_they_are_admitted() -> None:
    gate = running(ALICE)

    assert gate.join(BOB) == [Close(RECORDING), Admit(BOB), Ask(RECORDING, BOB)]


def test_a_joiner_who_said_no_is_not_asked_again() -> None:
    gate = running(ALICE)

    assert gate.join(BOB, {RECORDING: None}) == [Close(RECORDING), Admit(BOB)]


def test_a_joiner_with_a_grant_is_recorded_before_they_are_admitted() -> None:
    gate = running(ALICE)

    effects = gate.join(BOB, {RECORDING: yes(BOB, RECORDING)})

    assert effects == [RecordGrant(yes(BOB, RECORDING)), Admit(BOB)]
    assert gate.is_open(RECORDING)


def test_a_joiners_grant_withdrawn_later_is_recorded() -> None:
    gate = running(ALICE)
    gate.join(BOB, {RECORDING: yes(BOB, RECORDING)})

    assert gate.decline(BOB, RECORDING)[-1] == RecordWithdrawal(yes(BOB, RECORDING))


def test_one_feature_is_not_another() -> None:
    gate = running(ALICE, BOB)
    gate.request(TRANSCRIPT, ask=True)
    gate.grant(yes(ALICE, TRANSCRIPT))

    gate.decline(BOB, TRANSCRIPT)

    assert gate.is_open(RECORDING)
    assert not gate.is_open(TRANSCRIPT)


def test_nothing_starts_because_somebody_left(gate: Gate) -> None:
    gate.join(ALICE, {RECORDING: yes(ALICE, RECORDING)})
    gate.join(BOB)
    gate.request(RECORDING, ask=True)

    assert gate.leave(BOB) == [Lapse(RECORDING)]
    assert not gate.is_open(RECORDING)
    assert not gate.is_requested(RECORDING)
    assert gate.answers(ALICE) == {}


@pytest.mark.parametrize("holds_up", [ALICE, BOB, CAROL])
@pytest.mark.parametrize("stopped", [True, False])
def test_R13_after_a_departure_everybody_is_asked_afresh(
    gate: Gate, holds_up: ParticipantId, stopped: bool
) -> None:
    for person in (ALICE, BOB, CAROL):
        gate.join(person, host=person == ALICE)
    gate.request(RECORDING, ask=True)
    for person in {ALICE, BOB, CAROL} - {holds_up}:
        gate.grant(yes(person, RECORDING))
    gate.decline(holds_up, RECORDING)
    if stopped:
        gate.cancel(RECORDING)

    assert gate.leave(CAROL) == [Lapse(RECORDING)]
    assert gate.request(RECORDING, ask=True) == [Ask(RECORDING, None)]
    assert gate.answers(ALICE) == gate.answers(BOB) == {}


def test_R13_what_was_never_asked_for_while_they_were_there_stays(gate: Gate) -> None:
    gate.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
    gate.join(BOB, {RECORDING: yes(BOB, RECORDING)})
    gate.join(CAROL, {TRANSCRIPT: None})

    assert gate.leave(CAROL) == []
    assert gate.request(RECORDING, ask=True)[-1] == Open(RECORDING)


def test_R13_a_round_that_is_over_is_not_ended_again(gate: Gate) -> None:
    for person in (ALICE, BOB, CAROL):
        gate.join(person, host=person == ALICE)
    gate.request(RECORDING, ask=True)
    gate.leave(CAROL)
    gate.grant(yes(ALICE, RECORDING))

    assert gate.leave(BOB) == []
    assert gate.answers(ALICE) == {RECORDING: Decision.GRANTED}


def test_R13_who_comes_again_ends_no_round() -> None:
    gate = new_gate()
    for person in (ALICE, BOB, CAROL):
        gate.join(person, host=person == ALICE)
    gate.request(RECORDING, ask=True)
    gate.grant(yes(ALICE, RECORDING))

    gate.replace(BOB)

    assert gate.answers(ALICE) == {RECORDING: Decision.GRANTED}
    assert gate.is_requested(RECORDING)
    assert gate.leave(BOB) == [Lapse(RECORDING)]


def test_what_is_open_stays_open_when_somebody_leaves() -> None:
    gate = running(ALICE, BOB, CAROL)

    assert gate.leave(BOB) == []
    assert gate.is_open(RECORDING)


def test_R18_it_closes_when_one_is_left() -> None:
    gate = running(ALICE, BOB)

    assert gate.leave(BOB) == [Close(RECORDING), Lapse(RECORDING)]
    assert not gate.is_requested(RECORDING)


def test_R18_one_person_alone_may_record_themselves() -> None:
    gate = running(ALICE)

    assert gate.is_open(RECORDING)


def test_R18_it_closes_when_the_last_host_has_left() -> None:
    gate = running(ALICE, BOB, CAROL)

    assert gate.leave(ALICE) == [Close(RECORDING), Lapse(RECORDING)]
    assert not gate.is_requested(RECORDING)


def test_R18_a_host_in_two_places_has_left_when_both_have() -> None:
    gate = running(ALICE, BOB, CAROL)
    again = ParticipantId("alice's tablet")
    gate.join(again, {RECORDING: yes(again, RECORDING)}, host=True)

    assert gate.leave(ALICE) == []
    assert gate.leave(again) == [Close(RECORDING), Lapse(RECORDING)]


@pytest.mark.parametrize("keeper", [ALICE, BOB, CAROL, None])
def test_R18_a_host_who_is_one_no_longer_counts_as_gone(
    keeper: ParticipantId | None,
) -> None:
    gate = running(ALICE, BOB, CAROL)
    gate.replace(BOB, {RECORDING: yes(BOB, RECORDING)}, host=True)

    effects = gate.only_host(keeper)

    if keeper in (ALICE, BOB):
        assert effects == []
        assert Close(RECORDING) in gate.leave(keeper)
    else:
        assert effects == [Close(RECORDING)]
        assert not gate.is_requested(RECORDING)


def test_R18_taking_a_guest_for_no_host_changes_nothing() -> None:
    gate = running(ALICE, BOB)

    assert gate.only_host(ALICE) == []
    assert gate.is_open(RECORDING)


def test_R18_an_admin_may_let_it_go_on_without_a_host() -> None:
    gate = Gate({RECORDING: [notice(RECORDING)]}, ends_without_host=False)
    for person in (ALICE, BOB, CAROL):
        gate.join(person, {RECORDING: yes(person, RECORDING)}, host=person == ALICE)
    gate.request(RECORDING, ask=True)

    assert gate.leave(ALICE) == []
    assert gate.leave(BOB) == [Close(RECORDING), Lapse(RECORDING)]


def test_R18_what_has_run_for_too_long_closes_and_everybody_is_asked_afresh() -> None:
    gate = running(ALICE, BOB)

    assert gate.expire(RECORDING) == [Close(RECORDING)]
    assert not gate.is_requested(RECORDING)
    assert gate.request(RECORDING, ask=True) == [
        Lapse(RECORDING),
        Ask(RECORDING, None),
    ]
    assert gate.answers(ALICE) == gate.answers(BOB) == {}


def test_R18_until_it_is_asked_for_again_a_yes_can_be_taken_back_as_ever() -> None:
    gate = running(ALICE, BOB)
    gate.expire(RECORDING)

    assert gate.decline(BOB, RECORDING) == [RecordWithdrawal(yes(BOB, RECORDING))]


def test_R18_what_does_not_run_does_not_run_out() -> None:
    gate = running(ALICE, BOB)
    gate.decline(BOB, RECORDING)

    assert gate.expire(RECORDING) == []
    assert gate.grant(yes(BOB, RECORDING))[-1] == Open(RECORDING)


def test_who_comes_again_has_not_left() -> None:
    gate = running(ALICE, BOB)

    effects = gate.replace(BOB, {RECORDING: yes(BOB, RECORDING)})

    assert effects == [RecordGrant(yes(BOB, RECORDING)), Admit(BOB)]
    assert gate.is_open(RECORDING)


def test_who_comes_again_without_an_answer_is_asked_again() -> None:
    gate = running(ALICE, BOB)

    assert gate.replace(BOB) == [Close(RECORDING), Admit(BOB), Ask(RECORDING, BOB)]
    assert gate.is_requested(RECORDING)
    assert gate.grant(yes(BOB, RECORDING))[-1] == Open(RECORDING)


def test_who_was_lost_and_comes_again_with_a_yes_lets_it_go_on() -> None:
    gate = running(ALICE, BOB)
    gate.lose(BOB)

    effects = gate.replace(BOB, {RECORDING: yes(BOB, RECORDING)})

    assert [type(effect) for effect in effects] == [Admit, RecordOpening, Open]


def test_R18_a_host_who_comes_again_as_none_has_left_as_a_host() -> None:
    gate = running(ALICE, BOB)

    effects = gate.replace(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=False)

    assert effects == [Close(RECORDING), Admit(ALICE)]


def test_the_last_one_to_leave_closes_and_ends_the_request() -> None:
    gate = running(ALICE)

    assert gate.leave(ALICE) == [Close(RECORDING), Lapse(RECORDING)]
    assert not gate.is_requested(RECORDING)


def test_a_lost_participant_cannot_say_no_so_it_closes() -> None:
    gate = running(ALICE, BOB)

    assert gate.lose(BOB) == [Close(RECORDING)]


def test_it_reopens_when_the_lost_participant_is_back() -> None:
    gate = running(ALICE, BOB)
    gate.lose(BOB)

    assert [type(e) for e in gate.regain(BOB)] == [RecordOpening, Open]


def test_it_reopens_without_the_lost_one_who_had_granted() -> None:
    gate = running(ALICE, BOB, CAROL)
    gate.lose(BOB)

    assert [type(e) for e in gate.leave(BOB)] == [RecordOpening, Open]


def test_R18_it_does_not_reopen_for_one_alone() -> None:
    gate = running(ALICE, BOB)
    gate.lose(BOB)

    assert gate.leave(BOB) == [Lapse(RECORDING)]
    assert not gate.is_requested(RECORDING)


def test_R18_it_does_not_reopen_without_a_host() -> None:
    gate = running(ALICE, BOB, CAROL)
    gate.lose(ALICE)

    assert gate.leave(ALICE) == [Lapse(RECORDING)]
    assert not gate.is_requested(RECORDING)


def test_it_does_not_reopen_without_the_lost_one_who_had_not_granted() -> None:
    gate = running(ALICE)
    gate.join(BOB)
    gate.lose(BOB)

    assert gate.leave(BOB) == [Lapse(RECORDING)]
    assert not gate.is_requested(RECORDING)


def test_it_stays_closed_while_another_is_lost() -> None:
    gate = running(ALICE, BOB, CAROL)
    gate.lose(BOB)
    gate.lose(CAROL)

    assert gate.regain(BOB) == []


def test_the_host_stops_it_for_everyone() -> None:
    gate = running(ALICE)

    assert gate.cancel(RECORDING) == [Close(RECORDING)]
    assert gate.cancel(RECORDING) == []


def test_a_forbidden_feature_closes_and_cannot_be_requested() -> None:
    gate = running(ALICE)

    assert gate.forbid(RECORDING) == [Close(RECORDING)]
    with pytest.raises(UnknownFeature):
        gate.request(RECORDING, ask=True)


def test_allowing_it_again_starts_nothing() -> None:
    gate = running(ALICE)
    gate.forbid(RECORDING)

    assert gate.allow(RECORDING) == []
    assert not gate.is_open(RECORDING)


def test_A6_changed_words_close_and_ask_those_who_had_granted() -> None:
    gate = running(ALICE, BOB)
    gate.join(CAROL, {RECORDING: yes(CAROL, RECORDING)})
    gate.decline(CAROL, RECORDING)
    gate.grant(yes(CAROL, RECORDING))

    effects = gate.reword(RECORDING, [notice(RECORDING, 2)])

    assert effects == [
        Close(RECORDING),
        Ask(RECORDING, ALICE),
        Ask(RECORDING, BOB),
        Ask(RECORDING, CAROL),
    ]
    assert gate.answers(ALICE) == {}


def test_A6_unchanged_words_are_not_asked_again() -> None:
    gate = running(ALICE)

    assert gate.reword(RECORDING, [notice(RECORDING), notice(RECORDING, 2)]) == []
    assert gate.is_open(RECORDING)


def test_a_refusal_outlives_a_change_of_words(gate: Gate) -> None:
    gate.join(ALICE, {RECORDING: None})
    gate.request(RECORDING, ask=True)

    assert gate.reword(RECORDING, [notice(RECORDING, 2)]) == []
    assert gate.answers(ALICE) == {RECORDING: Decision.DECLINED}


def test_R13_who_leaves_unanswered_after_other_words_voids_the_answers() -> None:
    gate = running(ALICE, BOB)
    gate.reword(RECORDING, [notice(RECORDING, 2)])
    gate.grant(yes(ALICE, RECORDING, 2))

    assert Lapse(RECORDING) in gate.leave(BOB)
    assert not gate.is_requested(RECORDING)
    gate.request(RECORDING, ask=True)
    assert not gate.is_open(RECORDING)


def test_A4_a_no_can_become_a_yes_and_back_any_number_of_times() -> None:
    gate = running(ALICE)
    for _ in range(5):
        assert Close(RECORDING) in gate.decline(ALICE, RECORDING)
        assert Open(RECORDING) in gate.grant(yes(ALICE, RECORDING))


def test_a_refused_call_changes_nothing(gate: Gate) -> None:
    gate.join(ALICE)
    gate.request(RECORDING, ask=True)
    stranger, oddity = ParticipantId("stranger"), FeatureId("oddity")

    with pytest.raises(NoticeOutdated):
        gate.grant(yes(ALICE, RECORDING, version=7))
    with pytest.raises(NoticeOutdated):
        gate.join(BOB, {RECORDING: yes(BOB, RECORDING, version=7)})
    with pytest.raises(UnknownParticipant):
        gate.grant(yes(stranger, RECORDING))
    with pytest.raises(UnknownParticipant):
        gate.join(BOB, {RECORDING: yes(ALICE, RECORDING)})
    with pytest.raises(UnknownFeature):
        gate.decline(ALICE, oddity)
    with pytest.raises(UnknownFeature):
        gate.grant(yes(ALICE, oddity))
    with pytest.raises(UnknownParticipant):
        gate.replace(BOB)
    with pytest.raises(NoticeOutdated):
        gate.replace(ALICE, {RECORDING: yes(ALICE, RECORDING, version=7)})
    with pytest.raises(UnknownFeature):
        gate.expire(oddity)
    with pytest.raises(AlreadyPresent):
        gate.join(ALICE, {RECORDING: yes(ALICE, RECORDING)})

    assert gate.participants == (ALICE,)
    assert gate.answers(ALICE) == {}
    assert not gate.is_open(RECORDING)
