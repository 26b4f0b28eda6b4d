"""
The reply: bytes of an endpoint in, what they say out. No I/O.

Server-sent events as the OpenAI API uses them, and the one JSON object of a server
that ignores `stream`. Seen in the wild and dealt with: deltas without content, usage
without choices, comments, errors inside of HTTP 200, content in parts, bad UTF-8.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gatekeeper.assistant.model.faults import ModelAnswerTooLarge, ModelAnswerUnusable

MOST_BYTES = 16 * 2**20
"""Of a reply. Each token comes in an event of some 250 bytes, so 64,000 of them."""
MOST_LINE = 2**20
"""Of one event, or of the whole of a reply that is one JSON object."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One event of a reply."""

    text: str = ""
    thought: bool = False
    """Whether the model thinks, in a field of its own."""
    finish: str | None = None
    """Why the answer ends here: `stop`, `length`, `content_filter`..."""
    error: str | None = None
    """What the server says went wrong; may quote the prompt, so it goes nowhere."""


class Reply:
    """Takes the bytes of one reply, in pieces of any size."""

    def __init__(self) -> None:
        self._buffer = b""
        self._taken = 0
        self._one_object: bool | None = None

    def feed(self, data: bytes) -> Iterator[Chunk]:
        """What has become readable. Raises `ModelAnswerTooLarge`, `...Unusable`."""
        self._taken += len(data)
        self._buffer += data
        if self._one_object is None and self._buffer.strip():
            self._one_object = self._buffer.lstrip().startswith(b"{")
        if not self._one_object:
            *lines, self._buffer = self._buffer.split(b"\n")
            for line in lines:
                yield from self._read(line)
        if self._taken > MOST_BYTES or len(self._buffer) > MOST_LINE:
            raise ModelAnswerTooLarge

    def finish(self) -> Iterator[Chunk]:
        """What is left when the connection has ended. Raises as `feed` does."""
        if self._one_object:
            chunk = _chunk(self._buffer)
            yield (
                chunk if chunk.error else replace(chunk, finish=chunk.finish or "stop")
            )
        else:
            yield from self._read(self._buffer)
        self._buffer = b""

    def _read(self, line: bytes) -> Iterator[Chunk]:
        name, _, value = line.strip().partition(b":")
        value = value.strip()
        if name not in (b"data", b"error") or not value:
            return  # a comment, another field or a blank line
        yield Chunk(finish="stop") if value == b"[DONE]" else _chunk(value)


def _chunk(data: bytes) -> Chunk:
    try:
        found = json.loads(data.decode(errors="replace"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        # Not from the cause: it holds the text.
        raise ModelAnswerUnusable
    if found.get("error"):
        return Chunk(error=json.dumps(found["error"]))
    choices = found.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    return _choice(choice) if isinstance(choice, dict) else Chunk()


def _choice(choice: dict[str, Any]) -> Chunk:
    said = choice.get("delta") or choice.get("message")
    said = said if isinstance(said, dict) else {}
    finish = choice.get("finish_reason")
    text = _text(said.get("content"))
    thought = said.get("reasoning_content") or said.get("reasoning")
    return Chunk(
        text=text,
        thought=bool(thought) and not text,
        finish=finish if isinstance(finish, str) and finish else None,
    )


def _text(content: object) -> str:
    """Text, or parts of which some are text."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = (part for part in content if isinstance(part, dict))
    texts = (part.get("text") for part in parts if part.get("type") == "text")
    return "".join(text for text in texts if isinstance(text, str))
