"""
The model client: any endpoint that speaks the OpenAI chat API.

Rule 1: words go to the configured address only: no redirect, no proxy.
Rule 2: who stops listening stops the model: the connection closes with the consumer.
Rule 3: a request is repeated only while nothing of its answer has been given away.
Rule 4: no prompt, answer or key is in a log line or an error.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import aiohttp
import structlog

from gatekeeper.assistant.model import refusal as refusals
from gatekeeper.assistant.model.answer import Answer, Ending, aloud
from gatekeeper.assistant.model.endpoint import Endpoint
from gatekeeper.assistant.model.extract import json_object
from gatekeeper.assistant.model.faults import ModelAnswerUnusable, ModelFault
from gatekeeper.assistant.model.refusal import Refusal
from gatekeeper.assistant.model.reply import Chunk, Reply
from gatekeeper.assistant.model.request import Ask, Dialect, Form, Message, tokens
from gatekeeper.assistant.model.turn import Turn

log = structlog.get_logger(__name__)

_MOST_COMPLAINT = 64 * 1024


class _FormRefused(Exception):
    """The endpoint does not take the form in which an answer was asked for."""


class ModelClient:
    """
    Asks one endpoint, and remembers how it wants to be asked.

    Every call raises `ModelFault`s, and nothing else.
    """

    def __init__(self, endpoint: Endpoint, session: aiohttp.ClientSession) -> None:
        if session.trust_env:
            raise ValueError("the session would send words through HTTP_PROXY (rule 1)")
        self.endpoint = endpoint
        self._session = session
        self._dialect = Dialect()
        self._form = Form.SCHEMA

    tokens = staticmethod(tokens)

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, temperature: float = 0.4
    ) -> Answer:
        """The answer, piece by piece: thoughts are left out, no piece is empty."""
        ask = Ask(messages, max_tokens, temperature)
        return Answer(lambda ending: self._asked(ask, ending))

    async def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        temperature: float = 0.0,
        arrived: Callable[[int], None] = lambda characters: None,
    ) -> str:
        """
        The whole answer, as far as `max_tokens` go.

        With `schema` it is one JSON object, not checked against it; one that was cut
        off is `ModelAnswerUnusable`. `arrived` hears how many characters there are so
        far, and from the start again when another form has to be tried.
        """
        turn = Turn(self.endpoint.times)
        ask = Ask(messages, max_tokens, temperature, schema)
        if schema is None:
            return (await self._whole(ask, turn, arrived))[0]
        for form in self._form.and_looser():
            try:
                text, cut = await self._whole(replace(ask, form=form), turn, arrived)
            except _FormRefused:
                continue
            found = None if cut else json_object(text)
            if found is not None:
                self._form = form
                return found
            if cut:
                break
        raise self._failed(Refusal("no JSON object", ModelAnswerUnusable))

    async def _whole(
        self, ask: Ask, turn: Turn, arrived: Callable[[int], None]
    ) -> tuple[str, bool]:
        ending, pieces, characters = Ending(), [], 0
        async with aclosing(self._spoken(ask, turn, ending)) as spoken:
            async for piece in spoken:
                pieces.append(piece)
                characters += len(piece)
                arrived(characters)
        return "".join(pieces), ending.cut

    async def _asked(self, ask: Ask, ending: Ending) -> AsyncGenerator[str, None]:
        turn = Turn(self.endpoint.times)
        async with aclosing(self._spoken(ask, turn, ending)) as spoken:
            async for piece in spoken:
                yield piece

    async def _spoken(
        self, ask: Ask, turn: Turn, ending: Ending
    ) -> AsyncGenerator[str, None]:
        """What is said in the end, after as many requests as that takes."""
        said = False
        while True:
            refusal: Refusal | None = None
            try:
                async with aclosing(self._attempt(ask, turn, ending)) as pieces:
                    async for piece in pieces:
                        said = True
                        yield piece
            except Refusal as exc:
                refusal = exc
            if refusal is None and said:
                return
            if refusal is None and not self._needs_longer(ending):
                refusal = Refusal("empty answer", ModelAnswerUnusable)
            if refusal is not None:
                await self._recover(refusal, ask, turn, said=said)

    def _needs_longer(self, ending: Ending) -> bool:
        """Whether all that was allowed went into thoughts, for the first time."""
        if not (ending.cut and ending.thought) or self._dialect.thinks:
            return False
        self._dialect = replace(self._dialect, thinks=True)
        return True

    async def _recover(
        self, refusal: Refusal, ask: Ask, turn: Turn, *, said: bool
    ) -> None:
        """Return when the question is to be put once more; raises what came of it."""
        other = refusal.is_of_request and self._dialect.after(refusal.complaint)
        if other:
            self._dialect = other
            return
        if ask.is_formal and refusal.is_of_form:
            raise _FormRefused
        if said or not await turn.may_repeat(refusal):
            raise self._failed(refusal)
        log.info("model.repeated", cause=refusal.cause, host=self.endpoint.host)

    def _failed(self, refusal: Refusal) -> ModelFault:
        log.warning("model.failed", cause=refusal.cause, host=self.endpoint.host)
        return refusal.fault()

    async def _attempt(
        self, ask: Ask, turn: Turn, ending: Ending
    ) -> AsyncGenerator[str, None]:
        """
        What one request brings. Raises `Refusal`; the thread of its cause ends here.

        The causes hold URLs, and some of them text of the answer.
        """
        refusal: Refusal | None = None
        try:
            body = self._dialect.body(ask, self.endpoint)
            async with (
                aclosing(self._chunks(body, turn)) as chunks,
                aclosing(aloud(chunks, ending)) as pieces,
            ):
                async for piece in pieces:
                    yield piece
        except (aiohttp.ClientError, OSError) as exc:
            refusal = refusals.of_transport(exc)
        except ModelFault as exc:
            refusal = Refusal(type(exc).__name__, type(exc))
        if refusal is not None:
            raise refusal

    async def _chunks(self, body: bytes, turn: Turn) -> AsyncGenerator[Chunk, None]:
        turn.sent()
        response = await turn.within(self._post(body))
        try:
            if not response.ok or response.status >= 300:
                raise await _refused(response, turn)
            reply = Reply()
            while data := await turn.within(response.content.readany()):
                for chunk in reply.feed(data):
                    if chunk.text or chunk.thought:
                        turn.heard()
                    yield chunk
            for chunk in reply.finish():
                yield chunk
        finally:
            response.close()  # not `release`: what is not read is not to be said

    async def _post(self, body: bytes) -> aiohttp.ClientResponse:
        headers = {
            "Content-Type": "application/json",
            "Accept": "text/event-stream, application/json",
            "Accept-Encoding": "identity",
            # llama.cpp promises `Keep-Alive` and hangs up after a streamed answer, so
            # that the next request on that connection is lost.
            "Connection": "close",
        }
        if self.endpoint.key is not None:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        connect = self.endpoint.times.connect
        return await self._session.post(
            self.endpoint.chat_url,
            data=body,
            headers=headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(connect=connect, sock_connect=connect),
        )


async def _refused(response: aiohttp.ClientResponse, turn: Turn) -> Refusal:
    complaint = b""
    while len(complaint) < _MOST_COMPLAINT:
        data = await turn.within(response.content.readany())
        if not data:
            break
        complaint += data
    text = complaint.decode(errors="replace")
    return refusals.of_status(response.status, response.headers, text)
