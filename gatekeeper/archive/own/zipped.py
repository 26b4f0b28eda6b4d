"""
A ZIP archive, made while it is read: neither memory nor disk holds it whole.

Format: PKWARE APPNOTE 6.3, with data descriptors, since no length is known before.
"""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

BLOCK = 1 << 18
"""Bytes that are read at once."""
LARGE = 1 << 30
"""Bytes from which on a member says its length in the large form."""

Content = bytes | Path
"""What a member holds, or the file that does."""


class _Pipe:
    """What is written and not read yet. It cannot seek, and says so."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, more: bytes) -> int:
        self._held += more
        return len(more)

    def flush(self) -> None:
        """All of it is there."""

    def drain(self) -> bytes:
        """What is there; then it is no more."""
        taken, self._held = bytes(self._held), bytearray()
        return taken


def zipped(members: Iterable[tuple[str, Content]], at: datetime) -> Iterator[bytes]:
    """
    The bytes of an archive of these, by and by; a file that is gone is left out.

    Blocks. Raises `OSError`.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]
        for name, content in members:
            yield from _member(archive, pipe, name, content, at)
    yield pipe.drain()


def _member(
    archive: zipfile.ZipFile, pipe: _Pipe, name: str, content: Content, at: datetime
) -> Iterator[bytes]:
    about = zipfile.ZipInfo(name, at.timetuple()[:6])
    about.external_attr = 0o600 << 16
    if isinstance(content, bytes):
        about.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(about, content)
        yield pipe.drain()
        return
    try:
        file = content.open("rb")
    except FileNotFoundError:
        return  # erased meanwhile
    with file:
        yield from _file(archive, pipe, about, file, content.stat().st_size)


def _file(
    archive: zipfile.ZipFile,
    pipe: _Pipe,
    about: zipfile.ZipInfo,
    file: IO[bytes],
    size: int,
) -> Iterator[bytes]:
    with archive.open(about, "w", force_zip64=size >= LARGE) as member:
        while block := file.read(BLOCK):
            member.write(block)
            yield pipe.drain()


def write(chunks: Iterable[bytes], to: Path) -> None:
    """Put an archive there, whole or not at all, for us alone. Raises `OSError`."""
    part = to.with_name(f"{to.name}.part")
    part.unlink(missing_ok=True)
    try:
        part.touch(0o600, exist_ok=False)
        with part.open("r+b") as file:
            for chunk in chunks:
                file.write(chunk)
        part.rename(to)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
