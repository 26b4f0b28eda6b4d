"""ID tokens that are not what they say: none of them signs anybody in."""

import base64
import hmac
import json
import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, OKPKey, RSAKey

from gatekeeper.web.sign_in.oidc import id_token
from gatekeeper.web.sign_in.oidc.id_token import Claims, IdTokenRefused
from tests.sign_in.provider import SmallProvider, made

NOW = 1_800_000_000.0
ISSUER = "https://login.example.org"
KEYS: list[Any] = [made("e1"), made("r1", RSAKey)]
PUBLISHED = {"keys": [key.as_dict(private=False) for key in KEYS]}
SMALL = SmallProvider(issuer=ISSUER, keys=KEYS)
GOOD: dict[str, Any] = {
    "iss": ISSUER,
    "sub": "u-17",
    "aud": "gate",
    "nonce": "n-1",
    "iat": int(NOW),
    "exp": int(NOW) + 300,
}


def read(token: str, keys: Any = PUBLISHED, now: float = NOW) -> Claims:
    """As a sign-in does it. Raises `IdTokenRefused`."""
    head = id_token.head(token)
    for key in id_token.fitting(keys, head):
        try:
            claims = id_token.signed(token, head, key)
        except (JoseError, ValueError):
            continue
        return id_token.judged(
            claims, issuer=ISSUER, client="gate", nonce="n-1", now=now
        )
    raise IdTokenRefused("no key")


def by(key: Any, claims: Any, **head: str) -> str:
    """Signed with just that head."""
    return jws.serialize_compact(head, json.dumps(claims), key, [head["alg"]])


def b64(said: Any) -> str:
    raw = said if isinstance(said, bytes) else json.dumps(said).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bare(head: Any, claims: Any = GOOD, signature: bytes = b"") -> str:
    """A token that nobody has signed."""
    return f"{b64(head)}.{b64(claims)}.{b64(signature)}"


def by_hand(head: dict[str, Any]) -> str:
    """Signed with RS256, whatever the head asks for besides."""
    said = f"{b64(head | {'alg': 'RS256', 'kid': 'r1'})}.{b64(GOOD)}"
    private = KEYS[1].private_key
    return f"{said}.{b64(private.sign(said.encode(), PKCS1v15(), SHA256()))}"


def by_public_key() -> str:
    """HMAC with the public key as the secret: what `alg` alone would let pass."""
    pem = KEYS[1].as_pem(private=False)
    said = f"{b64({'alg': 'HS256', 'kid': 'r1'})}.{b64(GOOD)}"
    return f"{said}.{b64(hmac.digest(pem, said.encode(), 'sha256'))}"


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.kid)
@pytest.mark.parametrize("kid", [True, False])
def test_a_good_one_is_read_with_or_without_a_key_id(key: Any, kid: bool) -> None:
    token = SMALL.signed(GOOD, key) if kid else SMALL.signed(GOOD, key, kid="e1")
    if not kid:
        head = {"alg": "ES256" if key.kid == "e1" else "RS256"}
        token = by(key, GOOD, **head)

    assert read(token).sub == "u-17"


def test_what_is_signed_by_hand_is_read() -> None:
    assert read(by_hand({})).sub == "u-17"


def test_every_algorithm_that_counts_is_verified() -> None:
    kinds: dict[str, Any] = {
        "RSA": RSAKey.generate_key(2048),
        "P-256": ECKey.generate_key("P-256"),
        "P-384": ECKey.generate_key("P-384"),
        "P-521": ECKey.generate_key("P-521"),
        "Ed25519": OKPKey.generate_key("Ed25519"),
    }
    published = {"keys": [key.as_dict(private=False) for key in kinds.values()]}
    for alg, (kind, curve) in id_token._KEYS.items():
        key = kinds[curve or kind]
        token = by(key, GOOD, alg=alg)

        assert read(token, published).sub == "u-17", alg


