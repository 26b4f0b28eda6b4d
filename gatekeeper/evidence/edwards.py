"""
Which 32 bytes are an Ed25519 public key that binds its owner.

Libraries take any 32 bytes. A key of small order makes signatures that hold for
many messages at once, so that its owner, or anybody, could "sign" anything later;
RFC 8032 leaves the check to us.

Rule 1: only public values pass here, so nothing needs to take constant time.
"""

from functools import lru_cache

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)


@lru_cache(1024)
def is_public_key(raw: bytes) -> bool:
    """Whether `raw` encodes, canonically, a point on the curve of large order."""
    if len(raw) != 32:
        return False
    encoded = int.from_bytes(raw, "little")
    y, sign = encoded & (2**255 - 1), encoded >> 255
    if y >= _P:
        return False
    x = _abscissa(y)
    if x is None or (x == 0 and sign):
        return False
    return not _has_small_order(x, y)


def _abscissa(y: int) -> int | None:
    """One of the two x of RFC 8032, section 5.1.3, or nothing if there is none."""
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if v * x * x % _P == u:
        return x
    x = x * _ROOT_OF_MINUS_ONE % _P
    return x if v * x * x % _P == u else None


def _has_small_order(x: int, y: int) -> bool:
    """Whether eight times the point is the identity (the cofactor is 8)."""
    for _ in range(3):
        x, y = _double(x, y)
    return (x, y) == (0, 1)


def _double(x: int, y: int) -> tuple[int, int]:
    product = _D * x * x * y * y % _P
    return (
        2 * x * y * pow(1 + product, -1, _P) % _P,
        (y * y + x * x) * pow(1 - product, -1, _P) % _P,
    )
