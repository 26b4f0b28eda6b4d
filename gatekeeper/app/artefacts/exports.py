"""
Exports of meetings, and what is of one: films, tracks, and cuts of tracks.

Rule 1: a film rests on what the gate has signed, a track on what its people have; each
is told with that.
Rule 2: whether something was taken back since is never known from an export alone, and
that is said, with its date; what is known by a feed is said, and is no good verdict.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.feeds import known
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict
from gatekeeper.errors import EvidenceError, ReceiptUnreadable
from gatekeeper.evidence.account import Account, AccountedFile
from gatekeeper.evidence.excerpt import Matched, match
from gatekeeper.evidence.export.bundle import is_bundle, opened
from gatekeeper.evidence.export.check import Checked, check, packets
from gatekeeper.evidence.export.documents import EditList
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.key import published
from gatekeeper.evidence.leaves import Packet, clock
from gatekeeper.media.recording import packets as carried

_BLOCK = 1 << 18


def is_export(held: Held) -> bool:
    """An archive with a list of what is in it."""
    return held.content.startswith(b"PK\x03\x04") and is_bundle(held.path)


def lay(held: Held, beside: Beside) -> None:
    """Have films and tracks checked with it."""
    beside.exports.append(held.path)


def verify(held: Held, beside: Beside) -> Iterator[Verdict]:
    """A verdict for each part of the meeting and each film, and one for the whole."""
    path = str(held.path)
    try:
        found = _checked(held.path, beside)
        beside.feed  # noqa: B018 - it may not hold
    except EvidenceError as exc:
        yield Verdict.of(path, exc)
        return
    for account in found.accounts.values():
        yield Verdict(path, "good", _part(account, found))
    for edits in found.edits.values():
        where = f"{path}: film {edits.film.sha256[:16]}"
        yield from _film(where, edits, found, beside)
    for account, file in found.tracks.values():
        said, usable = known(beside, [file.sha256], found.manifest.made_at)
        if not usable:
            where = f"{path}: {account.feature} of {file.subject}, {file.source}"
            yield Verdict(where, Fault.TAKEN_BACK, said)
    yield Verdict(path, "good", _whole(found, beside), found.kid)


def is_media(held: Held) -> bool:
    """Sound or pictures, as far as one sees from outside."""
    return held.path.is_file() and carried.form(held.path) is not None


def verify_media(held: Held, beside: Beside) -> Iterator[Verdict]:
    """What of an export a file is. Raises `ReceiptUnreadable` if there is no export."""
    exports = beside.exports or _nearby(held.path)
    if not exports:
        raise ReceiptUnreadable(
            f"{held.path}: name the export of its meeting beside it, with --export. "
            "The page afterwards has it."
        )
    sha256 = _sha256(held.path)
    why = EvidenceError("")
    for export in exports:
        try:
            yield from _of(held.path, sha256, export, beside)
        except EvidenceError as exc:
            why = exc
        else:
            return
    yield Verdict.of(str(held.path), why)


def _of(path: Path, sha256: str, export: Path, beside: Beside) -> list[Verdict]:
    """What a file is of one export. Raises `EvidenceError` if it is nothing of it."""
    found = _checked(export, beside)
    edits = found.edits.get(sha256)
    if edits is not None:
        return list(_film(str(path), edits, found, beside))
    track = found.tracks.get(sha256)
    if track is not None:
        return [_told(str(path), "all", track, found, beside)]
    return [_cut(path, number, export, found, beside) for number in _streams(path)]


def _streams(path: Path) -> range:
    count = carried.streams(path)
    if not count:
        raise broken(Fault.EXCERPT_BROKEN, "there is nothing in it that can be read")
    return range(count)


def _cut(
    path: Path, number: int, export: Path, found: Checked, beside: Beside
) -> Verdict:
    cut = list(carried.packets(path, number))
    matched = match(cut, _tracks(cut, export, found))
    if not matched.pieces:
        raise broken(
            Fault.FILM_UNKNOWN,
            f"{path}; nor is anything of it of a track there",
        )
    if matched.faults:
        raise broken(Fault.EXCERPT_BROKEN, "; ".join(matched.faults))
    track = found.tracks[matched.pieces[0].track]
    where = f"{path}, stream {number}"
    return _told(where, _seconds(matched), track, found, beside)


def _told(
    where: str,
    how_much: str,
    track: tuple[Account, AccountedFile],
    found: Checked,
    beside: Beside,
) -> Verdict:
    """That it is of a track, which may be used or was taken back."""
    said, usable = known(beside, [track[1].sha256], found.manifest.made_at)
    what = f"{how_much} of {_track(*track, found)}"
    if not usable:
        return Verdict(where, Fault.TAKEN_BACK, f"{what}. It is {said}")
    return Verdict(where, "good", f"{what}. {said}", found.kid)


def _tracks(
    cut: Sequence[Packet], export: Path, found: Checked
) -> dict[str, Sequence[Packet]]:
    """Those that a cut has something of: all of them may be more than fit in memory."""
    some, tracks = {packet.digest for packet in cut}, {}
    with opened(export) as bundle:
        for track in found.leaves:
            theirs = packets(bundle, found, track)
            if any(packet.digest in some for packet in theirs):
                tracks[track] = theirs
    return tracks


def _seconds(matched: Matched) -> str:
    """Which seconds of a track are in a cut, as leaves count them."""
    whole, seen = matched.whole, matched.seen
    told = f"seconds {whole[0]} to {whole[-1]}" if whole else "no whole second"
    partly = [each for each in (seen[0], seen[-1]) if each not in whole]
    if not partly:
        return told
    some = " and ".join(map(str, dict.fromkeys(partly)))
    return f"{told}, and a part of second {some},"


# ---- What is said -----------------------------------------------------------------


def _part(account: Account, found: Checked) -> str:
    wordings = ", ".join(
        f'"{found.notices[digest].meaning}" ({digest})' for digest in account.notices
    )
    return (
        f"{account.feature}, {account.began:%Y-%m-%d %H:%M:%S} to "
        f"{account.ended:%H:%M:%S} UTC: each of {len(account.people)} people had "
        f"signed a yes to it, in the words {wordings}; {len(account.files)} files"
    )


def _track(account: Account, file: AccountedFile, found: Checked) -> str:
    return (
        f"the {file.source} of {file.subject}, which rests on the signatures of the "
        f"people themselves: {_part(account, found)}"
    )


def _film(
    where: str, edits: EditList, found: Checked, beside: Beside
) -> Iterator[Verdict]:
    tracks = [each.track for part in edits.parts for each in part.edits]
    digests = [edits.film.sha256, *tracks]
    said, usable = known(beside, digests, found.manifest.made_at)
    if not usable:
        yield Verdict(where, Fault.TAKEN_BACK, said)
    for part in edits.parts:
        account = found.accounts[part.opening, part.part]
        shown = {(edit.subject, edit.source) for edit in part.edits}
        yield Verdict(
            where,
            "good",
            f"{clock(part.at)} to {clock(part.at + part.length)}: {len(shown)} tracks "
            f"of {len({who for who, _ in shown})} people, by the gate's signed word. "
            f"{_part(account, found)}.{f' {said}' if usable else ''}",
            found.kid,
        )


def _whole(found: Checked, beside: Beside) -> str:
    log = found.log
    said, usable = known(beside, found.digests, found.manifest.made_at)
    return (
        f"{len(found.manifest.files)} files of meeting {found.manifest.meeting}, all "
        f"as they were exported; {len(found.accounts)} parts, in the log "
        f"{log.origin}, leaf {found.leaf} of {log.size}. "
        f"{said if usable else 'Some of it was taken back since, as told above'}"
    )


# ---- Reading ----------------------------------------------------------------------


def _checked(path: Path, beside: Beside) -> Checked:
    keys = beside.pinned
    pinned = None if keys is None else published(keys)
    with opened(path) as bundle:
        return check(bundle, pinned, beside.log_keys or None)


def _nearby(path: Path) -> list[Path]:
    """Exports in the folder of a file."""
    return [each for each in sorted(path.parent.glob("*.zip")) if is_bundle(each)]


def _sha256(path: Path) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(partial(file.read, _BLOCK), b""):
            hashed.update(block)
    return hashed.hexdigest()
