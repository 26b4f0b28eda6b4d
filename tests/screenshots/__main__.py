"""
`python -m tests.screenshots [--only SCENE,…] [--windows all]`: take every picture.

They go to `build/screenshots/`, a folder a language, with a sheet of each scene; those
that the documentation shows go to `docs/screenshots/`, too. The exit code is 1 if
something in them has no room.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import structlog
from playwright.async_api import Browser

from tests.browser import pressing
from tests.browser.chromium import chromium
from tests.screenshots import scenes  # noqa: F401 - each adds itself
from tests.screenshots.camera import MORE, WINDOWS, Camera, sheet, shrunk
from tests.screenshots.gallery import DOCS, SCENES, SHOWN, Scene
from tests.screenshots.stage import Stage

BUILD = Path(__file__).parents[2] / "build" / "screenshots"


def main() -> int:
    """Take those that were asked for; 2 if a name is unknown."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("--only", default="", metavar="SCENE,SCENE")
    parser.add_argument("--languages", default="", metavar="TAG,TAG")
    parser.add_argument("--windows", choices=("usual", "all"), default="usual")
    options = parser.parse_args()
    names = [name for name in options.only.split(",") if name] or [*SCENES]
    if unknown := [name for name in names if name not in SCENES]:
        say(f"There is no {', '.join(unknown)}. There are: {', '.join(SCENES)}.")
        return 2
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL)
    )
    pressing.install()
    windows = WINDOWS | (MORE if options.windows == "all" else {})
    tags = options.languages.split(",") if options.languages else None
    faults = asyncio.run(take([SCENES[name] for name in names], windows, tags))
    show()
    for picture, spilled in faults.items():
        say("\n  ".join([picture, *spilled]))
    return 1 if faults else 0


async def take(
    wanted: list[Scene], windows: dict[str, tuple[int, int]], tags: list[str] | None
) -> dict[str, list[str]]:
    """One scene after the other, in each of its languages. What has no room in them."""
    faults: dict[str, list[str]] = {}
    async with chromium() as browser:
        for scene in wanted:
            for language in scene.languages:
                if tags is not None and language not in tags:
                    continue
                began = time.monotonic()
                faults |= await play(browser, scene, language, windows)
                took = time.monotonic() - began
                say(f"{scene.name} ({language}): {took:.0f} s")
    return faults


async def play(
    browser: Browser, scene: Scene, language: str, windows: dict[str, tuple[int, int]]
) -> dict[str, list[str]]:
    """One scene in one language. Nothing that it declares may be missing."""
    folder = BUILD / language
    folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(folder, windows, {*scene.states})
    with tempfile.TemporaryDirectory() as kept:
        async with AsyncExitStack() as stack:
            stage = Stage(browser, language, Path(kept), stack)
            await scene.play(stage, camera)
        mistakes = {each.name: each.mistakes for each in stage.guests if each.mistakes}
    assert not mistakes, mistakes
    assert not camera.due, f"{scene.name} took no picture of {camera.due}"
    sheets = BUILD / "sheets"
    sheets.mkdir(exist_ok=True)
    for window in windows:
        names = [f"{state}-{window}-*.png" for state in scene.states]
        found = [file for name in names for file in sorted(folder.glob(name))]
        sheet(found, sheets / f"{scene.name}-{language}-{window}.png")
    return camera.faults


def show() -> None:
    """Those of the documentation."""
    to = DOCS / "screenshots"
    to.mkdir(exist_ok=True)
    for gone in {file.name for file in to.iterdir()} - {each.file for each in SHOWN}:
        (to / gone).unlink()
    for shown in SHOWN:
        name = f"{shown.state}-{shown.window}-{shown.scheme}.png"
        picture = BUILD / shown.language / name
        if picture.exists():
            (to / shown.file).write_bytes(shrunk(picture, shown.height))


def say(text: str) -> None:
    """Print at once, so that progress is seen while it is made."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