HOSTILE: dict[str, Callable[[], str]] = {
    "none": lambda: bare({"alg": "none"}),
    "None": lambda: bare({"alg": "None", "kid": "e1"}),
    "no alg": lambda: bare({"kid": "e1"}),
    "alg is a list": lambda: bare({"alg": ["ES256"], "kid": "e1"}),
    "alg is a table": lambda: bare({"alg": {}, "kid": "e1"}),
    "kid is a number": lambda: bare({"alg": "ES256", "kid": 1}),
    "unsigned": lambda: bare({"alg": "ES256", "kid": "e1"}),
    "signed with nothing": lambda: bare({"alg": "ES256", "kid": "e1"}, GOOD, bytes(64)),
    "by its public key": by_public_key,
    "by another key of that name": lambda: SMALL.signed(GOOD, made("e1")),
    "by a key that it brings": lambda: SMALL.signed(
        GOOD, KEYS[0], jwk=made("e1").as_dict(private=False), kid="other"
    ),
    "by a key elsewhere": lambda: SMALL.signed(
        GOOD, made("x"), jku="https://evil.example/keys"
    ),
    "of another algorithm": lambda: SMALL.signed(GOOD, KEYS[0], alg="ES256", kid="r1"),
    "crit": lambda: by_hand({"crit": ["exp"], "exp": 1}),
    "crit, and known": lambda: by_hand({"crit": ["b64"], "b64": True}),
    "two parts": lambda: ".".join(SMALL.signed(GOOD).split(".")[:2]),
    "four parts": lambda: SMALL.signed(GOOD) + ".x",
    "five parts": lambda: "a.b.c.d.e",
    "nothing": lambda: "",
    "dots": lambda: "." * 40_000,
    "no ASCII": lambda: "\u00e9.\udcff.x",
    "deep": lambda: f"{b64(b'[' * 15_000)}.e30.x",
    "long": lambda: SMALL.signed(GOOD | {"more": "x" * 40_000}),
    "head is a list": lambda: bare([]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_the_provider_has_not_signed_counts_for_nothing(name: str) -> None:
    with pytest.raises(IdTokenRefused):
        read(HOSTILE[name]())


WRONG: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://login.example.org/"},
    "a list of issuers": {"iss": [ISSUER]},
    "another client": {"aud": "other"},
    "a part of the client": {"aud": "gat"},
    "other clients": {"aud": ["other", "gates"]},
    "several, and nobody asked": {"aud": ["gate", "other"]},
    "another one asked": {"azp": "other"},
    "several, and another asked": {"aud": ["gate", "other"], "azp": "other"},
    "no client": {"aud": []},
    "another nonce": {"nonce": "n-2"},
    "no nonce": {"nonce": ...},
    "an empty nonce": {"nonce": ""},
    "a list of nonces": {"nonce": ["n-1"]},
    "a nonce that is no text": {"nonce": "\ud800"},
    "expired": {"exp": int(NOW) - 61},
    "no end": {"exp": ...},
    "an end in words": {"exp": "2099"},
    "an end as text": {"exp": str(int(NOW) + 300)},
    "an end that is true": {"exp": True},
    "an endless end": {"exp": 1e300},
    "no number": {"exp": float("nan")},
    "from the future": {"iat": int(NOW) + 61},
    "from the past": {"iat": int(NOW) - 700},
    "no beginning": {"iat": ...},
    "not yet": {"nbf": int(NOW) + 61},
    "nobody": {"sub": ...},
    "an empty somebody": {"sub": ""},
    "a long somebody": {"sub": "x" * 256},
    "a number": {"sub": 17},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_signed_but_not_for_us_here_and_now_counts_for_nothing(
    name: str,
) -> None:
    claims = {k: v for k, v in (GOOD | WRONG[name]).items() if v is not ...}

    with pytest.raises(IdTokenRefused):
        read(SMALL.signed(claims))


@pytest.mark.parametrize(
    "more",
    [
        {"aud": ["gate"]},
        {"aud": ["other", "gate"], "azp": "gate"},
        {"exp": int(NOW) - 59},
        {"iat": int(NOW) + 59},
        {"iat": NOW - 0.5, "exp": NOW + 0.5},
        {"nbf": int(NOW) + 59},
    ],
    ids=str,
)
def test_clocks_may_differ_by_a_minute_and_audiences_be_lists(
    more: dict[str, Any],
) -> None:
    assert read(SMALL.signed(GOOD | more)).sub == "u-17"


def test_no_other_bit_of_a_token_is_still_that_token() -> None:
    token = SMALL.signed(GOOD)
    dice = random.Random(10)  # noqa: S311 - a test that can be repeated
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    whole = tuple(base64.urlsafe_b64decode(f"{p}==") for p in token.split("."))
    tried = 0
    for _ in range(600):
        at = dice.randrange(len(token))
        other = token[:at] + dice.choice(letters) + token[at + 1 :]
        parts = other.split(".")
        if len(parts) == 3 and whole == tuple(
            base64.urlsafe_b64decode(f"{p}==") for p in parts
        ):
            continue  # the same bytes: the last letter of a part has bits to spare
        tried += 1
        with pytest.raises(IdTokenRefused):
            read(other)
    assert tried > 500


UNFIT: dict[str, dict[str, Any]] = {
    "for encryption": {"use": "enc"},
    "for another algorithm": {"alg": "ES512"},
    "of another curve": {"crv": "P-384"},
    "of another kind": {"kty": "RSA"},
    "a secret": {"kty": "oct", "k": "AAAA"},
    "off its curve": {"x": "AAAA"},
    "a number": {"x": 1},
    "half": {"y": ...},
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_key_that_is_not_for_this_is_passed_over(name: str) -> None:
    given = KEYS[0].as_dict(private=False) | UNFIT[name]
    unfit = {k: v for k, v in given.items() if v is not ...}

    with pytest.raises(IdTokenRefused):
        read(SMALL.signed(GOOD), {"keys": [unfit]})


def test_of_many_keys_the_first_are_looked_at() -> None:
    other = made("other").as_dict(private=False)
    for before, counts in ((id_token.MOST_KEYS - 1, True), (id_token.MOST_KEYS, False)):
        keys = {"keys": [other] * before + PUBLISHED["keys"]}
        if counts:
            assert read(SMALL.signed(GOOD), keys).sub == "u-17"
        else:
            with pytest.raises(IdTokenRefused):
                read(SMALL.signed(GOOD), keys)


@pytest.mark.parametrize(
    "keys", [{}, {"keys": None}, {"keys": {}}, {"keys": [None, 1, "x", []]}], ids=str
)
def test_keys_that_are_none_are_none(keys: Any) -> None:
    with pytest.raises(IdTokenRefused):
        read(SMALL.signed(GOOD), keys)


def test_small_keys_prove_nothing_and_huge_ones_cost_nothing() -> None:
    with pytest.warns(SecurityWarning):
        small = RSAKey.import_key(rsa.generate_private_key(65537, 1024))  # noqa: S505
    token = SMALL.signed(GOOD, small, kid="s1")
    published = {"keys": [small.as_dict(private=False) | {"kid": "s1"}]}
    with pytest.raises(IdTokenRefused):
        read(token, published)

    huge = {"kty": "RSA", "e": "AQAB", "n": b64(b"\xff" * 100_000)}
    many = {"keys": [huge] * 10_000}
    began = time.process_time()
    with pytest.raises(IdTokenRefused):
        read(SMALL.signed(GOOD, KEYS[1]), many)
    assert time.process_time() - began < 1
