#!/usr/bin/env python3
"""
Verifies the export of a meeting, with nothing but Python 3.9 and `verify.py` beside it.

    python3 verify_export.py EXPORT.zip [FILM-OR-TRACK-OR-CUT...] [KEYS...]

Without the keys of the gate and of its log, saved from the server while it was trusted,
those in the archive are believed; anybody can make an archive with keys of their own.
Tracks and cuts of them are read as WebM or Matroska; a film is told by its hash. Exit
code 0: all is good; 1: something does not verify; 2: it cannot be checked.

Nothing is sent anywhere. The formats are in docs/exports.md of Gatekeeper, with the
order of the checks.

Rule 1: whatever a file holds is bounded before it is parsed.
Rule 2: it shares no code with the server, so that a mistake there is found here.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING or __package__:
    from gatekeeper.evidence.standalone import verify
else:
    import verify

Fault, misfit, opened, require = (
    verify.Fault,
    verify.misfit,
    verify.opened,
    verify.require,
)
verify.SENTENCES.update(
    {
        "archive-invalid": "the archive cannot be read",
        "export-unlisted": "a file is in it that its list does not name",
        "export-missing": "a file that its list names is not in it",
        "export-changed": "a file is another than the one that was exported",
        "account-contradicted": "what an account tells contradicts itself",
        "account-missing": "there is a file of which no account of the meeting tells",
        "leaves-invalid": "the seconds of a track are not those on record",
        "edits-contradicted": "an edit list tells of what no account tells of",
        "film-unknown": "no edit list that is signed is of this film",
        "excerpt-broken": "it is not one piece of a track on record",
    }
)
MEMBERS = 100_000
LONGEST = 64 << 20
LATE = 5000
CARD = 2000
LASTS = 1000
ASIDE = 40
COMMON = 32
"""As in docs/exports.md: files, bytes, and milliseconds."""


# ---- Forms ---------------------------------------------------------------------------


def _count(said: Any) -> bool:
    return type(said) is int and 0 <= said <= verify.LARGEST


MOMENT = verify._is_time  # noqa: SLF001 - it stands beside
SOURCE = ("microphone", "camera", "screen", "screen-audio")
LISTED = {"bytes": _count, "sha256": verify.HEX}
MANIFEST = {
    "type": ("gatekeeper/export/v1",),
    "meeting": verify.WORD,
    "made_at": MOMENT,
    "files": {"": LISTED},
}
ACCOUNT = {
    "type": ("gatekeeper/account/v1",),
    "meeting": verify.WORD,
    "feature": verify.WORD,
    "opening": verify.WORD,
    "part": _count,
    "began": MOMENT,
    "ended": MOMENT,
    "latest": (None, MOMENT),
    "shared_with": ("present", "meeting"),
    "people": [verify.HASH, 1],
    "notices": [verify.HASH, 1],
    "grants": [{"statement": verify.JWS, "key": verify.KEY}, 1],
    "files": [
        {
            "subject": verify.HASH,
            "source": SOURCE,
            "sha256": verify.HEX,
            "bytes": _count,
            "first": (None, MOMENT),
            "last": (None, MOMENT),
            "leaves": (None, verify.HEX),
        }
    ],
}
EDITS = {
    "type": ("gatekeeper/edit-list/v1",),
    "meeting": verify.WORD,
    "feature": verify.WORD,
    "film": {
        "sha256": verify.HEX,
        "bytes": _count,
        "format": ("mp4", "webm"),
        "length": _count,
    },
    "parts": [
        {
            "opening": verify.WORD,
            "part": _count,
            "at": _count,
            "length": _count,
            "began": MOMENT,
            "edits": [
                {
                    "subject": verify.HASH,
                    "source": SOURCE,
                    "track": verify.HEX,
                    "at": _count,
                    "start": _count,
                    "length": _count,
                }
            ],
        }
    ],
}


def _milliseconds(text: str) -> float:
    """Of a moment, since 1970."""
    said = text[:-1] + "+00:00"
    head, _, rest = said.partition(".")
    if rest:
        digits, _, zone = rest.partition("+")
        said = f"{head}.{digits:0<6}+{zone}"
    return datetime.datetime.fromisoformat(said).timestamp() * 1000


def clock(milliseconds: float) -> str:
    """A time within a film or a track, as players tell it."""
    minutes, rest = divmod(int(milliseconds), 60_000)
    return f"{minutes}:{rest / 1000:04.1f}"


# ---- The archive ---------------------------------------------------------------------

_BAD = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(RuntimeError, ValueError, KeyError),
)


class Archive:
    """An export, read piece by piece."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.names = zipped.namelist()
        if len(self.names) > MEMBERS or len(set(self.names)) < len(self.names):
            raise Fault("archive-invalid")

    def within(self, folder: str) -> list[str]:
        return sorted(name for name in self.names if name.startswith(folder))

    def content(self, name: str) -> bytes:
        if name not in self.names:
            raise Fault("export-missing", name)
        try:
            with self._zipped.open(name) as member:
                held = member.read(LONGEST + 1)
        except _BAD as exc:
            raise Fault("archive-invalid", name) from exc
        if len(held) > LONGEST:
            raise Fault("too-large", name)
        return held

    def text(self, name: str) -> str:
        try:
            return self.content(name).decode("utf-8")
        except UnicodeDecodeError as exc:
            raise Fault("archive-invalid", name) from exc

    def listed(self, name: str, most: int) -> dict[str, Any]:
        """How the list tells of a file, by what is there, up to so many bytes."""
        if name not in self.names:
            raise Fault("export-missing", name)
        hashed, length = hashlib.sha256(), 0
        try:
            with self._zipped.open(name) as member:
                while length <= most:
                    block = member.read(1 << 18)
                    if not block:
                        break
                    hashed.update(block)
                    length += len(block)
        except _BAD as exc:
            raise Fault("archive-invalid", name) from exc
        return {"bytes": length, "sha256": hashed.hexdigest()}


