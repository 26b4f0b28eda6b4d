"""
An export, checked offline: what is in it follows from what was signed.

Rule 1: the order of the checks is part of the format (docs/exports.md): whoever else
checks the same finds the same fault.
Rule 2: tracks rest on the signatures of the people themselves; a film was encoded
anew, and rests on the gate's signed edit list. Neither is told as the other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    Decision,
    NoticeDigest,
    OpeningId,
)
from gatekeeper.errors import EvidenceError, ForgedStatement, MalformedMessage
from gatekeeper.evidence import leaves
from gatekeeper.evidence.account import Account, AccountedFile
from gatekeeper.evidence.export.bundle import Bundle
from gatekeeper.evidence.export.documents import (
    ACCOUNTS,
    EDITS,
    FILMS,
    GATE_KEYS,
    LEAVES,
    LOG_KEYS,
    MANIFEST,
    MEETING_PROOF,
    NOTICES,
    TRACKS,
    EditList,
    FilmPart,
    Manifest,
    TrackEdit,
    read,
)
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.key import Ed25519Jwk, ParticipantKey, published
from gatekeeper.evidence.leaves import Packet, clock
from gatekeeper.evidence.meeting_proof import check_entries
from gatekeeper.evidence.statement import (
    SignedDecision,
    SignedStatement,
    verify_decision,
)
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.evidence.tlog.note import Verifier

LATE = 5000
"""Milliseconds by which the ledger's clock and a file's may differ."""
CARD = 2000
"""Milliseconds of the card between two parts of a film."""
_HELD = 1000
"""Milliseconds that a track's last packet may last."""
_NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)


@dataclass(frozen=True, slots=True)
class Checked:
    """What an export proves."""

    manifest: Manifest
    accounts: Mapping[tuple[OpeningId, int], Account]
    """By opening and part."""
    notices: Mapping[NoticeDigest, Notice]
    edits: Mapping[str, EditList]
    """By the hash of the film."""
    tracks: Mapping[str, tuple[Account, AccountedFile]]
    """Every file that an account tells of, by its hash."""
    leaves: Mapping[str, str]
    """Of which tracks the seconds are here: their file, by the track's hash."""
    log: Checkpoint
    leaf: int
    kid: str | None
    """Whose signature holds, where the key was the one that it carries."""

    @property
    def digests(self) -> frozenset[str]:
        """What may be taken back of it: hashes of tracks and films, in hexadecimal."""
        return frozenset((*self.tracks, *self.edits))


def check(
    bundle: Bundle,
    pinned: Sequence[Ed25519Jwk] | None = None,
    log_keys: Sequence[Verifier] | None = None,
) -> Checked:
    """
    All of an export. Raises `EvidenceError`.

    `pinned`, `log_keys`: the gate's and the log's keys; None to take those in it.
    """
    gate = _gate_keys(bundle)
    keys = gate if pinned is None else pinned
    log = _log_keys(bundle) if log_keys is None else log_keys
    manifest = read(Manifest, bundle.text(MANIFEST), keys)
    _check_files(bundle, manifest)
    notices = _notices(bundle)
    found = [
        _account(name, bundle, manifest, keys, notices)
        for name in bundle.within(ACCOUNTS)
    ]
    accounts = {(each.opening, each.part): each for each in found}
    proof = InclusionProof.read(bundle.text(MEETING_PROOF))
    places, checkpoint = check_entries(proof, log)
    if places.meeting != manifest.meeting:
        raise broken(Fault.MEETING_OTHER)
    if set(places.entries) != {each.hash.hex() for each in found}:
        raise broken(Fault.ENTRY_OTHER)
    tracks = {file.sha256: (each, file) for each in found for file in each.files}
    for name in bundle.within(TRACKS):
        if manifest.files[name].sha256 not in tracks:
            raise broken(Fault.ACCOUNT_MISSING, name)
    checked = Checked(
        manifest,
        accounts,
        notices,
        _edits(bundle, manifest, keys, accounts),
        tracks,
        _leaves(bundle, tracks),
        checkpoint,
        proof.index,
        None if pinned is not None else ParticipantKey.of(gate[-1]).thumbprint,
    )
    for name in bundle.within(FILMS):
        if manifest.files[name].sha256 not in checked.edits:
            raise broken(Fault.FILM_UNKNOWN, name)
    return checked


def packets(bundle: Bundle, checked: Checked, track: str) -> Sequence[Packet]:
    """What a track carried, as its leaves tell. Raises `EvidenceError`."""
    _, found = leaves.read(bundle.text(checked.leaves[track]))
    return [packet for leaf in found for packet in leaf.packets]


def _gate_keys(bundle: Bundle) -> list[Ed25519Jwk]:
    try:
        return published(bundle.text(GATE_KEYS).encode())
    except MalformedMessage as exc:
        raise broken(Fault.KEY_INVALID, GATE_KEYS) from exc


def _log_keys(bundle: Bundle) -> list[Verifier]:
    return [Verifier.read(line) for line in bundle.text(LOG_KEYS).split()]


def _check_files(bundle: Bundle, manifest: Manifest) -> None:
    for name in sorted({*bundle.names, *manifest.files}):
        listed = manifest.files.get(name)
        if name == MANIFEST:
            continue
        if listed is None:
            raise broken(Fault.EXPORT_UNLISTED, name)
        if bundle.digest(name, listed.bytes) != (listed.sha256, listed.bytes):
            raise broken(Fault.EXPORT_CHANGED, name)


def _notices(bundle: Bundle) -> dict[NoticeDigest, Notice]:
    found = {}
    for name in bundle.within(NOTICES):
        text = bundle.text(name)
        try:
            notice = _NOTICE.validate_python(json.loads(text))
            canonical = notice.canonical() == text.encode()
        except (ValidationError, ValueError) as exc:
            raise broken(Fault.WORDING_OTHER, name) from exc
        if not canonical or name != f"{NOTICES}{notice.digest}.json":
            raise broken(Fault.WORDING_OTHER, name)
        found[notice.digest] = notice
    return found


