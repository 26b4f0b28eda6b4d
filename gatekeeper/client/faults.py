"""What a client of a gate is told."""


class GateError(Exception):
    """The base of all that a client of a gate raises."""


class GateUnreachable(GateError):
    """No answer, or none of a gate's: nothing may be captured."""


class Refused(GateError):
    """The gate has refused a request: what it said, with a code that never changes."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{detail} ({code})")
        self.status = status
        self.code = code


class ConsentRequired(Refused):
    """Not everybody in the room agrees; who, and how, is not told."""


class PermitEnded(GateError):
    """The permit is over: what was captured under it has to have stopped."""
