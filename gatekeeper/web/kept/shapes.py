"""What the page afterwards is told of recordings, as JSON."""

from collections.abc import Collection
from datetime import timedelta

from gatekeeper.archive.catalogue import Kept, visible
from gatekeeper.clock import rfc3339
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.evidence.history import Captured, Part
from gatekeeper.media.film.films import FilmState
from gatekeeper.storage.rooms import RoomRecord

NO_FILM: dict[str, object] = {
    "state": "none",
    "done": 0.0,
    "url": None,
    "format": None,
    "bytes": None,
    "seconds": None,
    "chapters": [],
    "poster": None,
    "left_out": [],
}


def kept_until(record: RoomRecord, keep: timedelta) -> str | None:
    """Until when a feature keeps things; None while the meeting goes on."""
    return rfc3339(record.ended_at + keep) if record.ended_at else None


def stretch(of: Part) -> dict[str, object]:
    """When a gate was open, and for whom."""
    return {
        "opening": of.opening,
        "part": of.number,
        "from": rfc3339(of.began),
        "to": rfc3339(of.ended) if of.ended else None,
        "latest": rfc3339(of.latest) if of.latest else None,
        "people": list(of.people),
    }


def film(
    record: RoomRecord,
    feature: FeatureId,
    state: FilmState,
    kept: Kept,
    viewer: ParticipantId,
) -> dict[str, object]:
    """A film as one person has it: how far it is, and where."""
    shown: str = state.state
    may_see = visible(kept.history, feature, viewer)
    theirs = any((track.opening, track.part) in may_see for track in kept.tracks)
    if not theirs:
        return NO_FILM | {"state": _without(kept, feature, may_see)}
    if shown == "none":
        shown = "later" if record.ended_at is None else "waiting"
    made = state.of(viewer, may_see)
    left_out = [
        {"participant": out.participant, "source": out.source, "opening": out.opening}
        for out in (state.films.left_out if state.films else ())
        if (out.opening, out.part) in may_see
    ]
    if made is None:
        # All of it is there, and nothing that could be shown was theirs.
        shown = "failed" if shown == "ready" else shown
        return NO_FILM | {"state": shown, "done": state.done, "left_out": left_out}
    root = f"/api/rooms/{record.id}/after/{feature}/film"
    return {
        "state": shown,
        "done": state.done,
        "url": f"{root}?of={made.tag}",
        "poster": f"{root}/poster?of={made.tag}" if made.poster else None,
        "left_out": left_out,
        "format": made.format,
        "bytes": made.bytes,
        "seconds": made.seconds,
        "chapters": [
            {
                "at": c.at,
                "from": rfc3339(c.from_),
                "to": rfc3339(c.to),
                "people": list(c.people),
            }
            for c in made.chapters
        ],
    }


def _without(
    kept: Kept, feature: FeatureId, may_see: Collection[tuple[str, int]]
) -> str:
    """What there is where there is nothing: whether there ever was, and why not now."""
    if not any(
        item.feature == feature and (item.opening, item.part) in may_see
        for item in kept.history.captured
    ):
        return "none"
    return "deleted" if feature in kept.history.over else "emptied"


def track(record: RoomRecord, of: Captured) -> dict[str, object]:
    """One participant's file."""
    root = f"/api/rooms/{record.id}/after/{of.feature}/tracks"
    return {
        "participant": of.participant,
        "source": of.source,
        "opening": of.opening,
        "part": of.part,
        "from": rfc3339(of.first) if of.first else None,
        "to": rfc3339(of.last) if of.last else None,
        "bytes": of.size,
        "url": f"{root}/{of.opening}/{track_name(of)}.webm",
        "recovered": of.recovered,
    }


def track_name(track: Captured) -> str:
    """What a track is called within its opening."""
    later = f".{track.part}" if track.part else ""
    return f"{track.participant}-{track.source}{later}"
