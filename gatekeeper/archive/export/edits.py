"""The edit list of a film, as the gate signs it."""

from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.evidence.export.documents import (
    EditList,
    FilmFile,
    FilmPart,
    TrackEdit,
)
from gatekeeper.media.film.recipe import Chapter, Edit, Film


def edit_list(room: RoomId, feature: FeatureId, film: Film) -> EditList | None:
    """What a film is made of; None of one that was made before that was noted."""
    if not film.edits:
        return None
    return EditList(
        meeting=room,
        feature=feature,
        film=FilmFile(
            sha256=film.sha256,
            bytes=film.bytes,
            format=film.format,
            length=round(film.seconds * 1000),
        ),
        parts=tuple(_part(chapter, film) for chapter in film.chapters),
    )


def _part(chapter: Chapter, film: Film) -> FilmPart:
    lasted = (chapter.to - chapter.from_).total_seconds()
    edits = [
        edit
        for edit in film.edits
        if (edit.opening, edit.part) == (chapter.opening, chapter.part)
    ]
    ordered = sorted(edits, key=lambda edit: (edit.at, edit.participant, edit.source))
    return FilmPart.model_validate(
        {
            "opening": chapter.opening,
            "part": chapter.part,
            "at": round(chapter.at * 1000),
            "length": round(lasted * 1000),
            "began": chapter.from_,
            "edits": [_edit(edit) for edit in ordered],
        }
    )


def _edit(edit: Edit) -> TrackEdit:
    return TrackEdit.model_validate(
        {
            "subject": edit.participant,
            "source": edit.source,
            "track": edit.track,
            "at": edit.at,
            "start": edit.start,
            "length": edit.length,
        }
    )
