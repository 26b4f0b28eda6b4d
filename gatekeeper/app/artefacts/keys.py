"""Public keys: of gates, as a JWK Set, and of logs, one vkey a line."""

from collections.abc import Iterator

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict, judged
from gatekeeper.errors import EvidenceError, ForgedStatement, MalformedMessage
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.key import ParticipantKey, published
from gatekeeper.evidence.tlog.note import Verifier


def are_gates(held: Held) -> bool:
    """A JWK, or a JWK Set."""
    return "keys" in held.members or "kty" in held.members


def lay_gates(held: Held, beside: Beside) -> None:
    """Have what gates sign checked with these, and no others."""
    try:
        beside.keys += [key.model_dump() for key in published(held.content)]
    except MalformedMessage:
        return  # it is told when it is verified itself


def verify_gates(held: Held, _beside: Beside) -> Iterator[Verdict]:
    """Whether each is a key that binds its owner."""

    def check() -> list[str]:
        try:
            return [ParticipantKey.of(k).thumbprint for k in published(held.content)]
        except (MalformedMessage, ForgedStatement) as exc:
            raise broken(Fault.KEY_INVALID) from exc

    yield from judged(str(held.path), check, lambda kids: f"keys {', '.join(kids)}")


def are_logs(held: Held) -> bool:
    """Lines of vkeys."""
    lines = (held.text or "").split()
    return bool(lines) and all(line.count("+") >= 2 for line in lines)


def lay_logs(held: Held, beside: Beside) -> None:
    """Have proofs and checkpoints checked with these."""
    try:
        beside.log_keys += [Verifier.read(line) for line in (held.text or "").split()]
    except EvidenceError:
        return  # it is told when it is verified itself


def verify_logs(held: Held, _beside: Beside) -> Iterator[Verdict]:
    """Whether each is a key that binds its owner."""
    yield from judged(
        str(held.path),
        lambda: [Verifier.read(line) for line in (held.text or "").split()],
        lambda keys: "keys of " + ", ".join(sorted({key.name for key in keys})),
    )
