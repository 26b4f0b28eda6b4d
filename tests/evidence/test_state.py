"""How a meeting stood, as its chain adds up: what is open, captured and known."""

from datetime import timedelta

import pytest

from gatekeeper.consent.types import OpeningId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.state import standing
from gatekeeper.evidence.statement import Recorded
from tests.evidence.people import (
    FIRST,
    NOON,
    RECORDING,
    ROOM,
    Signer,
    begins,
    captures,
    closes,
    opens,
    parts,
    whole_meeting,
)
from tests.evidence.test_chain import chain

ALICE, BOB = Signer(), Signer("ES256")


def test_a_whole_meeting_is_sealed_and_nothing_is_open() -> None:
    state = standing(chain(whole_meeting(ALICE, BOB)))

    assert state.sealed
    assert state.entries == len(whole_meeting(ALICE, BOB))
    assert state.at == NOON
    assert state.openings == {FIRST: RECORDING}
    assert state.open == {}


def test_of_an_opening_is_known_the_last_moment_that_anything_tells_of() -> None:
    grants = [ALICE.decides(), BOB.decides()]
    later = captures(ALICE).model_copy(update={"last": NOON + timedelta(seconds=9)})
    nothing = captures(BOB).model_copy(update={"first": None, "last": None, "bytes": 0})

    known = [
        standing(chain([*begins(), opens(*grants), closes(), *more])).known
        for more in ([], [later], [nothing], [later, captures(BOB)])
    ]

    seconds = [(each[FIRST] - NOON).total_seconds() for each in known]
    assert seconds == [0, 9, 0, 9]


def test_parts_are_counted_by_opening_and_known_by_their_beginning() -> None:
    grants = [ALICE.decides(), BOB.decides()]
    bodies = [*begins(), opens(*grants), parts(1, ALICE), parts(2, ALICE, BOB)]

    state = standing(chain(bodies))

    assert state.parts == {FIRST: 3}
    assert state.known == {FIRST: NOON}


def test_a_grant_that_is_written_twice_is_known_as_it_was_first() -> None:
    grant = ALICE.decides()
    second = opens(grant, opening=OpeningId("second"))

    state = standing(chain([*begins(), opens(grant), closes(), second]))

    assert list(state.granted) == [grant.nonce]
    assert state.open == {OpeningId("second"): RECORDING}


def test_what_is_recorded_gives_the_whole_decision_again() -> None:
    earlier = (ALICE.decides_earlier(version) for version in ("v1", "v2"))
    for decided in (ALICE.decides(), BOB.decides(), *earlier):
        recorded = Recorded.of(decided.proof)

        assert recorded.decision() == decided
        assert (recorded.subject, recorded.feature) == (decided.subject, RECORDING)
        assert recorded.nonce == decided.nonce


def test_a_body_that_cannot_be_read_is_no_state() -> None:
    row = LedgerRow(ROOM, 0, bytes(32), bytes(32), b"{}")

    with pytest.raises(EvidenceError):
        standing([row])


def test_a_row_is_what_it_was_written_as() -> None:
    (row, *_) = chain(begins())
    raw = (row.prev, memoryview(row.hash), bytearray(row.body))

    assert LedgerRow.read(ROOM, 0, *raw) == row
    assert LedgerRow(**row.columns()) == row
    with pytest.raises(TypeError, match="no number"):
        LedgerRow.read(ROOM, "0", *raw)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        LedgerRow.read(ROOM, 0, None, *raw[1:])
