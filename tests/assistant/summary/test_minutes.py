"""A summary so far that cannot be made says why, and not something else."""

import asyncio
from pathlib import Path
from typing import cast

from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.summary.summariser import Summariser
from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.consent.features import SUMMARY
from gatekeeper.consent.types import LanguageTag, OpeningId, ParticipantId, RoomId
from gatekeeper.evidence.presence import Presence
from gatekeeper.gating.permit import Mint
from gatekeeper.gating.sink import Opened
from gatekeeper.media.tap.quota import Quotas
from gatekeeper.meeting.roster import Roster
from gatekeeper.wire.assistant import Summarise
from gatekeeper.wire.base import Message
from gatekeeper.wire.server import Fault
from tests.assistant.summary.test_store import ROOM, keeping
from tests.evidence.people import noon
from tests.evidence.told import told


class Asker:
    """Somebody in the room."""

    id = ParticipantId("anna")
    language = LanguageTag("en")
    arrived = 0

    def __init__(self) -> None:
        self.faults: asyncio.Queue[Fault] = asyncio.Queue()

    def send(self, message: Message) -> None:
        if isinstance(message, Fault):
            self.faults.put_nowait(message)


async def test_words_that_cannot_be_read_are_not_told_as_a_ledger_that_is_gone(
    tmp_path: Path,
) -> None:
    opening, asker, mint = OpeningId("opening"), Asker(), Mint()
    async with keeping(tmp_path) as kept, asyncio.TaskGroup() as tasks:
        (kept.transcripts.folder(ROOM, SUMMARY) / opening / "ben.jsonl").mkdir(
            parents=True
        )
        context = TranscriptionContext(
            recogniser=cast(SpeechRecogniser, None),  # nobody speaks
            transcripts=kept.transcripts,
            clock=noon,
            ice_servers=tuple,
            quotas=Quotas(),
            has_space=lambda: True,
        )
        permit = mint.issue(SUMMARY, ROOM, opening)

        async def presence(_: RoomId, who: ParticipantId) -> Presence:
            return Presence(told(), who)

        opened = Opened(permit, tasks, lambda: None, lambda why: None)
        minutes = Summariser(
            opened, context, kept.summaries, presence, recipients=Roster()
        )
        minutes.ask(asker, Summarise())
        async with asyncio.timeout(30):
            fault = await asker.faults.get()
        mint.revoke(permit)
        await minutes.stopped()

    assert (fault.code, fault.about) == ("words-unreadable", "summarise")
    assert "cannot read what was written down" in fault.detail
