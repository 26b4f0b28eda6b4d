"""
The table: which kinds of thing can be verified, how each is told, and by what checked.

Rule 1: a kind is told by what is in a file, never by its name; the first that fits.
Rule 2: each says what it proves, and what it does not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gatekeeper.app.artefacts import (
    exports,
    feeds,
    keys,
    ledgers,
    logs,
    own_copies,
    signed,
)
from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict
from gatekeeper.errors import ReceiptUnreadable
from gatekeeper.evidence.faults import Fault


@dataclass(frozen=True, slots=True)
class Kind:
    """One row."""

    several: str
    """Its name, as it is counted."""
    looks: Callable[[Held], bool]
    """Whether a file is of this kind, as far as one sees from outside."""
    verify: Callable[[Held, Beside], Iterator[Verdict]]
    """May raise `OperatorError`, where something is missing to check it with."""
    proves: str
    not_proved: str
    lay: Callable[[Held, Beside], None] | None = None
    """Lays it beside the others, where they are checked with it."""


KINDS = (
    Kind(
        "chains",
        ledgers.is_ledger,
        ledgers.verify,
        "No entry was changed, dropped, added or moved, every grant was signed by "
        "the person it is of, and whatever is sealed is in the log.",
        "That the end of an open meeting was not cut off, or that others were shown "
        "the same log: for that, keep a checkpoint and name it beside the ledger.",
    ),
    Kind(
        "findings in exports",
        exports.is_export,
        exports.verify,
        "Everybody in a track had signed a yes to just this, in just these words, "
        "while it was captured; the files are those on record. A film is by the gate's "
        "word made of those tracks and nothing else.",
        "Who the people are, that nobody else is seen or heard in it, or that nothing "
        "was taken back since. Nor that the keys in it are the server's: take those "
        "from the server while you trust it, and name them with --key and --log-key.",
        exports.lay,
    ),
    Kind(
        "films and tracks",
        exports.is_media,
        exports.verify_media,
        "It is, packet for packet or as a whole, what the export of its meeting tells "
        "of, and everybody in that part of it had signed a yes to just this.",
        "Who the people are, or that nothing was taken back since.",
    ),
    Kind(
        "feeds",
        feeds.is_feed,
        feeds.verify,
        "The server has told everybody by these days which files must be used no "
        "longer, and cannot take that back unseen.",
        "Why, or whose they were. Nor what was taken back after its last day.",
        feeds.lay,
    ),
    Kind(
        "own copies",
        own_copies.is_own_copy,
        own_copies.verify,
        "The receipts in it hold, and each file is the one that the copy of the ledger "
        "tells of.",
        "That nothing was left out of it: the copy as a whole is signed by nobody.",
    ),
    Kind(
        "proofs",
        logs.is_proof,
        logs.verify_proof,
        "The entries that it names stand in a sealed meeting, and that in the log: the "
        "server cannot take them out again unseen.",
        "What the entries say, and of which meeting they are: name the receipts beside "
        "it. Nor that everybody is shown the same log: compare checkpoints.",
        logs.lay_proof,
    ),
    Kind(
        "checkpoints",
        logs.is_checkpoint,
        logs.verify_checkpoint,
        "The log has signed that it had this size and these contents.",
        "What is in the log. Keep it: whoever has it can show later that the log was "
        "changed.",
        logs.lay_checkpoint,
    ),
    Kind(
        "log keys",
        keys.are_logs,
        keys.verify_logs,
        "Nothing by themselves: proofs and checkpoints are checked with them.",
        "Whose they are. Take them from the server while you trust it.",
        keys.lay_logs,
    ),
    Kind(
        "gate keys",
        keys.are_gates,
        keys.verify_gates,
        "Nothing by themselves: receipts are checked with them.",
        "Whose they are. Take them from the server while you trust it.",
        keys.lay_gates,
    ),
    Kind(
        "audit documents",
        signed.is_audit,
        signed.verify,
        "The gate has signed that this was on, when, and that so many people had "
        "signed a yes to these words.",
        "The signatures of the people, which are not in it: it is the gate's word. Nor "
        "who they are.",
    ),
    Kind(
        "receipts",
        signed.is_receipt,
        signed.verify,
        "Whoever held the key that the participant's browser had made for this meeting "
        "said this, to exactly these words, and the gate has written it down.",
        "Who that person is, that they had read the words, or that nobody else was "
        "recorded. Nor that it was never taken back: that has a receipt of its own.",
    ),
)


def kind_of(held: Held) -> Kind:
    """Raises `ReceiptUnreadable` if it is of none."""
    for kind in KINDS:
        if kind.looks(held):
            return kind
    if held.path.is_dir():
        raise ReceiptUnreadable(f"{held.path}: it is a directory without a ledger.")
    raise ReceiptUnreadable(
        f"{held.path}: there is no receipt in it, and nothing else that can be checked "
        "(kind-unknown).",
        code=Fault.KIND_UNKNOWN,
    )
