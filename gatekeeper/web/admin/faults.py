"""
What an admin is told.

- `ConsoleLocked`, `DoctorBusy`, `WordingMistaken`, `UnknownKey`
"""

from gatekeeper.errors import PeerError


class ConsoleLocked(PeerError):
    """Nobody is signed in to the console, or no longer."""

    code = "console-locked"
    status = 401
    detail = "Sign in to the console first."


class DoctorBusy(PeerError):
    """An examination goes on already."""

    code = "doctor-busy"
    status = 409
    detail = "The doctor is at work already. Wait for the result."


class WordingMistaken(PeerError):
    """Words that cannot be put in force."""

    code = "wording-mistaken"
    status = 422
    detail = "Some texts cannot be shown like that. Each is named in `mistakes`."


class UnknownKey(PeerError):
    """No service has a key with that id."""

    code = "unknown-key"
    status = 404
    detail = "There is no such key. The list has all of them."
