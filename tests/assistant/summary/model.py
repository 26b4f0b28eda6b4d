"""A model that says what a test gives it, and writes down what it was asked."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gatekeeper.assistant.model.endpoint import Endpoint
from gatekeeper.assistant.model.faults import ModelFault
from gatekeeper.assistant.model.request import Message

Given = dict[str, str]
"""A line as the model gets it: id, who, text."""
Reply = str | ModelFault | Callable[[list[Given]], str]


class Model:
    """The last reply is given again and again."""

    def __init__(self, *replies: Reply, context_tokens: int = 8192) -> None:
        self.endpoint = Endpoint(
            "http://localhost:9/v1", "tiny", context_tokens=context_tokens
        )
        self.asked: list[Sequence[Message]] = []
        self.max_tokens: list[int] = []
        self._replies = list(replies)

    async def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        arrived: Callable[[int], None] = lambda characters: None,
    ) -> str:
        self.asked.append(messages)
        self.max_tokens.append(max_tokens)
        assert schema is not None
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if isinstance(reply, ModelFault):
            raise reply
        text = reply if isinstance(reply, str) else reply(given(messages))
        for characters in range(0, len(text), 100):
            arrived(characters)
        return text


def given(messages: Sequence[Message]) -> list[Given]:
    """The lines of a request."""
    lines: list[Given] = json.loads(messages[1]["content"])
    return lines


def said(text: str, *lines: str, **more: str | None) -> dict[str, Any]:
    """One item of an answer."""
    return {"text": text, **more, "lines": list(lines)}


def answer(**sections: list[dict[str, Any]]) -> str:
    """An answer, sections that are not named empty."""
    empty: dict[str, list[dict[str, Any]]] = {
        "topics": [],
        "decisions": [],
        "todos": [],
        "questions": [],
    }
    return json.dumps(empty | sections)


def reference(lines: list[Given], words: str) -> str:
    """The id of the line that says `words`."""
    return next(line["id"] for line in lines if words in line["text"])
