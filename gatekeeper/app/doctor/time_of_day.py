"""The time of day: whether two machines agree on it, and whether it runs evenly."""

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
    """Whether this machine's clock was set while the doctor looked, and by whom."""
    if (jump := clock.jumped()) is not None:
        return [
            fault(
                f"This machine's clock was set by {jump:+.0f} seconds just now: gates "
                "close when that happens.",
                "Let one program alone set the clock, in small steps (chrony, "
                "systemd-timesyncd).",
            )
        ]
    if synchronised.parent.is_dir() and not synchronised.exists():
        return [
            warning(
                "systemd-timesyncd has not set the clock since the machine started.",
                "Let it reach a time server: timedatectl timesync-status",
            )
        ]
    return [ok("This machine's clock runs evenly.")]
