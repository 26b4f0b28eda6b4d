"""
The transcript: lines are kept, and told to the room as captions.

What somebody is still saying is told as a caption, too, and kept nowhere.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from functools import partial

from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.assistant.transcript.transcriber import Transcriber
from gatekeeper.clock import rfc3339
from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import DiskLow, SinkUnavailable
from gatekeeper.meeting.permit import Permit
from gatekeeper.meeting.sink import Audience
from gatekeeper.wire.assistant import Caption


class Transcript(Transcriber):
    """One opening's transcript."""

    def __init__(
        self,
        permit: Permit,
        desk: TranscriptionContext,
        *,
        audience: Audience,
        tasks: asyncio.TaskGroup,
        running: Callable[[], None],
        failed: Callable[[SinkUnavailable], None],
    ) -> None:
        self._audience = audience
        self._names: dict[ParticipantId, str] = {}
        """Of those who have spoken: their last words may come when they have left."""
        super().__init__(
            permit,
            desk,
            audience=audience,
            tasks=tasks,
            running=running,
            failed=failed,
            said=partial(self._tell, final=True),
            grown=partial(self._tell, final=False),
        )

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        self._names[participant] = self._audience.name(participant)
        return await super().offer(participant, sdp, sources)

    def _tell(
        self, line: TranscriptLine, people: Collection[ParticipantId], *, final: bool
    ) -> None:
        assert line.participant is not None  # noqa: S101 - it was just heard
        self._audience.tell_those(
            people,
            Caption(
                line=line.id,
                sender=line.participant,
                name=self._names[line.participant],
                at=rfc3339(line.began),
                text=line.text,
                final=final,
            ),
        )


class TranscriptOpener:
    """Makes the transcript of one opening: an `OpenSink`."""

    def __init__(self, desk: TranscriptionContext) -> None:
        self._desk = desk

    def __call__(
        self,
        permit: Permit,
        *,
        audience: Audience,
        tasks: asyncio.TaskGroup,
        running: Callable[[], None],
        failed: Callable[[SinkUnavailable], None],
    ) -> Transcriber:
        """Listen. Raises `DiskLow`, or `SinkUnavailable` if it cannot."""
        require_space(self._desk)
        return Transcript(
            permit,
            self._desk,
            audience=audience,
            tasks=tasks,
            running=running,
            failed=failed,
        )


def require_space(desk: TranscriptionContext) -> None:
    """Raise `DiskLow` when the disk is nearly full."""
    try:
        if not desk.has_space():
            raise DiskLow
    except OSError as exc:
        raise SinkUnavailable from exc
