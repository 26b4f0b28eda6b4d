"""The start page of a server that is not open to anybody, by keyboard and by mouse."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Invite, configured
from tests.browser.test_axe import clean
from tests.meeting.conftest import start
from tests.sign_in.conftest import secret
from tests.sign_in.provider import SmallProvider

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST, SECOND = "first-0123456789abcdef", "second-0123456789abcdef"
TITLE = "What is the meeting about?"


async def typed(page: Page, text: str, button: str = "Sign in") -> None:
    """With Enter, as soon as the page takes it for one's own (rule 16)."""
    await page.keyboard.type(text)
    go = page.get_by_role("button", name=button)
    await expect(go).to_have_attribute("data-ready", "")
    await page.keyboard.press("Enter")


async def test_a_token_is_typed_taken_back_and_typed_anew_and_nothing_is_lost(
    invite: Invite, tmp_path: Path
) -> None:
    file = secret(tmp_path / "token", FIRST)
    rooms = {"open_to": "token", "tokens": [{"name": "office", "file": file}]}
    async with start(configured(tmp_path / "data", rooms=rooms)) as world:
        mara = await invite("Mara", world.url)
        page = mara.page
        await page.goto(world.url)
        token = page.get_by_label("Access token")
        await expect(page.get_by_text("Joining one needs no sign-in")).to_be_visible()
        await expect(page.get_by_label(TITLE)).to_be_hidden()

        # By keyboard alone; a wrong one is said, and one is still there.
        await page.get_by_label("Invitation link").focus()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await expect(token).to_be_focused()
        await typed(page, "wrong")
        alert = page.get_by_role("alert").filter(has_text="does not know that")
        await expect(alert).to_be_visible()
        await expect(token).to_be_focused()
        await expect(token).to_have_attribute("aria-invalid", "true")
        await clean(page)
        await token.fill("")
        await typed(page, FIRST)

        await expect(page.get_by_label(TITLE)).to_be_focused()
        await expect(page.get_by_text("token “office”")).to_be_visible()
        await expect(page.get_by_role("status").first).to_have_text(
            "You are signed in."
        )
        await expect(token).to_be_hidden()
        await expect(token).to_have_value("")
        await clean(page)

        # It is taken back while she types.
        await page.get_by_role("checkbox").first.uncheck()
        secret(file, SECOND)
        await page.get_by_label(TITLE).focus()
        await typed(page, "The roof", "Open the room")
        await expect(page.get_by_text("what you wrote is still here")).to_be_visible()
        await expect(token).to_be_focused()
        await expect(page.get_by_label(TITLE)).to_have_value("The roof")
        await clean(page)
        await typed(page, SECOND)
        await expect(page.get_by_label(TITLE)).to_be_focused()
        await expect(page.get_by_label(TITLE)).to_have_value("The roof")
        await expect(page.get_by_role("checkbox").first).not_to_be_checked()

        # Another language keeps it, too.
        await page.get_by_label("Language").first.select_option("de")
        await expect(page.get_by_label("Worum geht es?")).to_have_value("The roof")
        await page.get_by_role("button", name="Raum öffnen").click()
        await expect(
            page.get_by_role("heading", name="Der Raum ist offen")
        ).to_be_visible()

        await page.goto(world.url)
        await page.get_by_role("button", name="Abmelden").click()
        await expect(page.get_by_label("Zugangsschlüssel")).to_be_focused()
        await expect(page.get_by_role("status").first).to_have_text(
            "Du bist abgemeldet."
        )


async def test_one_comes_back_from_the_provider_to_what_one_has_typed(
    invite: Invite, tmp_path: Path
) -> None:
    async with SmallProvider.running() as provider:
        provider.person = {"sub": "u-17", "name": "Mara Keller", "groups": ["hosts"]}
        oidc = {"issuer": provider.issuer, "client_id": "gate", "groups": ["hosts"]}
        rooms = {"open_to": "oidc", "oidc": oidc}
        async with start(configured(tmp_path / "data", rooms=rooms)) as world:
            mara = await invite("Mara", world.url)
            page = mara.page
            await page.goto(world.url)
            way = page.get_by_role("link", name="Sign in")
            await expect(way).to_be_visible()
            await clean(page)
            await way.click()
            await expect(page.get_by_text("Signed in as Mara Keller")).to_be_visible()

            # Her session ends while she types: there and back again.
            await page.get_by_label(TITLE).fill("The roof")
            await page.get_by_role("checkbox").first.uncheck()
            await mara.context.clear_cookies()
            await page.get_by_role("button", name="Open the room").click()
            await expect(
                page.get_by_text("what you wrote is still here")
            ).to_be_visible()
            await expect(way).to_be_focused()
            await way.click()
            await expect(page.get_by_text("Signed in as Mara Keller")).to_be_visible()
            await expect(page.get_by_label(TITLE)).to_have_value("The roof")
            await expect(page.get_by_role("checkbox").first).not_to_be_checked()

            await page.get_by_role("button", name="Sign out").click()
            await expect(way).to_be_focused()
            provider.person["groups"] = ["guests"]
            await way.click()
            alert = page.get_by_role("alert").filter(has_text="may not open rooms")
            await expect(alert).to_be_visible()
            assert page.url == f"{world.url}/"
            assert "The roof" not in await page.evaluate(
                "JSON.stringify({...sessionStorage, ...localStorage})"
            )
