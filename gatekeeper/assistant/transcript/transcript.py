"""
The transcript: lines are kept, and told to the room as captions.

What somebody is still saying is told as a caption, too, and kept nowhere.
"""

from collections.abc import Collection, Mapping
from functools import partial

from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.assistant.transcript.transcriber import Transcriber
from gatekeeper.clock import rfc3339
from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import DiskLow, SinkUnavailable
from gatekeeper.gating.sink import Opened
from gatekeeper.meeting.sink import Recipients
from gatekeeper.wire.assistant import Caption


class Transcript(Transcriber):
    """One opening's transcript."""

    def __init__(
        self,
        opened: Opened,
        context: TranscriptionContext,
        *,
        recipients: Recipients,
    ) -> None:
        self._recipients = recipients
        self._names: dict[ParticipantId, str] = {}
        """Of those who have spoken: their last words may come when they have left."""
        super().__init__(
            opened,
            context,
            recipients=recipients,
            said=partial(self._tell, final=True),
            grown=partial(self._tell, final=False),
        )

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        self._names[participant] = self._recipients.name(participant)
        return await super().offer(participant, sdp, sources)

    def _tell(
        self, line: TranscriptLine, people: Collection[ParticipantId], *, final: bool
    ) -> None:
        assert line.participant is not None  # noqa: S101 - it was just heard
        self._recipients.tell_those(
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
    """Makes the transcript of one opening: a `SinkOpener`."""

    def __init__(self, context: TranscriptionContext) -> None:
        self._context = context

    def __call__(self, opened: Opened, recipients: Recipients) -> Transcriber:
        """Listen. Raises `DiskLow`, or `SinkUnavailable` if it cannot."""
        require_space(self._context)
        return Transcript(opened, self._context, recipients=recipients)


def require_space(context: TranscriptionContext) -> None:
    """Raise `DiskLow` when the disk is nearly full."""
    try:
        if not context.has_space():
            raise DiskLow
    except OSError as exc:
        raise SinkUnavailable from exc
