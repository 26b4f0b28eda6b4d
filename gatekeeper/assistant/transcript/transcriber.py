"""
The transcriber: the sink of one opening that turns microphones into lines.

Rule 1: the permit comes first: no line passes a dead one, whenever its words were said
and however late the engine answers.
Rule 2: closing drops what is open, waits or runs; nothing of it comes back.
Rule 3: nothing is decoded here; the worker does that (`speech`).
Rule 4: a line says in which parts of the opening it was said, the pause around it
included: it is for who was present in all of them (design.md, rule 19).
Rule 5: once `stopped()` has returned, nothing more of this opening is written.
Rule 6: what is still being said is told and never written: it is a guess until then.
When its speaker goes, or the gate closes, who was told it is told at once that it was
nothing; what is heard later of that speaker is told when it is final.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from gatekeeper.assistant.speech.settings import BATCH, SILENT
from gatekeeper.assistant.speech.track import Track
from gatekeeper.assistant.speech.utterance import Utterance
from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.assistant.transcript.store import TranscriptKey
from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import SinkUnavailable
from gatekeeper.evidence.presence import Span
from gatekeeper.gating.guard import guarded
from gatekeeper.gating.sink import Opened
from gatekeeper.media.tap.parts import Parts, throughout
from gatekeeper.media.tap.stream import Frame
from gatekeeper.media.tap.taps import Taps
from gatekeeper.meeting.sink import Recipients
from gatekeeper.storage.paths import check

log = structlog.get_logger(__name__)

_BEFORE, _AFTER = 0.3, 0.3
"""Seconds of sound around an utterance that may have got into its words."""
_REMEMBERED = 600.0
"""Seconds in which an utterance must have been heard after it was said."""


class Transcriber:
    """
    One opening's ears. Lives in `tasks`.

    `said` hears each line once, and who was present all the time that it took. `grown`,
    if there is one, hears the same of what a line seems to be while it is said; with no
    text it was none.
    """

    def __init__(
        self,
        opened: Opened,
        context: TranscriptionContext,
        *,
        recipients: Recipients,
        said: Callable[[TranscriptLine, Collection[ParticipantId]], None],
        grown: Callable[[TranscriptLine, Collection[ParticipantId]], None]
        | None = None,
    ) -> None:
        self.permit = permit = opened.permit
        self._page = TranscriptKey(permit.room, permit.feature, permit.opening)
        self._context = context
        self._running = opened.running
        self._failed: Callable[[SinkUnavailable], None] | None = opened.failed
        self._said = said
        self._grown = grown
        loop = asyncio.get_running_loop()
        self._ahead = context.clock() - timedelta(seconds=loop.time())
        """What to add to the loop's clock to get the time of day."""
        self._taps = self._make_taps(opened, recipients)
        self._parts = Parts()
        self._tracks: dict[ParticipantId, Track] = {}
        self._offering: set[ParticipantId] = set()
        """Who speaks here and has not gone since."""
        self._shown: dict[
            ParticipantId, tuple[TranscriptLine, Collection[ParticipantId]]
        ] = {}
        """What each is still saying, as it was told, and to whom."""
        self._packets: defaultdict[ParticipantId, list[tuple[bytes, float]]]
        self._packets = defaultdict(list)
        self._empty: Counter[ParticipantId] = Counter()
        """How often in a row there was nothing of somebody."""
        self._stopped = asyncio.Event()
        opened.tasks.create_task(self._pace(), name="listening pace")
        ended = self._close, self._settle, self._stopped.set
        guarded(opened, *ended, name="listening")

    @property
    def sources(self) -> Sequence[SourceKind]:
        return self._taps.sources

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        check(participant)
        self._offering.add(participant)
        if participant not in self._tracks and self.permit.alive:
            self._tracks[participant] = self._listen(participant)
        waiting = self._packets[participant]

        def receive(_: SourceKind, frame: Frame) -> None:
            waiting.append((frame.data, frame.at))

        return await self._taps.connect(participant, sdp, sources, receive)

    def drop(self, participant: ParticipantId) -> None:
        # What they said last was said with their yes: the worker ends it by itself.
        self._taps.drop(participant)
        self._offering.discard(participant)
        self._hush(participant)

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        now = asyncio.get_running_loop().time()
        self._parts.cut(part, people, at=now)
        self._parts.forget(now - _REMEMBERED)

    async def stopped(self) -> None:
        await self._stopped.wait()

    def _make_taps(self, opened: Opened, recipients: Recipients) -> Taps:
        return Taps(
            opened.permit,
            sources=(SourceKind.MICROPHONE,),
            ice_servers=self._context.ice_servers,
            recipients=recipients,
            quotas=self._context.quotas,
            kept=False,
            tasks=opened.tasks,
            connected=self._connected,
        )

    def _listen(self, participant: ParticipantId) -> Track:
        def heard(utterance: Utterance) -> None:
            self._receive(participant, utterance)

        def grown(utterance: Utterance) -> None:
            if self.permit.alive and participant in self._offering:
                self._show(participant, utterance)

        return self._context.recogniser.listen(
            f"{self.permit.room} {participant}",
            heard=heard,
            failed=self._fail,
            grown=grown if self._grown else None,
        )

    def _connected(self) -> None:
        if self.permit.alive:
            self._running()

    def _receive(self, participant: ParticipantId, utterance: Utterance) -> None:
        if not self.permit.alive or self._failed is None:
            return
        line, people = self._line(participant, utterance)
        if line is None:
            return
        self._shown.pop(participant, None)
        self._context.transcripts.append(self._page, line).add_done_callback(
            self._written
        )
        self._said(line, people)

    def _show(self, participant: ParticipantId, utterance: Utterance) -> None:
        line, people = self._line(participant, utterance)
        if line is None or self._grown is None or self._failed is None:
            return
        if line.text:
            self._shown[participant] = line, people
            self._grown(line, people)
        else:
            self._hush(participant)

    def _hush(self, participant: ParticipantId) -> None:
        """What they were saying is no caption any more."""
        shown = self._shown.pop(participant, None)
        if shown is not None and self._grown is not None:
            line, people = shown
            self._grown(replace(line, text=""), people)

    def _line(
        self, participant: ParticipantId, utterance: Utterance
    ) -> tuple[TranscriptLine | None, Collection[ParticipantId]]:
        """Its line, if anybody was present all the time that it took, and who was."""
        began, ended = utterance.stretch
        parts = self._parts.during(began - _BEFORE, ended + _AFTER)
        if not (people := throughout(parts)):
            return None, people
        line = TranscriptLine(
            id=utterance.line,
            participant=participant,
            began=self._ahead + timedelta(seconds=utterance.began),
            ended=self._ahead + timedelta(seconds=utterance.ended),
            text=utterance.text,
            span=Span(self.permit.opening, parts[0].number, parts[-1].number),
        )
        return line, people

    def _written(self, writing: "asyncio.Future[None]") -> None:
        if not writing.cancelled() and (error := writing.exception()) is not None:
            log.error(
                "line.unwritten", room=self.permit.room, cause=type(error).__name__
            )
            self._fail(SinkUnavailable())

    def _fail(self, why: SinkUnavailable) -> None:
        if self._failed is not None:
            failed, self._failed = self._failed, None
            failed(why)

    async def _pace(self) -> None:
        while self.permit.alive:
            await asyncio.sleep(BATCH)
            self._taps.tick()
            for participant, packets in self._packets.items():
                empty = 0 if packets else self._empty[participant] + 1
                self._empty[participant] = empty
                if empty <= SILENT and self.permit.alive:
                    self._tracks[participant].pass_on(list(packets))
                    packets.clear()

    async def _settle(self) -> None:
        """Return once nothing is heard any more, and what was is written."""
        for track in self._tracks.values():
            await track.gone()
        await self._context.transcripts.settled()

    def _close(self) -> None:
        """Let nothing further through. Synchronous, cannot fail."""
        for track in self._tracks.values():
            track.close()
        self._taps.drop_all()
        self._packets.clear()
        for participant in list(self._shown):
            self._hush(participant)
