"""Three people, two features, and how to say yes."""

from functools import cache

from gatekeeper.consent.effects import Grant
from gatekeeper.consent.gate import Gate
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId

ALICE, BOB, CAROL = (ParticipantId(n) for n in ("alice", "bob", "carol"))
RECORDING, TRANSCRIPT = FeatureId("recording"), FeatureId("transcript")
FEATURES = (RECORDING, TRANSCRIPT)


def notice(feature: FeatureId, version: int = 1) -> NoticeDigest:
    return NoticeDigest(f"{feature}/{version}")


@cache
def yes(who: ParticipantId, feature: FeatureId, version: int = 1) -> Grant:
    return Grant(who, feature, notice(feature, version), f"{who} allows {feature}")


def new_gate() -> Gate:
    return Gate({feature: [notice(feature)] for feature in FEATURES})


def running(*who: ParticipantId) -> Gate:
    """A gate that is open for recording; the first one is the host."""
    gate = new_gate()
    for person in who:
        answers = {RECORDING: yes(person, RECORDING)}
        gate.join(person, answers, host=person == who[0])
    gate.request(RECORDING, ask=True)
    assert gate.is_open(RECORDING)
    return gate
