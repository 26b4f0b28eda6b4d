"""
A finding: what one look at one thing has shown.

Rule 1: a fault and a warning name the cause and the fix.
Rule 2: what others have sent is shown without what a terminal would obey, and cut.
"""

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 600
"""Characters of a sentence."""


class Grade(StrEnum):
    """How a thing is."""

    OK = "ok"
    WARNING = "warning"
    """It works, for some or for now."""
    FAULT = "fault"
    SKIPPED = "skipped"
    """It was not looked at, and the cause says why."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in plain words."""

    grade: Grade
    cause: str
    fix: str = ""


def ok(cause: str) -> Finding:
    """All is well."""
    return Finding(Grade.OK, cause)


def warning(cause: str, fix: str) -> Finding:
    """It works, for some or for now."""
    return Finding(Grade.WARNING, cause, fix)


def fault(cause: str, fix: str) -> Finding:
    """It does not work."""
    return Finding(Grade.FAULT, cause, fix)


def skipped(cause: str) -> Finding:
    """Nobody looked."""
    return Finding(Grade.SKIPPED, cause)


def plain(text: str) -> str:
    """One line that any terminal may be shown."""
    text = " ".join(text.split())
    return "".join(c if c.isprintable() else "?" for c in text)[:LONGEST]
