"""
Recipes: what a film of what is kept is made of.

Rule: a film shows those who are kept and go on to be, and nobody else: whoever was
erased, or wants nothing new made of their part, is in no recipe.
"""

from datetime import datetime

from gatekeeper.archive.kept import Kept, parts_of
from gatekeeper.config.locales import nearest
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.evidence.history import Captured, Part
from gatekeeper.evidence.presence import Presence
from gatekeeper.media.film.recipe import Format, Opening, Recipe, Track
from gatekeeper.storage.rooms import RoomRecord


def recipe(
    record: RoomRecord, kept: Kept, feature: FeatureId, form: Format
) -> Recipe | None:
    """What a film of it is made of now; None if there is nothing to show."""
    shown = _Shown(kept, feature)
    openings = [
        shown.opening(part, part.ended)
        for stretch in kept.history.stretches_of(feature)
        if stretch.ended is not None
        for part in stretch.parts
        if part.ended is not None
    ]
    openings = [opening for opening in openings if opening.tracks]
    if not openings:
        return None
    filmed = {t.participant for opening in openings for t in opening.tracks}
    named = filmed.union(*(opening.people for opening in openings))
    return Recipe(
        room=record.id,
        feature=feature,
        language=nearest(record.language).language,
        format=form,
        names={who: n for who, n in kept.called(feature).items() if who in named},
        openings=tuple(openings),
    )


class _Shown:
    """Who and what may be shown of one feature."""

    def __init__(self, kept: Kept, feature: FeatureId) -> None:
        self._kept = kept
        self._feature = feature
        self._stopped = kept.stopped.get(feature, frozenset())
        tracks = kept.tracks_of(feature)
        self._tracks = [t for t in tracks if t.participant not in self._stopped]
        told = kept.history
        self._may_see = {
            who: parts_of(Presence(told, who), feature) for who in told.people(feature)
        }

    def opening(self, part: Part, ended: datetime) -> Opening:
        key = part.opening, part.number
        return Opening(
            opening=part.opening,
            part=part.number,
            people=tuple(who for who in part.people if self._shows(part, who)),
            viewers=tuple(who for who, seen in self._may_see.items() if key in seen),
            began=part.began,
            ended=ended,
            tracks=tuple(
                self._track(track)
                for track in self._tracks
                if (track.opening, track.part) == key
            ),
        )

    def _shows(self, part: Part, who: ParticipantId) -> bool:
        goes = self._kept.goes(self._feature, who, part.opening)
        erased = self._kept.history.is_erased(self._feature, who, part.opening)
        return not (goes or erased or who in self._stopped)

    def _track(self, track: Captured) -> Track:
        return Track(
            participant=track.participant,
            source=track.source,
            path=track.place(self._kept.room).path,
            sha256=track.sha256,
        )
