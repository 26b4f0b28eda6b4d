"""
The recogniser: the server's side of speech. Opus packets in, utterances out.

One worker process (`worker`) serves all rooms; there is none while nobody is listened
to. This process decodes nothing.

Rule 1: closing a track is synchronous: after it nothing is heard of it, whatever the
worker still says.
Rule 2: nothing here waits for the worker, and no more waits for it than a bound allows.
Rule 3: what a worker had when it crashed is lost; it is not tried again.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import assert_never

import aiohttp
import structlog

from gatekeeper.assistant.faults import SpeechUnavailable
from gatekeeper.assistant.speech.child import Child, child
from gatekeeper.assistant.speech.pipe import (
    Behind,
    Close,
    Configure,
    Frames,
    FromWorker,
    Gone,
    Heard,
    Malformed,
    Open,
    Sounded,
    TrackId,
    Unfit,
)
from gatekeeper.assistant.speech.remote import AT_ONCE, Fault, Remote
from gatekeeper.assistant.speech.sentences import in_lines
from gatekeeper.assistant.speech.settings import EngineSettings
from gatekeeper.assistant.speech.track import Track
from gatekeeper.assistant.speech.utterance import Utterance

log = structlog.get_logger()

IDLE = 60.0
"""Seconds that a worker waits for the next track."""
_CRASHES = 3
_WITHIN = 60.0
"""Seconds in which so many crashes are too many."""
_WAITING = 1 << 20
"""Bytes of packets that may wait for the worker: four minutes of one microphone."""
_SLOW = (
    "The speech engine of this server cannot keep up with what is said, so it is not "
    "written down any more. What was written down is safe, and the meeting goes on. "
    "Ask again when fewer people speak, or in fewer meetings at once."
)
_UNFIT = (
    "The speech engine of this server cannot be loaded, so nothing is written down. "
    "The meeting goes on. Ask the people who run the server to check [speech]."
)


class SpeechRecogniser:
    """All tracks of the server."""

    def __init__(
        self,
        settings: EngineSettings,
        *,
        now: Callable[[], float],
        session: aiohttp.ClientSession | None = None,
        idle: float = IDLE,
    ) -> None:
        """`now` is the event loop's clock; engine "http" needs a `session`."""
        self._settings = settings
        self._now = now
        self._idle = idle
        self._count = 0
        self._open: dict[TrackId, Track] = {}
        self._closing: dict[TrackId, Track] = {}
        """Closed, and the worker has not said yet that it has dropped them."""
        self._wanted = asyncio.Event()
        self._child: Child | None = None
        self._waiting: list[Frames] = []
        """For the worker that is not there yet."""
        self._resting: asyncio.TimerHandle | None = None
        self._crashes: deque[float] = deque(maxlen=_CRASHES)
        self._remote: Remote | None = None
        if settings.engine == "http":
            if session is None:
                raise ValueError('engine "http" needs a session')
            self._remote = Remote(
                settings,
                session,
                now=now,
                heard=self._receive,
                failed=self._fail_all,
                behind=self._fall_behind,
            )

    @property
    def worker(self) -> int | None:
        """The process id of the worker, if there is one."""
        return None if self._child is None else self._child.pid

    async def run(self) -> None:
        """Serve until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                if self._remote is not None:
                    for number in range(AT_ONCE):
                        tasks.create_task(self._remote.run(), name=f"speech {number}")
                while True:
                    await self._wanted.wait()
                    await self._work()
        finally:
            if self._resting is not None:
                self._resting.cancel()
            self._child = None
            self._dropped()

    def listen(
        self,
        voice: str,
        *,
        heard: Callable[[Utterance], None],
        failed: Callable[[SpeechUnavailable], None],
        grown: Callable[[Utterance], None] | None = None,
    ) -> Track:
        """
        Listen to a microphone from now on.

        `voice` is the same for all tracks that one microphone feeds. `failed` is called
        once, when nothing more will be heard; the track is closed by then. `grown`, if
        wanted, is told what an utterance seems to be while it is being said, again and
        again, and of no words if it was nothing after all; `heard` follows as without.
        """
        self._count += 1
        track = Track(
            self._count,
            voice,
            heard=heard,
            failed=failed,
            grown=grown,
            pass_on=self._pass_on,
            close=self._close,
        )
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None
        self._open[track.number] = track
        if self._remote is not None:
            self._remote.open(track.number, voice)
        if self._child is not None:
            self._child.send(_open(track))
        self._wanted.set()
        return track

    def _pass_on(self, frames: Frames) -> None:
        if frames.track not in self._open:
            return
        if self._child is None:
            self._waiting.append(frames)
            waiting = sum(len(p) for f in self._waiting for p, _ in f.packets)
        else:
            self._child.send(frames)
            waiting = self._child.waiting
        if waiting > _WAITING:
            self._fall_behind(frames.track)

    def _close(self, track: Track) -> None:
        if self._open.pop(track.number, None) is None:
            return
        if self._remote is not None:
            self._remote.close(track.number)
        if self._child is None:
            self._waiting = [f for f in self._waiting if f.track != track.number]
            track.dropped.set()
        else:
            self._closing[track.number] = track
            self._child.send(Close(track.number))
        if not self._open:
            loop = asyncio.get_running_loop()
            self._resting = loop.call_later(self._idle, self._rest)

    async def _work(self) -> None:
        """The life of one worker."""
        async with child() as process:
            log.info("speech.started", engine=self._settings.engine, pid=process.pid)
            self._begin(process)
            why = "ended"
            try:
                async for message in process.messages():
                    self._perform(message)
            except Malformed:
                why = "malformed"
            rested, self._child = self._child is None, None
        self._dropped()
        if rested:
            log.info("speech.ended", pid=process.pid)
        else:
            log.error("speech.crashed", why=why, pid=process.pid)
            for track in tuple(self._open.values()):
                track.unsay()
            self._count_crash()

    def _begin(self, process: Child) -> None:
        self._child = process
        process.send(Configure(self._settings))
        for track in self._open.values():
            process.send(_open(track))
        for frames in self._waiting:
            process.send(frames)
        self._waiting.clear()

    def _perform(self, message: FromWorker) -> None:
        match message:
            case Heard():
                self._receive(message)
            case Sounded():
                if self._remote is not None and message.track in self._open:
                    self._remote.submit(message)
            case Gone():
                if track := self._closing.pop(message.track, None):
                    track.dropped.set()
            case Behind():
                self._fall_behind(message.track)
            case Unfit():
                self._fail_all(SpeechUnavailable(_UNFIT))
            case _:
                assert_never(message)

    def _receive(self, heard: Heard) -> None:
        said = Utterance(heard.line, heard.began, heard.ended, heard.text)
        told = list(in_lines(said)) if heard.final else [said]
        for number in heard.tracks:
            for one in told:
                # Whom it is told to may close the track.
                if track := self._open.get(number):
                    track.report(one, final=heard.final)

    def _fall_behind(self, number: TrackId) -> None:
        if track := self._open.get(number):
            log.warning("speech.overtaxed", open=len(self._open))
            track.close()
            track.failed(SpeechUnavailable(_SLOW))

    def _fail_all(self, error: SpeechUnavailable) -> None:
        log.error(
            "speech.failed",
            open=len(self._open),
            why=error.kind if isinstance(error, Fault) else "engine",
        )
        for track in list(self._open.values()):
            track.close()
            track.failed(error)

    def _count_crash(self) -> None:
        """Start again for those who still listen, unless that has not helped."""
        now = self._now()
        self._crashes.append(now)
        if len(self._crashes) == _CRASHES and now - self._crashes[0] <= _WITHIN:
            self._crashes.clear()
            self._fail_all(SpeechUnavailable())
        if not self._open:
            self._wanted.clear()

    def _rest(self) -> None:
        """Let the worker end: nobody is listened to, or nobody will be."""
        self._resting = None
        self._wanted.clear()
        if self._child is not None:
            self._child.finish()
            self._child = None

    def _dropped(self) -> None:
        """The worker is dead, and what it held is gone with it."""
        for track in self._closing.values():
            track.dropped.set()
        self._closing.clear()


def _open(track: Track) -> Open:
    return Open(track.number, track.voice, track.grown is not None)
