"""
The verdict on one meeting: every file that was kept, against what was allowed.

Rule 1: every picture and every 20 ms of sound is somebody's, and lies within a time in
which they and everybody else had agreed; by the file's time, and by the time that the
content itself carries. Each feature has its own times, and its own kinds of content.
Rule 2: what was sent into an open gate is there: a server that keeps nothing fails.
A screen is in files of screens, and a camera in those of cameras; what is played on a
screen is in files of that, and a voice in those of microphones.
Rule 3: the ledger names the files that are there, and no others; its chain verifies;
no opening in it ends before it begins, whatever was done to the server's clock.
Rule 4: whoever may have a file afterwards was in the meeting, with everybody's leave,
at the time of every picture and sound in it; and has it from the page afterwards.
Rule 5: of every word that is kept, told as a caption or given by the page, its speaker
was in the meeting with everybody's leave while it was said; and so was whoever gets it.
Rule 6: what a machine was fed is like what was kept: rules 1 and 2 hold of it, by the
time that its packets say, and by the content's own. It gets no screen, which its notice
does not name.
Rule 7: what the page gives anybody, asked for every address that anybody's page has, is
of nothing and nobody that they were not there with; a name and a time included.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import CaptureFinished, GateClosed, GateOpened, decode
from gatekeeper.evidence.history import history
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.presence import Presence
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.storage import paths
from gatekeeper.storage.database import Database
from tests.proof import allowed, files, words
from tests.proof.content import PACKET
from tests.proof.files import Kept, Piece
from tests.proof.film import FilmVerdict
from tests.proof.script import NOTES, RECORDING, TRAINING, TRANSCRIPT, Does
from tests.proof.story import Served, Story
from tests.proof.violation import Violation

RARE = 0.01
"""The share of pieces that may be nobody's, or may not tell their time."""
MISSING = 0.4
"""The share of sound sent into an open gate that need not be there. This is no measure
of the recorder: it is there so that nothing passes by keeping nothing."""
TELLING = 8
"""Packets: of a shorter stretch nothing is demanded."""
MOMENT = 5
"""Packets: of less than that a film may have nothing that can be told."""
SHOWN = 4
"""Pictures of a screen: of fewer that were sent none need be there."""
PLAYED = 16
"""Packets of its sound: the same."""
DUE = 3
"""Words said into an open gate, of which one at least must be written down."""
_ENDS = ("from", "to")
NOTICED = 1.0
"""Seconds until a server that is busy notices that a connection is gone: it tells, and
truly, that it was on until then. Content is held to its own, stricter bound."""
LOST_BY_A_KILL = 1.0
"""Seconds: a file is readable up to its last half second, and a batch may wait."""


@dataclass
class Verdict:
    """What was found in one meeting."""

    files: int = 0
    pictures: int = 0
    screens: int = 0
    """Those of the pictures that are of somebody's screen."""
    sounds: int = 0
    played: int = 0
    """Those of the sounds that were played on somebody's screen."""
    untold: int = 0
    """Pieces that are nobody's, or do not tell their time."""
    overhang: float = 0.0
    """The longest that anything reaches past an allowed time, in seconds."""
    shared: int = 0
    """Files that somebody of the meeting may not have."""
    served: int = 0
    """Files that the page afterwards gives to somebody, for each of them."""
    drift: float = 0.0
    """The most that a file's time and the content's own are apart, in seconds."""
    late: float = 0.0
    """The longest that a ping took, in seconds."""
    words: int = 0
    """Words that are kept."""
    told: int = 0
    """Words in captions, and in what the page gives, for each person."""
    fed: int = 0
    """Packets that a machine got."""
    openings: int = 0
    heard: set[str] = field(default_factory=set)
    """Whose sound is kept, of more than a moment."""
    film: FilmVerdict | None = None
    """Of the film that was made of it, where one was waited for."""
    faults: list[str] = field(default_factory=list)


def judge(data: Path, story: Story) -> Verdict:
    """Check what is kept of a meeting. Raises `Violation`. Blocks."""
    return _Judge(data, story).verdict()


