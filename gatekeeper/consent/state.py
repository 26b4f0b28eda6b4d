"""
The state of a gate: who is present, what they hold, and what follows from that.

Rule 1: nothing here changes anything; `Gate` does, and `Consequences`.
Rule 2: openness is derived from what is held, never stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from gatekeeper.consent.effects import Grant
from gatekeeper.consent.types import Decision, FeatureId, NoticeDigest, ParticipantId
from gatekeeper.errors import NoticeOutdated, UnknownFeature, UnknownParticipant

DECLINED = None
"""A refusal carries nothing: no wording, no statement, no time."""

Answers = Mapping[FeatureId, Grant | None]
"""What a participant has answered; `None` is a refusal, a missing key no answer."""


@dataclass(frozen=True, slots=True)
class Present:
    """One participant, lost or not, as the gate knows them; replaced, never mutated."""

    answers: Answers
    handed_out: frozenset[FeatureId] = frozenset()
    """Features whose grant has been handed out for recording."""
    host: bool = False
    asked: frozenset[FeatureId] = frozenset()
    """Features that were asked for while this participant was there."""
    lost: bool = False

    def answered(self, feature: FeatureId, grant: Grant | None) -> "Present":
        return replace(
            self,
            answers={**self.answers, feature: grant},
            handed_out=self.handed_out - {feature},
        )

    def forgot(self, feature: FeatureId) -> "Present":
        return replace(
            self,
            answers={f: a for f, a in self.answers.items() if f != feature},
            handed_out=self.handed_out - {feature},
            asked=self.asked - {feature},
        )

    def hands_out(self, feature: FeatureId) -> "Present":
        return replace(self, handed_out=self.handed_out | {feature})


class GateState:
    """One room's gates, to read: who is there, what they hold, what is asked for."""

    def __init__(
        self,
        notices: Mapping[FeatureId, Iterable[NoticeDigest]],
        *,
        ends_without_host: bool = True,
    ) -> None:
        """
        `notices`: each offered feature with its digests in force, one a language.

        `ends_without_host`: whether all that runs closes when the last host has left.
        """
        self._notices = {f: frozenset(digests) for f, digests in notices.items()}
        self._ends_without_host = ends_without_host
        self._present: dict[ParticipantId, Present] = {}
        self._requested: frozenset[FeatureId] = frozenset()
        self._forbidden: frozenset[FeatureId] = frozenset()
        self._blind = False
        """Whether there may be somebody who is not known of here."""
        self._expired: frozenset[FeatureId] = frozenset()
        """Features that ran for too long: the next request asks everybody afresh."""

    @property
    def features(self) -> tuple[FeatureId, ...]:
        """The offered features, in the order of the configuration."""
        return tuple(self._notices)

    @property
    def participants(self) -> tuple[ParticipantId, ...]:
        """Who is in the room, the lost ones included, in order of arrival."""
        return tuple(self._present)

    def is_open(self, feature: FeatureId) -> bool:
        """Whether every condition of design.md, rule 1 holds just now."""
        if self._blind or not self._wanted_by_all(feature):
            return False
        return not any(present.lost for present in self._present.values())

    def is_requested(self, feature: FeatureId) -> bool:
        """Whether the host wants it. Never leaves the server (rule 8)."""
        return feature in self._requested

    def answers(self, participant: ParticipantId) -> dict[FeatureId, Decision]:
        """A participant's own answers, for that participant alone."""
        return {
            feature: Decision.DECLINED if grant is DECLINED else Decision.GRANTED
            for feature, grant in self._find(participant).answers.items()
        }

    def grant_of(self, participant: ParticipantId, feature: FeatureId) -> Grant | None:
        """The grant that a participant holds, if any."""
        return self._find(participant).answers.get(feature)

    def grants(self) -> tuple[Grant, ...]:
        """Every grant that is held just now."""
        held = (
            g for present in self._present.values() for g in present.answers.values()
        )
        return tuple(grant for grant in held if grant is not DECLINED)

    def offered(self, feature: str) -> FeatureId:
        """The offered feature of that name. Raises `UnknownFeature`."""
        if feature not in self._notices:
            raise UnknownFeature
        return FeatureId(feature)

    def in_force(self, feature: FeatureId, notice: NoticeDigest) -> bool:
        """Whether `notice` is the wording in force in one of the languages."""
        return notice in self._notices.get(feature, frozenset())

    def notices_of(self, feature: FeatureId) -> frozenset[NoticeDigest]:
        """The wordings in force, one a language."""
        return self._notices.get(feature, frozenset())

    def is_forbidden(self, feature: FeatureId) -> bool:
        """Whether the admin has taken it away for now."""
        return feature in self._forbidden

    # ---- Within -------------------------------------------------------------------

    def _hostless_without(self, leaver: Present) -> bool:
        """Whether the last host has gone with them, where that ends what runs."""
        hosts = any(present.host for present in self._present.values())
        return self._ends_without_host and leaver.host and not hosts

    def _wanted_by_all(self, feature: FeatureId) -> bool:
        """Requested, allowed, and granted by each of at least one participant."""
        return (
            feature in self._requested
            and feature not in self._forbidden
            and bool(self._present)  # all() of nobody is True: an empty room is closed
            and all(
                self._grants(present, feature) for present in self._present.values()
            )
        )

    def _grants(self, present: Present, feature: FeatureId) -> bool:
        grant = present.answers.get(feature)
        return grant is not DECLINED and self.in_force(feature, grant.notice)

    def _open(self) -> tuple[FeatureId, ...]:
        return tuple(f for f in self._notices if self.is_open(f))

    def _find(self, participant: ParticipantId) -> Present:
        try:
            return self._present[participant]
        except KeyError:
            raise UnknownParticipant from None

    def _check(
        self, participant: ParticipantId, feature: FeatureId, grant: Grant | None
    ) -> None:
        self.offered(feature)
        if grant is DECLINED:
            return
        if (grant.participant, grant.feature) != (participant, feature):
            raise UnknownParticipant
        if not self.in_force(feature, grant.notice):
            raise NoticeOutdated
