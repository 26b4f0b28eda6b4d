"""
Canonical JSON (RFC 8785), read: bytes that spell their content in the only way.

Rule: what a reader in another language cannot tell apart is refused: a number beyond
2**53 - 1, half a surrogate pair, a member that is there twice.
"""

import json
import math
from typing import Any

import rfc8785

from gatekeeper.evidence.faults import Fault, broken

DEEPEST = 32
"""Objects and lists within each other, at most."""
_LARGEST = 2**53 - 1
_LONGEST = 17
"""Characters of a whole number, with its sign."""


def read(raw: bytes) -> Any:
    """What the bytes say. Raises `EvidenceError`."""
    try:
        said = json.loads(
            raw.decode("utf-8"),
            parse_constant=no_number,
            parse_int=_whole,
            parse_float=_number,
        )
    except (ValueError, RecursionError) as exc:
        raise broken(Fault.JSON_INVALID) from exc
    if deeper(said, DEEPEST):
        raise broken(Fault.JSON_INVALID)
    try:
        spelled = rfc8785.dumps(said)
    except (rfc8785.CanonicalizationError, UnicodeError) as exc:
        raise broken(Fault.NOT_CANONICAL) from exc
    if spelled != raw:
        raise broken(Fault.NOT_CANONICAL)
    return said


def difference(said: Any, due: Any, path: str = "") -> str | None:
    """Where two contents differ first, as a path of members; None if they do not."""
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


def no_number(text: str) -> None:
    """Refuse what Python takes for a number, and JSON does not know."""
    raise ValueError(f"{text} is no JSON")


def _whole(digits: str) -> int | float:
    return _tellable(int(digits)) if len(digits) <= _LONGEST else math.inf


def _number(digits: str) -> int | float:
    return _tellable(float(digits))


def _tellable(number: int | float) -> int | float:
    """The number, or one that has no spelling if others might read another one."""
    whole = isinstance(number, int) or number.is_integer()
    return math.inf if whole and abs(number) > _LARGEST else number


def deeper(said: Any, deepest: int) -> bool:
    """Whether anything in it is further within than that."""
    inner = (
        said.values()
        if isinstance(said, dict)
        else said
        if isinstance(said, list)
        else None
    )
    if inner is None:
        return False
    return deepest == 0 or any(deeper(each, deepest - 1) for each in inner)
