"""
The engine that is elsewhere: any server with OpenAI's `/audio/transcriptions`.

Rule 1: sound of a track that is closed is not sent: what waits is dropped, what is on
its way is cut off, and no piece follows.
Rule 2: it is sent to the configured address and nowhere else: no redirects, no proxies
from the environment.
Rule 3: nothing of the answer but its words gets any further, errors included.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from struct import Struct

import aiohttp
import structlog

from gatekeeper.assistant.faults import SpeechUnavailable
from gatekeeper.assistant.speech.engine import clean
from gatekeeper.assistant.speech.jobs import Job, Jobs
from gatekeeper.assistant.speech.pipe import Heard, Sounded, TrackId
from gatekeeper.assistant.speech.settings import (
    ANSWER,
    CONNECT,
    RATE,
    SAMPLE,
    EngineSettings,
)
from gatekeeper.assistant.speech.sound import Sound

log = structlog.get_logger()

AT_ONCE = 2
"""Requests."""
_TRIES = 2
_PAUSE = 0.5
"""Seconds before the second one."""
_PATIENCE = 10.0
"""Seconds that a busy server may ask us to wait."""
_FAILURES = 3
"""In a row, after which it is no use."""
_LONGEST = 1 << 20
"""Bytes of an answer."""
_PORTION = 16_384
"""Bytes of sound that are handed on at once: half a second."""
_WAV = Struct("<4sI4s4sIHHIIHH4sI")
_ASK = "Ask the people who run this server"


class Fault(SpeechUnavailable):
    """One request failed; `again` is when another try may help, in seconds."""

    def __init__(self, kind: str, detail: str, again: float | None = None) -> None:
        super().__init__(f"{detail} What was written down is safe.")
        self.kind = kind
        self.again = again


class Remote:
    """What waits for the endpoint, and what is on its way."""

    def __init__(
        self,
        settings: EngineSettings,
        session: aiohttp.ClientSession,
        *,
        now: Callable[[], float],
        heard: Callable[[Heard], None],
        failed: Callable[[Fault], None],
        behind: Callable[[TrackId], None],
    ) -> None:
        if session.trust_env:
            raise ValueError("a proxy from the environment is nobody's choice")
        self._settings = settings
        self._session = session
        self._now = now
        self._heard = heard
        self._failed = failed
        self._behind = behind
        self._jobs = Jobs()
        self._added = asyncio.Event()
        self._running: dict[Job, asyncio.Timeout] = {}
        self._failures = 0

    def open(self, track: TrackId, voice: str) -> None:
        """Expect sound of a track."""
        self._jobs.open(track, voice)

    def close(self, track: TrackId) -> None:
        """Send no more of a track's sound."""
        self._jobs.close(track)
        for job, scope in self._running.items():
            if not job.claims and scope.when() is None:
                scope.reschedule(asyncio.get_running_loop().time())

    def submit(self, sounded: Sounded) -> None:
        """Take an utterance of an open track."""
        sound = Sound(
            sounded.start, sounded.began, sounded.ended, bytearray(sounded.pcm)
        )
        heard = self._jobs.add(
            sounded.track, sound, since=sounded.since, now=self._now()
        )
        if heard is not None:
            self._heard(heard)
        for track in self._jobs.behind():
            self._behind(track)
        self._added.set()

    async def run(self) -> None:
        """Send what waits, one utterance after the other, until cancelled."""
        while True:
            while (job := self._jobs.pop(self._now())) is None:
                self._added.clear()
                await self._added.wait()
            await self._recognise(job)

    async def _recognise(self, job: Job) -> None:
        try:
            async with asyncio.timeout(None) as scope:
                self._running[job] = scope
                try:
                    text = await self._transcribe(job)
                finally:
                    del self._running[job]
        except TimeoutError:
            return  # its last track was closed
        except Fault as exc:
            self._jobs.done(job, "", self._now())
            self._fail(exc)
            return
        self._failures = 0
        if heard := self._jobs.done(job, clean(text), self._now()):
            self._heard(heard)

    def _fail(self, fault: Fault) -> None:
        self._failures += 1
        log.warning("speech.request_failed", why=fault.kind, times=self._failures)
        if self._failures >= _FAILURES:
            self._failures = 0
            self._failed(fault)

    async def _transcribe(self, job: Job) -> str:
        """What was said. Raises `Fault`."""
        for _ in range(_TRIES - 1):
            try:
                return await self._request(job)
            except Fault as exc:
                if exc.again is None:
                    raise
                await asyncio.sleep(exc.again)
        return await self._request(job)

    async def _request(self, job: Job) -> str:
        boundary = secrets.token_hex(16)
        head, tail = self._around(boundary, len(job.sound.pcm))
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(head) + len(job.sound.pcm) + len(tail)),
        }
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        try:
            async with self._session.post(
                f"{self._settings.base_url.rstrip('/')}/audio/transcriptions",
                data=_sent(job, head, tail),
                headers=headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=ANSWER, sock_connect=CONNECT),
            ) as response:
                _check(response)
                return await _words(response)
        except aiohttp.ClientConnectorError as exc:
            raise Fault(
                "unreachable",
                f"The speech server cannot be reached. {_ASK} whether it is running.",
                _PAUSE,
            ) from exc
        except TimeoutError as exc:
            raise Fault(
                "slow", "The speech server took too long. Ask again in a moment."
            ) from exc
        except (aiohttp.ClientError, ValueError) as exc:
            raise Fault("broken", _UNUSABLE) from exc

    def _around(self, boundary: str, length: int) -> tuple[bytes, bytes]:
        """What stands before and after `length` bytes of sound in the request."""
        # Nothing else: strict servers refuse fields that they do not know.
        fields = {"model": self._settings.model, "response_format": "json"}
        if self._settings.language:
            fields["language"] = self._settings.language.split("-")[0]
        part = f"--{boundary}\r\nContent-Disposition: form-data; name="
        text = "".join(
            f'{part}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
        )
        text += (
            f'{part}"file"; filename="speech.wav"\r\nContent-Type: audio/wav\r\n\r\n'
        )
        return text.encode() + _header(length), f"\r\n--{boundary}--\r\n".encode()


