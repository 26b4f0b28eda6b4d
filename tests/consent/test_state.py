"""What is read of a gate: whose answers, whose grants, and what a name stands for."""

import pytest

from gatekeeper.consent.types import ContentKind, Decision, FeatureId, SourceKind
from gatekeeper.errors import UnknownFeature, UnknownParticipant
from tests.consent.people import (
    ALICE,
    BOB,
    CAROL,
    FEATURES,
    RECORDING,
    TRANSCRIPT,
    new_gate,
    notice,
    running,
    yes,
)


def test_features_and_people_are_in_their_order() -> None:
    gate = new_gate()
    for who in (CAROL, ALICE, BOB):
        gate.join(who)
    gate.lose(ALICE)

    assert gate.features == FEATURES
    assert gate.participants == (CAROL, ALICE, BOB)


def test_what_is_requested_is_what_was_asked_for_and_not_stopped() -> None:
    gate = running(ALICE, BOB)
    assert [gate.is_requested(each) for each in FEATURES] == [True, False]

    gate.decline(BOB, RECORDING)
    assert gate.is_requested(RECORDING)
    gate.cancel(RECORDING)
    assert not gate.is_requested(RECORDING)


def test_an_empty_room_is_closed_whatever_is_asked_for() -> None:
    """Everybody of nobody has agreed: that opens nothing, should it ever be asked."""
    gate = running(ALICE)
    assert gate.is_open(RECORDING)
    gate.leave(ALICE)
    gate._requested = frozenset(FEATURES)

    assert not any(map(gate.is_open, FEATURES))


def test_answers_are_each_persons_own() -> None:
    gate = new_gate()
    gate.join(ALICE, {RECORDING: yes(ALICE, RECORDING), TRANSCRIPT: None})
    gate.join(BOB)

    assert gate.answers(ALICE) == {
        RECORDING: Decision.GRANTED,
        TRANSCRIPT: Decision.DECLINED,
    }
    assert gate.answers(BOB) == {}
    with pytest.raises(UnknownParticipant):
        gate.answers(CAROL)


def test_a_grant_is_held_and_a_refusal_is_none() -> None:
    gate = new_gate()
    gate.join(ALICE, {RECORDING: yes(ALICE, RECORDING), TRANSCRIPT: None})
    gate.join(BOB, {TRANSCRIPT: yes(BOB, TRANSCRIPT)})

    assert gate.grant_of(ALICE, RECORDING) == yes(ALICE, RECORDING)
    assert gate.grant_of(ALICE, TRANSCRIPT) is None
    assert gate.grant_of(BOB, RECORDING) is None
    assert gate.grants() == (yes(ALICE, RECORDING), yes(BOB, TRANSCRIPT))
    with pytest.raises(UnknownParticipant):
        gate.grant_of(CAROL, RECORDING)


def test_only_what_is_offered_has_a_name_and_wording_in_force() -> None:
    gate = new_gate()

    assert gate.offered("recording") == RECORDING
    with pytest.raises(UnknownFeature):
        gate.offered("telepathy")
    assert gate.in_force(RECORDING, notice(RECORDING))
    assert not gate.in_force(RECORDING, notice(RECORDING, 2))
    assert not gate.in_force(FeatureId("telepathy"), notice(RECORDING))


def test_who_came_again_was_there_for_what_was_asked_before() -> None:
    """So their leaving voids the answers to it, as if they had stayed (rule 13)."""
    gate = new_gate()
    gate.join(ALICE, host=True)
    gate.join(BOB)
    gate.join(CAROL, {RECORDING: yes(CAROL, RECORDING)})
    gate.request(RECORDING, ask=True)
    gate.cancel(RECORDING)
    gate.replace(BOB)
    gate.leave(BOB)

    assert gate.grants() == ()
    assert gate.answers(CAROL) == {}


@pytest.mark.parametrize(
    ("source", "content", "media"),
    [
        (SourceKind.MICROPHONE, ContentKind.AUDIO, "audio"),
        (SourceKind.CAMERA, ContentKind.VIDEO, "video"),
        (SourceKind.SCREEN, ContentKind.SCREEN, "video"),
        (SourceKind.SCREEN_AUDIO, ContentKind.SCREEN_AUDIO, "audio"),
    ],
)
def test_a_source_is_of_the_kind_that_notices_name(
    source: SourceKind, content: ContentKind, media: str
) -> None:
    assert source.content is content
    assert source.media == media


def test_only_what_the_admin_allows_again_can_be_asked_for() -> None:
    gate = running(ALICE, BOB)
    for feature in FEATURES:
        gate.forbid(feature)
    gate.allow(RECORDING)

    gate.request(RECORDING, ask=True)
    assert gate.is_open(RECORDING)
    with pytest.raises(UnknownFeature):
        gate.request(TRANSCRIPT, ask=True)
