"""Ledgers that hypothesis thinks of, written by the code that writes ours."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from hypothesis import strategies as st
from sqlalchemy import Connection

from gatekeeper.consent.types import OpeningId, RoomId
from gatekeeper.evidence.entries import (
    Body,
    Erasure,
    FeatureAllowed,
    FeatureForbidden,
    GrantAdded,
    MeetingSealed,
    RetentionEnded,
)
from gatekeeper.evidence.feed import record
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.retention import end_evidence
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.evidence.tail import put_acts
from gatekeeper.evidence.tlog.log_key import LogKey
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.storage import roll
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import Deletion, DeletionList
from gatekeeper.storage.directory import KEYS, LEDGER
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import (
    NOON,
    RECORDING,
    TEA,
    Signer,
    begins,
    captures,
    closes,
    noon,
    opens,
    parts,
    withdraws,
)

PEOPLE = [Signer(), Signer("ES256"), Signer()]
"""Keys are slow to make, and any will do."""


@dataclass(frozen=True)
class Stretch:
    """An opening."""

    comes: bool
    """Whether somebody comes in while it is on."""
    captured: bool
    withdrawn: bool


@dataclass(frozen=True)
class Held:
    """A meeting."""

    people: int
    stretches: tuple[Stretch, ...]
    sealed: bool
    erased: int
    """How many erase their part afterwards, if it is sealed."""
    expired: bool
    over: bool
    """Whether the time of its evidence is over, too."""

    def bodies(self, meeting: RoomId) -> Iterator[Body]:
        """What the ledger is told of it."""
        yield from begins()
        people = PEOPLE[: self.people]
        grants = {who.key.thumbprint: self._yes(who, meeting) for who in people}
        for n, stretch in enumerate(self.stretches):
            opening = OpeningId(f"opening-{n}")
            there = people[:-1] if stretch.comes and len(people) > 1 else people
            yield opens(*(grants[w.key.thumbprint] for w in there), opening=opening)
            if there != people:
                added = grants[people[-1].key.thumbprint].proof
                yield GrantAdded(feature=RECORDING, opening=opening, grant=added)
                yield parts(1, *people, opening=opening)
            yield closes(opening)
            first = people[0]
            if stretch.captured:
                yield captures(first, opening)
            if stretch.withdrawn:
                no = first.decides("declined", meeting=meeting)
                yield withdraws(grants[first.key.thumbprint], no)
                grants[first.key.thumbprint] = self._yes(first, meeting)

    @staticmethod
    def _yes(who: Signer, meeting: RoomId) -> SignedDecision:
        return who.decides(meeting=meeting)


stretches = st.builds(Stretch, st.booleans(), st.booleans(), st.booleans())
meetings = st.builds(
    Held,
    people=st.integers(1, len(PEOPLE)),
    stretches=st.lists(stretches, min_size=1, max_size=2).map(tuple),
    sealed=st.sampled_from([True, True, True, False]),
    erased=st.integers(0, 2),
    expired=st.booleans(),
    over=st.sampled_from([False, False, False, True]),
)
ledgers = st.lists(meetings, min_size=1, max_size=3)


def lay(held: list[Held], data: Path) -> list[RoomId]:
    """Write it; the ids of the meetings of which there is a chain then."""
    rooms = [RoomId(f"{n:022}") for n in range(len(held))]
    asyncio.run(_lay(dict(zip(rooms, held, strict=True)), data))
    return [r for r, h in zip(rooms, held, strict=True) if not (h.over and h.sealed)]


async def _lay(held: dict[RoomId, Held], data: Path) -> None:
    database = Database.open(data / LEDGER)
    key = LogKey.load(data / KEYS, "meet.example")
    async with Transactions(database) as writer:
        ledger = Ledger(writer, clock=noon)
        listed = DeletionList(writer, database, noon)
        for room, one in held.items():
            ended = NOON if one.sealed else None
            await RoomStore(writer).add(replace(TEA, id=room, ended_at=ended))
            last = [MeetingSealed()] if one.sealed else []
            await ledger.append(room, [*one.bodies(room), *last])
        await ledger.note_nothing()
        key = LogKey.rotate(data / KEYS)
        made = roll.KeyMade(key="log", vkey=key.signer.verifier.text())
        await writer.run(lambda c: roll.append([made], NOON, c))
        acts = [cls(feature=RECORDING, by="file") for cls in _ACTS]
        await writer.run(lambda c: put_acts(acts, NOON, c))
        for room, one in held.items():
            if one.sealed:
                await _afterwards(room, one, ledger, listed)
                if one.over:
                    await writer.run(partial(_end, room))
        for days in (1, 2):
            later = NOON + timedelta(days=days)
            await writer.run(partial(record.note, ["ab" * 31 + f"{days:02}"], NOON))
            await writer.run(partial(record.publish, later.date(), later))
        await SealLog(writer, key, data, listed.copy).checkpoint()
    database.scrub()
    database.close()


_ACTS = (FeatureForbidden, FeatureAllowed)


async def _afterwards(
    room: RoomId, one: Held, ledger: Ledger, listed: DeletionList
) -> None:
    for who in PEOPLE[: min(one.erased, one.people)]:
        deletion = Deletion(room, RECORDING, who.key.thumbprint, None)
        await listed.add([deletion])
        gone = Erasure(feature=RECORDING, subject=who.key.thumbprint, files=1)
        await ledger.append(room, [gone])
        await listed.strike(deletion)
    if one.expired:
        await ledger.append(room, [RetentionEnded(feature=RECORDING, files=1)])


def _end(room: RoomId, connection: Connection) -> None:
    roll.append([roll.EvidenceEnded(room=room)], NOON, connection)
    end_evidence(room, NOON, connection)
