"""
SDP of a stranger, made small before a library parses it.

aiortc's parser goes over all codecs for each line of feedback, and over all sources for
each line of one: what it is given decides how long it takes.

Rule 1: only the attributes that an offer is checked by are passed on; nobody reads the
others.
Rule 2: of each there are no more than any browser needs; more is refused, not cut.
"""

import re
from collections import Counter

from gatekeeper.consent.types import SourceKind
from gatekeeper.errors import MalformedMessage

MAX_SDP = 32_000
"""Characters. Four sections with every codec that a browser has are under 22,000."""
MAX_LINES = 1000
"""As above, under 500."""
MAX_SECTIONS = len(SourceKind)
"""A microphone, a camera, a screen and its sound."""
MAX_LINE = 512
"""Characters of a line that is read."""

_MOST = {
    "m": 1,
    "mid": 1,
    "candidate": 64,
    "fingerprint": 4,
    "group": 2,
    "ice-lite": 1,
    "ice-pwd": 1,
    "ice-ufrag": 1,
    "inactive": 1,
    "recvonly": 1,
    "rtcp-mux": 1,
    "rtpmap": 8,
    "sendonly": 1,
    "sendrecv": 1,
    "setup": 1,
    "ssrc": 1,
}
"""What is passed on, and how often within one section, or before the first one."""
_OURS = re.compile(r"a=rtpmap:\S+ (opus/48000|vp8/90000)", re.IGNORECASE)
"""Of the codecs, those that a tap takes."""


def thinned(sdp: str) -> str:
    """What there is to read in `sdp`. Raises `MalformedMessage`."""
    if len(sdp) > MAX_SDP or sdp.count("\n") > MAX_LINES:
        raise MalformedMessage("The offer is too long.")
    kept: list[str] = []
    seen: Counter[str] = Counter()
    sections = 0
    for line in sdp.split("\n"):
        kind = _kind(line)
        if kind == "m":
            sections += 1
            seen.clear()
        if kind is None or (kind == "ssrc" and seen[kind]):  # the first one tells
            continue
        seen[kind] += 1
        if seen[kind] > _MOST[kind] or sections > MAX_SECTIONS:
            raise MalformedMessage(f"The offer has too many lines of {kind}.")
        kept.append(_checked(line))
    return "\r\n".join(kept)


def _kind(line: str) -> str | None:
    """By what name a line is counted, if it is read at all."""
    if line.startswith("m="):
        return "m"
    if not line.startswith("a="):
        return None
    kind = line[2:].partition(":")[0].rstrip("\r")
    if kind not in _MOST or (kind == "rtpmap" and not _OURS.match(line)):
        return None
    return kind


def _checked(line: str) -> str:
    line = line.removesuffix("\r")
    # Other line ends and what is not ASCII have no place in what is read here.
    if len(line) > MAX_LINE or not (line.isascii() and line.isprintable()):
        raise MalformedMessage("The offer is not valid SDP.")
    return line
