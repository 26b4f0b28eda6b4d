"""
Possible decisions: said outright, or proposed and agreed to by others.

Rule 1: what was decided long ago, may be decided, or is asked about is no decision.
Rule 2: a proposal counts only if somebody else agrees to it at once and in words.
"""

import re
from collections.abc import Iterator

from gatekeeper.assistant.highlights.talk import Sentence, Talk, Turn

_OUTRIGHT = re.compile(
    r"\b(?:we(?:'ve| have)?(?: now| all)? (?:decided|resolved|agreed|settled)"
    r" (?:to(?! disagree)|that|on|not|we|upon|against|it(?! was))"
    r"|we(?:'re| are)(?: all)? agreed|we(?:'re| are) going (?:with|for|ahead)"
    r"|we(?:'ll| will) go (?:with|ahead)"
    r"|decision (?:then|made|taken)|(?:the|our|my) decision is(?! due| still| not| up)"
    r"|(?:that|that's|this) (?:is )?(?:our|the|a) (?:final )?decision"
    r"|(?:that|it)(?:'s| is) (?:decided|settled|agreed|carried|approved)"
    r"(?! (?:by|in|at))"
    r"|motion (?:is )?(?:carried|carries|passed|passes)"
    r"|i(?:'m going to|'ll| will| hereby)? approve (?!of))\b"
)
_CLOSES = re.compile(r"(?:okay|ok|right|so|good|alright|then)\b.* it is$")
_NOT_SO = re.compile(r"\b(?:what|how|as|than|way|where|who|if|think|believe) it is$")
_LATER = re.compile(
    r"\b(?:if|whether|unless|once|until|when|before|after|had|have we|did we|haven't|"
    r"hasn't|not|never|didn't|need to|needs to|want to|should|could|might|may|can|"
    r"whatever|what) (?:\w+ ){0,3}$"
)
_PAST = re.compile(
    r"\b(?:last (?:year|month|week|time|meeting|summer|winter|spring|autumn|quarter)|"
    r"ago|yesterday|previously|earlier|back then|back in|in the past|at the time|"
    r"used to|"
    r"originally|already)\b"
)
_START = r"(?:^|\b(?:okay|ok|so|right|then|good|alright) )"
_PROPOSED = re.compile(
    rf"{_START}(?:let's|let us|shall we|i propose (?:that )?we) (?P<what>.+)"
)
_IDLE = re.compile(
    r"(?:start|begin|see|talk|park|move|take|get|go|hear|look|have|say|wait|come|discuss|"
    r"continue|leave|keep|think|call|wrap|not|be|try|skip|pause|turn|chat|recap|hope|"
    r"face|pretend|assume|imagine|consider|step|jump|dive|return|table|revisit|find|"
    r"focus|quickly|check|finish|stop)\b|.*\b(?:quickly|briefly|one by one|in order)\b"
)
_CHOICE = re.compile(
    rf"{_START}(?:let's|let us) (?:go (?:with|for|ahead)|stick (?:to|with))\b"
)
_SETTLES = re.compile(r"(?:okay so|ok so|right so|so then|so|then)\b.*\bwe\b")
_HAPPENED = re.compile(
    r"\b(?:was|were|had|did|didn't|went|got|been|we'd|would|why|because|maybe|perhaps|"
    r"think|what|how|should|could|might|we have|we've got|we \w+ed|we can|we can't|"
    r"we need|agenda|where we|next we)\b"
)
_BAN = re.compile(
    r"(?:no (?!problem|worries|idea|need|doubt|one|more questions|news|but|wait|"
    r"because|chance|reason|sign)\w+(?: \w+){1,9} |(?:nobody|no one) \w+(?: \w+){1,9} )"
    r"(?:until|till|unless|from now on|any ?more|for now|before)\b"
)
_STRONG = re.compile(
    r"(?:yeah |yes |yep |okay |ok |good |great |fine |sure )*"
    r"(?:agreed|i agree|(?:totally |fully )?agree|seconded|"
    r"(?:works|fine|good|okay|all right) (?:for|by|with) (?:me|us)|"
    r"sounds (?:good|great|fine|right)|deal|"
    r"i'm (?:fine|happy|okay|good) with (?:that|it)|happy with (?:that|it)|"
    r"no objections?|i'm for (?:it|that)|let's do (?:that|it)|"
    r"that works|suits me)\b"
)
_WEAK = re.compile(
    r"(?:yes|yep|yeah|yup|okay|ok|good|great|perfect|fine|sure|same|me too|fair|right|"
    r"absolutely|definitely|exactly)"
    r"(?: (?:yes|good|great|fine|enough|then|thanks|here))*"
)
_ANSWERS = 3
"""Turns after a proposal in which others may agree to it."""
_LONGEST_YES = 8
_SAYS_LITTLE = 3
"""With fewer words of its own, "that is decided" speaks of the line before."""


