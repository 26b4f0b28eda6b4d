"""What the page afterwards is told of recordings, as JSON."""

from datetime import timedelta

from gatekeeper.consent.words import FeatureId
from gatekeeper.evidence.history import Captured, Part
from gatekeeper.evidence.rooms import RoomRecord
from gatekeeper.media.films import FilmState
from gatekeeper.media.shelf import Kept
from gatekeeper.meeting.timestamp import rfc3339

NO_FILM: dict[str, object] = {
    "state": "none",
    "done": 0.0,
    "url": None,
    "format": None,
    "bytes": None,
    "seconds": None,
    "chapters": [],
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
        "people": list(of.people),
    }


def film(
    record: RoomRecord, feature: FeatureId, state: FilmState, kept: Kept
) -> dict[str, object]:
    """A film: how far it is, and where."""
    shown: str = state.state
    if shown == "none" and kept.tracks:
        shown = "later" if record.ended_at is None else "waiting"
    made = state.film
    if made is None:
        return NO_FILM | {"state": shown, "done": state.done}
    return {
        "state": shown,
        "done": state.done,
        "url": f"/api/rooms/{record.id}/after/{feature}/film",
        "format": made.format,
        "bytes": made.bytes,
        "seconds": made.seconds,
        "chapters": [
            {"at": c.at, "from": rfc3339(c.from_), "to": rfc3339(c.to)}
            for c in made.chapters
        ],
    }


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
