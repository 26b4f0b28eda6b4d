"""
Receipts beside a proof that the meeting's seal is in the log: checked offline.

Rule: a receipt that holds and that the proof does not tell of is not in the log, as far
as anybody can see, and that is a fault.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from gatekeeper.errors import EvidenceError, ReceiptUnreadable
from gatekeeper.evidence.meeting_proof import check_entry
from gatekeeper.evidence.receipt_file import Checked, content
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.evidence.tlog.note import Verifier


@dataclass(frozen=True, slots=True)
class LogProof:
    """One meeting's proof, and the keys of the log."""

    proof: InclusionProof
    keys: Sequence[Verifier]

    @classmethod
    def read(cls, proof: Path, keys: Path) -> Self:
        """Both from files. Raises `ReceiptUnreadable`."""
        try:
            known = [Verifier.read(line) for line in _text(keys).split()]
        except EvidenceError as exc:
            raise ReceiptUnreadable(f"{keys}: {exc}.") from exc
        try:
            return cls(InclusionProof.read(_text(proof)), known)
        except EvidenceError as exc:
            raise ReceiptUnreadable(f"{proof}: {exc}.") from exc

    def of(self, checked: Checked) -> Checked:
        """What came of a receipt, with what the log says of it."""
        if checked.receipt is None:
            return checked
        at = checked.receipt.position
        try:
            log = check_entry(self.proof, at.meeting, at.hash, self.keys)
        except EvidenceError as exc:
            fault = f"is not shown to be in the log: {exc}"
            return replace(checked, receipt=None, fault=fault)
        return replace(
            checked, log=f"{log.origin}, leaf {self.proof.index} of {log.size}"
        )


def _text(path: Path) -> str:
    try:
        return content(path).decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ReceiptUnreadable(f"{path}: it is no text.") from exc
