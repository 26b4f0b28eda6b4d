"""In the room: before anything is asked, at the question, on air, and off again."""

from dataclasses import asdict

from playwright.async_api import Page, ViewportSize, expect

from gatekeeper.consent.features import RECORDING
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import LanguageTag
from tests.browser.conftest import ALL
from tests.browser.guest import Guest, Manner, answer
from tests.browser.live import plays
from tests.meeting.conftest import World
from tests.screenshots.camera import Camera
from tests.screenshots.gallery import scene
from tests.screenshots.stage import Stage

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
CHAT = {
    "en": (
        ("Mara", "The three offers are in the shared folder."),
        ("Ines", "The second one is the only one with a guarantee on the paving."),
        ("Tomas", "Then let us ask them for a date."),
    ),
    "ar": (
        ("Mara", "العروض الثلاثة موجودة في المجلد المشترك."),
        ("Ines", "العرض الثاني وحده يشمل ضمانًا على الرصف (5 سنوات)."),
        ("Tomas", "إذن لنطلب منهم موعدًا."),
    ),
}


async def four(
    stage: Stage, world: World, *features: str, manner: Manner = "quiet"
) -> dict[str, Guest]:
    """People in a room, who see each other; Mara hosts."""
    room, secret = await stage.room(world, *(features or ALL))
    people: dict[str, Guest] = {}
    for who in ("Mara", "Tomas", "Ines", "Noor"):
        people[who] = await stage.guest(who, world, manner=manner)
        await people[who].join(room, secret if who == "Mara" else None)
    await all_see(people)
    return people


async def all_see(people: dict[str, Guest]) -> None:
    for guest in people.values():
        for other in people.values():
            await plays(guest, guest.tile(other))


async def take(camera: Camera, state: str, guest: Guest) -> None:
    """The room, and on a phone without its sheet."""
    page = guest.page
    await camera.take(state, page, narrow=False)
    tab = await page.locator("meeting-room").get_attribute("data-panel")
    await phone(page)
    await camera.take(state, page, narrow=True)
    await page.set_viewport_size(DESK)
    if tab not in (None, "none"):
        await page.locator(f"[data-tool={tab}]").click()


async def phone(page: Page) -> None:
    """The room on a phone, without its sheet."""
    await page.set_viewport_size(PHONE)
    room = page.locator("meeting-room")
    if await room.get_attribute("data-panel") != "none":
        await page.keyboard.press("Escape")
        await expect(room).to_have_attribute("data-panel", "none")


@scene(
    "meeting.html",
    states=(
        "room-quiet",
        "question",
        "room-on",
        "gate",
        "gate-host",
        "people",
        "people-host",
        "two-ends",
        "room-off",
        "receipts",
    ),
)
async def room(stage: Stage, camera: Camera) -> None:
    world = await stage.house(stage.config())
    people = await four(stage, world)
    mara, _, ines, noor = people.values()
    await take(camera, "room-quiet", noor)

    await mara.ask("recording")
    await expect(noor.prompt).to_be_visible()
    await camera.take("question", noor.page)
    for guest in people.values():
        await guest.reply("granted")
    for guest in people.values():
        await guest.sees_sign("recording", "on")
    await words_gone(noor)
    await take(camera, "room-on", noor)
    await camera.take("gate", noor.page)
    await words_gone(mara)
    await camera.take("gate-host", mara.page)
    await noor.page.locator("[data-tool=people]").click()
    await camera.take("people", noor.page)
    await mara.page.locator("[data-tool=people]").click()
    await camera.take("people-host", mara.page)
    await noor.page.locator("[data-tool=gate]").click()

    await ines.plate("recording").locator(answer("declined")).click()
    await expect(ines.page.locator("button[data-end]")).to_have_count(2)
    await noor.sees_sign("recording", "off")
    await take(camera, "room-off", noor)
    await camera.take("two-ends", ines.page)
    await noor.page.locator(".panel-foot button, .gate-foot button").first.click()
    await noor.page.locator("receipt-list summary:visible").first.click()
    await expect(noor.page.locator(".receipt").first).to_be_visible()
    await camera.take("receipts", noor.page)


