"""
The gate: events in, effects out.

Rule 1: everything that decides whether a feature may run lives in this file and in
`state`, which it reads; which effects that has is in `consequences`.
Rule 2: this file does no I/O and knows no clock; it returns effects, and the room
performs them in their order.
Rule 3: check, then change. A refused call leaves everything as it was.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from gatekeeper.consent.consequences import Consequences
from gatekeeper.consent.effects import (
    Ask,
    Effect,
    Grant,
    Lapse,
    RecordWithdrawal,
)
from gatekeeper.consent.state import DECLINED, Answers, Present
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId
from gatekeeper.errors import AlreadyPresent, OutOfOrder, UnknownFeature


class Gate(Consequences):
    """One room's gates: what happens to them, and what has to follow."""

    def join(
        self,
        participant: ParticipantId,
        answers: Answers | None = None,
        *,
        recorded: Collection[FeatureId] = (),
        host: bool = False,
    ) -> list[Effect]:
        """
        Pause first, let in second (rule 5).

        `recorded`: features whose grant is on record from an earlier stay. Raises
        `AlreadyPresent`, `UnknownFeature`, `NoticeOutdated`.
        """
        if participant in self._present:
            raise AlreadyPresent
        before = self._open()
        self._present[participant] = self._came(participant, answers, recorded, host)
        return self._taken_in(participant, before)

    def replace(
        self,
        participant: ParticipantId,
        answers: Answers | None = None,
        *,
        recorded: Collection[FeatureId] = (),
        host: bool = False,
        stranger: ParticipantId | None = None,
    ) -> list[Effect]:
        """
        Somebody present comes again, in another page: nobody has left.

        Or makes themselves known, who was counted as the `stranger` until now. What
        others have asked for and answered stands; this page's answers take the place of
        the earlier one's. Raises `UnknownParticipant`, `UnknownFeature`,
        `NoticeOutdated`, and `AlreadyPresent` where both are here.
        """
        earlier = self._find(stranger or participant)
        if stranger is not None and participant in self._present:
            raise AlreadyPresent
        before = self._open()
        came = self._came(participant, answers, recorded, host)
        if stranger is not None:
            del self._present[stranger]
        self._present[participant] = replace(came, asked=came.asked | earlier.asked)
        if self._hostless_without(earlier):
            self._requested = frozenset()
        return self._taken_in(participant, before)

    def grant(self, grant: Grant) -> list[Effect]:
        """A yes. Raises `UnknownParticipant`, `UnknownFeature`, `NoticeOutdated`."""
        present = self._find(grant.participant)
        self._check(grant.participant, grant.feature, grant)
        if present.answers.get(grant.feature) is not DECLINED:
            return []  # they hold a grant in force; a second one changes nothing
        before = self._open()
        self._present[grant.participant] = present.answered(grant.feature, grant)
        return self._openings(before)

    def decline(self, participant: ParticipantId, feature: FeatureId) -> list[Effect]:
        """A no, or a withdrawal. Raises `UnknownParticipant`, `UnknownFeature`."""
        present = self._find(participant)
        self.offered(feature)
        before = self._open()
        withdrawn = present.answers.get(feature)
        self._present[participant] = present.answered(feature, DECLINED)
        recorded = withdrawn is not None and feature in present.handed_out
        return [
            *self._closings(before),
            *([RecordWithdrawal(withdrawn)] if withdrawn and recorded else []),
        ]

    def request(self, feature: FeatureId, *, ask: bool) -> list[Effect]:
        """
        The host wants `feature` to run.

        `ask`: whether the pause between two questions is over (rule 12); it must not
        depend on what anybody answered. Raises `UnknownFeature`, and `OutOfOrder` in
        an empty room: there is nobody to ask, and the first to come must not start it.
        """
        self.offered(feature)
        if feature in self._forbidden:
            raise UnknownFeature
        if not self._present:
            raise OutOfOrder
        before = self._open()
        lapsed = feature in self._expired
        if lapsed:
            self._forget(feature)
        self._requested |= {feature}
        for participant, present in self._present.items():
            self._present[participant] = replace(
                present, asked=present.asked | {feature}
            )
        return [
            *([Lapse(feature)] if lapsed else []),
            *([Ask(feature, None)] if ask else []),
            *self._openings(before),
        ]

    def cancel(self, feature: FeatureId) -> list[Effect]:
        """Nobody asks for it any more. Raises `UnknownFeature`."""
        self.offered(feature)
        before = self._open()
        self._requested -= {feature}
        return self._closings(before)

    def expire(self, feature: FeatureId) -> list[Effect]:
        """
        It has run for as long as it may (rule 18). Raises `UnknownFeature`.

        Every answer lapses with it, which people are told when it is asked for again:
        until then this is an off like any other.
        """
        self.offered(feature)
        if not self.is_open(feature):
            return []
        self._expired |= {feature}
        return self.cancel(feature)

    def forbid(self, feature: FeatureId) -> list[Effect]:
        """The admin takes the feature away. Raises `UnknownFeature`."""
        effects = self.cancel(feature)
        self._forbidden |= {feature}
        return effects

    def allow(self, feature: FeatureId) -> list[Effect]:
        """The admin offers it again; it starts nothing. Raises `UnknownFeature`."""
        self.offered(feature)
        self._forbidden -= {feature}
        return []

    def reword(
        self, feature: FeatureId, notices: Iterable[NoticeDigest]
    ) -> list[Effect]:
        """
        Other wording is in force (rule 11); grants for the old one lapse.

        Who granted wording that is still in force is not asked again (A6), and while
        the feature is forbidden nobody is.
        Raises `UnknownFeature`.
        """
        self.offered(feature)
        before = self._open()
        self._notices[feature] = frozenset(notices)
        lapsed = [
            participant
            for participant, present in self._present.items()
            if (grant := present.answers.get(feature)) is not DECLINED
            and grant.notice not in self._notices[feature]
        ]
        for participant in lapsed:  # what was asked for while they were there, was
            present = self._present[participant]
            forgot = replace(present.forgot(feature), asked=present.asked)
            self._present[participant] = forgot
        asked = () if feature in self._forbidden else lapsed
        return [*self._closings(before), *(Ask(feature, who) for who in asked)]

    def lose(self, participant: ParticipantId) -> list[Effect]:
        """Their connection is lost: they cannot say no now (rule 9)."""
        present = self._find(participant)
        before = self._open()
        self._present[participant] = replace(present, lost=True)
        return self._closings(before)

    def regain(self, participant: ParticipantId) -> list[Effect]:
        """They are back within the grace time."""
        present = self._find(participant)
        before = self._open()
        self._present[participant] = replace(present, lost=False)
        return self._openings(before)

    def see(self, *, all_present: bool) -> list[Effect]:
        """Whether it is known who is there: while it is not, nothing runs (rule 1)."""
        before = self._open()
        self._blind = not all_present
        return [*self._closings(before), *self._openings(before)]

    def leave(self, participant: ParticipantId) -> list[Effect]:
        """
        Never start by leaving (rule 13): a request that is not open ends.

        So does every answer to what was asked for while the leaver was there: whoever
        asks next asks everybody afresh, and cannot tell whose answer was missing.
        Requests that only lost connections, or `see`, have closed stay: everybody, the
        leaver included, has granted, so that opening again tells nothing. Nothing stays
        for one who is left alone, or without a host (rule 18).
        """
        wanted = frozenset(f for f in self._requested if self._wanted_by_all(f))
        return self._without(participant, wanted)

    def remove(self, participant: ParticipantId) -> list[Effect]:
        """
        The host has removed them: nothing stays of what is not open just now.

        Stricter than `leave`, since here somebody else chose who goes, and when: what a
        lost connection has closed ends too. Raises `UnknownParticipant`.
        """
        return self._without(participant, frozenset(self._open()))

    def turn_away(self) -> list[Effect]:
        """
        The host has refused somebody who knocked: what is not open lapses.

        They had no say here, but might have had before: who leaves and may not come
        back must be no other question to those who stay than who is removed.
        """
        running = frozenset(self._open())
        self._requested = running
        asked = [present.asked for present in self._present.values()]
        return self._lapses(frozenset().union(*asked) - running)

    def only_host(self, keeper: ParticipantId | None) -> list[Effect]:
        """
        Nobody is host any more but `keeper`, if they were.

        With the last host gone, what runs ends as if that one had left (rule 18).
        """
        before = self._open()
        demoted = [
            (who, present)
            for who, present in self._present.items()
            if present.host and who != keeper
        ]
        for who, present in demoted:
            self._present[who] = replace(present, host=False)
        if any(self._hostless_without(present) for _, present in demoted):
            self._requested = frozenset()
        return self._closings(before)

    # ---- Within -------------------------------------------------------------------

    def _without(
        self, participant: ParticipantId, staying: frozenset[FeatureId]
    ) -> list[Effect]:
        """Take somebody away; only the requests that are `staying` go on."""
        leaver = self._find(participant)
        before = self._open()
        del self._present[participant]
        forsaken = len(self._present) <= 1 or self._hostless_without(leaver)
        self._requested = frozenset() if forsaken else staying
        return [
            *self._closings(before),
            *self._lapses(leaver.asked - self._requested),
            *self._openings(before),
        ]

    def _came(
        self,
        participant: ParticipantId,
        answers: Answers | None,
        recorded: Collection[FeatureId],
        host: bool,
    ) -> Present:
        held = dict(answers or {})
        for feature, grant in held.items():
            self._check(participant, feature, grant)
        return Present(held, frozenset(recorded), host, self._requested)
