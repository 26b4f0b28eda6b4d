"""
Files of receipts, and of keys, read.

Rule: a file is measured before it is read.
"""

from pathlib import Path

from gatekeeper.errors import MalformedMessage, ReceiptUnreadable
from gatekeeper.evidence.key import Ed25519Jwk, published

MOST = 4 << 20
"""Bytes of a file: all receipts of a long meeting, with room to spare."""
ADDRESS = "/.well-known/gatekeeper-keys.json"
"""Where a server publishes the keys of its receipts, as a JWK Set."""


def read_keys(path: Path) -> list[Ed25519Jwk]:
    """The keys in a JWK or a JWK Set (RFC 7517). Raises `ReceiptUnreadable`."""
    try:
        return published(content(path))
    except MalformedMessage as exc:
        raise ReceiptUnreadable(
            f"{path} is no JWK, and no JWK Set, of Ed25519 keys. Servers have theirs "
            f"at {ADDRESS}."
        ) from exc


def content(path: Path) -> bytes:
    """What a file of receipts, or of keys, holds. Raises `ReceiptUnreadable`."""
    try:
        with path.open("rb") as file:
            held = file.read(MOST + 1)
    except OSError as exc:
        raise ReceiptUnreadable(f"{path}: {exc.strerror}.") from exc
    if len(held) > MOST:
        raise ReceiptUnreadable(f"{path} is too large to be a file of receipts.")
    return held
