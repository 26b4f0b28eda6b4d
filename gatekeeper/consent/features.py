"""
The built-in features: what each touches, and what stays of it.

A feature of this program is a row here, a notice in each file of `locales/`, and a row
of what runs it in `app/wiring/sinks.py`. A feature of an admin's is in no code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gatekeeper.consent.types import ContentKind, FeatureId

RECORDING = FeatureId("recording")
TRANSCRIPT = FeatureId("transcript")
SUMMARY = FeatureId("summary")
COMPOSE = FeatureId("compose")


class Keeps(StrEnum):
    """What stays of a feature after the meeting, until its time is over."""

    NOTHING = "nothing"
    MEDIA = "media"
    WORDS = "words"
    """Those who keep words share them: who takes a part out of one takes it out of
    all."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """What a feature of this program is."""

    id: FeatureId
    kinds: tuple[ContentKind, ...]
    keeps: Keeps
    assistant: bool = False
    """Whether an engine of [speech] or [ai] runs it, so that only that engine can."""
    drafts: bool = False
    """Whether a person can ask it for a text, where there is a model."""


_ALL = (
    BuiltIn(
        RECORDING,
        (
            ContentKind.AUDIO,
            ContentKind.VIDEO,
            ContentKind.SCREEN,
            ContentKind.SCREEN_AUDIO,
        ),
        Keeps.MEDIA,
    ),
    BuiltIn(TRANSCRIPT, (ContentKind.AUDIO,), Keeps.WORDS, assistant=True),
    BuiltIn(SUMMARY, (ContentKind.AUDIO,), Keeps.WORDS, assistant=True),
    BuiltIn(COMPOSE, (ContentKind.CHAT,), Keeps.NOTHING, assistant=True, drafts=True),
)
BUILT_IN: Mapping[FeatureId, BuiltIn] = {each.id: each for each in _ALL}
"""By name, in the order in which they are offered."""
ASSISTANT = tuple(each.id for each in _ALL if each.assistant)
"""The features that [speech] and [ai] run."""
KEEPERS = tuple(each.id for each in _ALL if each.keeps is not Keeps.NOTHING)
"""The features that keep something here; any feature may be kept as they are."""
WORDS = tuple(each.id for each in _ALL if each.keeps is Keeps.WORDS)
"""The features that keep words."""
