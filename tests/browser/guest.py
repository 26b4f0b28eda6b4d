"""A participant: a browser context of their own, and what it hears and says."""

import base64
import json
import os
import re
import wave
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    WebSocket,
    expect,
)

from gatekeeper.consent.types import RoomId
from tests.browser import pressing
from tests.browser.media import PALETTE, Own
from tests.browser.waiting import PATIENCE, until
from tests.catalogues import in_any

Frame = dict[str, Any]
Decision = Literal["granted", "declined"]
Fault = Literal["NotAllowedError", "NotFoundError", "NotReadableError"]
Manner = Literal["quiet", "plays", "shares", "speaks", "lively"]
"""What camera and microphone do; only who is `lively` costs all the time."""

GIVEN = ["camera", "microphone"]
"""What a browser gives a page without asking its person once more."""
DONT_ALLOW = "Don\N{RIGHT SINGLE QUOTATION MARK}t allow"

# As Chromium's console says it; a page's every answer would have to be looked at else.
MISSING = "Failed to load resource: the server responded"
MISTAKEN = re.compile("Policy|Trusted|Refused to apply style")

TURNED = """
new MutationObserver(() => {
  const {documentElement: root} = document
  if (root && root.dir !== 'rtl') root.dir = 'rtl'
}).observe(document, {attributes: true, childList: true, subtree: true})
"""
"""Has every page run from right to left, whatever it says."""


def script(name: str) -> str:
    """The function in a JavaScript file beside this one, without its comment."""
    text = (Path(__file__).parent / name).read_text("utf-8")
    return text.split("*/\n", 1)[1].strip()


def turned() -> str:
    """A script that turns each page, if that is asked for."""
    return TURNED if os.environ.get("GATEKEEPER_DIRECTION") == "rtl" else ""


def own_media(own: Own, broken: dict[str, Fault], manner: Manner) -> str:
    """A script that gives a page these devices."""
    given = {
        "hue": own.hue,
        "tone": own.tone,
        "loudness": own.loudness,
        "screenHue": own.screen_hue,
        "screenTone": own.screen_tone,
        "broken": broken,
        "manner": manner,
    }
    return f"({script('own_media.js')})({json.dumps(given)})"


