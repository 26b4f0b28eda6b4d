"""
A data directory of meetings that are over, made without a server or a camera.

Everybody in it has marks of their own, in bytes, words and names, so that a test can
look for anybody's in anything.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from gatekeeper.assistant.summary.document import Item, Quote, Section, Summary, mention
from gatekeeper.assistant.summary.stored import Stored, save
from gatekeeper.assistant.transcript.files import row_of
from gatekeeper.assistant.transcript.lines import TranscriptLine, new_line_id
from gatekeeper.clock import Clock
from gatekeeper.consent.features import SUMMARY, TRANSCRIPT
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    FeatureId,
    LanguageTag,
    OpeningId,
    ParticipantId,
    RoomId,
    SharedWith,
    SourceKind,
)
from gatekeeper.evidence.entries import (
    Body,
    CaptureFinished,
    GateClosed,
    GateOpened,
    GrantWithdrawn,
    MeetingOpened,
    MeetingSealed,
    NoticePublished,
    PartBegan,
)
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.presence import Span
from gatekeeper.evidence.receipt import Controller, Receipts
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import KEYS, LEDGER
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.paths import Place
from gatekeeper.storage.rooms import RoomRecord, RoomStore, hash_capability
from gatekeeper.storage.stops import Stops
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import NOTICE, Signer

RECORDING = FeatureId("recording")
FEATURES = (RECORDING, TRANSCRIPT, SUMMARY)
HOST = "host-capability"


def notice(feature: FeatureId) -> Notice:
    said = {name: getattr(NOTICE, name) for name in Notice.__dataclass_fields__}
    return Notice(**said | {"feature": feature, "name": feature.title()})


@dataclass
class Human:
    """Somebody with a mark."""

    mark: str
    signer: Signer = field(default_factory=Signer)

    @property
    def id(self) -> ParticipantId:
        return self.signer.key.thumbprint

    @property
    def sound(self) -> bytes:
        return f"sound-{self.mark}".encode() * 4000

    @property
    def words(self) -> str:
        return f"words-{self.mark} were said"

    @property
    def name(self) -> str:
        return f"name-{self.mark}"


@dataclass
class Meeting:
    """One that is over, as it lies on the disk."""

    data: Path
    people: Sequence[Human]
    ended: datetime
    room: RoomId = field(default_factory=lambda: RoomId(secrets.token_urlsafe(16)))
    sealed: bool = True
    ends: bool = True
    """Whether its gates have closed, and it is over."""
    takes_back: bool = True
    """Whether somebody has taken back what they had allowed, before its end."""
    taken_back: SignedDecision | None = None
    """That."""
    receipts: dict[str, list[str]] = field(default_factory=dict)
    """Everybody's, by mark."""
    _openings: dict[FeatureId, OpeningId] = field(default_factory=dict)
    _issued: list[tuple[Human, SignedDecision, LedgerRow]] = field(default_factory=list)

    def opening(self, feature: FeatureId) -> OpeningId:
        made = OpeningId(secrets.token_urlsafe(12))
        return self._openings.setdefault(feature, made)

    def place(self, who: Human) -> Path:
        return self.data / self._place(who).path

    def _place(self, who: Human) -> Place:
        opening = self.opening(RECORDING)
        return Place(self.room, RECORDING, opening, who.id, SourceKind.CAMERA)

    def statements(self, who: Human) -> list[str]:
        """All that they have signed to allow something."""
        return [grant.statement for whose, grant, _ in self._issued if whose is who]

    def capability(self, who: Human) -> str:
        keys = PageCapabilities.load(self.data / KEYS, first=False)
        return keys.issue(self.room, who.id)

    async def lay(self, writer: Transactions) -> None:
        """Put all of it there."""
        began = self.ended - timedelta(hours=1)
        record = RoomRecord(
            self.room,
            "Offers",
            LanguageTag("en"),
            FEATURES,
            hash_capability(HOST),
            began,
        )
        rooms, names = RoomStore(writer), NameStore(writer)
        await rooms.add(record)
        ledger = Ledger(writer, clock=lambda: self.ended)
        bodies: list[Body] = [
            MeetingOpened(language=LanguageTag("en"), features=FEATURES),
            *(NoticePublished.of(notice(feature)) for feature in FEATURES),
        ]
        await ledger.append(self.room, bodies, at=began)
        for feature in FEATURES:
            await self._open(ledger, feature, began)
            called = {who.id: who.name for who in self.people}
            await names.note(self.room, feature, called)
        for who in self.people:
            self._film(who)
            self._say(who, began)
        if self.ends:
            await self._over(ledger, rooms, began)
        await Stops(writer).stop(self.room, RECORDING, self.people[0].id)
        self._sum_up(began)

    async def _open(self, ledger: Ledger, feature: FeatureId, began: datetime) -> None:
        """One opening, in two parts: the last one of all leaves for a while."""
        opening, wording = self.opening(feature), notice(feature)
        grants = [
            who.signer.decides(
                meeting=self.room, feature=feature, notice=wording.digest
            )
            for who in self.people
        ]
        opened = GateOpened.of(feature, opening, grants, SharedWith.PRESENT)
        written = await ledger.append(self.room, [opened], at=began)
        self._issued += [
            (who, grant, written[-1])
            for who, grant in zip(self.people, grants, strict=True)
        ]
        staying = tuple(sorted(who.id for who in self.people[:-1]))
        if staying:
            part = PartBegan(feature=feature, opening=opening, part=1, people=staying)
            await ledger.append(self.room, [part], at=began + timedelta(minutes=20))

    async def _over(self, ledger: Ledger, rooms: RoomStore, began: datetime) -> None:
        for feature in FEATURES:
            closed = GateClosed(feature=feature, opening=self.opening(feature))
            await ledger.append(self.room, [closed], at=self.ended)
        if self.takes_back:
            await self._take_back(ledger)
        captured = [self._captured(who, began) for who in self.people]
        await ledger.append(self.room, captured, at=self.ended)
        await rooms.end(self.room, self.ended)
        if self.sealed:
            await ledger.append(self.room, [MeetingSealed()], at=self.ended)

    async def _take_back(self, ledger: Ledger) -> None:
        last, grant = self._issued[-1][:2]
        self.taken_back = last.signer.decides(
            "declined",
            meeting=self.room,
            feature=grant.feature,
            notice=grant.notice,
        )
        entry = GrantWithdrawn(
            feature=grant.feature,
            nonce=grant.nonce,
            statement=self.taken_back.statement,
        )
        await ledger.append(self.room, [entry], at=self.ended)

    def _captured(self, who: Human, began: datetime) -> CaptureFinished:
        return CaptureFinished(
            feature=RECORDING,
            opening=self.opening(RECORDING),
            subject=who.id,
            source=SourceKind.CAMERA,
            sha256=hashlib.sha256(who.sound).hexdigest(),
            bytes=len(who.sound),
            first=began,
            last=began + timedelta(minutes=10),
        )

    def _film(self, who: Human) -> None:
        file = self.place(who)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(who.sound)
        film = self.data / "films" / self.room / RECORDING / "film-1.mp4"
        film.parent.mkdir(parents=True, exist_ok=True)
        with film.open("ab") as showing:
            showing.write(who.sound)

    def _line(self, who: Human, feature: FeatureId, began: datetime) -> TranscriptLine:
        began += timedelta(minutes=1)
        span = Span(self.opening(feature), 0, 0)
        ended = began + timedelta(seconds=4)
        return TranscriptLine(new_line_id(), who.id, began, ended, who.words, span)

    def _say(self, who: Human, began: datetime) -> None:
        for feature in (TRANSCRIPT, SUMMARY):
            folder = self.data / "words" / self.room / feature / self.opening(feature)
            folder.mkdir(parents=True, exist_ok=True)
            row = row_of(self._line(who, feature, began))
            (folder / f"{who.id}.jsonl").write_text(row, "utf-8")

    def _sum_up(self, at: datetime) -> None:
        """An item of each one's own, and one that rests on what everybody said."""

        def quote(who: Human) -> Quote:
            return Quote(line=new_line_id(), participant=who.id, at=at, text=who.words)

        own = [
            Item(
                id=f"own-{who.mark}",
                text=f"{mention(who.id)} says item-{who.mark}",
                owner=who.id,
                quotes=(quote(who),),
            )
            for who in self.people
        ]
        others = ", ".join(f"item-{who.mark}" for who in self.people)
        shared = Item(id="shared", text=others, quotes=tuple(map(quote, self.people)))
        summary = Summary(
            engine="rules",
            language="en",
            first=at,
            last=at,
            made_at=self.ended,
            sections=(Section(kind="todos", items=(*own, shared)),),
        )
        folder = self.data / "words" / self.room / SUMMARY
        save(folder, Stored(summary=summary))

    def issue(self, key: GateKey, controller: str = "") -> None:
        """Everybody's receipts, as they were told."""
        said = Controller(name=controller, place="", contact="")
        receipts = Receipts(key, said, clock=lambda: self.ended)
        for who, grant, row in self._issued:
            text = receipts.granted(grant, notice=notice(grant.feature), written=row)
            self.receipts.setdefault(who.mark, []).append(text)

    def receipt_file(self, who: Human, folder: Path) -> Path:
        file = folder / f"{who.mark}.jws"
        file.write_text("\n".join(self.receipts[who.mark]), "ascii")
        return file


