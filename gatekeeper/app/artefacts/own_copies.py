"""
A person's own copy of a meeting (`archive.own`): a ZIP archive.

Rule: its receipts prove something. What else is in it is compared with them, and among
itself: a file of media with the entry that names its hash.
"""

import hashlib
import zipfile
from collections.abc import Iterator

from pydantic import BaseModel, TypeAdapter

from gatekeeper.app.artefacts import signed
from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.export.bundle import BAD_ARCHIVE
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.receipt import verify_receipt
from gatekeeper.evidence.receipt_file import MOST
from gatekeeper.evidence.statement import unverified_subject

MEMBERS = 10_000
"""Members of an archive at most."""
_BLOCK = 1 << 18


def is_own_copy(held: Held) -> bool:
    """An archive that says about whom it is."""
    if not held.content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(held.path) as archive:
            return "about-you.json" in archive.namelist()
    except BAD_ARCHIVE:
        return False


def verify(held: Held, beside: Beside) -> Iterator[Verdict]:
    """A verdict for each receipt in it, and one for the whole."""
    path = str(held.path)
    try:
        with zipfile.ZipFile(held.path) as archive:
            copy = _Copy(archive)
            for name in copy.receipts:
                text = copy.text(name).decode("ascii")
                yield signed.judge(f"{path}/{name}", text, beside)
            files = copy.check(beside)
    except EvidenceError as exc:
        yield Verdict.of(path, exc)
    except BAD_ARCHIVE as exc:
        yield Verdict.of(path, broken(Fault.ARCHIVE_INVALID, str(exc)))
    else:
        told = (
            f"{len(copy.receipts)} receipts, and {files} files as the ledger has them"
        )
        yield Verdict(path, "good", told)


class _Copy:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        names = archive.namelist()
        if len(names) > MEMBERS or len(set(names)) < len(names):
            raise broken(Fault.ARCHIVE_INVALID)
        self.receipts = sorted(n for n in names if n.startswith("receipts/"))
        self._media = sorted(n for n in names if n.startswith("media/"))

    def text(self, name: str) -> bytes:
        """All of a member, which is short."""
        with self._archive.open(name) as member:
            held = member.read(MOST + 1)
        if len(held) > MOST:
            raise broken(Fault.TOO_LARGE, name)
        return held

    def check(self, beside: Beside) -> int:
        """How many files of media are as they were. Raises `EvidenceError`."""
        about = _About.model_validate_json(self.text("about-you.json"))
        entries = _LEDGER.validate_json(self.text("ledger.json"))
        self._require_own(about, {entry.sha256 for entry in entries}, beside)
        files = {(e.entry.sha256, e.entry.bytes, e.entry.feature) for e in entries}
        for name in self._media:
            if self._file(name) not in files:
                raise broken(Fault.ARCHIVE_CONTRADICTED, name)
        return len(self._media)

    def _require_own(self, about: "_About", entries: set[str], beside: Beside) -> None:
        for name in self.receipts:
            text = self.text(name).decode("ascii")
            found = verify_receipt(text, beside.pinned)
            whose = found.position.meeting, unverified_subject(found.grant.statement)
            listed = found.position.hash in entries
            if not listed or whose != (about.meeting, about.you):
                raise broken(Fault.ARCHIVE_CONTRADICTED, name)

    def _file(self, name: str) -> tuple[str, int, str]:
        """Hash, length and feature of a file of media."""
        hashed, length = hashlib.sha256(), 0
        with self._archive.open(name) as member:
            while block := member.read(_BLOCK):
                hashed.update(block)
                length += len(block)
        return hashed.hexdigest(), length, name.split("/")[1]


class _About(BaseModel):
    meeting: str
    you: str


class _Entry(BaseModel):
    feature: str | None = None
    sha256: str | None = None
    """Of a file, where the entry tells of one."""
    bytes: int | None = None


class _Listed(BaseModel):
    sha256: str
    entry: _Entry


_LEDGER: TypeAdapter[list[_Listed]] = TypeAdapter(list[_Listed])
