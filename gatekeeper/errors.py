"""
What can go wrong, sorted by who must hear of it.

- `GatekeeperError`
    - `PeerError`: a client's mistake or a limit it met; goes to that client.
        - `MalformedMessage`, `MessageTooLarge`, `RateLimited`, `OutOfOrder`
        - `UnknownRoom`, `RoomEnded`, `UnknownParticipant`, `UnknownFeature`,
          `UnknownOpening`, `NotHost`, `NotAllowed`, `NothingThere`
        - `NoticeOutdated`, `ForgedStatement`, `ResumeUnknown`, `AlreadyPresent`
        - `LedgerUnavailable`: `MeetingDamaged`
        - `OpenedTooOften`, `TapLimit`
        - `SinkUnavailable`: `DiskLow`, `RoomShareTaken`
    - `ChainTaken`: somebody else writes this meeting's chain; ends the room here.
    - `OperatorError`: the operator must mend something; exit code 2.
        - `ConfigInvalid`, `LocaleInvalid`, `DataDirectoryUnusable`, `CannotListen`,
          `DescriptorsFew`, `ReceiptUnreadable`
    - `EvidenceError`: something on record does not verify.

What only one area meets is there: `meeting.faults`, `assistant.faults`,
`assistant.model.faults`, `gating.faults`, `web.faults`.

Rule: a `code` goes on the wire, is documented, never changes, and is one error's alone.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal, TypeAlias

StatementFault: TypeAlias = Literal[
    "malformed", "signature-invalid", "subject-foreign", "other"
]
"""What is wrong with a signed statement: its form, who signed, whose it is, of what."""


class GatekeeperError(Exception):
    """The base of all errors that Gatekeeper raises on purpose."""


class PeerError(GatekeeperError):
    """A client's mistake, or a limit that it met. Told to that client alone."""

    code: ClassVar[str]
    status: ClassVar[int] = 400
    """The HTTP status where the same mistake is made over HTTP."""
    detail: ClassVar[str] = ""
    """A sentence for people, in English, that names the fix."""
    challenge: str | None = None
    """What helps, for programs: `WWW-Authenticate` (RFC 9110, 11.6.1)."""

    retry_after: int | None = None
    """Seconds after which it may go better: `Retry-After` (RFC 9110, 10.2.3)."""

    _codes: ClassVar[dict[str, str]] = {}
    """Whose each of them is."""

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or self.detail)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" in vars(cls):
            whose = f"{cls.__module__}.{cls.__qualname__}"
            if PeerError._codes.setdefault(cls.code, whose) != whose:
                raise TypeError(f"{cls.code} is {PeerError._codes[cls.code]}'s code")


class MalformedMessage(PeerError):
    """Not a message of the protocol."""

    code = "malformed"
    detail = "The message is not one of the protocol's."


class MessageTooLarge(PeerError):
    """Longer than the configured limit."""

    code = "too-large"
    status = 413
    detail = "The message is too large."


class RateLimited(PeerError):
    """Too much, too fast."""

    code = "rate-limited"
    status = 429
    detail = "Too many at once. Wait a moment, then try again."


class OutOfOrder(PeerError):
    """A good message at the wrong time: before joining, or joining twice."""

    code = "out-of-order"
    detail = "The message does not fit here: join first, and only once."


class UnknownRoom(PeerError):
    """No such room."""

    code = "unknown-room"
    status = 404
    detail = "There is no such room. Check the link, or open a new room."


class RoomEnded(PeerError):
    """The meeting in this room is over."""

    code = "room-ended"
    status = 410
    detail = "This meeting has ended. Open a new room to meet again."


class UnknownParticipant(PeerError):
    """Nobody of that id is in this room."""

    code = "unknown-participant"
    detail = "Nobody with this id is in the room."


class UnknownFeature(PeerError):
    """The room does not offer this feature."""

    code = "unknown-feature"
    detail = "This room does not offer that feature."


class UnknownOpening(PeerError):
    """The gate is not open, or this opening of it is over."""

    code = "unknown-opening"
    detail = "The gate is closed."


class NotHost(PeerError):
    """Only the host may do this."""

    code = "not-host"
    status = 403
    detail = "Only the host can do that."


class NotAllowed(PeerError):
    """The caller has not shown that it may do this."""

    code = "not-allowed"
    status = 403
    detail = "The host link is not the right one for this room."