# ---- All of it -----------------------------------------------------------------------


class Export:
    """One whose checks are passed. Raises `Fault`."""

    def __init__(self, archive: Archive, beside: verify.Beside) -> None:
        own = verify.File("keys/gate.json", archive.content("keys/gate.json"))
        gate = verify.gate_keys(own.members)
        keys = gate if beside.keys is None else beside.keys
        lines = archive.text("keys/log.txt").split()
        log_keys = beside.log_keys or [verify.LogKey.read(line) for line in lines]
        self.archive = archive
        self.list = self._signed("manifest.jws", "export", keys, MANIFEST)
        self.meeting = self.list["meeting"]
        self._check_files()
        self.notices = dict(map(self._notice, archive.within("notices/")))
        self.accounts = {}
        for name in archive.within("account/"):
            said = self._account(name, keys)
            self.accounts[said["opening"], said["part"]] = said
        self.place = self._check_log(log_keys)
        self.tracks = {
            file["sha256"]: (account, file)
            for account in self.accounts.values()
            for file in account["files"]
        }
        for name in archive.within("tracks/"):
            if self.list["files"][name]["sha256"] not in self.tracks:
                raise Fault("account-missing", name)
        self.films = {}
        for name in archive.within("edits/"):
            edits = self._edits(name, keys)
            self.films[edits["film"]["sha256"]] = edits
        self.leaves = dict(map(self._leaves, archive.within("leaves/")))
        for name in archive.within("films/"):
            if self.list["files"][name]["sha256"] not in self.films:
                raise Fault("film-unknown", name)

    def _signed(self, name: str, kind: str, keys: Any, form: Any) -> Any:
        said = opened(self.archive.text(name), f"gatekeeper-{kind}+jws", keys)
        require(said, form)
        return said

    def _check_files(self) -> None:
        files = self.list["files"]
        for name in sorted({*self.archive.names, *files} - {"manifest.jws"}):
            if name not in files:
                raise Fault("export-unlisted", name)
            if self.archive.listed(name, files[name]["bytes"]) != files[name]:
                raise Fault("export-changed", name)

    def _notice(self, name: str) -> tuple[str, Any]:
        raw = self.archive.content(name)
        digest = verify.base64url(hashlib.sha256(raw).digest())
        try:
            notice = verify.read_canonical(raw)
        except Fault as exc:
            raise Fault("wording-other", name) from exc
        wrong = misfit(notice, verify.NOTICE) is not None
        if wrong or name != f"notices/{digest}.json":
            raise Fault("wording-other", name)
        return digest, notice

    def _account(self, name: str, keys: Any) -> Any:
        said = self._signed(name, "account", keys, ACCOUNT)
        if said["meeting"] != self.meeting:
            raise Fault("meeting-other", name)
        agreed = self._agreed(said)
        people = said["people"]
        order = [(f["subject"], f["source"], f["sha256"]) for f in said["files"]]
        if (
            name != f"account/{said['opening']}.{said['part']}.jws"
            or _milliseconds(said["ended"]) < _milliseconds(said["began"])
            or people != sorted(set(people))
            or said["notices"] != sorted(agreed)
            or order != sorted(order)
            or not {f["subject"] for f in said["files"]} <= set(people)
        ):
            raise Fault("account-contradicted", name)
        return said

    def _agreed(self, said: Any) -> set[str]:
        """The wordings that each of the people of a part has signed a yes to."""
        if len(said["grants"]) != len(said["people"]):
            raise Fault("account-contradicted", "grants")
        found = set()
        for who, grant in zip(said["people"], said["grants"]):  # noqa: B905
            if not verify.is_key(grant["key"]):
                raise Fault("participant-key-invalid", who)
            yes = verify.decision(grant["statement"], grant["key"])
            about = yes["meeting"], yes["feature"], yes["decision"]
            if about != (self.meeting, said["feature"], "granted"):
                raise Fault("grant-other", who)
            if yes["subject"] != who:
                raise Fault("grant-subject-foreign", who)
            notice = self.notices.get(yes["notice"])
            due = said["feature"], yes["language"]
            if notice is None or (notice["feature"], notice["language"]) != due:
                raise Fault("wording-other", who)
            found.add(yes["notice"])
        return found

    def _check_log(self, keys: Any) -> str:
        proof = verify.Proof.read(self.archive.text("meeting.tlog-proof"))
        place, places = proof.check_all(keys), proof.places()
        if places["meeting"] != self.meeting:
            raise Fault("meeting-other")
        told = self.accounts.values()
        hashes = {hashlib.sha256(verify.canonical(a)).hexdigest() for a in told}
        if set(places["entries"]) != hashes:
            raise Fault("entry-other")
        return place

    # ---- Films

    def _edits(self, name: str, keys: Any) -> Any:
        said = self._signed(name, "edit-list", keys, EDITS)
        if said["meeting"] != self.meeting:
            raise Fault("meeting-other", name)
        at = 0
        for part in said["parts"]:
            gap = part["at"] - at
            if gap not in (0, CARD if at else 0) or not part["edits"]:
                raise Fault("edits-contradicted", f"{name}: from {clock(at)}")
            at = part["at"] + part["length"]
        if at != said["film"]["length"] or not at:
            raise Fault("edits-contradicted", f"{name}: from {clock(at)}")
        for part in said["parts"]:
            account = self.accounts.get((part["opening"], part["part"]))
            if account is None or account["feature"] != said["feature"]:
                raise Fault("account-missing", f"{name}: from {clock(part['at'])}")
            for wrong in _wrong_times(part, account):
                raise Fault("edits-contradicted", f"{name}: from {clock(wrong)}")
        return said

    # ---- Tracks

    def packets(self, track: str) -> list[Packet]:
        """Of a track whose leaves are there."""
        return _read_leaves(self.archive.text(self.leaves[track]))[1]

    def _leaves(self, name: str) -> tuple[str, str]:
        try:
            track, _, top = _read_leaves(self.archive.text(name))
        except Fault as exc:
            if exc.code != "leaves-invalid":
                raise
            raise Fault("leaves-invalid", f"{name}: {exc.where}") from exc
        if track not in self.tracks:
            raise Fault("account-missing", name)
        if top != self.tracks[track][1]["leaves"]:
            raise Fault("leaves-invalid", name)
        return track, name