class Guest:
    """One person at one browser."""

    def __init__(
        self, name: str, url: str, context: BrowserContext, page: Page
    ) -> None:
        self.name = name
        self.url = url
        self.context = context
        self.page = page
        self.heard: list[Frame] = []
        """All but probes: those come to whoever was silent for a while."""
        self.said: list[Frame] = []
        self.on_frame: list[Callable[[Frame], None]] = []
        """Told of every frame the moment it arrives."""
        self.mistakes: list[str] = []
        """Errors of the page itself, and what its content policy had to stop."""
        self.listen(page)

    @classmethod
    async def arrive(
        cls,
        context: BrowserContext,
        name: str,
        url: str,
        broken: dict[str, Fault] | None = None,
        manner: Manner = "quiet",
    ) -> "Guest":
        context.set_default_timeout(PATIENCE * 1000)
        await context.add_init_script(pressing.NOTE)
        if turn := turned():
            await context.add_init_script(turn)
        await context.add_init_script(own_media(PALETTE[name], broken or {}, manner))
        return cls(name, url, context, await context.new_page())

    async def go(self) -> None:
        """
        Away from every room, to a drawing of the same server.

        From an empty page there would be a new process to start for the next room.
        """
        if self.page.is_closed():
            return
        await self.page.unroute_all()
        try:
            await self.page.goto(f"{self.url}/static/icon.svg")
        except Error:  # the server has gone, too
            await self.page.close()

    async def compose_oneself(self) -> None:
        """Back to how one arrived: one page, wide and light."""
        if self.page.is_closed():
            self.page = await self.context.new_page()
            self.listen(self.page)
        self.on_frame.clear()
        self.heard.clear()
        self.said.clear()
        await self.page.set_viewport_size({"width": 1440, "height": 900})
        await self.page.emulate_media(color_scheme="light", forced_colors="none")

    def hear(self, frame: Frame) -> None:
        if frame["type"] == "probe":  # comes as the clock has it
            return
        self.heard.append(frame)
        for note in self.on_frame:
            note(frame)

    def listen(self, page: Page) -> None:
        """Note what `page` says and hears."""

        def console(message: ConsoleMessage) -> None:
            at, text = message.location["url"], message.text
            missing = "/static/" in at and text.startswith(MISSING)
            if message.type == "error" and (missing or MISTAKEN.search(text)):
                self.mistakes.append(f"{at}: {text}")

        def socket(opened: WebSocket) -> None:
            opened.on("framereceived", lambda text: self.hear(json.loads(text)))
            opened.on("framesent", lambda text: self.said.append(json.loads(text)))

        page.on("websocket", socket)
        page.on("console", console)
        page.on("pageerror", lambda error: self.mistakes.append(str(error)))

    # ---- Getting in -----------------------------------------------------------------

    async def open(self, room: str, host: str | None = None) -> None:
        """Come to the door of a room."""
        self.heard.clear()
        self.said.clear()
        address = f"{self.url}/m/{room}"
        there = self.page.url.partition("#")[0] == address
        await self.page.goto(address + (f"#host={host}" if host else ""))
        if there:  # a new fragment alone does not load the page again
            await self.page.reload()
        await expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    async def join(
        self, room: str, host: str | None = None, **choices: Decision
    ) -> None:
        """Open, answer by `choices`, and enter. Returns once in the room."""
        await self.open(room, host)
        for feature, decision in choices.items():
            await self.card(feature).locator(answer(decision)).click()
        await self.enter()

    async def enter(self) -> None:
        """From the lobby into the room."""
        lobby = self.page.get_by_role("region", name=in_any("lobby.title"))
        await lobby.get_by_role("textbox").fill(self.name)
        await self.page.keyboard.press("Enter")
        await self.seated()

    async def seated(self) -> None:
        """Wait for the room; one's own picture may be hidden in it."""
        await expect(self.page.locator("meeting-room")).to_be_visible()

    @property
    def room(self) -> RoomId:
        """The room whose page this is."""
        return RoomId(self.page.url.partition("#")[0].rpartition("/")[2])

    @property
    def id(self) -> str:
        """The participant id, as the server said it last."""
        return str(
            next(f for f in reversed(self.heard) if f["type"] == "welcome")["you"]
        )

    # ---- What there is --------------------------------------------------------------

    def card(self, feature: str) -> Locator:
        """The card of a feature in the lobby."""
        return self.page.get_by_role("article").and_(featuring(self.page, feature))

    def row(self, feature: str) -> Locator:
        """The row of a feature in the gate panel."""
        rows = self.page.get_by_role("listitem").and_(featuring(self.page, feature))
        return rows.filter(has=self.page.get_by_role("heading"))

    def plate(self, feature: str) -> Locator:
        """The plate of a feature on the sign."""
        return self.page.get_by_role("banner").locator(f"li[data-feature={feature}]")

    @property
    def prompt(self) -> Locator:
        """The question in mid-meeting."""
        return self.page.get_by_role("dialog", name=in_any("prompt.title"))

    def tile(self, other: "Guest | None" = None) -> Locator:
        """The picture of somebody on the stage; one's own by default."""
        which = f"[data-participant='{other.id}']" if other else "[data-you]"
        return self.page.get_by_role("main").locator(which)

    def tab(self, name: str) -> Locator:
        return self.page.get_by_role("tab", name=name)

    # ---- Doing ----------------------------------------------------------------------

    async def show(self, name: str) -> None:
        """Turn the side panel to this tab."""
        await self.tab(name).click()

    async def choose(self, feature: str, decision: Decision) -> None:
        """Answer in the gate panel."""
        await self.row(feature).locator(answer(decision)).click()

    async def reply(self, decision: Decision) -> None:
        """Answer the question that is open, and see it go."""
        asked = await self.prompt.get_attribute("aria-labelledby")
        assert asked, "a question has a name"
        question = await self.prompt.element_handle()
        await self.prompt.locator(answer(decision)).click()
        await until(
            lambda: question.evaluate("node => !node.isConnected"), "the question goes"
        )

    async def ask(self, feature: str) -> None:
        """As host: ask everyone for a feature."""
        await self.row(feature).locator("[data-act=ask]").click()

    async def sees_sign(self, feature: str, state: Literal["on", "off"]) -> None:
        await expect(self.plate(feature)).to_have_attribute("data-state", state)

    async def sees_ready(self, button: Locator) -> None:
        """Wait until a press on `button` counts."""
        await expect(button).to_have_attribute("data-ready", "")

    async def looks_afterwards(self) -> None:
        """To the page afterwards, once it is over: the room leads there, too."""
        end = self.page.locator("meeting-end")
        await end.get_by_role("link", name="What was kept").click()

    async def write(self, text: str) -> None:
        """Say something in the chat."""
        await self.show("Chat")
        await self.page.get_by_role("textbox", name="Message").fill(text)
        await self.page.keyboard.press("Enter")

    async def settle(self) -> None:
        """Return once the server has done all that was asked of it before."""
        mark = len(self.heard)
        await self.write("Is everybody here?")
        await self.hears("chat-line", since=mark, sender=self.id)
        await self.show("Gate")

    async def speak(self, pcm: bytes) -> float:
        """
        Begin to say something; how long it is, in seconds.

        `pcm`: 16 kHz, mono, 16 bits.
        """
        file = BytesIO()
        with wave.open(file, "wb") as output:
            output.setnchannels(1)
            output.setsampwidth(2)
            output.setframerate(16_000)
            output.writeframes(pcm)
        text = base64.b64encode(file.getvalue()).decode("ascii")
        length: float = await self.page.evaluate("wav => say(wav)", text)
        return length

    async def is_heard(self) -> bool:
        """Whether each of the server's taps hears the microphone of one who speaks."""
        closed = {frame["opening"] for frame in self.frames("tap-closed")}
        asked = {frame["opening"] for frame in self.frames("tap")}
        return int(await self.page.evaluate("heardBy()")) >= len(asked - closed)

    # ---- Hearing --------------------------------------------------------------------

    def frames(self, kind: str, since: int = 0) -> list[Frame]:
        """What has been heard of one kind, from position `since` of `heard`."""
        return [frame for frame in self.heard[since:] if frame["type"] == kind]

    def decisions(self) -> list[str]:
        """What this browser has said for its owner, lobby included."""
        joined = [a for f in self.said if f["type"] == "join" for a in f["answers"]]
        decided = [f for f in self.said if f["type"] == "decide"]
        return [f["decision"] for f in [*joined, *decided]]

    async def hears(self, kind: str, since: int = 0, **having: object) -> Frame:
        """The first frame like this, once it is there."""

        def found() -> Frame | None:
            frames = self.frames(kind, since)
            return next((f for f in frames if having.items() <= f.items()), None)

        return await until(found, f"{self.name} hears {kind} {having}") or {}


def featuring(page: Page, feature: str) -> Locator:
    """Whatever is about a feature."""
    return page.locator(f"[data-feature='{feature}']")


def answer(decision: Decision) -> str:
    """The button for an answer, by what it stands for."""
    return f"button[data-answer={decision}]"
