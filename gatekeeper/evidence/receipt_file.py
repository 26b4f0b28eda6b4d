"""
Receipts as files: checked offline, by whoever has one.

Rule 1: a file is measured before it is read.
Rule 2: against the key that it carries a receipt shows that nothing in it was changed,
against the gate's that it is the gate's. Which of the two was done is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.errors import EvidenceError, MalformedMessage, ReceiptUnreadable
from gatekeeper.evidence.key import ParticipantKey, published
from gatekeeper.evidence.receipt import Receipt, key_inside, verify_receipt

MOST = 4 << 20
"""Bytes of a file: all receipts of a long meeting, with room to spare."""
ADDRESS = "/.well-known/gatekeeper-keys.json"
"""Where a server publishes the keys of its receipts, as a JWK Set."""

Jwk = dict[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one receipt."""

    where: str
    """File, and the line if there are more."""
    receipt: Receipt | None
    fault: str | None
    """Why it does not hold; None if it does."""
    kid: str | None = None
    """Whose signature holds: the thumbprint (RFC 7638) of the gate's key."""
    log: str | None = None
    """In which log its meeting's seal was shown to be, and where."""

    def __str__(self) -> str:
        told = self.fault if self.receipt is None else _told(self.receipt)
        # What is in a file may have been written to confuse whoever reads it here.
        log = "" if self.log is None else f", in the log {self.log}"
        line = f"{self.where}  {told}{log}"
        return "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line
        )


def check(paths: Sequence[Path], pinned: Sequence[Jwk] | None) -> Iterator[Checked]:
    """
    Check every receipt in the files, one a line.

    `pinned`: the gate's keys; None to take the key that each receipt carries. Raises
    `ReceiptUnreadable`.
    """
    for path in paths:
        try:
            lines = content(path).decode("ascii").split()
        except UnicodeDecodeError as exc:
            raise ReceiptUnreadable(f"{path}: there is no receipt in it.") from exc
        if not lines:
            raise ReceiptUnreadable(f"{path}: there is no receipt in it.")
        for number, line in enumerate(lines, start=1):
            where = str(path) if len(lines) == 1 else f"{path}:{number}"
            yield _check(where, line, pinned)


def read_keys(path: Path) -> list[Jwk]:
    """The keys in a JWK or a JWK Set (RFC 7517). Raises `ReceiptUnreadable`."""
    try:
        return [key.model_dump() for key in published(content(path))]
    except MalformedMessage as exc:
        raise ReceiptUnreadable(
            f"{path} is no JWK, and no JWK Set, of Ed25519 keys. Servers have theirs "
            f"at {ADDRESS}."
        ) from exc


def _check(where: str, text: str, pinned: Sequence[Jwk] | None) -> Checked:
    try:
        carried = key_inside(text)
        if pinned is None and carried is None:
            raise ReceiptUnreadable(
                f"{where}: this receipt is of a time when they carried no key. Name "
                f"the gate's with --key; its server has it at {ADDRESS}."
            )
        keys = [carried] if pinned is None and carried is not None else pinned or []
        receipt, key = _first(text, keys)
        return Checked(where, receipt, None, ParticipantKey.from_jwk(key).thumbprint)
    except EvidenceError as exc:
        return Checked(where, None, f"does not verify: {exc}")


def _first(text: str, keys: Sequence[Jwk]) -> tuple[Receipt, Jwk]:
    """What one of the keys has signed, and which. Raises what the last one says."""
    why = EvidenceError("no key was named")
    for key in keys:
        try:
            return verify_receipt(text, key), key
        except EvidenceError as exc:
            why = exc
    raise why


def _told(receipt: Receipt) -> str:
    said = "allowed" if receipt.event == "granted" else "taken back"
    at = receipt.position
    return (
        f"good: {receipt.notice.feature} {said} {at.at}, meeting {at.meeting}, "
        f"entry {at.hash}"
    )


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
