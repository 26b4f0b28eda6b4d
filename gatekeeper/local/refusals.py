"""What a gate refuses, told in the words of its client (`client.faults`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from gatekeeper.client import faults
from gatekeeper.errors import PeerError
from gatekeeper.gating.faults import ConsentRequired


@contextmanager
def as_told() -> Iterator[None]:
    """Raise `Refused`, or `ConsentRequired`, for what the gate raises in the body."""
    try:
        yield
    except PeerError as exc:
        kind = faults.Refused
        if isinstance(exc, ConsentRequired):
            kind = faults.ConsentRequired
        raise kind(exc.status, exc.code, str(exc)) from exc
