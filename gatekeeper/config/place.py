"""
`[place]`: whose place this is: name, logo, colour, and where its own pages are.

Rule 1: it is seen around the meeting's choices and never in them: no answer is painted
by it (fair-consent C3).
Rule 2: what is shown as a picture is one, by its content, and small.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints, model_validator

from gatekeeper.config.colour import DARK, LIGHT, READABLE, contrast, mend
from gatekeeper.config.section import FilePath, Section, Wrong, Wrongs
from gatekeeper.errors import ConfigInvalid

LARGEST = 200_000
"""Bytes of a logo: it is on the way into every room."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_XML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    rb"(?:<!DOCTYPE svg[^>\[]*>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]",
    re.DOTALL,
)


def _colour(given: str) -> str:
    if given and not _COLOUR.fullmatch(given):
        raise ValueError('say a colour with six digits, such as "#0b5462".')
    return given.lower()


def _link(given: str) -> str:
    """A page of this host or another's; never anything that runs."""
    # A browser reads "\" as "/", and "//host" as another host (WHATWG URL, 4.4).
    own = re.fullmatch(r"/(?:[^/\\\s\x00-\x1f][^\\\s\x00-\x1f]*)?", given)
    if given and not own and not _is_https(given):
        raise ValueError(
            'say an address with https, such as "https://example.org/privacy", or a '
            'path on this host, such as "/privacy".'
        )
    return given


def _is_https(given: str) -> bool:
    try:
        parts = urlsplit(given)
        _ = parts.port  # looks at it: ValueError
    except ValueError:
        return False
    plain = re.fullmatch(r"https://[^\\\s\x00-\x1f]+", given) is not None
    return plain and bool(parts.hostname) and "@" not in parts.netloc


Colour = Annotated[str, AfterValidator(_colour)]
Link = Annotated[str, StringConstraints(max_length=500), AfterValidator(_link)]


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture of which is known that it is one."""

    content: bytes
    kind: str
    """Its media type."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """What `path` holds. Blocks. Raises `ConfigInvalid`."""
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except (OSError, ValueError) as exc:
            cause = getattr(exc, "strerror", None) or "it is no path"
            raise ConfigInvalid(
                f"place.logo: {path} cannot be read ({cause}). Check the path."
            ) from exc
        if len(content) > LARGEST:
            raise ConfigInvalid(
                f"place.logo: {path} is larger than {LARGEST // 1000} kB. Make it "
                "smaller: it is on the way into every room."
            )
        kind = kind_of(content)
        if kind is None:
            raise ConfigInvalid(
                f"place.logo: {path} is no PNG, WebP or SVG picture, by its content. "
                "Save it as one of them."
            )
        return cls(content, kind)


def kind_of(content: bytes) -> str | None:
    """The media type, by how it begins; None if it is none that is shown."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if _XML.match(content.removeprefix(b"\xef\xbb\xbf")):
        return "image/svg+xml"
    return None


class Place(Section):
    """Whose place it is, as pages show it."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    """Beside the mark; empty: `controller.name`."""
    logo: FilePath | None = None
    """In place of the mark: PNG, WebP or SVG."""
    accent: Colour = ""
    """Of links, of the first button, and of what is chosen; in light windows."""
    accent_dark: Colour = ""
    """The same in dark windows."""
    imprint: Link = ""
    privacy: Link = ""

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if found := [*self._mistakes()]:
            raise Wrongs(found)
        return self

    def _mistakes(self) -> Iterator[Wrong]:
        if bool(self.accent) != bool(self.accent_dark):
            yield Wrong(
                "place.accent and place.accent_dark go together: what can be read in "
                "a light window cannot in a dark one. Set both.",
                ("accent",),
                ("accent_dark",),
            )
        for key, colour, grounds in (
            ("accent", self.accent, LIGHT),
            ("accent_dark", self.accent_dark, DARK),
        ):
            if colour and (why := _unreadable(colour, grounds)) is not None:
                yield Wrong(f"place.{key} {why}", (key,))


def _unreadable(colour: str, grounds: Mapping[str, str]) -> str | None:
    """Why it cannot be read on what pages are painted with; None if it can."""
    worst = min(grounds, key=lambda name: contrast(colour, grounds[name]))
    least = contrast(colour, grounds[worst])
    if least >= READABLE:
        return None
    return (
        f"{colour} cannot be read on the pages' {worst} ({grounds[worst]}): its "
        f"contrast is {least:.1f} to 1, and has to be {READABLE} to 1. The nearest "
        f"that can be is {mend(colour, grounds.values())}."
    )
