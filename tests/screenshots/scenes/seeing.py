"""
The stage: two to twelve people, with none, one and two shared screens, and each way to
see them; and the small window. Of made-up people, since twelve browsers are too many
for one machine.
"""

from dataclasses import replace

from playwright.async_api import Page

from tests.browser.conftest import start_unbundled
from tests.browser.crowd import Crowd, crowd
from tests.screenshots.camera import Camera
from tests.screenshots.gallery import scene
from tests.screenshots.stage import Stage

NUMBERS = (2, 4, 6, 9, 12)
SCREENS: dict[str, list[int]] = {"": [], "-screen": [0], "-screens": [0, 1]}
ALL = ("recording", "transcript", "summary", "compose")
ABOVE = {
    "opened": (360, 320),
    "least": (240, 180),
    "flat": (480, 180),
    "high": (240, 480),
}
"""CSS pixels of the small window: as it opens, and as a hand may draw it."""


async def made_up(stage: Stage) -> Crowd:
    """A room without its panel."""
    running = start_unbundled(stage.config())
    world = await stage.stack.enter_async_context(running)
    page: Page = await stage.page()
    room = await crowd(page, world, stage.language)
    await room.tab(None)
    await room.show(speaker=1, hands=[2], muted=[0])
    return room


@scene(
    "meeting.html",
    states=tuple(f"stage-{n}{screens}" for n in NUMBERS for screens in SCREENS),
)
async def seeing(stage: Stage, camera: Camera) -> None:
    room = await made_up(stage)
    for number in NUMBERS:
        for name, screens in SCREENS.items():
            await room.show(people=number, screens=screens)
            await camera.take(f"stage-{number}{name}", room.page)


@scene(
    "meeting.html",
    states=("stage-speaker", "stage-pinned", "stage-unseen", "stage-all-on"),
)
async def looking(stage: Stage, camera: Camera) -> None:
    """Who speaks large, somebody pinned, oneself hidden, and the sign with all on."""
    room = await made_up(stage)
    await room.prefer("view", "speaker")
    await room.show(people=6)
    await camera.take("stage-speaker", room.page)
    await room.prefer("view", "grid")
    await room.page.locator("[data-participant=p2] pin-button button").focus()
    await room.page.keyboard.press("Enter")
    await camera.take("stage-pinned", room.page)
    await room.page.keyboard.press("Enter")
    await room.prefer("self-view", "off")
    await camera.take("stage-unseen", room.page)
    await room.show(on=ALL, away=[4], unseen=[5])
    await camera.take("stage-all-on", room.page)


@scene(
    "meeting.html",
    states=("small", "small-shared", "small-on", "small-asked", "small-all-on"),
)
async def above(stage: Stage, camera: Camera) -> None:
    """What is in the small window, as a page of its own: no other can be seen here."""
    room = await made_up(stage)
    small = replace(camera, windows=ABOVE)
    await room.small(True)
    await small.take("small", room.page)
    await room.show(screens=[0])
    await small.take("small-shared", room.page)
    await room.show(screens=[], on=["recording"])
    await small.take("small-on", room.page)
    await room.show(on=["transcript"], asked="recording")
    await small.take("small-asked", room.page)
    await room.show(
        on=ALL, asked=None, lines={"1": {"level": "poor", "reason": "loss"}}
    )
    await small.take("small-all-on", room.page)
