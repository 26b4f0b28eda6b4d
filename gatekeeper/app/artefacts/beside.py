"""What was named beside a thing: keys, proofs and states of logs that tell of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.feed.feed import Feed
from gatekeeper.evidence.key import Ed25519Jwk
from gatekeeper.evidence.meeting_proof import check_entry
from gatekeeper.evidence.receipt import Receipt
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.evidence.tlog.note import Verifier

Jwk = dict[str, str]


@dataclass
class Beside:
    """Filled from all that was named, before anything is verified."""

    keys: list[Jwk] | None = None
    """Of the gate. None: each thing is checked with the key that it carries."""
    log_keys: list[Verifier] = field(default_factory=list)
    proofs: list[InclusionProof] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Checkpoints, as they are signed."""
    feeds: list[str] = field(default_factory=list)
    """Documents of what was taken back."""
    exports: list[Path] = field(default_factory=list)
    """Exports of meetings, which films and tracks are checked with."""

    @property
    def pinned(self) -> dict[str, object] | None:
        """The gate's keys as a JWK Set."""
        return None if self.keys is None else {"keys": self.keys}

    def pin(self, keys: Iterable[Ed25519Jwk]) -> None:
        """Have nothing count but what one of these, or of others named, has signed."""
        self.keys = [*(self.keys or ()), *(key.model_dump() for key in keys)]

    def in_log(self, receipt: Receipt) -> str | None:
        """
        Where in a log a receipt's entry is; None if no proof was named.

        Raises `EvidenceError` if no proof tells of it.
        """
        why: EvidenceError | None = None
        for proof in self.proofs:
            try:
                return _place(proof, receipt, self.log_keys)
            except EvidenceError as exc:
                if why is None or why.code == Fault.MEETING_OTHER:
                    why = exc
        if why is not None:
            raise why
        return None

    @cached_property
    def feed(self) -> Feed | None:
        """What was taken back; None if nothing is named. Raises `EvidenceError`."""
        if not self.feeds:
            return None
        if not self.log_keys:
            raise broken(Fault.KEY_NEEDED, "the log's, with --log-key")
        return Feed.read(self.feeds, self.log_keys)

    def checkpoints(self) -> list[Checkpoint]:
        """Of one log no two may contradict each other. Raises `EvidenceError`."""
        seen: dict[tuple[str, int], Checkpoint] = {}
        for note in (*self.notes, *(proof.note for proof in self.proofs)):
            found = Checkpoint.read(note, self.log_keys)
            if seen.setdefault((found.origin, found.size), found).root != found.root:
                raise broken(Fault.CHECKPOINTS_CONTRADICT, found.origin)
        return list(seen.values())


def _place(proof: InclusionProof, receipt: Receipt, keys: Sequence[Verifier]) -> str:
    at = receipt.position
    log = check_entry(proof, at.meeting, at.hash, keys)
    return f"{log.origin}, leaf {proof.index} of {log.size}"
