"""What browsers are told that cannot run the page."""

from functools import partial

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Route, expect

from tests.browser.embedding import Embedding
from tests.browser.sizes import some_sizes, swept
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

LACKS = {
    "popover": "delete HTMLElement.prototype.showPopover",
    "colours": "CSS.supports = () => false",
    "css": "delete globalThis.CSS",
    "modules": "delete HTMLScriptElement.prototype.noModule",
}
TITLES = {
    "en-GB": "This browser is too old for this page",
    "de-DE": "Dieser Browser ist zu alt für diese Seite",
    "es-ES": "Este navegador es demasiado antiguo para esta página",
    "ar-EG": "هذا المتصفح أقدم من أن يعرض هذه الصفحة",
}


def listened(page: Page) -> list[str]:
    """What the page does wrong, from now on."""
    found: list[str] = []

    def console(said: ConsoleMessage) -> None:
        if said.type == "error":
            found.append(said.text)

    page.on("console", console)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


async def test_a_browser_that_lacks_something_runs_nothing_and_says_which_do(
    browser: Browser, world: World
) -> None:
    room, _ = await world.room("recording")
    for (lack, script), (locale, title) in zip(
        LACKS.items(), TITLES.items(), strict=True
    ):
        context = await browser.new_context(locale=locale)
        await context.add_init_script(script)
        page = await context.new_page()
        faults = listened(page)
        # The page ends before it has loaded, and leads to another one.
        await page.goto(f"{world.url}/m/{room}", wait_until="commit")
        await page.wait_for_url("**/old/old.html")
        await expect(page.get_by_role("heading", level=1)).to_have_text(title)
        for name in ("Chrome 123", "Edge 123", "Firefox 125", "Safari 17.5"):
            await expect(
                page.get_by_role("listitem").filter(has_text=name)
            ).to_be_visible()
        assert await page.locator("meeting-lobby").count() == 0, lack
        assert faults == [], lack
        if locale in ("de-DE", "ar-EG"):
            async for size in swept(page, some_sizes()):
                wide = "document.documentElement.scrollWidth - innerWidth"
                assert await page.evaluate(wide) <= 0, size
            await clean(page)
        await context.close()


AROUND = """<!doctype html><meta charset="utf-8">
<style>body {{ margin: 0 }}</style>
<script>
  window.said = []
  for (const type of ['ready', 'fault'])
    addEventListener(type, event => said.push([type, event.detail]), true)
</script>
<script type="module" src="{url}/embed/consent-gate.js"></script>
<consent-gate src="{url}/m/{room}" entry="T0KEN" name="Ann" language="de">
</consent-gate>
"""
FITS = """[
  document.documentElement.scrollWidth - innerWidth,
  document.documentElement.scrollHeight - innerHeight,
].every(more => more <= 0)"""


async def test_in_another_sites_page_it_is_said_there_and_that_page_hears_of_it(
    browser: Browser, gate: Embedding
) -> None:
    room = await gate.room()
    gate.site.pages["/old"] = AROUND.format(url=gate.world.url, room=room)
    context = await browser.new_context(locale="en-GB")
    await context.add_init_script(LACKS["popover"])
    page = await context.new_page()
    faults = listened(page)
    await page.goto(f"{gate.site.origin}/old")
    title = "Dieser Browser ist zu alt, um dich hier zu fragen"
    (old,) = page.main_frame.child_frames
    await expect(old.get_by_role("heading", level=1)).to_have_text(title)
    newer = old.get_by_role("listitem").first
    await expect(newer).to_have_text("Chrome 123 oder neuer")
    heard = partial(page.evaluate, "said.length > 0")
    await until(heard, "the page around has been told")
    assert await page.evaluate("said") == [
        ["fault", {"code": "browser-too-old", "text": title}]
    ]
    assert old.url == f"{gate.world.url}/m/{room}/gate/old#language=de"
    for width in (320, 600, 1440):
        await page.set_viewport_size({"width": width, "height": 700})
        await until(partial(old.evaluate, FITS), f"all of it is in view at {width}")
    assert faults == []
    await context.close()


async def test_a_word_that_cannot_be_read_is_an_old_browsers(
    browser: Browser, world: World
) -> None:
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()

    async def newer(route: Route) -> None:
        await route.fulfill(body="let 1 = 2", content_type="text/javascript")

    await page.route("**/pages/start*.js", newer)
    await page.goto(world.url, wait_until="commit")

    await expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["en-GB"])
    await context.close()


async def test_without_javascript_each_language_says_so(
    browser: Browser, world: World
) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    for path in ("", "/check", "/verify"):
        await page.goto(world.url + path)
        for language in ("en", "de", "fr", "es", "ar"):
            await expect(page.locator(f"p[lang={language}]")).to_be_visible()
    await context.close()


async def test_the_page_names_what_it_is_called_on_a_home_screen(
    browser: Browser, world: World
) -> None:
    context = await browser.new_context(locale="de-DE")
    page = await context.new_page()
    refused = listened(page)
    await page.goto(world.url)
    await expect(page.locator("link[rel=manifest]")).to_have_count(1)
    control = await context.new_cdp_session(page)
    found = await control.send("Page.getAppManifest")
    assert '"lang": "de"' in found["data"]
    assert found["errors"] == []
    lacking = await control.send("Page.getInstallabilityErrors")
    ids = [each["errorId"] for each in lacking["installabilityErrors"]]
    assert ids in ([], ["in-incognito"]), ids

    await page.locator("[data-choice=language]").select_option("ar")
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    found = await control.send("Page.getAppManifest")
    assert '"lang": "ar"' in found["data"]
    assert refused == []
    await context.close()
