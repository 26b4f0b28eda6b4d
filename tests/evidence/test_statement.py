import base64
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OctKey, OKPKey

from gatekeeper.consent.types import Decision, FeatureId, RoomId
from gatekeeper.errors import ForgedStatement, MalformedMessage
from gatekeeper.evidence import statement as statements
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import (
    MAX_STATEMENT,
    SignedDecision,
    verify_decision,
    verify_join,
)
from tests.evidence.people import RECORDING, ROOM, VECTORS, Signer, unhurried

CHALLENGE = "q83vEjRWeJq83vEjRWeJqw"


def verify(statement: str, key: ParticipantKey) -> SignedDecision:
    return verify_decision(
        statement, key=key, room=ROOM, feature=RECORDING, decision=Decision.GRANTED
    )


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def join(who: Signer, **changed: str) -> str:
    return who.signs(
        {
            "type": "gatekeeper/join/v1",
            "meeting": ROOM,
            "subject": who.key.thumbprint,
            "challenge": CHALLENGE,
        }
        | changed
    )


@pytest.fixture(params=["Ed25519", "ES256"])
def signer(request: pytest.FixtureRequest) -> Signer:
    return Signer(request.param)


def _version(vector: dict[str, Any]) -> str:
    payload = vector["granted"].split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(payload + "=="))
    version: str = said["type"].removeprefix("gatekeeper/decision/")
    return version


def _named(vector: dict[str, Any]) -> str:
    return f"{vector['alg']}-{_version(vector)}"


# ---- What a browser signs -----------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS, ids=_named)
def test_what_a_browser_signs_is_understood(vector: dict[str, Any]) -> None:
    key = ParticipantKey.from_jwk(vector["jwk"])
    verify_join(vector["join"], key=key, room=ROOM, challenge=CHALLENGE)
    granted = verify(vector["granted"], key)
    declined = verify_decision(
        vector["declined"],
        key=key,
        room=ROOM,
        feature=RECORDING,
        decision=Decision.DECLINED,
    )

    assert key.thumbprint == granted.subject == vector["subject"]
    assert granted.decision is Decision.GRANTED
    assert declined.decision is Decision.DECLINED
    assert granted.nonce == "AAECAwQFBgcICQoLDA0ODw"
    assert granted.language == "en-GB"
    assert granted.present == declined.present == (_version(vector) == "v3")
    assert granted.statement == vector["granted"]
    assert granted.life == declined.life == vector.get("life")


def test_statements_of_all_versions_are_understood() -> None:
    assert [_named(v) for v in VECTORS] == [
        "Ed25519-v1",
        "ES256-v1",
        "Ed25519-v2",
        "ES256-v2",
        "Ed25519-v3",
        "ES256-v3",
    ]


@pytest.mark.parametrize("vector", VECTORS, ids=_named)
@unhurried
@given(data=st.data())
def test_no_character_of_a_statement_can_be_changed(
    vector: dict[str, Any], data: st.DataObject
) -> None:
    text: str = vector["granted"]
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(max_codepoint=127))
    changed = text[:place] + other + text[place + 1 :]
    key = ParticipantKey.from_jwk(vector["jwk"])
    if changed == text:
        return

    with pytest.raises(ForgedStatement):
        verify(changed, key)


@unhurried
@given(text=st.text() | st.text("Az09_-.="))
def test_noise_is_a_forged_statement_and_nothing_else(text: str) -> None:
    key = ParticipantKey.from_jwk(VECTORS[0]["jwk"])

    with pytest.raises(ForgedStatement):
        verify(text, key)
    with pytest.raises(ForgedStatement):
        verify("eyJhbGciOiJFZDI1NTE5In0." + text, key)


# ---- Joining ------------------------------------------------------------------------


def test_a_join_fits_one_room_one_socket_and_one_key(signer: Signer) -> None:
    verify_join(join(signer), key=signer.key, room=ROOM, challenge=CHALLENGE)

    for statement, key, room, challenge in [
        (join(signer), Signer(signer.alg).key, ROOM, CHALLENGE),
        (join(signer), signer.key, RoomId("elsewhere"), CHALLENGE),
        (join(signer), signer.key, ROOM, "another"),
        (join(signer, subject=Signer().key.thumbprint), signer.key, ROOM, CHALLENGE),
        (join(signer, type="gatekeeper/join/v2"), signer.key, ROOM, CHALLENGE),
        (signer.signs(signer.says()), signer.key, ROOM, CHALLENGE),
    ]:
        with pytest.raises(ForgedStatement):
            verify_join(statement, key=key, room=room, challenge=challenge)


