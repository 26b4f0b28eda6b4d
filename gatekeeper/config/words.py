"""
What a file, or an admin at the console, says of a feature, made notices.

Rule: an admin's wording is held to what the file's is: the same texts, the same fields
in braces, the same mistakes with key and fix.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from gatekeeper.config.features import Feature, NoticeText, check_feature
from gatekeeper.config.locales import Language
from gatekeeper.config.model import Config
from gatekeeper.config.offered import EngineFacts, worded
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId, LanguageTag
from gatekeeper.errors import ConfigInvalid

Texts = Mapping[str, str]
"""`notice.TEXTS` by name, as they are written: with fields in braces."""

LONGEST = 2000
"""Characters of one text that an admin puts."""

_GIVEN: TypeAdapter[dict[LanguageTag, NoticeText]] = TypeAdapter(
    dict[Language, NoticeText]
)


@dataclass(frozen=True, slots=True)
class Words:
    """How notices are made of one configuration, and of what runs by it."""

    config: Config
    runs: Mapping[str, EngineFacts]

    def of_file(self, name: FeatureId) -> dict[LanguageTag, Notice]:
        """As the file has them."""
        return worded(name, self.config.features[name], self.config, self.runs)

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
        if wrong := mistakes(name, changed):
            raise ConfigInvalid("\n".join(wrong))
        return worded(name, changed, self.config, self.runs)


def _read(
    name: FeatureId, given: Mapping[LanguageTag, Texts]
) -> dict[LanguageTag, NoticeText]:
    key = f"features.{name}.notices"
    try:
        read = _GIVEN.validate_python({tag: dict(given[tag]) for tag in given})
    except ValidationError as exc:
        raise ConfigInvalid("\n".join(_mistakes(key, exc))) from exc
    long = [
        f"{key}.{tag}.{field}: at most {LONGEST} characters, so that it is read."
        for tag, texts in read.items()
        for field, text in texts.model_dump().items()
        if len(text) > LONGEST
    ]
    if long:
        raise ConfigInvalid("\n".join(long))
    return read


def _mistakes(key: str, exc: ValidationError) -> list[str]:
    said = []
    for error in exc.errors(include_url=False):
        where = ".".join([key, *(str(part) for part in error["loc"])])
        what = error["msg"]
        if error["type"] == "extra_forbidden":
            what = "there is no such key. Remove it, or check its spelling."
        said.append(f"{where.removesuffix('.[key]')}: {what}")
    return said


def mistakes(name: FeatureId, feature: Feature) -> list[str]:
    """What is wrong with a feature as a whole, each with key and fix."""
    try:
        check_feature(name, feature)
    except ValueError as exc:
        return [str(exc)]
    return []