async def lay(*meetings: Meeting) -> None:
    """Put all of these on the disk, of one directory."""
    data = meetings[0].data
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    first = not (data / LEDGER).exists()
    key = GateKey.load(data / KEYS, first=first)
    PageCapabilities.load(data / KEYS, first=first)
    database = Database.open(data / LEDGER)
    async with Transactions(database) as writer:
        for meeting in meetings:
            await meeting.lay(writer)
            meeting.issue(key)
    database.close()


def meeting(
    data: Path,
    *marks: str,
    days: float = 1.0,
    sealed: bool = True,
    ends: bool = True,
) -> Meeting:
    """One that ended so many days ago."""
    ended = Clock().now() - timedelta(days=days)
    people = [Human(mark) for mark in marks]
    return Meeting(data, people, ended, sealed=sealed, ends=ends)


def marks_in(where: Path, meeting: Meeting) -> set[str]:
    """Whose sound, words or names are in any byte of any file below that is there."""
    found: set[str] = set()
    for folder, _, names in os.walk(where):  # passes over folders that are gone
        for file in (Path(folder, name) for name in names):
            with suppress(FileNotFoundError):
                held = file.read_bytes() if file.is_file() else b""
                found |= {w.mark for w in meeting.people if w.mark.encode() in held}
    return found
