"""The worker's process: what it writes, and what it does not write any more."""

import os
from io import BytesIO
from pathlib import Path

from gatekeeper.assistant.speech.child import Child, child
from gatekeeper.assistant.speech.moonshine import Moonshine
from gatekeeper.assistant.speech.pipe import (
    HEADER,
    Close,
    Configure,
    Frames,
    FromWorker,
    Gone,
    Heard,
    Open,
    Unfit,
    pack,
    unpack,
)
from gatekeeper.assistant.speech.settings import EngineSettings
from gatekeeper.assistant.speech.worker import Worker
from tests.assistant.speech import voices

PAUSE = voices.silence(1.0)
OPENING = "We have three things to settle today."
MARKER = "The pineapple is hidden in the library behind the piano."


def tell(worker: Child, track: int, pcm: bytes, start: float = 0.0) -> None:
    worker.tell(Frames(track, voices.timed(voices.packets(pcm), start)))


async def rest(worker: Child) -> bytes:
    """All that a worker still writes until it ends."""
    worker.finish()
    return await worker._output.read()


async def test_after_gone_not_a_byte_is_written_of_a_closed_track() -> None:
    async with child() as worker:
        worker.tell(Configure(EngineSettings()))
        worker.tell(Open(1, "ann"))
        worker.tell(Open(2, "ben"))
        tell(worker, 1, voices.spoken(OPENING) + PAUSE)
        tell(worker, 2, voices.spoken(MARKER) + PAUSE, 5.0)
        said: list[FromWorker] = []
        async for message in worker.messages():
            said.append(message)
            if isinstance(message, Heard):
                worker.tell(Close(2))  # the engine has just begun with the marker
            if isinstance(message, Gone):
                break
        tell(worker, 1, voices.spoken(OPENING) + PAUSE, 10.0)
        # It is done with the marker when it comes to this.
        said.append(await anext(worker.messages()))

    assert [type(message) for message in said] == [Heard, Gone, Heard]
    assert b"pineapple" not in b"".join(pack(message) for message in said)
    assert [m.tracks for m in said if isinstance(m, Heard)] == [(1,), (1,)]


async def test_gone_does_not_wait_for_the_engine() -> None:
    async with child() as worker:
        worker.tell(Configure(EngineSettings()))
        worker.tell(Open(1, "ann"))
        tell(worker, 1, voices.spoken(MARKER) + PAUSE)
        worker.tell(Close(1))  # it has not even been loaded
        first = await anext(worker.messages())
        after = await rest(worker)

    assert first == Gone(1)
    assert after == b""


async def test_an_engine_that_cannot_be_loaded_says_so(tmp_path: Path) -> None:
    async with child() as worker:
        worker.tell(Configure(EngineSettings(model_dir=tmp_path)))
        said = [message async for message in worker.messages()]

    assert said == [Unfit()]


async def test_secrets_of_the_environment_stay_with_the_server() -> None:
    os.environ["GATEKEEPER_TEST_KEY"] = "hush"
    try:
        async with child() as worker:
            worker.tell(Configure(EngineSettings("none")))
            worker.tell(Close(1))
            await anext(worker.messages())  # it runs
            there = Path(f"/proc/{worker.pid}")
            environment = (there / "environ").read_bytes()
            limits = (there / "limits").read_text("ascii")
            arguments = (there / "cmdline").read_bytes()
    finally:
        del os.environ["GATEKEEPER_TEST_KEY"]

    assert b"hush" not in environment
    assert b"PATH=" in environment
    assert "Max core file size        0                    0 " in limits
    assert arguments.endswith(b"-m\0gatekeeper.assistant.speech.worker\0")


def lines(pipe: BytesIO) -> list[Heard]:
    """What a worker has written that was heard."""
    data, found = pipe.getvalue(), []
    while data:
        length, kind = HEADER.unpack_from(data)
        end = HEADER.size + length
        message, data = unpack(kind, data[HEADER.size : end]), data[end:]
        if isinstance(message, Heard):
            found.append(message)
    return found


# ---- Two tracks of one microphone, and a worker that is held up ----------------------


class Says:
    """An engine that understands something, at once."""

    def recognise(self, pcm: bytearray) -> str:
        return "Something."


def held_up(*, knows: bool) -> list[Heard]:
    """What is told if half of a sentence waits in the pipe while a second passes."""
    pipe, now, unread = BytesIO(), 0.0, False
    worker = Worker(pipe, lambda: now, "whisper", lambda: unread and knows)
    sent = voices.timed(voices.packets(voices.spoken(MARKER) + PAUSE), 0.0)
    half = len(sent) // 3
    worker.read([Open(1, "ann"), Open(2, "ann")])
    worker.read([Frames(1, sent[:half]), Frames(2, sent[: half - 20])])
    now, unread = 1.0, True
    while job := worker.take():
        worker.work(Says(), job)
    worker.read([Frames(1, sent[half:]), Frames(2, sent[half - 20 :])])
    unread = False
    while job := worker.take():
        worker.work(Says(), job)
    return lines(pipe)


def test_who_is_slow_to_read_does_not_take_that_for_silence() -> None:
    (line,) = held_up(knows=True)

    assert line.tracks == (1, 2)
    assert len(held_up(knows=False)) > 1


# ---- What is still being said, with the real engine and a clock of our own -----------


class Reader:
    """Reads along with one track. Nothing waits; the engine takes no time."""

    def __init__(self, *, growing: bool = True) -> None:
        self._pipe = BytesIO()
        self._now = 0.0
        self._engine = Moonshine(EngineSettings())
        self._worker = Worker(self._pipe, lambda: self._now, "embedded")
        self._worker.read([Open(1, "ann", growing)])

    def hear(self, pcm: bytes) -> list[Heard]:
        """Everything that is told of it."""
        sent = voices.timed(voices.packets(pcm), self._now)
        for batch in voices.batches(sent):
            self._now = batch[-1][1] + voices.PACKET
            self._worker.read([Frames(1, batch)])
            while job := self._worker.take():
                self._worker.work(self._engine, job)
        return lines(self._pipe)


def test_words_grow_while_somebody_speaks_at_length_and_none_is_lost() -> None:
    texts = [said for _, said in voices.meeting()[2:4]]
    pcm = voices.flowing(texts)

    told = Reader().hear(pcm + PAUSE)

    ends = [said for said in told if said.final]
    whole = " ".join(said.text for said in ends)
    assert len(ends) >= 2  # it was too long for one
    assert voices.wrong(" ".join(texts), whole) < 0.2
    assert all(said.text for said in told)
    for line in {said.line for said in told}:
        grew = [said for said in told if said.line == line]
        assert [said.final for said in grew] == [False] * (len(grew) - 1) + [True]
        assert len(grew) >= 3
        assert len(grew[-1].text) > len(grew[0].text)


def test_who_does_not_read_along_is_told_the_same_ends_and_nothing_else() -> None:
    told = Reader(growing=False).hear(voices.spoken(OPENING) + PAUSE)

    assert [said.final for said in told] == [True]
    assert voices.wrong(OPENING, told[0].text) < 0.2
