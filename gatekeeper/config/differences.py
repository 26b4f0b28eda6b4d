"""Which keys say another thing in one configuration than in another."""

from collections.abc import Iterator, Mapping

from gatekeeper.config.model import Config
from gatekeeper.config.section import Section


def differences(one: Config, other: Config) -> list[str]:
    """The keys in which they differ, as a file has them, in its order."""
    before, after = dict(_leaves(one, "")), dict(_leaves(other, ""))
    nothing = object()
    return [
        key
        for key in dict.fromkeys((*before, *after))
        if before.get(key, nothing) != after.get(key, nothing)
    ]


def _leaves(section: Section, within: str) -> Iterator[tuple[str, object]]:
    for name in type(section).model_fields:
        yield from _within(f"{within}{name}", getattr(section, name))


def _within(key: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Section):
        yield from _leaves(value, f"{key}.")
    elif isinstance(value, Mapping) and all(
        isinstance(each, Section) for each in value.values()
    ):
        for name, each in value.items():
            yield from _leaves(each, f"{key}.{name}.")
    else:
        yield key, value
