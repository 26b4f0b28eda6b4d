"""
The smallest room there is: no sockets, no media, no database, and a whole gate.

What happens is one list of sentences, in the order in which it happened.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    FeatureId,
    LanguageTag,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.errors import LedgerUnavailable, SinkUnavailable, UnknownOpening
from gatekeeper.gating.events import (
    Admitted,
    Asked,
    Event,
    GaveUp,
    Lapsed,
    Offering,
    ReceiptMade,
    SignSet,
    TapClosed,
    TapWanted,
)
from gatekeeper.gating.journal import ReceiptDue
from gatekeeper.gating.leases import Lent
from gatekeeper.gating.lending import Lending
from gatekeeper.gating.rules import GateRules
from gatekeeper.gating.shell import GateShell
from gatekeeper.gating.sink import Opened, OpenSink
from tests.consent.people import RECORDING, notice

ROOM = RoomId("a-room")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
RULES = GateRules(ask_again=60, longest=4 * 3600)


@dataclass(frozen=True, slots=True)
class Yes:
    """A grant, as if somebody had signed it."""

    subject: ParticipantId
    feature: FeatureId
    notice: NoticeDigest
    statement: str


def yes(who: str, feature: FeatureId, version: int = 1) -> Yes:
    text = f"{who} allows {feature} ({version})"
    return Yes(ParticipantId(who), feature, notice(feature, version), text)


class Diary:
    """Keeps the proof in memory: as slowly, or as badly, as a disk may."""

    def __init__(self, said: list[str]) -> None:
        self.said = said
        self.lines: list[str] = []
        """What is on record, closings and parts included."""
        self.available = True
        self.may_write = asyncio.Event()
        self.may_write.set()
        self.notices: dict[FeatureId, set[NoticeDigest]] = {}
        self._known: set[str] = set()
        self._standing: list[Yes] = []

    def is_recorded(self, grant: Yes) -> bool:
        return grant.statement in self._known

    async def opened(
        self, feature: FeatureId, opening: OpeningId, grants: Sequence[Yes]
    ) -> list[ReceiptDue]:
        await self._write()
        self.lines.append(f"open {feature}")
        names = " and ".join(grant.subject for grant in grants)
        verb = "allow" if len(grants) > 1 else "allows"
        self.said.append(f"write down that {names} {verb} {feature}")
        return self._keep(grants)

    async def granted(self, opening: OpeningId, grant: Yes) -> list[ReceiptDue]:
        await self._write()
        self.said.append(f"write down that {grant.subject} allows {grant.feature}")
        return self._keep([grant])

    def began_part(
        self,
        feature: FeatureId,
        opening: OpeningId,
        part: int,
        people: Collection[ParticipantId],
        at: datetime,
    ) -> None:
        who = " and ".join(sorted(people))
        self.lines.append(f"part {part} of {feature}: {who}")

    def closed(self, feature: FeatureId, opening: OpeningId, at: datetime) -> None:
        self.lines.append(f"close {feature} at {at:%H:%M}")

    def withdrawn(
        self, participant: ParticipantId, feature: FeatureId, withdrawal: Yes | None
    ) -> list[ReceiptDue]:
        about = (participant, feature)
        back = [g for g in self._standing if (g.subject, g.feature) == about]
        for grant in back:
            self._standing.remove(grant)
            self.said.append(f"write down that {participant} takes {feature} back")
        return [
            ReceiptDue(participant, feature, "withdrawn", partial(self._text, "back"))
            for _ in back
        ]

    def reword(
        self, feature: FeatureId, notices: Mapping[NoticeDigest, Notice]
    ) -> None:
        self.notices[feature] = set(notices)

    def _keep(self, grants: Sequence[Yes]) -> list[ReceiptDue]:
        new = [grant for grant in grants if not self.is_recorded(grant)]
        self._known |= {grant.statement for grant in new}
        self._standing += new
        return [
            ReceiptDue(g.subject, g.feature, "granted", partial(self._text, "given"))
            for g in new
        ]

    async def _text(self, what: str) -> str:
        await self.may_write.wait()
        if not self.available:
            raise LedgerUnavailable
        return what

    async def _write(self) -> None:
        await self.may_write.wait()
        if not self.available:
            raise LedgerUnavailable


class Tape:
    """Keeps what it hears, while it may."""

    sources: Sequence[SourceKind] = (SourceKind.MICROPHONE,)

    def __init__(self, opened: Opened) -> None:
        self.permit = opened.permit
        self.opened = opened
        self.part, self.people = -1, frozenset[ParticipantId]()
        self.dropped: list[ParticipantId] = []
        self.kept: list[str] = []
        self.may_stop = asyncio.Event()
        self.may_stop.set()
        self.breaks_down = asyncio.Event()
        opened.tasks.create_task(self._break_down())

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        raise UnknownOpening

    def hear(self, who: str, words: str) -> None:
        if self.permit.alive and who in self.people:
            self.kept.append(words)

    def drop(self, participant: ParticipantId) -> None:
        self.dropped.append(participant)

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        self.part, self.people = part, frozenset(people)

    async def stopped(self) -> None:
        await self.permit.ended()
        await self.may_stop.wait()

    async def _break_down(self) -> None:
        broken = asyncio.ensure_future(self.breaks_down.wait())  # noqa: TID251
        ended = asyncio.ensure_future(self.permit.ended())  # noqa: TID251
        await asyncio.wait({broken, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not broken.cancel():
            raise RuntimeError("a fault of the sink's")


class TinyRoom:
    """Hears what its gate tells; its people are names."""

    def __init__(
        self,
        *features: FeatureId,
        rules: GateRules = RULES,
        lending: Lending | None = None,
        feed: OpenSink | None = None,
    ) -> None:
        self.lending = lending
        self.said: list[str] = []
        self.heard: list[Event] = []
        self.present: list[ParticipantId] = []
        self.diary = Diary(self.said)
        self.tapes: list[Tape] = []
        self.now = 0.0
        self.may_write = True
        self.begins = True
        """Whether what is opened says at once that it runs."""
        self.over = asyncio.Event()
        """Set once its gate has done its last."""
        self.cannot_start: SinkUnavailable | None = None
        self.gates = GateShell(
            ROOM,
            {feature: worded(feature) for feature in features},
            {f: lending.opener(f, feed) if lending else self._record for f in features},
            journal=self.diary,
            audience=self,
            rules=rules,
            clock=lambda: NOON,
            monotonic=lambda: self.now,
            may_write=lambda: self.may_write,
        )

    async def live(self) -> None:
        try:
            await self.gates.run()
        finally:
            self.over.set()

    @property
    def tape(self) -> Tape:
        """The last one."""
        return self.tapes[-1]

    def tell(self, event: Event) -> None:
        self.heard.append(event)
        match event:
            case Admitted(participant):
                if participant not in self.present:
                    self.present.append(participant)
                self.said.append(f"let {participant} in")
            case Asked(feature, to):
                self.said.append(f"ask {to or 'everyone'} about {feature}")
            case Lapsed(feature):
                answers = f"answers about {feature} have lapsed"
                self.said.append(f"tell everyone that {answers}")
            case GaveUp(feature, why):
                self.said.append(f"give {feature} up: {why.code}")
                if self.lending:
                    self.lending.gave_up(feature, why)
            case SignSet(feature, since):
                self.said.append(f"sign {'on' if since else 'off'} for {feature}")
            case ReceiptMade(participant, feature, what, _):
                self.said.append(f"receipt for {participant}: {what} {feature}")
            case Offering() | TapWanted() | TapClosed():
                pass

    def _record(self, opened: Opened) -> Tape:
        if self.cannot_start is not None:
            raise self.cannot_start
        self.said.append(f"open {opened.permit.feature}")
        self.tapes.append(Tape(opened))
        if self.begins:
            opened.running()
        return self.tape


def elsewhere(opened: Opened) -> Lent:
    """The sink of what runs elsewhere and is lent to nobody."""
    return Lent(
        opened, seconds=2, at_once=True, unused=lambda: None, over=lambda _: None
    )


def worded(feature: FeatureId, version: int = 1) -> dict[NoticeDigest, Notice]:
    """Its one notice, under the digest that `tests.consent.people` gives it."""
    words = [f"wording {version}"] * 9
    return {notice(feature, version): Notice(feature, LanguageTag("en"), *words)}


@asynccontextmanager
async def tiny(
    *features: FeatureId, rules: GateRules = RULES
) -> AsyncIterator[TinyRoom]:
    """A room that lives until the context is over."""
    room = TinyRoom(*features, rules=rules)
    async with asyncio.TaskGroup() as tasks:
        living = tasks.create_task(room.live())
        await calm()
        yield room
        room.diary.may_write.set()
        room.gates.close_down()
        await living


async def calm() -> None:
    """Return once nothing moves any more: nobody here waits for anything outside."""
    for _ in range(60):
        await asyncio.sleep(0)


async def running(
    room: TinyRoom,
    *who: ParticipantId,
    features: Sequence[FeatureId] = (RECORDING,),
) -> None:
    """Everybody has allowed `features`, and they run; the first one is the host."""
    for each in who:
        held = {feature: yes(each, feature) for feature in features}
        room.gates.join(each, held, host=each == who[0])
    for feature in features:
        room.gates.request(feature)
    await calm()
    assert [tape.permit.feature for tape in room.tapes] == list(features)


def told(room: TinyRoom, kind: type[Event]) -> list[Event]:
    return [event for event in room.heard if isinstance(event, kind)]
