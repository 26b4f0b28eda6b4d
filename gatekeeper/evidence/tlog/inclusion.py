"""
A proof that can be kept: that a leaf is in a log (C2SP tlog-proof, version 1).

It is a text by itself; with the log's key nothing else is needed to check it.
"""

import base64
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.note import Verifier, decoded
from gatekeeper.evidence.tlog.tree import HASH, check_inclusion

LONGEST_PROOF = 1 << 20
"""Characters of a proof at most."""
SUFFIX = ".tlog-proof"
_HEAD = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Where a leaf is, what leads from it to the root, and whose root that is."""

    index: int
    path: tuple[bytes, ...]
    note: str
    """The checkpoint, signed."""
    extra: bytes | None = None
    """What the leaf can be made of. That it makes the leaf is what vouches for it."""

    def text(self) -> str:
        """As it is kept."""
        hashes = [base64.b64encode(each).decode() for each in self.path]
        extra = self.extra and f"extra {base64.b64encode(self.extra).decode()}"
        said = [_HEAD, *([extra] if extra else []), f"index {self.index}", *hashes]
        lines = "\n".join(said)
        return f"{lines}\n\n{self.note}"

    @classmethod
    def read(cls, text: str) -> Self:
        """As it was kept; nothing is checked yet. Raises `EvidenceError`."""
        if len(text) > LONGEST_PROOF:
            raise broken(Fault.TOO_LARGE)
        body, found, note = text.partition("\n\n")
        head, *lines = body.split("\n")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = _decoded(lines.pop(0).removeprefix("extra "))
        index = _INDEX.fullmatch(lines[0]) if lines else None
        if not found or head != _HEAD or index is None:
            raise broken(Fault.PROOF_MALFORMED)
        path = tuple(map(_decoded, lines[1:]))
        if any(len(each) != HASH for each in path):
            raise broken(Fault.PROOF_MALFORMED)
        return cls(int(index[1]), path, note, extra)

    def check(self, leaf: bytes, keys: Collection[Verifier]) -> Checkpoint:
        """
        Check that the leaf with this hash is in the log of one of `keys`.

        Raises `EvidenceError`.
        """
        checkpoint = Checkpoint.read(self.note, keys)
        check_inclusion(leaf, self.index, checkpoint.size, self.path, checkpoint.root)
        return checkpoint


def _decoded(text: str) -> bytes:
    return decoded(text, Fault.PROOF_MALFORMED)
