import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gatekeeper.consent.types import FeatureId, LanguageTag, OpeningId, RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence import chain as evidence_chain
from gatekeeper.evidence.chain import verify, verify_chain
from gatekeeper.evidence.entries import (
    Body,
    Envelope,
    Erasure,
    GateClosed,
    GateOpened,
    GrantAdded,
    GrantWithdrawn,
    MeetingOpened,
    MeetingSealed,
    NoticePublished,
    encode,
)
from gatekeeper.evidence.history import history
from gatekeeper.evidence.row import GENESIS, LedgerRow
from gatekeeper.evidence.statement import SignedDecision, verify_decision
from tests.evidence.people import (
    FIRST,
    NOON,
    NOTICE,
    RECORDING,
    ROOM,
    Signer,
    begins,
    captures,
    closes,
    opens,
    parts,
    unhurried,
    whole_meeting,
    withdraws,
)

ALICE, BOB = Signer(), Signer("ES256")
SECOND = OpeningId("second")


def chain(bodies: Sequence[Body], room: RoomId = ROOM) -> list[LedgerRow]:
    """A chain whose hashes and links are right, whatever it says."""
    rows: list[LedgerRow] = []
    prev = GENESIS
    for seq, body in enumerate(bodies):
        envelope = Envelope(
            v=1, id=f"{seq:022}", at=NOON, meeting=room, seq=seq, prev=prev.hex()
        )
        raw = encode(envelope, body)
        digest = hashlib.sha256(raw).digest()
        rows.append(LedgerRow(room, seq, prev, digest, raw))
        prev = digest
    return rows


WHOLE = chain(whole_meeting(ALICE, BOB))


def refuses(rows: Sequence[LedgerRow], rule: str, *, sealed: bool = False) -> None:
    with pytest.raises(EvidenceError, match=rule):
        verify(ROOM, rows, sealed=sealed)


def tells(bodies: Sequence[Body], rule: str) -> None:
    """The chain is whole, but what it says breaks `rule`."""
    refuses(chain([*begins(), *bodies]), rule)


# ---- Bytes --------------------------------------------------------------------------


def test_an_honest_chain_verifies() -> None:
    found = verify(ROOM, WHOLE, sealed=True)

    assert (found.entries, found.openings, found.sealed) == (len(WHOLE), 1, True)
    assert found.head == WHOLE[-1].hash


@pytest.mark.parametrize("left_out", range(len(WHOLE)))
def test_leaving_out_one_entry_is_found(left_out: int) -> None:
    refuses([*WHOLE[:left_out], *WHOLE[left_out + 1 :]], "entry", sealed=True)


@pytest.mark.parametrize("left", range(len(WHOLE)))
def test_cutting_before_the_seal_is_found(left: int) -> None:
    refuses(WHOLE[:left], f"entry {left}: the seal is missing", sealed=True)


def test_an_entry_that_is_earlier_than_the_one_before_it_is_found() -> None:
    times = [NOON, NOON + timedelta(seconds=1), NOON]
    rows: list[LedgerRow] = []
    prev = GENESIS
    for seq, (body, at) in enumerate(
        zip([*begins(), opens(ALICE.decides())], times, strict=True)
    ):
        envelope = Envelope(
            v=1, id=f"{seq:022}", at=at, meeting=ROOM, seq=seq, prev=prev.hex()
        )
        raw = encode(envelope, body)
        digest = hashlib.sha256(raw).digest()
        rows.append(LedgerRow(ROOM, seq, prev, digest, raw))
        prev = digest

    refuses(rows, "entry 2: it is earlier than the entry before it")


@unhurried
@given(data=st.data())
def test_editing_one_byte_is_found(data: st.DataObject) -> None:
    """Even by somebody who can write every hash of the entry anew."""
    place = data.draw(st.integers(0, len(WHOLE) - 1))
    row = WHOLE[place]
    at = data.draw(st.integers(0, len(row.body) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != row.body[at]))
    body = row.body[:at] + bytes([byte]) + row.body[at + 1 :]
    edited = replace(row, body=body)
    rehashed = replace(edited, hash=hashlib.sha256(body).digest())

    refuses([*WHOLE[:place], edited, *WHOLE[place + 1 :]], f"entry {place}")
    if place < len(WHOLE) - 1:
        refuses([*WHOLE[:place], rehashed, *WHOLE[place + 1 :]], "entry")


