"""
What there is to be seen: scenes, the states that each of them is seen in, and which
pictures of them the documentation shows.

A scene is a function in `scenes/`, played once in each of its languages.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from tests.browser.measure import Scheme
from tests.screenshots.camera import Camera
from tests.screenshots.stage import Stage

DOCS = Path(__file__).parents[2] / "docs"
Window = Literal["desk", "phone"]
Play: TypeAlias = Callable[[Stage, Camera], Awaitable[None]]

SPOKEN = ("en", "ar")
"""One from left to right, one from right to left."""


@dataclass(frozen=True)
class Scene:
    """What happens, and what is seen of it."""

    name: str
    pages: tuple[str, ...]
    """Files in static/."""
    states: tuple[str, ...]
    languages: tuple[str, ...]
    play: Play


SCENES: dict[str, Scene] = {}


def scene(
    *pages: str, states: tuple[str, ...], languages: tuple[str, ...] = SPOKEN
) -> Callable[[Play], Play]:
    """A function that plays one, and has a picture taken of each of these states."""

    def add(play: Play) -> Play:
        name = getattr(play, "__name__", "")
        SCENES[name] = Scene(name, pages, states, languages, play)
        return play

    return add


@dataclass(frozen=True)
class Shown:
    """A picture that the documentation shows: it is tracked."""

    state: str
    language: str = "en"
    window: Window = "desk"
    scheme: Scheme = "light"
    height: int = 900
    """CSS pixels from the top; what is below is cut off."""

    @property
    def file(self) -> str:
        """Its name in docs/screenshots/."""
        more = [
            *([self.language] if self.language != "en" else []),
            *([self.window] if self.window != "desk" else []),
            *([self.scheme] if self.scheme != "light" else []),
        ]
        return "-".join([self.state, *more]) + ".webp"


SHOWN: tuple[Shown, ...] = (
    # README
    Shown("question"),
    Shown("after", height=1100),
    Shown("notes"),
    # For participants
    Shown("lobby"),
    Shown("waiting", window="phone"),
    Shown("question", window="phone"),
    Shown("question", language="ar"),
    Shown("room-on", scheme="dark"),
    Shown("two-ends"),
    Shown("left", height=760),
    Shown("after-all-mine", window="phone"),
    # For admins
    Shown("console-overview", height=1100),
    Shown("console-switch-off"),
    Shown("console-wording", height=1400),
    Shown("console-audit", height=1200),
    Shown("console-health", scheme="dark", height=1000),
    Shown("console-subject", height=700),
    Shown("place-start"),
)
