"""
The talk as the rules read it: sentences without fillers, and who answers whom.

Rule 1: a tombstone, a pause of half a minute and an end are barriers: nothing after one
answers, accepts or agrees to anything before it.
Rule 2: recognised speech may have no punctuation and no capitals; no rule needs them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from gatekeeper.assistant.model.clean import visible
from gatekeeper.assistant.summary.machine import to_machine
from gatekeeper.assistant.summary.tokens import plain, stems
from gatekeeper.assistant.transcript.lines import TranscriptLine

PAUSE = timedelta(seconds=30)
"""After so long a silence nobody is answering any more."""
_LONGEST = 4000
"""Characters of one line that the rules look at."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_NOT_WORD = re.compile(r"[^\w' -]+|(?<!\w)-|-(?!\w)")
_FILLER = re.compile(
    r"(?<![\w'])(?:u+[mh]+|e+rm?|a+h|o+h|mm+|hm+|mm-hm|uh-huh|ha|you know|i mean|"
    r"i guess|sort of|kind of|basically|actually|literally|honestly|obviously|"
    r"just)(?![\w'])"
)
# What a turn opens with before it comes to the point.
_OPENING = re.compile(
    r"^(?:(?:okay|ok|so|right|alright|all right|yeah|yes|yep|yup|well|and|but|then|"
    r"cool|great|good|now|nice|perfect|fine|sure|true|exactly|fair enough|fair|lovely|"
    r"brilliant|no problem|thanks|thank you|sorry) )+"
)
_ASKS = re.compile(
    r"(?:(?:what|when|where|why|who|whose|which|how|who's|what's|how's|where's) |"
    r"(?:do|does|did|should|shall|could|can|would|will|are|is|am|was|were|have|has|"
    r"isn't|aren't|don't|doesn't|shouldn't|couldn't|can't|won't) "
    r"(?:we|you|i|they|it|he|she|there|that|this|the|somebody|someone|anybody|anyone) )"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in lower case, one space between words, no fillers or marks."""

    text: str
    asks: bool
    """Whether it is a question, by its mark or by how it begins."""

    @property
    def point(self) -> str:
        """Without what a turn opens with, such as `okay so then`."""
        return _OPENING.sub("", f"{self.text} ", count=1).strip()


class Turn:
    """One line, read."""

    def __init__(self, line: TranscriptLine) -> None:
        self.line = line
        self._seen = visible(line.text)[:_LONGEST]
        self.sentences = tuple(_sentences(self._seen))
        self.text = " ".join(sentence.text for sentence in self.sentences)

    @cached_property
    def stems(self) -> set[str]:
        """The stems of its words that say something."""
        return stems(self.text)

    @cached_property
    def to_machine(self) -> bool:
        """Whether it is addressed to a model: no decision, no to-do."""
        return to_machine(self._seen)

    @property
    def length(self) -> int:
        """How many words."""
        return self.text.count(" ") + bool(self.text)


class Talk:
    """All turns, in order."""

    def __init__(self, lines: Sequence[TranscriptLine]) -> None:
        self.turns = tuple(Turn(line) for line in lines)

    def after(self, at: int, most: int) -> Iterator[int]:
        """Where the next turns stand, at most `most`, up to a barrier."""
        return self._walk(at, most, 1)

    def before(self, at: int, most: int) -> Iterator[int]:
        """Where the turns before stand, the nearest first, up to a barrier."""
        return self._walk(at, most, -1)

    def others_after(self, at: int, most: int) -> Iterator[int]:
        """Of the next turns those that somebody else has."""
        own = self.turns[at].line.participant
        for place in self.after(at, most):
            if self.turns[place].line.participant != own:
                yield place

    def at_once(self, at: int, place: int) -> bool:
        """Whether `place` is of the next thing that anybody says after `at`."""
        return self._apart(at, place) <= 1

    def _walk(self, at: int, most: int, step: int) -> Iterator[int]:
        place = at + step
        while 0 <= place < len(self.turns) and not self._barrier(place, place - step):
            if self._apart(at, place) > most:
                return
            yield place
            place += step

    def _apart(self, one: int, other: int) -> int:
        """How many lines further the other one is; clauses of one line are one."""
        first, last = sorted((one, other))
        ids = [turn.line.id for turn in self.turns[first : last + 1]]
        return sum(a != b for a, b in pairwise(ids))

    def _barrier(self, one: int, other: int) -> bool:
        earlier, later = (self.turns[it].line for it in sorted((one, other)))
        return earlier.erased or later.erased or later.began - earlier.ended > PAUSE


def _sentences(text: str) -> Iterator[Sentence]:
    for said in _SENTENCE_END.split(text.strip()):
        words = _FILLER.sub(" ", _NOT_WORD.sub(" ", plain(said)))
        bare = " ".join(words.split())
        if bare:
            sentence = Sentence(bare, asks=False)
            # The name of whoever is asked may stand first: "Mei, what would you ..."
            point = f"{sentence.point} "
            asks = _ASKS.match(point) or _ASKS.match(point.partition(" ")[2])
            marked = said.rstrip().endswith("?")
            ended = said.rstrip().endswith((".", "!"))
            yield Sentence(bare, asks=marked or (not ended and asks is not None))
