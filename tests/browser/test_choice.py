"""Fair consent, "Choice": yes and no, measured where they stand."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import chain

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import ALL, Invite, gather
from tests.browser.guest import DONT_ALLOW, Decision, Guest, answer
from tests.browser.measure import (
    NARROW,
    PHONE,
    WIDE,
    Look,
    assert_alike,
    gap,
    looks,
    measure_all,
)
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

OBJECTS = {
    "recording": "recording",
    "transcript": "transcript",
    "summary": "AI summary",
    "compose": "AI compose",
}
ANSWERS: tuple[Decision, ...] = ("granted", "declined")
WHAT_HAPPENS = "What happens when you press “Allow”"
EVASIVE = re.compile(
    r"later|got it|understand|\bok\b|skip|not now|accept|continue|maybe|acknowledge",
    re.IGNORECASE,
)


@dataclass
class Places:
    """The three places where a choice stands, all about recording."""

    door: Guest
    """Somebody in the lobby."""
    inside: Guest
    """Somebody in the room, with the gate panel open."""
    asked: Guest
    """Somebody who is being asked."""

    def all(self) -> dict[str, tuple[Guest, Locator]]:
        return {
            "card": (self.door, self.door.card("recording")),
            "row": (self.inside, self.inside.row("recording")),
            "prompt": (self.asked, self.asked.prompt),
        }


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def places(call_all: Invite, world: World) -> Places:
    mara, tomas = await gather(call_all, world, "Mara", "Tomas")
    await mara.ask("recording")
    await mara.reply("declined")
    await expect(tomas.prompt).to_be_visible()
    await tomas.sees_ready(tomas.prompt.locator("button").first)
    ines = await call_all("Ines", world.url)
    room, _ = await world.room(*ALL)
    await ines.open(room)
    return Places(door=ines, inside=mara, asked=tomas)


@dataclass
class Pair:
    """Both answers of one place in one look."""

    where: str
    yes: Look
    no: Look
    order: list[str]

    @classmethod
    async def at(cls, place: Locator, where: str) -> "Pair":
        yes, no = await measure_all(pair(place))
        return cls(where, yes, no, await pair(place).evaluate_all(ORDER))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def asked(places: Places) -> list[Pair]:
    """Every place in every look, before anybody has pressed."""
    found = []
    for name, (guest, place) in places.all().items():
        async for look in looks(guest.page, WIDE, PHONE, NARROW):
            await opened(guest, place)
            found.append(await Pair.at(place, f"{name}, {look}"))
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def answered(asked: list[Pair], places: Places) -> list[tuple[Pair, Pair]]:
    """What stays after an answer, in every look: with a yes, and with a no in force."""
    found: list[tuple[Pair, Pair]] = []
    for name in ("card", "row"):
        guest, place = places.all()[name]
        granted = [each async for each in in_force(guest, place, "granted", name)]
        declined = [each async for each in in_force(guest, place, "declined", name)]
        found.extend(zip(granted, declined, strict=True))
    return found


async def in_force(
    guest: Guest, place: Locator, decision: Decision, name: str
) -> AsyncIterator[Pair]:
    """Both answers in every look, after one press."""
    await press(guest, place, decision)
    async for look in looks(guest.page, WIDE, PHONE):
        await opened(guest, place)
        yield await Pair.at(place, f"pressed {decision}, {name}, {look}")


@pytest.fixture
def pairs(asked: list[Pair], answered: list[tuple[Pair, Pair]]) -> list[Pair]:
    return [*asked, *chain.from_iterable(answered)]


ORDER = "all => all.map(button => button.dataset.answer)"


def pair(place: Locator) -> Locator:
    return place.locator("button[data-answer]")


async def test_C1_there_are_exactly_a_yes_and_a_no_side_by_side(places: Places) -> None:
    for name, (_, place) in places.all().items():
        answers = pair(place)
        await expect(answers).to_have_count(2)
        parents = await answers.evaluate_all(
            "all => new Set(all.map(b => b.parentElement)).size"
        )
        assert parents == 1, name
        for button in await answers.all():
            await expect(button).to_be_visible()
    for feature in ALL:
        await expect(pair(places.door.card(feature))).to_have_count(2)


async def test_C3_yes_and_no_are_alike(asked: list[Pair]) -> None:
    free = [each for each in asked if each.yes.pressed == each.no.pressed]

    assert {each.where.partition(",")[0] for each in free} >= {"card", "prompt"}
    for each in free:
        assert_alike(each.yes, each.no, each.where)
        assert each.yes.drawing == each.no.drawing


async def test_C3_a_yes_in_force_looks_as_a_no_in_force(
    answered: list[tuple[Pair, Pair]],
) -> None:
    for granted, declined in answered:
        assert_alike(granted.yes, declined.no, granted.where)
        assert_alike(granted.no, declined.yes, f"not {granted.where}")


async def opened(guest: Guest, place: Locator) -> None:
    """On a phone the gate panel is a sheet that has to be opened."""
    if not await place.is_visible():
        await guest.page.get_by_role("button", name="Gate").click()
    await expect(place).to_be_visible()


async def press(guest: Guest, place: Locator, decision: Decision) -> None:
    """Have this answer in force, without pointer or focus on it."""
    await place.locator(answer(decision)).click()
    choice = place.locator("fieldset")
    await expect(choice).to_have_attribute("data-answer", decision)
    await expect(choice).not_to_have_attribute("data-state", "pending")
    await guest.page.mouse.move(0, 0)
    await guest.page.evaluate("document.activeElement.blur()")


async def test_C4_yes_and_no_stand_in_the_same_order_everywhere(
    places: Places, pairs: list[Pair]
) -> None:
    for each in pairs:
        yes, no = each.yes, each.no
        assert each.order == [*ANSWERS], each.where
        assert yes.start < no.start or yes.box["y"] < no.box["y"], each.where
    for feature in ALL:
        order = await pair(places.door.card(feature)).evaluate_all(ORDER)
        assert order == [*ANSWERS]


async def test_C5_nothing_is_chosen_at_first_and_that_looks_like_neither_answer(
    places: Places, call: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await call("Noor", world.url)
    await noor.open(room)
    for feature in ALL:
        choice = noor.card(feature).locator("fieldset")
        await expect(choice).to_have_attribute("data-answer", "unset")
        await expect(choice).to_contain_text("Not answered")
    card = noor.card("recording")
    unset = await measure_all(pair(card))
    assert [look.pressed for look in unset] == ["false", "false"]
    for decision in ANSWERS:
        await press(noor, card, decision)
        for look in await measure_all(pair(card)):
            assert look.drawing != unset[0].drawing
            assert look.like["border"][1] != unset[0].like["border"][1]


async def test_C6_answers_name_the_act_and_there_is_no_third_one(
    places: Places,
) -> None:
    for feature, thing in OBJECTS.items():
        yes, no = await pair(places.door.card(feature)).all()
        await expect(yes).to_have_accessible_name(f"Allow {thing}")
        await expect(no).to_have_accessible_name(f"{DONT_ALLOW} {thing}")
    for name in ("card", "prompt"):
        place = places.all()[name][1]
        await expect(place.get_by_role("button")).to_have_count(2)
        # Not an answer: it unfolds what is read there (test_steps.py).
        await expect(place.locator("summary")).to_have_text(WHAT_HAPPENS)
    for guest in (places.door, places.inside, places.asked):
        buttons = guest.page.get_by_role("button")
        for words in await buttons.all_inner_texts():
            assert not EVASIVE.search(words)


async def test_C7_all_at_once_exists_only_beside_none_at_once(places: Places) -> None:
    page = places.door.page
    group = page.get_by_role("group", name="All features at once")
    both = group.get_by_role("button")
    await expect(both).to_have_text(["Allow all", "Allow none"])
    async for where in looks(page, WIDE, PHONE, NARROW):
        yes, no = await measure_all(both)
        assert_alike(yes, no, where)
        assert gap(yes, no) >= 8
    for button in await both.all():
        await expect(button).to_have_attribute("type", "button")
        await expect(button).not_to_be_focused()
    for number, decision in enumerate(ANSWERS):
        await both.nth(number).click()
        for feature in ALL:
            choice = places.door.card(feature).locator("fieldset")
            await expect(choice).to_have_attribute("data-answer", decision)


async def test_C11_answers_are_large_and_apart(pairs: list[Pair]) -> None:
    for each in pairs:
        for look in (each.yes, each.no):
            assert min(look.box["width"], look.box["height"]) >= 44, each.where
        assert gap(each.yes, each.no) >= 8, each.where
