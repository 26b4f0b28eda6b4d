#!/usr/bin/env python3
"""
Verifies what a Gatekeeper server has handed out, with nothing but Python 3.9 or later.

    python3 verify.py FILE...

Receipts, proofs and checkpoints of the log, audit documents; and the public keys to
check them with, which are named among the files. What a file is, is told by what is in
it. Exit code 0: all is good; 1: something does not verify; 2: it cannot be checked.

Nothing is sent anywhere, and nothing else of Gatekeeper is needed. The formats are in
docs/verifying.md of Gatekeeper, with the order of the checks and the codes of faults.

Rule 1: whatever a file holds is bounded before it is parsed.
Rule 2: it shares no code with the server, so that a mistake there is found here.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

MOST = 4 << 20
"""Bytes of a file at most."""
SENTENCES = {
    "kind-unknown": "it is none of the kinds of file that can be checked",
    "too-large": "it is too large to be what it should be",
    "key-needed": "the key that it was signed with is to be named beside it",
    "jws-malformed": "it is no signed text as it should be spelled (RFC 7515)",
    "header-invalid": "its header is not that of what a gate signs",
    "key-invalid": "the key that it carries is none, or not the one it names",
    "key-foreign": "none of the gate's keys that were named has signed it",
    "signature-invalid": "it was changed after the gate had signed it",
    "json-invalid": "what was signed is no JSON",
    "not-canonical": "what was signed is not canonical JSON (RFC 8785)",
    "member-invalid": "a member is missing, is one too many or is not of its form",
    "participant-key-invalid": "the participant's key is none that binds its owner",
    "grant-malformed": "the participant's yes is not spelled as it should be",
    "grant-signature-invalid": "the participant's yes was changed, or another's",
    "grant-subject-foreign": "the participant's yes names somebody else",
    "grant-other": "the participant's yes is about something else",
    "withdrawal-malformed": "the participant's no is not spelled as it should be",
    "withdrawal-signature-invalid": "the participant's no was changed, or another's",
    "withdrawal-subject-foreign": "the participant's no names somebody else",
    "withdrawal-other": "the participant's no is about something else",
    "wording-other": "the participant's yes was to another wording",
    "event-contradicted": "it is of a yes, and carries its own withdrawal",
    "record-contradicted": "the record does not follow from the rest",
    "copy-differs": "what can be read in it is not what was signed",
    "proof-malformed": "it is no proof of a log",
    "proof-empty": "the proof tells of no entry",
    "places-malformed": "it is no proof of a meeting as it should be spelled",
    "log-key-invalid": "it is no key of a log (a vkey with Ed25519)",
    "note-malformed": "it is no signed note",
    "note-unsigned": "nobody whose key was named has signed the note",
    "note-signature-invalid": "the signature of the note does not hold",
    "checkpoint-malformed": "it is no checkpoint of a log",
    "checkpoint-foreign": "the checkpoint is another log's",
    "checkpoints-contradict": "two states of one log contradict each other",
    "meeting-other": "the proof is of another meeting",
    "entry-other": "the proof is of other entries",
    "inclusion-invalid": "the proof leads to another root",
    "audit-contradicted": "what it tells contradicts itself",
    "audit-faulty": "the gate itself says that the meeting's chain does not verify",
}


class Fault(Exception):
    """A check that was not passed."""

    def __init__(self, code: str, where: str | None = None) -> None:
        self.code = code
        self.where = where
        about = "" if where is None else f": {where}"
        super().__init__(f"{SENTENCES[code]}{about}")


# ---- Base 64 -------------------------------------------------------------------------


def base64url(raw: bytes) -> str:
    """Without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes | None:
    """None of what is not spelled as it should be."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if base64url(raw) == text else None


def from_base64(text: str, code: str) -> bytes:
    """Of standard base 64 (RFC 4648, 4). Raises `Fault` with this code."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise Fault(code) from exc
    if base64.b64encode(raw).decode() != text:
        raise Fault(code)
    return raw


# ---- Canonical JSON (RFC 8785) -------------------------------------------------------

DEEPEST = 32
"""Objects and lists within each other, at most."""
LARGEST = 2**53 - 1


def canonical(said: Any) -> bytes:
    """The only spelling. Raises `ValueError` for what has none."""
    return _spelled(said).encode()


def read_canonical(raw: bytes) -> Any:
    """What canonical JSON says. Raises `Fault`."""
    try:
        said = json.loads(
            raw.decode("utf-8"),
            parse_constant=_no_number,
            parse_int=lambda d: _told(int(d)) if len(d) <= 17 else math.inf,
            parse_float=lambda d: _told(float(d)),
        )
    except (ValueError, RecursionError) as exc:
        raise Fault("json-invalid") from exc
    if _deeper(said, DEEPEST):
        raise Fault("json-invalid")
    try:
        spelled = canonical(said)
    except ValueError as exc:
        raise Fault("not-canonical") from exc
    if spelled != raw:
        raise Fault("not-canonical")
    return said


def difference(said: Any, due: Any, path: str = "") -> str | None:
    """Where two contents differ first; None if they do not."""
    if isinstance(said, dict) and isinstance(due, dict):
        for name in sorted(said.keys() | due.keys()):
            inner = f"{path}.{name}" if path else name
            if name not in said or name not in due:
                return inner
            found = difference(said[name], due[name], inner)
            if found is not None:
                return found
        return None
    alike = isinstance(said, bool) == isinstance(due, bool) and said == due
    return None if alike else path or "all of it"


