"""Servers that lie: the real one, with a rule of its own broken."""

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from unittest.mock import patch

from gatekeeper import wire
from gatekeeper.consent.consequences import Consequences
from gatekeeper.consent.effects import RecordOpening
from gatekeeper.consent.state import GateState
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import SignedDecision, read_decision
from gatekeeper.media.tap.tap import Tap
from gatekeeper.meeting.grants import Grants
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Seat, relayed
from tests.meeting.person import Key, Person

WATCH = """
(() => {
  const {prototype} = RTCPeerConnection
  const {addTransceiver} = prototype
  globalThis.tapsMade = 0
  prototype.addTransceiver = function (kind, options) {
    if (options?.direction === 'sendonly') globalThis.tapsMade += 1
    return addTransceiver.call(this, kind, options)
  }
})()
"""
"""Counts, in a page, the sources that were made ready for a server's tap (`TAPS`)."""
TAPS = "globalThis.tapsMade"

ANOTHER = {
    "of another room": {"meeting": "another-room"},
    "of another life": {"life": "0" * 32},
    "of other words": {"notice": "A" * 43},
    "of another feature": {"feature": "summary"},
}
"""What somebody did sign, elsewhere or before, that is no yes to this. More of them are
in `tests/js/room/session.test.js`."""


@contextmanager
def opening_anyway() -> Iterator[None]:
    """A gate is open as soon as it is asked for, and rests on what grants there are."""

    def wanted(state: GateState, feature: FeatureId) -> bool:
        return feature in state._requested and bool(state._present)

    def opening(gate: Consequences, feature: FeatureId) -> RecordOpening:
        answers = (present.answers.get(feature) for present in gate._present.values())
        return RecordOpening(feature, tuple(grant for grant in answers if grant))

    with (
        patch.object(GateState, "_wanted_by_all", wanted),
        patch.object(Consequences, "_opening", opening),
    ):
        yield


def leaving_out(who: ParticipantId) -> AbstractContextManager[object]:
    """One grant is not shown."""
    honest = Grants._told

    def told(
        grants: Grants, feature: FeatureId, people: Iterable[ParticipantId]
    ) -> wire.Grants:
        return honest(grants, feature, [each for each in people if each != who])

    return patch.object(Grants, "_told", told)


def showing(who: Person, statement: str, key: Key) -> AbstractContextManager[object]:
    """This is shown as somebody's grant."""
    honest = Grants._of
    signed = replace(
        read_decision(who.statement("recording", "granted"), key=_owner(who.key)),
        statement=statement,
        key=_owner(key),
    )

    def of(
        grants: Grants, participant: ParticipantId, feature: FeatureId
    ) -> SignedDecision | None:
        return signed if participant == who.id else honest(grants, participant, feature)

    return patch.object(Grants, "_of", of)


def inventing(who: Person) -> AbstractContextManager[object]:
    """What somebody else has signed in their name is shown with that one's key."""
    mallory = Key()
    payload = json.loads(_payload(who.statement("recording", "granted")))
    return showing(who, mallory.sign(**payload), mallory)


def relabelling(who: Person) -> AbstractContextManager[object]:
    """A good grant of a person whom nobody has seen stands in somebody's place."""
    mallory = Key()
    payload = json.loads(_payload(who.statement("recording", "granted")))
    return showing(who, mallory.sign(**payload | {"subject": mallory.id}), mallory)


def hiding(who: Person) -> AbstractContextManager[object]:
    """Nobody is told that somebody has come."""
    honest = Roster.tell_all

    def tell_all(
        roster: Roster, message: wire.Message, *, but: Seat | None = None
    ) -> None:
        person = getattr(message, "person", None)
        if person is None or person.id != who.id:
            honest(roster, message, but=but)

    return patch.object(Roster, "tell_all", tell_all)


def standing_between() -> AbstractContextManager[object]:
    """Certificates of one's own are put into what people say to each other."""
    own = ":".join(["AB"] * 32)

    def relay(seat: Seat, sender: ParticipantId, payload: str) -> None:
        swapped = re.sub(r"(fingerprint:sha-256 )[0-9A-F:]+", rf"\g<1>{own}", payload)
        if seat.line is not None:
            seat.line.send(relayed(sender, swapped))

    return patch.object(Seat, "relay", relay)


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """How many packets have reached any tap."""
    honest, packets = Tap._packet, 0

    def packet(tap: Tap, data: bytes) -> None:
        nonlocal packets
        packets += 1
        honest(tap, data)

    with patch.object(Tap, "_packet", packet):
        yield lambda: packets


@contextmanager
def all_of(*lies: AbstractContextManager[object]) -> Iterator[None]:
    """Several at once."""
    with ExitStack() as stack:
        for lie in lies:
            stack.enter_context(lie)
        yield


def _owner(key: Key) -> ParticipantKey:
    return ParticipantKey.from_jwk(key.jwk)


def _payload(statement: str) -> bytes:
    return base64.urlsafe_b64decode(statement.split(".")[1] + "==")
