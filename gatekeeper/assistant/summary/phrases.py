"""What a page or a file says around a summary, in English and German."""

from collections.abc import Mapping
from dataclasses import dataclass

from gatekeeper.assistant.summary.document import SectionKind


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language."""

    highlights: str
    summary: str
    written_by: str
    """With `{model}` and `{place}`."""
    at: str
    """With `{host}`."""
    here: str
    possible: Mapping[SectionKind, str]
    """Headings of what rules have picked."""
    found: Mapping[SectionKind, str]
    """Headings of what a model has written."""
    when: str
    """With `{first}` and `{last}`, in UTC."""
    nothing: str
    masked: str
    due: str
    """With `{due}`."""
    somebody: str
    """For who has no name any more."""
    quote: str
    """With `{words}`."""


_ENGLISH = Phrases(
    highlights="Highlights (no AI model: quotes picked by rules; check them)",
    summary="AI summary",
    written_by=(
        "Written by {model} {place}. It makes mistakes: each line shows the words it "
        "rests on."
    ),
    at="at {host}",
    here="on this server",
    possible={
        "decisions": "Possible decisions",
        "todos": "Possible to-dos",
        "questions": "Open questions",
        "points": "Worth reading",
        "topics": "Topics",
    },
    found={
        "topics": "Topics",
        "decisions": "Decisions",
        "todos": "To-dos",
        "questions": "Open questions",
        "points": "Worth reading",
    },
    when="{first:%Y-%m-%d, %H:%M} to {last:%H:%M} UTC",
    nothing="Nothing was found that is worth quoting.",
    masked=(
        "Somebody has withdrawn their part. Their name in the words of others was "
        "replaced where it was found."
    ),
    due="due: {due}",
    somebody="somebody",
    quote="\u201c{words}\u201d",
)
_GERMAN = Phrases(
    highlights="Auszüge (ohne KI-Modell: Zitate, nach Regeln ausgewählt; bitte prüfen)",
    summary="KI-Zusammenfassung",
    written_by=(
        "Geschrieben von {model} {place}. Es macht Fehler: Jede Zeile zeigt die Worte, "
        "auf denen sie beruht."
    ),
    at="bei {host}",
    here="auf diesem Server",
    possible={
        "decisions": "Mögliche Beschlüsse",
        "todos": "Mögliche Aufgaben",
        "questions": "Offene Fragen",
        "points": "Lesenswert",
        "topics": "Themen",
    },
    found={
        "topics": "Themen",
        "decisions": "Beschlüsse",
        "todos": "Aufgaben",
        "questions": "Offene Fragen",
        "points": "Lesenswert",
    },
    when="{first:%d.%m.%Y, %H:%M} bis {last:%H:%M} UTC",
    nothing="Es fand sich nichts, das ein Zitat wert wäre.",
    masked=(
        "Jemand hat den eigenen Teil zurückgezogen. Der Name in den Worten anderer "
        "wurde ersetzt, wo er sich fand."
    ),
    due="bis: {due}",
    somebody="jemand",
    quote="\u201e{words}\u201c",
)


def phrases(language: str) -> Phrases:
    """The phrases of a BCP 47 tag: German for `de` and its like, else English."""
    return _GERMAN if language.lower().partition("-")[0] == "de" else _ENGLISH
