"""
Rule 16: both answers can be seen and pressed, or neither can, in every window.

Two people go through a meeting. The host's window, which shows most, and in German,
whose words are longest, takes every size and zoom that there is at each moment. The
other one's, in English, takes the narrowest; with `GATEKEEPER_SIZES=all` every one.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from gatekeeper.config import Config
from gatekeeper.config.locales import locales, nearest
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import FeatureId, SharedWith
from gatekeeper.consent.wording import fill, recipients
from tests.browser.conftest import (
    ALL,
    PROCESSOR,
    Invite,
    configured,
    start_unbundled,
)
from tests.browser.guest import Guest, answer
from tests.browser.sizes import (
    SHARE,
    Size,
    all_in_reach,
    in_view,
    sizes,
    some_sizes,
    swept,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

TIMES = 10
OWN = {"quotes": "summary", "recap": "compose"}
"""Features with the wording of what runs without a model."""
FEATURES = [*ALL, *OWN, "minutes"]
SIZES = sizes()
ANSWERS = "button[data-answer]"

counted: dict[str, int] = {}


def wording(language: str, feature: str) -> dict[str, str]:
    """A built-in notice that another feature may have, too."""
    locale = nearest(language)
    runs = {"operator": "Courtyard House"}
    known = runs | {
        "processor": PROCESSOR[language],
        "recipients": recipients(SharedWith.PRESENT, locale, runs),
        "kept": "7",
    }
    notice = fill(locale.by_rules[FeatureId(feature)], known)
    return {name: getattr(notice, name) for name in TEXTS}


def long(language: str) -> dict[str, str]:
    """A notice in which everything but the name is said ten times."""
    said = wording(language, "summary")
    short = {"name": "Minutes", "object": "minutes"}
    repeated = {name: " ".join([text] * TIMES) for name, text in said.items()}
    return {name: text[:480] for name, text in repeated.items()} | short


def house(data: Any) -> Config:
    base = configured(data).features
    given = {
        name: feature.model_dump(exclude_unset=True) for name, feature in base.items()
    }
    for name, like in OWN.items():
        notices = {language: wording(language, like) for language in locales()}
        given[name] = {"sink": "external", "kinds": ["audio"], "notices": notices}
    notices = {language: long(language) for language in locales()}
    given["minutes"] = {"sink": "external", "kinds": ["audio"], "notices": notices}
    return configured(data, features=given)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(
    invite_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Guest, Guest]]:
    """Mara hosts in German, Tomas speaks English; both stand in the lobby."""
    data = tmp_path_factory.mktemp("sizes") / "data"
    async with start_unbundled(house(data)) as world:
        room, secret = await world.room(*FEATURES)
        mara = await invite_all("Mara", world.url, locale="de-DE")
        tomas = await invite_all("Tomas", world.url)
        await mara.open(room, secret)
        await tomas.open(room)
        yield mara, tomas
    print(f"sizes: {len(SIZES)}, looked at: {counted}")  # noqa: T201


async def everywhere(
    people: tuple[Guest, ...], look: Callable[[Guest, Size], Awaitable[None]]
) -> None:
    """The first one's window takes every size, side by side with the others' some."""
    await asyncio.gather(
        *(
            sweep(guest, some_sizes() if number else SIZES, look)
            for number, guest in enumerate(people)
        )
    )


async def sweep(
    guest: Guest, which: list[Size], look: Callable[[Guest, Size], Awaitable[None]]
) -> None:
    async for size in swept(guest.page, which):
        await look(guest, size)


async def both_or_neither(
    guest: Guest, size: Size, root: str, selector: str, count: int
) -> None:
    """As much of one of a pair is in view as of the other; all of both can be."""
    found = await in_view(guest.page, root, selector)
    assert len(found) == count, (size, guest.name, root, len(found))
    for each in found:
        where = (size, guest.name, root, each)
        assert len(each["before"]) == 2, where
        assert each["before"][0] == each["before"][1], where
        assert each["after"] == [1, 1], where
    counted[root] = counted.get(root, 0) + len(found)


async def test_R16_size_the_sweep_is_wide_enough() -> None:
    pages = {(size.width, size.height) for size in SIZES}
    assert len(pages) >= 25
    assert {(320, 256), (320, 225), (2560, 1440)} <= pages
    assert any(w > h for w, h in pages)
    assert any(w < h for w, h in pages)
    assert {size.zoom for size in SIZES} >= {1.0, 2.0, 3.0, 4.0}


async def test_R16_size_the_cards_of_the_lobby(two: tuple[Guest, Guest]) -> None:
    async def look(guest: Guest, size: Size) -> None:
        await both_or_neither(guest, size, "consent-card", ANSWERS, len(FEATURES))
        await both_or_neither(guest, size, ".choices-head", ".pair button", 1)

    await everywhere(two, look)
    for guest in two:
        await guest.enter()


CREATED = 10
"""Controls of the page of a room that has just been opened."""


async def opened(guest: Guest) -> None:
    """Open a room at the start page, in whichever language that is."""
    page = guest.page
    await page.goto(guest.url)
    await page.locator("input[name=title]").fill("Roof and gutters " * 5)
    await page.locator(".open-form > button").click()
    await expect(page.locator("room-created")).to_be_visible()


async def test_R16_size_a_room_that_has_just_been_opened(
    invite: Invite, two: tuple[Guest, Guest]
) -> None:
    ines = await invite("Ines", two[0].url, locale="de-DE")
    await opened(ines)

    async def look(guest: Guest, _: Size) -> None:
        await all_in_reach(guest.page, "room-created", CREATED)

    await everywhere((ines,), look)
    await ines.page.locator("qr-code button").first.click()

    async def look_close(guest: Guest, _: Size) -> None:
        await all_in_reach(guest.page, "dialog[open]", 1)

    await everywhere((ines,), look_close)


QUESTION = f"""
async () => {{
  {SHARE}
  const {{noticesIn}} = await import('/static/room/notices.js')
  const room = location.pathname.split('/')[2]
  const facts = await (await fetch(`/api/rooms/${{room}}`)).json()
  const notices = noticesIn(facts, document.documentElement.lang)
  window.questions = () => {{
    const prompt = document.querySelector('consent-prompt')
    const asked = notices.find(({{feature}}) => feature === prompt.dataset.feature)
    const found = notices.map(notice => {{
      prompt.show(notice)
      return look(prompt)
    }})
    prompt.show(asked)
    return found
  }}
  const look = prompt => {{
    const answers = [...prompt.querySelectorAll('button[data-answer]')]
    const lit = [...document.querySelectorAll('.sign button')]
    const scrollers = [...prompt.querySelectorAll('.prompt-text, .prompt-body')]
    const to = place => scrollers.forEach(each => (each.scrollTop = place(each)))
    const heading = share(prompt.querySelector('h2'))
    const {{top}} = prompt.querySelector('#ask-what').getBoundingClientRect()
    const {{top: end}} = prompt.querySelector('.prompt-foot').getBoundingClientRect()
    const first = answers.map(share)
    to(each => each.scrollHeight)
    const note = share(prompt.querySelector('.prompt-body > :last-child'))
    const last = answers.map(share)
    to(() => 0)
    const about = prompt.dataset.feature
    const meaning = top < end
    return {{about, heading, meaning, first, note, last, lit: lit.map(share)}}
  }}
}}
"""
"""Gives the page a function that asks every notice of the room in turn."""


async def questions(guest: Guest, size: Size) -> None:
    """What is asked and both answers are in view together; the rest scrolls between."""
    looked = await guest.page.evaluate("questions()")
    assert len({each["about"] for each in looked}) == len(FEATURES)
    for found in looked:
        where = (size, guest.name, found)
        assert found["first"] == found["last"] == [1, 1], where
        assert found["heading"] == 1, where
        assert found["meaning"], where
        assert found["note"] > 0, where
        assert all(share == 1 for share in found["lit"]), where
        counted["question"] = counted.get("question", 0) + 1
        counted["sign"] = counted.get("sign", 0) + len(found["lit"])


async def test_R16_size_every_question_in_every_language(
    two: tuple[Guest, Guest],
) -> None:
    mara, tomas = two

    async def asked(feature: str) -> None:
        await mara.ask(feature)
        for guest in two:
            await expect(guest.prompt).to_be_visible()
            await guest.page.evaluate(QUESTION)

    await asked("recording")
    for guest in two:
        await sweep(guest, some_sizes(), questions)
    for guest in two:
        await guest.reply("granted")
    await mara.sees_sign("recording", "on")
    # With something on there is less room than before: a button more on the sign.
    await asked("minutes")
    await everywhere(two, questions)
    await tomas.reply("declined")
    await mara.reply("granted")


async def test_R16_size_the_gate_panel_and_the_sign(two: tuple[Guest, Guest]) -> None:
    async def look(guest: Guest, size: Size) -> None:
        await both_or_neither(guest, size, "gate-row", ANSWERS, len(FEATURES))
        assert await guest.page.evaluate(LIT) == [1], (size, guest.name)
        counted["sign"] = counted.get("sign", 0) + 1

    await everywhere(two, look)


LIT = f"""
() => {{
  {SHARE}
  scrollTo(0, document.documentElement.scrollHeight)
  const over = ({{x, y, height}}) =>
    [x, y, scrollY, document.elementFromPoint(x + 9, y + height / 2)?.outerHTML]
  return [...document.querySelectorAll('.sign button')].map(
    button => share(button) || over(button.getBoundingClientRect()))
}}
"""
"""
How much of each "Don't allow" of the sign takes a press at the page's very end.

In place of a nought: where it is, and what lies over it.
"""


OVERFLOW = f"""
() => {{
  {SHARE}
  const end = document.createElement('button')
  end.style.cssText = 'position: absolute; inset-block-start: 3000px'
  document.querySelector('.stage-area').append(end)
  end.focus()
  end.scrollIntoView({{behavior: 'instant'}})
  const lit = [...document.querySelectorAll('.sign button')].map(share)
  end.remove()
  return lit
}}
"""
"""As `LIT`, when something does not fit into the room and takes the focus."""


async def test_R16_size_whatever_takes_the_focus_the_sign_stays(
    two: tuple[Guest, Guest],
) -> None:
    for guest in two:
        assert await guest.page.evaluate(OVERFLOW) == [1], guest.name


async def test_R16_size_the_two_ends(two: tuple[Guest, Guest]) -> None:
    mara, tomas = two
    await mara.plate("recording").locator(answer("declined")).click()
    await expect(mara.page.locator("button[data-end]")).to_have_count(2)

    async def look(guest: Guest, size: Size) -> None:
        await both_or_neither(guest, size, "two-ends", "button[data-end]", 1)

    await everywhere((mara,), look)
    await tomas.sees_sign("recording", "off")
