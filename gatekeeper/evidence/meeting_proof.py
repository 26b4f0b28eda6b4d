"""
A person's proof that what they said stands in a sealed meeting, and that in the log.

It is a `tlog-proof` (`evidence.tlog.inclusion`). Its `extra` says, for each entry that
one has a receipt of, what leads from the receipt's hash to the meeting's root.

Rule: it tells of no other entry: see `evidence.seal`.
"""

import base64
from collections.abc import Collection, Sequence
from typing import Annotated

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence import canonical
from gatekeeper.evidence.entries import Hex256
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.seal import root_from
from gatekeeper.evidence.sealing import seal_of
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.evidence.tlog.note import Verifier, decoded
from gatekeeper.evidence.tlog.tree import leaf_hash


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Closed):
    """Where an entry stands among the leaves of its meeting."""

    index: Annotated[int, Field(ge=0, le=2**32)]
    path: Annotated[tuple[str, ...], Field(max_length=32)]
    """Hashes in base 64 (RFC 4648, 4)."""


class Places(_Closed):
    """What `extra` says: canonical JSON (RFC 8785)."""

    type: str = Field(default="gatekeeper/meeting-proof/v1")
    meeting: RoomId
    entries: dict[Hex256, Place]
    """By the hash that a receipt has as `position.hash`."""

    def text(self) -> bytes:
        """The only way to spell it."""
        return rfc8785.dumps(self.model_dump(mode="json"))

    @classmethod
    def read(cls, raw: bytes | None) -> "Places":
        """Raises `EvidenceError`."""
        try:
            found = cls.model_validate(canonical.read(raw or b""))
        except (ValidationError, EvidenceError) as exc:
            raise broken(Fault.PLACES_MALFORMED) from exc
        if found.type != cls.model_fields["type"].default or found.text() != raw:
            raise broken(Fault.PLACES_MALFORMED)
        return found


def places_of(rows: Sequence[LedgerRow], entries: Collection[bytes]) -> Places:
    """
    Where these stand in a chain that ends in its seal.

    `entries`: hashes of entries, or of accounts (`evidence.account`) of it.
    """
    seal = seal_of(rows)
    found = {}
    for entry in entries:
        index, path = seal.place(entry)
        hashes = tuple(base64.b64encode(each).decode() for each in path)
        found[entry.hex()] = Place(index=index, path=hashes)
    return Places(meeting=rows[0].meeting, entries=found)


def check_entry(
    proof: InclusionProof, meeting: RoomId, entry: str, keys: Collection[Verifier]
) -> Checkpoint:
    """
    Check that an entry of a meeting is in the log of one of `keys`.

    `entry`: its hash, in hexadecimal. Raises `EvidenceError`.
    """
    places = Places.read(proof.extra)
    place = places.entries.get(entry)
    if places.meeting != meeting:
        raise broken(Fault.MEETING_OTHER)
    if place is None:
        raise broken(Fault.ENTRY_OTHER)
    return _check(proof, entry, place, keys)


def check_entries(
    proof: InclusionProof, keys: Collection[Verifier]
) -> tuple[Places, Checkpoint]:
    """
    Check that every entry that a proof tells of is in the log of one of `keys`.

    Raises `EvidenceError`. Which meeting they are of is bound by a receipt alone.
    """
    places = Places.read(proof.extra)
    checked = [
        _check(proof, entry, place, keys)
        for entry, place in sorted(places.entries.items())
    ]
    if not checked:
        raise broken(Fault.PROOF_EMPTY)
    return places, checked[0]


def _check(
    proof: InclusionProof, entry: str, place: Place, keys: Collection[Verifier]
) -> Checkpoint:
    path = [decoded(each, Fault.PLACES_MALFORMED) for each in place.path]
    root = root_from(bytes.fromhex(entry), place.index, path)
    return proof.check(leaf_hash(root), keys)
