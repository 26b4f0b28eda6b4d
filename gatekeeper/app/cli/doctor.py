"""`gatekeeper doctor`: what is wrong with a server, from the outside in."""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from gatekeeper.app.cli.command import Commands, add_config, keys_given
from gatekeeper.app.doctor.doctor import PATIENCE, Case, examine
from gatekeeper.app.doctor.finding import Finding, Grade
from gatekeeper.app.doctor.site import PORTS, Address
from gatekeeper.clock import Clock
from gatekeeper.config.section import secret
from gatekeeper.errors import ConfigInvalid


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "doctor", help="look for what is wrong with a server, with cause and fix"
    )
    parser.add_argument("url", nargs="?", metavar="URL", help="as people open it")
    add_config(parser)
    parser.add_argument(
        "--at", metavar="ADDRESS", help="look there, whatever the name leads to"
    )
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help="who may open rooms"
    )
    parser.add_argument(
        "--patience",
        type=_seconds,
        default=PATIENCE,
        metavar="SECONDS",
        help=f"for each check; {PATIENCE:g} unless said",
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    if options.url is None and options.config is None:
        raise ConfigInvalid(
            "Say what to look at: the address that people open, --config FILE on the "
            "server's own machine, or both."
        )
    address = None if options.url is None else Address.parse(options.url, options.at)
    usual = address is not None and address.port == PORTS["https"]
    case = Case(
        address,
        options.config,
        keys_given(),
        secret("--token-file", options.token_file),
        PORTS["http"] if usual else None,
    )
    told = _Told(quiet=options.json)
    asyncio.run(examine(case, told, Clock(), options.patience))
    told.close()
    return 1 if told.faults else 0


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 600:
        raise ValueError
    return seconds


class _Told:
    """Whoever reads the answer: a line a finding, or all of them as JSON."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._live = sys.stderr.isatty() and not quiet
        self._running: list[str] = []
        self._all: list[dict[str, str]] = []

    @property
    def faults(self) -> int:
        """How many there are."""
        return self._count(Grade.FAULT)

    def begun(self, check: str) -> None:
        """Show what runs, where somebody watches."""
        self._running.append(check)
        self._show()

    def ended(self, check: str) -> None:
        """Show what still runs."""
        self._running.remove(check)
        self._show()

    def found(self, check: str, finding: Finding) -> None:
        """Print it."""
        self._all.append(
            {
                "check": check,
                "grade": finding.grade.value,
                "cause": finding.cause,
                "fix": finding.fix,
            }
        )
        if self._quiet:
            return
        said = f"{finding.cause} {finding.fix}".strip()
        self._wipe()
        print(f"{finding.grade.value:8} {check}: {said}", flush=True)  # noqa: T201
        self._show()

    def close(self) -> None:
        """Sum up."""
        if self._quiet:
            whole = {"well": not self.faults, "findings": self._all}
            print(json.dumps(whole, ensure_ascii=False, indent=1))  # noqa: T201
            return
        self._wipe()
        print(f"{self.faults} faults, {self._count(Grade.WARNING)} warnings.")  # noqa: T201

    def _count(self, grade: Grade) -> int:
        return sum(each["grade"] == grade.value for each in self._all)

    def _show(self) -> None:
        if self._live and self._running:
            said = f"Looking at {', '.join(self._running)} ..."
            sys.stderr.write(f"\r\x1b[K{said[:79]}")
            sys.stderr.flush()

    def _wipe(self) -> None:
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