@unhurried
@given(data=st.data())
def test_any_other_order_or_repetition_is_found(data: st.DataObject) -> None:
    rows = data.draw(
        st.lists(st.sampled_from(WHOLE), max_size=len(WHOLE) + 2).filter(
            lambda rows: rows != WHOLE[: len(rows)]
        )
    )

    refuses(rows, "entry")


def test_a_stored_hash_is_not_believed() -> None:
    row = WHOLE[3]
    for changed in (replace(row, prev=bytes(32)), replace(row, hash=bytes(32))):
        refuses([*WHOLE[:3], changed, *WHOLE[4:]], "entry 3")


def test_another_meetings_entry_is_found() -> None:
    other = chain(begins(), RoomId("other"))
    relabelled = [replace(row, meeting=ROOM) for row in other]

    refuses(other, "entry 0: found entry 0 of other")
    refuses(relabelled, "entry 0: the body names another place")


def test_a_chain_may_still_be_growing() -> None:
    for length in range(len(WHOLE)):
        assert not verify(ROOM, WHOLE[:length], sealed=False).sealed


# ---- What it says -------------------------------------------------------------------


def test_a_chain_begins_once_and_ends_once() -> None:
    refuses(chain(begins()[1:]), "begins with meeting.opened")
    tells(begins()[:1], "begins with meeting.opened")
    tells([MeetingSealed(), closes()], "after the seal")


def test_a_grant_must_be_signed_by_its_owner() -> None:
    opening = opens(ALICE.decides(), BOB.decides())
    first, second = opening.grants
    swapped = first.model_copy(update={"key": second.key})
    declined = opens(ALICE.decides("declined"))

    for grants in ((swapped, second), declined.grants):
        forged = opening.model_copy(update={"grants": grants})
        tells([forged], "entry 2: The signature does not fit")


def test_a_grant_must_be_for_this_room_and_feature() -> None:
    for changed in ({"meeting": "elsewhere"}, {"feature": "summary"}):
        tells([opens(ALICE.decides(**changed))], "The signature does not fit")


def test_a_grant_must_rest_on_a_notice_that_was_published() -> None:
    grant = ALICE.decides()
    refuses(chain([begins()[0], opens(grant)]), "not published")
    tells([opens(ALICE.decides(notice="A" * 43))], "not published")
    tells([opens(ALICE.decides(language="de"))], "not published")


def test_a_notice_must_be_the_one_that_its_digest_names() -> None:
    published = NoticePublished.of(NOTICE)
    softer = replace(published.wording, retention="For ever.")
    for update in ({"wording": softer}, {"language": LanguageTag("de")}):
        forged = published.model_copy(update=update)
        refuses(chain([begins()[0], forged]), "another digest")


def test_an_opening_names_the_notices_that_were_granted() -> None:
    opening = opens(ALICE.decides())
    for notices in ((), ("A" * 43,), (NOTICE.digest, NOTICE.digest)):
        forged = opening.model_copy(update={"notices": notices})
        with pytest.raises(EvidenceError):
            verify(ROOM, chain([*begins(), forged]), sealed=False)


def test_nobody_counts_twice() -> None:
    tells([opens(ALICE.decides(), ALICE.decides())], "counted twice")


def test_an_opening_of_nobody_is_none() -> None:
    nobody = opens(ALICE.decides()).model_copy(update={"grants": (), "notices": ()})

    tells([nobody], "none that a ledger may hold")


def test_a_gate_opens_and_closes_in_turn() -> None:
    grant = ALICE.decides()
    tells([opens(grant), opens(grant, opening=SECOND)], "open already")
    tells([opens(grant), closes(), opens(grant)], "not new")
    tells([closes()], "never opened")
    tells([opens(grant), closes(), closes()], "closed already")
    tells([opens(grant), MeetingSealed()], "open at the seal")
    summary = FeatureId("summary")
    tells([opens(grant), GateClosed(feature=summary, opening=FIRST)], "never opened")


def test_what_is_known_last_of_an_opening_lies_in_its_time() -> None:
    begun = [*begins(), opens(ALICE.decides())]
    rows = chain([*begun, closes(last=NOON)])

    verify(ROOM, rows, sealed=False)
    [stretch] = history(rows).stretches
    [part] = stretch.parts
    assert stretch.ended == stretch.latest == part.ended == part.latest == NOON
    [seen] = history(chain([*begun, closes()])).stretches
    assert (seen.ended, seen.latest) == (NOON, None)
    for off in (timedelta(microseconds=1), -timedelta(microseconds=1)):
        refuses(chain([*begun, closes(last=NOON + off)]), "not of its time")


