"""What a log says of itself: how large it is, and its root (C2SP tlog-checkpoint)."""

import base64
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.tlog.note import Signer, Verifier, decoded, opened
from gatekeeper.evidence.tlog.tree import HASH

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One state of a log."""

    origin: str
    """Which log: the name of its key."""
    size: int
    """Leaves."""
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, signer: Signer) -> str:
        """As a note. The same state is always the same note."""
        return signer.sign(self.text())

    @classmethod
    def read(cls, note: str, keys: Collection[Verifier]) -> Self:
        """
        Of a note that a log of `keys` has signed under its own name.

        Raises `EvidenceError`. Lines of an extension are refused: nobody audits them.
        """
        lines = opened(note, keys).split("\n")
        if len(lines) != 4 or not _SIZE.fullmatch(lines[1]):
            raise broken(Fault.CHECKPOINT_MALFORMED)
        root = decoded(lines[2], Fault.CHECKPOINT_MALFORMED)
        if len(root) != HASH:
            raise broken(Fault.CHECKPOINT_MALFORMED)
        if lines[0] not in {key.name for key in keys}:
            raise broken(Fault.CHECKPOINT_FOREIGN)
        return cls(lines[0], int(lines[1]), root)
