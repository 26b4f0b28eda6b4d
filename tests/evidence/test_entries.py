import json
from datetime import timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gatekeeper.clock import moment
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.entries import (
    Body,
    CaptureFinished,
    Envelope,
    Erasure,
    GateClosed,
    GrantWithdrawn,
    MeetingOpened,
    decode,
    encode,
)
from tests.evidence.people import (
    NOON,
    RECORDING,
    ROOM,
    Signer,
    begins,
    captures,
    opens,
    parts,
    unhurried,
    whole_meeting,
)

ENVELOPE = Envelope(
    v=1, id="A" * 22, at=NOON, meeting=ROOM, seq=0, prev=bytes(32).hex()
)
ALICE = Signer()
EVERY = [
    *whole_meeting(ALICE, Signer("ES256")),
    parts(1, ALICE),
    captures(ALICE, part=1),
    opens(ALICE.decides(), shared_with=None),
]


@pytest.mark.parametrize("body", EVERY, ids=lambda body: body.type)
def test_an_entry_is_read_as_it_was_written(body: Body) -> None:
    entry = decode(encode(ENVELOPE, body))

    assert (entry.envelope, entry.body) == (ENVELOPE, body)


def test_an_entry_is_canonical_json() -> None:
    body = GateClosed(feature=RECORDING, opening="first")

    assert encode(ENVELOPE, body) == (
        b'{"at":"2026-11-22T12:00:00.000000Z","feature":"recording",'
        b'"id":"AAAAAAAAAAAAAAAAAAAAAA","meeting":"kZ1pC0bY3mVx8Qe5Rt7Wug",'
        b'"opening":"first","prev":"' + b"00" * 32 + b'","seq":0,'
        b'"type":"gate.closed","v":1}'
    )


@unhurried
@given(place=st.integers(0, 10_000), other=st.integers(0, 255))
def test_no_byte_has_a_second_spelling(place: int, other: int) -> None:
    raw = encode(ENVELOPE, begins()[1])
    place %= len(raw)
    changed = raw[:place] + bytes([other]) + raw[place + 1 :]
    try:
        entry = decode(changed)
    except EvidenceError:
        return

    assert encode(entry.envelope, entry.body) == changed


def test_another_spelling_of_an_entry_is_refused() -> None:
    raw = encode(ENVELOPE, captures(Signer()))
    members = json.loads(raw)
    for spelling in (
        json.dumps(members, sort_keys=True).encode(),
        json.dumps(dict(reversed(members.items())), separators=(",", ":")).encode(),
        raw.replace(b":1234", b":1234.0"),
        raw.replace(b":1234", b':"1234"'),
        raw.replace(b"12:00:00.000000Z", b"12:00:00Z"),
        raw.replace(b'"seq":0', b'"seq":0,"seq":0'),
        raw + b"\n",
    ):
        assert spelling != raw
        with pytest.raises(EvidenceError):
            decode(spelling)


@pytest.mark.parametrize(
    "extra",
    [
        {"name": "Alice"},
        {"cause": "declined"},
        {"subject": "A" * 43},
        {"by": "A" * 43},
    ],
)
def test_a_closing_has_no_cause_and_no_person(extra: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        GateClosed.model_validate({"feature": RECORDING, "opening": "first"} | extra)
    raw = json.loads(encode(ENVELOPE, GateClosed(feature=RECORDING, opening="first")))
    with pytest.raises(EvidenceError):
        decode(json.dumps(raw | extra, sort_keys=True, separators=(",", ":")).encode())


def test_a_notice_on_record_has_its_own_members_and_no_others() -> None:
    raw = json.loads(encode(ENVELOPE, begins()[1]))
    said = raw["wording"]
    others: list[object] = ["x", None, said | {"note": "x"}, said | {"name": 7}]
    others += [{k: v for k, v in said.items() if k != name} for name in said]
    for wording in others:
        with pytest.raises(EvidenceError, match="none that a ledger may hold"):
            decode(rfc8785.dumps(raw | {"wording": wording}))
    assert decode(rfc8785.dumps(raw)).body == begins()[1]


def test_there_is_no_entry_for_a_refusal_or_a_person() -> None:
    """Design.md, rule 8: what cannot be written cannot be read."""
    for kind in (
        "grant.declined",
        "participant.joined",
        "participant.left",
        "round.failed",
        "request.made",
    ):
        raw = ENVELOPE.model_dump(mode="json") | {"type": kind, "feature": RECORDING}
        with pytest.raises(EvidenceError):
            decode(json.dumps(raw, sort_keys=True, separators=(",", ":")).encode())


def test_an_instant_has_one_spelling() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=9)))

    assert moment(NOON) == moment(east) == "2026-11-22T12:00:00.000000Z"


def test_numbers_that_json_cannot_hold_are_refused() -> None:
    for files in (-1, 2**53):
        with pytest.raises(ValidationError):
            Erasure(feature=RECORDING, subject="A" * 43, files=files)


def test_a_body_cannot_change() -> None:
    body = MeetingOpened(language="en", features=(RECORDING,))

    with pytest.raises(ValidationError):
        body.language = "de"  # type: ignore[misc, assignment]


def test_a_withdrawal_may_come_unsigned() -> None:
    body = GrantWithdrawn(feature=RECORDING, nonce="A" * 22, statement=None)

    assert decode(encode(ENVELOPE, body)).body == body


def test_a_recovered_file_may_lack_its_times() -> None:
    body = CaptureFinished(
        feature=RECORDING,
        opening="first",
        subject="A" * 43,
        source="camera",
        sha256="0" * 64,
        bytes=2**53 - 1,
        first=None,
        last=None,
        recovered=True,
    )

    assert decode(encode(ENVELOPE, body)).body == body