def test_the_same_grants_serve_again_after_a_closing() -> None:
    grants = [ALICE.decides(), BOB.decides()]
    again: list[Body] = [
        opens(*grants),
        closes(),
        opens(*grants, opening=SECOND),
        closes(SECOND),
    ]

    assert verify(ROOM, chain([*begins(), *again]), sealed=False).openings == 2


def test_a_withdrawn_grant_is_never_used_again() -> None:
    grant, bobs = ALICE.decides(), BOB.decides()
    over: list[Body] = [
        opens(grant),
        closes(),
        withdraws(grant, ALICE.decides("declined")),
    ]
    tells([*over, opens(grant, opening=SECOND)], "had been withdrawn")
    tells([*over, opens(bobs, opening=SECOND), adds(ALICE, grant.nonce)], "share|with")

    anew: list[Body] = [*over, opens(ALICE.decides(), opening=SECOND)]
    assert verify(ROOM, chain([*begins(), *anew]), sealed=False).openings == 2


def adds(who: Signer, nonce: str, opening: OpeningId = SECOND) -> GrantAdded:
    proof = who.decides(nonce=nonce).proof
    return GrantAdded(feature=RECORDING, opening=opening, grant=proof)


def test_only_the_owner_withdraws() -> None:
    grant = ALICE.decides()
    begun: list[Body] = [opens(grant), closes()]
    tells([*begun, withdraws(grant, BOB.decides("declined"))], "signature")
    tells([*begun, withdraws(grant, ALICE.decides())], "signature")
    tells([*begun, withdraws(BOB.decides())], "no such grant")
    other = GrantWithdrawn(
        feature=FeatureId("summary"), nonce=grant.nonce, statement=None
    )
    tells([*begun, other], "no such grant")

    unsigned = chain([*begins(), *begun, withdraws(grant)])
    assert verify(ROOM, unsigned, sealed=False).entries == 5


def test_a_grant_is_added_to_what_is_open() -> None:
    tells([adds(BOB, "B" * 22)], "never opened")
    begun: list[Body] = [opens(ALICE.decides(), opening=SECOND)]
    tells([*begun, closes(SECOND), adds(BOB, "B" * 22)], "closed already")

    joined: list[Body] = [
        *begun,
        adds(BOB, "B" * 22),
        parts(1, ALICE, BOB, opening=SECOND),
        captures(BOB, SECOND, part=1),
    ]
    assert verify(ROOM, chain([*begins(), *joined]), sealed=False).entries == 6


def test_R19_present_a_part_has_people_who_had_granted_each_once() -> None:
    begun: list[Body] = [opens(ALICE.decides(), BOB.decides())]
    unsorted = parts(1, ALICE, BOB).people[::-1]
    tells([parts(1, ALICE)], "never opened")
    tells([*begun, closes(), parts(1, ALICE)], "closed already")
    tells([*begun, parts(2, ALICE)], "not the next one")
    tells([*begun, parts(1, ALICE), parts(1, BOB)], "not the next one")
    tells([opens(ALICE.decides()), parts(1, ALICE, BOB)], "who had not granted")
    for people in (unsorted, (*parts(1, ALICE).people * 2,)):
        said = parts(1, ALICE, BOB).model_copy(update={"people": people})
        tells([*begun, said], "each named once")
    with pytest.raises(ValidationError):
        parts(1)
    with pytest.raises(ValidationError):
        parts(0, ALICE)


def test_R19_present_nobody_is_captured_in_a_part_they_were_not_in() -> None:
    begun: list[Body] = [opens(ALICE.decides(), BOB.decides()), parts(1, ALICE)]
    tells([*begun, captures(BOB, part=1)], "was not present")
    tells([*begun, captures(ALICE, part=2)], "was not present")
    late: list[Body] = [opens(ALICE.decides()), adds(BOB, "B" * 22, FIRST)]
    tells([*late, captures(BOB)], "was not present")

    held: list[Body] = [*begun, captures(BOB), captures(ALICE, part=1)]
    assert verify(ROOM, chain([*begins(), *held]), sealed=False).openings == 1


