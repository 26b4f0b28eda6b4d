"""
The composer: the sink of `compose`. It reads the chat, and drafts for who asks.

Rule 1: it knows the lines that were sent under its own permit, and no others; of those
a draft is made of what the one who asks may see.
Rule 2: a draft goes to the one who asked, is sent to nobody else, and is kept nowhere.
Rule 3: a closing ends every draft and forgets every line.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

import structlog

from gatekeeper.assistant.compose.draft import draft
from gatekeeper.assistant.compose.prompt import YOU, ChatWords, DraftWish
from gatekeeper.assistant.compose.recap import recap
from gatekeeper.assistant.faults import DraftsNeedModel, NothingSaid
from gatekeeper.assistant.model.client import ModelClient
from gatekeeper.assistant.model.faults import ModelFault
from gatekeeper.assistant.transcript.lines import LineId, TranscriptLine
from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import (
    PeerError,
    RateLimited,
    UnknownFeature,
    UnknownOpening,
)
from gatekeeper.gating.guard import guarded
from gatekeeper.gating.sink import Opened
from gatekeeper.meeting.sink import Asker, Recipients
from gatekeeper.wire.assistant import (
    Draft,
    DraftDone,
    DraftFailed,
    DraftText,
    DropDraft,
    Recap,
    Wish,
)
from gatekeeper.wire.server import ChatLine

log = structlog.get_logger(__name__)

REMEMBERED = 50
"""Lines of chat that a draft can follow on."""
DRAFTS, WITHIN = 20, 60.0
"""How many drafts one person may ask a model for, in so many seconds."""


@dataclass(slots=True)
class _Open:
    """A draft under way."""

    id: str
    asker: Asker
    task: asyncio.Task[None]


class Composer:
    """One opening's composer. Lives in `tasks`."""

    sources: tuple[SourceKind, ...] = ()

    def __init__(self, opened: Opened, client: ModelClient | None) -> None:
        self._permit = opened.permit
        self._client = client
        self._tasks = opened.tasks
        self._lines: deque[ChatLine] = deque(maxlen=REMEMBERED)
        self._open: dict[ParticipantId, _Open] = {}
        self._asked: defaultdict[ParticipantId, deque[float]]
        self._asked = defaultdict(lambda: deque(maxlen=DRAFTS))
        """When each person's last drafts were asked for."""
        self._stopped = asyncio.Event()
        guarded(opened, self._close, name="composer")

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        """Refuse: there is no tap here."""
        raise UnknownOpening

    def drop(self, participant: ParticipantId) -> None:
        """End the draft of somebody who has left."""
        self._end(participant)

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        """Nothing is kept here, and who comes is told apart by `Asker.arrived`."""

    async def stopped(self) -> None:
        """Return once nothing more is drafted."""
        await self._stopped.wait()

    def read(self, line: ChatLine) -> None:
        """Remember a line that is sent under the permit."""
        if self._permit.alive:
            self._lines.append(line)

    def ask(self, asker: Asker, wish: Wish) -> None:
        """
        Draft, recap or drop.

        Raises `DraftsNeedModel`, `RateLimited`, `UnknownOpening`.
        """
        if not self._permit.alive:
            raise UnknownOpening
        match wish:
            case Draft():
                if self._client is None:
                    raise DraftsNeedModel
                self._begin(asker, wish, self._client)
            case Recap():
                self._recap(asker, wish)
            case DropDraft():
                current = self._open.get(asker.id)
                if current is not None and current.id == wish.id:
                    self._end(asker.id)
            case _:
                raise UnknownFeature

    def _begin(self, asker: Asker, wish: Draft, client: ModelClient) -> None:
        self._count(asker)
        self._end(asker.id)
        work = self._draft(asker, wish, client)
        task = self._tasks.create_task(work, name="draft")
        self._open[asker.id] = _Open(wish.id, asker, task)

    def _count(self, asker: Asker) -> None:
        now, asked = asyncio.get_running_loop().time(), self._asked[asker.id]
        if len(asked) == DRAFTS and now - asked[0] < WITHIN:
            raise RateLimited("Too many drafts at once. Try again in a minute.")
        asked.append(now)

    async def _draft(self, asker: Asker, wish: Draft, client: ModelClient) -> None:
        lines = self._seen_by(asker)
        names: dict[str, str] = {line.sender: line.name for line in lines}
        told = DraftWish(
            prompt=wish.prompt,
            tone=wish.tone,
            length=wish.length,
            change=wish.change,
            previous=wish.previous,
        )
        words = [ChatWords(_label(line, asker), line.text) for line in lines]
        pieces = draft(client, told, words, names)
        try:
            async with aclosing(pieces):
                last = ""
                async for piece in pieces:
                    asker.send(DraftText(id=wish.id, text=piece))
                    last = piece
            asker.send(DraftDone(id=wish.id, cut=last.endswith("…")))
        except ModelFault as exc:
            self._fail(asker, wish.id, exc)
        finally:
            if (own := self._open.get(asker.id)) is not None and own.id == wish.id:
                del self._open[asker.id]

    def _recap(self, asker: Asker, wish: Recap) -> None:
        self._end(asker.id)
        lines = self._seen_by(asker)
        names = {line.sender: line.name for line in lines}
        text = recap(
            [_line(line) for line in lines],
            lambda who: names.get(who, ""),
            length=wish.length,
            language=asker.language,
        )
        if text:
            asker.send(DraftText(id=wish.id, text=text))
            asker.send(DraftDone(id=wish.id, cut=False))
        else:
            self._fail(asker, wish.id, NothingSaid(_NOTHING_TO_QUOTE))

    def _seen_by(self, asker: Asker) -> Sequence[ChatLine]:
        return [line for line in self._lines if line.number > asker.arrived]

    def _fail(self, asker: Asker, draft_id: str, why: PeerError) -> None:
        log.info("draft.failed", room=self._permit.room, code=why.code)
        asker.send(DraftFailed(id=draft_id, code=why.code, detail=str(why)))

    def _end(self, participant: ParticipantId) -> None:
        if (current := self._open.pop(participant, None)) is not None:
            current.task.cancel()

    def _close(self) -> None:
        self._lines.clear()
        for participant, current in list(self._open.items()):
            self._end(participant)
            why = UnknownOpening()
            current.asker.send(
                DraftFailed(id=current.id, code=why.code, detail=str(why))
            )
        self._stopped.set()


_NOTHING_TO_QUOTE = (
    "There is nothing in the chat that looks like a decision or a task since this "
    "feature is on."
)


def _label(line: ChatLine, asker: Asker) -> str:
    return YOU if line.sender == asker.id else line.sender


def _line(line: ChatLine) -> TranscriptLine:
    at = datetime.fromisoformat(line.at)
    return TranscriptLine(LineId(str(line.number)), line.sender, at, at, line.text)


class ComposerOpener:
    """Makes the composer of one opening: a `SinkOpener`."""

    def __init__(self, client: ModelClient | None) -> None:
        self._client = client

    def __call__(self, opened: Opened, recipients: Recipients) -> Composer:
        """Read the chat from now on; nobody has to connect for that."""
        composer = Composer(opened, self._client)
        opened.running()
        return composer
