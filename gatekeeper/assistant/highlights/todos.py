"""
Possible to-dos: what somebody said that they will do, and what they were asked for.

Rule 1: the owner is the one who said "I will", "yes" or "sure": known from the track,
never guessed from a name. What nobody took on is no to-do.
Rule 2: a mere "yes" counts only as the next thing said, and only to who was asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.assistant.highlights.due import due, verbatim
from gatekeeper.assistant.highlights.talk import Talk, Turn
from gatekeeper.assistant.highlights.work import (
    Request,
    commitments,
    request,
    takes_that,
)
from gatekeeper.assistant.summary.tokens import stems
from gatekeeper.consent.types import ParticipantId

_GLADLY = re.compile(
    r"(?:\w+ )?(?:will do|i will|leave (?:it|that) (?:to|with) me|on it|i'm on it|"
    r"of course(?! not)|absolutely|certainly|consider it done|can do|happy to|gladly|"
    r"i'd be happy to|i'll see to (?:it|that)|i'll get (?:it|that)|sure i|sure thing)\b"
)
_YES = re.compile(
    r"(?:yes|yep|yeah|sure|okay|ok|no problem|right|fine|good)"
    r"(?: (?:yes|sure|okay|ok|fine|i can|i will|no problem))*"
)
_WHEN = re.compile(
    r"\b(?:by when|until when|how soon|when (?:can|could|will|would|do|are|is) "
    r"(?:you|we|i|that|it))\b"
)
_ANSWERS = 3
"""Turns after a request in which it may be taken on."""
_ALIKE = 0.8
"""Of the smaller one's words, from which on two to-dos are one."""


@dataclass(slots=True)
class Todo:
    """One possible to-do, by the places of the turns that say it."""

    owner: ParticipantId
    places: tuple[int, ...]
    due: str | None
    about: set[str]
    """The stems of what is to be done."""


def todos(talk: Talk) -> list[Todo]:
    """In the order in which they came up."""
    found: list[Todo] = []
    answered: dict[int, set[str]] = {}
    for at, turn in enumerate(talk.turns):
        if turn.to_machine or turn.line.participant is None:
            continue
        for todo in _own(turn, at, answered.get(at)):
            _add(found, todo)
        asked = request(turn)
        place = None if asked is None else _taken(talk, at, asked)
        if asked is not None and place is not None and place not in answered:
            answered[place] = stems(asked.text)
            _add(found, _of_request(talk, at, asked, place))
    for todo in found:
        _ask_when(talk, todo)
    return sorted(found, key=lambda todo: todo.places[0])


def _own(turn: Turn, at: int, asked: set[str] | None) -> Iterator[Todo]:
    """What the speaker takes on unasked; or, of a reply, beyond what was asked for."""
    clauses = commitments(turn)
    if asked is None:
        meant = [it for it in clauses if not it.offered or due(it.text)]
        if meant:
            yield _todo(turn, at, [it.text for it in meant])
        return
    for clause in clauses:
        if clause.joined and not clause.of_something_said and not clause.stems & asked:
            yield _todo(turn, at, [clause.text])


def _todo(turn: Turn, at: int, clauses: list[str]) -> Todo:
    assert turn.line.participant is not None  # noqa: S101 - no tombstone
    until = next((words for words in map(due, clauses) if words), None)
    return Todo(
        turn.line.participant,
        (at,),
        verbatim(until, turn.line.text) if until else None,
        stems(" ".join(clauses)),
    )


def _taken(talk: Talk, at: int, asked: Request) -> int | None:
    """Where somebody else takes on what turn `at` asks for, before more is asked."""
    about, asker = stems(asked.text), talk.turns[at].line.participant
    for place in talk.after(at, _ANSWERS):
        turn = talk.turns[place]
        others = turn.line.participant != asker and not turn.to_machine
        if others and _takes(
            turn, about, at_once=talk.at_once(at, place), directed=asked.directed
        ):
            return place
        if request(turn) is not None or (not others and commitments(turn)):
            return None
    return None


def _takes(turn: Turn, about: set[str], *, at_once: bool, directed: bool) -> bool:
    opening = turn.sentences[0].text if turn.sentences else ""
    if takes_that(turn) or (_GLADLY.match(opening) and "please" not in opening):
        return True
    clauses = commitments(turn)
    if at_once:
        return bool(clauses) or (directed and _YES.fullmatch(opening) is not None)
    return any(it.of_something_said or it.stems & about for it in clauses)


def _of_request(talk: Talk, at: int, asked: Request, place: int) -> Todo:
    reply = talk.turns[place]
    own = [it for it in commitments(reply) if not it.joined]
    about = stems(asked.text)
    until, line = due(asked.text), talk.turns[at].line
    if until is None:
        rest = " ".join(it.text for it in own) if own else reply.text
        until, line = due(rest) or due(reply.text), reply.line
    assert reply.line.participant is not None  # noqa: S101 - no tombstone
    return Todo(
        reply.line.participant,
        (at, place, *_restated(talk, at, place, about)),
        verbatim(until, line.text) if until else None,
        about.union(*(it.stems for it in own)),
    )


def _restated(talk: Talk, at: int, place: int, about: set[str]) -> Iterator[int]:
    """The next turn, if who asked says again who will do what."""
    for after in talk.after(place, 1):
        turn = talk.turns[after]
        same = turn.line.participant == talk.turns[at].line.participant
        if same and len(turn.stems & about) > 1 and " will " in turn.text:
            yield after


def _add(found: list[Todo], todo: Todo) -> None:
    """Keep it, or add its places to what it says again."""
    for known in reversed(found):
        fewer = min(len(known.about), len(todo.about))
        if (
            known.owner == todo.owner
            and fewer
            and len(known.about & todo.about) >= _ALIKE * fewer
            and not set(known.places) & set(todo.places)
        ):
            known.places = tuple(sorted({*known.places, *todo.places}))
            known.due = known.due or todo.due
            return
    found.append(todo)


def _ask_when(talk: Talk, todo: Todo) -> None:
    """Take the day from "when can you have it?" and the answer to that."""
    if todo.due is not None:
        return
    for asked in talk.after(todo.places[-1], 2):
        turn = talk.turns[asked]
        if turn.line.participant == todo.owner or not _WHEN.search(turn.text):
            continue
        for place in talk.after(asked, 1):
            reply = talk.turns[place]
            until = due(reply.text)
            if reply.line.participant == todo.owner and until:
                todo.due = verbatim(until, reply.line.text)
                todo.places = (*todo.places, asked, place)
        return
