"""
Work: the clauses in which somebody takes something on, or asks for it.

Only verbs of work count, and only of things beyond the meeting itself: who takes a
coffee, shares a screen or goes on to the next slide owes nothing afterwards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.assistant.highlights.talk import Sentence, Turn
from gatekeeper.assistant.summary.tokens import STOP, stem, tokens

_VERB = (
    r"(?:write|rewrite|draft|send|email|e-mail|mail|phone|ring|confirm|"
    r"call(?! (?:it|that|this|on|(?:him|her|them) an?)\b)|"
    r"ask(?! (?:you|a question|everyone to|everybody to)\b)|check(?! (?:in|my)\b)|"
    r"order|book|buy|raise(?! (?:a|one|another) (?:question|point)| my)|report|update|"
    r"circulate|distribute|fix|prepare|make (?:a|an|the|sure|some)|create|set up|"
    r"set (?:a|an|the)|put (?:it|that|this|them|the|a|an|some|together|up)|schedule|"
    r"organi[sz]e|arrange|contact|tell(?! (?:you|us|me)\b)|remind|inform|"
    r"(?:talk|speak) (?:to|with)(?! (?:you|that|this|it)\b)|follow up|find|"
    r"look (?:into|up|at)|investigate|review|test|run (?:a|an|the|some|it|that)|"
    r"do (?:a|an|the|some)(?! (?:same|quick|first|next)\b)|"
    r"move(?! (?:on|forward|to|ahead|back)\b)|change|adjust|"
    r"add(?! (?:to that|that \w+ \w+|one|something|"
    r"a (?:point|thing|word|comment|question))\b)|"
    r"remove|delete|publish|post|share|upload|paste|forward|file|submit|"
    r"sign(?! (?:off|out)\b)|document|finish(?! (?:with|up|by|here|there)\b)|"
    r"complete|deliver|"
    r"bring(?! (?:up|us)\b)|collect|pick (?:up|it|them)|"
    r"go through(?! (?:my|the (?:slide|agenda))\b)|take (?:care|over)|handle|"
    r"sort (?:out|it|that)|chase|negotiate|research|compile|translate|print|"
    r"clean (?:up|out)|merge|deploy|roll (?:out|back|it)|get back to|"
    r"get (?:that|it|this|them|the|a|an) \w+|get hold of|meet with|propose|cancel|pay|"
    r"transfer|install|replace|repair|renew|register|invite|announce|notify|verify|"
    r"measure|analy[sz]e|estimate|implement|configure|migrate|reserve|reply|respond)\b"
)
_OF_A_LET_ME = re.compile(
    r"(?:check with|ask|find out|look into|get back to|follow up|confirm with|"
    r"(?:talk|speak) (?:to|with)|get hold of|investigate)\b"
)
_ADVERBS = (
    r"(?:(?:also|then|definitely|certainly|gladly|happily|go and|go ahead and|try to|"
    r"try and|make sure to|please|maybe|possibly|perhaps|kindly|quickly) )*"
)
_MINE = re.compile(
    r"\b(?P<how>i'll|i will|i'm going to|i am going to|i shall|i can|let me) "
    rf"{_ADVERBS}(?P<what>{_VERB}.*)"
)
_DOUBTFUL = re.compile(
    r"\b(?:think|thought|whether|if|unless|guess|wish|hope|maybe|perhaps|said|say|"
    r"suppose|until|when|what|why|how|doubt|asked)(?: that)? ?$"
)
_NEAR = 24
"""Characters before an "I will" in which such a word makes it doubtful."""
_THAT = re.compile(
    r"\b(?:i'll|i will|i can|i'm going to) (?:do|take|handle|sort|fix) "
    r"(?:that|it|this)\b"
)
_NEXT = re.compile(
    rf" (?P<joined>and )(?:then )?(?:(?:i'll|i will|also) )*(?={_VERB})"
    r"| (?=(?:i'll|i will|i'm going to|let me|i can) )"
)
_DIRECTED = re.compile(
    rf"\b(?:(?:can|could|would|will) you {_ADVERBS}|please (?:also )?|i need you to )"
    rf"(?P<what>(?:{_VERB}|mention|have a look|keep|include|let \w+ know|"
    r"give(?! me| us)|do (?:that|it|this)|take (?:that|it|this|on)|get).*)"
    r"|\bwould you be (?:up for|willing to|able to|happy to|okay to|okay with) "
    r"(?P<willing>.+)"
    r"|^(?P<that>do (?:that|it)(?: please| then)?)$"
)
_OPEN = re.compile(
    r"\b(?:(?:can|could|would|will) "
    r"(?:somebody|someone|anybody|anyone|one of (?:you|us))|"
    r"(?:somebody|someone|one of us) (?:also )?"
    r"(?:has to|needs to|should|must|ought to)|"
    r"who(?:'s going to|'s up for|'s doing|'s taking| is going to| can| could| will|"
    r" should| takes| wants to| wants| would like to| has time to)) "
    r"(?:please )?(?:also )?(?!(?:see|hear|start|begin|say|tell|speak|go first|"
    r"explain|repeat|mute|unmute)\b)"
    r"(?P<what>.+)"
)
_HERE_AND_NOW = re.compile(
    r"\b(?:coffee|tea|drinks?|beer|lunch|dinner|pizza|burger|sandwich|biscuits?|cake|"
    r"water|window|door|curtains?|mic|microphone|camera|screen|slides?|headset|hand|now|"
    r"(?:for|in) a (?:second|sec|minute|moment|bit)|regards|wishes|by saying|"
    r"out loud|the question)\b"
)
_PRONOUN = re.compile(
    r"\w+(?: (?:up|out|in|on|over|to|with|into|together|through|for))?"
    r" (?:it|that|this|them|these|those)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """What somebody will do, from its verb on."""

    text: str
    joined: bool = False
    """Whether an "and" joins it to the clause before."""
    offered: bool = False
    """Whether it is only "I can", which may be an opinion too."""

    @property
    def stems(self) -> set[str]:
        """What it is about."""
        return {stem(token) for token in tokens(self.text) if token not in STOP}

    @property
    def of_something_said(self) -> bool:
        """Whether its object is a mere "it": of what stands before."""
        return _PRONOUN.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for."""

    text: str
    directed: bool
    """Whether somebody is asked, not anybody."""


