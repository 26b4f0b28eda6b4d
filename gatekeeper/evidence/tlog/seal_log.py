"""
The log as others see it: checkpoints, and what shows that something is in it.

Rule 1: no two checkpoints that contradict each other: before one is signed, the tree
must go on from the last that was, which is kept beside the database.
Rule 2: what is on the roll outside is there before a checkpoint tells of it.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Connection

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import (
    DataDirectoryUnusable,
    EvidenceError,
    LedgerUnavailable,
)
from gatekeeper.evidence.feed import record
from gatekeeper.evidence.feed.feed import AT_ONCE, LONGEST, FeedDocument
from gatekeeper.evidence.tlog import log as leaves
from gatekeeper.evidence.tlog import tree
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.evidence.tlog.log_key import LAST, LogKey, public_keys
from gatekeeper.evidence.tlog.note import Verifier
from gatekeeper.storage.directory import KEYS
from gatekeeper.storage.key_file import write
from gatekeeper.storage.transactions import Transactions

log = structlog.get_logger(__name__)


class SealLog:
    """Answers about the log. Each question is one transaction."""

    def __init__(
        self,
        writer: Transactions,
        key: LogKey,
        directory: Path,
        copied: Callable[[], Awaitable[object]],
    ) -> None:
        """`directory`: of the data; `copied`: brings the roll outside up to date."""
        self._writer = writer
        self._key = key
        self._last = directory / LAST
        self._copied = copied
        self._signed: tuple[Checkpoint, str] | None = None

    @property
    def keys(self) -> tuple[Verifier, ...]:
        """Who signs, and has signed; the present one last."""
        return self._key.all

    async def checkpoint(self) -> str:
        """
        The log as it stands, signed.

        Raises `LedgerUnavailable`, also if it does not go on from the last one.
        """
        return (await self._now())[1]

    async def proof(
        self, meeting: RoomId, extra: bytes | None = None
    ) -> InclusionProof | None:
        """That the last seal of a meeting is in it; None before there is one."""
        places = await self._writer.run(partial(leaves.places, meeting))
        if not places:
            return None
        checkpoint, note = await self._now()
        index = places[max(places)]
        path = await self.inclusion(index, checkpoint.size)
        return InclusionProof(index, tuple(path), note, extra)

    async def prove(self, meeting: RoomId, seq: int) -> InclusionProof:
        """That one entry is in it. Raises `LedgerUnavailable`, `EvidenceError`."""
        places = await self._writer.run(partial(leaves.places, meeting))
        if seq not in places:
            raise EvidenceError(f"{meeting}, entry {seq}: it is not in the log")
        checkpoint, note = await self._now()
        path = await self.inclusion(places[seq], checkpoint.size)
        return InclusionProof(places[seq], tuple(path), note)

    async def taken_back(self, after: int) -> FeedDocument | None:
        """
        What was taken back, page by page, from the one after that number on.

        None if there is no more. Raises `LedgerUnavailable`.
        """
        found = await self._writer.run(partial(record.pages, after, AT_ONCE + 1))
        long, some = 0, list[tuple[int, str]]()
        for n, text in found[:AT_ONCE]:
            long += len(text)
            if some and long > LONGEST:
                break
            some.append((n, text))
        if not some:
            return None
        last = some[-1][0]
        proof = await self.prove(record.FEED, last)
        return FeedDocument(
            pages=tuple(text for _, text in some),
            proof=proof.text(),
            next=last if len(some) < len(found) else None,
        )

    async def inclusion(self, index: int, size: int) -> list[bytes]:
        """What leads from a leaf to a root. Raises `EvidenceError` if it is none."""
        return await self._ask(partial(tree.inclusion, index, size), size)

    async def consistency(self, old: int, new: int) -> list[bytes]:
        """What shows that one tree goes on from another. Raises `EvidenceError`."""
        return await self._ask(partial(tree.consistency, old, new), new)

    async def _ask(
        self, make: Callable[[tree.Find], list[bytes]], size: int
    ) -> list[bytes]:
        def ask(connection: Connection) -> list[bytes]:
            if size > leaves.size(connection):
                raise EvidenceError(f"the log has not {size} leaves")
            return leaves.ask(make, connection)

        return await self._writer.run(ask)

    async def _now(self) -> tuple[Checkpoint, str]:
        size = await self._writer.run(leaves.size)
        if self._signed is not None and self._signed[0].size == size:
            return self._signed
        await self._copied()
        return await self._writer.run(self._sign)

    # ---- On the writer's thread, so that one is signed after the other -------------

    def _sign(self, connection: Connection) -> tuple[Checkpoint, str]:
        size, root = _state(connection)
        try:
            self._check(size, connection)
        except (EvidenceError, OSError) as exc:
            log.error("log.unsigned", why=str(exc))
            raise LedgerUnavailable from exc
        checkpoint = Checkpoint(self._key.signer.name, size, root)
        note = checkpoint.signed(self._key.signer)
        if self._signed is None or self._signed[0] != checkpoint:
            write(self._last, note.encode())
        self._signed = checkpoint, note
        return self._signed

    def _check(self, size: int, connection: Connection) -> None:
        if self._signed is not None:
            require_later(self._signed[0], size, connection)
        elif self._last.exists():
            last = Checkpoint.read(self._last.read_text("utf-8"), self.keys)
            require_later(last, size, connection)


def require_signed(directory: Path, connection: Connection) -> None:
    """That the log goes on from the last checkpoint signed. Raises `EvidenceError`."""
    try:
        note = (directory / LAST).read_text("utf-8")
        last = Checkpoint.read(note, public_keys(directory / KEYS))
    except FileNotFoundError:
        return
    except (OSError, ValueError, DataDirectoryUnusable) as exc:
        raise EvidenceError(f"{LAST}: {exc}") from exc
    require_later(last, leaves.size(connection), connection)


def require_later(last: Checkpoint, size: int, connection: Connection) -> None:
    """That the log goes on from a checkpoint. Raises `EvidenceError`."""
    if last.size > size:
        raise EvidenceError(
            f"the log has {size} leaves, and had {last.size}: its end was cut off"
        )
    if leaves.root(last.size, connection) != last.root:
        raise EvidenceError(f"the first {last.size} leaves of the log are others")


def _state(connection: Connection) -> tuple[int, bytes]:
    size = leaves.size(connection)
    return size, leaves.root(size, connection)