class NothingThere(PeerError):
    """What was asked for was never kept, or is deleted."""

    code = "nothing-there"
    status = 404
    detail = "There is no such file, or it has been deleted."


class NoticeOutdated(PeerError):
    """A grant for a wording that is not in force (any more)."""

    code = "notice-outdated"
    status = 409
    detail = "The notice has changed. Read the new wording, then choose again."


class ForgedStatement(PeerError):
    """A statement that its alleged author did not sign as it stands."""

    code = "forged-statement"
    status = 403
    detail = "The signature does not fit the statement, the person or the room."

    def __init__(
        self, detail: str | None = None, *, fault: StatementFault = "malformed"
    ) -> None:
        """`fault`: which of the checks it did not pass; not told on the wire."""
        super().__init__(detail)
        self.fault = fault


class ResumeUnknown(PeerError):
    """Nothing to take up again: join anew."""

    code = "resume-unknown"
    status = 410
    detail = "The seat is no longer kept. Join again."


class AlreadyPresent(PeerError):
    """Somebody with this key is in the room already."""

    code = "already-present"
    status = 409
    detail = "You are in this room already. Leave there first."


class LedgerUnavailable(PeerError):
    """Nothing can be proved just now, so nothing may start."""

    code = "ledger-unavailable"
    status = 503
    detail = (
        "This server cannot write down proof just now, so nothing can be allowed. "
        "The meeting goes on. Ask the people who run the server to check its disk."
    )


class SinkUnavailable(PeerError):
    """What would consume the content cannot run."""

    code = "sink-unavailable"
    status = 503
    detail = "This server cannot run that feature just now. The meeting goes on."


class DiskLow(SinkUnavailable):
    """The disk is nearly full: what keeps files stops before it is."""

    code = "disk-low"
    detail = (
        "The disk of this server is nearly full, so nothing is recorded. What was "
        "recorded is safe, and the meeting goes on. Ask the people who run the server "
        "to make room."
    )


class RoomShareTaken(DiskLow):
    """The disk is not full, but one room may not fill it."""

    code = "disk-share"
    detail = (
        "This room has recorded as much as one room may on this server, so nothing "
        "more is recorded. What was recorded is safe, and the meeting goes on. Ask the "
        "people who run the server to make room, or to set limits.disk_share."
    )


class TapLimit(PeerError):
    """More media, or more offers, than one participant may send: their tap is over."""

    code = "tap-limit"
    status = 429
    detail = (
        "Your device sends more than this server takes, so it takes nothing more of "
        "yours for this. What was kept is safe, and the meeting goes on."
    )


class OpenedTooOften(PeerError):
    """A gate has opened and closed so often that the ledger would fill with it."""

    code = "opened-too-often"
    status = 429
    detail = (
        "This has started and stopped very often just now, so it stays off. The "
        "meeting goes on. Ask again in a minute."
    )


class ChainTaken(GatekeeperError):
    """Somebody else writes this meeting's chain: the room is no longer ours."""


class OperatorError(GatekeeperError):
    """Something that the operator must mend before anything starts."""


class ConfigInvalid(OperatorError):
    """The configuration names what does not exist or does not fit."""


class LocaleInvalid(OperatorError):
    """A language's file lacks a text, or has one that cannot be filled in."""


class CannotListen(OperatorError):
    """The address is taken, or not this machine's."""


class DescriptorsFew(OperatorError):
    """The process may not have as many files open as it needs."""


class ReceiptUnreadable(OperatorError):
    """A file to be checked that cannot be read, or lacks the key to check it with."""

    def __init__(self, sentence: str, *, code: str = "unreadable") -> None:
        """`code`: as an `EvidenceError` has it; never changes."""
        super().__init__(sentence)
        self.code = code


class DataDirectoryUnusable(OperatorError):
    """The data directory cannot be written, or another version wrote it."""


class MeetingDamaged(LedgerUnavailable):
    """What is on record of this one meeting cannot be read; of others it can."""


class EvidenceError(GatekeeperError):
    """What is on record does not verify."""

    def __init__(self, sentence: str = "", *, code: str = "evidence-invalid") -> None:
        """`code`: which check it did not pass (`evidence.faults`); never changes."""
        super().__init__(sentence)
        self.code = code


def every(kind: type[PeerError]) -> Iterator[type[PeerError]]:
    """`kind` and all that are kinds of it, however far down: those with their code."""
    if "code" in vars(kind):
        yield kind
    for narrower in kind.__subclasses__():
        yield from every(narrower)