# ---- Deciding -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        {"meeting": "another-room"},
        {"feature": "summary"},
        {"subject": "A" * 43},
        {"decision": "declined"},
        {"decision": "maybe"},
        {"type": "gatekeeper/decision/v1"},
        {"type": "gatekeeper/decision/v2"},
        {"type": "gatekeeper/decision/v4"},
        {"life": ""},
        {"life": "two words"},
        {"notice": "short"},
        {"notice": "A" * 42 + "="},
        {"language": "not a language"},
        {"at": "2026-11-22T11:59:58Z"},
        {"nonce": "short"},
        {"nonce": "A" * 23},
        {"name": "Alice"},
    ],
    ids=str,
)
def test_a_decision_says_what_it_must_and_nothing_more(
    signer: Signer, changed: dict[str, str]
) -> None:
    assert verify(signer.signs(signer.says()), signer.key).feature == RECORDING

    with pytest.raises(ForgedStatement):
        verify(signer.signs(signer.says(**changed)), signer.key)


@pytest.mark.parametrize(
    "at", ["2026-11-22T11:59:58+01:00", "2026-02-30T11:59:58Z", "yesterday"]
)
def test_an_earlier_version_says_when_in_one_way(signer: Signer, at: str) -> None:
    said = signer.says_earlier("v2")
    assert verify(signer.signs(said), signer.key).feature == RECORDING

    with pytest.raises(ForgedStatement):
        verify(signer.signs(said | {"at": at}), signer.key)


@pytest.mark.parametrize("missing", sorted(Signer().says()))
def test_no_member_may_be_missing(signer: Signer, missing: str) -> None:
    said = signer.says()
    del said[missing]

    with pytest.raises(ForgedStatement):
        verify(signer.signs(said), signer.key)


def test_a_decision_for_another_room_feature_or_answer_is_refused(
    signer: Signer,
) -> None:
    statement = signer.signs(signer.says())

    for room, feature, decision in [
        (RoomId("elsewhere"), RECORDING, Decision.GRANTED),
        (ROOM, FeatureId("summary"), Decision.GRANTED),
        (ROOM, RECORDING, Decision.DECLINED),
    ]:
        with pytest.raises(ForgedStatement):
            verify_decision(
                statement,
                key=signer.key,
                room=room,
                feature=feature,
                decision=decision,
            )


def test_nobody_signs_for_somebody_else(alice: Signer, bob: Signer) -> None:
    in_bobs_name = alice.signs(alice.says(subject=bob.key.thumbprint))

    for key in (alice.key, bob.key):
        with pytest.raises(ForgedStatement):
            verify(in_bobs_name, key)


# ---- One spelling -------------------------------------------------------------------


def test_what_is_accepted_is_canonical_json(signer: Signer) -> None:
    statement = signer.signs(signer.says())
    middle = statement.split(".")[1]
    raw = base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4))

    assert verify(statement, signer.key).statement == statement
    assert rfc8785.dumps(json.loads(raw)) == raw


def test_any_other_spelling_is_refused_although_it_is_signed(signer: Signer) -> None:
    said = signer.says()
    canonical = rfc8785.dumps(said).decode()
    for spelling in (
        json.dumps(said, sort_keys=True),
        json.dumps(dict(sorted(said.items(), reverse=True)), separators=(",", ":")),
        canonical + "\n",
        canonical.replace("recording", "\\u0072ecording"),
        canonical[:-1] + ',"nonce":"' + said["nonce"] + '"}',
        '{"nonce":"AAAAAAAAAAAAAAAAAAAAAA",' + canonical[1:],
        "\ufeff" + canonical,
    ):
        assert spelling != canonical
        with pytest.raises(ForgedStatement):
            verify(signer.signs(spelling.encode()), signer.key)


def test_a_second_base64_of_the_same_bytes_is_refused(signer: Signer) -> None:
    statement = signer.signs(signer.says())

    for same in (statement + "=", statement + "==", statement[:-1] + " "):
        with pytest.raises(ForgedStatement):
            verify(same, signer.key)


def test_a_huge_statement_is_refused_unread(
    signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ForgedStatement):
        verify(signer.signs(signer.says(name="A" * MAX_STATEMENT)), signer.key)

    good = signer.signs(signer.says())
    assert len(good) < MAX_STATEMENT
    monkeypatch.setattr(statements, "MAX_STATEMENT", len(good))
    assert verify(good, signer.key).statement == good
    monkeypatch.setattr(statements, "MAX_STATEMENT", len(good) - 1)
    with pytest.raises(ForgedStatement):
        verify(good, signer.key)


# ---- One algorithm ------------------------------------------------------------------


def test_unsigned_is_refused(signer: Signer) -> None:
    payload = b64(rfc8785.dumps(signer.says()))
    header, _, signature = signer.signs(signer.says()).split(".")
    for alg in ("none", "None", ""):
        fake = b64(json.dumps({"alg": alg}).encode())
        for text in (f"{fake}.{payload}.", f"{fake}.{payload}.{signature}"):
            with pytest.raises(ForgedStatement):
                verify(text, signer.key)
    with pytest.raises(ForgedStatement):
        verify(f"{header}.{payload}.", signer.key)


