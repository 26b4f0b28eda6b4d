"""The composer under its permit, and not a moment longer."""

import asyncio

import pytest

from gatekeeper.assistant.compose.composer import Composer
from gatekeeper.consent.types import (
    FeatureId,
    LanguageTag,
    OpeningId,
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import UnknownOpening
from gatekeeper.gating.permit import Mint
from gatekeeper.gating.sink import Opened
from gatekeeper.wire.assistant import DraftText, Recap
from gatekeeper.wire.base import Message
from gatekeeper.wire.server import ChatLine


class Asker:
    """Somebody who came before the first line."""

    id = ParticipantId("ann")
    language = LanguageTag("en")
    arrived = 0

    def __init__(self) -> None:
        self.told: list[str] = []

    def send(self, message: Message) -> None:
        if isinstance(message, DraftText):
            self.told.append(message.text)


def line(number: int, text: str) -> ChatLine:
    at = "2026-11-28T09:00:00.000Z"
    ben = ParticipantId("ben")
    return ChatLine(number=number, sender=ben, name="Ben", text=text, at=at)


async def test_R6_a_dead_permit_reads_nothing_and_answers_nobody() -> None:
    mint, ann = Mint(), Asker()
    permit = mint.issue(FeatureId("compose"), RoomId("room"), OpeningId("opening"))
    async with asyncio.TaskGroup() as tasks:
        composer = Composer(Opened(permit, tasks, lambda: None, lambda _: None), None)
        composer.read(line(1, "I will send you the offer by Friday."))
        composer.ask(ann, Recap(id="one", length="short"))
        assert "offer" in "".join(ann.told)
        told = len(ann.told)

        mint.revoke(permit)
        composer.read(line(2, "I will send you the lime tree by Monday."))
        with pytest.raises(UnknownOpening):
            composer.ask(ann, Recap(id="two", length="short"))
        await composer.stopped()
        composer.read(line(3, "I will send you the pear tree by Tuesday."))

    assert len(ann.told) == told
    assert not composer._lines
