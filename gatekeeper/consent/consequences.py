"""
Consequences: the effects of what has happened to a gate, in order.

Rule 1: each is told from what was open before and what is open now: nothing here
decides whether anything may run.
Rule 2: what closes comes first (design.md, rule 5).
"""

from collections.abc import Collection

from gatekeeper.consent.effects import (
    Admit,
    Ask,
    Close,
    Effect,
    Grant,
    Lapse,
    Open,
    RecordGrant,
    RecordOpening,
)
from gatekeeper.consent.state import DECLINED, GateState
from gatekeeper.consent.types import FeatureId, ParticipantId


class Consequences(GateState):
    """What follows, and what of it is remembered: whose grants are handed out."""

    def _taken_in(
        self, participant: ParticipantId, before: tuple[FeatureId, ...]
    ) -> list[Effect]:
        answered = self._present[participant].answers
        return [
            *self._closings(before),
            *self._joiners_grants(participant, before),
            Admit(participant),
            *self._openings(before),
            *(
                Ask(feature, participant)
                for feature in self._notices
                if feature in self._requested and feature not in answered
            ),
        ]

    def _lapses(self, over: Collection[FeatureId]) -> list[Effect]:
        ended = [feature for feature in self._notices if feature in over]
        for feature in ended:
            self._forget(feature)
        return [Lapse(feature) for feature in ended]

    def _forget(self, feature: FeatureId) -> None:
        """Let every answer lapse: who is asked next is asked afresh."""
        self._expired -= {feature}
        for participant, present in self._present.items():
            self._present[participant] = present.forgot(feature)

    def _closings(self, before: tuple[FeatureId, ...]) -> list[Effect]:
        return [Close(f) for f in before if not self.is_open(f)]

    def _openings(self, before: tuple[FeatureId, ...]) -> list[Effect]:
        effects: list[Effect] = []
        for feature in self._open():
            if feature not in before:
                effects += [self._opening(feature), Open(feature)]
        return effects

    def _opening(self, feature: FeatureId) -> RecordOpening:
        grants: list[Grant] = []
        for participant, present in self._present.items():
            grant = present.answers[feature]
            assert grant is not None  # noqa: S101 - the gate is open, so all hold one
            grants.append(grant)
            self._present[participant] = present.hands_out(feature)
        return RecordOpening(feature, tuple(grants))

    def _joiners_grants(
        self, participant: ParticipantId, before: tuple[FeatureId, ...]
    ) -> list[Effect]:
        effects: list[Effect] = []
        for feature in before:
            present = self._present[participant]
            grant = present.answers.get(feature)
            if grant is not DECLINED and self.is_open(feature):
                self._present[participant] = present.hands_out(feature)
                effects.append(RecordGrant(grant))
        return effects