def _wrong_times(part: Any, account: Any) -> Iterator[int]:
    """Where a part of a film shows what its account does not tell of."""
    files = {file["sha256"]: file for file in account["files"]}
    began, ended = _milliseconds(account["began"]), _milliseconds(account["ended"])
    late = _milliseconds(part["began"]) - began
    if late < -LATE or late + part["length"] > ended - began + LATE:
        yield part["at"]
    before = None
    for edit in part["edits"]:
        file = files.get(edit["track"])
        place = edit["at"], edit["subject"], edit["source"]
        end = edit["at"] + edit["length"]
        if (
            file is None
            or (before is not None and before >= place)
            or (file["subject"], file["source"]) != place[1:]
            or edit["at"] < part["at"]
            or end > part["at"] + part["length"]
            or not _within(edit, file)
        ):
            yield edit["at"]
        before = place


def _within(edit: Any, file: Any) -> bool:
    if file["first"] is None or file["last"] is None:
        return True
    lasted = _milliseconds(file["last"]) - _milliseconds(file["first"])
    return bool(edit["start"] + edit["length"] <= lasted + LASTS)


# ---- Leaves --------------------------------------------------------------------------


class Packet(NamedTuple):
    """One packet of a track: when, in milliseconds after its first, and what."""

    at: int | None
    """None where a container does not tell."""
    digest: bytes


