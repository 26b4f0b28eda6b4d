"""A receipt of a real meeting, checked without its server: on the page, and off it."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import expect

from gatekeeper.app.cli import main
from tests.browser.conftest import Face
from tests.browser.test_axe import clean
from tests.verifying.three import ALONE

pytestmark = pytest.mark.asyncio(loop_scope="session")


def alone(where: Path, name: str) -> int:
    """What the one file says, with Python and nothing else."""
    command = [sys.executable, "-I", "-S", str(ALONE / "verify.py"), name]
    return subprocess.run(command, cwd=where, check=False).returncode


async def test_a_receipt_of_a_meeting_verifies_without_the_server(
    face: Face, tmp_path: Path
) -> None:
    mara, tomas = await face("Tomas")
    for guest in (mara, tomas):
        await guest.choose("transcript", "granted")
    await mara.ask("transcript")
    await tomas.hears("receipt", event="granted")
    text = tomas.frames("receipt")[0]["receipt"]
    (tmp_path / "mine.jws").write_text(text)
    (tmp_path / "changed.jws").write_text(text[:-9] + "AAAAAAAAA")
    assert main(["verify", str(tmp_path / "mine.jws")]) == 0
    assert alone(tmp_path, "mine.jws") == 0

    await tomas.page.get_by_role("button", name="Your receipts (1)").click()
    await tomas.page.locator(".my-receipts summary").first.click()
    async with tomas.page.context.expect_page() as opening:
        await tomas.page.get_by_role("link", name="Read as a page").click()
    page = await opening.value
    await expect(page.locator("html")).to_have_attribute("data-loaded", "all")
    card = page.locator(".verdict")
    await expect(card).to_have_attribute("data-code", "good")
    await expect(card).to_contain_text("Signed with the key of this server")
    await expect(page.locator(".receipt")).to_contain_text("Allow")
    assert "#" not in page.url

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.context.set_offline(True)
    try:
        await page.get_by_role("button", name="Start over").click()
        await expect(card).to_have_count(0)
        await page.locator("#given").set_input_files(
            [tmp_path / "mine.jws", tmp_path / "changed.jws"]
        )
        await expect(card).to_have_count(2)
        await expect(card.first).to_have_attribute("data-code", "good")
        await expect(card.last).to_have_attribute("data-code", "signature-invalid")
        await expect(page.get_by_role("status")).to_have_text("Not everything holds.")
        async with page.expect_download() as saving:
            await page.get_by_role("button", name="Save as JSON").click()
        await (await saving.value).save_as(tmp_path / "mine.json")
        await page.locator("#pasted").fill((tmp_path / "mine.json").read_text())
        await page.get_by_role("button", name="Check the text").click()
        await expect(card).to_have_attribute("data-code", "good")
        # Three million characters in its field would stop the page for half a minute.
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        long = "x" * 3_000_000
        await page.evaluate("text => navigator.clipboard.writeText(text)", long)
        await page.locator("#pasted").press("ControlOrMeta+v")
        await expect(card).to_have_attribute("data-code", "kind-unknown")
        await expect(page.locator("#pasted")).to_have_value("")
        await page.locator("#pasted").fill((tmp_path / "mine.json").read_text())
        await page.get_by_role("button", name="Check the text").click()
        await expect(card).to_have_attribute("data-code", "good")
        await clean(page)
        await page.locator("[data-choice=language]").select_option("ar")
        await expect(page.locator("html")).to_have_attribute("dir", "rtl")
        await expect(page.locator("h1")).to_have_text("تحقق مما استلمته")
        await expect(page.locator(".receipt")).to_be_visible()
        await page.emulate_media(media="print")
        await expect(page.locator("verify-form")).to_be_hidden()
        await expect(page.locator(".receipt")).to_be_visible()
        assert [url for url in asked if url.startswith("http")] == []
    finally:
        # Others come by this browser after him, and speak English.
        await page.evaluate("localStorage.clear()")
        await page.context.set_offline(False)
    assert main(["verify", str(tmp_path / "mine.json")]) == 0
