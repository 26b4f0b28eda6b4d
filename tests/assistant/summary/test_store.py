"""Summaries as they are kept: real files, a real database, a model that has faults."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from gatekeeper.assistant.model.client import ModelClient
from gatekeeper.assistant.model.endpoint import Endpoint, Times
from gatekeeper.assistant.summary.document import Summary
from gatekeeper.assistant.summary.store import Summaries
from gatekeeper.assistant.summary.writer import Model, SummaryWriter
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.assistant.transcript.store import TranscriptKey, TranscriptStore
from gatekeeper.assistant.words import WordStore
from gatekeeper.consent.features import SUMMARY, TRANSCRIPT
from gatekeeper.consent.types import LanguageTag, OpeningId, RoomId
from gatekeeper.evidence.history import OpeningRecord
from gatekeeper.evidence.presence import Presence
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.storage.stops import Stops
from gatekeeper.storage.transactions import Transactions as Records
from tests.assistant import stub
from tests.assistant.meetings import BEGAN, lines, names, participant
from tests.assistant.summary.model import answer, said
from tests.evidence.told import opened, told

ROOM = RoomId("room")
OPENING = OpeningId("opening")
ANSWER = answer(
    decisions=[said("The launch moves to the eighth of June.", "L7")],
    todos=[said("Send the first version of the letter.", "L14", owner="P2")],
)


@dataclass
class Kept:
    """A meeting's words, and its summary."""

    summaries: Summaries
    transcripts: TranscriptStore
    archive: WordStore
    data: Path

    async def hear(self, *heard: TranscriptLine, transcript: bool = False) -> None:
        for line in heard:
            await self.transcripts.append(TranscriptKey(ROOM, SUMMARY, OPENING), line)
            if transcript:
                await self.transcripts.append(
                    TranscriptKey(ROOM, TRANSCRIPT, OPENING), line
                )

    async def written(self) -> Summary | None:
        """The summary, once there is nothing left to do."""
        self.summaries.enqueue(ROOM)
        await self.settled()
        stored = await self.summaries.stored(ROOM, names("A"))
        assert stored is not None
        return stored.summary

    async def settled(self) -> None:
        async with asyncio.timeout(20):
            while self.summaries.work(ROOM) is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def fault(self) -> str | None:
        stored = await self.summaries.stored(ROOM, names("A"))
        return stored.fault if stored else None

    def words(self) -> str:
        """All that is kept of any words."""
        files = (self.data / "words").rglob("*.jsonl")
        return "".join(file.read_text("utf-8") for file in files)


def during(heard: Sequence[TranscriptLine]) -> OpeningRecord:
    """One opening of the summary, with everybody who speaks in it."""
    first, last = heard[0].began, heard[-1].ended
    return opened(
        {who for line in heard if (who := line.participant)},
        feature=SUMMARY,
        began=first,
        lasting=last - first + timedelta(seconds=1),
    )


@asynccontextmanager
async def keeping(data: Path, client: Model | None = None) -> AsyncIterator[Kept]:
    transcripts = TranscriptStore(data)
    database = Database.open(data / "ledger.sqlite3")
    try:
        async with Records(database) as records, asyncio.TaskGroup() as tasks:
            rooms, called = RoomStore(records), NameStore(records)
            await rooms.add(
                RoomRecord(ROOM, "", LanguageTag("en"), (), b"x" * 32, BEGAN)
            )
            for feature in (SUMMARY, TRANSCRIPT):
                await called.note(ROOM, feature, names("A"))
            summaries = Summaries(
                transcripts,
                SummaryWriter(client, clock=lambda: BEGAN),
                names=called,
                rooms=rooms,
                listed=DeletionList(records, database, lambda: BEGAN),
                stops=Stops(records),
                clock=lambda: BEGAN,
            )
            running = tasks.create_task(summaries.run())
            archive = WordStore(transcripts, called, summaries)
            yield Kept(summaries, transcripts, archive, data)
            running.cancel()
    finally:
        transcripts.close()
        database.close()


@asynccontextmanager
async def asking(model: stub.Stub) -> AsyncIterator[ModelClient]:
    times = Times(first_token=0.3, idle=0.3, total=3, pauses=(0.0, 0.0))
    async with aiohttp.ClientSession() as session:
        yield ModelClient(Endpoint(model.base_url, "tiny", times=times), session)


def items(summary: Summary | None) -> list[str]:
    assert summary is not None
    return [it.text or it.quotes[0].text for s in summary.sections for it in s.items]


