"""
The worker: `python -m gatekeeper.assistant.speech.worker`, started by the server.

It reads what to listen to from its standard input and writes what it heard to its
standard output (`pipe`). It ends when its input does.

One thread reads, decodes and endpoints; the main thread recognises one utterance after
the other. What both touch is behind one lock, and nobody holds it while recognising.

Rule 1: when `Gone` is written nothing of the track is held any more, and nothing
of it is written later: both happen under the lock.
Rule 2: it is silent where the server says so, by batches that are empty. A process that
is held up hears nothing either, and two tracks of one microphone would be cut where
each was left.
Rule 3: no word leaves by any other way: nothing is logged, an error is told without its
message, nothing that a library prints gets into the pipe, and there is no core file.
"""

import contextlib
import faulthandler
import os
import signal
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from threading import Condition, Thread
from types import TracebackType
from typing import BinaryIO, assert_never

import av.logging

from gatekeeper.assistant.speech import engine as engines
from gatekeeper.assistant.speech.engine import Engine
from gatekeeper.assistant.speech.jobs import Job, Jobs
from gatekeeper.assistant.speech.pipe import (
    Behind,
    Close,
    Configure,
    Frames,
    FromWorker,
    Gone,
    Heard,
    Message,
    Open,
    Sounded,
    TrackId,
    Unfit,
    messages,
    pack,
)
from gatekeeper.assistant.speech.segmenter import Segmenter
from gatekeeper.assistant.speech.settings import SILENT, EngineName
from gatekeeper.assistant.speech.sound import Sound

_STUCK = 60.0
"""Seconds for one utterance, after which the engine will never come back."""


class Worker:
    """Everything that the process holds."""

    def __init__(
        self, output: BinaryIO, now: Callable[[], float], engine: EngineName
    ) -> None:
        self._output = output
        self._now = now
        self._elsewhere = engine == "http"
        """Whether the server has the utterances recognised by somebody else."""
        self._eager = engine == "embedded"
        """Whether to begin at a pause, and before. Whisper takes too long for what may
        be vain: half a minute's work for whatever is shorter."""
        self._changed = Condition()
        self._segmenters: dict[TrackId, Segmenter] = {}
        self._empty: Counter[TrackId] = Counter()
        """How many batches in a row were empty."""
        self._jobs = Jobs()

    def read(self, incoming: Iterable[Message]) -> None:
        """Do what the messages say, until there are no more."""
        for message in incoming:
            with self._changed:
                self._perform(message)
                self._changed.notify()

    def recognise(self, engine: Engine | None) -> None:
        """Recognise what there is, for ever."""
        while True:
            job = self._next()
            if engine is not None:
                self.work(engine, job)

    def work(self, engine: Engine, job: Job) -> None:
        """Recognise one utterance, and tell of it."""
        text = engines.clean(engine.recognise(job.sound.pcm))
        with self._changed:
            self._report(self._jobs.done(job, text, self._now()))

    def pop(self) -> Job | None:
        """What is to be recognised next; none if nothing waits."""
        with self._changed:
            return self._jobs.pop(self._now())

    def say(self, message: FromWorker) -> None:
        """Write a message at once."""
        self._output.write(pack(message))
        self._output.flush()

    def _perform(self, message: Message) -> None:
        match message:
            case Open():
                self._segmenters[message.track] = Segmenter(
                    eager=self._eager, growing=self._eager and message.growing
                )
                self._jobs.open(message.track, message.voice, growing=message.growing)
            case Frames():
                self._listen(message)
            case Close():
                self._drop(message.track)
                self.say(Gone(message.track))
            case Configure() | Heard() | Sounded() | Gone() | Behind() | Unfit():
                raise AssertionError("not for a worker that runs")
            case _:
                assert_never(message)

    def _listen(self, frames: Frames) -> None:
        now = self._now()
        began = self._jobs.started()
        if began is not None and now - began > _STUCK:
            os._exit(4)
        segmenter = self._segmenters.get(frames.track)
        if segmenter is None:
            return  # it fell behind, and the server does not know yet
        if not frames.packets:
            self._wait(frames.track, segmenter)
            return
        self._empty[frames.track] = 0
        for packet, at in frames.packets:
            for sound in segmenter.receive(packet, at):
                self._submit(frames.track, segmenter, sound)
            if not segmenter.pausing:
                self._jobs.resume(frames.track)
        self._jobs.reach(frames.track, frames.packets[-1][1])

    def _wait(self, track: TrackId, segmenter: Segmenter) -> None:
        """Nothing has come of a track, which in the end is silence."""
        self._empty[track] += 1
        if self._empty[track] == SILENT:
            for sound in segmenter.stop():
                self._submit(track, segmenter, sound)

    def _submit(self, track: TrackId, segmenter: Segmenter, sound: Sound) -> None:
        assert segmenter.since is not None  # noqa: S101 - it has heard something
        if track not in self._segmenters:
            return  # it has just fallen behind
        if self._elsewhere:
            times = (segmenter.since, sound.start, sound.began, sound.ended)
            self.say(Sounded(track, *times, bytes(sound.pcm)))
            sound.wipe()
            return
        self._report(
            self._jobs.add(track, sound, since=segmenter.since, now=self._now())
        )
        while behind := self._jobs.behind():
            for one in behind:
                self._drop(one)
                self.say(Behind(one))

    def _report(self, heard: Heard | None) -> None:
        if heard is not None:
            self.say(heard)

    def _drop(self, track: TrackId) -> None:
        segmenter = self._segmenters.pop(track, None)
        if segmenter is not None:
            segmenter.forget()
        self._empty.pop(track, None)
        self._jobs.close(track)

    def _next(self) -> Job:
        with self._changed:
            while True:
                if job := self.pop():
                    return job
                self._changed.wait()


def main() -> None:
    """Serve one server until it closes the pipe."""
    output = _alone()
    incoming = messages(sys.stdin.buffer)
    first = next(incoming, None)
    if not isinstance(first, Configure):
        return
    settings = first.settings
    worker = Worker(output, time.monotonic, settings.engine)

    def read() -> None:
        with contextlib.suppress(BrokenPipeError):
            worker.read(incoming)
        os._exit(0)  # whatever the engine is doing

    Thread(target=read, name="reader", daemon=True).start()
    try:
        engine = engines.load(settings)
    except Exception:
        worker.say(Unfit())
        raise
    with contextlib.suppress(BrokenPipeError):
        worker.recognise(engine)
    os._exit(0)


def _alone() -> BinaryIO:
    """Keep the pipe from libraries that print, and words from whatever is kept."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    faulthandler.enable()
    sys.excepthook = _end
    threading.excepthook = _end_thread
    av.logging.set_level(av.logging.PANIC)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def _end_thread(args: threading.ExceptHookArgs) -> None:
    _end(args.exc_type, args.exc_value, args.exc_traceback)


def _end(
    kind: type[BaseException], _: BaseException | None, where: TracebackType | None
) -> None:
    """Tell where it went wrong; an error's message may quote what was said."""
    lines = "".join(traceback.format_tb(where))
    sys.stderr.write(f"speech worker: {kind.__name__}\n{lines}")
    sys.stderr.flush()
    os._exit(1)  # one thread without the other is of no use


if __name__ == "__main__":
    main()
