"""Proofs and states of a log of seals (C2SP tlog-proof and tlog-checkpoint)."""

from collections.abc import Iterator

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict, judged
from gatekeeper.errors import EvidenceError, ReceiptUnreadable
from gatekeeper.evidence.faults import Fault
from gatekeeper.evidence.meeting_proof import Places, check_entries
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.web.seal_log import ROOT


def is_proof(held: Held) -> bool:
    """By its first words; which version it is of is for the check."""
    return held.content.startswith(b"c2sp.org/tlog-proof@")


def lay_proof(held: Held, beside: Beside) -> None:
    """Have receipts checked with it. Raises `ReceiptUnreadable`."""
    try:
        beside.proofs.append(InclusionProof.read(held.text or ""))
    except EvidenceError:
        return  # it is told when it is verified itself


def verify_proof(held: Held, beside: Beside) -> Iterator[Verdict]:
    """Whether all that it tells of is in the log. Raises `ReceiptUnreadable`."""
    _require_keys(held, beside)

    def check() -> tuple[InclusionProof, tuple[Places, Checkpoint]]:
        proof = InclusionProof.read(held.text or "")
        return proof, check_entries(proof, beside.log_keys)

    def told(found: tuple[InclusionProof, tuple[Places, Checkpoint]]) -> str:
        proof, (places, log) = found
        return (
            f"{len(places.entries)} entries of a sealed meeting, in the log "
            f"{log.origin}, leaf {proof.index} of {log.size}"
        )

    yield from judged(str(held.path), check, told)


def is_checkpoint(held: Held) -> bool:
    """A note of three lines, or more, and who signed it."""
    return held.text is not None and "\n\n\N{EM DASH} " in held.text


def lay_checkpoint(held: Held, beside: Beside) -> None:
    """Have ledgers and other states of the log checked with it."""
    beside.notes.append(held.text or "")


def verify_checkpoint(held: Held, beside: Beside) -> Iterator[Verdict]:
    """Whether its log has signed it, and said nothing else elsewhere."""
    _require_keys(held, beside)

    def check() -> Checkpoint:
        found = Checkpoint.read(held.text or "", beside.log_keys)
        beside.checkpoints()
        return found

    yield from judged(
        str(held.path), check, lambda log: f"the log {log.origin} had {log.size} leaves"
    )


def _require_keys(held: Held, beside: Beside) -> None:
    if not beside.log_keys:
        raise ReceiptUnreadable(
            f"{held.path}: name the log's keys beside it, with --log-key. A log's keys "
            f"are at its {ROOT}/keys.",
            code=Fault.KEY_NEEDED,
        )
