"""`gatekeeper verify`: whether what was handed out, or the ledger, is as it was."""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.feeds import asked
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.kinds import KINDS, Kind, kind_of
from gatekeeper.app.artefacts.logs import lay_proof
from gatekeeper.app.artefacts.verdict import Verdict
from gatekeeper.app.cli.command import Commands
from gatekeeper.app.cli.ledger import ledger_file, require_ledger
from gatekeeper.config import Config, load
from gatekeeper.errors import (
    ConfigInvalid,
    DataDirectoryUnusable,
    EvidenceError,
    ReceiptUnreadable,
)
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.entries import SERVER
from gatekeeper.evidence.receipt_file import ADDRESS, read_keys
from gatekeeper.evidence.tlog.note import Verifier
from gatekeeper.storage.damage import sentence
from gatekeeper.web.seal_log import ROOT


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "verify",
        help="verify the ledger, or receipts, proofs and other files, offline",
        description="Verify the ledger of a configuration, or files: receipts, proofs "
        "and checkpoints of the log, audit documents, own copies, ledgers. What a file "
        "is, is told by what is in it; those that belong together are used together, "
        "with the keys that are named among them.",
    )
    parser.add_argument("paths", type=Path, metavar="FILE", nargs="*")
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
    parser.add_argument(
        "--export",
        type=Path,
        metavar="FILE",
        help="the export of its meeting (.zip), for films, tracks and cuts of them",
    )
    parser.add_argument(
        "--server",
        metavar="URL",
        help="ask it which files were taken back; also: name what it said, as a file",
    )
    parser.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    if options.paths and options.config:
        raise ConfigInvalid("Files are checked without a server: leave --config out.")
    if options.paths:
        return _verify_files(options)
    if any((options.key, options.proof, options.log_key, options.export)) or (
        options.server
    ):
        raise ConfigInvalid(
            "--key, --proof, --log-key, --export and --server are for what was handed "
            "out: name the files."
        )
    return _verify_ledger(options)


def _verify_files(options: argparse.Namespace) -> int:
    beside = _named(options)
    found = [(held, kind_of(held)) for held in map(Held.of, options.paths)]
    for held, kind in found:
        if kind.lay is not None:
            kind.lay(held, beside)
    if options.server is not None:
        beside.feeds += asked(options.server)
    if (beside.proofs or beside.feeds) and not beside.log_keys:
        raise ConfigInvalid(
            f"A proof and the log's keys go together: they are at its {ROOT}/keys. "
            "Name them among the files, or with --log-key."
        )
    judged: dict[Kind, list[Verdict]] = {}
    for held, kind in found:
        for verdict in kind.verify(held, beside):
            judged.setdefault(kind, []).append(verdict)
            print(verdict)  # noqa: T201
    for kind in KINDS:
        if kind in judged:
            _sum(kind, judged[kind])
    verdicts = [verdict for each in judged.values() for verdict in each]
    _tell_keys(verdicts)
    return 0 if all(verdict.good for verdict in verdicts) else 1


def _sum(kind: Kind, verdicts: Sequence[Verdict]) -> None:
    counted = Counter(verdict.good for verdict in verdicts)
    print(  # noqa: T201
        f"{len(verdicts)} {kind.several}, {counted[False]} that do not verify."
    )
    if counted[True]:
        print(f"  This proves: {kind.proves}")  # noqa: T201
        print(f"  It does not prove: {kind.not_proved}")  # noqa: T201


def _tell_keys(verdicts: Sequence[Verdict]) -> None:
    kids = ", ".join(sorted({v.kid for v in verdicts if v.kid is not None}))
    if kids:
        print(  # noqa: T201
            f"Nothing in those that are good was changed since {kids} signed them. "
            f"Whose key that is, its server says at {ADDRESS}: save that, and name it "
            "with --key."
        )


def _named(options: argparse.Namespace) -> Beside:
    """What options name to check others with. Raises `ReceiptUnreadable`."""
    beside = Beside()
    if options.key is not None:
        beside.pin(read_keys(options.key))
    if options.log_key is not None:
        lines = (Held.of(options.log_key).text or "").split()
        try:
            beside.log_keys += [Verifier.read(line) for line in lines]
        except EvidenceError as exc:
            raise ReceiptUnreadable(f"{options.log_key}: {exc}.") from exc
    if options.export is not None:
        beside.exports.append(options.export)
    if options.proof is not None:
        lay_proof(Held.of(options.proof), beside)
        if not beside.proofs:
            raise ReceiptUnreadable(f"{options.proof}: it is no proof of a log.")
    return beside


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
