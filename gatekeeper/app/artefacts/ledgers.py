"""Ledgers: a data directory, or a copy of its database."""

from collections.abc import Iterator
from pathlib import Path

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict
from gatekeeper.errors import DataDirectoryUnusable, EvidenceError
from gatekeeper.evidence.audit import ChainReport, require_later, verify_ledger
from gatekeeper.evidence.entries import SERVER
from gatekeeper.evidence.faults import Fault
from gatekeeper.evidence.tlog.log_key import public_keys
from gatekeeper.storage.damage import sentence
from gatekeeper.storage.directory import KEYS, LEDGER


def is_ledger(held: Held) -> bool:
    """A database of SQLite, or a directory that has one with a ledger's name."""
    return held.content.startswith(b"SQLite format 3\0") or _file(held).is_file()


def verify(held: Held, beside: Beside) -> Iterator[Verdict]:
    """
    A verdict for each meeting, and one for the file if that is damaged.

    Raises `DataDirectoryUnusable` if there is no ledger in it.
    """
    file = _file(held) if held.path.is_dir() else held.path
    audit = verify_ledger(file.parent, file)
    for report in audit.chains:
        yield _of(held.path, report)
    for meeting, at in audit.ended.items():
        told = f"removed by retention on {at:%Y-%m-%d}"
        yield Verdict(f"{held.path}/{meeting}", "good", told)
    if audit.damage:
        told = sentence(file, EvidenceError("; ".join(audit.damage)))
        yield Verdict(str(held.path), Fault.LEDGER_DAMAGED, told)
    elif beside.notes:
        yield from _since(held.path, file, beside)


def _file(held: Held) -> Path:
    return held.path / LEDGER


def _of(path: Path, report: ChainReport) -> Verdict:
    where = f"{path}/{report.meeting}"
    if report.fault is not None:
        return Verdict(where, Fault.CHAIN_INVALID, report.fault)
    state = "sealed" if report.sealed and report.meeting != SERVER else "open"
    return Verdict(where, "good", f"{report.entries} entries, {state}")


def _since(path: Path, file: Path, beside: Beside) -> Iterator[Verdict]:
    """Whether its log goes on from the states that somebody has kept."""
    try:
        beside.log_keys += public_keys(file.parent / KEYS)
        for checkpoint in beside.checkpoints():
            require_later(file, checkpoint)
    except (EvidenceError, DataDirectoryUnusable) as exc:
        yield Verdict(str(path), Fault.LEDGER_DAMAGED, str(exc))
    else:
        yield Verdict(str(path), "good", "its log goes on from every checkpoint named")
