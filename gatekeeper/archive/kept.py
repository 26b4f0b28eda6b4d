"""
Kept: what is kept of one meeting as of one moment, and what of it somebody may see.

Rule 1: what is to be deleted is in nothing here that anybody is shown.
Rule 2: of each moment those see something who were present in it, by what the ledger
tells (design.md, rule 19); to all others it is as if there were nothing.
Rule 3: nothing here tells of a refusal; there is nothing on record to tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gatekeeper.assistant.summary.document import Item, Summary
from gatekeeper.assistant.summary.store import Work, may_read
from gatekeeper.assistant.summary.stored import Stored
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.consent.features import SUMMARY, TRANSCRIPT
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.evidence.entries import MeetingSealed, decode
from gatekeeper.evidence.history import Captured, History
from gatekeeper.evidence.presence import Presence
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.media.film.recipe import Film, LeftOut
from gatekeeper.media.film.standing import FilmState
from gatekeeper.storage.deletions import Deletion
from gatekeeper.storage.fetches import Fetch, Fetched

NO_FILM = FilmState("none", 0.0, None)

OwnPart = Literal["kept", "erasing", "erased", "none"]
"""What has become of somebody's own part of a feature."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is of one meeting. By feature: what was not asked for is not here."""

    room: RoomId
    chain: tuple[LedgerRow, ...]
    """What all of it rests on."""
    history: History
    """The chain, told."""
    names: Mapping[FeatureId, Mapping[ParticipantId, str]]
    """Of whom something was captured, save who took it back."""
    stopped: Mapping[FeatureId, frozenset[ParticipantId]]
    """Of whom nothing new is to be made."""
    fetched: tuple[Fetched, ...] = ()
    """Who fetched what, the latest first."""
    going: tuple[Deletion, ...] = ()
    """What is to be deleted, and may be there still."""
    tracks: tuple[Captured, ...] = ()
    """Those whose file is there, in the order in which they were reported."""
    films: Mapping[FeatureId, FilmState] = field(default_factory=dict)
    speakers: Mapping[FeatureId, frozenset[ParticipantId]] = field(default_factory=dict)
    """Of whom there are lines."""
    transcript: tuple[TranscriptLine, ...] = ()
    """In order of time; a tombstone stands for what was taken back."""
    summary: Stored | None = None
    summarising: Work | None = None
    """How far the writing of the summary is; None when none is to be written."""

    @property
    def accounted(self) -> bool:
        """Whether it is sealed, with an account of it (`evidence.account`)."""
        last = decode(self.chain[-1].body).body if self.chain else None
        return isinstance(last, MeetingSealed) and last.account is not None

    def called(self, feature: FeatureId) -> Mapping[ParticipantId, str]:
        """Who is called what in what a feature keeps."""
        return self.names.get(feature, {})

    def tracks_of(self, feature: FeatureId) -> tuple[Captured, ...]:
        """The files of a feature that are there and stay."""
        return tuple(
            track
            for track in self.tracks
            if track.feature == feature
            and not self.goes(feature, track.participant, track.opening)
        )

    def film(self, feature: FeatureId) -> FilmState:
        """How it stands with the films; what waits for its deletion is in none."""
        state = self.films.get(feature, NO_FILM)
        if any(deletion.feature == feature for deletion in self.going):
            return state._replace(state="waiting", films=None)
        return state

    def goes(
        self, feature: FeatureId, participant: ParticipantId, opening: OpeningId
    ) -> bool:
        """Whether what was captured of somebody in an opening is to be deleted."""
        return any(
            deletion.feature == feature
            and deletion.subject in (None, participant)
            and deletion.covers(opening)
            for deletion in self.going
        )

    def own_part(self, feature: FeatureId, participant: ParticipantId) -> OwnPart:
        """What has become of what was captured of somebody."""
        if any((d.feature, d.subject) == (feature, participant) for d in self.going):
            return "erasing"
        if any(t.participant == participant for t in self.tracks_of(feature)):
            return "kept"
        if participant in self.speakers.get(feature, ()):
            return "kept"
        summary = self.summary.summary if self.summary else None
        if feature == SUMMARY and summary is not None and summary.concerns(participant):
            return "kept"
        erased = self.history.erased_at(feature, participant) is not None
        return "erased" if erased else "none"

    def seen_by(self, viewer: ParticipantId) -> "KeptView":
        """What somebody may see of it."""
        return KeptView(self, Presence(self.history, viewer))