# ---- Accounts ---------------------------------------------------------------------


def _account(
    name: str,
    bundle: Bundle,
    manifest: Manifest,
    keys: Sequence[Ed25519Jwk],
    notices: Mapping[NoticeDigest, Notice],
) -> Account:
    account = read(Account, bundle.text(name), keys)
    if account.meeting != manifest.meeting:
        raise broken(Fault.MEETING_OTHER, name)
    agreed = _agreed(account, notices)
    ordered = [(each.subject, each.source, each.sha256) for each in account.files]
    if (
        name != f"{ACCOUNTS}{account.opening}.{account.part}.jws"
        or account.ended < account.began
        or list(account.people) != sorted({*account.people})
        or list(account.notices) != sorted(agreed)
        or ordered != sorted(ordered)
        or {each.subject for each in account.files} - {*account.people}
    ):
        raise broken(Fault.ACCOUNT_CONTRADICTED, name)
    return account


def _agreed(
    account: Account, notices: Mapping[NoticeDigest, Notice]
) -> set[NoticeDigest]:
    """The wordings that the people of a part have signed a yes to, each of them."""
    if len(account.grants) != len(account.people):
        raise broken(Fault.ACCOUNT_CONTRADICTED, "grants")
    found = set()
    for who, grant in zip(account.people, account.grants, strict=True):
        said = _yes(account, grant)
        notice = notices.get(said.notice)
        if said.subject != who:
            raise broken(Fault.GRANT_SUBJECT_FOREIGN, who)
        if notice is None or (notice.feature, notice.language) != (
            account.feature,
            said.language,
        ):
            raise broken(Fault.WORDING_OTHER, who)
        found.add(said.notice)
    return found


def _yes(account: Account, grant: SignedStatement) -> SignedDecision:
    """A signed yes to what an account is about. Raises `EvidenceError`."""
    try:
        key = ParticipantKey.of(grant.key)
    except ForgedStatement as exc:
        raise broken(Fault.PARTICIPANT_KEY_INVALID) from exc
    try:
        return verify_decision(
            grant.statement,
            key=key,
            room=account.meeting,
            feature=account.feature,
            decision=Decision.GRANTED,
        )
    except ForgedStatement as exc:
        raise broken(Fault(f"grant-{exc.fault}")) from exc


# ---- Tracks and films -------------------------------------------------------------


def _leaves(
    bundle: Bundle, tracks: Mapping[str, tuple[Account, AccountedFile]]
) -> dict[str, str]:
    found = {}
    for name in bundle.within(LEAVES):
        try:
            sha256, seconds = leaves.read(bundle.text(name))
        except EvidenceError as exc:
            raise broken(Fault.LEAVES_INVALID, f"{name}: {exc}") from exc
        known = tracks.get(sha256)
        if known is None:
            raise broken(Fault.ACCOUNT_MISSING, name)
        if known[1].leaves is None or leaves.root(seconds) != known[1].leaves:
            raise broken(Fault.LEAVES_INVALID, name)
        found[sha256] = name
    return found


def _edits(
    bundle: Bundle,
    manifest: Manifest,
    keys: Sequence[Ed25519Jwk],
    accounts: Mapping[tuple[OpeningId, int], Account],
) -> dict[str, EditList]:
    found = {}
    for name in bundle.within(EDITS):
        edits = read(EditList, bundle.text(name), keys)
        if edits.meeting != manifest.meeting:
            raise broken(Fault.MEETING_OTHER, name)
        _check_whole(edits, name)
        for part in edits.parts:
            account = accounts.get((part.opening, part.part))
            if account is None or account.feature != edits.feature:
                raise broken(Fault.ACCOUNT_MISSING, f"{name}: from {clock(part.at)}")
            _check_part(part, account, name)
        found[edits.film.sha256] = edits
    return found


def _check_whole(edits: EditList, name: str) -> None:
    """That its parts are all of a film, with nothing but cards between them."""
    at = 0
    for part in edits.parts:
        if part.at - at not in (0, CARD if at else 0) or not part.edits:
            raise broken(Fault.EDITS_CONTRADICTED, f"{name}: from {clock(at)}")
        at = part.at + part.length
    if at != edits.film.length or not at:
        raise broken(Fault.EDITS_CONTRADICTED, f"{name}: from {clock(at)}")


def _check_part(part: FilmPart, account: Account, name: str) -> None:
    """That a part of a film shows nothing but what its account tells of."""
    files = {each.sha256: each for each in account.files}
    late = (part.began - account.began).total_seconds() * 1000
    lasted = (account.ended - account.began).total_seconds() * 1000
    if late < -LATE or late + part.length > lasted + LATE:
        raise broken(Fault.EDITS_CONTRADICTED, f"{name}: from {clock(part.at)}")
    before = None
    for edit in part.edits:
        file, place = files.get(edit.track), (edit.at, edit.subject, edit.source)
        ordered, before = before is None or before < place, place
        if (
            file is None
            or not ordered
            or (file.subject, file.source) != (edit.subject, edit.source)
            or edit.at < part.at
            or edit.at + edit.length > part.at + part.length
            or not _is_within(edit, file)
        ):
            raise broken(Fault.EDITS_CONTRADICTED, f"{name}: from {clock(edit.at)}")


def _is_within(edit: TrackEdit, file: AccountedFile) -> bool:
    if file.first is None or file.last is None:
        return True
    length = (file.last - file.first).total_seconds() * 1000
    return edit.start + edit.length <= length + _HELD
