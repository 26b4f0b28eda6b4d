"""`gatekeeper verify`: whether the ledger, or a receipt, is as it was written."""

import argparse
from pathlib import Path

from gatekeeper.app.cli.command import Commands
from gatekeeper.app.cli.ledger import ledger_file, require_ledger
from gatekeeper.config import Config, load
from gatekeeper.errors import ConfigInvalid, DataDirectoryUnusable, EvidenceError
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.entries import SERVER
from gatekeeper.evidence.receipt_file import ADDRESS, check, read_keys
from gatekeeper.evidence.receipt_proof import LogProof
from gatekeeper.storage.damage import sentence
from gatekeeper.web.seal_log import ROOT


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "verify", help="verify the ledger, or files of receipts, offline"
    )
    parser.add_argument("receipts", type=Path, metavar="RECEIPT", nargs="*")
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--config", type=Path, metavar="FILE", help="whose ledger")
    whose.add_argument(
        "--key", type=Path, metavar="FILE", help=f"the gate's, from {ADDRESS}"
    )
    parser.add_argument(
        "--proof",
        type=Path,
        metavar="FILE",
        help="the meeting's .tlog-proof, from the page afterwards",
    )
    parser.add_argument(
        "--log-key", type=Path, metavar="FILE", help=f"the log's, from {ROOT}/keys"
    )
    parser.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    if options.receipts and options.config:
        raise ConfigInvalid(
            "Receipts are checked without a server: leave --config out."
        )
    if (options.proof is None) != (options.log_key is None):
        raise ConfigInvalid(
            f"--proof and --log-key go together. A log's keys are at its {ROOT}/keys."
        )
    if options.receipts:
        return _verify_receipts(options)
    if options.key or options.proof:
        raise ConfigInvalid(
            "--key and --proof are for receipts: name the files that hold them."
        )
    return _verify_ledger(options)


def _verify_receipts(options: argparse.Namespace) -> int:
    key: Path | None = options.key
    results = list(check(options.receipts, None if key is None else read_keys(key)))
    if options.proof is not None:
        proof = LogProof.read(options.proof, options.log_key)
        results = [proof.of(result) for result in results]
    for result in results:
        print(result)  # noqa: T201
    faults = sum(result.fault is not None for result in results)
    print(f"{len(results)} receipts, {faults} that do not verify.")  # noqa: T201
    if key is None and faults < len(results):
        kids = ", ".join(sorted({r.kid for r in results if r.kid is not None}))
        print(  # noqa: T201
            f"Nothing in those that are good was changed since {kids} signed them. "
            f"Whose key that is, its server says at {ADDRESS}: save that, and name it "
            "with --key."
        )
    return 1 if faults else 0


def _verify_ledger(options: argparse.Namespace) -> int:
    config: Config = load(options.config)
    require_ledger(config)
    audit = verify_ledger(config.data.directory)
    for report in audit.chains:
        state = report.fault or ("sealed" if report.sealed else "open")
        print(f"{report.meeting}  {report.entries} entries  {state}")  # noqa: T201
    for room, at in audit.ended.items():
        print(f"{room}  removed by retention on {at:%Y-%m-%d}")  # noqa: T201
    faults = sum(report.fault is not None for report in audit.chains)
    meetings = sum(report.meeting != SERVER for report in audit.chains)
    print(f"{meetings} meetings, {faults} that do not verify.")  # noqa: T201
    if audit.damage:
        raise DataDirectoryUnusable(
            sentence(ledger_file(config), EvidenceError("; ".join(audit.damage)))
        )
    return 1 if faults else 0
