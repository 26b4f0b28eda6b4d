"""
What can go wrong in asking for a feature from outside.

- `ConsentRequired`
"""

from gatekeeper.errors import PeerError


class ConsentRequired(PeerError):
    """Not everybody agrees; who does not, and how, is nobody's business."""

    code = "consent-required"
    status = 409
    detail = "Not everybody in the room has agreed to this."
