"""
Members: how much a JSON text may hold, before a model reads it.

A model says of each value that it does not know what is wrong with it: sixty kilobytes
of them took it twenty milliseconds.
"""

import re
from itertools import islice

from gatekeeper.errors import MalformedMessage

MOST = 400
"""Strings, commas and opening brackets in one text. A `join` with an answer on each of
sixteen features has 190."""
SMALL = 4096
"""Bytes of a text that cannot hold enough to matter; most are smaller."""
_MARK = re.compile(rb'"[^"]*"?|[,\[{]')
"""One of those, where no quotation mark is escaped. A string that does not end goes to
the end of the text, so that it is gone over once."""


def require_few_members(text: bytes) -> None:
    """Raise `MalformedMessage` if JSON holds more than any message of ours."""
    if len(text) <= SMALL or sum(map(text.count, (b'"', b",", b"[", b"{"))) <= MOST:
        return
    plain = text.replace(rb"\\", b"").replace(rb"\"", b"")
    if sum(1 for _ in islice(_MARK.finditer(plain), MOST + 1)) > MOST:
        raise MalformedMessage