def _read_leaves(text: str) -> tuple[str, list[Packet], str]:
    """A track's hash, its packets, and the root over its seconds. Raises `Fault`."""
    lines = text.split("\n")
    if (
        len(lines) < 3
        or lines[0] != "gatekeeper/leaves/v1"
        or not verify.HEX.fullmatch(lines[1])
        or lines.pop()
    ):
        raise Fault("leaves-invalid", "its form")
    packets, hashes, before = [], [], -1
    for line in lines[2:]:
        number, _, rest = line.partition(" ")
        packed = verify.from_base64(rest, "leaves-invalid")
        digits = number.isascii() and number.isdigit() and len(number) <= 7
        if not digits or str(int(number)) != number or int(number) <= before:
            raise Fault("leaves-invalid", f"after second {before}")
        if not packed or len(packed) % 34:
            raise Fault("leaves-invalid", f"second {number}")
        before = int(number)
        for at in range(0, len(packed), 34):
            within = int.from_bytes(packed[at : at + 2], "big")
            if within >= 1000:
                raise Fault("leaves-invalid", f"second {number}")
            packets.append(Packet(before * 1000 + within, packed[at + 2 : at + 34]))
        hashes.append(verify.leaf_hash(before.to_bytes(8, "big") + packed))
    return lines[1], packets, _root(hashes).hex()


def _root(hashes: list[bytes]) -> bytes:
    """RFC 6962, 2.1: an odd one out is carried up as it is."""
    if not hashes:
        return hashlib.sha256().digest()
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2])  # noqa: B905
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = [verify.node_hash(*pair) for pair in pairs] + odd
    return hashes[0]


# ---- WebM (RFC 8794, RFC 9559) -------------------------------------------------------

