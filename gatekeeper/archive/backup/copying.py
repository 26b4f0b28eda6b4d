"""
Copying: a file, hashed while it is copied, durable, and for us alone.

Memory holds a block of it. What a former backup has already is linked, not copied: the
same path, size and digest are the same file.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from gatekeeper.storage.key_file import private

BLOCK = 1 << 20

Moved = Callable[[int], None]
"""Is told of each block's bytes."""


def make_folder(folder: Path) -> None:
    """Make it and those above it, for us alone. Raises `OSError`."""
    for each in (*reversed(folder.parents), folder):
        if not each.exists():
            each.mkdir(mode=0o700)


def copy(source: Path, to: Path, moved: Moved) -> tuple[int, str]:
    """Copy a file; its size, and SHA-256 in hexadecimal. Raises `OSError`."""
    make_folder(to.parent)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, open(to, "xb", opener=private) as written:
        while block := read.read(BLOCK):
            digest.update(block)
            written.write(block)
            size += len(block)
            moved(len(block))
        written.flush()
        os.fsync(written.fileno())
    return size, digest.hexdigest()


def link(former: Path, to: Path) -> bool:
    """Have a file of a former backup in this one; whether that could be done."""
    make_folder(to.parent)
    try:
        os.link(former, to)
    except OSError:
        return False  # another disk, or a file system without links: it is copied
    return True


def sync_folders(root: Path) -> None:
    """Have the names of all files below be durable. Raises `OSError`."""
    for folder, _, _ in os.walk(root):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