def test_a_chain_from_before_there_were_parts_still_holds() -> None:
    before = opens(ALICE.decides(), shared_with=None)
    held: list[Body] = [before, adds(BOB, "B" * 22, FIRST), captures(BOB), closes()]
    rows = chain([*begins(), *held])

    assert verify(ROOM, rows, sealed=False).openings == 1
    assert all(b"shared_with" not in row.body for row in rows)
    assert b'"part"' not in rows[4].body
    tells([before, parts(1, ALICE)], "knows no parts")
    tells([before, captures(ALICE, part=1)], "was not present")
    (stretch,) = history(rows).stretches
    (part,) = stretch.parts
    assert (
        part.people == stretch.people == tuple(w.key.thumbprint for w in (ALICE, BOB))
    )
    assert (part.number, part.began, part.ended) == (0, NOON, NOON)


def test_a_chain_holds_statements_of_all_versions() -> None:
    before, after = ALICE.decides_earlier("v1"), ALICE.decides()
    no = ALICE.decides_earlier("v1", "declined")
    held: list[Body] = [
        opens(before, BOB.decides()),
        closes(),
        withdraws(before, no),
        opens(after, BOB.decides_earlier("v2"), opening=SECOND),
        closes(SECOND),
        MeetingSealed(),
    ]

    verified = verify(ROOM, chain([*begins(), *held]), sealed=True)

    assert (verified.openings, before.life, after.life) == (2, None, "thisVeryLife")


def test_two_people_never_share_a_nonce() -> None:
    tells([opens(ALICE.decides(nonce="B" * 22), BOB.decides(nonce="B" * 22))], "share")


def test_nobody_is_captured_who_had_not_granted() -> None:
    tells([opens(ALICE.decides()), captures(BOB)], "captured who had not granted")
    tells([captures(ALICE)], "never opened")


def test_only_what_the_room_offers_is_written_of() -> None:
    summary = FeatureId("summary")
    erasure = Erasure(feature=summary, subject=ALICE.key.thumbprint, files=1)
    tells([erasure], "does not offer")
    opening = opens(ALICE.decides()).model_copy(update={"feature": summary})
    tells([opening], "does not offer")
    opened = MeetingOpened(language=LanguageTag("en"), features=())
    refuses(chain([opened, begins()[1]]), "does not offer")


def test_an_erasure_of_what_it_offers_is_fine() -> None:
    erasure = Erasure(feature=RECORDING, subject=ALICE.key.thumbprint, files=2)

    assert verify(ROOM, chain([*begins(), erasure]), sealed=False).entries == 3


def test_the_shape_of_an_opening() -> None:
    """One grant is a statement and its signer's key: enough to check it offline."""
    opening = opens(ALICE.decides(), BOB.decides()).model_dump(mode="json")

    assert isinstance(opens(ALICE.decides()), GateOpened)
    assert [sorted(grant) for grant in opening["grants"]] == [["key", "statement"]] * 2
    assert sorted(sorted(grant["key"]) for grant in opening["grants"]) == [
        ["crv", "kty", "x"],
        ["crv", "kty", "x", "y"],
    ]


def test_a_signature_is_checked_once_however_many_openings_name_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A check takes 0.2 ms, and a gate may open thousands of times."""
    checked: list[str] = []

    def counts(statement: str, **more: Any) -> SignedDecision:
        checked.append(statement)
        return verify_decision(statement, **more)

    monkeypatch.setattr(evidence_chain, "verify_decision", counts)
    grants = [ALICE.decides(), BOB.decides()]
    rounds = [
        body
        for number in range(5)
        for opening in [OpeningId(f"opening{number}")]
        for body in (opens(*grants, opening=opening), closes(opening))
    ]

    found = verify(ROOM, chain([*begins(), *rounds]), sealed=False)

    assert found.openings == 5
    assert sorted(checked) == sorted(grant.statement for grant in grants)


def test_a_copy_of_a_chain_is_checked_from_its_bodies_alone() -> None:
    bodies = [row.body for row in WHOLE]

    assert verify_chain(ROOM, iter(bodies), sealed=True) == verify(
        ROOM, WHOLE, sealed=True
    )
    assert verify_chain(ROOM, bodies[:-1], sealed=False).entries == len(WHOLE) - 1
    for spoilt, sealed, rule in (
        ([], False, "there is no entry"),
        (bodies[:-1], True, "the seal is missing"),
        (bodies[1:], False, "entry 0"),
        ([*bodies[:2], *bodies[3:]], False, "entry 2"),
    ):
        with pytest.raises(EvidenceError, match=rule):
            verify_chain(ROOM, spoilt, sealed=sealed)
