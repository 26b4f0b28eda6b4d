"""
Faults: what goes on by itself goes on, whatever a disk or a database does.

And why a request of a person's is refused, each with a code that never changes:

- `RequestRefused`: `ReceiptInvalid`, `ReceiptForeign`, `ReceiptsOfSeveral`,
  `MeetingUnknown`, `StillCaptured`
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import structlog

from gatekeeper.errors import GatekeeperError, OperatorError

log = structlog.get_logger(__name__)


class RequestRefused(OperatorError):
    """What a person asks for cannot be done. Said to who acts for them."""

    code: ClassVar[str] = "refused"
    """Never changes."""
    detail: ClassVar[str] = "The request cannot be carried out."

    def __init__(self) -> None:
        super().__init__(f"{self.code}: {self.detail}")


class ReceiptInvalid(RequestRefused):
    """No receipt, or one in which something was changed."""

    code = "receipt-invalid"
    detail = (
        "This is no receipt as a gate has signed it. Ask for the file (.jws) that was "
        "saved in the room or on the page afterwards, unchanged."
    )


class ReceiptForeign(RequestRefused):
    """Good, and signed by another server."""

    code = "receipt-foreign"
    detail = (
        "Another server signed this receipt. What is held is held there: the receipt "
        "says who runs it."
    )


class ReceiptsOfSeveral(RequestRefused):
    """Receipts of more than one person, or of more than one meeting."""

    code = "receipts-of-several"
    detail = (
        "These receipts are of several people or meetings. Name a file for each, so "
        "that nobody gets, or loses, what is somebody else's."
    )


class MeetingUnknown(RequestRefused):
    """Nothing is on record of the meeting, or of this person in it."""

    code = "meeting-unknown"
    detail = (
        "Nothing is on record here of this person in that meeting: its time is over, "
        "or the ledger is of a backup from before it."
    )


class StillCaptured(RequestRefused):
    """Something is open with them in it just now."""

    code = "still-captured"
    detail = (
        "Something that they have allowed is running just now. They press Don't allow "
        "in the room first, or the meeting ends; then ask again."
    )


@contextmanager
def survived(event: str) -> Iterator[None]:
    """Let no fault of a disk or a database out; log it as `event`."""
    try:
        yield
    except (GatekeeperError, OSError) as exc:
        log.error(event, cause=type(exc).__name__)
