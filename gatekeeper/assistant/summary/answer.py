"""
The answer that a model must give: closed, counted, limited in length.

Rule 1: what is not of this shape is no answer; nothing is mended or guessed.
Rule 2: this says nothing of whether it is true: see `checks`.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

_Ref = Annotated[str, StringConstraints(max_length=8)]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=600)]
_Refs = Annotated[tuple[_Ref, ...], Field(min_length=1, max_length=16)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Closed):
    """One item."""

    text: _Text
    lines: _Refs
    """The ids of the lines that it rests on, as they were given."""


class Task(Said):
    """A to-do."""

    owner: Annotated[str, StringConstraints(max_length=100)] | None = None
    due: Annotated[str, StringConstraints(max_length=200)] | None = None


class Answer(_Closed):
    """What the model found in one chunk of the meeting."""

    topics: Annotated[tuple[Said, ...], Field(max_length=12)] = ()
    decisions: Annotated[tuple[Said, ...], Field(max_length=20)] = ()
    todos: Annotated[tuple[Task, ...], Field(max_length=30)] = ()
    questions: Annotated[tuple[Said, ...], Field(max_length=20)] = ()

    @property
    def count(self) -> int:
        """How many items."""
        return sum(map(len, (self.topics, self.decisions, self.todos, self.questions)))


def parse(text: str) -> Answer | None:
    """The answer in one JSON object; None if it is not of the shape."""
    try:
        return Answer.model_validate_json(text)
    except ValidationError:
        return None


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_STRING = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_SAID = _object(text=_STRING, lines=_list(_STRING))
SCHEMA = _object(
    topics=_list(_SAID),
    decisions=_list(_SAID),
    todos=_list(_object(text=_STRING, owner=_MAYBE, due=_MAYBE, lines=_list(_STRING))),
    questions=_list(_SAID),
)
"""
For structured output. Without lengths and counts, which some endpoints refuse (OpenAI's
strict mode did for long); `Answer` holds them.
"""
