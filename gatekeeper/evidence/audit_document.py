"""
The document that an admin exports of a meeting (`evidence.proof`), read and checked.

Rule: it is the gate's word, signed. What can be held against itself is: the wordings
against their digests, the people against their number, each time against the other.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from gatekeeper.consent.notice import Notice
from gatekeeper.errors import EvidenceError, MalformedMessage
from gatekeeper.evidence.canonical import difference
from gatekeeper.evidence.compact import opened
from gatekeeper.evidence.entries import Hex256
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.key import published
from gatekeeper.evidence.statement import Hash, Word

MEDIA_TYPE = "gatekeeper-audit+jws"
"""`typ`."""
_Instant = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"
    ),
]
"""RFC 3339 with milliseconds: as texts they stand in the order of time."""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Opening(_Closed):
    """One stretch in which a feature was on."""

    feature: str
    began: _Instant
    ended: _Instant | None
    people: Annotated[int, Field(ge=1)]
    notices: Annotated[list[Hash], Field(min_length=1)]
    opening: Word
    signers: Annotated[list[Hash], Field(min_length=1)]


class Deleted(_Closed):
    """All of a feature is gone since then."""

    feature: str
    at: _Instant


class AuditDocument(_Closed):
    """What is proved of one meeting."""

    meeting: str
    opened_at: _Instant
    ended_at: _Instant | None
    checked_at: _Instant
    begun: bool
    sealed: bool
    head: Hex256 | None
    fault: str | None
    openings: list[Opening]
    notices: dict[Hash, Notice]
    deleted: list[Deleted]


def verify_document(text: str, keys: Mapping[str, object] | None) -> AuditDocument:
    """
    Check a document against the gate's keys, or the one that it carries.

    Raises `EvidenceError`, also if what it tells is that the chain does not verify.
    """
    try:
        pinned = None if keys is None else published(keys)
    except MalformedMessage as exc:
        why = "the gate's keys cannot be used"
        raise EvidenceError(why, code=Fault.KEY_INVALID) from exc
    content = opened(text, MEDIA_TYPE, pinned).content
    try:
        found = AuditDocument.model_validate(content)
    except ValidationError as exc:
        path = exc.errors()[0]["loc"]
        raise broken(Fault.MEMBER_INVALID, ".".join(map(str, path))) from exc
    where = difference(content, found.model_dump(mode="json"))
    if where is not None:
        raise broken(Fault.MEMBER_INVALID, where)
    for where in _contradictions(found):
        raise broken(Fault.AUDIT_CONTRADICTED, where)
    if found.fault is not None:
        raise broken(Fault.AUDIT_FAULTY, found.fault)
    return found


def _contradictions(found: AuditDocument) -> Iterator[str]:
    """Members that others do not allow, in the order of the checks."""
    if found.ended_at is not None and found.ended_at < found.opened_at:
        yield "ended_at"
    proved = found.begun and found.fault is None
    if (found.head is not None) != proved:
        yield "head"
    if found.sealed and not proved:
        yield "sealed"
    if found.openings and not proved:
        yield "openings"
    if len({each.opening for each in found.openings}) < len(found.openings):
        yield "openings"
    for number, opening in enumerate(found.openings):
        for member in _wrong_of(opening, found.notices):
            yield f"openings.{number}.{member}"
    named = {digest for each in found.openings for digest in each.notices}
    for digest in sorted(found.notices):
        if digest not in named or found.notices[digest].digest != digest:
            yield f"notices.{digest}"


def _wrong_of(opening: Opening, notices: Mapping[str, Notice]) -> Iterator[str]:
    if opening.ended is not None and opening.ended < opening.began:
        yield "ended"
    if opening.people != len(opening.signers):
        yield "people"
    if opening.signers != sorted(set(opening.signers)):
        yield "signers"
    if opening.notices != sorted(set(opening.notices)):
        yield "notices"
    wordings = [notices.get(digest) for digest in opening.notices]
    if any(each is None or each.feature != opening.feature for each in wordings):
        yield "notices"
