"""
The feed: the sink that passes on what participants send to a machine of a service.

Rule 1: the permit is asked for every packet, and cuts every line off in the call that
ends it: what waits then goes nowhere.
Rule 2: nothing is tapped while no machine takes it.
Rule 3: a packet is of a part, and of somebody who was present in it; else it goes
nowhere (design.md, rule 19).
Rule 4: nothing is kept here, and no machine waits for another.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import OutOfOrder, UnknownOpening
from gatekeeper.gating.guard import guarded
from gatekeeper.gating.sink import Opened
from gatekeeper.media.feed.context import FeedContext
from gatekeeper.media.feed.line import Line, Outlet, Taken, Track
from gatekeeper.media.feed.packet import MOST_TRACKS
from gatekeeper.media.tap.parts import Part, Parts
from gatekeeper.media.tap.stream import Frame
from gatekeeper.media.tap.taps import Taps
from gatekeeper.meeting.seat import encoded
from gatekeeper.meeting.sink import Recipients
from gatekeeper.wire.base import Message
from gatekeeper.wire.feed import FeedPart, FeedTrack, FeedTrackEnded

AT_ONCE = 4
"""Machines that take one feed."""
_PERIOD = 0.2
"""Seconds between two looks at what is missing."""
_LATE = 2.0
"""Seconds after its end in which frames of a part may still come."""


class Feed:
    """One opening's. Lives in the opening's tasks."""

    def __init__(
        self,
        opened: Opened,
        context: FeedContext,
        *,
        sources: Sequence[SourceKind],
        recipients: Recipients,
    ) -> None:
        """`sources`: what is fed, once a machine takes it."""
        self.permit = opened.permit
        self._covered = tuple(sources)
        self._turned = opened.turned
        self._tasks = opened.tasks
        self._decoding = context.decoding
        self._recipients = recipients
        self._now = asyncio.get_running_loop().time
        self._ahead = context.clock().timestamp() - self._now()
        """What to add to the loop's clock to get seconds since 1970."""
        self._parts = Parts()
        self._lines: list[Line] = []
        """Of those that are fed."""
        self._ending: set[Line] = set()
        """Of those that are not any more, and whose sockets may hold something."""
        self._tracks: dict[tuple[ParticipantId, SourceKind], Track] = {}
        self._numbered = 0
        self._taps = Taps(
            opened.permit,
            sources=self._covered,
            ice_servers=context.ice_servers,
            recipients=recipients,
            quotas=context.quotas,
            kept=False,
            tasks=opened.tasks,
            connected=lambda: None,
        )
        opened.permit.when_it_ends(self._cut_all)
        opened.tasks.create_task(self._pace(), name="feed pace")
        guarded(opened, self._close, name="feed")

    # ---- Machines -----------------------------------------------------------------

    @property
    def full(self) -> bool:
        """Whether as many machines take it as may."""
        return len(self._lines) >= AT_ONCE

    def attach(self, outlet: Outlet, *, pcm: bool) -> Line:
        """
        Pass on to a machine from now on; with `pcm`, sound that is decoded.

        Raises `UnknownOpening` under a dead permit, `OutOfOrder` if it is one too many.
        """
        if not self.permit.alive:
            raise UnknownOpening
        if self.full:
            raise OutOfOrder
        line = Line(
            outlet,
            self.permit,
            pcm=pcm,
            decoding=self._decoding,
            tasks=self._tasks,
            anew=self._taps.begin_anew,
        )
        self._lines.append(line)
        if (part := self._parts.current) is not None:
            line.tell(encoded(self._part(part)))
        for track in self._tracks.values():
            line.tell(encoded(self._announced(track)))
        self._turned()
        self._taps.begin_anew()  # what it begins with has to stand alone
        return line

    def detach(self, line: Line) -> None:
        """
        That machine gets nothing more; a dead permit cuts it off all the same.

        Idempotent.
        """
        line.end()
        if line in self._lines:
            self._lines.remove(line)
            self._ending.add(line)
        if not self._lines and self.permit.alive:
            self._taps.drop_all()
            self._turned()

    def forget(self, line: Line) -> None:
        """Its socket is gone."""
        self.detach(line)
        self._ending.discard(line)

    # ---- A sink -------------------------------------------------------------------

    @property
    def sources(self) -> Sequence[SourceKind]:
        return self._covered if self._lines else ()

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        if not self._lines:
            raise UnknownOpening
        hear = self._hearer(participant)
        return await self._taps.connect(participant, sdp, sources, hear)

    def drop(self, participant: ParticipantId) -> None:
        self._taps.drop(participant)
        for key in [key for key in self._tracks if key[0] == participant]:
            track = self._tracks.pop(key)
            track.over = True
            for line in self._lines:
                line.forget(track)
            self._tell(FeedTrackEnded(track=track.number))

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        again = self._parts.current is not None
        now = self._now()
        self._parts.cut(part, people, at=now)
        self._parts.forget(now - _LATE)
        assert self._parts.current is not None  # noqa: S101 - it has just begun
        self._tell(self._part(self._parts.current))
        if again:  # so that each part can be seen by itself
            self._taps.begin_anew()

    async def stopped(self) -> None:
        await self.permit.ended()  # which has cut off every line

    # ---- A frame ------------------------------------------------------------------

    def _hearer(
        self, participant: ParticipantId
    ) -> Callable[[SourceKind, Frame], None]:
        def hear(source: SourceKind, frame: Frame) -> None:
            part = self._parts.of(frame.at)
            if not self.permit.alive:
                return
            present = part is not None and participant in part.people
            if source.media == "video":
                # A part begins with what stands alone, which no picture of before is.
                present = present and part is self._parts.current
                if not present:
                    self._taps.begin_anew(participant)
            if part is None or not present:
                return
            track = self._track(participant, source)
            if track is None:
                return
            at = round((self._ahead + frame.at) * 1e6)
            taken = Taken(track, part.number, track.sequence, at, frame)
            track.sequence += 1
            for line in self._lines:
                line.take(taken)

        return hear

    def _track(self, participant: ParticipantId, source: SourceKind) -> Track | None:
        """Theirs, which is announced with its first frame."""
        key = participant, source
        track = self._tracks.get(key)
        if track is None and self._numbered < MOST_TRACKS:
            track = self._tracks[key] = Track(self._numbered, participant, source)
            self._numbered += 1
            self._tell(self._announced(track))
        return track

    # ---- Saying -------------------------------------------------------------------

    def _announced(self, track: Track) -> FeedTrack:
        return FeedTrack(
            track=track.number,
            participant=track.participant,
            name=self._recipients.name(track.participant),
            source=track.source,
        )

    def _part(self, part: Part) -> FeedPart:
        at = round((self._ahead + part.at) * 1e6)
        return FeedPart(part=part.number, at=at, people=tuple(sorted(part.people)))

    def _tell(self, message: Message) -> None:
        said = encoded(message)
        for line in tuple(self._lines):
            line.tell(said)

    # ---- Its life -----------------------------------------------------------------

    def _cut_all(self) -> None:
        for line in (*self._lines, *self._ending):
            line.cut()

    def _close(self) -> None:
        self._cut_all()
        self._taps.drop_all()

    async def _pace(self) -> None:
        while self.permit.alive:
            await asyncio.sleep(_PERIOD)
            self._taps.tick()
