"""Checkpoints and proofs as texts: other people's note, and every mutation of ours."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.evidence.tlog.note import Signer, Verifier, opened
from gatekeeper.evidence.tlog.tree import inclusion, root
from tests.evidence.tlog.test_tree import FIND, LEAVES

# The example of C2SP signed-note v1.0.0.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj"
    "OBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SIGNER = Signer("meet.example/log/1", Ed25519PrivateKey.from_private_bytes(bytes(32)))
OTHER = Signer("meet.example/log/1", Ed25519PrivateKey.from_private_bytes(b"1" * 32))
KEYS = [SIGNER.verifier]
CHECKPOINT = Checkpoint(SIGNER.name, 7, root(7, FIND))
NOTED = CHECKPOINT.signed(SIGNER)
PROOF = InclusionProof(3, tuple(inclusion(3, 7, FIND)), NOTED, b'{"a":1}')


def test_a_note_of_others() -> None:
    key = Verifier.read(VKEY)

    assert key.text() == VKEY
    assert opened(NOTE, [key]) == "This is an example message.\n"


def test_what_is_written_is_read() -> None:
    assert Verifier.read(SIGNER.verifier.text()) == SIGNER.verifier
    assert Checkpoint.read(NOTED, KEYS) == CHECKPOINT
    assert InclusionProof.read(PROOF.text()) == PROOF
    assert PROOF.check(LEAVES[3], KEYS) == CHECKPOINT


def test_a_key_that_is_not_known_is_passed_over() -> None:
    both = NOTED + OTHER.sign(CHECKPOINT.text()).rpartition("\n\n")[2]

    assert Checkpoint.read(both, KEYS) == CHECKPOINT
    assert Checkpoint.read(both, [OTHER.verifier]) == CHECKPOINT
    with pytest.raises(EvidenceError, match="nobody who is known"):
        Checkpoint.read(NOTED, [OTHER.verifier])


def test_a_known_key_that_does_not_hold_makes_a_note_worthless() -> None:
    forged = OTHER.sign(CHECKPOINT.text().replace("7", "8"))
    line = forged.rpartition("\n\n")[2]

    with pytest.raises(EvidenceError, match="does not hold"):
        Checkpoint.read(NOTED + line, [*KEYS, OTHER.verifier])


def test_a_checkpoint_of_another_log_is_none() -> None:
    other = Checkpoint("meet.example/log/2", 7, CHECKPOINT.root).signed(SIGNER)

    with pytest.raises(EvidenceError, match="another log's"):
        Checkpoint.read(other, KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "meet.example/log/1\n7\n",
        "meet.example/log/1\n07\nAAAA\n",
        "meet.example/log/1\n7\nAAAA\n",
        CHECKPOINT.text() + "more\n",
        CHECKPOINT.text().replace("7", "-7", 1),
    ],
)
def test_what_is_signed_and_no_checkpoint(text: str) -> None:
    with pytest.raises(EvidenceError):
        Checkpoint.read(SIGNER.sign(text), KEYS)


@given(st.data())
def test_no_other_text_is_the_same_proof(data: st.DataObject) -> None:
    """Each character, changed, dropped, or one more."""
    text = PROOF.text()
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.sampled_from(["", "A", "+", "=", " ", "\n", "0", "7", "—"]))
    keep = data.draw(st.booleans())
    changed = text[:at] + new + (text[at:] if keep else text[at + 1 :])
    if changed == text:
        return
    try:
        found = InclusionProof.read(changed)
        said = found.check(LEAVES[3], KEYS)
    except EvidenceError:
        return
    # Only what nothing vouches for may differ, and signatures of nobody who is known.
    assert (found.index, found.path, said) == (PROOF.index, PROOF.path, CHECKPOINT)


@pytest.mark.parametrize("text", ["", "x", "a+b", VKEY[:-1], VKEY.replace("53", "63")])
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(EvidenceError):
        Verifier.read(text)


def test_what_is_too_long_is_not_read() -> None:
    with pytest.raises(EvidenceError, match="too large"):
        opened("a" * 20_000, KEYS)
    with pytest.raises(EvidenceError, match="too large"):
        InclusionProof.read("a" * (1 << 21))
