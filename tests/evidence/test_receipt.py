import base64
import json
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import LanguageTag
from gatekeeper.errors import DataDirectoryUnusable, EvidenceError
from gatekeeper.evidence.entries import Body
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.receipt import (
    MEDIA_TYPE,
    Controller,
    Receipts,
    verify_receipt,
)
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.statement import SignedDecision
from tests.evidence.people import (
    NOON,
    NOTICE,
    Signer,
    begins,
    opens,
    unhurried,
    withdraws,
)
from tests.evidence.test_chain import chain

ALICE, BOB = Signer(), Signer("ES256")
GATE = GateKey(OKPKey.generate_key("Ed25519"))
CONTROLLER = Controller(name="Tea Society", place="Kyoto", contact="tea@example.org")
RECEIPTS = Receipts(GATE, CONTROLLER, clock=lambda: NOON + timedelta(seconds=1))
GRANT, NO = ALICE.decides(), ALICE.decides("declined")


def written(*bodies: Body) -> LedgerRow:
    return chain([*begins(), *bodies])[-1]


OPENED = written(opens(GRANT, BOB.decides()))
TAKEN_BACK = written(opens(GRANT), withdraws(GRANT, NO))
GRANTED = RECEIPTS.granted(GRANT, notice=NOTICE, written=OPENED)


def withdrawn(withdrawal: SignedDecision | None) -> str:
    return RECEIPTS.withdrawn(
        GRANT, withdrawal=withdrawal, notice=NOTICE, written=TAKEN_BACK
    )


def content(receipt: str) -> dict[str, Any]:
    middle = receipt.split(".")[1]
    raw = base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4))
    members: dict[str, Any] = json.loads(raw)
    return members


def signed_anew(members: dict[str, Any], **header: Any) -> str:
    """As if the gate itself had signed something else."""
    return jws.serialize_compact(
        {"alg": "Ed25519", "kid": GATE.kid, "typ": MEDIA_TYPE} | header,
        rfc8785.dumps(members),
        GATE.jose,
        ["Ed25519"],
    )


# ---- What it says -------------------------------------------------------------------


def test_a_receipt_says_to_whom_what_for_and_where_it_is_written() -> None:
    receipt = verify_receipt(GRANTED, GATE.jwk)

    assert receipt.event == "granted"
    assert receipt.grant == GRANT.proof
    assert receipt.notice == NOTICE
    assert receipt.controller == CONTROLLER
    assert receipt.position.hash == OPENED.hash.hex()
    assert receipt.position.at == "2026-11-22T12:00:00.000000Z"
    assert receipt.issued_at == "2026-11-22T12:00:01.000000Z"


def test_one_of_old_that_counts_the_entries_before_it_still_holds() -> None:
    said = json.loads(base64.urlsafe_b64decode(GRANTED.split(".")[1] + "=="))
    said["position"]["seq"] = 2
    header = json.loads(base64.urlsafe_b64decode(GRANTED.split(".")[0] + "=="))

    old = jws.serialize_compact(header, rfc8785.dumps(said), GATE.jose, ["Ed25519"])

    assert verify_receipt(old, GATE.jwk).position.seq == 2


def test_a_withdrawal_has_its_receipt_signed_or_not() -> None:
    signed, unsigned = withdrawn(NO), withdrawn(None)

    assert verify_receipt(signed, GATE.jwk).withdrawal == NO.statement
    assert verify_receipt(unsigned, GATE.jwk).withdrawal is None
    assert verify_receipt(unsigned, GATE.jwk).event == "withdrawn"


def test_a_receipt_speaks_of_nobody_else() -> None:
    assert BOB.key.thumbprint not in json.dumps(content(GRANTED))


def test_it_is_canonical_json_that_names_its_kind() -> None:
    header, payload, _ = (
        base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        for part in GRANTED.split(".")
    )

    assert json.loads(header) == {
        "alg": "Ed25519",
        "jwk": GATE.jwk,
        "kid": GATE.kid,
        "typ": MEDIA_TYPE,
    }
    assert rfc8785.dumps(json.loads(payload)) == payload


def test_it_speaks_in_terms_that_exist() -> None:
    """The terms that standards-minded readers look for, from DPV 2.3."""
    record = content(GRANTED)["dpv:hasRecordOfActivity"]
    taken = content(withdrawn(NO))["dpv:hasRecordOfActivity"]

    assert content(GRANTED)["@type"] == "dpv:ConsentReceipt"
    assert record["dpv:hasConsentStatus"]["@type"] == "dpv:ConsentGiven"
    assert taken["dpv:hasConsentStatus"]["@type"] == "dpv:ConsentWithdrawn"
    assert record["dpv:hasConsentControl"] == {
        "@type": "dpv:WithdrawConsent",
        "dpv:isExercisedAt": NOTICE.withdrawal,
    }
    assert record["dpv:hasProcess"]["dpv:hasProcessing"] == {
        "@type": ["dpv:Record", "dpv:Store"],
        "dct:description": NOTICE.meaning,
    }
    prefixes = {name.split(":")[0] for name in _names(content(GRANTED)) if ":" in name}
    assert prefixes <= set(content(GRANTED)["@context"])


def _names(value: Any) -> set[str]:
    """Every member name, and every value of `@type`."""
    if isinstance(value, list):
        return set().union(*map(_names, value))
    if not isinstance(value, dict):
        return set()
    types = value.get("@type", [])
    return {*value, *([types] if isinstance(types, str) else types)}.union(
        *map(_names, value.values())
    )


def test_a_feature_that_an_admin_made_needs_no_terms() -> None:
    notice = Notice(**{**content(GRANTED)["notice"], "feature": "translation"})
    grant = ALICE.decides(feature="translation", notice=notice.digest)
    text = RECEIPTS.granted(grant, notice=notice, written=OPENED)

    assert verify_receipt(text, GATE.jwk).notice.feature == "translation"


