"""
What goes wrong in a room of ours alone.

- `RoomFull`, `NameUnusable`
- `RoomLocked`, `NotLetIn`, `Removed`, `EntryNeeded`, `MediaElsewhere`
- `ReplayedStatement`, `StatementOutdated`, `AnsweredTooOften`
- `FeatureUnavailable`, `EraseFailed`, `ClockJumped`
"""

from gatekeeper.errors import PeerError


class RoomFull(PeerError):
    """The configured number of participants, or of rooms, is reached."""

    code = "room-full"
    status = 503
    detail = "The room is full. Try again when somebody has left."


class RoomLocked(PeerError):
    """The host lets nobody in who was not here before."""

    code = "room-locked"
    status = 403
    detail = "The host has locked this meeting. Ask them to unlock it, then try again."


class NotLetIn(PeerError):
    """The host did not let somebody in who knocked."""

    code = "not-let-in"
    status = 403
    detail = "The host did not let you in."


class Removed(PeerError):
    """The host has removed somebody."""

    code = "removed"
    status = 403
    detail = "The host has removed you from this meeting."


class EntryNeeded(PeerError):
    """A service says who comes in here, and has not said it of this one, or before."""

    code = "entry-needed"
    status = 403
    detail = (
        "This room is entered from the place that it belongs to, and this way in was "
        "used before or is too old. Go back there and open it again."
    )


class MediaElsewhere(PeerError):
    """People see, hear and write to each other somewhere else."""

    code = "media-elsewhere"
    detail = "Pictures, sound and chat of this room are not here."


class NameUnusable(PeerError):
    """A name that cannot be seen, or that would change the text around it."""

    code = "name-unusable"
    detail = (
        "That name cannot be used: it has no visible character, or one that is "
        "invisible. Type it anew, in one line."
    )


class ReplayedStatement(PeerError):
    """A statement that was used before, or that a later one took back."""

    code = "replayed-statement"
    status = 409
    detail = "This statement was used before. Make a new choice."


class StatementOutdated(PeerError):
    """Signed for an earlier life of the room (before a restart or a crash)."""

    code = "statement-outdated"
    status = 409
    detail = "This meeting was started again since you signed that. Choose again."


class ClockJumped(PeerError):
    """The server's clock was set: what rested on its time is over."""

    code = "clock-jumped"
    status = 503
    detail = (
        "The clock of this server was set just now, so everything that was on is off. "
        "What was kept is safe, and the meeting goes on. The host can ask again."
    )


class AnsweredTooOften(PeerError):
    """More changes of mind from no to yes than anybody needs. A no is never refused."""

    code = "answered-too-often"
    status = 429
    detail = "You have said yes many times just now. Wait a little, then say it again."


class FeatureUnavailable(PeerError):
    """The feature is offered, but this server has nothing to run it with."""

    code = "feature-unavailable"
    status = 409
    detail = "This server has nothing to run that feature with."


class EraseFailed(PeerError):
    """Some of what was to be erased is still there."""

    code = "erase-failed"
    status = 503
    detail = "Your part could not be erased just now. Try again in a moment."
