"""`[features]`: what rooms may offer, and whether it is whole."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, Field

from gatekeeper.config.fairness import is_judged, unfair
from gatekeeper.config.locales import Language
from gatekeeper.config.section import Flag, Period, Section, Text, Wrong, one_of
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


EXTERNAL, FEED = "external", "feed"
"""Sinks that run elsewhere; the others are called like the feature they run."""
LENT = (EXTERNAL, FEED)
"""Of both the permit is lent to a service; of a feed the media are this server's."""
SinkName = Annotated[str, AfterValidator(one_of(lambda: (*BUILT_IN, *LENT)))]


class Feature(Section):
    """One feature that rooms may offer."""

    enabled: Flag = True
    sink: SinkName | None = None
    """`external` opens the gate for something else, and `feed` passes on to it what is
    captured here; others are for the feature of that name, save `recording`, which any
    feature may have."""
    kinds: tuple[ContentKind, ...] = ()
    """What it touches. Built-in features know."""
    keep_for: Period = timedelta(days=7)
    """How long after the meeting; then it is deleted."""
    shared_with: SharedWith = SharedWith.PRESENT
    """Who gets afterwards what is kept here: of each moment who was present in it, or
    everybody who was there for any part of it. Each is another notice."""
    processor: dict[Language, Text] = Field(default_factory=dict)
    """Who processes it, with which model and where; for built-in wording."""
    third_party: Flag = False
    """Whether a feature that runs elsewhere gives content to somebody else."""
    provider: Text | None = None
    """Who that is, as each notice names them."""
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


def mistakes_of(
    name: str, feature: Feature, languages: Sequence[LanguageTag]
) -> Iterator[Wrong]:
    """What is wrong with it, each with its key and the fix."""
    missing = [tag for tag in languages if tag not in feature.notices]
    if name not in BUILT_IN:
        yield from _mistakes_of_own(name, feature, missing)
    yield from _mistakes_of_provider(name, feature)
    yield from _mistakes_of_wording(name, feature)
    sink = sink_of(name, feature)
    if sink is None:
        yield _wrong(
            name,
            "sink",
            f" is not set, and nothing in this version runs {name} by itself. Set it "
            'to "external" if another program does, or remove the feature.',
        )
        return
    if sink in ASSISTANT and sink != name:
        yield _wrong(
            name,
            "sink",
            f': "{sink}" runs features.{sink} only. Set it to "external" if another '
            f"program runs {name}.",
        )
        return
    unprocessed = [tag for tag in missing if tag not in feature.processor]
    if sink == FEED:
        yield from _mistakes_of_feed(name, feature, missing)
    elif name in ASSISTANT and sink == EXTERNAL and unprocessed:
        yield _wrong(
            name,
            "processor",
            f" does not say who processes it in {_list(unprocessed)}. Add it, or a "
            "whole notice.",
        )
    if sink in ASSISTANT:
        yield from _untruths(name, feature)
    yield from _mistakes_of_sharing(name, feature, sink)


def _wrong(name: str, key: str, said: str) -> Wrong:
    ways = tuple(key.split("."))
    return Wrong(f"features.{name}.{key}{said}", ("features", name, *ways))


def _mistakes_of_sharing(
    name: str, feature: Feature, sink: SinkName
) -> Iterator[Wrong]:
    """What a notice says of who gets it is what this program does."""
    if "shared_with" in feature.model_fields_set and sink not in KEEPERS:
        yield _wrong(
            name, "shared_with", ": nothing of it is kept here. Remove the key."
        )
    for tag, notice in feature.notices.items():
        key = f"notices.{tag}.recipients"
        silent = RECIPIENTS not in notice.recipients
        if feature.shared_with is SharedWith.MEETING and silent:
            yield _wrong(
                name,
                key,
                f" must hold {RECIPIENTS}, which says that everybody gets all of it.",
            )
        if not silent and sink not in KEEPERS:
            yield _wrong(
                name,
                key,
                f": nothing of it is kept here, so {RECIPIENTS} cannot be filled in. "
                "Say who gets it.",
            )


