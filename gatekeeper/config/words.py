"""
What a file, or an admin at the console, says of a feature, made notices.

Rule: an admin's wording is held to what the file's is: the same texts, the same fields
in braces, the same mistakes with key and fix.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from gatekeeper.config.features import Feature, NoticeText, mistakes_of
from gatekeeper.config.locales import Language
from gatekeeper.config.mistakes import mistakes
from gatekeeper.config.model import Config
from gatekeeper.config.offered import EngineFacts, touched, worded
from gatekeeper.config.section import Section
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import ContentKind, FeatureId, LanguageTag
from gatekeeper.errors import ConfigInvalid

Texts = Mapping[str, str]
"""`notice.TEXTS` by name, as they are written: with fields in braces."""

LONGEST = 2000
"""Characters of one text that an admin puts."""


class _Given(Section):
    """What is put, shaped as a feature has it in the file."""

    notices: dict[Language, NoticeText]


@dataclass(frozen=True, slots=True)
class Words:
    """How notices are made of one configuration, and of what runs by it."""

    config: Config
    runs: Mapping[str, EngineFacts]

    def of(
        self, name: FeatureId, given: Mapping[LanguageTag, Texts]
    ) -> dict[LanguageTag, Notice]:
        """
        As the file has them, but for the languages that are `given`.

        Raises `ConfigInvalid` with one line per mistake.
        """
        feature = self.config.features[name]
        notices = feature.notices | _read(name, given)
        changed = feature.model_copy(update={"notices": notices})
        if wrong := wrongs(name, changed, self.config.languages):
            raise ConfigInvalid("\n".join(wrong))
        return worded(name, changed, self.config, self.runs)

    def kinds(
        self, name: FeatureId, own: Collection[LanguageTag]
    ) -> tuple[ContentKind, ...]:
        """What it touches, with an admin's wording in the languages `own`."""
        feature = self.config.features[name]
        return touched(name, feature, own=bool(feature.notices or own))


def _read(
    name: FeatureId, given: Mapping[LanguageTag, Texts]
) -> dict[LanguageTag, NoticeText]:
    key = f"features.{name}"
    try:
        read = _Given.model_validate(
            {"notices": {tag: {**given[tag]} for tag in given}}
        )
    except ValidationError as exc:
        said = (
            f"{'.'.join(map(str, (key, *each.way)))}: {each.said}"
            for each in mistakes(exc, _Given)
        )
        raise ConfigInvalid("\n".join(said)) from exc
    long = [
        f"{key}.notices.{tag}.{field}: at most {LONGEST} characters; shorten it."
        for tag, texts in read.notices.items()
        for field, text in texts.model_dump().items()
        if len(text) > LONGEST
    ]
    if long:
        raise ConfigInvalid("\n".join(long))
    return read.notices


def wrongs(
    name: FeatureId, feature: Feature, languages: Sequence[LanguageTag]
) -> list[str]:
    """What is wrong with a feature as a whole, each with key and fix."""
    return [str(wrong) for wrong in mistakes_of(name, feature, languages)]
