"""The time of day: whether two machines agree on it, and whether it runs evenly."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from gatekeeper.app.doctor.finding import Finding, fault, ok, skipped, warning
from gatekeeper.app.doctor.site import Answer
from gatekeeper.clock import Clock

NOTED = 5.0
"""Seconds that are worth a word."""
WRONG = 60.0
"""Seconds with which credentials, certificates and receipts tell another time."""
_FIX = (
    "Have both machines keep time by NTP (`timedatectl set-ntp true`); whose clock is "
    "wrong cannot be told from here."
)
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
_KEPT = ("Normal", "Insert second", "Delete second")
"""What `chronyc tracking` says of a clock that is kept (chronyc(1), Leap status)."""
_ASKED_FOR = 2.0
"""Seconds that chrony's daemon gets to answer."""


def look_at_date(answer: Answer, asked: datetime, had: datetime) -> list[Finding]:
    """
    Whether an answer was dated as this machine's clock has it.

    `asked`, `had`: between which it was made. `Date` has whole seconds (RFC 9110,
    section 5.6.7).
    """
    try:
        said = parsedate_to_datetime(answer.lines("Date")[0]).astimezone(UTC)
        late = (asked - said).total_seconds() - 1
        early = (said - had).total_seconds()
        apart = max(late, early, 0.0)
    except (IndexError, ValueError, OverflowError):
        return [skipped("The answer has no date.")]
    cause = f"The server's clock and this machine's are {apart:.0f} seconds apart."
    if apart > WRONG:
        return [fault(cause, _FIX)]
    if apart > NOTED:
        return [warning(cause, _FIX)]
    return [ok("The server's clock and this machine's agree.")]


def look_at_clock(clock: Clock, synchronised: Path = _SYNCHRONISED) -> list[Finding]:
    """Whether this machine's clock was set while the doctor looked; what keeps it."""
    if (jump := clock.jumped()) is not None:
        return [
            fault(
                f"This machine's clock was set by {jump:+.0f} seconds just now: gates "
                "close when that happens.",
                "Let one program alone set the clock, in small steps (chrony, "
                "systemd-timesyncd).",
            )
        ]
    if (leap := _chrony()) is not None:
        return [_told_by_chrony(leap)]
    if synchronised.parent.is_dir() and not synchronised.exists():
        return [
            warning(
                "systemd-timesyncd has not set the clock since the machine started.",
                "Let it reach a time server: timedatectl timesync-status",
            )
        ]
    return [ok("This machine's clock runs evenly.")]


def _told_by_chrony(leap: str) -> Finding:
    if leap in _KEPT:
        return ok("This machine's clock runs evenly, and chrony keeps it.")
    return warning(
        f"chrony does not keep this machine's clock: {leap}.",
        "Let it reach a time server: chronyc -n sources",
    )


def _chrony() -> str | None:
    """The leap status that chrony's daemon tells; None where there is none. Blocks."""
    program = shutil.which("chronyc")
    if program is None:
        return None
    try:
        told = subprocess.run(  # noqa: S603 - nothing of anybody's is in it
            [program, "-n", "tracking"],
            capture_output=True,
            text=True,
            timeout=_ASKED_FOR,
            check=True,
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None  # it is installed, and another program keeps the time
    found = re.search(r"^Leap status\s*: (.{1,40})$", told.stdout, re.MULTILINE)
    return None if found is None else found[1].strip()
