"""
Clauses: a long line as what it says one after the other.

A recogniser gives forty words without a full stop, in which something is decided, asked
for and taken on. The rules read, and quote, one such clause at a time.

Rule 1: a clause is words of its line as they stand, with its id and its speaker, and
the time at which it was about said.
Rule 2: what is short, or has ended its sentences, stays whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gatekeeper.assistant.transcript.lines import TranscriptLine

_LONG = 16
"""Words of a sentence from which on it may be several."""
_SHORTEST, _SHORTEST_LOOSE = 3, 6
"""Words of a clause before a new one; before one that may as well belong to it."""
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_OPENING = (
    r"(?:(?:and|so|but|or|then|okay|ok|right|alright|yes|yeah|yep|sure|good|great|well|"
    r"now|also|sorry|anyway|cool|nice|next)[, ]+)*"
)
# What seldom stands inside a clause, and needs no mark before it.
_FIRM = (
    r"(?:(?:can|could|would|will) you|please \w+|let's|let us|i'll|i will|i'm going to|"
    r"i can (?:do|take|send|draft|write|ask|check)|let me|so we(?:'re|'ve)?|so then|"
    r"we(?:'ve| have)?(?: now| all)? (?:decided|agreed|settled|resolved)|"
    r"we(?:'ll| will) go (?:with|ahead)|(?:that is|that's) our decision|"
    r"(?:do|should|shall|are|can|could) we|is there|does (?:that|this|any(?:one|body))|"
    r"who(?:'s| is| can| could| will| wants)|(?:what|how) about|"
    r"(?:one )?open question|okay so|right so|next is|last point|"
    r"(?:somebody|someone) (?:has|needs|should|must))\b"
)
_LOOSE = (
    r"(?:i|i'm|i've|i'd|we|we've|we'll|we're|we'd|you|they|he|she|it|it's|that|that's|"
    r"this|there|there's|do|does|did|is|are|have|has|what|what's|when|where|why|who|how|"
    r"somebody|someone|nobody|no|the|our|one)\b"
)
_ASKED_BY_NAME = r"\w+,? (?:can|could|would|will|do|did) you\b"
_CUT = re.compile(
    rf"(?:(?<=[,;:\u2013\u2014])\s+(?={_OPENING}(?:{_FIRM}|{_ASKED_BY_NAME}))"
    rf"|(?<![,;:\u2013\u2014])\s+(?={_OPENING}{_FIRM}))",
    re.IGNORECASE,
)
_LOOSE_CUT = re.compile(
    rf"(?<=[,;:\u2013\u2014])\s+(?={_OPENING}{_LOOSE})", re.IGNORECASE
)
_HANGS_ON = re.compile(
    r"(?:^|\s)(?:if|whether|that|think|thought|when|what|how|why|because|unless|until|"
    r"said|say|says|sure|hope|know|as|than|before|after|once|where|who|which|suppose|"
    r"guess|maybe|wonder|the|a|an|to|of|not|don't|like|we|i|and)$",
    re.IGNORECASE,
)


def clauses(lines: Sequence[TranscriptLine]) -> list[TranscriptLine]:
    """What was said, in the order in which it was about said."""
    found = [clause for line in lines for clause in _split(line)]
    return sorted(found, key=lambda clause: clause.began)


def _split(line: TranscriptLine) -> Iterator[TranscriptLine]:
    pieces = [] if line.erased else list(_pieces(line.text))
    if len(pieces) < 2:
        yield line
        return
    whole, at = len(line.text.split()), 0
    for piece in pieces:
        words = len(piece.split())
        length = line.ended - line.began
        yield replace(
            line,
            began=line.began + length * (at / whole),
            ended=line.began + length * ((at + words) / whole),
            text=piece,
        )
        at += words


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that together are all of it."""
    if not any(len(said.split()) > _LONG for said in _SENTENCE.split(text)):
        yield text
        return
    for said in _SENTENCE.split(text.strip()):
        yield from _of_sentence(said)


def _of_sentence(said: str) -> Iterator[str]:
    if len(said.split()) <= _LONG:
        yield said
        return
    loose = {found.start() for found in _LOOSE_CUT.finditer(said)}
    firm = {
        found.start()
        for found in _CUT.finditer(said)
        if not _HANGS_ON.search(said[: found.start()])
    }
    begun = 0
    for cut in sorted(loose | firm):
        piece = said[begun:cut].strip()
        if len(piece.split()) >= (_SHORTEST if cut in firm else _SHORTEST_LOOSE):
            yield piece
            begun = cut
    rest = said[begun:].strip()
    if rest:
        yield rest
