"""What both say of captions, summaries and drafts."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from gatekeeper.consent.features import COMPOSE, SUMMARY
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.wire.base import Message, Token


class Wish(Message):
    """What a participant asks of a feature itself."""

    of: ClassVar[FeatureId]
    """The feature of which it is asked."""


class Summarise(Wish):
    """A summary of what was said so far, for this participant."""

    of: ClassVar[FeatureId] = SUMMARY
    type: Literal["summarise"] = "summarise"


DraftLength = Literal["short", "medium", "long"]
"""One or two sentences, three to five, six to ten."""


class Draft(Wish):
    """Draft a message for this participant. Never sent by the server, never kept."""

    of: ClassVar[FeatureId] = COMPOSE
    type: Literal["draft"] = "draft"
    id: Token
    """Chosen by the client; a new draft takes the place of the one before."""
    prompt: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)
    ]
    tone: Literal["neutral", "friendly", "formal", "direct"] = "neutral"
    length: DraftLength = "short"
    previous: Annotated[str, StringConstraints(max_length=4000)] | None = None
    """A draft to be changed."""
    change: Literal["shorten"] | None = None


class Recap(Wish):
    """Quotes from the chat, as a draft. Needs no model."""

    of: ClassVar[FeatureId] = COMPOSE
    type: Literal["recap"] = "recap"
    id: Token
    length: DraftLength = "short"


class DropDraft(Wish):
    """Stop drafting."""

    of: ClassVar[FeatureId] = COMPOSE
    type: Literal["drop-draft"] = "drop-draft"
    id: Token


class Caption(Message):
    """
    A line of the transcript, to everybody.

    It takes the place of what the same sender was told to be saying. Several may come
    at once: somebody spoke at length.
    """

    type: Literal["caption"] = "caption"
    line: str
    sender: ParticipantId
    name: str
    at: str
    """RFC 3339, UTC; when it was begun to be said."""
    text: str
    final: bool
    """Else the sender is still saying it: the text will be corrected, is kept nowhere,
    and if it is empty it was nothing after all."""


class SummaryProgress(Message):
    """To who asked for a summary: how far it is."""

    type: Literal["summary-progress"] = "summary-progress"
    done: Annotated[float, Field(ge=0, le=1)]


class SummarySoFar(Message):
    """To who asked for it: the summary."""

    type: Literal["summary"] = "summary"
    summary: dict[str, Any]
    """As the page afterwards has it; see `assistant.summary`."""


class DraftText(Message):
    """To who asked for it: more text of a draft."""

    type: Literal["draft-text"] = "draft-text"
    id: str
    text: str


class DraftDone(Message):
    """To who asked for it: the draft is whole."""

    type: Literal["draft-done"] = "draft-done"
    id: str
    cut: bool
    """Whether the model had to stop before its end."""


class DraftFailed(Message):
    """To who asked for it: nothing more comes of this draft."""

    type: Literal["draft-failed"] = "draft-failed"
    id: str
    code: str
    detail: str
