"""
Jobs: utterances that wait for the engine, and those that it has just recognised.

Rule 1: what ended first is recognised first; what has only paused, when nothing else
waits. It saves its words the hang-over if it proves to have ended there.
Rule 2: one microphone that two tracks hear is recognised once, and both get the same
line; but no track gets sound from before it began to listen.
Rule 3: what no open track has a claim on is dropped at once, and passed to nobody.
Rule 4: what is still being said is recognised when nothing else waits, the newest
alone, and only while the engine is so quick that what ends meanwhile hardly waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from gatekeeper.assistant.speech.pace import Pace
from gatekeeper.assistant.speech.pipe import Heard, TrackId
from gatekeeper.assistant.speech.settings import RATE, SAMPLE
from gatekeeper.assistant.speech.sound import Sound
from gatekeeper.assistant.transcript.lines import LineId, new_line_id

_ALIKE = 0.25
"""Seconds by which two tracks may differ about one utterance."""
_HELD_UP = 0.5
"""Seconds by which all may seem later to a track whose first packets were held up."""
_KEPT = 3.0
"""Seconds for which the other track may come later, be it by what it has heard."""
_AWAITED = 30.0
"""Seconds after which it does not come any more, however little it has heard."""
BACKLOG = 120.0
"""Seconds of sound that may wait. Who is that far behind does not catch up."""


@dataclass(eq=False, slots=True)
class Job:
    """One utterance."""

    voice: str
    sound: Sound
    claims: dict[TrackId, float]
    """The tracks that heard it, and when it ended to each of them."""
    sure: set[TrackId] = field(default_factory=set)
    """Those of them to which it has ended, and not only paused."""
    said: bool = False
    """Whether it is an utterance to anybody."""
    line: LineId = field(default_factory=new_line_id)
    started: float | None = None
    """When the engine began with it."""
    done: float | None = None
    """When it was recognised."""
    text: str = ""

    @property
    def seconds(self) -> float:
        """Of its sound."""
        return len(self.sound.pcm) / (RATE * SAMPLE)

    def heard(self, tracks: Iterable[TrackId], *, final: bool = True) -> Heard:
        """What these tracks are told."""
        times = (self.sound.began, self.sound.ended)
        # An engine ends a sentence wherever the sound ends.
        text = self.text if final else self.text.removesuffix(".")
        return Heard(self.line, *times, tuple(tracks), text, final)


class Jobs:
    """Those of all tracks. Owned by one thread, or behind one lock."""

    def __init__(self) -> None:
        self._voices: dict[TrackId, str] = {}
        self._jobs: list[Job] = []
        self._reading: set[TrackId] = set()
        """The tracks that are told what is still being said."""
        self._growing: list[Job] = []
        """What is still being said: of a track one that waits at most."""
        self._lines: dict[str, LineId] = {}
        """Those that the open utterances will be, by voice."""
        self._shown: set[TrackId] = set()
        """The tracks that were told something, and not yet what became of it."""
        self._reached: dict[TrackId, float] = {}
        """When the last packet of each track was sent."""
        self._pace = Pace()

    def open(self, track: TrackId, voice: str, *, growing: bool = False) -> None:
        """From now on `track` may have claims; if `growing` also while one speaks."""
        self._voices[track] = voice
        if growing:
            self._reading.add(track)

    def close(self, track: TrackId) -> None:
        """Drop the claims of `track`, and what nobody else has a claim on."""
        voice = self._voices.pop(track, None)
        self._reached.pop(track, None)
        self._outgrow(track, ended=True)
        self._reading.discard(track)
        self._shown.discard(track)
        if voice is not None:
            self._lines.pop(voice, None)
        for job in [job for job in self._jobs if job.voice == voice]:
            self._disclaim(job, track)

    def add(
        self, track: TrackId, sound: Sound, *, since: float, now: float
    ) -> Heard | None:
        """
        Take what an open track heard, which listens since `since`.

        What it is, if that is known already: it was expected to end where it paused,
        or another track was there first.
        """
        self._forget(now)
        self._outgrow(track, ended=sound.whole)
        if sound.growing:
            self._growing.append(self._new(track, sound))
            return None
        job = self._expected(track, sound)
        if job is None:
            self.resume(track)
            job = self._known(track, sound, since)
        if job is None:
            job = self._new(track, sound)
            self._jobs.append(job)
        else:
            sound.wipe()
        job.claims[track] = sound.ended
        if not sound.whole:
            return None
        job.sure.add(track)
        job.said = True
        if self._lines.get(job.voice) == job.line:
            del self._lines[job.voice]
        return None if job.done is None else self._end(job, [track])

    def reach(self, track: TrackId, at: float) -> None:
        """All that was sent before `at` has been heard of a track."""
        self._reached[track] = at

    def resume(self, track: TrackId) -> None:
        """Somebody who had paused goes on."""
        for job in [job for job in self._jobs if track in job.claims]:
            if track not in job.sure:
                self._disclaim(job, track)

    def pop(self, now: float) -> Job | None:
        """The next one for the engine."""
        self._forget(now)
        waiting = [job for job in self._jobs if job.started is None]
        job = min(
            waiting, key=lambda job: (not job.said, job.sound.ended), default=None
        )
        job = job or self._grown(now)
        if job is not None:
            job.started = now
        return job

    def done(self, job: Job, text: str, now: float) -> Heard | None:
        """What the engine understood, if anybody has a claim on it by now."""
        if job.started is not None:
            self._pace.took(now - job.started, job.seconds, now)
        job.sound.wipe()
        job.sound.pcm = bytearray()
        if job in self._growing:
            self._growing.remove(job)
        if not job.claims:
            return None
        job.text, job.done = text, now
        return self._end(job, sorted(job.sure)) if job.sure else self._show(job)

    def behind(self) -> set[TrackId]:
        """The tracks with the oldest job, if too much waits; else nobody."""
        waiting = [job for job in self._jobs if job.started is None]
        seconds = sum(job.seconds for job in waiting)
        if seconds <= BACKLOG:
            return set()
        return set(min(waiting, key=lambda job: job.sound.ended).claims)

    def started(self) -> float | None:
        """When the engine began with what it has longest."""
        at = [
            job.started
            for job in (*self._jobs, *self._growing)
            if job.started is not None and job.done is None
        ]
        return min(at, default=None)

    def _new(self, track: TrackId, sound: Sound) -> Job:
        voice = self._voices[track]
        line = self._lines.setdefault(voice, new_line_id())
        return Job(voice, sound, {track: sound.ended}, line=line)

    def _grown(self, now: float) -> Job | None:
        """The open utterance that has waited longest, if there is time for it."""
        waiting = [job for job in self._growing if job.started is None]
        job = min(waiting, key=lambda job: job.sound.ended, default=None)
        return job if job and self._pace.allows(job.seconds, now) else None

    def _show(self, job: Job) -> Heard | None:
        """Tell what has not ended to who reads along."""
        reading = sorted(self._reading & job.claims.keys())
        if not (job.text and reading):
            return None
        self._shown.update(reading)
        return job.heard(reading, final=False)

    def _end(self, job: Job, tracks: list[TrackId]) -> Heard | None:
        """Tell what has ended; what was shown of it and is nothing goes."""
        shown = sorted(self._shown.intersection(tracks))
        self._shown.difference_update(shown)
        if job.text:
            return job.heard(tracks)
        return job.heard(shown, final=False) if shown else None

    def _outgrow(self, track: TrackId, *, ended: bool) -> None:
        """Drop what waits of an open utterance; if it has `ended` what runs, too."""
        for job in [job for job in self._growing if track in job.claims]:
            if ended or job.started is None:
                self._growing.remove(job)
                job.claims.clear()
                job.sound.wipe()

    def _expected(self, track: TrackId, sound: Sound) -> Job | None:
        """The job that `track` has of this very sound, up to a pause."""
        for job in self._jobs:
            if job.claims.get(track) == sound.ended and track not in job.sure:
                return job
        return None

    def _known(self, track: TrackId, sound: Sound, since: float) -> Job | None:
        """The job of another track that heard the same."""
        for job in self._jobs:
            if (
                job.voice == self._voices[track]
                and track not in job.claims
                and job.said >= sound.whole
                and job.sound.start >= since
                and _alike(job.sound, sound)
            ):
                return job
        return None

    def _disclaim(self, job: Job, track: TrackId) -> None:
        job.claims.pop(track, None)
        job.sure.discard(track)
        may_join = job.said and job.done is not None
        if not job.claims and not (may_join and job.voice in self._voices.values()):
            self._drop(job)

    def _forget(self, now: float) -> None:
        for job in list(self._jobs):
            if job.done is None:
                continue
            if now - job.done > (_AWAITED if self._is_awaited(job) else _KEPT):
                self._drop(job)

    def _is_awaited(self, job: Job) -> bool:
        """Whether another track of the voice is not as far as what was heard."""
        return any(
            self._reached.get(track, inf) < job.sound.ended + _KEPT
            for track, voice in self._voices.items()
            if voice == job.voice and track not in job.claims
        )

    def _drop(self, job: Job) -> None:
        self._jobs.remove(job)
        job.sound.wipe()
        job.text = ""


def _alike(one: Sound, other: Sound) -> bool:
    """Whether two tracks of one microphone have heard the same."""
    began, ended = other.began - one.began, other.ended - one.ended
    if abs(began) <= _ALIKE and abs(ended) <= _ALIKE:
        return True
    # One of them is told the time a little late, and both hear it as long as it is. A
    # microphone says one thing at a time, so what overlaps is no other.
    overlap = min(one.ended, other.ended) > max(one.began, other.began)
    return overlap and abs(began) <= _HELD_UP and abs(ended - began) <= _ALIKE