def _mistakes_of_own(
    name: str, feature: Feature, missing: list[LanguageTag]
) -> Iterator[Wrong]:
    if missing:
        near = get_close_matches(name, BUILT_IN, 1, 0.75)
        meant = f' Or did you mean "{near[0]}"?' if near else ""
        yield Wrong(
            f"features.{name} has no notice in {_list(missing)}. "
            f"Add [features.{name}.notices.{missing[0]}], or say in meeting.languages "
            f"which languages meetings are offered in.{meant}",
            *(("features", name, "notices", tag) for tag in missing),
        )
    if not feature.kinds:
        yield _wrong(
            name,
            "kinds",
            f" is empty. Say what it touches: {_list(list(ContentKind))}.",
        )


def _mistakes_of_feed(
    name: str, feature: Feature, missing: list[LanguageTag]
) -> Iterator[Wrong]:
    """It gives media, and what becomes of them is in no wording of ours."""
    own = BUILT_IN.get(FeatureId(name))
    kinds = feature.kinds or (own.kinds if own else ())
    if ContentKind.CHAT in kinds:
        yield _wrong(
            name,
            "kinds",
            ": chat is not fed to anybody. Say what else it touches: audio, video, "
            "screen, screen-audio.",
        )
    if name in BUILT_IN and missing:
        yield _wrong(
            name,
            f"notices.{missing[0]}",
            f" is not there: the built-in notice says that this server runs {name}, "
            "and with that sink a service does. Add a whole notice in "
            f"{_list(missing)}.",
        )


def _mistakes_of_provider(name: str, feature: Feature) -> Iterator[Wrong]:
    """Who gives content to somebody else says to whom, in each notice too."""
    provider = feature.provider
    both = (("features", name, "third_party"), ("features", name, "provider"))
    if feature.third_party and provider is None:
        yield Wrong(
            f"features.{name}.third_party is true: name who gets it in "
            f"features.{name}.provider.",
            *both,
        )
    if provider is None:
        return
    if not feature.third_party:
        yield Wrong(
            f"features.{name}.provider names somebody, and features.{name}.third_party "
            "is not true. Set it to true, or remove provider.",
            *reversed(both),
        )
    said = {f"processor.{tag}": text for tag, text in feature.processor.items()}
    for tag, notice in feature.notices.items():
        said[f"notices.{tag}.processor"] = notice.processor
    for key, text in said.items():
        if provider not in text:
            yield _wrong(
                name,
                key,
                f" does not name {provider!r}, features.{name}.provider. Write it in.",
            )


def unjudged_in(feature: Feature) -> list[LanguageTag]:
    """The languages of an admin's own words in which nobody looks at them."""
    return sorted(
        tag for tag in {*feature.notices, *feature.processor} if not is_judged(tag)
    )


def _mistakes_of_wording(name: str, feature: Feature) -> Iterator[Wrong]:
    """An admin's own words are as fair as the built-in ones (fair-consent W2 to W4)."""
    own = [
        (tag, f"notices.{tag}.{field}", text)
        for tag, notice in feature.notices.items()
        for field, text in notice.model_dump().items()
    ]
    own += [(tag, f"processor.{tag}", text) for tag, text in feature.processor.items()]
    names = () if feature.provider is None else (feature.provider,)
    for tag, key, text in own:
        for found in unfair(tag, text, *names):
            yield _wrong(name, key, f": {found}")


def _untruths(name: str, feature: Feature) -> Iterator[Wrong]:
    """A notice says what is touched and which engine runs in fact, and no other."""
    touched = BUILT_IN[FeatureId(name)].kinds
    if feature.kinds and feature.kinds != touched:
        yield _wrong(
            name,
            "kinds",
            f": it touches {_list(list(touched))} and nothing else. Remove the key.",
        )
    if feature.processor:
        yield _wrong(
            name,
            "processor",
            ": the notice is filled in from [speech] and [ai]. Remove it.",
        )
    for tag, notice in feature.notices.items():
        if PROCESSOR not in notice.processor:
            yield _wrong(
                name,
                f"notices.{tag}.processor",
                f" must hold {PROCESSOR}, which is filled in from [speech] and [ai].",
            )


def _list(items: list[str] | list[LanguageTag] | list[ContentKind]) -> str:
    return ", ".join(str(item) for item in items)
