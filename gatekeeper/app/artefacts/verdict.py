"""What came of one thing that was to be verified."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self, TypeVar

from gatekeeper.errors import EvidenceError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the answer."""

    where: str
    """File, and what in it if there are more."""
    code: str
    """`good`, or which check it did not pass (`evidence.faults.Fault`)."""
    told: str
    """What it says if it is good; else what is wrong."""
    kid: str | None = None
    """Whose signature holds, where the key was the one that it carries."""

    @property
    def good(self) -> bool:
        """Whether everything holds."""
        return self.code == "good"

    @classmethod
    def of(cls, where: str, exc: EvidenceError, before: str = "") -> Self:
        """That it does not hold. `before`: what is said before the error's own."""
        return cls(where, exc.code, f"{before}{exc}")

    def __str__(self) -> str:
        told = (
            f"good: {self.told}"
            if self.good
            else f"does not verify: {self.told} ({self.code})"
        )
        # What is in a file may have been written to confuse whoever reads it here.
        return "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}"
            for c in f"{self.where}  {told}"
        )


def judged(
    where: str, check: Callable[[], _T], told: Callable[[_T], str]
) -> Iterator[Verdict]:
    """The one verdict of a check that raises `EvidenceError`."""
    try:
        found = check()
    except EvidenceError as exc:
        yield Verdict.of(where, exc)
    else:
        yield Verdict(where, "good", told(found))