# ---- What it is not -----------------------------------------------------------------


@unhurried
@given(data=st.data())
def test_no_character_of_a_receipt_can_be_changed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(GRANTED) - 1))
    other = data.draw(st.characters(max_codepoint=127).filter(GRANTED[place].__ne__))

    with pytest.raises(EvidenceError):
        verify_receipt(GRANTED[:place] + other + GRANTED[place + 1 :], GATE.jwk)


@unhurried
@given(text=st.text() | st.text("Az09_-.="))
def test_noise_is_no_receipt(text: str) -> None:
    for noise in (text, GRANTED.split(".")[0] + "." + text):
        with pytest.raises(EvidenceError):
            verify_receipt(noise, GATE.jwk)


def test_another_gates_receipt_is_refused() -> None:
    for jwk in (Signer().key.jwk, BOB.key.jwk, {}, {"kty": "oct", "k": "AAAA"}):
        with pytest.raises(EvidenceError):
            verify_receipt(GRANTED, jwk)


def test_nothing_else_that_the_gate_signs_passes_for_a_receipt() -> None:
    assert verify_receipt(signed_anew(content(GRANTED)), GATE.jwk).grant == GRANT.proof

    for header in ({"typ": "JWT"}, {"kid": "other"}, {"cty": "json"}):
        with pytest.raises(EvidenceError):
            verify_receipt(signed_anew(content(GRANTED), **header), GATE.jwk)


def test_another_spelling_is_refused_even_if_the_gate_signed_it() -> None:
    header = {"alg": "Ed25519", "kid": GATE.kid, "typ": MEDIA_TYPE}
    loose = json.dumps(content(GRANTED))

    with pytest.raises(EvidenceError, match="canonical"):
        verify_receipt(
            jws.serialize_compact(header, loose, GATE.jose, ["Ed25519"]), GATE.jwk
        )


@pytest.mark.parametrize(
    "changed",
    [
        {"event": "withdrawn"},
        {"event": "declined"},
        {"withdrawal": NO.statement},
        {"grant": BOB.decides().proof.model_dump()},
        {"grant": NO.proof.model_dump()},
        {"grant": {**GRANT.proof.model_dump(), "key": BOB.key.jwk}},
        {"notice": {**content(GRANTED)["notice"], "retention": "For ever."}},
        {"controller": {"name": "Somebody", "place": "", "contact": ""}},
        {"position": {**content(GRANTED)["position"], "meeting": "elsewhere"}},
        {"type": "gatekeeper/receipt/v2"},
        {"@context": {}},
        {"name": "Alice"},
    ],
    ids=lambda changed: ",".join(changed),
)
def test_a_receipt_whose_parts_disagree_is_refused(changed: dict[str, Any]) -> None:
    """Even if it is the gate that signed it."""
    with pytest.raises(EvidenceError):
        verify_receipt(signed_anew(content(GRANTED) | changed), GATE.jwk)


def test_a_receipt_with_a_wording_that_was_not_shown_is_refused() -> None:
    softer = replace(NOTICE, retention="For ever.")
    translated = replace(NOTICE, language=LanguageTag("de"))
    for notice in (softer, translated):
        with pytest.raises(EvidenceError, match="another wording"):
            verify_receipt(
                RECEIPTS.granted(GRANT, notice=notice, written=OPENED), GATE.jwk
            )


def test_a_receipt_whose_grant_was_signed_in_another_language_is_refused() -> None:
    """The gate would have to have taken a grant for words that were not shown."""
    grant = ALICE.decides(language="de")
    text = RECEIPTS.granted(grant, notice=NOTICE, written=OPENED)

    with pytest.raises(EvidenceError, match="another wording"):
        verify_receipt(text, GATE.jwk)


def test_a_withdrawal_that_somebody_else_signed_is_refused() -> None:
    forged = {"withdrawal": BOB.decides("declined").statement}

    with pytest.raises(EvidenceError):
        verify_receipt(signed_anew(content(withdrawn(NO)) | forged), GATE.jwk)


# ---- The gate's key -----------------------------------------------------------------


def test_the_key_is_made_once_and_only_ours_to_read(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    first, again = GateKey.load(keys, first=True), GateKey.load(keys, first=True)
    file = keys / "receipt.pem"

    assert first.jwk == again.jwk
    assert first.kid == again.kid
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(first.jwk) == {"kty", "crv", "x"}


def test_a_half_written_key_of_a_crash_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "receipt.new").write_bytes(b"-----BEGIN")

    assert GateKey.load(tmp_path, first=True).kid
    assert not (tmp_path / "receipt.new").exists()


@pytest.mark.parametrize("pem", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_broken_key_is_never_replaced(tmp_path: Path, pem: bytes) -> None:
    (tmp_path / "receipt.pem").write_bytes(pem)
    (tmp_path / "receipt.pem").chmod(0o600)

    with pytest.raises(DataDirectoryUnusable, match=r"receipt\.pem"):
        GateKey.load(tmp_path, first=True)
    assert (tmp_path / "receipt.pem").read_bytes() == pem


def test_another_kind_of_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "receipt.pem").write_bytes(BOB.private.as_pem(private=True))
    (tmp_path / "receipt.pem").chmod(0o600)

    with pytest.raises(DataDirectoryUnusable, match="no Ed25519 key"):
        GateKey.load(tmp_path, first=True)


def test_a_place_for_keys_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").touch()

    with pytest.raises(DataDirectoryUnusable, match="keys"):
        GateKey.load(tmp_path / "keys", first=True)
