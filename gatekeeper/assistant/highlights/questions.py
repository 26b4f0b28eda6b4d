"""
Open questions: asked of all, and answered with "we do not know" or put off.

A question that simply got no reply is none of them: most such were answered by a nod.
"""

import re
from collections.abc import Iterator

from gatekeeper.assistant.highlights.talk import Sentence, Talk

_UNKNOWN = re.compile(
    r"(?:(?:\w+ )?(?:i|we) (?:really )?(?:do not|don't) (?:really )?know|"
    r"(?:i'm )?not sure|(?:i have |i've )?no idea|(?:that's )?(?:a )?good question$|"
    r"it depends$|"
    r"nobody knows|who knows)\b(?! if you)"
)
_PUT_OFF = re.compile(
    r"\b(?:(?:let's|let us) (?:park|postpone|defer|leave|table)|come back to|"
    r"(?:let's|let us) (?:talk about|discuss|decide|settle|see) "
    r"(?:\w+ ){1,3}(?:next|later|another|offline|says?|say)\b|"
    r"we (?:still )?(?:haven't|have not) (?:\w+ )?(?:checked|decided|settled|agreed)|"
    r"let me (?:check|find out|ask)|"
    r"(?:need|have) to (?:find out|think about|look into)|still open|"
    r"an open question|not decided)\b"
)
_OPEN = re.compile(r"\bopen question\b")
_IDLE = re.compile(
    r"\b(?:anything else|any questions|hear me|see my|"
    r"(?:is that|that's) (?:everybody|everyone|all|it)|how are you|you there|"
    r"do you know|what do you mean|you know what)\b"
)
_SHORTEST = 4
"""Words of a question that says what it is about."""
_ANSWERS = 2


def questions(talk: Talk) -> Iterator[tuple[int, ...]]:
    """The places of the turns that ask each and leave it open, in order."""
    for at, turn in enumerate(talk.turns):
        asking = [it for it in turn.sentences if _is_one(it)]
        if not asking or turn.to_machine:
            continue
        places = _left_open(talk, at)
        if places or _OPEN.search(turn.text):
            yield (at, *places)


def _is_one(sentence: Sentence) -> bool:
    asks = sentence.asks or _OPEN.search(sentence.text) is not None
    long_enough = sentence.point.count(" ") + 1 >= _SHORTEST
    return asks and long_enough and _IDLE.search(sentence.text) is None


def _left_open(talk: Talk, at: int) -> list[int]:
    """Where it is said that nobody knows, or the question is put off."""
    found = []
    for place in talk.after(at, _ANSWERS):
        turn = talk.turns[place]
        if any(map(_is_one, turn.sentences)):
            break
        if not turn.sentences or turn.to_machine:
            continue
        point = turn.sentences[0].point
        if (talk.at_once(at, place) and _UNKNOWN.match(point)) or _PUT_OFF.search(
            turn.text
        ):
            found.append(place)
    return found