_UNUSABLE = (
    "The answer of the speech server could not be used. "
    f"{_ASK} to check [speech] base_url."
)


async def _sent(job: Job, head: bytes, tail: bytes) -> AsyncIterator[bytes]:
    yield head
    for start in range(0, len(job.sound.pcm), _PORTION):
        if not job.claims:
            return  # the request is about to be cut off
        yield bytes(job.sound.pcm[start : start + _PORTION])
    yield tail


def _check(response: aiohttp.ClientResponse) -> None:
    """Raise `Fault` for what is no answer."""
    status = response.status
    if status == HTTPStatus.OK:
        return
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise Fault(
            "key",
            "The speech server refused this server's key. "
            f"{_ASK} to check [speech] key_file.",
        )
    if status == HTTPStatus.NOT_FOUND:
        raise Fault(
            "unknown",
            "The speech server does not know this model or address. "
            f"{_ASK} to check [speech] base_url and model.",
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Fault(
            "busy",
            "The speech server is busy just now. Ask again in a minute.",
            _wait(response.headers.get("Retry-After", "")),
        )
    if 300 <= status < 400:
        raise Fault(
            "redirected",
            "The speech server wanted to pass the words on to another address, which "
            f"nobody agreed to. {_ASK} to check [speech] base_url.",
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Fault(
            "failed",
            "The speech server had a fault of its own. Ask again in a moment.",
            _PAUSE,
        )
    raise Fault("refused", _UNUSABLE)


def _wait(asked: str) -> float | None:
    """Seconds to wait as a `Retry-After` asks; None if that is too long."""
    if not asked.isdecimal():
        return _PAUSE  # none, or a date: one more try does no harm
    return float(asked) if float(asked) <= _PATIENCE else None


async def _words(response: aiohttp.ClientResponse) -> str:
    """The text of an answer. Raises `Fault`, `ValueError`, `aiohttp.ClientError`."""
    body = bytearray()
    async for part in response.content.iter_any():
        body += part
        if len(body) > _LONGEST:
            raise Fault("oversize", _UNUSABLE)
    answer = json.loads(body)
    text = answer.get("text") if isinstance(answer, dict) else None
    if not isinstance(text, str):
        raise Fault("broken", _UNUSABLE)
    return text


def _header(length: int) -> bytes:
    """That of a WAV file with `length` bytes of our sound."""
    return _WAV.pack(
        b"RIFF", 36 + length, b"WAVE", b"fmt ", 16, 1, 1,
        RATE, RATE * SAMPLE, SAMPLE, 8 * SAMPLE, b"data", length,
    )  # fmt: skip
