"""Before a meeting: the start page, pages to read, the lobby."""

from playwright.async_api import Page, expect

from tests.browser.conftest import ALL
from tests.browser.guest import answer
from tests.screenshots.camera import Camera
from tests.screenshots.gallery import scene
from tests.screenshots.stage import PLACE, Stage
from tests.sign_in.conftest import secret
from tests.vectors import papers
from tests.vectors.parties import ANN, GATE, LOG, OTHER_GATE

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
<path fill="#7a1f5c" d="M24 4c12 6 18 14 18 22a18 18 0 0 1-36 0C6 18 12 10 24 4z"/>
<path fill="#fff" d="M24 14c6 4 9 8 9 13a9 9 0 0 1-18 0c0-5 3-9 9-13z"/></svg>"""


async def opened(page: Page, url: str) -> None:
    await page.goto(url)
    await expect(page.get_by_role("heading", level=1).first).to_be_visible()
    await page.evaluate("document.fonts.ready.then(() => true)")


@scene("index.html", states=("start", "created"))
async def start(stage: Stage, camera: Camera) -> None:
    world = await stage.house(stage.config())
    page = await stage.page()
    await opened(page, world.url)
    await camera.take("start", page, whole=True)
    await page.locator("[name=title]").fill(stage.title)
    await page.locator("open-room [data-rank=first]").click()
    await expect(page.locator("room-created h2")).to_be_focused()
    await camera.take("created", page, whole=True)


@scene("index.html", states=("sign-in", "sign-in-refused"))
async def sign_in(stage: Stage, camera: Camera) -> None:
    file = secret(stage.folder / "token", "office-0123456789abcdef")
    rooms = {"open_to": "token", "tokens": [{"name": "office", "file": file}]}
    world = await stage.house(stage.config(rooms=rooms))
    page = await stage.page()
    await opened(page, world.url)
    await camera.take("sign-in", page, whole=True)
    await page.locator("[name=token]").fill("another one")
    await page.locator("sign-in form [data-rank=first]").click()
    await expect(page.locator("#sign-in-fault")).to_be_visible()
    await camera.take("sign-in-refused", page, whole=True)


@scene(
    "promise.html",
    "allow.html",
    "check.html",
    "asked.html",
    states=("promise", "allow", "check", "asked"),
)
async def reading(stage: Stage, camera: Camera) -> None:
    world = await stage.house(stage.config())
    for name in ("promise", "allow"):
        page = await stage.page()
        await opened(page, f"{world.url}/{name}")
        await camera.take(name, page, whole=True)
    room, _ = await stage.room(world, "recording", "transcript")
    page = await stage.page()
    await opened(page, f"{world.url}/.well-known/meeting-consent/{room}")
    await camera.take("asked", page, whole=True)
    noor = await stage.guest("Noor", world)
    await opened(noor.page, f"{world.url}/check")
    for item in ("browser", "server", "loop", "camera"):
        row = noor.page.locator(f"[data-item={item}]")
        await expect(row).to_have_attribute("data-state", "ok")
    await camera.take("check", noor.page, whole=True)


@scene("verify.html", states=("verify", "verify-found"))
async def verify(stage: Stage, camera: Camera) -> None:
    """A receipt with its proof, and one that somebody has changed."""
    world = await stage.house(stage.config())
    page = await stage.page()
    await opened(page, f"{world.url}/verify")
    await camera.take("verify", page, whole=True)
    entry = papers.entry(ANN, "granted")
    said = papers.receipt(ANN)
    changed = papers.issued(said, OTHER_GATE, kid=GATE.kid)
    given = {
        "receipt.jws": papers.issued(said),
        "meeting.tlog-proof": papers.proof_text(papers.proof(entry)),
        "log-keys.txt": LOG.vkey,
        "changed.jws": changed,
        "audit.json": GATE.issues(papers.audit(), papers.AUDIT),
    }
    for name, text in given.items():
        (stage.folder / name).write_text(text, "utf-8")
    await page.locator("#given").set_input_files([stage.folder / n for n in given])
    await expect(page.locator(".verdict")).to_have_count(len(given))
    await camera.take("verify-found", page, whole=True)


@scene(
    "index.html", "meeting.html", states=("place-start", "place-lobby", "place-missing")
)
async def place(stage: Stage, camera: Camera) -> None:
    """A place's name, logo, colours and foot."""
    logo = stage.folder / "logo.svg"
    logo.write_bytes(LOGO)
    given = {
        "name": PLACE[stage.language][0],
        "logo": logo,
        "accent": "#7a1f5c",
        "accent_dark": "#f0a5d4",
        "imprint": "/imprint",
        "privacy": "https://example.org/privacy",
    }
    world = await stage.house(stage.config(place=given))
    page = await stage.page()
    await opened(page, world.url)
    await camera.take("place-start", page, whole=True)
    room, _ = await stage.room(world, *ALL)
    noor = await stage.guest("Noor", world)
    await noor.open(room)
    await noor.page.get_by_role("textbox").fill(noor.name)
    await camera.take("place-lobby", noor.page)
    await opened(page, f"{world.url}/m/{'unknown-room-0000'}")
    await camera.take("place-missing", page)


@scene("meeting.html", states=("lobby", "lobby-answered", "lobby-no-camera"))
async def lobby(stage: Stage, camera: Camera) -> None:
    world = await stage.house(stage.config())
    room, _ = await stage.room(world, *ALL)
    noor = await stage.guest("Noor", world)
    await noor.open(room)
    await expect(noor.page.locator(".preview video")).to_have_js_property(
        "paused", value=False
    )
    await camera.take("lobby", noor.page)
    await noor.page.get_by_role("textbox").fill(noor.name)
    await noor.card("recording").locator(answer("granted")).click()
    await noor.card("summary").locator(answer("declined")).click()
    await noor.card("transcript").locator(answer("granted")).click()
    await camera.take("lobby-answered", noor.page)
    ines = await stage.guest("Ines", world, camera="NotFoundError")
    await ines.open(room)
    await expect(ines.page.locator(".preview")).to_be_visible()
    await camera.take("lobby-no-camera", ines.page)
