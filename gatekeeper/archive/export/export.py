"""
An export: what one person may have of a meeting, with the proof of it.

Rule 1: the files are those of the page afterwards (`KeptView`): what its person was
present for (design.md, rule 19), and nothing that is to be deleted. Who has to answer
for the server gets the proof of all of it, and no file.
Rule 2: what is told of the meeting is its account (`evidence.account`), part by part as
they saw it. No entry of the chain is in it, nor how many there are (rule 8).
Rule 3: it is made while it is read. What it names is what was written: its list comes
last.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import rfc8785
from pydantic import BaseModel

from gatekeeper.archive.export import vcon
from gatekeeper.archive.export.edits import edit_list
from gatekeeper.archive.own.readme import readme
from gatekeeper.archive.own.zipped import Content, zipped
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId, RoomId
from gatekeeper.evidence import leaves, standalone
from gatekeeper.evidence.account import Account
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
    TYPES,
    Listed,
    Manifest,
)
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.history import Captured
from gatekeeper.evidence.proof import signed
from gatekeeper.evidence.tlog.note import Verifier
from gatekeeper.media.film.recipe import Film
from gatekeeper.media.recording.packets import packets

VERIFIERS = ("verify_export.py", "verify.py")
"""What it can be checked with, where there is nothing of ours."""
VCON = "vcon.json"
PEOPLE = "people.json"
"""Who is called what, of those whom its person shared a part with."""


@dataclass(frozen=True, slots=True)
class Filmed:
    """A film, and where it lies."""

    feature: FeatureId
    film: Film
    path: Path | None
    """None if the film itself is not to be in it."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is in one."""

    data: Path
    room: RoomId
    people: Mapping[ParticipantId, str]
    """What those are called whose names its person may know."""
    language: str
    accounts: Sequence[Account]
    """Of the parts that its person may see."""
    notices: Mapping[NoticeDigest, Notice]
    """The wordings that they name."""
    tracks: Sequence[Captured]
    films: Sequence[Filmed]
    proof: str
    """That the accounts are in the sealed meeting, and that in the log."""
    key: GateKey
    log_keys: Sequence[Verifier]
    at: datetime

    @property
    def features(self) -> list[FeatureId]:
        """Of which something is in it."""
        return list(dict.fromkeys(each.feature for each in self.accounts))

    def chunks(self) -> Iterator[bytes]:
        """The archive, by and by. Blocks. Raises `OSError`."""
        written = _Written()
        yield from zipped(self._members(written), self.at, written.add)

    def _members(self, written: "_Written") -> Iterator[tuple[str, Content]]:
        yield "README.txt", self._readme().encode()
        for name in VERIFIERS:
            yield name, (files(standalone) / name).read_bytes()
        yield GATE_KEYS, rfc8785.dumps(self.key.published)
        yield LOG_KEYS, "".join(f"{each.text()}\n" for each in self.log_keys).encode()
        for digest, notice in self.notices.items():
            yield f"{NOTICES}{digest}.json", notice.canonical()
        for account in self.accounts:
            name = f"{ACCOUNTS}{account.opening}.{account.part}.jws"
            yield name, self._signed(account)
        yield MEETING_PROOF, self.proof.encode()
        if self.people:
            names = {str(who): name for who, name in self.people.items()}
            yield PEOPLE, rfc8785.dumps(names)
        for track in self.tracks:
            path = self.data / track.place(self.room).path
            yield _name(track), path
            if track.leaves is not None and written.has(_name(track)):
                seconds = leaves.leaves(packets(path))
                lines = leaves.written(track.sha256, seconds)
                yield f"{LEAVES}{track.sha256}.txt", map(str.encode, lines)
        for each in self.films:
            if each.path is not None:
                yield f"{FILMS}{each.feature} {each.film.name}", each.path
            edits = edit_list(self.room, each.feature, each.film)
            if edits is not None:
                yield f"{EDITS}{each.film.sha256}.jws", self._signed(edits)
        if self.tracks:
            yield VCON, self._vcon(written)
        yield MANIFEST, self._signed(written.manifest(self.room, self.at))

    def _signed(self, document: BaseModel) -> bytes:
        said, typ = document.model_dump(mode="json"), TYPES[type(document)]
        return signed(said, self.key, typ).encode()

    def _vcon(self, written: "_Written") -> bytes:
        stored = {
            track.sha256: vcon.Stored(filename=name, sha512=written.sha512(name))
            for track in self.tracks
            if written.has(name := _name(track))
        }
        made = vcon.vcon(self.accounts, stored, self.people, self.at)
        return vcon.signed(made, self.key)

    def _readme(self) -> str:
        fields = {
            "meeting": self.room,
            "made": f"{self.at:%Y-%m-%d %H:%M}",
            "tracks": str(len(self.tracks)),
            "films": str(len(self.films)),
        }
        return readme(self.language, fields, __package__ or "")


class _Written:
    """What has been written so far: the list of an export."""

    def __init__(self) -> None:
        self._hashed: dict[str, hashlib._Hash] = defaultdict(hashlib.sha256)
        self._length: dict[str, int] = defaultdict(int)
        self._tracks: dict[str, hashlib._Hash] = defaultdict(hashlib.sha512)

    def add(self, name: str, block: bytes) -> None:
        self._hashed[name].update(block)
        if name.startswith(TRACKS):
            self._tracks[name].update(block)
        self._length[name] += len(block)

    def has(self, name: str) -> bool:
        """Whether it was there to be written."""
        return name in self._hashed

    def sha512(self, name: str) -> bytes:
        """Of a track."""
        return self._tracks[name].digest()

    def manifest(self, room: str, at: datetime) -> Manifest:
        return Manifest.model_validate(
            {
                "meeting": room,
                "made_at": at,
                "files": {
                    name: Listed(bytes=self._length[name], sha256=hashed.hexdigest())
                    for name, hashed in self._hashed.items()
                },
            }
        )


def _name(track: Captured) -> str:
    """By when it was, so that a folder sorts by it."""
    when = f"{track.first:%Y-%m-%d %H.%M.%S}" if track.first else "-"
    which = f"{track.opening[:8]}.{track.part} {track.participant[:8]}"
    return f"{TRACKS}{track.feature}/{when} {track.source} {which}.webm"
