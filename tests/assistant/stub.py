"""
A stub of an OpenAI-compatible endpoint that does what it is told, faults above all.

It stands beside the real llama.cpp server (`tests.assistant.llama`), for what that one
does not do when asked to. `mode` may be changed between requests.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OVERSIZE = 2 * 2**20
"""Characters; twice of what any answer may have."""


@dataclass
class Stub:
    """One endpoint. Modes are the names of its methods below."""

    mode: str = "stream"
    text: str = "The launch moves to Friday."
    """What the modes that answer say."""
    retry_after: str = "0"
    faults: int = 1000
    """How many requests meet the mode's fault; later ones are answered."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    elsewhere: int = 0
    """How many requests have followed the redirect."""
    base_url: str = ""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when somebody hangs up on a slow answer."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set with the first request."""

    async def chat(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(await request.json())
        self.headers.append(dict(request.headers))
        self.asked.set()
        faulty = len(self.requests) <= self.faults
        handler: Handler = getattr(self, self.mode if faulty else "stream")
        return await handler(request)

    async def other(self, request: web.Request) -> web.StreamResponse:
        self.elsewhere += 1
        return web.Response(text="not for you")

    # Answers.

    async def stream(self, request: web.Request) -> web.StreamResponse:
        return await self._events(request, *map(_delta, _pieces(self.text)), _END)

    async def whole(self, request: web.Request) -> web.StreamResponse:
        """One JSON object: the server does not know `stream`."""
        said = {"role": "assistant", "content": self.text}
        choice = {"index": 0, "message": said, "finish_reason": "stop"}
        return web.json_response({"choices": [choice]})

    async def cut(self, request: web.Request) -> web.StreamResponse:
        end = _event({"choices": [{"delta": {}, "finish_reason": "length"}]})
        return await self._events(request, _delta(self.text), end, _DONE)

    async def odd(self, request: web.Request) -> web.StreamResponse:
        """All that is odd and allowed: see the issue texts of the servers."""
        role = {"choices": [{"delta": {"role": "assistant", "content": None}}]}
        usage = {"choices": [], "usage": {"total_tokens": 7}}
        return await self._events(
            request,
            b": a comment\r\n\r\n",
            b"event: message\r\nid: 1\r\n",
            _event(role),
            b"\n\n\n",
            _event({"choices": [{"delta": {"content": ""}, "finish_reason": None}]}),
            _event({"choices": [{"delta": None}]}),
            *map(_delta, _pieces(self.text)),
            _event({"choices": [{"delta": {"content": [{"type": "image"}]}}]}),
            _event({"choices": [{"delta": {"reasoning_content": "SECRET"}}]}),
            _event(usage),
            _event({"choices": [{"delta": {}, "finish_reason": "stop"}]}),
            _event(usage),
            _DONE,
        )

    async def thinks(self, request: web.Request) -> web.StreamResponse:
        thought = f"<think>\nSECRET {self.text}</think>\n\n{self.text}"
        return await self._events(request, *map(_delta, thought), _END)

    async def thinks_long(self, request: web.Request) -> web.StreamResponse:
        """Thinks until its tokens are used up, unless it gets more of them."""
        if self.requests[-1]["max_tokens"] >= 1000:
            return await self.stream(request)
        thought = _event({"choices": [{"delta": {"reasoning_content": "SECRET"}}]})
        end = _event({"choices": [{"delta": {}, "finish_reason": "length"}]})
        return await self._events(request, thought, end)

    async def bad_utf8(self, request: web.Request) -> web.StreamResponse:
        bad = _delta("a\x01b").replace(b"\\u0001", b"\xff\xfe")
        half = rb'data: {"choices":[{"delta":{"content":"\ud83d"}}]}' + b"\n\n"
        other = rb'data: {"choices":[{"delta":{"content":"\udc4d \udc4d"}}]}' + b"\n\n"
        return await self._events(request, bad, half, other, _END)

    async def echo(self, request: web.Request) -> web.StreamResponse:
        """Says all that it was told: a model that can be talked into anything."""
        told = "\n".join(m["content"] for m in self.requests[-1]["messages"])
        return await self._events(request, *map(_delta, _pieces(told)), _END)

    # Servers that take less than they are asked to.

    async def no_schema(self, request: web.Request) -> web.StreamResponse:
        return await self._without(request, "json_schema")

    async def no_format(self, request: web.Request) -> web.StreamResponse:
        return await self._without(request, "json_schema", "json_object")

    async def no_format_500(self, request: web.Request) -> web.StreamResponse:
        """As llama-cpp-python says it."""
        return await self._without(request, "json_schema", "json_object", status=500)

    async def ignores_format(self, request: web.Request) -> web.StreamResponse:
        if "JSON Schema" in json.dumps(self.requests[-1]["messages"]):
            return await self.stream(request)
        return await self._events(request, _delta("I would say: {maybe}."), _END)

    async def no_match(self, request: web.Request) -> web.StreamResponse:
        """As llama.cpp says it, when the answer is nearly whole."""
        if "response_format" not in self.requests[-1]:
            return await self.stream(request)
        message = "The model output does not match the expected peg-native format"
        error = _event({"error": {"code": 500, "message": message}})
        return await self._events(request, _delta('{"a": '), error)

    async def newer(self, request: web.Request) -> web.StreamResponse:
        """A hosted model that takes neither `max_tokens` nor a temperature."""
        for name, hint in (
            ("max_tokens", "Use 'max_completion_tokens' instead."),
            ("temperature", "Only the default of temperature is supported."),
        ):
            if name in self.requests[-1]:
                error = {"message": f"Unsupported parameter: {name}. {hint}"}
                return web.json_response({"error": error}, status=400)
        return await self.stream(request)

    # Faults.

    async def refuses_key(self, request: web.Request) -> web.StreamResponse:
        return self._refusal(401)

    async def unknown(self, request: web.Request) -> web.StreamResponse:
        return self._refusal(404)

    async def busy(self, request: web.Request) -> web.StreamResponse:
        answer = self._refusal(429)
        answer.headers["Retry-After"] = self.retry_after
        return answer

    async def fails(self, request: web.Request) -> web.StreamResponse:
        return self._refusal(500)

    async def too_long(self, request: web.Request) -> web.StreamResponse:
        message = "request (36017 tokens) exceeds the available context size"
        return web.json_response({"error": {"message": message}}, status=400)

    async def redirects(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect("/elsewhere")

    async def silent(self, request: web.Request) -> web.StreamResponse:
        """Never says a word: the slow first token."""
        await self._until_gone(await self._begin(request))
        raise AssertionError("unreachable")

    async def stalls(self, request: web.Request) -> web.StreamResponse:
        """Begins to speak, and never goes on."""
        answer = await self._begin(request)
        await answer.write(_delta(self.text))
        await self._until_gone(answer)
        raise AssertionError("unreachable")

    async def breaks(self, request: web.Request) -> web.StreamResponse:
        """Breaks off in the middle of an event."""
        answer = await self._begin(request)
        await answer.write(_delta(self.text) + b'data: {"choices"')
        assert request.transport is not None
        request.transport.close()
        return answer

    async def drops(self, request: web.Request) -> web.StreamResponse:
        """Hangs up before it has said anything."""
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def ends_early(self, request: web.Request) -> web.StreamResponse:
        return await self._events(request, _delta(self.text))

    async def bad_json(self, request: web.Request) -> web.StreamResponse:
        return await self._events(request, b"data: {not json\n\n")

    async def no_chat(self, request: web.Request) -> web.StreamResponse:
        """Some other server's page."""
        return web.Response(text="<!doctype html>\n<title>Welcome</title>")

    async def errs(self, request: web.Request) -> web.StreamResponse:
        """An error inside of HTTP 200, which quotes the request."""
        error = _event({"error": {"message": json.dumps(self.requests[-1])}})
        return await self._events(request, error)

    async def oversize(self, request: web.Request) -> web.StreamResponse:
        many = OVERSIZE // 50_000
        return await self._events(request, *[_delta("x" * 50_000)] * many, _END)

    async def one_endless_line(self, request: web.Request) -> web.StreamResponse:
        return await self._events(request, b"data: " + b"x" * OVERSIZE)

    # How it is done.

    def _refusal(self, status: int) -> web.Response:
        """An error whose text quotes the prompt and the key, as some do."""
        quoted = json.dumps(self.requests[-1]) + str(self.headers[-1])
        return web.json_response({"error": {"message": quoted}}, status=status)

    async def _without(
        self, request: web.Request, *refused: str, status: int = 400
    ) -> web.StreamResponse:
        asked = self.requests[-1].get("response_format", {}).get("type")
        if asked not in refused:
            return await self.stream(request)
        error = {"message": f"('body', 'response_format', 'type'): {asked}"}
        return web.json_response({"error": error}, status=status)

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        return answer

    async def _events(self, request: web.Request, *events: bytes) -> web.StreamResponse:
        answer = await self._begin(request)
        for event in events:
            await answer.write(event)
        await answer.write_eof()
        return answer

    async def _until_gone(self, answer: web.StreamResponse) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.gone.set()


@asynccontextmanager
async def running(**settings: Any) -> AsyncIterator[Stub]:
    """A stub that listens on this machine: `stub.base_url`."""
    stub = Stub(**settings)
    app = web.Application(client_max_size=2**26)
    app.router.add_post("/v1/chat/completions", stub.chat)
    app.router.add_route("*", "/elsewhere", stub.other)
    # Handlers are cancelled when the client goes, and so notice it.
    async with TestServer(app) as server:
        stub.base_url = str(server.make_url("/v1"))
        yield stub


def _pieces(text: str) -> list[str]:
    """Cuts anywhere, as tokens do."""
    return [text[at : at + 3] for at in range(0, len(text), 3)]


def _delta(text: str) -> bytes:
    return _event({"choices": [{"index": 0, "delta": {"content": text}}]})


def _event(value: object) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


_DONE = b"data: [DONE]\n\n"
_END = _event({"choices": [{"delta": {}, "finish_reason": "stop"}]}) + _DONE
