"""The worker's process: what it writes, and what it does not write any more."""

import os
from io import BytesIO
from pathlib import Path

from gatekeeper.assistant.speech.child import Child, child
from gatekeeper.assistant.speech.moonshine import Moonshine
from gatekeeper.assistant.speech.pipe import (
    Close,
    Configure,
    Frames,
    FromWorker,
    Gone,
    Heard,
    Open,
    TrackId,
    Unfit,
    messages,
    pack,
)
from gatekeeper.assistant.speech.settings import SILENT, EngineSettings
from gatekeeper.assistant.speech.worker import Worker
from tests.assistant.speech import voices

PAUSE = voices.silence(1.0)
PACE = 75
"""Packets between two readings of what grows: an engine that is busy takes as long."""
OPENING = "We have three things to settle today."
MARKER = "The pineapple is hidden in the library behind the piano."


def tell(worker: Child, track: int, pcm: bytes, start: float = 0.0) -> None:
    worker.send(Frames(track, voices.timed(voices.packets(pcm), start)))


async def rest(worker: Child) -> bytes:
    """All that a worker still writes until it ends."""
    worker.finish()
    return await worker._output.read()


async def test_after_gone_not_a_byte_is_written_of_a_closed_track() -> None:
    async with child() as worker:
        worker.send(Configure(EngineSettings()))
        worker.send(Open(1, "ann"))
        worker.send(Open(2, "ben"))
        tell(worker, 1, voices.spoken(OPENING) + PAUSE)
        tell(worker, 2, voices.spoken(MARKER) + PAUSE, 5.0)
        said: list[FromWorker] = []
        async for message in worker.messages():
            said.append(message)
            if isinstance(message, Heard):
                worker.send(Close(2))  # the engine has just begun with the marker
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
        worker.send(Configure(EngineSettings()))
        worker.send(Open(1, "ann"))
        tell(worker, 1, voices.spoken(MARKER) + PAUSE)
        worker.send(Close(1))  # it has not even been loaded
        first = await anext(worker.messages())
        after = await rest(worker)

    assert first == Gone(1)
    assert after == b""


async def test_an_engine_that_cannot_be_loaded_says_so(tmp_path: Path) -> None:
    async with child() as worker:
        worker.send(Configure(EngineSettings(model_dir=tmp_path)))
        said = [message async for message in worker.messages()]

    assert said == [Unfit()]


async def test_secrets_of_the_environment_stay_with_the_server() -> None:
    os.environ["GATEKEEPER_TEST_KEY"] = "hush"
    try:
        async with child() as worker:
            worker.send(Configure(EngineSettings("none")))
            worker.send(Close(1))
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


# ---- Two tracks of one microphone ----------------------------------------------------


class Says:
    """An engine that understands something, at once."""

    def recognise(self, pcm: bytearray) -> str:
        return "Something."


class Ears:
    """Two tracks that one microphone feeds, at a worker whose time stands still."""

    def __init__(self) -> None:
        self._pipe = BytesIO()
        self.now = 0.0
        self._worker = Worker(self._pipe, lambda: self.now, "whisper")
        self._worker.read([Open(1, "ann"), Open(2, "ann")])

    def hear(self, track: int, packets: list[tuple[bytes, float]]) -> None:
        self._worker.read([Frames(track, packets)])
        while job := self._worker.pop():
            self._worker.work(Says(), job)

    @property
    def lines(self) -> list[tuple[TrackId, ...]]:
        """Which tracks were told each line."""
        self._pipe.seek(0)
        told = messages(self._pipe)
        return [said.tracks for said in told if isinstance(said, Heard)]


def test_whoever_is_held_up_in_a_sentence_does_not_take_that_for_its_end() -> None:
    ears = Ears()
    sent = voices.timed(voices.packets(voices.spoken(MARKER) + PAUSE), 0.0)
    half = len(sent) // 3
    ears.hear(1, sent[:half])
    ears.hear(2, sent[: half - 20])
    for track in (1, 2) * (SILENT - 1):
        ears.now += 10.0
        ears.hear(track, [])

    ears.hear(1, sent[half:])
    ears.hear(2, sent[half - 20 :])

    assert sorted({track for line in ears.lines for track in line}) == [1, 2]
    assert ears.lines in ([(1, 2)], [(1,), (2,)])


def test_a_microphone_that_sends_nothing_more_has_ended_its_sentence() -> None:
    ears = Ears()
    sent = voices.timed(voices.packets(voices.spoken(MARKER)), 0.0)
    for track in (1, 2):
        ears.hear(track, sent[:100])
    assert ears.lines == []

    for _ in range(SILENT):
        for track in (1, 2):
            ears.hear(track, [])

    assert sorted({track for line in ears.lines for track in line}) == [1, 2]


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
        for batch in voices.batches(sent, PACE):
            self._now = batch[-1][1] + voices.PACKET
            self._worker.read([Frames(1, batch)])
            while job := self._worker.pop():
                self._worker.work(self._engine, job)
        self._pipe.seek(0)
        return [said for said in messages(self._pipe) if isinstance(said, Heard)]


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