def test_a_public_key_is_no_shared_secret(signer: Signer) -> None:
    for secret in (signer.key.public.x, json.dumps(signer.key.jwk)):
        forged = jws.serialize_compact(
            {"alg": "HS256"},
            rfc8785.dumps(signer.says()),
            OctKey.import_key(secret),
            ["HS256"],
        )
        with pytest.raises(ForgedStatement):
            verify(forged, signer.key)


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_the_other_keys_algorithm_or_an_older_name_is_refused(
    alice: Signer, bob: Signer
) -> None:
    as_alice = alice.says()
    older = jws.serialize_compact(
        {"alg": "EdDSA"}, rfc8785.dumps(as_alice), alice.private, ["EdDSA"]
    )
    for statement, key in [
        (older, alice.key),
        (bob.signs(as_alice), alice.key),
        (alice.signs(bob.says()), bob.key),
    ]:
        with pytest.raises(ForgedStatement):
            verify(statement, key)


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"kid": "mine"},
        {"crit": ["kid"], "kid": "mine"},
        {"jwk": Signer().key.jwk},
        {"x5u": "https://example.org/"},
        {"jku": "https://example.org/"},
    ],
    ids=str,
)
def test_the_header_says_the_algorithm_and_nothing_else(
    signer: Signer, header: dict[str, Any]
) -> None:
    with pytest.raises(ForgedStatement):
        verify(signer.signs(signer.says(), **header), signer.key)


def test_an_unencoded_payload_is_refused(signer: Signer) -> None:
    """RFC 7797: with `b64` false, other bytes would be signed than are shown."""
    header = {"alg": signer.alg, "b64": False, "crit": ["b64"]}
    forged = jws.serialize_compact(header, b"plain", signer.private, [signer.alg])

    with pytest.raises(ForgedStatement):
        verify(forged, signer.key)


def test_a_key_within_the_statement_is_not_believed(alice: Signer) -> None:
    mallory = Signer()
    forged = mallory.signs(alice.says(), jwk=mallory.key.jwk)

    with pytest.raises(ForgedStatement):
        verify(forged, alice.key)


# ---- Keys ---------------------------------------------------------------------------


def test_a_key_is_named_by_its_thumbprint() -> None:
    """RFC 8037, appendix A.3."""
    key = ParticipantKey.from_jwk(
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        }
    )

    assert key.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "OKP"},
        {"kty": "OKP", "crv": "Ed25519", "x": "A" * 42},
        {"kty": "OKP", "crv": "Ed25519", "x": "A" * 44},
        {"kty": "OKP", "crv": "Ed25519", "x": 7},
        {"kty": "OKP", "crv": "X25519", "x": "A" * 43},
        {"kty": "OKP", "crv": "Ed448", "x": "A" * 76},
        {"kty": "EC", "crv": "P-384", "x": "A" * 43, "y": "A" * 43},
        {"kty": "EC", "crv": "P-256", "x": "A" * 43},
        {"kty": "EC", "crv": "secp256k1", "x": "A" * 43, "y": "A" * 43},
        {"kty": "oct", "k": "A" * 43},
        {"kty": "RSA", "n": "A" * 43, "e": "AQAB"},
        {**Signer().key.jwk, "kid": "mine"},
        {**OKPKey.generate_key("Ed25519").as_dict(private=True)},
    ],
    ids=str,
)
def test_what_is_no_public_key_is_malformed(jwk: dict[str, object]) -> None:
    with pytest.raises(MalformedMessage):
        ParticipantKey.from_jwk(jwk)


P = 2**255 - 19
SMALL_ORDER = [
    0,
    1,
    P - 1,
    P,
    P + 1,
    2**255 + 1,
    2707385501144840649318225287225658788936804267575313519463743609750303402022,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
]


@pytest.mark.parametrize("encoded", SMALL_ORDER)
def test_a_key_that_could_sign_anything_is_refused(encoded: int) -> None:
    x = b64(encoded.to_bytes(32, "little"))

    with pytest.raises(ForgedStatement):
        ParticipantKey.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": x})


def test_a_point_off_the_curve_is_refused(bob: Signer) -> None:
    off = {**bob.key.jwk, "x": b64(bytes(31) + b"\x07")}
    y_without_x = b64((2).to_bytes(32, "little"))

    with pytest.raises(ForgedStatement):
        ParticipantKey.from_jwk(off)
    with pytest.raises(ForgedStatement):
        ParticipantKey.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": y_without_x})


def test_ambiguous_coordinates_are_refused() -> None:
    spare_bits = Signer().key.jwk["x"][:-1] + "B"

    with pytest.raises(ForgedStatement):
        ParticipantKey.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": spare_bits})


def test_every_key_that_is_generated_is_taken() -> None:
    for _ in range(20):
        assert Signer("Ed25519").key.thumbprint != Signer("ES256").key.thumbprint
