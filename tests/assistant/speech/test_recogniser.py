"""From Opus packets to words, with the real engine in its real process."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from gatekeeper.assistant.faults import SpeechUnavailable
from gatekeeper.assistant.speech.pipe import Heard
from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.speech.settings import SILENT, EngineSettings
from gatekeeper.assistant.speech.utterance import Utterance
from gatekeeper.assistant.transcript.lines import new_line_id
from tests.assistant.speech import voices
from tests.assistant.speech.conftest import Listener, recogniser, say, until
from tests.bench.speech_references import HUMAN

PAUSE = voices.silence(0.8)
MARKER = "The pineapple is hidden in the library behind the piano."
ANSWER = "Our support costs are about six dollars for each customer."
OPENING = "We have three things to settle today."
NOBODY = EngineSettings("none")

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine() -> AsyncIterator[SpeechRecogniser]:
    """The model is loaded once for all whose worker lives on."""
    async with recogniser(idle=300.0) as ours:
        yield ours


@pytest_asyncio.fixture(loop_scope="module")
async def ours(engine: SpeechRecogniser) -> AsyncIterator[SpeechRecogniser]:
    """With nobody to listen to, before and after."""
    yield engine
    for track in list(engine._open.values()):
        track.close()
        await track.gone()


async def test_what_is_said_is_written_down(ours: SpeechRecogniser) -> None:
    lines = [said for _, said in voices.meeting()[1:3]]
    ann = Listener()
    track = ann.listen(ours)
    end = say(track, b"".join(voices.spoken(said) + PAUSE for said in lines))
    last = end - voices.seconds(PAUSE) - 1.0
    await ann.until(lambda: bool(ann.said) and ann.said[-1].ended > last)

    assert voices.wrong(" ".join(lines), ann.text) < 0.2
    assert [said.began for said in ann.said] == sorted(s.began for s in ann.said)
    assert 0 < ann.said[0].began < ann.said[0].ended < ann.said[-1].ended < end
    assert len({said.line for said in ann.said}) == len(ann.said) >= len(lines)


async def test_what_people_say_is_written_down(ours: SpeechRecogniser) -> None:
    words = HUMAN["two_cities"].split()[:24] + HUMAN["beckett"].split()
    pcm = voices.human("two_cities")[: int(8.4 * 2 * voices.RATE)]
    pcm += PAUSE + voices.human("beckett")
    ann = Listener()
    say(ann.listen(ours), pcm)
    await ann.until(lambda: "etter" in ann.text)

    assert voices.wrong(" ".join(words), ann.text) < 0.2


async def test_two_voices_at_once_never_mix(ours: SpeechRecogniser) -> None:
    ann, ben = Listener(), Listener()
    first, second = ann.listen(ours, "ann"), ben.listen(ours, "ben")
    theirs = voices.timed(voices.packets(voices.spoken(MARKER)), 0.0)
    his = voices.timed(voices.packets(voices.spoken(ANSWER, "Ben")), 0.0)
    for one, other in zip(
        voices.batches(theirs, 3), voices.batches(his, 3), strict=False
    ):
        first.pass_on(one)
        second.pass_on(other)
    for _ in range(SILENT):
        first.pass_on([])
        second.pass_on([])
    await ann.until(lambda: bool(ann.said))
    await ben.until(lambda: bool(ben.said))

    assert voices.wrong(MARKER, ann.text) < 0.3
    assert voices.wrong(ANSWER, ben.text) < 0.3
    assert not {"dollars", "$6", "support"} & set(voices.plain(ann.text).split())
    assert not {"pineapple", "library"} & set(voices.plain(ben.text).split())


async def test_one_microphone_gives_two_tracks_the_same_line(
    ours: SpeechRecogniser,
) -> None:
    transcript, summary = Listener(), Listener()
    tracks = [transcript.listen(ours), summary.listen(ours)]
    packets = voices.timed(voices.packets(voices.spoken(OPENING) + PAUSE), 0.0)
    for batch in voices.batches(packets):
        for track in tracks:
            track.pass_on(batch)
    await transcript.until(lambda: bool(transcript.said))
    await summary.until(lambda: bool(summary.said))

    assert transcript.said == summary.said


async def test_closing_in_mid_sentence_is_the_end_of_it(ours: SpeechRecogniser) -> None:
    ann, ben = Listener(), Listener()
    closed, open_ = ann.listen(ours, "ann"), ben.listen(ours, "ben")
    say(closed, voices.spoken(MARKER)[: 3 * voices.RATE])
    closed.close()
    closed.pass_on([(b"\0", 9.0)])
    closed.close()
    await closed.gone()
    say(open_, voices.spoken(OPENING) + PAUSE)
    await ben.until(lambda: bool(ben.said))

    assert ann.said == []
    assert ann.failures == []
    assert "pineapple" not in ben.text


async def test_words_that_come_after_the_close_are_heard_by_nobody() -> None:
    async with recogniser(NOBODY) as ours:
        ann, ben = Listener(), Listener()
        first, second = ann.listen(ours, "ann"), ben.listen(ours, "ben")
        await until(lambda: ours.worker is not None)
        heard = Heard(new_line_id(), 0.0, 1.0, (first.number, second.number), "late")
        first.close()
        ours._perform(heard)  # as the worker may have written it just before
        await first.gone()
        ours._perform(heard)

    assert ann.said == []
    assert ben.text == "late late"


async def test_a_worker_that_is_killed_in_mid_sentence_is_replaced() -> None:
    with capture_logs() as logs:
        async with recogniser() as ours:
            ann = Listener()
            track = ann.listen(ours)
            await until(lambda: ours.worker is not None)
            killed = ours.worker
            assert killed is not None
            end = say(track, voices.spoken(MARKER)[: 3 * voices.RATE])
            os.kill(killed, signal.SIGKILL)
            await until(lambda: ours.worker not in (None, killed))
            say(track, voices.spoken(OPENING) + PAUSE, end + 1)
            await ann.until(lambda: bool(ann.said))

    assert ann.failures == []
    assert voices.wrong(OPENING, ann.text) < 0.3
    assert [entry["event"] for entry in logs] == [
        "speech.started",
        "speech.crashed",
        "speech.started",
    ]
    assert "three" not in str(logs)


async def test_what_was_being_said_when_a_worker_was_killed_was_nothing() -> None:
    async with recogniser(NOBODY) as ours:
        ann, ben = Listener(), Listener()
        grown: list[Utterance] = []
        first, second = (
            ours.listen(who, heard=one.heard, failed=one.failed, grown=grown.append)
            for who, one in (("ann", ann), ("ben", ben))
        )
        await until(lambda: ours.worker is not None)
        assert ours.worker is not None
        line, ended = new_line_id(), new_line_id()
        for heard in (
            Heard(line, 0.0, 1.0, (first.number,), "We have to", final=False),
            Heard(ended, 0.0, 1.0, (second.number,), "I", final=False),
            Heard(ended, 0.0, 1.5, (second.number,), "I think."),
        ):
            ours._perform(heard)  # as the worker writes it
        os.kill(ours.worker, signal.SIGKILL)
        await until(lambda: len(grown) > 2)

    assert grown[2:] == [Utterance(line, 0.0, 1.0, "")]
    assert (ann.text, ben.text) == ("", "I think.")


async def test_a_worker_that_crashes_and_crashes_is_given_up() -> None:
    async with recogniser(NOBODY) as ours:
        ann, ben = Listener(), Listener()
        tracks = [ann.listen(ours, "ann"), ben.listen(ours, "ben")]
        killed: set[int | None] = {None}
        for _ in range(3):
            await until(lambda: ours.worker not in killed)
            assert ours.worker is not None
            killed.add(ours.worker)
            os.kill(ours.worker, signal.SIGKILL)
        await ann.until(lambda: bool(ann.failures))
        for track in tracks:
            track.close()
            await track.gone()
        later = Listener()
        later.listen(ours)
        await until(lambda: ours.worker not in killed)

    assert [type(error) for error in ann.failures] == [SpeechUnavailable]
    assert len(ben.failures) == 1
    assert later.failures == []


async def test_nobody_to_listen_to_means_no_worker() -> None:
    async with recogniser(NOBODY, idle=0) as ours:
        none = ours.worker
        track = Listener().listen(ours)
        await until(lambda: ours.worker is not None)
        first = ours.worker
        track.close()
        await track.gone()
        await until(lambda: ours.worker is None)
        Listener().listen(ours)
        await until(lambda: ours.worker is not None)
        second = ours.worker

    assert none is None
    assert first != second


async def test_nothing_of_it_outlives_the_server() -> None:
    async with recogniser(NOBODY) as ours:
        track = Listener().listen(ours)
        await until(lambda: ours.worker is not None)
        left = ours.worker
        assert left is not None

    assert not alive(left)
    track.close()
    await track.gone()


async def test_an_engine_that_cannot_be_loaded_is_told_at_once() -> None:
    settings = EngineSettings(model_dir=voices.HERE)  # not a model's
    async with recogniser(settings) as ours:
        ann = Listener()
        track = ann.listen(ours)
        await ann.until(lambda: bool(ann.failures))
        await track.gone()

    assert "cannot be loaded" in str(ann.failures[0])


async def test_what_waits_for_a_worker_is_bounded() -> None:
    ours = SpeechRecogniser(
        NOBODY, now=asyncio.get_running_loop().time
    )  # it never runs
    ann, ben = Listener(), Listener()
    track, other = ann.listen(ours, "ann"), ben.listen(ours, "ben")
    other.pass_on([(b"opus", 0.0)])
    for number in range(1100):
        track.pass_on([(bytes(1000), number * 0.02)])

    assert len(ann.failures) == 1
    assert "keep up" in str(ann.failures[0])
    assert [frames.track for frames in ours._waiting] == [other.number]
    assert ben.failures == []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
