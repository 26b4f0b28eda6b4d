"""Captions: who is told what somebody says, and is still saying, and until when."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gatekeeper.assistant.speech.utterance import Utterance
from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.assistant.transcript.lines import LineId, new_line_id
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.assistant.transcript.transcriber import Transcriber
from gatekeeper.assistant.transcript.transcript import TranscriptOpener
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.errors import MalformedMessage
from gatekeeper.gating.permit import Mint, Permit
from gatekeeper.gating.sink import Opened
from gatekeeper.media.tap.quota import Caps, Quotas
from gatekeeper.wire.assistant import Caption
from gatekeeper.wire.base import Message

ANN, BEN, CAT = map(ParticipantId, ("ann", "ben", "cat"))
Told = list[tuple[ParticipantId, str, bool]]
"""Whose captions, with their words, and whether they were final."""


@dataclass
class Mouth:
    """One microphone, as an engine hears it."""

    heard: Callable[[Utterance], None]
    grown: Callable[[Utterance], None]
    now: Callable[[], float]
    closed: bool = False
    line: LineId = field(default_factory=new_line_id)

    def says(self, text: str, *, final: bool = False) -> None:
        began = self.now() + 10  # well after who is there now has come
        self.said(text, began, began + 1, final=final)

    def said(self, text: str, began: float, ended: float, *, final: bool) -> None:
        if not self.closed:
            tell = self.heard if final else self.grown
            tell(Utterance(self.line, began, ended, text))

    def frames(self, packets: list[object]) -> None:
        assert not packets, "nobody sends anything here"

    def close(self) -> None:
        self.closed = True

    async def gone(self) -> None:
        """It holds nothing."""


class Engine:
    """Stands in for `SpeechRecogniser`: the test says what it hears."""

    def __init__(self) -> None:
        self.mouths: dict[str, Mouth] = {}

    def listen(self, voice: str, *, heard: Any, failed: object, grown: Any) -> Mouth:
        now = asyncio.get_running_loop().time
        return self.mouths.setdefault(voice.split()[-1], Mouth(heard, grown, now))


class Company:
    """Writes down who is told what."""

    def __init__(self) -> None:
        self.told: dict[ParticipantId, Told] = {ANN: [], BEN: [], CAT: []}
        self.here = {ANN, BEN, CAT}
        self.called: list[str] = []
        """The names in the captions, in order."""

    def tell_those(self, people: Collection[ParticipantId], message: Message) -> None:
        assert isinstance(message, Caption)
        self.called.append(message.name)
        for who in people:
            sender = ParticipantId(message.sender)
            self.told[who].append((sender, message.text, message.final))

    def tell(self, participant: ParticipantId, message: Message) -> None:
        raise AssertionError("nobody is told anything alone")

    def name(self, participant: ParticipantId) -> str:
        return participant.title() if participant in self.here else ""

    def address(self, participant: ParticipantId) -> str:
        return ""


@dataclass
class Room:
    """A transcript that runs, with Ann and Ben in it."""

    sink: Transcriber
    permit: Permit
    mint: Mint
    audience: Company
    mouths: dict[str, Mouth]
    ran: list[str]
    """How often it has said that it captures."""

    async def offers(self, who: ParticipantId) -> None:
        # What is no offer is refused once the microphone is listened to.
        with suppress(MalformedMessage):
            await self.sink.offer(who, "", {})


@asynccontextmanager
async def running(data: Path) -> AsyncIterator[Room]:
    engine, audience, mint, transcripts = (
        Engine(),
        Company(),
        Mint(),
        TranscriptStore(data),
    )
    context = TranscriptionContext(
        recogniser=engine,  # type: ignore[arg-type]
        transcripts=transcripts,
        clock=lambda: datetime(2026, 11, 28, tzinfo=UTC),
        ice_servers=tuple,
        quotas=Quotas(Caps(), lambda: 1 << 30),
        has_space=lambda: True,
    )
    permit = mint.issue(FeatureId("transcript"), RoomId("room"), OpeningId("opening"))
    try:
        async with asyncio.TaskGroup() as tasks:
            ran: list[str] = []
            opened = Opened(permit, tasks, lambda: ran.append("on"), lambda _: None)
            sink = TranscriptOpener(context)(opened, audience)
            sink.cut(0, {ANN, BEN})
            room = Room(sink, permit, mint, audience, engine.mouths, ran)
            for who in (ANN, BEN):
                await room.offers(who)
            yield room
            mint.revoke(permit)
    finally:
        transcripts.close()


OPEN = [(BEN, "We have to", False)]
GONE = (BEN, "", False)


async def test_what_somebody_is_saying_who_leaves_goes_at_once(tmp_path: Path) -> None:
    async with running(tmp_path) as room:
        ben = room.mouths[BEN]
        ben.says("We have to")
        room.sink.drop(BEN)
        told = list(room.audience.told[ANN])
        ben.says("We have to do")
        silent = list(room.audience.told[ANN])
        ben.says("We have to do it.", final=True)

    assert told == silent == [*OPEN, GONE]
    assert room.audience.told[ANN] == [*told, (BEN, "We have to do it.", True)]


async def test_what_somebody_is_saying_goes_at_once_when_the_gate_closes(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as room:
        room.mouths[ANN].says("I think")
        room.mouths[BEN].says("We have to")
        room.mint.revoke(room.permit)
        await room.sink.stopped()
        room.mouths[BEN].says("We have to do it.", final=True)

    for told in (room.audience.told[ANN], room.audience.told[BEN]):
        assert told[:2] == [(ANN, "I think", False), *OPEN]
        assert sorted(told[2:]) == [(ANN, "", False), GONE]


def on_disk(data: Path) -> list[bytes]:
    """What each file there holds."""
    return [file.read_bytes() for file in data.rglob("*") if file.is_file()]


@pytest.mark.parametrize("when", ["at once", "when it is over"])
async def test_no_word_passes_a_dead_permit_however_late_the_engine_answers(
    tmp_path: Path, when: str
) -> None:
    async with running(tmp_path) as room:
        ben = room.mouths[BEN]
        room.mint.revoke(room.permit)
        if when == "when it is over":
            await room.sink.stopped()
        ben.closed = False  # and an engine that does not heed that
        ben.says("Pineapple")
        ben.says("Pineapple.", final=True)
        await room.sink._context.transcripts.settled()
        written = on_disk(tmp_path)

    assert room.audience.told == {ANN: [], BEN: [], CAT: []}
    assert not any(b"Pineapple" in content for content in written)


async def test_R14_a_tap_that_connects_after_the_no_turns_no_sign_on(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as room:
        room.sink._connected()
        assert room.ran == ["on"]
        room.mint.revoke(room.permit)
        room.sink._connected()

    assert room.ran == ["on"]


async def test_what_is_said_to_its_end_or_was_nothing_goes_no_second_time(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as room:
        ann, ben = room.mouths[ANN], room.mouths[BEN]
        ann.says("I think")
        ann.says("")
        ben.says("We have to")
        ben.says("We have to go.", final=True)
        before = list(room.audience.told[ANN])
        room.sink.drop(BEN)
        room.sink.drop(ANN)

    assert room.audience.told[ANN] == before
    assert before[-1] == (BEN, "We have to go.", True)


async def test_whoever_offers_again_is_captioned_again(tmp_path: Path) -> None:
    async with running(tmp_path) as room:
        room.sink.drop(BEN)
        room.mouths[BEN].says("Nobody")
        await room.offers(BEN)
        room.mouths[BEN].says("We have to")

    assert room.audience.told[ANN][:1] == OPEN


async def test_the_last_words_of_who_has_left_are_under_their_name(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as room:
        room.sink.drop(BEN)
        room.audience.here.discard(BEN)
        room.mouths[BEN].says("We have to do it.", final=True)

    assert room.audience.called == ["Ben"]


async def test_it_goes_for_those_who_have_seen_it(tmp_path: Path) -> None:
    async with running(tmp_path) as room:
        room.mouths[BEN].says("We have to")
        room.sink.cut(1, {ANN, BEN, CAT})
        room.sink.drop(BEN)

    assert room.audience.told[ANN] == [*OPEN, GONE]
    assert room.audience.told[CAT] == []


@given(
    parts=st.lists(
        st.tuples(st.sets(st.sampled_from([ANN, BEN, CAT])), st.integers(1, 40)),
        min_size=1,
        max_size=6,
    ),
    began=st.integers(-10, 150),
    lasts=st.integers(1, 100),
    final=st.booleans(),
)
@example(  # she is away for a tenth that begins where the pause ends
    parts=[(set(), 24), (set(), 37), ({ANN}, 23), (set(), 1), ({ANN}, 1)],
    began=65,
    lasts=16,
    final=False,
)
@example(  # she is there, is not, and is again within the pause around her word
    parts=[(set(), 1), ({ANN}, 1), (set(), 1), ({ANN}, 1)],
    began=5,
    lasts=1,
    final=False,
)
async def test_R19_present_captions_are_for_who_was_there_from_first_to_last_word(
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[tuple[set[ParticipantId], int]],
    began: int,
    lasts: int,
    final: bool,
) -> None:
    """In tenths of a second, by who came and went; of growing and final ones alike."""
    async with running(tmp_path_factory.mktemp("sweep")) as room:
        start = at = asyncio.get_running_loop().time() + 10
        there: list[tuple[float, set[ParticipantId]]] = []
        for number, (people, length) in enumerate(parts, 1):
            room.sink._parts.cut(number, people, at=at)
            there.append((at - start, people))
            at += length / 10
        first, last = began / 10, (began + lasts) / 10
        room.mouths[ANN].said("Yes", start + first, start + last, final=final)
        told = {
            who
            for who, lines in room.audience.told.items()
            if (ANN, "Yes", final) in lines
        }

    moments = [tenth / 10 for tenth in range(began, began + lasts + 1)]
    for who in told:
        assert all(who in present(there, moment) for moment in moments)
    # Between the tenths as well: at one, rounding decides which part it is of.
    margin = [half / 20 for half in range(2 * began - 8, 2 * (began + lasts) + 9)]
    for who in (ANN, BEN, CAT):
        if first > 0.4 and all(who in present(there, at) for at in margin):
            assert who in told


def present(
    there: list[tuple[float, set[ParticipantId]]], moment: float
) -> set[ParticipantId]:
    """Who was there at a moment; before the first part Ann and Ben."""
    found = {ANN, BEN}
    for at, people in there:
        if at <= moment:
            found = people
    return found
