"""The features on offer, each with the notices that say how it runs in fact."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from gatekeeper.config.features import (
    PROCESSOR,
    RECIPIENTS,
    Feature,
    SinkName,
    sink_of,
)
from gatekeeper.config.locales import locales, nearest
from gatekeeper.config.model import Config, Controller
from gatekeeper.consent.features import ASSISTANT, BUILT_IN, KEEPERS
from gatekeeper.consent.locale import Locale
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import ContentKind, FeatureId, LanguageTag, SharedWith
from gatekeeper.consent.wording import fill, kept, operator, recipients


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """How this server runs one of its features, in fact."""

    processor: Mapping[LanguageTag, str]
    """Who processes it, with which model and where, as the notice says it."""
    third_party: bool = False
    """Whether content leaves this machine."""
    rules: bool = False
    """Whether there is no model, and rules pick quotes."""
    unavailable: str | None = None
    """Why it cannot run here, and what would help; a sentence."""


class OfferedFeature(BaseModel):
    """A feature as rooms offer it: what it touches, and its notices in force."""

    model_config = ConfigDict(frozen=True)

    id: FeatureId
    sink: SinkName
    kinds: tuple[ContentKind, ...]
    keep_for: timedelta
    shared_with: SharedWith
    third_party: bool
    rules: bool
    unavailable: str | None
    notices: dict[LanguageTag, Notice]

    def notice(self, tag: str) -> Notice:
        """The notice in the language that is nearest to a tag, else in the first."""
        first = next(iter(self.notices.values()))
        return self.notices.get(nearest(tag).language, first)


def offered(
    config: Config, runs: Mapping[str, EngineFacts]
) -> tuple[OfferedFeature, ...]:
    """The enabled features, their notices filled in with how they are `run`."""
    return tuple(
        _feature(FeatureId(name), feature, config, runs)
        for name, feature in config.features.items()
        if feature.enabled
    )


def worded(
    name: FeatureId, feature: Feature, config: Config, runs: Mapping[str, EngineFacts]
) -> dict[LanguageTag, Notice]:
    """The notices of a feature, filled in, in each language of meetings."""
    run = runs.get(name) if sink_of(name, feature) in ASSISTANT else None
    kinds = touched(name, feature, own=bool(feature.notices))
    return {
        tag: _notice(name, feature, kinds, config.controller, locales()[tag], run)
        for tag in config.languages
    }


def touched(name: FeatureId, feature: Feature, *, own: bool) -> tuple[ContentKind, ...]:
    """
    What it touches; `own`: whether an admin has put words of their own.

    Those say nothing of the sound of screens, unless its kinds say that they do: there
    was none when many of them were written, and what they say is what is captured.
    """
    if feature.kinds:
        return feature.kinds
    kinds = BUILT_IN[name].kinds
    if not own:
        return kinds
    return tuple(kind for kind in kinds if kind is not ContentKind.SCREEN_AUDIO)


def _feature(
    name: FeatureId, feature: Feature, config: Config, runs: Mapping[str, EngineFacts]
) -> OfferedFeature:
    sink = sink_of(name, feature)
    assert sink is not None  # noqa: S101 - checked when the file was loaded
    by = runs.get(name) if sink in ASSISTANT else None
    return OfferedFeature(
        id=name,
        sink=sink,
        kinds=touched(name, feature, own=bool(feature.notices)),
        keep_for=feature.keep_for,
        shared_with=feature.shared_with,
        third_party=by.third_party if by else feature.third_party,
        rules=by is not None and by.rules,
        unavailable=by.unavailable if by else None,
        notices=worded(name, feature, config, runs),
    )


def _notice(
    name: FeatureId,
    feature: Feature,
    kinds: Collection[ContentKind],
    controller: Controller,
    locale: Locale,
    run: EngineFacts | None,
) -> Notice:
    tag = locale.language
    processor = run.processor[tag] if run else feature.processor.get(tag, "")
    by = operator(controller.name, controller.place, locale)
    kept_here = sink_of(name, feature) in KEEPERS
    gets = recipients(feature.shared_with if kept_here else None, locale, by)
    own = feature.notices.get(tag)
    if own is not None:
        said = own.model_dump()
        said["processor"] = own.processor.replace(PROCESSOR, processor)
        said["recipients"] = own.recipients.replace(RECIPIENTS, gets)
        return Notice(feature=name, language=tag, **said)
    built_in = locale.by_rules.get(name) if run is not None and run.rules else None
    facts = {
        **by,
        "recipients": gets,
        "kept": kept(feature.keep_for // timedelta(hours=1), locale),
        "processor": processor,
        "screen_audio": (
            locale.captured.screen_audio if ContentKind.SCREEN_AUDIO in kinds else ""
        ),
    }
    return fill(built_in or locale.notices[name], facts)