def commitments(turn: Turn) -> list[Clause]:
    """Everything that the speaker says they will do."""
    return [
        clause
        for sentence in turn.sentences
        if not sentence.asks
        for clause in _clauses(sentence)
    ]


def takes_that(turn: Turn) -> bool:
    """Whether the speaker says "I'll do that", of something said before."""
    return _THAT.search(turn.text) is not None


def request(turn: Turn) -> Request | None:
    """The last thing that the turn asks of others."""
    for sentence in reversed(turn.sentences):
        directed = _DIRECTED.search(sentence.point)
        if directed is not None:
            what = directed["what"] or directed["willing"] or directed["that"]
            if not _HERE_AND_NOW.search(what):
                return Request(what, directed=True)
        anybody = _OPEN.search(sentence.text)
        if anybody is not None and not _HERE_AND_NOW.search(anybody["what"]):
            return Request(anybody["what"], directed=False)
    return None


def _clauses(sentence: Sentence) -> Iterator[Clause]:
    """The first must say "I will"; those that "and" joins to it need not."""
    text, start, joined, going = sentence.text, 0, False, False
    while start < len(text):
        cut = _NEXT.search(text, start)
        end = len(text) if cut is None else cut.start()
        doubted = _DOUBTFUL.search(text[max(0, start - _NEAR) : start]) is not None
        clause = None if doubted else _clause(text[start:end], joined=joined and going)
        going = clause is not None
        if clause is not None and not _HERE_AND_NOW.search(clause.text):
            yield clause
        joined = cut is not None and cut["joined"] is not None
        start = len(text) if cut is None else cut.end()


def _clause(piece: str, *, joined: bool) -> Clause | None:
    mine = _MINE.search(piece)
    if mine is not None:
        asked = mine["how"] != "let me" or _OF_A_LET_ME.match(mine["what"])
        if not asked or _DOUBTFUL.search(piece[: mine.start()]):
            return None
        return Clause(mine["what"], joined, offered=mine["how"] == "i can")
    if joined and re.match(_VERB, piece):
        return Clause(piece, joined)
    return None
