"""
A locale: all that this program says to people in one language, apart from its pages.

Each language is one file in `locales/`; `config.locales` reads and checks them, for the
core does no I/O. Fields in braces are named where somebody could mistake them; each
language has the same ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.plural import Forms, Rules
from gatekeeper.consent.types import FeatureId, LanguageTag

Wording = NewType("Wording", Notice)
"""A notice before the configuration has filled in what is in braces."""


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """How long something is kept, with `{count}`."""

    hours: Forms
    days: Forms


@dataclass(frozen=True, slots=True)
class CapturedTexts:
    """What else is captured, where it is: each follows on other words."""

    screen_audio: str


@dataclass(frozen=True, slots=True)
class RecipientTexts:
    """Who gets what is kept, with `{operator}`."""

    present: str
    meeting: str
    elsewhere: str
    """Another program keeps it, and this one cannot say more than who is in it."""


@dataclass(frozen=True, slots=True)
class OperatorTexts:
    """Who runs the server."""

    name_and_place: str
    run_by: str
    """Follows on other words; `{who}` is `name_and_place`, or the name alone."""
    unnamed: str


@dataclass(frozen=True, slots=True)
class ProcessorTexts:
    """Who processes something, and where."""

    here: str
    elsewhere: str
    rules: str
    words_and_text: str
    """Of what two of them make together."""


@dataclass(frozen=True, slots=True)
class FilmTexts:
    """What stands on the cards between two parts of a film."""

    paused: str
    later: str


@dataclass(frozen=True, slots=True)
class TranscriptTexts:
    """What a file says beside the words of a transcript."""

    utc: str
    gone: str
    """In place of a line that was erased; the client's `script.gone`."""


@dataclass(frozen=True, slots=True)
class SummaryTexts:
    """What a page or a file says around a summary."""

    highlights: str
    summary: str
    written_by: str
    """`{place}` is `at` or `here`."""
    at: str
    here: str
    when: str
    """`{first}` and `{last}` are times in UTC."""
    nothing: str
    masked: str
    due: str
    somebody: str
    """For who has no name any more."""
    quote: str
    possible: Mapping[str, str]
    """Headings of what rules have picked, by kind of section."""
    found: Mapping[str, str]
    """Headings of what a model has written, by kind of section."""


@dataclass(frozen=True, slots=True)
class Locale:
    """One language."""

    language: LanguageTag
    name: str
    """In English: a model is told so which language to write in."""
    plural: Rules
    notices: Mapping[FeatureId, Wording]
    """Of each built-in feature."""
    by_rules: Mapping[FeatureId, Wording]
    """Of those that can do without a model, which is something else."""
    captured: CapturedTexts
    kept: KeptTexts
    recipients: RecipientTexts
    operator: OperatorTexts
    processor: ProcessorTexts
    film: FilmTexts
    transcript: TranscriptTexts
    summary: SummaryTexts
