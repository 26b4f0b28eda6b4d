"""A doctor who remembers what was told, and what is needed to mislead one."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.app.doctor.doctor import Case, examine
from gatekeeper.app.doctor.finding import Finding, Grade
from gatekeeper.app.doctor.site import Address
from gatekeeper.clock import Clock

PATIENCE = 15.0
"""Seconds; what is expected to be silent is given less."""
BAD = (Grade.FAULT, Grade.WARNING)


@dataclass
class Told:
    """All that was found."""

    findings: list[tuple[str, Finding]] = field(default_factory=list)

    def begun(self, check: str) -> None: ...

    def ended(self, check: str) -> None: ...

    def found(self, check: str, finding: Finding) -> None:
        self.findings.append((check, finding))

    @property
    def bad(self) -> dict[str, str]:
        """What is no good, by the name of the check."""
        found: dict[str, str] = {}
        for check, each in self.findings:
            if each.grade in BAD:
                said = f"{each.grade.value}: {each.cause} {each.fix}"
                found[check] = f"{found.get(check, '')}\n{said}".strip()
        return found

    def grade(self, check: str) -> str:
        """Of the one finding of a check."""
        (found,) = [each for name, each in self.findings if name == check]
        return found.grade.value

    @property
    def text(self) -> str:
        return "\n".join(f"{check} {each}" for check, each in self.findings)


async def told(
    url: str | None = None,
    *,
    at: str | None = "127.0.0.1",
    file: Path | None = None,
    clock: Clock | None = None,
    patience: float = PATIENCE,
    **more: Any,
) -> Told:
    """What a doctor says."""
    address = None if url is None else Address.parse(url, at)
    audience = Told()
    case = Case(address, file, **more)
    await examine(case, audience, clock or Clock(), patience)
    return audience


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> "Trusting":
    return Trusting(monkeypatch)


@dataclass
class Trusting:
    """Has this machine know certificates, as an admin would."""

    monkeypatch: pytest.MonkeyPatch

    def __call__(self, file: Path) -> None:
        self.monkeypatch.setenv("SSL_CERT_FILE", os.fspath(file))
