"""
The writer: a meeting's lines in, its summary out; by a model, or by the rules.

Rule 1: a model never sees a line that is addressed to it instead of to people (see
`machine`), so that no such line can become evidence of anything.
Rule 2: nothing of an answer is used that has not passed `checks`.
Rule 3: nothing is kept between two calls.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from gatekeeper.assistant.faults import NothingSaid
from gatekeeper.assistant.highlights import highlights
from gatekeeper.assistant.model.clean import visible
from gatekeeper.assistant.model.endpoint import Endpoint, host_elsewhere
from gatekeeper.assistant.model.faults import ModelAnswerUnusable, ModelInputTooLong
from gatekeeper.assistant.model.request import Message, tokens
from gatekeeper.assistant.summary import prompt
from gatekeeper.assistant.summary.answer import SCHEMA, parse
from gatekeeper.assistant.summary.checks import Check, Checked
from gatekeeper.assistant.summary.chunks import Chunk, chunks
from gatekeeper.assistant.summary.document import Summary
from gatekeeper.assistant.summary.machine import to_machine
from gatekeeper.assistant.summary.merge import sections
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.consent.types import ParticipantId

_MOST_ANSWER = 2048
"""Tokens of one answer; a quarter of the context, if that is less."""
_MARGIN = 64
"""Tokens for what an endpoint puts around messages."""
_TRIES = 2
_MOST_TOPICS = 12
_EXPECTED = 1500
"""Characters of an answer, about: for the progress alone."""


class Model(Protocol):
    """What the writer needs of a `ModelClient`."""

    endpoint: Endpoint

    async def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        arrived: Callable[[int], None] = ...,
    ) -> str:
        """The whole answer; with `schema` one JSON object. Raises `ModelFault`s."""


class SummaryWriter:
    """Writes summaries. `clock` gives the time in UTC."""

    def __init__(self, client: Model | None, *, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._clock = clock

    async def write(
        self,
        lines: Sequence[TranscriptLine],
        names: Mapping[ParticipantId, str],
        *,
        language: str,
        progress: Callable[[float], None],
    ) -> Summary:
        """
        The summary of `lines`, which are in order of time, tombstones among them.

        `names` tell who is named in a line; they are not sent. `progress` hears rising
        numbers up to 1. Raises `NothingSaid`, and the client's `ModelFault`s.
        """
        seen = [replace(line, text=visible(line.text)) for line in lines]
        if self._client is not None:
            writing = _Writing(self._client, names, language, _Progress(progress))
            return await writing.summary(seen, self._clock)
        found = await asyncio.to_thread(
            highlights, seen, language=language, made_at=self._clock()
        )
        if found is None:
            raise NothingSaid
        progress(1.0)
        return found


class _Writing:
    """One summary by a model."""

    def __init__(
        self,
        client: Model,
        names: Mapping[ParticipantId, str],
        language: str,
        progress: "_Progress",
    ) -> None:
        self._client = client
        self._names = names
        self._language = language
        self._progress = progress
        self._answer = min(_MOST_ANSWER, client.endpoint.context_tokens // 4)

    async def summary(
        self, lines: Sequence[TranscriptLine], clock: Callable[[], datetime]
    ) -> Summary:
        said = [line for line in lines if not line.erased and line.text.strip()]
        readable = [line for line in said if not to_machine(line.text)]
        if not readable:
            raise NothingSaid
        endpoint = self._client.endpoint
        return Summary(
            engine="model",
            model=endpoint.model,
            host=host_elsewhere(endpoint.base_url),
            language=self._language,
            first=said[0].began,
            last=max(line.ended for line in said),
            sections=sections(await self._found(readable)),
            made_at=clock(),
        )

    async def _found(self, lines: Sequence[TranscriptLine]) -> list[Checked]:
        """What passed of all chunks. Raises `ModelAnswerUnusable` if nothing did."""
        parts = chunks(lines, budget=self._budget(lines))
        topics = max(1, min(6, _MOST_TOPICS // len(parts)))
        found: list[Checked] = []
        proposed = 0
        for at, chunk in enumerate(parts):
            self._progress.begin(at, len(parts))
            passed, count = await self._request(chunk, topics)
            found += passed
            proposed += count
        if proposed and not found:
            raise ModelAnswerUnusable
        self._progress.end()
        return found

    def _budget(self, lines: Sequence[TranscriptLine]) -> int:
        """Tokens that lines may take in one request."""
        rules = prompt.messages(
            Chunk((), {}, "P"), language=self._language, topics=6, again=True
        )
        speakers = len({line.participant for line in lines})
        # Labels stand in the rules too, at most some 8 tokens each.
        spent = sum(tokens(it["content"]) for it in rules) + 8 * speakers
        left = self._client.endpoint.context_tokens - self._answer - spent - _MARGIN
        if left <= 0:
            raise ModelInputTooLong
        return left

    async def _request(self, chunk: Chunk, topics: int) -> tuple[list[Checked], int]:
        """What passed, and how much was proposed."""
        check = Check(chunk, self._names, self._language)
        for attempt in range(_TRIES):
            last = attempt == _TRIES - 1
            try:
                text = await self._client.complete(
                    prompt.messages(
                        chunk, language=self._language, topics=topics, again=attempt > 0
                    ),
                    max_tokens=self._answer,
                    schema=SCHEMA,
                    arrived=self._progress.arrived,
                )
            except ModelAnswerUnusable:
                if last:
                    raise
                continue
            answer = parse(text)
            if answer is None:
                continue
            passed = check.passed(answer)
            if passed or not answer.count or last:
                return passed, answer.count
        raise ModelAnswerUnusable


class _Progress:
    """Rising numbers from 0 to 1, whatever is asked again."""

    def __init__(self, told: Callable[[float], None]) -> None:
        self._told = told
        self._last = 0.0
        self._part, self._parts = 0, 1

    def begin(self, part: int, parts: int) -> None:
        self._part, self._parts = part, parts
        self._report(part / parts)

    def arrived(self, characters: int) -> None:
        """Within a part it nears its end and never reaches it."""
        inside = characters / (characters + _EXPECTED)
        self._report((self._part + inside) / self._parts)

    def end(self) -> None:
        self._report(1.0)

    def _report(self, value: float) -> None:
        if value > self._last:
            self._last = value
            self._told(value)
