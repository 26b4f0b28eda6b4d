"""
Lines: what was said, by whom, and when.

Rule 1: one line is one utterance of one participant, heard on that participant's own
track: who spoke is known, never guessed.
Rule 2: an erased line stays as a tombstone: id and time, no words and nobody.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NewType

from gatekeeper.consent.types import ParticipantId

if TYPE_CHECKING:  # a worker, which knows lines by their ids alone, starts without it
    from gatekeeper.evidence.presence import Span

LineId = NewType("LineId", str)
"""96 random bits in base64url, 16 characters. The same in transcript and summary."""


def new_line_id() -> LineId:
    """A fresh id."""
    return LineId(base64.urlsafe_b64encode(secrets.token_bytes(12)).decode())


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One utterance."""

    id: LineId
    participant: ParticipantId | None
    """None in a tombstone."""
    began: datetime
    """UTC."""
    ended: datetime
    text: str
    """As recognised; empty in a tombstone."""
    span: "Span | None" = None
    """In which parts it was said; None in what is from before there were any."""

    @property
    def erased(self) -> bool:
        """Whether this is a tombstone."""
        return self.participant is None

    def tombstone(self) -> "TranscriptLine":
        """What stays when the line is erased."""
        return TranscriptLine(self.id, None, self.began, self.ended, "", self.span)
