"""
Lines of what somebody said at length: each ends where a sentence does.

Rule 1: all words stay, in their order, each in one line.
Rule 2: no engine here tells when a word was said, so a line gets the share of the
utterance's time that it has of its letters. Whoever needs to be sure asks `stretch`.
Rule 3: the first line keeps the id under which the words grew; those of the others
follow from it, so that all tracks get the same.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from gatekeeper.assistant.speech.utterance import Utterance
from gatekeeper.assistant.transcript.lines import LineId

_WORDS = 20
"""In a line, unless its one sentence has more."""
_ABBREVIATED = re.compile(r"(?<!\w)(?:Mr|Mrs|Ms|Dr|St|No|vs|e\.g|i\.e|[^\W\d])\.$")
_ABBREVIATION = 8
"""Characters that hold any of them, and what stands before it."""
_END = re.compile(r"[.?!…][\"'\u201d\u2019)]*(?=\s)")


def in_lines(said: Utterance) -> Iterator[Utterance]:
    """The lines that an utterance makes; mostly that is one."""
    parts = list(_gathered(said.text))
    letters = sum(map(len, parts))
    past = 0
    for index, part in enumerate(parts):
        began, past = _at(said, past, letters), past + len(part)
        yield replace(
            said,
            line=_id(said.line, index),
            began=began,
            ended=_at(said, past, letters),
            text=part,
            of=said.stretch if len(parts) > 1 else None,
        )


def sentences(text: str) -> Iterator[str]:
    """Those of a text in one line."""
    start = 0
    for found in _END.finditer(text):
        end = found.end()
        if not _ABBREVIATED.search(text[max(start, end - _ABBREVIATION) : end]):
            yield text[start:end].strip()
            start = end
    if text[start:].strip():
        yield text[start:].strip()


def _gathered(text: str) -> Iterator[str]:
    """Sentences, as many together as make a line."""
    line = ""
    for sentence in sentences(text):
        longer = f"{line} {sentence}".strip()
        if line and len(longer.split()) > _WORDS:
            yield line
            longer = sentence
        line = longer
    yield line


def _at(said: Utterance, past: int, letters: int) -> float:
    return said.began + (said.ended - said.began) * past / max(letters, 1)


def _id(line: LineId, index: int) -> LineId:
    if index == 0:
        return line
    digest = hashlib.sha256(f"{line} {index}".encode()).digest()
    return LineId(base64.urlsafe_b64encode(digest[:12]).decode())
