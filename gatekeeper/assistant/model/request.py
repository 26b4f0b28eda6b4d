"""
The request: what is asked, in the words that the endpoint at hand understands.

Rule 1: the newest form is tried first, and one that is refused is left for good: see
`Dialect` for parameters, `Form` for structured answers.
Rule 2: nothing is sent that was not asked for: no tools, no user, no metadata.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Self, TypedDict

from gatekeeper.assistant.model.endpoint import Endpoint
from gatekeeper.assistant.model.faults import ModelInputTooLong

THINKING_TOKENS = 4096
"""What a model that thinks first may use for it, on top of its answer."""


class Message(TypedDict):
    """One message of a chat."""

    role: str
    """`system`, `user` or `assistant`."""
    content: str


class Form(Enum):
    """How a structured answer is asked for, the strictest first."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    PLAIN = "plain"

    def and_looser(self) -> list["Form"]:
        """The form itself, and what is left if it is refused."""
        every = list(Form)
        return every[every.index(self) :]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, whatever the endpoint."""

    messages: Sequence[Message]
    max_tokens: int
    temperature: float
    schema: Mapping[str, Any] | None = None
    """JSON Schema of the answer; None where the answer is prose."""
    form: Form = Form.SCHEMA

    @property
    def is_formal(self) -> bool:
        """Whether the endpoint itself is asked to hold the answer to a form."""
        return self.schema is not None and self.form is not Form.PLAIN

    def spelled_out(self) -> list[Message]:
        """The messages, with the schema told in words where the form needs that."""
        if self.schema is None or self.form is Form.SCHEMA:
            return list(self.messages)
        told = (
            "Answer with one JSON object and nothing else. It must fit this JSON "
            f"Schema: {json.dumps(self.schema, ensure_ascii=False)}"
        )
        first, *others = self.messages
        if first["role"] != "system":
            return [{"role": "system", "content": told}, *self.messages]
        content = f"{first['content']}\n\n{told}"
        return [{"role": "system", "content": content}, *others]


@dataclass(frozen=True, slots=True)
class Dialect:
    """Which parameters an endpoint takes, as far as it has told."""

    limit: str = "max_tokens"
    """Newer hosted models take `max_completion_tokens` instead."""
    takes_temperature: bool = True
    thinks: bool = False
    """Whether its thoughts have used up a whole answer."""

    def after(self, complaint: str) -> Self | None:
        """What to try after a complaint about a request; None: it is not about this."""
        if self.limit == "max_tokens" and "max_completion_tokens" in complaint:
            return replace(self, limit="max_completion_tokens")
        if self.takes_temperature and "temperature" in complaint:
            return replace(self, takes_temperature=False)
        return None

    def body(self, ask: Ask, endpoint: Endpoint) -> bytes:
        """
        The JSON to send. Raises `ModelInputTooLong` rather than lose its beginning.

        Some servers cut a long prompt silently (Ollama does), and what goes first is
        the rules.
        """
        messages = ask.spelled_out()
        room = endpoint.context_tokens - sum(tokens(m["content"]) for m in messages)
        if room < ask.max_tokens:
            raise ModelInputTooLong
        thinking = THINKING_TOKENS if self.thinks else 0
        request: dict[str, Any] = {
            "model": endpoint.model,
            "messages": messages,
            "stream": True,
            self.limit: min(ask.max_tokens + thinking, room),
        }
        if self.takes_temperature:
            request["temperature"] = ask.temperature
        if ask.is_formal:
            request["response_format"] = _format(ask)
        return json.dumps(request, ensure_ascii=False).encode(errors="replace")


def tokens(text: str) -> int:
    """
    How many tokens a text may have at most: a third of its UTF-8 bytes, rounded up.

    Pessimistic: English has about four characters to a token, Chinese one or two.
    """
    return -(-len(text.encode(errors="replace")) // 3)


def _format(ask: Ask) -> dict[str, Any]:
    if ask.form is Form.OBJECT:
        return {"type": "json_object"}
    named = {"name": "answer", "strict": True, "schema": ask.schema}
    return {"type": "json_schema", "json_schema": named}
