"""
The assistant with a model, as people meet it: the summary, drafts, the page afterwards.

The model is a real llama.cpp server's, and says what `ANSWER` and `DRAFT` say.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.assistant.llama import Llama, llama, make_gguf
from tests.assistant.summary.model import answer, said
from tests.browser.conftest import Invite, configured, seated
from tests.browser.speaking import (
    DECISION,
    FEATURES,
    MARKERS,
    TASK,
    Story,
    end,
    no_in_mid_sentence,
    summary,
    voice,
)
from tests.browser.test_axe import clean
from tests.meeting.conftest import start

pytestmark = pytest.mark.asyncio(loop_scope="session")

DRAFT = "I agree: the launch moves to the eighth of June."
ANSWER = answer(
    decisions=[said("The launch moves to the eighth of June.", "L1")],
    todos=[
        said("Send the first version of the letter.", "L2", owner="P2", due=None),
    ],
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def model(
    call_all: Invite, invite_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Story, Llama]]:
    """Two people decide something, with a model that sums up."""
    folder = tmp_path_factory.mktemp("model")
    with llama(make_gguf(folder / "writer.gguf", ANSWER)) as server:
        ai = {"base_url": server.base_url, "model": "writer"}
        given = configured(folder / "data", features=FEATURES, ai=ai)
        async with start(given) as world:
            room, secret = await world.room("transcript", "summary")
            mara = await voice(world, room, "Mara", secret)
            tomas = await call_all("Tomas", world.url, manner="speaks")
            await tomas.join(room)
            story = Story({"Mara": mara, "Tomas": tomas}, folder / "data")
            await story.open("transcript", "summary")
            await story.hear("Mara", DECISION)
            await story.hear("Tomas", TASK)
            await no_in_mid_sentence(story, "Mara")
            await end(story, invite_all)
            yield story, server


async def test_a_model_writes_and_the_page_says_so(
    model: tuple[Story, Llama],
) -> None:
    story, server = model
    for guest in story.everybody:
        await expect(summary(guest)).to_contain_text(
            "The launch moves to the eighth of June.", timeout=60_000
        )
        await expect(summary(guest)).to_contain_text("Written by writer on this server")
        await expect(summary(guest)).to_contain_text("It makes mistakes")
        await expect(summary(guest)).to_contain_text("Tomas")
    await clean(story.guests["Tomas"].page)
    asked = server.requests.read_text("utf-8", "replace")
    assert "move the launch" in asked
    everything = (asked + server.log.read_text("utf-8", "replace")).lower()
    for never in ("tomas", *MARKERS):
        assert never not in everything


async def test_a_draft_is_streamed_used_and_not_sent(
    call: Invite, tmp_path: Path
) -> None:
    with llama(make_gguf(tmp_path / "drafter.gguf", DRAFT)) as server:
        ai = {"base_url": server.base_url, "model": "drafter"}
        given = configured(tmp_path / "data", features=FEATURES, ai=ai)
        async with start(given) as world:
            room, secret = await world.room("compose")
            mara = await call("Mara", world.url)
            await mara.join(room, secret)
            tomas = await seated(world, room, "Tomas")
            await tomas.write("Written before the gate was open.")
            for guest in (mara, tomas):
                await guest.choose("compose", "granted")
            await mara.ask("compose")
            await tomas.sees_sign("compose", "on")
            await tomas.write("Shall the launch move to the eighth of June?")
            await mara.show("Chat")
            page = mara.page
            await page.get_by_role("button", name=re.compile("for a draft")).click()
            await page.get_by_role("textbox", name="What should the draft say").fill(
                "Say that I agree"
            )
            await page.get_by_role("button", name="Draft it").click()
            card = page.get_by_role("region", name=re.compile("Draft by"))
            await expect(card).to_contain_text(DRAFT)
            await expect(card).to_contain_text("Only you see it")
            await clean(page)
            await card.get_by_role("button", name="Use draft").click()
            field = page.get_by_role("textbox", name="Message")
            await expect(field).to_have_value(DRAFT)
            sent = len(tomas.frames("chat-line"))
            await field.click()  # a key counts where one has been by one's own wish
            await page.keyboard.press("Enter")
            await mara.hears("chat-line", text=DRAFT)
            said_before = [f["text"] for f in tomas.frames("chat-line")[:sent]]

            await tomas.hears("chat-line", text=DRAFT)
    asked = server.requests.read_text("utf-8", "replace")
    assert DRAFT not in said_before
    assert not tomas.frames("draft-text")
    assert "Shall the launch move" in asked
    assert "before the gate" not in asked


async def test_a_no_takes_an_open_draft_away(call: Invite, tmp_path: Path) -> None:
    endless = make_gguf(tmp_path / "endless.gguf", DRAFT, endless=True)
    with llama(endless) as server:
        ai = {"base_url": server.base_url, "model": "endless"}
        given = configured(tmp_path / "data", features=FEATURES, ai=ai)
        async with start(given) as world:
            room, secret = await world.room("compose")
            mara = await call("Mara", world.url)
            await mara.join(room, secret)
            tomas = await seated(world, room, "Tomas")
            for guest in (mara, tomas):
                await guest.choose("compose", "granted")
            await mara.ask("compose")
            await tomas.sees_sign("compose", "on")
            await mara.show("Chat")
            page = mara.page
            await page.get_by_role("button", name=re.compile("for a draft")).click()
            await page.get_by_role("textbox", name="What should the draft say").fill(
                "Go on for ever"
            )
            await page.get_by_role("button", name="Draft it").click()
            card = page.get_by_role("region", name=re.compile("Draft by"))
            await expect(card).to_contain_text("I agree")
            await tomas.choose("compose", "declined")
            await expect(card).to_be_hidden()
            await expect(page.get_by_text("the draft is gone")).to_be_visible()
