"""The promise itself, as a state machine: whatever happens, capture means unanimity."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from gatekeeper.consent.effects import (
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
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.errors import AlreadyPresent, UnknownFeature
from tests.consent.people import FEATURES, new_gate, notice, yes

PEOPLE = tuple(ParticipantId(name) for name in ("ann", "ben", "cat", "dan", "eve"))
STRANGER = ParticipantId("somebody")
features = st.sampled_from(FEATURES)
everybody = st.sampled_from(PEOPLE)


class Meeting(RuleBasedStateMachine):
    """Five people, two features, and a notebook beside the gate."""

    @initialize()
    def begin(self) -> None:
        self.gate = new_gate()
        self.version = dict.fromkeys(FEATURES, 1)
        self.says: dict[ParticipantId, dict[FeatureId, int | None]] = {}
        self.lost: set[ParticipantId] = set()
        self.hosts: set[ParticipantId] = set()
        self.capturing: set[FeatureId] = set()
        self.durable: list[Grant] = []
        self.over_time: set[FeatureId] = set()
        self.off: set[FeatureId] = set()
        self.unsure = False

    def performed(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Close(feature):
                    self.capturing.remove(feature)
                case Open(feature):
                    assert feature not in self.capturing
                    self.capturing.add(feature)
                case RecordOpening(_, grants):
                    self.durable.extend(grants)
                case RecordGrant(grant):
                    self.durable.append(grant)
                case Lapse(feature):
                    self.over_time.discard(feature)
                case RecordWithdrawal(grant):
                    assert grant in self.durable, "took back what was never written"
                case _:
                    pass

    @rule(
        who=everybody,
        agreed=st.sets(features),
        refused=st.sets(features),
        host=st.booleans(),
    )
    def joins(
        self,
        who: ParticipantId,
        agreed: set[FeatureId],
        refused: set[FeatureId],
        host: bool,
    ) -> None:
        again = who in self.says
        answers: dict[FeatureId, Grant | None] = {
            f: yes(who, f, self.version[f]) for f in agreed - refused
        }
        answers |= dict.fromkeys(refused)
        self.says[who] = {f: self.version[f] if g else None for f, g in answers.items()}
        self.hosts = self.hosts | {who} if host else self.hosts - {who}
        self.lost.discard(who)
        comes = self.gate.replace if again else self.gate.join
        self.performed(comes(who, answers, host=host))

    @precondition(lambda self: STRANGER not in self.says)
    @rule()
    def stranger_comes(self) -> None:
        self.says[STRANGER] = {}
        self.performed(self.gate.join(STRANGER))
        assert not self.capturing

    @precondition(lambda self: STRANGER in self.says)
    @rule(who=everybody, agreed=st.sets(features), host=st.booleans())
    def stranger_is(
        self, who: ParticipantId, agreed: set[FeatureId], host: bool
    ) -> None:
        answers = {f: yes(who, f, self.version[f]) for f in agreed}
        if who in self.says:
            with pytest.raises(AlreadyPresent):
                self.gate.replace(who, answers, stranger=STRANGER)
            return
        del self.says[STRANGER]
        self.lost.discard(STRANGER)
        self.says[who] = {f: self.version[f] for f in agreed}
        self.hosts |= {who} if host else set()
        self.performed(self.gate.replace(who, answers, host=host, stranger=STRANGER))

    @rule(unsure=st.booleans())
    def sight(self, unsure: bool) -> None:
        self.unsure = unsure
        self.performed(self.gate.see(all_present=not unsure))

    @precondition(lambda self: self.says)
    @rule(data=st.data(), feature=features)
    def allows(self, data: st.DataObject, feature: FeatureId) -> None:
        who = data.draw(st.sampled_from(sorted(self.says)))
        self.says[who][feature] = self.version[feature]
        self.performed(self.gate.grant(yes(who, feature, self.version[feature])))

    @precondition(lambda self: self.says)
    @rule(data=st.data(), feature=features)
    def refuses(self, data: st.DataObject, feature: FeatureId) -> None:
        who = data.draw(st.sampled_from(sorted(self.says)))
        self.says[who][feature] = None
        self.performed(self.gate.decline(who, feature))

    @precondition(lambda self: self.says)
    @rule(data=st.data(), sent=st.booleans())
    def leaves(self, data: st.DataObject, sent: bool) -> None:
        who = data.draw(st.sampled_from(sorted(self.says)))
        del self.says[who]
        self.lost.discard(who)
        hosted = who in self.hosts
        self.hosts.discard(who)
        ran = set(self.capturing)
        self.performed(self.gate.remove(who) if sent else self.gate.leave(who))
        if sent:
            assert self.capturing <= ran
        if len(self.says) < 2 or (hosted and not self.hosts):
            assert not self.capturing, "it runs on forgotten"

    @rule()
    def turned_away(self) -> None:
        ran = set(self.capturing)
        self.performed(self.gate.turn_away())
        assert self.capturing == ran

    @precondition(lambda self: self.says)
    @rule(data=st.data(), gone=st.booleans())
    def connection(self, data: st.DataObject, gone: bool) -> None:
        who = data.draw(st.sampled_from(sorted(self.says)))
        if gone:
            self.lost.add(who)
            self.performed(self.gate.lose(who))
        else:
            self.lost.discard(who)
            self.performed(self.gate.regain(who))

    @precondition(lambda self: self.says)
    @rule(feature=features, ask=st.booleans())
    def requested(self, feature: FeatureId, ask: bool) -> None:
        if feature in self.off:
            with pytest.raises(UnknownFeature):
                self.gate.request(feature, ask=ask)
            return
        if feature in self.over_time:
            self.over_time.discard(feature)
            self.says = {
                who: {f: v for f, v in answers.items() if f != feature}
                for who, answers in self.says.items()
            }
        self.performed(self.gate.request(feature, ask=ask))

    @precondition(lambda self: self.capturing)
    @rule(data=st.data())
    def runs_for_too_long(self, data: st.DataObject) -> None:
        feature = data.draw(st.sampled_from(sorted(self.capturing)))
        self.performed(self.gate.expire(feature))
        assert feature not in self.capturing
        assert not self.gate.is_requested(feature)
        self.over_time.add(feature)

    @rule(keeper=st.none() | everybody)
    def host_link_renewed(self, keeper: ParticipantId | None) -> None:
        hosted = bool(self.hosts)
        ran = set(self.capturing)
        self.hosts &= {keeper} if keeper else set()
        self.performed(self.gate.only_host(keeper))
        assert self.capturing == (ran if self.hosts or not hosted else set())

    @rule(feature=features)
    def cancelled(self, feature: FeatureId) -> None:
        self.performed(self.gate.cancel(feature))

    @rule(feature=features)
    def forbidden(self, feature: FeatureId) -> None:
        held = self.gate.grants()
        self.performed(self.gate.forbid(feature))
        self.off.add(feature)
        assert feature not in self.capturing
        assert self.gate.grants() == held, "a switch-off answers for somebody"

    @rule(feature=features)
    def allowed(self, feature: FeatureId) -> None:
        ran = set(self.capturing)
        self.performed(self.gate.allow(feature))
        self.off.discard(feature)
        assert self.capturing == ran, "allowing starts something"

    @rule(feature=features)
    def reworded(self, feature: FeatureId) -> None:
        self.version[feature] += 1
        digests = [notice(feature, self.version[feature])]
        effects = self.gate.reword(feature, digests)
        if feature in self.off:
            assert not any(isinstance(effect, Ask) for effect in effects)
        self.performed(effects)
        assert feature not in self.capturing

    @invariant()
    def capture_means_unanimity(self) -> None:
        for feature in FEATURES:
            unanimous = bool(self.says) and all(
                answers.get(feature) == self.version[feature]
                for answers in self.says.values()
            )
            assert (feature in self.capturing) == self.gate.is_open(feature)
            if feature in self.capturing:
                assert unanimous
                assert not self.lost
                assert not self.unsure
                assert feature not in self.off


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
