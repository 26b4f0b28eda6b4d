"""
What an admin is told.

- `ConsoleLocked`, `DoctorBusy`
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
