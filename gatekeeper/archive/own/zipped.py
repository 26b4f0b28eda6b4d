"""
A ZIP archive, made while it is read: neither memory nor disk holds it whole.

Format: PKWARE APPNOTE 6.3, with data descriptors, since no length is known before.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

BLOCK = 1 << 18
"""Bytes that are read at once."""
LARGE = 1 << 30
"""Bytes from which on a member says its length in the large form."""

Content = bytes | Path | Iterator[bytes]
"""What a member holds, all of it or by and by, or the file that does."""
Note = Callable[[str, bytes], None]
"""Told of a member's name, and of more that it holds."""


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


def zipped(
    members: Iterable[tuple[str, Content]], at: datetime, note: Note | None = None
) -> Iterator[bytes]:
    """
    The bytes of an archive of these, by and by; a file that is gone is left out.

    `members`: the next is asked for when the one before is written, and `note` has been
    told of it. Blocks. Raises `OSError`.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]
        for name, content in members:
            about = zipfile.ZipInfo(name, at.timetuple()[:6])
            about.external_attr = 0o600 << 16
            for block in _member(archive, about, content):
                if note is not None:
                    note(name, block)
                yield pipe.drain()
    yield pipe.drain()


def _member(
    archive: zipfile.ZipFile, about: zipfile.ZipInfo, content: Content
) -> Iterator[bytes]:
    """Write one, block by block; each that is written."""
    if isinstance(content, Path):
        try:
            file = content.open("rb")
        except FileNotFoundError:
            return  # erased meanwhile
        with file:
            large = content.stat().st_size >= LARGE
            blocks = iter(partial(file.read, BLOCK), b"")
            yield from _written(archive, about, blocks, large=large)
        return
    about.compress_type = zipfile.ZIP_DEFLATED
    held = iter([content]) if isinstance(content, bytes) else content
    yield from _written(archive, about, held, large=False)


def _written(
    archive: zipfile.ZipFile,
    about: zipfile.ZipInfo,
    blocks: Iterator[bytes],
    *,
    large: bool,
) -> Iterator[bytes]:
    with archive.open(about, "w", force_zip64=large) as member:
        yield b""
        for block in blocks:
            member.write(block)
            yield block


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