async def test_the_words_go_once_the_summary_is_written(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        await kept.hear(*lines("A"))
        assert "eighth of June" in kept.words()
        summary = await kept.written()

        assert any("eighth of June" in item for item in items(summary))
        assert kept.words() == ""


async def test_without_a_word_there_is_no_summary(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        assert await kept.written() is None
        assert await kept.fault() is None


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("refuses_key", "model-key-refused"),
        ("busy", "model-busy"),
        ("fails", "model-failed"),
        ("silent", "model-slow"),
        ("breaks", "model-broken"),
        ("bad_json", "model-answer-unusable"),
        ("no_chat", "model-answer-unusable"),
        ("oversize", "model-answer-too-large"),
        ("redirects", "model-redirected"),
        ("echo", "model-answer-unusable"),
    ],
)
async def test_a_model_that_fails_loses_nothing(
    tmp_path: Path, mode: str, code: str
) -> None:
    """Highlights stand in, the words wait, and the next try makes it whole."""
    async with (
        stub.running(mode=mode, text=ANSWER, retry_after="600") as model,
        asking(model) as client,
        keeping(tmp_path, client) as kept,
    ):
        await kept.hear(*lines("A"))
        standing_in = await kept.written()
        assert await kept.fault() == code
        assert "eighth of June" in kept.words()
        model.mode = "stream"
        summary = await kept.written()

        assert standing_in is not None
        assert standing_in.engine == "rules"
        assert await kept.fault() is None
        assert summary is not None
        assert summary.engine == "model"
        assert "The launch moves to the eighth of June." in items(summary)
        assert kept.words() == ""
        assert model.elsewhere == 0


async def test_a_model_that_is_not_there_loses_nothing(tmp_path: Path) -> None:
    async with stub.running() as gone:
        pass
    async with asking(gone) as client, keeping(tmp_path, client) as kept:
        await kept.hear(*lines("A"))
        standing_in = await kept.written()

        assert await kept.fault() == "model-unreachable"
        assert "eighth of June" in kept.words()
        assert standing_in is not None
        assert standing_in.engine == "rules"


async def test_a_wrong_item_goes_for_good(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        await kept.hear(*lines("A"), transcript=True)
        before = await kept.written()
        assert before is not None
        wrong = before.sections[0].items[0]
        await kept.summaries.strike(ROOM, wrong.id)
        struck = await kept.summaries.stored(ROOM, names("A"))
        again = await kept.written()

        assert struck is not None
        assert items(struck.summary) == items(before)[1:]
        assert items(again) == items(before)[1:]


@pytest.mark.parametrize("transcript", [True, False])
@pytest.mark.parametrize("who", ["Anna", "Ben", "Carla"])
async def test_erasing_leaves_nothing_that_quotes_cites_or_names_somebody(
    tmp_path: Path, who: str, transcript: bool
) -> None:
    async with keeping(tmp_path) as kept:
        await kept.hear(*lines("A"), transcript=transcript)
        await kept.written()
        feature = TRANSCRIPT if transcript else SUMMARY
        await kept.archive.erase(ROOM, feature, participant(who), None)
        await kept.settled()
        stored = await kept.summaries.stored(ROOM, names("A"))

        assert stored is not None
        assert stored.summary is not None
        found = [it for s in stored.summary.sections for it in s.items]
        assert found
        assert not [it for it in found if it.concerns(participant(who))]
        left = stored.summary.model_dump_json() + kept.words()
        assert participant(who) not in left
        assert who not in left


async def test_what_was_begun_before_an_erasure_is_dropped(tmp_path: Path) -> None:
    """The late answer of a model does not bring anybody's words back."""
    async with (
        stub.running(mode="stalls", text=ANSWER) as model,
        aiohttp.ClientSession() as session,
        keeping(tmp_path, ModelClient(Endpoint(model.base_url, "t"), session)) as kept,
    ):
        await kept.hear(*lines("A"))
        kept.summaries.enqueue(ROOM)
        await model.asked.wait()
        model.mode = "stream"
        await kept.archive.erase(ROOM, SUMMARY, participant("Ben"), None)
        await model.gone.wait()
        await kept.settled()
        stored = await kept.summaries.stored(ROOM, names("A"))

        assert stored is not None
        assert stored.summary is not None
        assert "Send the first version" not in stored.summary.model_dump_json()
        first, *later = model.requests
        assert "first version on Wednesday" in str(first)
        assert later
        assert "first version on Wednesday" not in str(later)


async def test_a_summary_so_far_is_begun_anew_when_somebody_takes_their_part_back(
    tmp_path: Path,
) -> None:
    async with (
        stub.running(mode="stalls", text=ANSWER) as model,
        aiohttp.ClientSession() as session,
        keeping(tmp_path, ModelClient(Endpoint(model.base_url, "t"), session)) as kept,
        asyncio.TaskGroup() as tasks,
    ):
        heard = lines("A")
        await kept.hear(*heard)
        there = Presence(told(during(heard)), participant("Anna"))
        asking = tasks.create_task(
            kept.summaries.so_far(ROOM, there, lambda done: None)
        )
        await model.asked.wait()
        model.mode, model.text = "stream", answer()
        await kept.archive.erase(ROOM, TRANSCRIPT, participant("Ben"), None)
        await asking

        first, *later = map(str, model.requests)
        assert "first version on Wednesday" in first
        assert later
        assert "first version on Wednesday" not in " ".join(later)


async def test_when_its_time_is_over_all_of_it_goes(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        await kept.hear(*lines("A"), transcript=True)
        await kept.written()
        assert await kept.archive.expire(ROOM, SUMMARY) == 1
        assert await kept.archive.expire(ROOM, TRANSCRIPT) == 3

        assert list((tmp_path / "words").rglob("*")) == []