class _Judge:
    def __init__(self, data: Path, story: Story) -> None:
        self._data = data
        self._story = story
        self._allowed = story.allowed
        self._found = Verdict()
        self._heard: dict[tuple[str, str], list[float]] = {}
        """By feature and person, when kept sound was taken, by the loop's clock."""
        self._screens: set[str] = set()
        """Whose screen is kept."""
        self._played: set[str] = set()
        """Of whose screen the sound is kept."""
        self._wrong: dict[tuple[str, str], list[float]] = {}
        """When somebody was kept without leave: who and where, and why it is wrong."""

    def verdict(self) -> Verdict:
        folder = paths.folder(self._data, self._story.room)
        kept = [
            files.read(self._data, file, self._story.when)
            for file in sorted(folder.rglob("*.webm"))
        ]
        for file in kept:
            self._check(file)
        for number, track in enumerate(self._story.fed):
            at = Path(f"track {number}")
            self._check(files.fed(self._story.room, track, self._story.when, at))
            self._found.fed += len(track.packets)
        self._check_presence()
        self._check_words()
        self._check_ledger(kept)
        self._check_shared(kept)
        self._check_served(kept)
        for (what, why), times in self._wrong.items():
            since, until = (at - self._story.began for at in (min(times), max(times)))
            self._fault(f"{what}, from {since:.3f} s to {until:.3f} s, {why}")
        found = self._found
        found.late = max(fact.late for fact in self._story.facts)
        found.heard = {
            who
            for (feature, who), at in self._heard.items()
            if feature == RECORDING and len(at) > MOMENT
        }
        found.files = len(kept)
        if found.untold > 3 + RARE * (found.pictures + found.sounds):
            self._fault(f"{found.untold} pieces do not tell whose or when they are")
        if found.faults:
            raise Violation(self._report())
        return found

    # ---- What is there ------------------------------------------------------------

    def _check(self, file: Kept) -> None:
        owner = self._story.people.get(file.place.participant)
        if owner is None:
            self._fault(f"{_name(file)} belongs to nobody in the meeting")
        covered = {TRAINING: {"microphone"}, NOTES: {"microphone", "camera"}}
        source = file.place.source
        if source not in covered.get(file.place.feature, {source}):
            self._fault(f"{_name(file)} is of something that nobody was asked for")
        for piece in file.pieces:
            self._check_piece(file, owner, piece)

    def _check_piece(self, file: Kept, owner: str | None, piece: Piece) -> None:
        if file.sound:
            self._found.sounds += 1
        else:
            self._found.pictures += 1
        taken = file.taken(piece, self._story.clocks)
        if taken is None:
            self._found.untold += piece.owner is None or not file.sound
        if piece.owner is None:
            self._check_time(file, owner, piece.filed, "by the file")
            return
        if piece.owner != owner:
            self._fault(f"{piece.owner} is in {_name(file)}, which is {owner}'s")
        self._check_source(file, piece)
        self._check_time(file, piece.owner, piece.filed, "by the file")
        if taken is not None:
            self._check_time(file, piece.owner, taken, "by its own clock")
            self._found.drift = max(self._found.drift, abs(taken - piece.filed))
        if file.place.source is SourceKind.MICROPHONE:
            at = taken or piece.filed
            key = file.place.feature, piece.owner
            self._heard.setdefault(key, []).append(at)

    def _check_source(self, file: Kept, piece: Piece) -> None:
        """A screen that is filed as a camera was asked for as something else."""
        if piece.screen is None or piece.owner is None:
            return
        if file.sound:
            shared, own = SourceKind.SCREEN_AUDIO, SourceKind.MICROPHONE
        else:
            shared, own = SourceKind.SCREEN, SourceKind.CAMERA
        source = shared if piece.screen else own
        if file.place.source is not source:
            self._fault(f"{piece.owner}'s {source} is in {_name(file)}")
        if source is SourceKind.SCREEN:
            self._found.screens += 1
            self._screens.add(piece.owner)
        elif source is SourceKind.SCREEN_AUDIO:
            self._found.played += 1
            self._played.add(piece.owner)

    def _check_time(self, file: Kept, who: str | None, at: float, by: str) -> None:
        """`by`: which clock says so."""
        intervals = self._allowed[file.place.feature].get(who or "", [])
        past = [i.overhang(at) for i in intervals if i.covers(at)]
        if past:
            self._found.overhang = max(self._found.overhang, min(past))
            return
        before = [i for i in intervals if i.begins <= at]
        why = (
            f"after {before[-1].closed!r}" if before else "before anything was allowed"
        )
        what = f"{who} is in {_name(file)}, {by}"
        self._wrong.setdefault((what, why), []).append(at)

    # ---- What is missing ----------------------------------------------------------

    def _check_presence(self) -> None:
        kills = [f.at for f in self._story.facts if f.event.does is Does.KILLED]
        shown, played = Counter[str](), Counter[str]()
        for live in self._story.lives:
            if live.feature == TRANSCRIPT:
                continue
            kept = self._heard.get((live.feature, live.who), [])
            lost = [at - LOST_BY_A_KILL for at in kills if at >= live.connected]
            sent = [at for at in live.sent if all(at < end for end in lost)]
            if not lost:
                shown[live.who] += len(live.shown)
                played[live.who] += len(live.played)
            # The server says nothing of when it is ready: from the first packet on.
            ready = [at for at in sent if _between(kept, at, at)]
            due = [at for at in sent if at >= min(ready, default=at)]
            missing = len(due) - (_between(kept, due[0], due[-1]) if ready else 0)
            if len(due) >= TELLING and missing > MISSING * len(due):
                self._fault(
                    f"{live.who} sent into an open gate for {live.feature} from "
                    f"{live.sent[0] - self._story.began:.3f} s to "
                    f"{live.sent[-1] - self._story.began:.3f} s, but of the last "
                    f"{len(due)} packets {missing} are missing"
                )

        for who, count in shown.items():
            if count >= SHOWN and who not in self._screens:
                self._fault(f"{count} pictures of {who}'s screen are missing")
        for who, count in played.items():
            if count >= PLAYED and who not in self._played:
                self._fault(f"{count} packets of what {who}'s screen plays are missing")

    # ---- Who may have it ----------------------------------------------------------

    def _check_shared(self, kept: list[Kept]) -> None:
        told = history(self._chain())
        items = {
            (it.opening, it.part, it.participant, it.source): it for it in told.captured
        }
        pages = {served.viewer: served for served in self._story.served}
        for who, name in self._story.people.items():
            given = pages[name].files.values() if name in pages else ()
            mine = Presence(told, ParticipantId(who))
            for file in kept:
                at = file.place
                key = (at.opening, at.part, at.participant, at.source)
                if key in items and mine.may_have(items[key]):
                    self._check_theirs(file, name, "may have")
                    if file.path.read_bytes() not in given:
                        self._fault(f"{name} does not get {_name(file)}")
                else:
                    self._found.shared += 1

    def _check_served(self, kept: list[Kept]) -> None:
        """What the page gives each of them, whatever the ledger says."""
        by_content = {_digest(file.path): file for file in kept}
        for served in self._story.served:
            self._check_page(served)
            for address, content in served.files.items():
                if content is None or not address.endswith(".webm"):
                    continue
                self._found.served += 1
                file = by_content.get(hashlib.sha256(content).hexdigest())
                if file is None:
                    self._fault(f"{served.viewer} gets {address}, which is not kept")
                else:
                    self._check_theirs(file, served.viewer, "is given")

    def _check_page(self, served: Served) -> None:
        """Whom a page speaks of, and when."""
        viewer, text = served.viewer, str(served.page)
        for who, name in self._story.people.items():
            met = any(
                a.meets(b)
                for times in self._allowed.values()
                for a in times.get(viewer, [])
                for b in times.get(name, [])
            )
            if name != viewer and not met and (name in text or who in text):
                self._fault(
                    f"{viewer} is told of {name}, whom they shared nothing with"
                )
        for feature in served.page["features"]:
            mine = self._allowed[feature["id"]].get(viewer, [])
            told = [stretch[end] for stretch in feature["stretches"] for end in _ENDS]
            for moment in map(datetime.fromisoformat, told):
                at = self._story.when(moment.timestamp())
                if not any(i.covers(at) or 0 < i.overhang(at) < NOTICED for i in mine):
                    what = f"{viewer} is told of a time of {feature['id']}"
                    why = "and was not there for it"
                    self._wrong.setdefault((what, why), []).append(at)

    def _check_theirs(self, file: Kept, viewer: str, does: str) -> None:
        """`viewer` was there for all that is in a file."""
        intervals = self._allowed[file.place.feature].get(viewer, [])
        for piece in file.pieces:
            at = file.taken(piece, self._story.clocks) or piece.filed
            if not any(interval.covers(at) for interval in intervals):
                what = f"{viewer} {does} {_name(file)}"
                why = "and was not there for it"
                self._wrong.setdefault((what, why), []).append(at)

    # ---- Words --------------------------------------------------------------------

    def _check_words(self) -> None:
        folder = self._data / "words" / self._story.room
        written = [file.read_text("utf-8") for file in sorted(folder.rglob("*.jsonl"))]
        kept = [word for text in written for word in words.said_in(text)]
        self._found.words = len(kept)
        for word in kept:
            self._check_word(*word, None, "kept")
        for viewer, captions in self._story.captions.items():
            self._check_told("\n".join(captions), viewer, "a caption of")
        for served in self._story.served:
            for address, content in served.files.items():
                if content is not None and not address.endswith(".webm"):
                    text = content.decode("utf-8", "replace")
                    self._check_told(text, served.viewer, f"{Path(address).name} of")
        self._check_heard(kept)

    def _check_told(self, text: str, viewer: str, where: str) -> None:
        for word in words.said_in(text):
            self._found.told += 1
            self._check_word(*word, viewer, f"in {where} {viewer}'s")

    def _check_word(
        self, who: str, number: int, viewer: str | None, where: str
    ) -> None:
        """It was said, wholly or in part, when it might be, and `viewer` was there."""
        began, ended = words.times(who, number, self._story.clocks[who])
        times = self._allowed[TRANSCRIPT]
        heard = [
            (max(began, i.begins), min(ended, i.ends))
            for i in times.get(who, [])
            if began < i.ends + i.late + allowed.PACKET and i.begins < ended
        ]
        if not heard:
            why = "said when it was not allowed"
            self._wrong.setdefault((f"{who}'s words are {where}", why), []).append(
                began
            )
        elif viewer is not None and not any(
            i.covers(first) and i.covers(last)
            for first, last in heard
            for i in times.get(viewer, [])
        ):
            why = f"and {viewer} was not there for it"
            self._wrong.setdefault((f"{who}'s words are {where}", why), []).append(
                began
            )

    def _check_heard(self, kept: list[tuple[str, int]]) -> None:
        """A server that writes nothing down fails."""
        if self._story.script.killed:
            return
        due = {
            word
            for live in self._story.lives
            if live.feature == TRANSCRIPT
            for i in self._allowed[TRANSCRIPT][live.who]
            if i.covers(live.connected)
            for word in words.between(
                live.who, self._story.clocks[live.who], live.connected, i.ends
            )
        }
        if len(due) >= DUE and not due & set(kept):
            self._fault(f"none of {len(due)} words is written down")

    # ---- The ledger ---------------------------------------------------------------

    def _chain(self) -> tuple[LedgerRow, ...]:
        database = Database.open(self._data / "ledger.sqlite3", migrate=False)
        try:
            with database.connect() as connection, connection.begin():
                return read_chain(connection, meeting=self._story.room)
        finally:
            database.close()

    def _check_ledger(self, kept: list[Kept]) -> None:
        room, chain = self._story.room, self._chain()
        try:
            # Where nothing ever opened, there is nothing to write down.
            verify(room, chain, sealed=bool(chain))
        except EvidenceError as exc:
            self._fault(f"the ledger does not verify: {exc}")
        began: dict[str, datetime] = {}
        for entry in (decode(row.body) for row in chain):
            if isinstance(entry.body, GateOpened):
                began[entry.body.opening] = entry.envelope.at
                self._found.openings += 1
            elif isinstance(entry.body, GateClosed):
                opened, closed = began.pop(entry.body.opening), entry.envelope.at
                if closed < opened:
                    self._fault(f"a gate was open from {opened} to {closed}")
        if began:
            self._fault(f"{list(began)} were never closed")
        noted = sorted(
            (body.opening, body.part, body.subject, body.source, body.sha256)
            for row in chain
            if isinstance(body := decode(row.body).body, CaptureFinished)
        )
        there = sorted(
            (at.opening, at.part, at.participant, at.source, _digest(k.path))
            for k in kept
            for at in [k.place]
        )
        if noted != there:
            self._fault(f"the ledger names {noted}, but there are {there}")

    # ---- Saying so ----------------------------------------------------------------

    def _fault(self, text: str) -> None:
        self._found.faults.append(text)

    def _report(self) -> str:
        faults = "\n".join(f"  {fault}" for fault in dict.fromkeys(self._found.faults))
        times = "\n".join(
            f" {feature}:\n{allowed.describe(found, self._story.began)}"
            for feature, found in self._allowed.items()
            if found
        )
        return f"wrong:\n{faults}\n\nallowed:\n{times}\n\n{self._story.told()}"


def _between(times: list[float], first: float, last: float) -> int:
    """How many are about there."""
    return sum(first - PACKET / 2 < at < last + PACKET / 2 for at in times)


def _name(file: Kept) -> str:
    return f"{file.place.feature}/{file.place.opening}/{file.path.name}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