@dataclass(frozen=True, slots=True)
class KeptView:
    """What one person may see of what is kept."""

    kept: Kept
    presence: Presence

    @property
    def viewer(self) -> ParticipantId:
        """Whose it is."""
        return self.presence.viewer

    def attended(self, feature: FeatureId) -> bool:
        """Whether they were there for any of it: to others there is nothing."""
        return bool(self.presence.attended(feature))

    def names(self, feature: FeatureId) -> dict[ParticipantId, str]:
        """Who is called what, of those whom they shared a part with."""
        known = self.kept.called(feature)
        people = self.presence.people(feature)
        return {who: known[who] for who in people if who in known}

    def parts(self, feature: FeatureId) -> frozenset[tuple[str, int]]:
        """Opening and number of each part that they may see."""
        return parts_of(self.presence, feature)

    def tracks(self, feature: FeatureId) -> tuple[Captured, ...]:
        """The files that they may have."""
        tracks = self.kept.tracks_of(feature)
        return tuple(track for track in tracks if self.presence.may_have(track))

    def film(self, feature: FeatureId) -> Film | None:
        """Their own; None while there is none."""
        return self.kept.film(feature).of(self.viewer, self.parts(feature))

    def left_out(self, feature: FeatureId) -> tuple[LeftOut, ...]:
        """What is in no film, of what they may see."""
        films, seen = self.kept.film(feature).films, self.parts(feature)
        left_out = films.left_out if films else ()
        return tuple(out for out in left_out if (out.opening, out.part) in seen)

    @property
    def fetched(self) -> tuple[Fetched, ...]:
        """
        Who fetched what of that in which they are: by whom they shared a part with.

        Of a track only those know who may have it, of an own copy whose it is.
        """
        return tuple(line for line in self.kept.fetched if self._is_told(line.fetch))

    def _is_told(self, fetch: Fetch) -> bool:
        if fetch.what == "copy":
            return fetch.subject == self.viewer
        people = self.presence.people(fetch.feature)
        if fetch.by == "participant" and fetch.who not in people:
            return False
        if fetch.what == "track":
            opening, _, number = fetch.part.rpartition(".")
            return (opening, int(number)) in self.parts(fetch.feature)
        return self.attended(fetch.feature)

    @property
    def transcript(self) -> tuple[TranscriptLine, ...]:
        """The lines of the transcript that are theirs to read, tombstones included."""
        lines = self.kept.transcript
        return tuple(li for li in lines if may_read(TRANSCRIPT, li, self.presence))

    @property
    def summary(self) -> Summary | None:
        """What they may read of the summary; None if that is nothing of it."""
        stored = self.kept.summary
        summary = stored.summary if stored else None
        return None if summary is None else part_of(summary, self.presence)


def parts_of(presence: Presence, feature: FeatureId) -> frozenset[tuple[str, int]]:
    """Opening and number of each part of a feature that somebody may see."""
    return frozenset((part.opening, part.number) for part in presence.parts(feature))


def part_of(summary: Summary, mine: Presence) -> Summary | None:
    """
    What somebody may read of a summary; None if that is nothing of it.

    An item is for who was present for every line that it cites.
    """
    if mine.whole(SUMMARY):
        return summary

    def theirs(item: Item) -> bool:
        return bool(item.quotes) and all(
            mine.may_read(SUMMARY, quote.span, quote.at, quote.at)
            for quote in item.quotes
        )

    seen = summary.within(theirs, mine.people(SUMMARY))
    return seen if seen.sections else None
