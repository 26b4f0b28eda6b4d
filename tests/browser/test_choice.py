"""Fair consent, "Choice": yes and no, measured where they stand."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import ALL, Invite, Meet, gather
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
    widths,
)
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

OBJECTS = {
    "recording": "recording",
    "transcript": "transcript",
    "summary": "AI summary",
    "compose": "AI compose",
}
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
async def places(invite_all: Invite, world: World) -> AsyncIterator[Places]:
    mara, tomas = await gather(invite_all, world, "Mara", "Tomas")
    await mara.ask("recording")
    await mara.reply("declined")
    await expect(tomas.prompt).to_be_visible()
    await tomas.sees_ready(tomas.prompt.locator("button").first)
    ines = await invite_all("Ines", world.url)
    room, _ = await world.room(*ALL)
    await ines.open(room)
    yield Places(door=ines, inside=mara, asked=tomas)


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


async def test_C3_yes_and_no_are_alike(places: Places) -> None:
    for name, (guest, place) in places.all().items():
        async for where in looks(guest.page, WIDE, PHONE, NARROW):
            await opened(guest, place)
            yes, no = await measure_all(pair(place))
            if yes.pressed == no.pressed:
                assert_alike(yes, no, f"{name}, {where}")
                assert yes.drawing == no.drawing


async def test_C3_a_yes_in_force_looks_as_a_no_in_force(places: Places) -> None:
    for name in ("card", "row"):
        guest, place = places.all()[name]
        async for where in looks(guest.page, WIDE, PHONE):
            await opened(guest, place)
            granted = await pressed(guest, place, "granted")
            declined = await pressed(guest, place, "declined")
            assert_alike(granted[0], declined[1], f"pressed, {name}, {where}")
            assert_alike(granted[1], declined[0], f"not pressed, {name}, {where}")


async def opened(guest: Guest, place: Locator) -> None:
    """On a phone the gate panel is a sheet that has to be opened."""
    if not await place.is_visible():
        await guest.page.get_by_role("button", name="Gate").click()
    await expect(place).to_be_visible()


async def pressed(guest: Guest, place: Locator, decision: Decision) -> list[Look]:
    """Both answers while this one is in force, without pointer or focus on them."""
    await place.locator(answer(decision)).click()
    choice = place.get_by_role("group")
    await expect(choice).to_have_attribute("data-answer", decision)
    await expect(choice).not_to_have_attribute("data-state", "pending")
    await guest.page.mouse.move(0, 0)
    await guest.page.evaluate("document.activeElement.blur()")
    return await measure_all(pair(place))


async def test_C4_yes_and_no_stand_in_the_same_order_everywhere(places: Places) -> None:
    for name, (guest, place) in places.all().items():
        async for width in widths(guest.page):
            await opened(guest, place)
            yes, no = await measure_all(pair(place))
            order = await pair(place).evaluate_all(
                "all => all.map(b => b.dataset.answer)"
            )
            assert order == ["granted", "declined"]
            before = yes.box["x"] < no.box["x"] or yes.box["y"] < no.box["y"]
            assert before, f"{name} at {width}"
    for feature in ALL:
        order = await pair(places.door.card(feature)).evaluate_all(
            "all => all.map(button => button.dataset.answer)"
        )
        assert order == ["granted", "declined"]


async def test_C5_nothing_is_chosen_at_first_and_that_looks_like_neither_answer(
    places: Places, invite: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await invite("Noor", world.url)
    await noor.open(room)
    for feature in ALL:
        choice = noor.card(feature).get_by_role("group")
        await expect(choice).to_have_attribute("data-answer", "unset")
        await expect(choice).to_contain_text("Not answered")
    card = noor.card("recording")
    unset = await measure_all(pair(card))
    assert [look.pressed for look in unset] == ["false", "false"]
    granted = await pressed(noor, card, "granted")
    declined = await pressed(noor, card, "declined")
    for answered in (granted, declined):
        for look in answered:
            assert look.drawing != unset[0].drawing
            assert look.like["border"][1] != unset[0].like["border"][1]


async def test_C5_no_answer_is_remembered_from_one_entry_to_the_next(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await invite("Noor", world.url)
    await noor.open(room)
    await noor.card("recording").locator(answer("granted")).click()
    await noor.page.reload()
    choice = noor.card("recording").get_by_role("group")
    await expect(choice).to_have_attribute("data-answer", "unset")

    await noor.card("recording").locator(answer("granted")).click()
    await noor.enter()
    await noor.page.get_by_role("button", name="Leave").click()
    await noor.page.get_by_role("button", name="Join again").click()

    await expect(choice).to_have_attribute("data-answer", "unset")


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
        await expect(place.get_by_role("link")).to_have_count(0)
    for guest in (places.door, places.inside, places.asked):
        for button in await guest.page.get_by_role("button").all():
            assert not EVASIVE.search(await button.inner_text())


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
    for number, decision in enumerate(("granted", "declined")):
        await both.nth(number).click()
        for feature in ALL:
            choice = places.door.card(feature).get_by_role("group")
            await expect(choice).to_have_attribute("data-answer", decision)


async def test_C7_each_feature_has_a_statement_of_its_own(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await invite("Noor", world.url)
    await noor.open(room)
    await noor.page.get_by_role("button", name="Allow all").click()
    await noor.enter()

    answers = next(f for f in noor.said if f["type"] == "join")["answers"]
    assert sorted(a["feature"] for a in answers) == sorted(ALL)
    assert len({a["statement"] for a in answers}) == len(ALL)


async def test_C8_one_choice_never_makes_another(meet: Meet) -> None:
    mara, tomas = await meet("Mara", "Tomas")
    await tomas.choose("transcript", "granted")
    await tomas.hears("decided")
    await mara.ask("summary")
    await expect(mara.prompt).to_be_visible()
    await tomas.reply("granted")

    decided = [f["feature"] for f in tomas.said if f["type"] == "decide"]
    assert decided == ["transcript", "summary"]
    for feature in ("recording", "compose"):
        choice = tomas.row(feature).get_by_role("group", include_hidden=True)
        await expect(choice).to_have_attribute("data-answer", "unset")
    assert mara.decisions() == []


async def test_C8_answering_in_the_lobby_leaves_the_other_cards_alone(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await invite("Noor", world.url)
    await noor.open(room)
    await noor.card("transcript").locator(answer("granted")).click()

    for feature in ALL:
        expected = "granted" if feature == "transcript" else "unset"
        choice = noor.card(feature).get_by_role("group")
        await expect(choice).to_have_attribute("data-answer", expected)


async def test_C9_taking_part_is_not_consent(meet: Meet) -> None:
    mara, tomas = await meet("Mara", "Tomas")
    await mara.choose("transcript", "granted")
    for key in ("m", "m", "v", "v"):
        await tomas.page.keyboard.press(key)
    await tomas.page.get_by_role("button", name="Hand").click()
    await tomas.write("I am here and typing")
    await tomas.show("Gate")
    await tomas.page.mouse.wheel(0, 600)
    await mara.ask("transcript")
    await expect(tomas.prompt).to_be_visible()

    assert tomas.decisions() == []
    assert mara.frames("sign") == tomas.frames("sign") == []
    await mara.sees_sign("transcript", "off")


async def test_C10_a_reload_in_mid_feature_is_no(meet: Meet) -> None:
    mara, tomas = await meet("Mara", "Tomas")
    for guest in (mara, tomas):
        await guest.choose("transcript", "granted")
    await mara.ask("transcript")
    await mara.sees_sign("transcript", "on")
    await tomas.page.reload()
    await mara.sees_sign("transcript", "off")

    await tomas.enter()

    choice = tomas.row("transcript").get_by_role("group")
    await expect(choice).to_have_attribute("data-answer", "unset")
    await mara.sees_sign("transcript", "off")


@pytest.mark.parametrize("way", ["waits", "presses Escape", "reloads", "closes"])
async def test_C10_no_answer_is_no(meet: Meet, way: str) -> None:
    mara, tomas = await meet("Mara", "Tomas")
    await mara.choose("transcript", "granted")
    await mara.ask("transcript")
    await expect(tomas.prompt).to_be_visible()
    match way:
        case "presses Escape":
            await tomas.sees_ready(tomas.prompt.locator("button").last)
            await tomas.page.keyboard.press("Escape")
            await tomas.hears("decided", decision="declined")
        case "reloads":
            await tomas.page.reload()
            await mara.hears("changed")
        case "closes":
            await tomas.page.close()
            await mara.hears("changed")
        case _:
            pass  # and waits

    await mara.settle()

    assert "granted" not in tomas.decisions()
    assert mara.frames("sign") == []
    await mara.sees_sign("transcript", "off")


async def test_C11_answers_are_large_and_apart(places: Places) -> None:
    for name, (guest, place) in places.all().items():
        async for width in widths(guest.page):
            await opened(guest, place)
            yes, no = await measure_all(pair(place))
            for look in (yes, no):
                assert min(look.box["width"], look.box["height"]) >= 44, (name, width)
            assert gap(yes, no) >= 8, (name, width)


async def test_M2_the_host_is_asked_and_counts_like_everybody(meet: Meet) -> None:
    mara, tomas = await meet("Mara", "Tomas")
    await mara.ask("transcript")
    await tomas.reply("granted")
    await tomas.hears("decided", decision="granted")
    assert tomas.frames("sign") == []

    await mara.reply("granted")

    await tomas.sees_sign("transcript", "on")
