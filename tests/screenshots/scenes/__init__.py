"""The scenes, an area a file. Each adds itself to the gallery."""

from tests.screenshots.scenes import (
    after,
    console,
    door,
    elsewhere,
    room,
    seeing,
    start,
)

__all__ = ["after", "console", "door", "elsewhere", "room", "seeing", "start"]
