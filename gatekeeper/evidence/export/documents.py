"""
Documents of an export that the gate signs, and what its files are called.

Rule 1: each is a compact JWS over canonical JSON (`evidence.compact`), with a `typ` of
its own: one cannot pass for another.
Rule 2: times within a film or a track are milliseconds; times of day are UTC.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.evidence.account import Account
from gatekeeper.evidence.canonical import difference
from gatekeeper.evidence.compact import opened
from gatekeeper.evidence.entries import Hex256, Moment
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.key import Ed25519Jwk

MANIFEST = "manifest.jws"
MEETING_PROOF = "meeting.tlog-proof"
GATE_KEYS = "keys/gate.json"
LOG_KEYS = "keys/log.txt"
ACCOUNTS = "account/"
EDITS = "edits/"
LEAVES = "leaves/"
NOTICES = "notices/"
TRACKS = "tracks/"
FILMS = "films/"

Count = Annotated[int, Field(ge=0, le=2**53 - 1)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Listed(_Closed):
    """One file of an export."""

    bytes: Count
    sha256: Hex256


class Manifest(_Closed):
    """Everything that is in an export, save itself."""

    type: Literal["gatekeeper/export/v1"] = "gatekeeper/export/v1"
    meeting: RoomId
    made_at: Moment
    files: Mapping[str, Listed]
    """By name."""


class FilmFile(_Closed):
    """The film that an edit list is of."""

    sha256: Hex256
    bytes: Count
    format: Literal["mp4", "webm"]
    length: Count


class TrackEdit(_Closed):
    """What of one track is in a film."""

    subject: ParticipantId
    source: SourceKind
    track: Hex256
    """SHA-256 of the track's file."""
    at: Count
    """In the film."""
    start: Count
    """In the track, counted from its first packet."""
    length: Count


class FilmPart(_Closed):
    """One part of an opening in a film."""

    opening: OpeningId
    part: Count
    at: Count
    """In the film."""
    length: Count
    began: Moment
    """What is seen first."""
    edits: tuple[TrackEdit, ...]
    """All that can be seen and heard of it, in the order of the film."""


class EditList(_Closed):
    """Which seconds of which tracks stand where in a film."""

    type: Literal["gatekeeper/edit-list/v1"] = "gatekeeper/edit-list/v1"
    meeting: RoomId
    feature: FeatureId
    film: FilmFile
    parts: tuple[FilmPart, ...]
    """One after the other; between them there may be a card without anybody."""


TYPES: Mapping[type[BaseModel], str] = {
    Account: "gatekeeper-account+jws",
    EditList: "gatekeeper-edit-list+jws",
    Manifest: "gatekeeper-export+jws",
}
"""`typ` of each."""

D = TypeVar("D", Account, EditList, Manifest)


def read(kind: type[D], text: str, pinned: Sequence[Ed25519Jwk] | None) -> D:
    """
    A document, once its signature holds. Raises `EvidenceError`.

    `pinned`: the gate's keys; None to take the one that it carries.
    """
    said = opened(text, TYPES[kind], pinned).content
    try:
        found = kind.model_validate(said)
    except ValidationError as exc:
        path = ".".join(map(str, exc.errors()[0]["loc"]))
        raise broken(Fault.MEMBER_INVALID, path) from exc
    where = difference(said, found.model_dump(mode="json"))
    if where is not None:
        raise broken(Fault.MEMBER_INVALID, where)
    return found
