"""Fair consent, "Choice": what is an answer, and what is none."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ALL, Face, Invite, Meet, Sit
from tests.browser.guest import answer
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_C5_no_answer_is_remembered_from_one_entry_to_the_next(
    call: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await call("Noor", world.url)
    await noor.open(room)
    await noor.card("recording").locator(answer("granted")).click()
    await noor.page.reload()
    choice = noor.card("recording").locator("fieldset")
    await expect(choice).to_have_attribute("data-answer", "unset")

    await noor.card("recording").locator(answer("granted")).click()
    await noor.enter()
    await noor.page.get_by_role("button", name="Leave").click()
    await noor.page.get_by_role("button", name="Join again").click()

    await expect(choice).to_have_attribute("data-answer", "unset")


async def test_C7_each_feature_has_a_statement_of_its_own(
    call: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await call("Noor", world.url)
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
        choice = tomas.row(feature).locator(".choice")
        await expect(choice).to_have_attribute("data-answer", "unset")
    assert mara.decisions() == []


async def test_C8_answering_in_the_lobby_leaves_the_other_cards_alone(
    call: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await call("Noor", world.url)
    await noor.open(room)
    await noor.card("transcript").locator(answer("granted")).click()

    for feature in ALL:
        expected = "granted" if feature == "transcript" else "unset"
        choice = noor.card(feature).locator("fieldset")
        await expect(choice).to_have_attribute("data-answer", expected)


async def test_C9_taking_part_is_not_consent(face: Face) -> None:
    mara, tomas = await face("Tomas")
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


async def test_C10_a_reload_in_mid_feature_is_no(face: Face) -> None:
    mara, tomas = await face("Tomas")
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
async def test_C10_no_answer_is_no(face: Face, way: str) -> None:
    mara, tomas = await face("Tomas")
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


async def test_M2_the_host_is_asked_and_counts_like_everybody(
    meet: Meet, sit: Sit
) -> None:
    (mara,) = await meet("Mara")
    tomas = await sit(mara.room, "Tomas")
    await mara.ask("transcript")
    await tomas.choose("transcript", "granted")
    await tomas.hears("decided", decision="granted")
    assert tomas.frames("sign") == []

    await mara.reply("granted")

    await tomas.sees_sign("transcript", "on")
