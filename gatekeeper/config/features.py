"""`[features]`: what rooms may offer, and whether it is whole."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from gatekeeper.config.locales import Language
from gatekeeper.config.section import Period, Section, Text, one_of
from gatekeeper.consent.features import ASSISTANT, BUILT_IN, KEEPERS
from gatekeeper.consent.types import ContentKind, FeatureId, LanguageTag, SharedWith


class NoticeText(Section):
    """An admin's own wording of one feature in one language: `notice.TEXTS`."""

    name: Text
    object: Text
    meaning: Text
    captured: Text
    purpose: Text
    processor: Text
    recipients: Text
    retention: Text
    withdrawal: Text


EXTERNAL = "external"
"""The sink that runs elsewhere; the others are called like the feature they run."""
SinkName = Annotated[str, AfterValidator(one_of(lambda: (*BUILT_IN, EXTERNAL)))]


class Feature(Section):
    """One feature that rooms may offer."""

    enabled: bool = True
    sink: SinkName | None = None
    """`external` opens the gate for something else; others are for the feature of
    that name, save `recording`, which any feature may have."""
    kinds: tuple[ContentKind, ...] = ()
    """What it touches. Built-in features know."""
    keep_for: Period = timedelta(days=7)
    """How long after the meeting; then it is deleted."""
    shared_with: SharedWith = SharedWith.PRESENT
    """Who gets afterwards what is kept here: of each moment who was present in it, or
    everybody who was there for any part of it. Each is another notice."""
    processor: dict[Language, Text] = Field(default_factory=dict)
    """Who processes it, with which model and where; for built-in wording."""
    third_party: bool = False
    """Whether an external feature gives content to somebody else."""
    notices: dict[Language, NoticeText] = Field(default_factory=dict)
    """The wording, by language; takes the place of built-in wording."""


RECIPIENTS = "{recipients}"
"""Where an admin's own notice says who gets it, as `shared_with` has it."""


PROCESSOR = "{processor}"
"""Where an admin's own notice of such a feature says what runs it."""


def sink_of(name: str, feature: Feature) -> SinkName | None:
    """What consumes it here; None if nothing does, which is a mistake."""
    if feature.sink is not None:
        return feature.sink
    return name if name in BUILT_IN else None


def check_feature(
    name: str, feature: Feature, languages: Sequence[LanguageTag]
) -> None:
    """Raise `ValueError` that names the key and the fix."""
    missing = [tag for tag in languages if tag not in feature.notices]
    if name not in BUILT_IN:
        _check_own(name, feature, missing)
    sink = sink_of(name, feature)
    if sink is None:
        raise ValueError(
            f"features.{name}.sink is not set, and nothing in this version runs "
            f'{name} by itself. Set it to "external" if another program does, '
            f"or remove the feature."
        )
    if sink in ASSISTANT and sink != name:
        raise ValueError(
            f'features.{name}.sink: "{sink}" runs features.{sink} only. '
            f'Set it to "external" if another program runs {name}.'
        )
    unprocessed = [tag for tag in missing if tag not in feature.processor]
    if name in ASSISTANT and sink == EXTERNAL and unprocessed:
        raise ValueError(
            f"features.{name}.processor does not say who processes it in "
            f"{_list(unprocessed)}. Add it, or a whole notice."
        )
    if sink in ASSISTANT:
        _check_truthful(name, feature)
    _check_shared(name, feature, sink)


def _check_shared(name: str, feature: Feature, sink: SinkName) -> None:
    """What a notice says of who gets it is what this program does."""
    if "shared_with" in feature.model_fields_set and sink not in KEEPERS:
        raise ValueError(
            f"features.{name}.shared_with: nothing of it is kept here. Remove the key."
        )
    for tag, notice in feature.notices.items():
        silent = RECIPIENTS not in notice.recipients
        if feature.shared_with is SharedWith.MEETING and silent:
            raise ValueError(
                f"features.{name}.notices.{tag}.recipients must hold {RECIPIENTS}, "
                f"which says that everybody gets all of it."
            )
        if not silent and sink not in KEEPERS:
            raise ValueError(
                f"features.{name}.notices.{tag}.recipients: nothing of it is kept "
                f"here, so {RECIPIENTS} cannot be filled in. Say who gets it."
            )


def _check_own(name: str, feature: Feature, missing: list[LanguageTag]) -> None:
    if missing:
        raise ValueError(
            f"features.{name} has no notice in {_list(missing)}. "
            f"Add [features.{name}.notices.{missing[0]}], or say in meeting.languages "
            f"which languages meetings are offered in."
        )
    if not feature.kinds:
        raise ValueError(
            f"features.{name}.kinds is empty. Say what it touches: "
            f"{_list(list(ContentKind))}."
        )


def _check_truthful(name: str, feature: Feature) -> None:
    """A notice says what is touched and which engine runs in fact, and no other."""
    touched = BUILT_IN[FeatureId(name)].kinds
    if feature.kinds and feature.kinds != touched:
        raise ValueError(
            f"features.{name}.kinds: it touches {_list(list(touched))} "
            f"and nothing else. Remove the key."
        )
    if feature.processor:
        raise ValueError(
            f"features.{name}.processor: the notice is filled in from [speech] and "
            f"[ai]. Remove it."
        )
    for tag, notice in feature.notices.items():
        if PROCESSOR not in notice.processor:
            raise ValueError(
                f"features.{name}.notices.{tag}.processor must hold {PROCESSOR}, "
                f"which is filled in from [speech] and [ai]."
            )


def _list(items: list[str] | list[LanguageTag] | list[ContentKind]) -> str:
    return ", ".join(str(item) for item in items)
