"""The client against an endpoint that does whatever an endpoint may do."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import unused_port
from structlog.testing import capture_logs

from gatekeeper.assistant.model.client import ModelClient
from gatekeeper.assistant.model.endpoint import Endpoint, Times
from gatekeeper.assistant.model.faults import (
    ModelAnswerTooLarge,
    ModelAnswerUnusable,
    ModelBroken,
    ModelBusy,
    ModelFailed,
    ModelFault,
    ModelInputTooLong,
    ModelKeyRefused,
    ModelRedirected,
    ModelSlow,
    ModelUnknown,
    ModelUnreachable,
)
from gatekeeper.assistant.model.request import Message
from tests.assistant.stub import Stub, running

PATIENT = Times(pauses=(0, 0))
QUESTION: Sequence[Message] = (
    {"role": "system", "content": "Rules."},
    {"role": "user", "content": "marker-prompt"},
)
KEY = "marker-key"
OBJECT = '{"a": "b"}'
SCHEMA = {"type": "object"}


@asynccontextmanager
async def _client(stub: Stub, times: Times = PATIENT) -> AsyncIterator[ModelClient]:
    async with aiohttp.ClientSession() as session:
        yield ModelClient(Endpoint(stub.base_url, "tiny", KEY, times=times), session)


async def _streamed(client: ModelClient) -> str:
    return "".join([piece async for piece in client.stream(QUESTION, max_tokens=99)])


async def _object(client: ModelClient, **more: Any) -> str:
    return await client.complete(QUESTION, max_tokens=99, schema=SCHEMA, **more)


@pytest.mark.parametrize("mode", ["stream", "whole", "odd", "thinks", "cut"])
async def test_the_answer_is_what_was_said(mode: str) -> None:
    async with running(mode=mode) as stub, _client(stub) as client:
        answer = client.stream(QUESTION, max_tokens=99)
        pieces = [piece async for piece in answer]

        assert "".join(pieces) == stub.text
        assert "" not in pieces
        assert answer.cut == (mode == "cut")
        assert await client.complete(QUESTION, max_tokens=99) == stub.text
    assert stub.requests[0]["messages"] == list(QUESTION)
    assert stub.headers[0]["Authorization"] == f"Bearer {KEY}"
    # llama.cpp hangs up after an answer, so a connection is never used again.
    assert stub.headers[0]["Connection"] == "close"


async def test_bad_text_is_mended() -> None:
    async with running(mode="bad_utf8") as stub, _client(stub) as client:
        assert await _streamed(client) == "a\ufffd\ufffdb👍 \ufffd"


FAULTS: Sequence[tuple[str, type[ModelFault], int]] = (
    ("refuses_key", ModelKeyRefused, 1),
    ("unknown", ModelUnknown, 1),
    ("busy", ModelBusy, 3),
    ("fails", ModelFailed, 3),
    ("too_long", ModelInputTooLong, 1),
    ("redirects", ModelRedirected, 1),
    ("breaks", ModelBroken, 1),
    ("drops", ModelBroken, 3),
    ("ends_early", ModelBroken, 1),
    ("bad_json", ModelAnswerUnusable, 1),
    ("no_chat", ModelAnswerUnusable, 1),
    ("errs", ModelFailed, 3),
    ("oversize", ModelAnswerTooLarge, 1),
    ("one_endless_line", ModelAnswerTooLarge, 1),
)


@pytest.mark.parametrize(("mode", "fault", "requests"), FAULTS)
async def test_each_fault_is_told_apart_and_tells_nothing_else(
    mode: str, fault: type[ModelFault], requests: int
) -> None:
    async with running(mode=mode) as stub, _client(stub) as client:
        with capture_logs() as logs, pytest.raises(ModelFault) as raised:
            await _streamed(client)

    assert type(raised.value) is fault
    assert str(raised.value) == fault.detail
    assert raised.value.__cause__ is raised.value.__context__ is None
    assert len(stub.requests) == requests
    assert stub.elsewhere == 0
    failed = logs[-1]
    assert failed["event"] == "model.failed"
    assert set(failed) == {"event", "log_level", "cause", "host"}
    assert stub.base_url == f"http://{failed['host']}/v1"
    for secret in ("marker-prompt", KEY, stub.text):
        assert secret not in str(logs)


async def test_a_closed_port_is_unreachable() -> None:
    stub = Stub(base_url=f"http://127.0.0.1:{unused_port()}/v1")
    async with _client(stub) as client:
        with capture_logs() as logs, pytest.raises(ModelUnreachable):
            await _streamed(client)

    events = [entry["event"] for entry in logs]
    assert events == ["model.repeated", "model.repeated", "model.failed"]


async def test_who_does_not_begin_is_not_waited_for_or_asked_again() -> None:
    times = replace(PATIENT, first_token=0.05)
    async with running(mode="silent") as stub, _client(stub, times) as client:
        with pytest.raises(ModelSlow):
            await _streamed(client)

    assert len(stub.requests) <= 1


async def test_who_does_not_go_on_is_hung_up_on() -> None:
    times = replace(PATIENT, idle=0.05)
    async with running(mode="stalls") as stub, _client(stub, times) as client:
        with pytest.raises(ModelSlow):
            await _streamed(client)
        await asyncio.wait_for(stub.gone.wait(), 10)

    assert len(stub.requests) == 1


async def test_all_of_it_has_an_end() -> None:
    times = replace(PATIENT, total=0.05)
    async with running(mode="stalls") as stub, _client(stub, times) as client:
        with pytest.raises(ModelSlow):
            await _streamed(client)


@pytest.mark.parametrize("mode", ["busy", "fails", "drops", "errs"])
async def test_a_passing_fault_is_passed_over(mode: str) -> None:
    async with running(mode=mode, faults=2) as stub, _client(stub) as client:
        assert await _streamed(client) == stub.text

    assert len(stub.requests) == 3


async def test_what_was_said_is_given_before_a_break_and_never_twice() -> None:
    async with running(mode="breaks", faults=1) as stub, _client(stub) as client:
        answer = client.stream(QUESTION, max_tokens=99)
        assert await anext(answer) == stub.text
        with pytest.raises(ModelBroken):
            await anext(answer)

    assert len(stub.requests) == 1


@pytest.mark.parametrize(("wait", "requests"), [("0", 3), ("21", 1), ("99999", 1)])
async def test_who_is_busy_for_long_is_not_waited_for(wait: str, requests: int) -> None:
    async with (
        running(mode="busy", retry_after=wait) as stub,
        _client(stub, Times()) as client,
    ):
        with pytest.raises(ModelBusy):
            await _streamed(client)

    assert len(stub.requests) == requests


async def test_who_stops_listening_stops_the_model() -> None:
    async with running(mode="stalls") as stub, _client(stub) as client:
        answer = client.stream(QUESTION, max_tokens=99)
        async with aclosing(answer):
            assert await anext(answer) == stub.text
        await asyncio.wait_for(stub.gone.wait(), 10)


@pytest.mark.parametrize("mode", ["silent", "stalls"])
async def test_a_cancelled_task_stops_the_model(mode: str) -> None:
    async with running(mode=mode) as stub, _client(stub) as client:
        async with asyncio.TaskGroup() as tasks:
            task = tasks.create_task(_streamed(client))
            await asyncio.wait_for(stub.asked.wait(), 10)
            task.cancel()
        await asyncio.wait_for(stub.gone.wait(), 10)

    assert task.cancelled()


@pytest.mark.parametrize(
    ("mode", "forms"),
    [
        ("stream", ["json_schema"]),
        ("whole", ["json_schema"]),
        ("no_schema", ["json_schema", "json_object"]),
        ("no_format", ["json_schema", "json_object", None]),
        ("no_format_500", ["json_schema", "json_object", None]),
        ("no_match", ["json_schema", "json_object", None]),
        ("ignores_format", ["json_schema", "json_object"]),
    ],
)
async def test_an_object_is_asked_for_in_a_form_that_the_server_takes(
    mode: str, forms: list[str | None]
) -> None:
    text = f"Here it is:\n```json\n{OBJECT}\n```"
    async with running(mode=mode, text=text) as stub, _client(stub) as client:
        assert await _object(client) == OBJECT
        assert await _object(client) == OBJECT

    asked = [r.get("response_format", {}).get("type") for r in stub.requests]
    assert asked == [*forms, forms[-1]]  # what worked is remembered


async def test_an_object_that_does_not_come_is_unusable() -> None:
    async with running(text="I had rather not.") as stub, _client(stub) as client:
        with capture_logs() as logs, pytest.raises(ModelAnswerUnusable):
            await _object(client)

    assert len(stub.requests) == 3
    assert "rather" not in str(logs)


async def test_an_object_that_is_cut_is_unusable() -> None:
    cut = OBJECT + ', {"c"'
    async with running(mode="cut", text=cut) as stub, _client(stub) as client:
        with pytest.raises(ModelAnswerUnusable):
            await _object(client)

    assert len(stub.requests) == 1


async def test_progress_can_be_seen() -> None:
    async with running(text=OBJECT) as stub, _client(stub) as client:
        seen: list[int] = []
        await _object(client, arrived=seen.append)

    assert seen[-1] == len(OBJECT)
    assert seen == sorted(set(seen))
    assert len(seen) > 2


async def test_a_newer_model_is_asked_in_its_own_words() -> None:
    async with running(mode="newer") as stub, _client(stub) as client:
        assert await _streamed(client) == stub.text
        assert await _streamed(client) == stub.text

    limits = [("max_tokens" in r, "temperature" in r) for r in stub.requests]
    assert limits == [(True, True), (False, True), (False, False), (False, False)]
    assert stub.requests[-1]["max_completion_tokens"] == 99


async def test_a_model_that_thinks_too_long_is_given_more_tokens() -> None:
    async with running(mode="thinks_long") as stub, _client(stub) as client:
        assert await _streamed(client) == stub.text
        assert await _streamed(client) == stub.text

    assert [r["max_tokens"] > 1000 for r in stub.requests] == [False, True, True]


async def test_an_empty_answer_is_unusable() -> None:
    async with running(text="") as stub, _client(stub) as client:
        with pytest.raises(ModelAnswerUnusable):
            await _streamed(client)

    assert len(stub.requests) == 1


async def test_words_never_go_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as stub:
        proxy = f"http://127.0.0.1:{unused_port()}"
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy)
        async with _client(stub) as client:
            assert await _streamed(client) == stub.text
        async with aiohttp.ClientSession(trust_env=True) as session:
            with pytest.raises(ValueError, match="HTTP_PROXY"):
                ModelClient(Endpoint(stub.base_url, "tiny"), session)


async def test_what_does_not_fit_is_not_sent() -> None:
    async with running() as stub, _client(stub) as client:
        long: Message = {"role": "user", "content": "x" * 30_000}
        with pytest.raises(ModelInputTooLong):
            await client.complete([long], max_tokens=99)

    assert json.dumps(stub.requests) == "[]"
