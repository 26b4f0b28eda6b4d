"""What the page afterwards is told of recordings, as JSON."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from gatekeeper.archive.kept import KeptView
from gatekeeper.clock import rfc3339
from gatekeeper.consent.types import FeatureId
from gatekeeper.evidence.history import Captured, Part
from gatekeeper.storage.fetches import Fetched
from gatekeeper.storage.rooms import RoomRecord

FETCHES = 200
"""Lines of who fetched what that a page shows."""
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


def title_of(record: RoomRecord) -> str:
    """What a file is headed with."""
    return record.title or "meeting"


def version_of(texts: Iterable[str]) -> str:
    """Another one for other texts: 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\n")
    return digest.hexdigest()[:16]


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
    root: str, record: RoomRecord, feature: FeatureId, view: KeptView, *, filmed: bool
) -> dict[str, object]:
    """
    A film as one person has it: how far it is, and where below the page's `root`.

    `filmed`: whether films are made of what this feature keeps.
    """
    state = view.kept.film(feature)
    shown: str = state.state
    if not view.tracks(feature):
        without = _without(record, feature, view) if filmed else "none"
        return NO_FILM | {"state": without}
    if shown == "none":
        shown = _unmade(record, feature, view)
    made = view.film(feature)
    left_out = [
        {"participant": out.participant, "source": out.source, "opening": out.opening}
        for out in view.left_out(feature)
    ]
    if made is None:
        # All of it is there, and nothing that could be shown was theirs.
        shown = "failed" if shown == "ready" else shown
        return NO_FILM | {"state": shown, "done": state.done, "left_out": left_out}
    root = f"{root}/{feature}/film"
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


def _unmade(record: RoomRecord, feature: FeatureId, view: KeptView) -> str:
    """What becomes of a film that nobody has asked for yet."""
    if record.ended_at is None:
        return "later"
    stopped = view.kept.stopped.get(feature, ())
    tracks = view.kept.tracks_of(feature)
    wanted = any(track.participant not in stopped for track in tracks)
    return "waiting" if wanted else "unmade"


def _without(record: RoomRecord, feature: FeatureId, view: KeptView) -> str:
    """
    What there is where there is nothing: whether there ever was, and why not now.

    That nothing came is known once the chain is sealed: files are reported before it.
    """
    told, mine = view.kept.history, view.presence
    if any(i.feature == feature and mine.may_have(i) for i in told.captured):
        return "deleted" if feature in told.over else "emptied"
    if not mine.parts(feature):
        return "none"
    if told.sealed:
        return "empty"
    return "later" if record.ended_at is None else "waiting"


def track(root: str, record: RoomRecord, of: Captured) -> dict[str, object]:
    """One participant's file, below the page's `root`."""
    root = f"{root}/{of.feature}/tracks"
    return {
        "participant": of.participant,
        "source": of.source,
        "opening": of.opening,
        "part": of.part,
        "from": rfc3339(of.first) if of.first else None,
        "to": rfc3339(of.last) if of.last else None,
        "bytes": of.size,
        "url": f"{root}/{of.opening}/{of.place(record.id).name}.webm",
        "recovered": of.recovered,
    }


def fetched(line: Fetched) -> dict[str, object]:
    """Who fetched what."""
    of = line.fetch
    return {
        "by": of.by,
        "who": of.who or None,
        "feature": of.feature,
        "what": of.what,
        "subject": of.subject or None,
        "at": rfc3339(line.at),
        "times": line.times,
    }
