"""The engine that is elsewhere, and all that it may do instead of answering."""

import asyncio
import wave
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from gatekeeper.assistant.speech import remote as remote_module
from gatekeeper.assistant.speech.pipe import Heard, Sounded, TrackId
from gatekeeper.assistant.speech.remote import Fault, Remote
from gatekeeper.assistant.speech.settings import EngineSettings
from tests.assistant.speech import voices
from tests.assistant.speech.conftest import Listener, recogniser, say

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
PCM = b"\1\0" * 16_000
OPENING = "We have three things to settle today."


class Endpoint:
    """Transcribes nothing, and writes down what it was sent."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answers: list[Answer] = []
        """What it does next; the last of them for ever."""
        self.reached = asyncio.Event()

    async def hear(self, request: web.Request) -> web.StreamResponse:
        more = len(self.answers) > 1
        answer = self.answers.pop(0) if more else self.answers[0]
        return await answer(request)

    async def words(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        fields: dict[str, Any] = dict(form)
        fields["file"] = fields["file"].file.read()
        self.asked.append({"key": request.headers.get("Authorization"), **fields})
        return web.json_response({"text": f" line {len(self.asked)}\u202e\n"})

    async def stall(self, request: web.Request) -> web.StreamResponse:
        """Read a little, and then no more."""
        self.asked.append({"some": await request.content.readany()})
        self.reached.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def other(self, request: web.Request) -> web.StreamResponse:
        self.asked.append({"redirected": await request.read()})
        return web.json_response({"text": "from elsewhere"})


class Told:
    """Writes down what `Remote` tells."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.faults: list[Fault] = []
        self.behind: list[TrackId] = []
        self.changed = asyncio.Event()

    def hear(self, heard: Heard) -> None:
        self.heard.append(heard)
        self.changed.set()

    def fail(self, fault: Fault) -> None:
        self.faults.append(fault)
        self.changed.set()


@asynccontextmanager
async def serving(*answers: str | Answer) -> AsyncIterator[tuple[Endpoint, str]]:
    endpoint = Endpoint()
    endpoint.answers = [
        getattr(endpoint, answer) if isinstance(answer, str) else answer
        for answer in answers
    ]
    app = web.Application()
    app.router.add_post("/v1/audio/transcriptions", endpoint.hear)
    app.router.add_post("/other", endpoint.other)
    async with TestServer(app) as server:
        yield endpoint, str(server.make_url("/v1"))


@asynccontextmanager
async def asking(base_url: str, **more: Any) -> AsyncIterator[tuple[Remote, Told]]:
    told = Told()
    settings = EngineSettings("http", base_url=base_url, model="big", **more)
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
        remote = Remote(
            settings,
            session,
            now=asyncio.get_running_loop().time,
            heard=told.hear,
            failed=told.fail,
            behind=told.behind.append,
        )
        running = tasks.create_task(remote.run())
        remote.open(1, "ann")
        try:
            yield remote, told
        finally:
            running.cancel()


def utterance(number: int = 0, track: TrackId = 1, pcm: bytes = PCM) -> Sounded:
    began = 10.0 * number + 1
    return Sounded(track, 0.0, began - 0.1, began, began + 1, pcm)


def status(code: int, **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        await request.read()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, text="the words: pineapple", headers=named)

    return answer


def body(content: bytes) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        await request.read()
        return web.Response(body=content, content_type="application/json")

    return answer


async def test_words_come_back_and_only_known_fields_are_sent() -> None:
    async with (
        serving("words") as (endpoint, url),
        asking(url, key="hush", language="en-GB") as (remote, told),
    ):
        remote.submit(utterance())
        await told.changed.wait()

    (asked,) = endpoint.asked
    file = asked.pop("file")
    assert asked == {
        "key": "Bearer hush",
        "model": "big",
        "response_format": "json",
        "language": "en",
    }
    with wave.open(BytesIO(file)) as sound:
        assert sound.getparams()[:3] == (1, 2, 16_000)
        assert sound.readframes(99_999) == PCM
    assert told.heard == [Heard(told.heard[0].line, 1.0, 2.0, (1,), "line 1")]


async def test_no_key_and_no_language_send_none() -> None:
    async with (
        serving("words") as (endpoint, url),
        asking(url + "/", language="") as (remote, told),
    ):
        remote.submit(utterance())
        await told.changed.wait()

    assert endpoint.asked[0]["key"] is None
    assert endpoint.asked[0].keys() == {"key", "file", "model", "response_format"}


async def test_two_tracks_of_one_microphone_send_it_once() -> None:
    async with serving("words") as (endpoint, url), asking(url) as (remote, told):
        remote.open(2, "ann")
        remote.submit(utterance())
        remote.submit(utterance(track=2))
        await told.changed.wait()
        await until(told, lambda: bool(told.heard))

    assert len(endpoint.asked) == 1
    assert [heard.tracks for heard in told.heard] == [(1, 2)]


@pytest.mark.parametrize(
    "first", [status(500), status(503), status(429, Retry_After="0"), status(429)]
)
async def test_what_may_pass_is_tried_once_more(
    monkeypatch: pytest.MonkeyPatch, first: Answer
) -> None:
    monkeypatch.setattr(remote_module, "_PAUSE", 0.0)
    async with serving(first, "words") as (_, url), asking(url) as (remote, told):
        remote.submit(utterance())
        await told.changed.wait()

    assert [heard.text for heard in told.heard] == ["line 1"]


