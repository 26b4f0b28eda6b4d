"""A summary so far that cannot be made says why, and not something else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.summary.document import Summary
from gatekeeper.assistant.summary.summariser import Summariser
from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.consent.features import SUMMARY
from gatekeeper.consent.types import LanguageTag, OpeningId, ParticipantId, RoomId
from gatekeeper.errors import UnknownOpening
from gatekeeper.evidence.presence import Presence
from gatekeeper.gating.permit import Mint, Permit
from gatekeeper.gating.sink import Opened
from gatekeeper.media.tap.quota import Quotas
from gatekeeper.meeting.roster import Roster
from gatekeeper.wire.assistant import Summarise
from gatekeeper.wire.base import Message
from gatekeeper.wire.server import Fault
from tests.assistant.summary.test_store import ROOM, Kept, keeping
from tests.evidence.people import noon
from tests.evidence.told import told

NOTHING = Summary(
    engine="rules",
    language="en",
    first=noon(),
    last=noon(),
    made_at=noon(),
    sections=(),
)


class Asker:
    """Somebody in the room."""

    id = ParticipantId("anna")
    language = LanguageTag("en")
    arrived = 0

    def __init__(self) -> None:
        self.told: list[str] = []
        self.faults: asyncio.Queue[Fault] = asyncio.Queue()

    def send(self, message: Message) -> None:
        self.told.append(message.model_dump()["type"])
        if isinstance(message, Fault):
            self.faults.put_nowait(message)


@dataclass
class Asked:
    """A summary of an opening that runs, and somebody who may ask for it so far."""

    kept: Kept
    mint: Mint
    permit: Permit
    sink: Summariser
    asker: Asker


@asynccontextmanager
async def running(data: Path) -> AsyncIterator[Asked]:
    mint = Mint()
    permit = mint.issue(SUMMARY, ROOM, OpeningId("opening"))

    async def presence(_: RoomId, who: ParticipantId) -> Presence:
        return Presence(told(), who)

    async with keeping(data) as kept, asyncio.TaskGroup() as tasks:
        context = TranscriptionContext(
            recogniser=cast(SpeechRecogniser, None),  # nobody speaks
            transcripts=kept.transcripts,
            clock=noon,
            ice_servers=tuple,
            quotas=Quotas(),
            has_space=lambda: True,
        )
        opened = Opened(permit, tasks, lambda: None, lambda why: None)
        sink = Summariser(
            opened, context, kept.summaries, presence, recipients=Roster()
        )
        yield Asked(kept, mint, permit, sink, Asker())
        mint.revoke(permit)
        await sink.stopped()


async def test_words_that_cannot_be_read_are_not_told_as_a_ledger_that_is_gone(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as room:
        folder = room.kept.transcripts.folder(ROOM, SUMMARY)
        (folder / room.permit.opening / "ben.jsonl").mkdir(parents=True)
        room.sink.ask(room.asker, Summarise())
        async with asyncio.timeout(30):
            fault = await room.asker.faults.get()

    assert (fault.code, fault.about) == ("words-unreadable", "summarise")
    assert "cannot read what was written down" in fault.detail


async def test_R6_a_summary_that_is_done_in_the_moment_of_a_no_goes_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path) as room:
        done = asyncio.Event()

        async def so_far(
            _: RoomId, mine: Presence, progress: Callable[[float], None]
        ) -> tuple[Summary, dict[ParticipantId, str]]:
            room.mint.revoke(room.permit)
            progress(0.9)
            done.set()
            return NOTHING, {}

        monkeypatch.setattr(room.kept.summaries, "so_far", so_far)
        room.sink.ask(room.asker, Summarise())
        async with asyncio.timeout(30):
            await done.wait()
        await room.sink.stopped()
        with pytest.raises(UnknownOpening):
            room.sink.ask(room.asker, Summarise())

    assert room.asker.told == ["summary-progress"]