async def words_gone(guest: Guest) -> None:
    """What is said once has left the page."""
    await expect(guest.page.locator("status-word .word")).to_have_count(
        0, timeout=30_000
    )


@scene(
    "meeting.html",
    states=("chat", "shared", "shared-own", "devices", "leaving", "more", "host-link"),
)
async def meanwhile(stage: Stage, camera: Camera) -> None:
    """What a room is besides."""
    world = await stage.house(stage.config())
    people = await four(stage, world)
    mara, _, _, noor = people.values()
    for who, text in CHAT[stage.language]:
        page = people[who].page
        await page.locator("[data-tool=chat]").click()
        field = page.locator("[data-field=chat]")
        await field.fill(text)
        await page.keyboard.press("Enter")
        await noor.hears("chat-line", text=text)
    await noor.page.locator("[data-tool=chat]").click()
    await camera.take("chat", noor.page)
    await noor.page.locator("[data-tool=gate]").click()

    await mara.page.locator("[data-tool=dock-share]").click()
    shared = noor.page.locator("figure.shared")
    await expect(shared).to_be_visible()
    await plays(noor, shared)
    await take(camera, "shared", noor)
    await take(camera, "shared-own", mara)
    await noor.page.locator("[data-tool=settings]").click()
    await camera.take("devices", noor.page, narrow=False)
    await noor.page.keyboard.press("Escape")
    await phone(noor.page)
    await noor.page.locator("[data-tool=more]").click()
    await camera.take("more", noor.page, narrow=True)
    await noor.page.keyboard.press("Escape")
    await mara.page.locator("[data-tool=leave]").click()
    await camera.take("leaving", mara.page)
    await mara.page.keyboard.press("Escape")
    await mara.page.locator("[data-tool=people]").click()
    renew = mara.page.locator("[data-act=renew-host]")
    await renew.click()
    await expect(mara.page.locator("host-link input")).to_be_visible()
    await camera.take("host-link", mara.page, at="host-link")


@scene("meeting.html", states=("reworded", "left", "removing", "removed", "ended"))
async def over(stage: Stage, camera: Camera) -> None:
    """Other words come into force, somebody leaves, one is removed, all end."""
    world = await stage.house(stage.config())
    people = await four(stage, world)
    mara, tomas, ines, noor = people.values()
    await mara.ask("recording")
    for guest in people.values():
        await guest.reply("granted")
    for guest in people.values():
        await guest.sees_sign("recording", "on")
    await reword(stage, world)
    await expect(noor.prompt).to_be_visible()
    await camera.take("reworded", noor.page)
    for guest in people.values():
        await guest.reply("granted")

    await noor.page.locator("[data-tool=leave]").click()
    await expect(noor.page.locator("meeting-end h1")).to_be_focused()
    await noor.page.locator("meeting-end summary").first.click()
    await camera.take("left", noor.page, whole=True)
    await mara.page.locator("[data-tool=people]").click()
    row = mara.page.locator("people-panel li").filter(has_text=ines.name)
    await row.locator("button").first.click()
    await expect(row.locator("h4")).to_be_focused()
    await camera.take("removing", mara.page)
    await row.locator("[data-act=remove]").click()
    await expect(ines.page.locator("meeting-end h1")).to_be_focused()
    await camera.take("removed", ines.page, whole=True)
    await mara.page.locator("[data-tool=leave]").click()
    await mara.page.locator("#pop-leaving button").nth(1).click()
    await expect(tomas.page.locator("meeting-end h1")).to_be_focused()
    await camera.take("ended", tomas.page, whole=True)


CHANGED = {
    "en": {"retention": "30 days after the meeting, then deleted"},
    "ar": {"retention": "30 يومًا بعد الاجتماع، ثم يُحذف"},
}


async def reword(stage: Stage, world: World) -> None:
    """The recording is kept for longer from now on, and says so."""
    wordings = world.offers.wordings
    tag = LanguageTag(stage.language)
    notice = asdict(wordings.in_force(RECORDING)[tag].notice)
    own = {name: notice[name] for name in TEXTS}
    await wordings.put(RECORDING, {tag: own | CHANGED[stage.language]})
