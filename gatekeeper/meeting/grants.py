"""
Grants as the people of one room are shown each other's, for browsers to check.

Rule 1: only what an opening rests on is shown, sorted by subject: nothing tells when
somebody agreed, or who agreed last (design.md, rule 8).
Rule 2: of each participant the first is shown for as long as it could be taken for any
later one: a yes that is another than before would tell whose no closed a gate.
"""

from collections.abc import Callable, Iterable

from gatekeeper import wire
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.meeting.roster import Roster


class Grants:
    """One room's."""

    def __init__(
        self,
        roster: Roster,
        *,
        signed: Callable[[ParticipantId, FeatureId], SignedDecision | None],
        in_force: Callable[[FeatureId, NoticeDigest], bool],
    ) -> None:
        """`signed`: the yes that somebody here holds, if any."""
        self._roster = roster
        self._signed = signed
        self._in_force = in_force
        self._shown: dict[tuple[ParticipantId, FeatureId], SignedDecision] = {}

    def of_all(self, feature: FeatureId) -> wire.Grants:
        """Those of everybody who is admitted."""
        return self._told(feature, (s.id for s in self._roster if s.admitted))

    def of_one(self, participant: ParticipantId, feature: FeatureId) -> wire.Grants:
        """That of somebody who comes in."""
        return self._told(feature, [participant])

    def forget(self, participant: ParticipantId) -> None:
        """Somebody comes, or goes: another page of theirs signs anew."""
        self._shown = {a: s for a, s in self._shown.items() if a[0] != participant}

    def lapse(self, feature: FeatureId) -> None:
        """All answers on it are void: everybody signs anew."""
        self._shown = {a: s for a, s in self._shown.items() if a[1] != feature}

    def _told(self, feature: FeatureId, people: Iterable[ParticipantId]) -> wire.Grants:
        shown = (self._of(participant, feature) for participant in sorted(people))
        return wire.Grants(
            feature=feature,
            grants=tuple(
                wire.Grant(
                    statement=signed.statement,
                    key=wire.PublicKey.model_validate(signed.key.jwk),
                )
                for signed in shown
                if signed is not None
            ),
        )

    def _of(
        self, participant: ParticipantId, feature: FeatureId
    ) -> SignedDecision | None:
        signed = self._signed(participant, feature)
        if signed is None:
            return None
        shown = self._shown.setdefault((participant, feature), signed)
        if not self._in_force(feature, shown.notice):
            shown = self._shown[participant, feature] = signed
        return shown
