"""
Words of one person: their lines, and what of a summary can be told to be theirs.

Rule: an item's own text is theirs if it rests on their lines alone, and mentions nobody
else; of all others there are their quotes, and that a task was theirs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gatekeeper.archive.kept import Kept
from gatekeeper.assistant.summary import stored
from gatekeeper.assistant.summary.document import Item, Summary
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.assistant.transcript.store import ROOT, lines_of
from gatekeeper.clock import moment
from gatekeeper.consent.features import SUMMARY, WORDS
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId
from gatekeeper.storage.paths import check

_MENTIONED = re.compile(r"⟦([^⟧]*)⟧")


def own_lines(
    data: Path, kept: Kept, who: ParticipantId
) -> dict[FeatureId, list[TranscriptLine]]:
    """Theirs of each feature that keeps words. Blocks. Raises `OSError`."""
    found: dict[FeatureId, list[TranscriptLine]] = {}
    for feature in WORDS:

        def hidden(
            whose: ParticipantId, opening: OpeningId, feature: FeatureId = feature
        ) -> bool:
            return kept.goes(feature, whose, opening)

        lines = lines_of(data, kept.room, feature, hidden)
        if mine := [line for line in lines if line.participant == who]:
            found[feature] = mine
    return found


def own_items(data: Path, kept: Kept, who: ParticipantId) -> list[Mapping[str, Any]]:
    """Of the summary. Blocks. Raises `OSError`, `EvidenceError`."""
    if any(d.feature == SUMMARY and d.subject in (None, who) for d in kept.going):
        return []
    check(kept.room)
    found = stored.load(data / ROOT / kept.room / SUMMARY)
    if found is None or found.summary is None:
        return []
    return list(_items(found.summary, who))


def _items(summary: Summary, who: ParticipantId) -> Iterator[Mapping[str, Any]]:
    for section in summary.sections:
        for item in section.items:
            if item.concerns(who):
                yield {"kind": section.kind} | _own(item, who)


def _own(item: Item, who: ParticipantId) -> dict[str, Any]:
    quotes = [quote for quote in item.quotes if quote.participant == who]
    mentioned = set(_MENTIONED.findall(item.text or ""))
    alone = (
        len(quotes) == len(item.quotes)
        and mentioned <= {who}
        and item.owner in (None, who)
    )
    return {
        "item": item.id,
        "yours_alone": alone,
        "text": item.text if alone else None,
        "your_task": item.owner == who,
        "due": item.due if alone else None,
        "your_words": [{"at": moment(q.at), "text": q.text} for q in quotes],
    }


def as_json(lines: Iterable[TranscriptLine]) -> list[Mapping[str, Any]]:
    """Lines, each with its time in UTC."""
    return [
        asdict(line) | {"began": moment(line.began), "ended": moment(line.ended)}
        for line in lines
    ]