FAULTS: dict[str, tuple[Answer, str]] = {
    "key": (status(401), "key_file"),
    "unknown": (status(404), "base_url and model"),
    "busy": (status(429, Retry_After="11"), "busy"),
    "redirected": (status(307, Location="/other"), "another address"),
    "failed": (status(500), "fault of its own"),
    "refused": (status(422), "base_url"),
    "oversize": (body(b'{"text": "' + b"x" * (1 << 20) + b'"}'), "could not be used"),
    "broken": (body(b'{"text": '), "could not be used"),
    "wordless": (body(b'{"words": ["pineapple"]}'), "could not be used"),
}


@pytest.mark.parametrize("kind", FAULTS)
async def test_three_failures_in_a_row_end_it_with_a_sentence_that_helps(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    answer, sentence = FAULTS[kind]
    monkeypatch.setattr(remote_module, "_PAUSE", 0.0)
    with capture_logs() as logs:
        async with serving(answer) as (endpoint, url), asking(url) as (remote, told):
            for number in range(3):
                remote.submit(utterance(number))
            await told.changed.wait()

    (fault,) = told.faults
    assert sentence in str(fault)
    assert "pineapple" not in str(fault) + str(logs)
    assert endpoint.asked == []  # nothing went to where it was redirected
    assert [entry["times"] for entry in logs] == [1, 2, 3]
    assert told.heard == []


async def test_a_server_that_does_not_run_is_unreachable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remote_module, "_PAUSE", 0.0)
    async with serving("words") as (_, url):
        pass
    async with asking(url) as (remote, told):
        for number in range(3):
            remote.submit(utterance(number))
        await told.changed.wait()

    assert "whether it is running" in str(told.faults[0])


async def test_a_single_failure_costs_one_line_only() -> None:
    async with (
        serving(status(401), status(401), "words", status(401)) as (_, url),
        asking(url) as (remote, told),
    ):
        for number in range(3):
            remote.submit(utterance(number))
        await until(told, lambda: bool(told.heard))
        remote.submit(utterance(4))
        remote.submit(utterance(5))
        await until(told, lambda: remote._failures == 2)

    assert told.faults == []
    assert told.heard[0].began == utterance(2).began


async def test_closing_cuts_off_what_is_on_its_way_and_sends_nothing_else() -> None:
    long = PCM * 15
    async with (
        serving("stall", "words") as (endpoint, url),
        asking(url) as (remote, told),
    ):
        remote.open(2, "ben")
        remote.submit(utterance(0, pcm=long))
        remote.submit(utterance(1))
        remote.submit(utterance(2, track=2))
        await endpoint.reached.wait()
        remote.close(1)
        remote.close(1)
        await until(told, lambda: bool(told.heard))

    assert [heard.tracks for heard in told.heard] == [(2,)]
    assert len(endpoint.asked) == 2
    assert len(endpoint.asked[0]["some"]) < len(long)


async def test_closing_one_of_two_tracks_goes_on_for_the_other() -> None:
    async with serving("words") as (_, url), asking(url) as (remote, told):
        remote.open(2, "ann")
        remote.submit(utterance())
        remote.submit(utterance(track=2))
        remote.close(1)
        await told.changed.wait()

    assert [heard.tracks for heard in told.heard] == [(2,)]


async def test_a_proxy_from_the_environment_is_refused() -> None:
    async with aiohttp.ClientSession(trust_env=True) as session:
        with pytest.raises(ValueError, match="proxy"):
            Remote(
                EngineSettings("http"),
                session,
                now=lambda: 0.0,
                heard=print,
                failed=print,
                behind=print,
            )


async def test_the_whole_way_from_packets_to_an_endpoint_and_back() -> None:
    async with (
        serving("words") as (endpoint, url),
        aiohttp.ClientSession() as session,
        recogniser(
            EngineSettings("http", base_url=url, model="big"), session=session
        ) as ours,
    ):
        ann = Listener()
        track = ann.listen(ours)
        say(track, voices.spoken(OPENING) + voices.silence(0.8))
        await ann.until(lambda: bool(ann.said))
        track.close()
        await track.gone()

    assert ann.text == "line 1"
    with wave.open(BytesIO(endpoint.asked[0]["file"])) as sound:
        spoken = len(voices.spoken(OPENING)) / 2 / voices.RATE
        assert sound.getnframes() / voices.RATE == pytest.approx(spoken, abs=0.8)


async def test_an_endpoint_that_keeps_failing_ends_all_tracks() -> None:
    async with (
        serving(status(401)) as (_, url),
        aiohttp.ClientSession() as session,
        recogniser(
            EngineSettings("http", base_url=url, model="big"), session=session
        ) as ours,
    ):
        ann = Listener()
        track = ann.listen(ours)
        pcm = voices.spoken(OPENING) + voices.silence(0.8)
        say(track, pcm * 3)
        await ann.until(lambda: bool(ann.failures))
        await track.gone()

    assert "key_file" in str(ann.failures[0])
    assert ann.said == []


async def until(told: Told, holds: Callable[[], bool]) -> None:
    while not holds():
        told.changed.clear()
        try:
            async with asyncio.timeout(0.01):
                await told.changed.wait()
        except TimeoutError:
            continue