_MASTERS = {
    0x18538067: "segment",
    0x1549A966: "info",
    0x1654AE6B: "tracks",
    0xAE: "track",
    0x6D80: "encodings",
    0x6240: "encoding",
    0x5034: "compression",
    0x1F43B675: "cluster",
    0xA0: "group",
}
_VALUES = {
    0x2AD7B1: "scale",
    0xD7: "number",
    0x4254: "algorithm",
    0x4255: "settings",
    0xE7: "time",
    0xA3: "block",
    0xA1: "block",
}


def webm(path: str) -> dict[int, list[Packet]]:
    """What each track of a file carries. Raises `Fault`, `OSError`."""
    found: dict[int, list[Packet]] = {}
    first: dict[int, float] = {}
    with open(path, "rb") as file:
        try:
            for track, at, data in _blocks(file):
                packets = found.setdefault(track, [])
                began = first.setdefault(track, at or 0)
                when = None if at is None else round(at - began)
                packets.append(Packet(when, hashlib.sha256(data).digest()))
        except (IndexError, struct.error, zlib.error, OverflowError):
            pass  # it is damaged there
    return found


def _blocks(file: IO[bytes]) -> Iterator[tuple[int, float | None, bytes]]:
    if file.read(4) != b"\x1a\x45\xdf\xa3":
        raise Fault("kind-unknown")
    if not _passed(file, _size(file) or 0):
        return
    scale, time = 1_000_000, 0
    current: dict[str, Any] = {"algorithm": 3}
    tracks: dict[int, dict[str, Any]] = {}
    while True:
        what, length = _id(file), _size(file)
        if what is None or length is None:
            return
        if what in _MASTERS:
            if _MASTERS[what] == "track":
                current = {"algorithm": 3}
            if _MASTERS[what] == "compression":
                current["algorithm"] = 0
            continue  # what is in it comes next
        name = _VALUES.get(what)
        if name is None:
            if not _passed(file, length):
                return
            continue
        if length > LONGEST:
            raise Fault("too-large")
        if length > 8 and name not in ("block", "settings"):
            return  # no number (RFC 8794, 7.2): to reckon with it could take hours
        held = file.read(length)
        if len(held) < length:
            return  # it was cut off there
        if name == "block":
            yield from _frames(held, time * scale / 1_000_000, scale, tracks)
        elif name == "settings":
            current["strip"] = held
        elif name == "scale":
            scale = int.from_bytes(held, "big")
        elif name == "time":
            time = int.from_bytes(held, "big")
        else:
            current[name] = int.from_bytes(held, "big")
            if name == "number":
                tracks[current["number"]] = current


def _passed(file: IO[bytes], length: int) -> bool:
    """Whether there was so much; further than disks are large nobody can go."""
    if length > os.fstat(file.fileno()).st_size - file.tell():
        return False
    file.seek(length, 1)
    return True


def _frames(
    block: bytes, time: float, scale: int, tracks: dict[int, dict[str, Any]]
) -> Iterator[tuple[int, float | None, bytes]]:
    track, at = _number(block, 0)
    (aside,) = struct.unpack(">h", block[at : at + 2] or b"\0\0")
    flags = block[at + 2] if len(block) > at + 2 else 0
    when: float | None = time + aside * scale / 1_000_000
    for frame in _unlaced(block[at + 3 :], flags >> 1 & 3):
        yield track, when, _unpacked(frame, tracks.get(track, {}))
        when = None  # of those that are laced, the first alone has a time