def _no_number(text: str) -> None:
    raise ValueError(text)


def _told(number: float) -> float:
    """A whole number that others might read as another one is none."""
    whole = isinstance(number, int) or number.is_integer()
    return math.inf if whole and abs(number) > LARGEST else number


def _deeper(said: Any, deepest: int) -> bool:
    if not isinstance(said, (dict, list)):
        return False
    inner = said.values() if isinstance(said, dict) else said
    return deepest == 0 or any(_deeper(each, deepest - 1) for each in inner)


def _spelled(said: Any) -> str:
    if said is None or isinstance(said, bool):
        return json.dumps(said)
    if isinstance(said, str):
        said.encode()  # half a surrogate pair has no spelling
        return json.dumps(said, ensure_ascii=False)
    if isinstance(said, int):
        if abs(said) > LARGEST:
            raise ValueError(said)
        return str(said)
    if isinstance(said, float):
        return _number(said)
    if isinstance(said, list):
        return "[" + ",".join(map(_spelled, said)) + "]"
    names = sorted(said, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{_spelled(n)}:{_spelled(said[n])}" for n in names) + "}"


def _number(number: float) -> str:
    """As ECMAScript writes it (ECMA-262, Number::toString)."""
    if not math.isfinite(number):
        raise ValueError(number)
    if number == 0:
        return "0"
    sign, mantissa = ("-", -number) if number < 0 else ("", number)
    text, _, power = repr(mantissa).partition("e")
    whole, _, part = text.partition(".")
    digits = (whole + ("" if part == "0" else part)).lstrip("0")
    point = len(whole) + int(power or 0)
    if whole == "0":
        point -= len(part) - len(part.lstrip("0")) + 1
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    exponent = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return f"{sign}{digits[0]}{'.' if count > 1 else ''}{digits[1:]}{exponent}"


# ---- Ed25519 (RFC 8032) --------------------------------------------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_NEUTRAL = (0, 1, 1, 0)
"""Extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, x*y = T/Z."""


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of a key has signed this. No spelling but one counts."""
    point = edwards_point(public)
    if point is None or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= _L:
        return False
    hashed = hashlib.sha512(signature[:32] + public + message).digest()
    factor = int.from_bytes(hashed, "little") % _L
    x, y = point
    base = _edwards_times(scalar, _BASE)
    other = _edwards_times(factor, (_P - x, y))
    return _edwards_bytes(_edwards_add(base, other)) == signature[:32]


@lru_cache(1024)
def edwards_point(raw: bytes) -> tuple[int, int] | None:
    """The point, if it is spelled as it should be and is not of small order."""
    if len(raw) != 32:
        return None
    encoded = int.from_bytes(raw, "little")
    y, sign = encoded & (2**255 - 1), encoded >> 255
    if y >= _P:
        return None
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if v * x * x % _P != u:
        x = x * _ROOT % _P
    if v * x * x % _P != u or (x == 0 and sign):
        return None
    if x % 2 != sign:
        x = _P - x
    eight = (x, y, 1, x * y % _P)
    for _ in range(3):
        eight = _edwards_add(eight, eight)
    return None if eight[0] == 0 and eight[1] == eight[2] else (x, y)


def _edwards_add(one: Any, two: Any) -> Any:
    """RFC 8032, 5.1.4."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % _P
    b = (one[1] + one[0]) * (two[1] + two[0]) % _P
    c = 2 * one[3] * two[3] * _D % _P
    d = 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


@lru_cache(64)
def _edwards_table(point: tuple[int, int]) -> list[list[Any]]:
    """Of each of 64 digits to the base 16, what it stands for."""
    x, y = point
    unit, table = (x, y, 1, x * y % _P), []
    for _ in range(64):
        row = [_NEUTRAL]
        for _ in range(16):
            row.append(_edwards_add(row[-1], unit))
        unit = row.pop()
        table.append(row)
    return table


def _edwards_times(factor: int, point: tuple[int, int]) -> Any:
    found = _NEUTRAL
    for row in _edwards_table(point):
        found = _edwards_add(found, row[factor & 15])
        factor >>= 4
    return found


def _edwards_bytes(point: Any) -> bytes:
    inverse = pow(point[2], -1, _P)
    x, y = int(point[0] * inverse % _P), int(point[1] * inverse % _P)
    return (y | (x & 1) << 255).to_bytes(32, "little")


_BASE = edwards_point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little")) or (0, 0)

# ---- ECDSA with P-256 and SHA-256 (FIPS 186-5; RFC 7518, 3.4) ------------------------

