"""
The transcript's opener: lines are kept, and told to the room as captions.

What somebody is still saying is told as a caption, too, and kept nowhere.
"""

import asyncio
from collections.abc import Callable, Collection
from functools import partial

from gatekeeper.assistant.desk import Desk
from gatekeeper.assistant.lines import Line
from gatekeeper.assistant.listening import Listening
from gatekeeper.consent.words import ParticipantId
from gatekeeper.errors import DiskLow, SinkUnavailable
from gatekeeper.meeting.messages import Caption
from gatekeeper.meeting.permit import Permit
from gatekeeper.meeting.sink import Company
from gatekeeper.meeting.timestamp import rfc3339


class TranscriptOpener:
    """Makes the transcript of one opening: an `OpenSink`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(
        self,
        permit: Permit,
        *,
        company: Company,
        tasks: asyncio.TaskGroup,
        running: Callable[[], None],
        failed: Callable[[SinkUnavailable], None],
    ) -> Listening:
        """Listen. Raises `DiskLow`, or `SinkUnavailable` if it cannot."""
        require_room(self._desk)

        def tell(
            line: Line, people: Collection[ParticipantId], *, final: bool = True
        ) -> None:
            assert line.participant is not None  # noqa: S101 - it was just heard
            company.tell_those(
                people,
                Caption(
                    line=line.id,
                    sender=line.participant,
                    name=company.name(line.participant),
                    at=rfc3339(line.began),
                    text=line.text,
                    final=final,
                ),
            )

        return Listening(
            permit,
            self._desk,
            company=company,
            tasks=tasks,
            running=running,
            failed=failed,
            said=tell,
            grown=partial(tell, final=False),
        )


def require_room(desk: Desk) -> None:
    """Raise `DiskLow` when the disk is nearly full."""
    try:
        if not desk.has_room():
            raise DiskLow
    except OSError as exc:
        raise SinkUnavailable from exc