def decisions(talk: Talk) -> Iterator[tuple[int, ...]]:
    """The places of the turns that say and confirm each, in order."""
    for at, turn in enumerate(talk.turns):
        if turn.to_machine:
            continue
        if any(_is_outright(sentence) for sentence in turn.sentences):
            yield (*_what(talk, at), at, *_agreed(talk, at)[0])
        elif (places := _accepted(talk, at)) is not None:
            yield (at, *places)


def _is_outright(sentence: Sentence) -> bool:
    text = sentence.text
    if sentence.asks or _PAST.search(text):
        return False
    found = _OUTRIGHT.search(text)
    if found is not None:
        return _LATER.search(text[: found.start()]) is None
    closes = _CLOSES.match(text) is not None and _NOT_SO.search(text) is None
    return closes and len(text.split()) > _SAYS_LITTLE + 1


def _what(talk: Talk, at: int) -> Iterator[int]:
    """The turn before, if this one only says that it is decided."""
    if len(talk.turns[at].stems - {"decid", "decis", "agre", "settl"}) < _SAYS_LITTLE:
        yield from talk.before(at, 1)


def _accepted(talk: Talk, at: int) -> list[int] | None:
    """Who agreed to what this turn proposes, if enough did."""
    kinds = {_kind(sentence) for sentence in talk.turns[at].sentences}
    if kinds == {None}:
        return None
    strong, weak = _agreed(talk, at)
    clear = "choice" in kinds or "ban" in kinds
    people = {talk.turns[place].line.participant for place in (*strong, *weak)}
    if strong or (clear and weak) or len(people) > 1:
        return sorted((*strong, *weak))
    return None


def _kind(sentence: Sentence) -> str | None:
    """What kind of proposal it is, if one: a choice, a ban, or to settle a matter."""
    text, point = sentence.text, sentence.point
    if sentence.asks and not point.startswith("shall we"):
        return None
    if _BAN.match(point):
        return "ban"
    if _CHOICE.search(point):
        return "choice"
    found = _PROPOSED.search(point)
    if found is not None:
        return None if _IDLE.match(found["what"]) else "settles"
    if _SETTLES.match(text) and not _HAPPENED.search(text) and not _PAST.search(text):
        return "settles"
    return None


def _agreed(talk: Talk, at: int) -> tuple[list[int], list[int]]:
    """The turns right after in which others agree: clearly, or with a mere yes."""
    strong: list[int] = []
    weak: list[int] = []
    for place in talk.others_after(at, _ANSWERS):
        turn = talk.turns[place]
        if turn.to_machine or turn.length > _LONGEST_YES or not turn.sentences:
            break
        if _is_strong(turn):
            strong.append(place)
        elif _WEAK.fullmatch(turn.text):
            weak.append(place)
        else:
            break
    return strong, weak


def _is_strong(turn: Turn) -> bool:
    return any(
        _STRONG.match(sentence.text) and not sentence.asks
        for sentence in turn.sentences
    )
