"""The client against the real llama.cpp server."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path

import aiohttp
import pytest

from gatekeeper.assistant.model.client import ModelClient
from gatekeeper.assistant.model.endpoint import Endpoint, Times
from gatekeeper.assistant.model.faults import (
    ModelAnswerUnusable,
    ModelInputTooLong,
    ModelUnreachable,
)
from gatekeeper.assistant.model.request import Message
from tests.assistant.llama import Llama, llama, make_gguf
from tests.browser.waiting import until

QUESTION: Sequence[Message] = (
    {"role": "system", "content": "Rules."},
    {"role": "user", "content": "What was decided? marker-prompt"},
)
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["topics", "decisions"],
    "properties": {
        "topics": {"type": "array", "items": {"type": "string"}},
        "decisions": {"type": "array", "items": {"type": "string"}},
    },
}
SUMMARY = (
    '{"topics": ["Launch: “beta” 👍"],'
    ' "decisions": ["The launch moves to Friday.", "The launch moves."]}'
)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def _client(server: Llama, session: aiohttp.ClientSession) -> ModelClient:
    endpoint = Endpoint(server.base_url, "tiny", times=Times(pauses=(0, 0)))
    return ModelClient(endpoint, session)


async def test_what_the_model_says_arrives(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    with llama(make_gguf(tmp_path / "say.gguf", SUMMARY)) as server:
        client = _client(server, session)
        answer = client.stream(QUESTION, max_tokens=500)
        pieces = [piece async for piece in answer]
        seen: list[int] = []
        summary = await client.complete(
            QUESTION, max_tokens=500, schema=SCHEMA, arrived=seen.append
        )
        short = client.stream(QUESTION, max_tokens=5)
        beginning = "".join([piece async for piece in short])
        with pytest.raises(ModelAnswerUnusable):
            await client.complete(QUESTION, max_tokens=5, schema=SCHEMA)
        requests = server.requests.read_text("utf-8")

    assert "".join(pieces) == SUMMARY
    assert len(pieces) > 10
    assert not answer.cut
    assert json.loads(summary) == json.loads(SUMMARY)
    assert seen[-1] == len(summary)
    assert short.cut
    assert SUMMARY.startswith(beginning)
    assert requests.count("marker-prompt") == 4  # none was sent twice


async def test_noise_is_bounded_and_fits_the_schema_or_is_refused(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    with llama(make_gguf(tmp_path / "noise.gguf", None)) as server:
        client = _client(server, session)
        noise = await client.complete(QUESTION, max_tokens=200)
        try:
            found = await client.complete(
                QUESTION, max_tokens=200, schema=SCHEMA, temperature=1
            )
        except ModelAnswerUnusable:
            found = '{"topics": [], "decisions": []}'

    noise.encode()  # whole characters only
    assert set(json.loads(found)) == {"topics", "decisions"}


async def test_more_than_the_context_holds_is_told(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    with llama(make_gguf(tmp_path / "say.gguf", "Yes.")) as server:
        endpoint = Endpoint(server.base_url, "tiny", context_tokens=10**6)
        client = ModelClient(endpoint, session)
        long: Message = {"role": "user", "content": "many words " * 2000}
        with pytest.raises(ModelInputTooLong):
            await client.complete([long], max_tokens=9)


async def test_who_stops_listening_stops_the_real_model(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    model = make_gguf(tmp_path / "endless.gguf", "and so on ", endless=True)
    with llama(model) as server:
        client = _client(server, session)
        answer = client.stream(QUESTION, max_tokens=7000)
        async with aclosing(answer):
            await anext(answer)
        await until(
            lambda: "cancel task" in server.log.read_text("utf-8", "replace"),
            "the server notices that nobody listens",
        )


async def test_a_killed_server_is_unreachable(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    with llama(make_gguf(tmp_path / "say.gguf", "Yes.")) as server:
        client = _client(server, session)
        assert await client.complete(QUESTION, max_tokens=9) == "Yes."
        server.process.kill()
        server.process.wait()
        with pytest.raises(ModelUnreachable):
            await client.complete(QUESTION, max_tokens=9)