def _unlaced(held: bytes, lacing: int) -> Iterator[bytes]:
    if not lacing:
        yield held
        return
    count, at, sizes = held[0] + 1, 1, []
    if lacing == 2:
        sizes = [(len(held) - 1) // count] * count
    elif lacing == 1:
        for _ in range(count - 1):
            size = 0
            while True:
                byte, at = held[at], at + 1
                size += byte
                if byte < 255:
                    break
            sizes.append(size)
    else:
        for number in range(count - 1):
            size, end = _number(held, at)
            if number:
                half = (1 << (7 * (end - at) - 1)) - 1
                size = sizes[-1] + size - half
            sizes.append(size)
            at = end
    for size in [*sizes, len(held) - at - sum(sizes)][:count]:
        yield held[at : at + size]
        at += size


def _unpacked(frame: bytes, track: dict[str, Any]) -> bytes:
    """Without what a muxer did to save space."""
    if track.get("algorithm") == 0:
        inflating = zlib.decompressobj()
        return inflating.decompress(frame, LONGEST)
    return bytes(track.get("strip", b"")) + frame


def _id(file: IO[bytes]) -> int | None:
    first = file.read(1)
    if not first or not first[0]:
        return None
    length = 9 - first[0].bit_length()
    return int.from_bytes(first + file.read(length - 1), "big")


def _size(file: IO[bytes]) -> int | None:
    """0 where a length is not known: what is within comes next."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    length = 9 - first[0].bit_length()
    rest = file.read(length - 1)
    value = int.from_bytes(bytes([first[0] & (1 << (8 - length)) - 1]) + rest, "big")
    return 0 if value == (1 << (7 * length)) - 1 else value


def _number(held: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends. Raises `IndexError`."""
    first = held[at] if at < len(held) else 0
    if not first:
        raise IndexError
    length = 9 - first.bit_length()
    own = bytes([first & (1 << (8 - length)) - 1]) + held[at + 1 : at + length]
    return int.from_bytes(own, "big"), at + length


# ---- Cuts ----------------------------------------------------------------------------


def cut(packets: list[Packet], tracks: dict[str, list[Packet]]) -> tuple[str, str]:
    """Of which track packets are one piece, and which seconds. Raises `Fault`."""
    places: dict[bytes, list[tuple[str, int]]] = {}
    for name, track in tracks.items():
        for index, packet in enumerate(track):
            places.setdefault(packet.digest, []).append((name, index))
    at, before = 0, None
    faults = []
    while at < len(packets):
        best = max(_tries(packets, at, tracks, places), default=(0, "", 0))
        count, name, start = best
        if not count:
            faults.append(f"at {_when(packets, at)} is what none of the tracks has")
            before, at = None, at + 1
            continue
        second = (tracks[name][start].at or 0) // 1000
        if before is not None:
            faults.append(f"at {_when(packets, at)} comes second {second} of a track")
        before = name, start, count
        at += count
    if before is None and not faults:
        raise Fault("excerpt-broken", "there is nothing in it")
    if faults or before is None:
        raise Fault("excerpt-broken", "; ".join(faults[:9]))
    name, start, count = before
    first, last = tracks[name][start], tracks[name][start + count - 1]
    return name, f"{clock(first.at or 0)} to {clock(last.at or 0)}"


def _when(packets: list[Packet], at: int) -> str:
    known = [p.at for p in packets[: at + 1] if p.at is not None]
    return clock(known[-1] if known else 0)


def _tries(
    packets: list[Packet],
    at: int,
    tracks: dict[str, list[Packet]],
    places: dict[bytes, list[tuple[str, int]]],
) -> Iterator[tuple[int, str, int]]:
    for name, start in _starts(packets, at, places):
        yield _alike(packets, at, tracks[name], start), name, start


def _starts(
    packets: list[Packet], at: int, places: dict[bytes, list[tuple[str, int]]]
) -> list[tuple[str, int]]:
    """Where the packet at `at` may be from: by the next that is not everywhere."""
    own = places.get(packets[at].digest, [])[:COMMON]
    for ahead in range(at, len(packets)):
        known = places.get(packets[ahead].digest)
        if known is None:
            break
        if len(known) <= COMMON:
            found = [(name, i - ahead + at) for name, i in known if i >= ahead - at]
            return [*found, *own]
    return own


def _alike(packets: list[Packet], at: int, track: list[Packet], start: int) -> int:
    most = min(len(packets) - at, len(track) - start)
    moved = None
    for count in range(most):
        mine, theirs = packets[at + count], track[start + count]
        if mine.digest != theirs.digest:
            return count
        if mine.at is not None and theirs.at is not None:
            aside = mine.at - theirs.at
            moved = aside if moved is None else moved
            if abs(aside - moved) > ASIDE:
                return count
    return most


# ---- What is said --------------------------------------------------------------------


def _told(account: Any, export: Export) -> str:
    meant = (f'"{export.notices[d]["meaning"]}" ({d})' for d in account["notices"])
    return (
        f"{account['feature']}, {account['began']} to {account['ended']}: each of "
        f"{len(account['people'])} people had signed a yes to it, in the words "
        f"{', '.join(meant)}"
    )


def of(path: str, export: Export) -> Iterator[str]:
    """What a film, a track or a cut is of an export. Raises `Fault`, `OSError`."""
    hashed = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 18), b""):
            hashed.update(block)
    film = export.films.get(hashed.hexdigest())
    track = export.tracks.get(hashed.hexdigest())
    if film is not None:
        for part in film["parts"]:
            account = export.accounts[part["opening"], part["part"]]
            span = f"{clock(part['at'])} to {clock(part['at'] + part['length'])}"
            yield f"{span}, by the gate's signed word: {_told(account, export)}"
    elif track is not None:
        yield f"all of a {track[1]['source']}: {_told(track[0], export)}"
    else:
        for number, packets in webm(path).items():
            tracks = _some(packets, export)
            if not tracks:
                raise Fault("film-unknown", f"{path}; nor is it of a track there")
            name, span = cut(packets, tracks)
            account, file = export.tracks[name]
            told = f"{span} of the {file['source']} of {file['subject']}"
            yield f"track {number}: {told}: {_told(account, export)}"


