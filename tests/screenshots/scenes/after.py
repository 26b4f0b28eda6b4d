"""Notes while a meeting goes on, and the page afterwards: a real film, real words."""

from typing import Any

from playwright.async_api import expect

from tests.browser.speaking import Story
from tests.screenshots.camera import Camera
from tests.screenshots.gallery import scene
from tests.screenshots.scenes.room import all_see, take
from tests.screenshots.stage import Stage

SAID = (
    ("Mara", "Good morning. Let us choose between the three offers for the courtyard."),
    ("Tomas", "I think that we should take the second offer."),
    ("Ines", "So we have decided to take the second offer and to begin in March."),
    ("Tomas", "I will send them the letter on Wednesday."),
)
FEATURES = ("recording", "transcript", "summary")
KEPT: dict[str, dict[str, Any]] = {name: {} for name in FEATURES}


@scene(
    "after.html",
    "meeting.html",
    states=(
        "captions",
        "notes",
        "after",
        "after-receipt",
        "after-erase",
        "after-all-mine",
        "after-new-link",
        "after-door",
    ),
)
async def after(stage: Stage, camera: Camera) -> None:
    story = await spoken(stage, camera)
    guest = story.guests["Tomas"]
    page = guest.page
    await expect(page.locator("video")).to_be_visible(timeout=90_000)
    await expect(page.locator("summary-section li").first).to_be_visible()
    await page.locator("video").evaluate(SHOWN)
    await page.evaluate("scrollTo(0, 0)")
    await camera.take("after", page, whole=True)
    await page.locator(".receipt-list summary, receipt-list summary").first.click()
    await camera.take("after-receipt", page, whole=True)
    await page.locator("[data-end=erase]").first.click()
    await expect(page.locator(".part-confirm").first).to_be_visible()
    await camera.take("after-erase", page, at=".parts")
    await page.keyboard.press("Escape")
    await page.locator("[data-end=erase-all]").click()
    await expect(page.locator("#erase-all")).to_be_focused()
    await camera.take("after-all-mine", page, at="all-mine")
    await page.keyboard.press("Escape")
    await page.locator("[data-act=renew-link]").click()
    await expect(page.locator("own-link input")).to_be_visible()
    await camera.take("after-new-link", page, at="own-link")
    stranger = await stage.page()
    await stranger.goto(page.url.partition("#")[0])
    await expect(stranger.get_by_role("heading", level=1)).to_be_visible()
    await camera.take("after-door", stranger)


SHOWN = """
video => new Promise(done => {
  video.addEventListener('seeked', () => done(), {once: true})
  video.currentTime = 3
})
"""
"""A moment in which everybody is there."""


async def spoken(stage: Stage, camera: Camera) -> Story:
    """Three people speak to a speech engine; one stops for a moment; it ends."""
    config = stage.config(features=KEPT)
    world = await stage.house(config)
    room, secret = await stage.room(world, *FEATURES)
    guests = {}
    for who in ("Mara", "Tomas", "Ines"):
        guests[who] = await stage.guest(who, world, manner="speaks")
        await guests[who].join(room, secret if who == "Mara" else None)
    await all_see(guests)
    story = Story(guests, config.data.directory)
    mara, tomas, ines = guests.values()
    await begin(story)
    await tomas.page.locator("[data-tool=captions]").click()
    for who, text in SAID[:3]:
        await story.hear(who, text)
    await take(camera, "captions", tomas)
    await ines.plate("recording").get_by_role("button").click()
    await mara.sees_sign("recording", "off")
    await ines.choose("recording", "granted")
    await story.is_on(*FEATURES)
    await story.hear(*SAID[3])
    await tomas.page.locator("[data-tool=notes]").click()
    await camera.take("notes", tomas.page)
    await mara.page.locator("[data-tool=leave]").click()
    await mara.page.locator("#pop-leaving button").nth(1).click()
    for guest in guests.values():
        await guest.page.locator("meeting-end [data-act=after]").click()
        await expect(guest.page.locator("[id^=t-]").first).to_be_visible(timeout=60_000)
    return story


async def begin(story: Story) -> None:
    """Everybody allows all of it, the host asks, and all of it is on."""
    for guest in story.everybody:
        for feature in FEATURES:
            await guest.choose(feature, "granted")
    for feature in FEATURES:
        await story.guests["Mara"].ask(feature)
    await story.is_on(*FEATURES)
