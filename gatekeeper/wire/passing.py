"""
What is only passed on: a `Signal`, read without a model.

Rule: this reads what the model reads, or nothing. Whoever gets `None` asks `parse`,
which says what is wrong.

Most of what a server reads are signals of our own client, which all begin alike; their
model takes twice as long.
"""

from pydantic_core import from_json

from gatekeeper.errors import MalformedMessage
from gatekeeper.wire.base import LONGEST_SIGNAL
from gatekeeper.wire.members import require_few_members

_BEGINNING = b'{"type":"signal",'


def read_signal(frame: bytes) -> tuple[str, str] | None:
    """To whom, and the payload; `None` for anything but a plain `Signal`."""
    if not frame.startswith(_BEGINNING):
        return None
    try:
        require_few_members(frame)
        said = from_json(frame)
    except (MalformedMessage, ValueError):
        return None
    to, payload = said.get("to"), said.get("payload")
    plain = len(said) == 3 and type(to) is str and type(payload) is str
    if plain and said["type"] == "signal" and 0 < len(payload) <= LONGEST_SIGNAL:
        return to, payload
    return None
