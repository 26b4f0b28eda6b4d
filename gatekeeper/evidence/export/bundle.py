"""
A bundle: an export as an archive, read piece by piece.

Rule: what it says of itself is bounded before anything of it is read.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.export.documents import MANIFEST
from gatekeeper.evidence.faults import Fault, broken

MEMBERS = 100_000
"""Files of an export at most."""
LONGEST = 64 << 20
"""Bytes of a file that is read as a whole: the seconds of a track of a day."""
_BLOCK = 1 << 18
BAD_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(RuntimeError, ValueError, KeyError),
)
"""What a damaged archive makes `zipfile` raise, and one that lacks a member."""


class Digest(NamedTuple):
    """What a file is told by."""

    sha256: str
    bytes: int


class Bundle:
    """One that is open."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Raises `EvidenceError`."""
        self._archive = archive
        self.names = archive.namelist()
        if len(self.names) > MEMBERS or len(set(self.names)) < len(self.names):
            raise broken(Fault.ARCHIVE_INVALID)

    def within(self, folder: str) -> list[str]:
        """The names of a folder's files, sorted."""
        return sorted(name for name in self.names if name.startswith(folder))

    def text(self, name: str) -> str:
        """All of a file. Raises `EvidenceError`."""
        with self.open(name) as member:
            held = member.read(LONGEST + 1)
        if len(held) > LONGEST:
            raise broken(Fault.TOO_LARGE, name)
        try:
            return held.decode("utf-8")
        except UnicodeDecodeError as exc:
            raise broken(Fault.ARCHIVE_INVALID, name) from exc

    def digest(self, name: str, most: int) -> Digest:
        """Of a file, up to a little more than so many bytes. Raises `EvidenceError`."""
        hashed, length = hashlib.sha256(), 0
        with self.open(name) as member:
            while length <= most and (block := member.read(_BLOCK)):
                hashed.update(block)
                length += len(block)
        return Digest(hashed.hexdigest(), length)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file, to be read. Raises `EvidenceError`."""
        if name not in self._archive.NameToInfo:
            raise broken(Fault.EXPORT_MISSING, name)
        with _readable(name), self._archive.open(name) as member:
            yield member


def is_bundle(path: Path) -> bool:
    """Whether a file is an export, as far as one sees from outside."""
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except BAD_ARCHIVE:
        return False


@contextmanager
def opened(path: Path) -> Iterator[Bundle]:
    """Raises `EvidenceError`."""
    with _readable(str(path)), zipfile.ZipFile(path) as archive:
        yield Bundle(archive)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except EvidenceError:
        raise
    except BAD_ARCHIVE as exc:
        raise broken(Fault.ARCHIVE_INVALID, f"{name}: {exc}") from exc
