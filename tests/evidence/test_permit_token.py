"""Permit tokens: good for one feature of one room, for as long as the lease."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
import rfc8785
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.permit_token import (
    EARLY,
    PermitClaims,
    PermitSigner,
    verify_permit,
)

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
AT = NOW.timestamp()
SAID = {
    "issuer": "https://gate.example/",
    "room": "a-room",
    "feature": "recording",
    "opening": "an-opening",
    "lease": "a-lease",
    "people": ["ben", "ann"],
    "seconds": 2.0,
}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> GateKey:
    return GateKey.load(tmp_path_factory.mktemp("keys"), first=True)


@pytest.fixture(scope="module")
def token(key: GateKey) -> str:
    return signed(key)


def signed(key: GateKey, **changed: Any) -> str:
    return PermitSigner.of(key, lambda: NOW).sign(**{**SAID, **changed})


def check(
    token: str,
    key: GateKey,
    at: float = AT,
    *,
    room: str = "a-room",
    feature: str = "recording",
) -> PermitClaims:
    keys = key.published
    return verify_permit(token, keys=keys, room=room, feature=feature, now=at)


def test_it_says_of_what_and_until_when(key: GateKey, token: str) -> None:
    said = check(token, key)

    assert said.iss == SAID["issuer"]
    assert said.people == ("ann", "ben")
    assert (said.opening, said.jti) == ("an-opening", "a-lease")
    assert (said.iat, said.exp) == (AT, AT + 2)


def test_it_is_a_jwt_that_any_library_checks(key: GateKey, token: str) -> None:
    from joserfc import jwt
    from joserfc.jwk import KeySet

    found = jwt.decode(
        token, KeySet.import_key_set(cast(Any, key.published)), algorithms=["Ed25519"]
    )
    assert found.claims["feature"] == "recording"


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (AT - EARLY - 0.01, "Set this machine's clock"),
        (AT - EARLY, ""),
        (AT + 1.99, ""),
        (AT + 2, "is over"),
        (AT + 7, "is over"),
    ],
)
def test_it_is_over_when_the_lease_is(
    at: float, holds: str, key: GateKey, token: str
) -> None:
    if not holds:
        check(token, key, at)
        return
    with pytest.raises(EvidenceError, match=holds):
        check(token, key, at)


@pytest.mark.parametrize(
    ("room", "feature"), [("other", "recording"), ("a-room", "summary")]
)
def test_it_is_for_one_room_and_feature(
    room: str, feature: str, key: GateKey, token: str
) -> None:
    with pytest.raises(EvidenceError, match="another"):
        check(token, key, room=room, feature=feature)


@pytest.mark.parametrize("seconds", [0.0, -1.0, 5.5, 3600.0])
def test_none_lasts_longer_than_a_lease(seconds: float, key: GateKey) -> None:
    with pytest.raises(EvidenceError, match="longer"):
        check(signed(key, seconds=seconds), key)


def test_another_gates_is_none(key: GateKey, tmp_path: Path) -> None:
    other = GateKey.load(tmp_path, first=True)
    with pytest.raises(EvidenceError, match="No key of that name"):
        check(signed(other), key)


def test_one_of_a_former_key_holds(key: GateKey, token: str, tmp_path: Path) -> None:
    newer = GateKey.load(tmp_path, first=True)
    both = {"keys": [*newer.published["keys"], *key.published["keys"]]}

    verify_permit(token, keys=both, room="a-room", feature="recording", now=AT)


def parts(token: str) -> list[Any]:
    header, said, _ = token.split(".")
    return [json.loads(urlsafe_b64decode(p.encode())) for p in (header, said)]


FIELDS = ("alg", "typ", "kid", "iss", "room", "feature", "opening", "jti", "people")
TIMES = ("iat", "exp")


@pytest.mark.parametrize("field", [*FIELDS, *TIMES])
@pytest.mark.parametrize("what", ["changed", "gone", "null"])
def test_every_change_of_a_field_is_found(
    field: str, what: str, key: GateKey, token: str
) -> None:
    changed = parts(token)
    (part,) = [part for part in changed if field in part]
    match what:
        case "gone":
            del part[field]
        case "null":
            part[field] = None
        case _:
            old = part[field]
            part[field] = old + 0.5 if field in TIMES else old[:-1]
    head = ".".join(urlsafe_b64encode(rfc8785.dumps(p)).decode() for p in changed)
    with pytest.raises(EvidenceError):
        check(f"{head}.{token.split('.')[2]}", key)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda token: "",
        lambda token: token + ".x",
        lambda token: token[:-2],
        lambda token: token + "=",
        lambda token: token + "\n",
        lambda token: token.replace(".", ".."),
        lambda token: token + "ü",
        lambda token: "x" * 100_000,
        lambda token: token.split(".")[0] + "..",
    ],
)
def test_what_is_no_token_is_refused(
    spoilt: Callable[[str], str], key: GateKey, token: str
) -> None:
    with pytest.raises(EvidenceError):
        check(spoilt(token), key)


def test_a_receipts_key_signs_no_permit_of_another_type(key: GateKey) -> None:
    header = urlsafe_b64encode(
        rfc8785.dumps(
            {"alg": "Ed25519", "typ": "gatekeeper-receipt+jws", "kid": key.kid}
        )
    ).decode()
    said = signed(key).split(".")[1]
    signature = key.jose.private_key.sign(f"{header}.{said}".encode())  # type: ignore[union-attr]
    with pytest.raises(EvidenceError, match="no permit token"):
        check(f"{header}.{said}.{urlsafe_b64encode(signature).decode()}", key)
