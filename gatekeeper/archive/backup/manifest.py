"""
The manifest: what a backup holds, written last. A folder without one is no backup.

`backup.json`, and `files.jsonl` with a line a file: no list of them is held whole.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.storage.key_file import write

NAME = "backup.json"
FILES = "files.jsonl"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Closed):
    """One file, as it lies in the backup."""

    path: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_./-]{0,600}$")]
    """Below the data directory, with forward slashes."""
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256

    def safe(self) -> Path:
        """Where it lies. Raises `ValueError` for what leads elsewhere."""
        path = Path(self.path)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"it leads elsewhere: {self.path}")
        return path


class Manifest(_Closed):
    """The whole."""

    format: Literal[1] = 1
    made_at: AwareDatetime
    """The moment that it is of, UTC."""
    files: int
    bytes: int
    files_sha256: Sha256
    """Of `files.jsonl`."""
    roll: int
    """The number of the last line of the roll of deletions."""
    roll_hash: Sha256

    def save(self, folder: Path) -> None:
        """Now it is a backup. Raises `OSError`."""
        write(folder / NAME, self.model_dump_json(indent=1).encode())


def load(folder: Path) -> Manifest:
    """Raises `DataDirectoryUnusable` if it is no backup, or not a whole one."""
    try:
        return Manifest.model_validate_json((folder / NAME).read_bytes())
    except FileNotFoundError as exc:
        raise DataDirectoryUnusable(
            f"{folder}: this is no backup, or one that was not finished: there is no "
            f"{NAME} in it. Name another, or make one: gatekeeper backup"
        ) from exc
    except (OSError, ValidationError) as exc:
        raise DataDirectoryUnusable(
            f"{folder / NAME}: cannot be read, or is of a newer Gatekeeper."
        ) from exc


class Lines:
    """Writes `files.jsonl` as files are copied."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.files = 0
        self.bytes = 0

    def add(self, entry: Entry) -> None:
        """One more."""
        line = entry.model_dump_json().encode() + b"\n"
        self._digest.update(line)
        self._file.write(line)
        self.files += 1
        self.bytes += entry.size

    @property
    def sha256(self) -> str:
        """Of all of them."""
        return self._digest.hexdigest()


def entries(folder: Path, digest: str) -> Iterator[Entry]:
    """
    The files of a backup, one by one; checked against `digest` at the end.

    Raises `DataDirectoryUnusable`.
    """
    seen = hashlib.sha256()
    try:
        with (folder / FILES).open("rb") as file:
            for line in file:
                seen.update(line)
                yield Entry.model_validate(json.loads(line))
    except (OSError, ValueError) as exc:
        raise _damaged(folder) from exc
    if seen.hexdigest() != digest:
        raise _damaged(folder)


def _damaged(folder: Path) -> DataDirectoryUnusable:
    return DataDirectoryUnusable(
        f"{folder / FILES}: this backup is damaged: it is not the list of files that "
        "was written. Name another backup."
    )
