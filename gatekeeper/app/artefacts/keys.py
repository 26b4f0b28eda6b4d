"""Public keys: of gates, as a JWK Set, and of logs, one vkey a line."""

from collections.abc import Iterator

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict, judged
from gatekeeper.errors import EvidenceError, ForgedStatement, MalformedMessage
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.key import Ed25519Jwk, ParticipantKey, published
from gatekeeper.evidence.tlog.note import Verifier


def are_gates(held: Held) -> bool:
    """A JWK, or a JWK Set."""
    return "keys" in held.members or "kty" in held.members


def lay_gates(held: Held, beside: Beside) -> None:
    """Have what gates sign checked with these, and no others."""
    try:
        beside.pin(_keys(held))
    except EvidenceError:
        beside.pin(())  # it is told when it is verified itself


def verify_gates(held: Held, _beside: Beside) -> Iterator[Verdict]:
    """Whether each is a key that binds its owner."""
    yield from judged(
        str(held.path),
        lambda: [ParticipantKey.of(key).thumbprint for key in _keys(held)],
        lambda kids: f"keys {', '.join(kids)}",
    )


def _keys(held: Held) -> list[Ed25519Jwk]:
    try:
        keys = published(held.content)
        for key in keys:
            ParticipantKey.of(key)
    except (MalformedMessage, ForgedStatement) as exc:
        raise broken(Fault.KEY_INVALID) from exc
    return keys


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