def _some(packets: list[Packet], export: Export) -> dict[str, list[Packet]]:
    """The tracks that a cut has something of."""
    seen = {packet.digest for packet in packets}
    found = {}
    for track in export.leaves:
        theirs = export.packets(track)
        if any(packet.digest in seen for packet in theirs):
            found[track] = theirs
    return found


def main(names: list[str]) -> int:
    """Tell what came of an export, and of what is of it."""
    if not names:
        print(__doc__)  # noqa: T201
        return 2
    beside = verify.Beside()
    archives, others = [], []
    for name in names:
        if zipfile.is_zipfile(name):
            archives.append(name)
            continue
        file = verify._file(name)  # noqa: SLF001
        try:
            kind = verify.kind_of(file)
            verify._lay(file, kind, beside)  # noqa: SLF001
        except Fault:
            others.append(name)
    if len(archives) != 1:
        print("Name one export.", file=sys.stderr)  # noqa: T201
        return 2
    code = 0
    try:
        with zipfile.ZipFile(archives[0]) as zipped:
            export = Export(Archive(zipped), beside)
            said = f"{len(export.list['files'])} files, all as they were exported"
            _print(archives[0], f"good: {said}; in the log {export.place}")
            for account in export.accounts.values():
                _print(archives[0], f"good: {_told(account, export)}")
            for name in others:
                code = max(code, _one(name, export))
    except _BAD as exc:
        _print(archives[0], f"does not verify: {exc} (archive-invalid)")
        return 1
    except Fault as exc:
        _print(archives[0], f"does not verify: {exc} ({exc.code})")
        return 1
    since = export.list["made_at"]
    print(f"Whether anything was taken back since {since} is not known here.")  # noqa: T201
    return code


def _one(name: str, export: Export) -> int:
    try:
        for line in of(name, export):
            _print(name, f"good: {line}")
    except Fault as exc:
        _print(name, f"does not verify: {exc} ({exc.code})")
        return 2 if exc.code == "kind-unknown" else 1
    return 0


def _print(where: str, told: str) -> None:
    line = f"{where}  {told}"
    print("".join(c if c.isprintable() else "\ufffd" for c in line))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