_Q = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def es256(x: bytes, y: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of a key has signed this."""
    point = p256_point(x, y)
    if point is None or len(signature) != 64:
        return False
    r = int.from_bytes(signature[:32], "big")
    s = int.from_bytes(signature[32:], "big")
    if not (0 < r < _N and 0 < s < _N):
        return False
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    inverse = pow(s, -1, _N)
    found = _p256_add(
        _p256_times(digest * inverse % _N, _G), _p256_times(r * inverse % _N, point)
    )
    return found is not None and found[0] % _N == r


def p256_point(x: bytes, y: bytes) -> tuple[int, int] | None:
    """The point, if it is one of the curve."""
    at = int.from_bytes(x, "big"), int.from_bytes(y, "big")
    on = (at[1] * at[1] - at[0] ** 3 + 3 * at[0] - _B) % _Q == 0
    return at if len(x) == len(y) == 32 and max(at) < _Q and on else None


def _p256_add(one: Any, two: Any) -> Any:
    """Affine; None is the point at infinity."""
    if one is None or two is None:
        return two if one is None else one
    if one[0] == two[0]:
        if (one[1] + two[1]) % _Q == 0:
            return None
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, _Q) % _Q
    else:
        slope = (two[1] - one[1]) * pow(two[0] - one[0], -1, _Q) % _Q
    x = (slope * slope - one[0] - two[0]) % _Q
    return x, (slope * (one[0] - x) - one[1]) % _Q


@lru_cache(64)
def _p256_table(point: tuple[int, int]) -> list[list[Any]]:
    unit: Any = point
    table = []
    for _ in range(64):
        row: list[Any] = [None]
        for _ in range(16):
            row.append(_p256_add(row[-1], unit))
        unit = row.pop()
        table.append(row)
    return table


def _p256_times(factor: int, point: tuple[int, int]) -> Any:
    found = None
    for row in _p256_table(point):
        found = _p256_add(found, row[factor & 15])
        factor >>= 4
    return found


# ---- Forms ---------------------------------------------------------------------------

_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,6})?Z"
)


def _is_time(said: Any) -> bool:
    """RFC 3339, UTC, of a day that there is."""
    parts = _TIME.fullmatch(said) if isinstance(said, str) else None
    if parts is None:
        return False
    try:
        year, month, day, hour, minute, second = map(int, parts.groups()[:6])
        datetime.date(year, month, day)
        datetime.time(hour, minute, second)
    except ValueError:
        return False
    return True


WORD = re.compile(r"[A-Za-z0-9_-]{1,128}")
HASH = re.compile(r"[A-Za-z0-9_-]{43}")
NONCE = re.compile(r"[A-Za-z0-9_-]{22}")
HEX = re.compile(r"[0-9a-f]{64}")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"
)
KEY = (
    {"kty": ("OKP",), "crv": ("Ed25519",), "x": HASH},
    {"kty": ("EC",), "crv": ("P-256",), "x": HASH, "y": HASH},
)
NOTICE = dict.fromkeys(
    (
        *("feature", "language", "name", "object", "meaning", "captured", "purpose"),
        *("processor", "recipients", "retention", "withdrawal"),
    ),
    str,
)
RECEIPT = {
    "@context": {"": str},
    "@type": ("dpv:ConsentReceipt",),
    "type": ("gatekeeper/receipt/v1",),
    "event": ("granted", "withdrawn"),
    "grant": {"statement": JWS, "key": KEY},
    "withdrawal": (None, JWS),
    "notice": NOTICE,
    "controller": {"name": str, "place": str, "contact": str},
    "position": {
        "meeting": str,
        "seq?": lambda said: type(said) is int and said >= 0,
        "hash": HEX,
        "at": _is_time,
    },
    "issued_at": _is_time,
    "dpv:hasRecordOfActivity": dict,
}
DECISION = {
    "decision": ("granted", "declined"),
    "feature": WORD,
    "language": LANGUAGE,
    "meeting": WORD,
    "nonce": NONCE,
    "notice": HASH,
    "subject": HASH,
}
DECISIONS = (
    {**DECISION, "type": ("gatekeeper/decision/v1",), "at": _is_time},
    {**DECISION, "type": ("gatekeeper/decision/v2",), "at": _is_time, "life": WORD},
    {**DECISION, "type": ("gatekeeper/decision/v3",), "life": WORD},
)
PLACES = {
    "type": ("gatekeeper/meeting-proof/v1",),
    "meeting": str,
    "entries": {
        HEX: {
            "index": lambda said: type(said) is int and 0 <= said <= 2**32,
            "path": lambda said: (
                type(said) is list
                and len(said) <= 32
                and all(type(each) is str for each in said)
            ),
        }
    },
}
AUDIT = {
    "meeting": str,
    "opened_at": INSTANT,
    "ended_at": (None, INSTANT),
    "checked_at": INSTANT,
    "begun": bool,
    "sealed": bool,
    "head": (None, HEX),
    "fault": (None, str),
    "openings": [
        {
            "feature": str,
            "began": INSTANT,
            "ended": (None, INSTANT),
            "people": lambda said: type(said) is int and said >= 1,
            "notices": [HASH, 1],
            "opening": WORD,
            "signers": [HASH, 1],
        }
    ],
    "notices": {HASH: NOTICE},
    "deleted": [{"feature": str, "at": INSTANT}],
}


def misfit(said: Any, form: Any, path: str = "") -> str | None:
    """
    Where a content is not of its form; None if it is.

    A form is a type, a pattern, a test, a tuple of what may be, a list `[each, least]`,
    or a dict: of its members (`name?` may be missing), or `{pattern: each}`.
    """
    if isinstance(form, re.Pattern):
        return None if isinstance(said, str) and form.fullmatch(said) else path
    if isinstance(form, type):
        return None if type(said) is form else path
    if isinstance(form, tuple):
        found = (misfit(said, each, path) for each in form)
        return None if any(each is None for each in found) else path
    if isinstance(form, list):
        least = form[1] if len(form) > 1 else 0
        if type(said) is not list or len(said) < least:
            return path
        inner = (misfit(each, form[0], f"{path}.{n}") for n, each in enumerate(said))
        return next((each for each in inner if each is not None), None)
    if isinstance(form, dict):
        return _misfit_members(said, form, path)
    if callable(form):
        return None if form(said) else path
    return None if said == form and type(said) is type(form) else path


def _misfit_members(said: Any, form: dict[Any, Any], path: str) -> str | None:
    if type(said) is not dict:
        return path
    first = next(iter(form))
    if first == "" or isinstance(first, re.Pattern):
        for name, each in said.items():
            inner = f"{path}.{name}"
            if first and not first.fullmatch(name):
                return inner
            found = misfit(each, form[first], inner)
            if found is not None:
                return found
        return None
    known = {name.rstrip("?"): each for name, each in form.items()}
    for name in (*known, *said):
        inner = f"{path}.{name}" if path else name
        if name not in known or (name not in said and f"{name}?" not in form):
            return inner
        found = misfit(said[name], known[name], inner) if name in said else None
        if found is not None:
            return found
    return None


def require(said: Any, form: Any) -> None:
    """Raises `Fault`."""
    where = misfit(said, form)
    if where is not None:
        raise Fault("member-invalid", where or "all of it")


# ---- Keys ----------------------------------------------------------------------------


def thumbprint(key: dict[str, str]) -> str:
    """RFC 7638, SHA-256."""
    return base64url(hashlib.sha256(canonical(key)).digest())


def is_key(key: dict[str, str]) -> bool:
    """Whether a JWK of the right form is a point that binds its owner."""
    x, y = from_base64url(key["x"]), from_base64url(key.get("y", ""))
    if x is None or y is None:
        return False
    return edwards_point(x) is not None if not y else p256_point(x, y) is not None


@lru_cache(4096)
def _holds(x: str, y: str, text: str) -> bool:
    """Whether the owner of a key has signed a compact JWS."""
    signed, _, signature = text.rpartition(".")
    at, sealed = from_base64url(x) or b"", from_base64url(signature) or b""
    if not y:
        return ed25519(at, signed.encode(), sealed)
    return es256(at, from_base64url(y) or b"", signed.encode(), sealed)


def gate_keys(document: Any) -> list[dict[str, str]]:
    """Of a JWK, or a JWK Set. Raises `Fault`."""
    keys = document.get("keys") if isinstance(document, dict) else None
    found = []
    for key in keys if isinstance(keys, list) else [document]:
        told = {n: key.get(n) for n in ("kty", "crv", "x")} if _is_dict(key) else {}
        if misfit(told, KEY[0]) is not None or not is_key(told):
            raise Fault("key-invalid")
        found.append(told)
    return found


def _is_dict(said: Any) -> bool:
    return isinstance(said, dict)


# ---- What a participant has signed ---------------------------------------------------

_STATEMENTS = {"OKP": '{"alg":"Ed25519"}', "EC": '{"alg":"ES256"}'}


def decision(text: str, key: dict[str, str], what: str = "grant") -> dict[str, str]:
    """A signed decision, checked by itself. Raises `Fault`."""
    parts = text.split(".")
    raw = [from_base64url(part) for part in parts]
    if len(text) > 2048 or not JWS.fullmatch(text) or None in raw:
        raise Fault(f"{what}-malformed")
    if raw[0] != _STATEMENTS[key["kty"]].encode():
        raise Fault(f"{what}-malformed")
    if not _holds(key["x"], key.get("y", ""), text):
        raise Fault(f"{what}-signature-invalid")
    try:
        said: dict[str, str] = read_canonical(raw[1] or b"")
        require(said, DECISIONS)
    except Fault as exc:
        raise Fault(f"{what}-malformed") from exc
    if said["subject"] != thumbprint(key):
        raise Fault(f"{what}-subject-foreign")
    return said


# ---- What a gate has signed ----------------------------------------------------------

_X = "[A-Za-z0-9_-]{43}"
_HEADER = re.compile(
    r'\{"alg":"Ed25519",'
    rf'(?:"jwk":\{{"kty":"OKP","crv":"Ed25519","x":"(?P<x>{_X})"\}},)?'
    rf'"kid":"(?P<kid>{_X})","typ":"(?P<typ>[a-z+-]{{1,64}})"\}}'
)
RECEIPT_TYPE = "gatekeeper-receipt+jws"
AUDIT_TYPE = "gatekeeper-audit+jws"


def header(text: str) -> dict[str, Any]:
    """`kid`, `typ`, and `x` if it carries its key. Raises `Fault`."""
    if len(text) > MOST:
        raise Fault("too-large")
    parts = [from_base64url(part) for part in text.split(".")]
    if not JWS.fullmatch(text) or None in parts:
        raise Fault("jws-malformed")
    found = _HEADER.fullmatch((parts[0] or b"").decode("latin-1"))
    if found is None:
        raise Fault("header-invalid")
    return found.groupdict()


def opened(text: str, typ: str, pinned: list[dict[str, str]] | None) -> Any:
    """
    What a gate has signed, once form, key, signature and spelling are right.

    `pinned`: the gate's keys; None to have the one count that the text carries.
    """
    head = header(text)
    if head["typ"] != typ:
        raise Fault("header-invalid")
    x = head["x"]
    carried = [] if x is None else [{"kty": "OKP", "crv": "Ed25519", "x": x}]
    for key in carried:
        if not is_key(key) or thumbprint(key) != head["kid"]:
            raise Fault("key-invalid")
    if pinned is None and not carried:
        raise Fault("key-needed")
    for key in carried if pinned is None else pinned:
        if thumbprint(key) == head["kid"]:
            break
    else:
        raise Fault("key-foreign")
    if not _holds(key["x"], "", text):
        raise Fault("signature-invalid")
    return read_canonical(from_base64url(text.split(".")[1]) or b"")


def receipt(text: str, pinned: list[dict[str, str]] | None) -> dict[str, Any]:
    """A receipt, all of it checked. Raises `Fault`."""
    if len(text) > 1 << 18:
        raise Fault("too-large")
    said: dict[str, Any] = opened(text, RECEIPT_TYPE, pinned)
    require(said, RECEIPT)
    key = said["grant"]["key"]
    if not is_key(key):
        raise Fault("participant-key-invalid")
    grant = _decided(said, said["grant"]["statement"], "grant")
    if said["withdrawal"] is not None:
        _decided(said, said["withdrawal"], "withdrawal")
    notice = said["notice"]
    digest = base64url(hashlib.sha256(canonical(notice)).digest())
    if (grant["notice"], grant["language"]) != (digest, notice["language"]):
        raise Fault("wording-other")
    if said["withdrawal"] is not None and said["event"] != "withdrawn":
        raise Fault("event-contradicted")
    where = difference(said["@context"], CONTEXT, "@context") or difference(
        said["dpv:hasRecordOfActivity"],
        _record(said, grant["subject"], digest),
        "dpv:hasRecordOfActivity",
    )
    if where is not None:
        raise Fault("record-contradicted", where)
    return said


def _decided(said: dict[str, Any], text: str, what: str) -> dict[str, str]:
    found = decision(text, said["grant"]["key"], what)
    due = (
        said["position"]["meeting"],
        said["notice"]["feature"],
        "granted" if what == "grant" else "declined",
    )
    if (found["meeting"], found["feature"], found["decision"]) != due:
        raise Fault(f"{what}-other")
    return found


CONTEXT = {
    "ai": "https://w3id.org/dpv/ai#",
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
}
_PURPOSES = {"recording": ["dpv:RecordManagement"]}
_PROCESSING = {
    "recording": ["dpv:Record", "dpv:Store"],
    "transcript": ["ai:SpeechRecognition"],
    "summary": ["ai:AutomaticSummarisation"],
}
_PERSONAL = {"recording": ["pd:VoiceCommunicationRecording", "pd:Picture"]}


def _record(said: dict[str, Any], subject: str, digest: str) -> dict[str, Any]:
    """The record in terms of W3C DPV 2.3, which follows from all else."""
    notice = said["notice"]
    person = f"urn:ietf:params:oauth:jwk-thumbprint:sha-256:{subject}"

    def words(member: str, terms: dict[str, list[str]]) -> dict[str, Any]:
        known = terms.get(notice["feature"])
        told = {} if known is None else {"@type": known}
        return {**told, "dct:description": notice[member]}

    return {
        "@type": "dpv:ConsentRecord",
        "dct:type": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasDataSubject": person,
        "dpv:hasDataController": said["controller"],
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:identifier": digest,
            "dct:language": notice["language"],
        },
        "dpv:hasProcess": {
            "dpv:hasPurpose": words("purpose", _PURPOSES),
            "dpv:hasProcessing": words("meaning", _PROCESSING),
            "dpv:hasPersonalData": words("captured", _PERSONAL),
            "dpv:hasRecipient": words("recipients", {}),
            "dpv:hasStorageCondition": words("retention", {}),
        },
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dpv:isExercisedAt": notice["withdrawal"],
        },
        "dpv:hasConsentStatus": {
            "@type": "dpv:ConsentGiven"
            if said["event"] == "granted"
            else "dpv:ConsentWithdrawn",
            "dpv:isIndicatedAtTime": said["position"]["at"],
            "dpv:isIndicatedBy": person,
            "dpv:hasIndicationMethod": "the participant's own web browser",
        },
    }


def audit(text: str, pinned: list[dict[str, str]] | None) -> dict[str, Any]:
    """What an admin has exported of a meeting, checked. Raises `Fault`."""
    said: dict[str, Any] = opened(text, AUDIT_TYPE, pinned)
    require(said, AUDIT)
    for where in _contradictions(said):
        raise Fault("audit-contradicted", where)
    if said["fault"] is not None:
        raise Fault("audit-faulty", said["fault"])
    return said


def _contradictions(said: dict[str, Any]) -> Iterator[str]:
    if said["ended_at"] is not None and said["ended_at"] < said["opened_at"]:
        yield "ended_at"
    proved = said["begun"] and said["fault"] is None
    if (said["head"] is not None) != proved:
        yield "head"
    if said["sealed"] and not proved:
        yield "sealed"
    openings = said["openings"]
    if openings and not proved:
        yield "openings"
    if len({each["opening"] for each in openings}) < len(openings):
        yield "openings"
    for number, opening in enumerate(openings):
        for member in _wrong_of(opening, said["notices"]):
            yield f"openings.{number}.{member}"
    named = {digest for each in openings for digest in each["notices"]}
    for digest, notice in sorted(said["notices"].items()):
        hashed = hashlib.sha256(canonical(notice)).digest()
        if digest not in named or base64url(hashed) != digest:
            yield f"notices.{digest}"


def _wrong_of(opening: dict[str, Any], notices: dict[str, Any]) -> Iterator[str]:
    if opening["ended"] is not None and opening["ended"] < opening["began"]:
        yield "ended"
    if opening["people"] != len(opening["signers"]):
        yield "people"
    for member in ("signers", "notices"):
        if opening[member] != sorted(set(opening[member])):
            yield member
    for digest in opening["notices"]:
        if notices.get(digest, {}).get("feature") != opening["feature"]:
            yield "notices"


# ---- The log (RFC 6962; C2SP signed-note, tlog-checkpoint, tlog-proof) ---------------

_LINE = re.compile("\N{EM DASH} ([^\\s+]{1,256}) ([A-Za-z0-9+/=]{1,8192})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


class LogKey(NamedTuple):
    """Who signs checkpoints, and under which name."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        named = self.name.encode() + b"\n\x01" + self.public
        return hashlib.sha256(named).digest()[:4]

    @classmethod
    def read(cls, text: str) -> LogKey:
        """Of a vkey. Raises `Fault`."""
        name, _, rest = text.strip().partition("+")
        digits, _, encoded = rest.partition("+")
        raw = from_base64(encoded, "log-key-invalid")
        found = cls(name, raw[1:])
        if not re.fullmatch(r"[^\s+]{1,256}", name) or raw[:1] != b"\x01":
            raise Fault("log-key-invalid")
        if edwards_point(found.public) is None or digits != found.id.hex():
            raise Fault("log-key-invalid")
        return found


class Checkpoint(NamedTuple):
    """One state of a log."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def read(cls, note: str, keys: list[LogKey]) -> Checkpoint:
        """Of a note that one of the keys has signed. Raises `Fault`."""
        lines = note_text(note, keys).split("\n")
        if len(lines) != 4 or not _SIZE.fullmatch(lines[1]):
            raise Fault("checkpoint-malformed")
        root = from_base64(lines[2], "checkpoint-malformed")
        if len(root) != 32:
            raise Fault("checkpoint-malformed")
        if lines[0] not in {key.name for key in keys}:
            raise Fault("checkpoint-foreign")
        return cls(lines[0], int(lines[1]), root)


def note_text(note: str, keys: list[LogKey]) -> str:
    """What one of the keys has signed. Raises `Fault`."""
    if len(note.encode()) > 16_384:
        raise Fault("too-large")
    text, found, signatures = note.rpartition("\n\n")
    if not found or not signatures.endswith("\n") or _CONTROL.search(note):
        raise Fault("note-malformed")
    text += "\n"
    signed = set()
    for line in signatures[:-1].split("\n"):
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise Fault("note-malformed")
        sealed = from_base64(parts[2], "note-malformed")
        for key in dict.fromkeys(keys):
            if (key.name, key.id) == (parts[1], sealed[:4]):
                if not ed25519(key.public, text.encode(), sealed[4:]):
                    raise Fault("note-signature-invalid", key.name)
                if key in signed:
                    raise Fault("note-malformed")
                signed.add(key)
    if not signed:
        raise Fault("note-unsigned")
    return text


def leaf_hash(body: bytes) -> bytes:
    """RFC 6962, 2.1."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962, 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Where a path leads to from a leaf (RFC 9162, 2.1.3.2). Raises `Fault`."""
    if not 0 <= index < size or any(len(each) != 32 for each in path):
        raise Fault("inclusion-invalid")
    at, last, hashed = index, size - 1, leaf
    for beside in path:
        if last == 0:
            raise Fault("inclusion-invalid")
        if at % 2 or at == last:
            hashed = node_hash(beside, hashed)
            while not (at % 2 or at == 0):
                at, last = at >> 1, last >> 1
        else:
            hashed = node_hash(hashed, beside)
        at, last = at >> 1, last >> 1
    if last:
        raise Fault("inclusion-invalid")
    return hashed


@dataclass(frozen=True)
class Proof:
    """That entries of a meeting stand in a log (C2SP tlog-proof, version 1)."""

    index: int
    path: list[bytes]
    note: str
    extra: bytes | None

    @classmethod
    def read(cls, text: str) -> Proof:
        """Raises `Fault`."""
        if len(text) > 1 << 20:
            raise Fault("too-large")
        body, found, note = text.partition("\n\n")
        head, *lines = body.split("\n")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = from_base64(lines.pop(0)[6:], "proof-malformed")
        index = re.fullmatch(r"index (0|[1-9][0-9]{0,17})", lines[0]) if lines else None
        if not found or head != "c2sp.org/tlog-proof@v1" or index is None:
            raise Fault("proof-malformed")
        path = [from_base64(line, "proof-malformed") for line in lines[1:]]
        if any(len(each) != 32 for each in path):
            raise Fault("proof-malformed")
        return cls(int(index[1]), path, note, extra)

    def places(self) -> dict[str, Any]:
        """Which entries it tells of, and where they are. Raises `Fault`."""
        try:
            said: dict[str, Any] = read_canonical(self.extra or b"")
            require(said, PLACES)
        except Fault as exc:
            raise Fault("places-malformed") from exc
        return said

    def check(self, entry: str, place: dict[str, Any], keys: list[LogKey]) -> str:
        """Where an entry, by its hash, is in the log. Raises `Fault`."""
        path = [from_base64(each, "places-malformed") for each in place["path"]]
        leaf = leaf_hash(bytes.fromhex(entry))
        root = root_of(leaf, place["index"], 1 << len(path), path)
        state = Checkpoint.read(self.note, keys)
        if root_of(leaf_hash(root), self.index, state.size, self.path) != state.root:
            raise Fault("inclusion-invalid")
        return f"{state.origin}, leaf {self.index} of {state.size}"

    def check_all(self, keys: list[LogKey]) -> str:
        """The same of all entries that it tells of. Raises `Fault`."""
        entries = self.places()["entries"]
        found = [self.check(e, entries[e], keys) for e in sorted(entries)]
        if not found:
            raise Fault("proof-empty")
        return found[0]

    def check_receipt(self, position: dict[str, Any], keys: list[LogKey]) -> str:
        """The same of the entry that a receipt names. Raises `Fault`."""
        places = self.places()
        if places["meeting"] != position["meeting"]:
            raise Fault("meeting-other")
        if position["hash"] not in places["entries"]:
            raise Fault("entry-other")
        return self.check(position["hash"], places["entries"][position["hash"]], keys)


# ---- Files ---------------------------------------------------------------------------


class File(NamedTuple):
    """What was named."""

    name: str
    content: bytes

    @property
    def text(self) -> str | None:
        """If it is a text."""
        try:
            return self.content.decode("utf-8") if len(self.content) <= MOST else None
        except UnicodeDecodeError:
            return None

    @property
    def members(self) -> dict[str, Any]:
        """Of a JSON object."""
        text = self.text
        if text is None or not text.lstrip().startswith("{"):
            return {}
        try:
            said = json.loads(text, parse_constant=_no_number)
        except (ValueError, RecursionError):
            return {}
        deep = _deeper(said, DEEPEST + 1)
        return said if isinstance(said, dict) and not deep else {}


class Verdict(NamedTuple):
    """What came of one thing."""

    where: str
    kind: str
    code: str
    """`good`, or which check it did not pass."""
    told: str


class Beside:
    """Keys, proofs and checkpoints, which others are checked with."""

    def __init__(self) -> None:
        self.keys: list[dict[str, str]] | None = None
        self.log_keys: list[LogKey] = []
        self.proofs: list[Proof] = []
        self.notes: list[str] = []

    def place(self, position: dict[str, Any]) -> str | None:
        """Where an entry is in a log; None if no proof was named. Raises `Fault`."""
        why: Fault | None = None
        for proof in self.proofs:
            try:
                return proof.check_receipt(position, self.log_keys)
            except Fault as exc:
                if why is None or why.code == "meeting-other":
                    why = exc
        if why is not None:
            raise why
        return None

    def require_one_log(self) -> None:
        """That no two states contradict each other. Raises `Fault`."""
        seen: dict[tuple[str, int], bytes] = {}
        for note in (*self.notes, *(proof.note for proof in self.proofs)):
            state = Checkpoint.read(note, self.log_keys)
            if seen.setdefault((state.origin, state.size), state.root) != state.root:
                raise Fault("checkpoints-contradict", state.origin)


def kind_of(file: File) -> str:
    """What a file is, by its content. Raises `Fault`."""
    text, members = file.text, file.members
    if file.content.startswith(b"c2sp.org/tlog-proof@"):
        return "proof"
    if text is not None and "\n\n\N{EM DASH} " in text:
        return "checkpoint"
    lines = (text or "").split()
    if lines and all(line.count("+") >= 2 for line in lines):
        return "log keys"
    if "keys" in members or "kty" in members:
        return "gate keys"
    if _signed_texts(file):
        return "signed"
    raise Fault("kind-unknown")


def _signed_texts(file: File) -> list[str]:
    within = file.members.get("signed")
    if isinstance(within, str):
        return [within]
    lines = (file.text or "").split()
    seen = any(line.startswith("eyJ") and "." in line for line in lines)
    return lines if seen and (file.text or "").isascii() else []


def judge(files: list[File]) -> list[Verdict]:
    """What came of each thing in all of these, checked with each other."""
    beside, kinds = Beside(), []
    for file in files:
        try:
            kind = kind_of(file)
            _lay(file, kind, beside)
        except Fault as exc:
            kind = exc.code if exc.code == "kind-unknown" else kind
        kinds.append(kind)
    found: list[Verdict] = []
    for file, kind in zip(files, kinds):  # noqa: B905 - Python 3.9 has no `strict`
        if kind == "kind-unknown":
            found.append(Verdict(file.name, "file", kind, SENTENCES[kind]))
        elif kind == "signed":
            found += _judge_signed(file, beside)
        else:
            check = partial(_CHECKS[kind], file, beside)
            found.append(_told_of(file.name, kind, check))
    return found


def _lay(file: File, kind: str, beside: Beside) -> None:
    text = file.text or ""
    if kind == "proof":
        beside.proofs.append(Proof.read(text))
    elif kind == "checkpoint":
        beside.notes.append(text)
    elif kind == "log keys":
        beside.log_keys += map(LogKey.read, text.split())
    elif kind == "gate keys":
        beside.keys = beside.keys or []
        beside.keys += gate_keys(file.members)


def _judge_signed(file: File, beside: Beside) -> Iterator[Verdict]:
    texts = _signed_texts(file)
    copy = {name: said for name, said in file.members.items() if name != "signed"}
    for number, text in enumerate(texts, start=1):
        where = file.name if len(texts) == 1 else f"{file.name}:{number}"
        try:
            kind = "audit" if header(text)["typ"] == AUDIT_TYPE else "receipt"
        except Fault:
            kind = "receipt"
        yield _told_of(where, kind, partial(_signed, kind, text, copy, beside))


def _signed(kind: str, text: str, copy: dict[str, Any], beside: Beside) -> str:
    if kind == "audit":
        said = audit(text, beside.keys)
        told = f"meeting {said['meeting']}, checked {said['checked_at']}"
    else:
        said = receipt(text, beside.keys)
        at, event = said["position"], said["event"]
        done = "allowed" if event == "granted" else "taken back"
        told = f"{said['notice']['feature']} {done} {at['at']}, meeting {at['meeting']}"
        place = beside.place(at)
        told += f", entry {at['hash']}" + (f", in the log {place}" if place else "")
    if copy:
        where = difference(copy, said)
        if where is not None:
            raise Fault("copy-differs", where)
    return told + (
        "" if beside.keys is not None else f", signed by {header(text)['kid']}"
    )


def _need_log_keys(beside: Beside) -> None:
    if not beside.log_keys:
        raise Fault("key-needed")


def _check_proof(file: File, beside: Beside) -> str:
    _need_log_keys(beside)
    return f"in the log {Proof.read(file.text or '').check_all(beside.log_keys)}"


def _check_checkpoint(file: File, beside: Beside) -> str:
    _need_log_keys(beside)
    state = Checkpoint.read(file.text or "", beside.log_keys)
    beside.require_one_log()
    return f"the log {state.origin} had {state.size} leaves"


def _check_log_keys(file: File, _beside: Beside) -> str:
    return ", ".join(LogKey.read(line).name for line in (file.text or "").split())


def _check_gate_keys(file: File, _beside: Beside) -> str:
    return ", ".join(map(thumbprint, gate_keys(file.members)))


_CHECKS: dict[str, Callable[[File, Beside], str]] = {
    "proof": _check_proof,
    "checkpoint": _check_checkpoint,
    "log keys": _check_log_keys,
    "gate keys": _check_gate_keys,
}


def _told_of(where: str, kind: str, check: Callable[[], str]) -> Verdict:
    try:
        return Verdict(where, kind, "good", check())
    except Fault as exc:
        return Verdict(where, kind, exc.code, str(exc))


PROVES = {
    "receipt": (
        "Whoever held the key that the participant's browser had made for this meeting "
        "said this, to exactly these words, and the gate has written it down.",
        "Who that person is, that they had read the words, or that it was never taken "
        "back: that has a receipt of its own.",
    ),
    "audit": (
        "The gate has signed that this was on, when, and that so many people had "
        "signed a yes to these words.",
        "The signatures of the people, which are not in it: it is the gate's word.",
    ),
    "proof": (
        "The entries that it names stand in a sealed meeting, and that in the log.",
        "What the entries say: name the receipts beside it. Nor that everybody is "
        "shown the same log: compare checkpoints.",
    ),
    "checkpoint": (
        "The log has signed that it had this size and these contents.",
        "What is in the log.",
    ),
}


def main(names: list[str]) -> int:
    """Tell what came of the files of these names."""
    if not names:
        print(__doc__)  # noqa: T201
        return 2
    try:
        verdicts = judge([_file(name) for name in names])
    except OSError as exc:
        print(f"{exc.filename}: {exc.strerror}", file=sys.stderr)  # noqa: T201
        return 2
    for verdict in verdicts:
        good = verdict.code == "good"
        end = "" if good else f" ({verdict.code})"
        told = f"{'good' if good else 'does not verify'}: {verdict.told}{end}"
        line = f"{verdict.where}  {told}"
        print("".join(c if c.isprintable() else "\ufffd" for c in line))  # noqa: T201
    for kind in PROVES:
        if any(v.kind == kind and v.code == "good" for v in verdicts):
            proves, lacks = PROVES[kind]
            print(f"{kind}: this proves: {proves}")  # noqa: T201
            print(f"{kind}: it does not prove: {lacks}")  # noqa: T201
    codes = {verdict.code for verdict in verdicts} - {"good"}
    if codes & {"kind-unknown", "key-needed"}:
        return 2
    return 1 if codes else 0


def _file(name: str) -> File:
    with open(name, "rb") as file:
        return File(name, file.read(MOST + 1))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
