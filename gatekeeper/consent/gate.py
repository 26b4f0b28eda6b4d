"""
The gate: events in, effects out.

Rule 1: everything that decides whether a feature may run lives in this file.
Rule 2: this file does no I/O and knows no clock; it returns effects, and the room
performs them in their order.
Rule 3: openness is derived from what is held, never stored.
Rule 4: check, then change. A refused call leaves everything as it was.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

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
    RecordWithdrawal,
)
from gatekeeper.consent.types import Decision, FeatureId, NoticeDigest, ParticipantId
from gatekeeper.errors import (
    AlreadyPresent,
    NoticeOutdated,
    OutOfOrder,
    UnknownFeature,
    UnknownParticipant,
)

_DECLINED = None
"""A refusal carries nothing: no wording, no statement, no time."""

Answers = Mapping[FeatureId, Grant | None]
"""What a participant has answered; `None` is a refusal, a missing key no answer."""


@dataclass(frozen=True, slots=True)
class _Seat:
    """One participant in the room; replaced, never mutated."""

    answers: Answers
    handed_out: frozenset[FeatureId] = frozenset()
    """Features whose grant has been handed out for recording."""
    host: bool = False
    asked: frozenset[FeatureId] = frozenset()
    """Features that were asked for while this participant was there."""
    lost: bool = False

    def answered(self, feature: FeatureId, grant: Grant | None) -> "_Seat":
        return replace(
            self,
            answers={**self.answers, feature: grant},
            handed_out=self.handed_out - {feature},
        )

    def forgot(self, feature: FeatureId) -> "_Seat":
        return replace(
            self,
            answers={f: a for f, a in self.answers.items() if f != feature},
            handed_out=self.handed_out - {feature},
            asked=self.asked - {feature},
        )

    def hands_out(self, feature: FeatureId) -> "_Seat":
        return replace(self, handed_out=self.handed_out | {feature})


class Gate:
    """One room's gates: who is present, what they hold, what is asked for."""

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
        self._seats: dict[ParticipantId, _Seat] = {}
        self._requested: frozenset[FeatureId] = frozenset()
        self._forbidden: frozenset[FeatureId] = frozenset()
        self._expired: frozenset[FeatureId] = frozenset()
        """Features that ran for too long: the next request asks everybody afresh."""

    # ---- What holds ---------------------------------------------------------------

    @property
    def features(self) -> tuple[FeatureId, ...]:
        """The offered features, in the order of the configuration."""
        return tuple(self._notices)

    @property
    def participants(self) -> tuple[ParticipantId, ...]:
        """Who is in the room, the lost ones included, in order of arrival."""
        return tuple(self._seats)

    def is_open(self, feature: FeatureId) -> bool:
        """Whether every condition of design.md, rule 1 holds just now."""
        return self._wanted_by_all(feature) and not any(
            seat.lost for seat in self._seats.values()
        )

    def is_requested(self, feature: FeatureId) -> bool:
        """Whether the host wants it. Never leaves the server (rule 8)."""
        return feature in self._requested

    def answers(self, participant: ParticipantId) -> dict[FeatureId, Decision]:
        """A participant's own answers, for that participant alone."""
        return {
            feature: Decision.DECLINED if grant is _DECLINED else Decision.GRANTED
            for feature, grant in self._seat(participant).answers.items()
        }

    def grant_of(self, participant: ParticipantId, feature: FeatureId) -> Grant | None:
        """The grant that a participant holds, if any."""
        return self._seat(participant).answers.get(feature)

    def grants(self) -> tuple[Grant, ...]:
        """Every grant that is held just now."""
        held = (g for seat in self._seats.values() for g in seat.answers.values())
        return tuple(grant for grant in held if grant is not _DECLINED)

    def in_force(self, feature: FeatureId, notice: NoticeDigest) -> bool:
        """Whether `notice` is the wording in force in one of the languages."""
        return notice in self._notices.get(feature, frozenset())

    # ---- Events -------------------------------------------------------------------

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
        if participant in self._seats:
            raise AlreadyPresent
        before = self._open()
        self._seats[participant] = self._seated(participant, answers, recorded, host)
        return self._taken_in(participant, before)

    def replace(
        self,
        participant: ParticipantId,
        answers: Answers | None = None,
        *,
        recorded: Collection[FeatureId] = (),
        host: bool = False,
    ) -> list[Effect]:
        """
        Somebody present comes again, in another page: nobody has left.

        What others have asked for and answered stands; this page's answers take the
        place of the earlier one's. Raises `UnknownParticipant`, `UnknownFeature`,
        `NoticeOutdated`.
        """
        earlier = self._seat(participant)
        before = self._open()
        self._seats[participant] = self._seated(participant, answers, recorded, host)
        if self._hostless_without(earlier):
            self._requested = frozenset()
        seat = self._seats[participant]
        self._seats[participant] = replace(seat, asked=seat.asked | earlier.asked)
        return self._taken_in(participant, before)

    def grant(self, grant: Grant) -> list[Effect]:
        """
        A yes. Nothing leaves memory until everybody has granted.

        Raises `UnknownParticipant`, `UnknownFeature`, `NoticeOutdated`.
        """
        seat = self._seat(grant.participant)
        self._check(grant.participant, grant.feature, grant)
        if seat.answers.get(grant.feature) is not _DECLINED:
            return []  # they hold a grant in force; a second one changes nothing
        before = self._open()
        self._seats[grant.participant] = seat.answered(grant.feature, grant)
        return self._openings(before)

    def decline(self, participant: ParticipantId, feature: FeatureId) -> list[Effect]:
        """A no, or a withdrawal. Raises `UnknownParticipant`, `UnknownFeature`."""
        seat = self._seat(participant)
        self._known(feature)
        before = self._open()
        withdrawn = seat.answers.get(feature)
        self._seats[participant] = seat.answered(feature, _DECLINED)
        recorded = withdrawn is not None and feature in seat.handed_out
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
        self._known(feature)
        if feature in self._forbidden:
            raise UnknownFeature
        if not self._seats:
            raise OutOfOrder
        before = self._open()
        lapsed = feature in self._expired
        if lapsed:
            self._forget(feature)
        self._requested |= {feature}
        for participant, seat in self._seats.items():
            self._seats[participant] = replace(seat, asked=seat.asked | {feature})
        return [
            *([Lapse(feature)] if lapsed else []),
            *([Ask(feature, None)] if ask else []),
            *self._openings(before),
        ]

    def cancel(self, feature: FeatureId) -> list[Effect]:
        """Nobody asks for it any more. Raises `UnknownFeature`."""
        self._known(feature)
        before = self._open()
        self._requested -= {feature}
        return self._closings(before)

    def expire(self, feature: FeatureId) -> list[Effect]:
        """
        It has run for as long as it may (rule 18). Raises `UnknownFeature`.

        Every answer lapses with it, which people are told when it is asked for again:
        until then this is an off like any other.
        """
        self._known(feature)
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
        self._known(feature)
        self._forbidden -= {feature}
        return []

    def reword(
        self, feature: FeatureId, notices: Iterable[NoticeDigest]
    ) -> list[Effect]:
        """
        Other wording is in force (rule 11); grants for the old one lapse.

        Who granted wording that is still in force is not asked again (A6).
        Raises `UnknownFeature`.
        """
        self._known(feature)
        before = self._open()
        self._notices[feature] = frozenset(notices)
        lapsed = [
            participant
            for participant, seat in self._seats.items()
            if (grant := seat.answers.get(feature)) is not _DECLINED
            and grant.notice not in self._notices[feature]
        ]
        for participant in lapsed:
            self._seats[participant] = self._seats[participant].forgot(feature)
        return [*self._closings(before), *(Ask(feature, who) for who in lapsed)]

    def lose(self, participant: ParticipantId) -> list[Effect]:
        """Their connection is lost: they cannot say no now (rule 9)."""
        seat = self._seat(participant)
        before = self._open()
        self._seats[participant] = replace(seat, lost=True)
        return self._closings(before)

    def regain(self, participant: ParticipantId) -> list[Effect]:
        """They are back within the grace time."""
        seat = self._seat(participant)
        before = self._open()
        self._seats[participant] = replace(seat, lost=False)
        return self._openings(before)

    def leave(self, participant: ParticipantId) -> list[Effect]:
        """
        Never start by leaving (rule 13): a request that is not open ends.

        So does every answer to what was asked for while the leaver was there: whoever
        asks next asks everybody afresh, and cannot tell whose answer was missing.
        Requests that only lost connections have closed stay: there everybody, the
        leaver included, has granted, so that opening again tells nothing. Nothing
        stays for one who is left alone, or without a host (rule 18).
        """
        leaver = self._seat(participant)
        before = self._open()
        wanted = frozenset(f for f in self._requested if self._wanted_by_all(f))
        del self._seats[participant]
        forsaken = len(self._seats) <= 1 or self._hostless_without(leaver)
        self._requested = frozenset() if forsaken else wanted
        return [
            *self._closings(before),
            *self._lapses(leaver.asked - self._requested),
            *self._openings(before),
        ]

    # ---- Within -------------------------------------------------------------------

    def _seated(
        self,
        participant: ParticipantId,
        answers: Answers | None,
        recorded: Collection[FeatureId],
        host: bool,
    ) -> _Seat:
        held = dict(answers or {})
        for feature, grant in held.items():
            self._check(participant, feature, grant)
        return _Seat(held, frozenset(recorded), host, self._requested)

    def _taken_in(
        self, participant: ParticipantId, before: tuple[FeatureId, ...]
    ) -> list[Effect]:
        answered = self._seats[participant].answers
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

    def _hostless_without(self, leaver: _Seat) -> bool:
        """Whether the last host has gone with them, where that ends what runs."""
        hosts = any(seat.host for seat in self._seats.values())
        return self._ends_without_host and leaver.host and not hosts

    def _lapses(self, over: Collection[FeatureId]) -> list[Effect]:
        ended = [feature for feature in self._notices if feature in over]
        for feature in ended:
            self._forget(feature)
        return [Lapse(feature) for feature in ended]

    def _forget(self, feature: FeatureId) -> None:
        """Let every answer lapse: who is asked next is asked afresh."""
        self._expired -= {feature}
        for participant, seat in self._seats.items():
            self._seats[participant] = seat.forgot(feature)

    def _wanted_by_all(self, feature: FeatureId) -> bool:
        """Requested, allowed, and granted by each of at least one participant."""
        return (
            feature in self._requested
            and feature not in self._forbidden
            and bool(self._seats)  # all() of nobody is True: an empty room is closed
            and all(self._grants(seat, feature) for seat in self._seats.values())
        )

    def _grants(self, seat: _Seat, feature: FeatureId) -> bool:
        grant = seat.answers.get(feature)
        return grant is not _DECLINED and self.in_force(feature, grant.notice)

    def _open(self) -> tuple[FeatureId, ...]:
        return tuple(f for f in self._notices if self.is_open(f))

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
        for participant, seat in self._seats.items():
            grant = seat.answers[feature]
            assert grant is not None  # noqa: S101 - the gate is open, so all hold one
            grants.append(grant)
            self._seats[participant] = seat.hands_out(feature)
        return RecordOpening(feature, tuple(grants))

    def _joiners_grants(
        self, participant: ParticipantId, before: tuple[FeatureId, ...]
    ) -> list[Effect]:
        effects: list[Effect] = []
        for feature in before:
            seat = self._seats[participant]
            grant = seat.answers.get(feature)
            if grant is not _DECLINED and self.is_open(feature):
                self._seats[participant] = seat.hands_out(feature)
                effects.append(RecordGrant(grant))
        return effects

    def _seat(self, participant: ParticipantId) -> _Seat:
        try:
            return self._seats[participant]
        except KeyError:
            raise UnknownParticipant from None

    def _known(self, feature: FeatureId) -> None:
        if feature not in self._notices:
            raise UnknownFeature

    def _check(
        self, participant: ParticipantId, feature: FeatureId, grant: Grant | None
    ) -> None:
        self._known(feature)
        if grant is _DECLINED:
            return
        if (grant.participant, grant.feature) != (participant, feature):
            raise UnknownParticipant
        if not self.in_force(feature, grant.notice):
            raise NoticeOutdated
