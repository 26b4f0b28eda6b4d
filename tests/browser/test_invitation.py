"""
An invitation is passed on before the meeting: as a QR code, and as a calendar file.

One visit to the start page, told in order. Mara's page speaks English and her clock is
that of New York; her room speaks German.
"""

import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, Route, expect

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import LanguageTag
from tests import qr
from tests.browser.conftest import ALL, Invite
from tests.browser.guest import Guest
from tests.browser.measure import PHONE, WIDE, looks
from tests.browser.test_axe import clean
from tests.browser.test_twice import held
from tests.browser.waiting import until
from tests.catalogues import anyhow, word
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

TITLE = "Dächer; \N{ROCKET} heute, \\ morgen: مرحبا"
NEW_YORK = ZoneInfo("America/New_York")
SHORT = ("name", "meaning", "captured", "processor", "recipients", "retention")
SAVE = "Save the calendar file"
TWICE = "({form}) => { form.requestSubmit(); form.requestSubmit() }"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def mara(invite_all: Invite, world: World) -> AsyncIterator[Guest]:
    mara = await invite_all(
        "Mara", world.url, timezone_id=NEW_YORK.key, accept_downloads=True
    )
    page = mara.page
    await page.goto(world.url)
    await page.get_by_label("What is the meeting about?").fill(TITLE)
    await page.locator("select[name=language]").select_option("de")
    await page.get_by_role("button", name="Open the room").click()
    await expect(page.get_by_role("heading", name="The room is open")).to_be_visible()
    yield mara


def now() -> datetime:
    """As the clock on Mara's wall has it."""
    return datetime.fromtimestamp(time.time(), NEW_YORK)


def card(guest: Guest) -> Locator:
    return guest.page.locator("room-created")


async def invitation(guest: Guest) -> str:
    return await card(guest).locator("copy-field input").input_value()


async def host_secret(guest: Guest) -> str:
    href = await card(guest).locator("a[data-act=enter]").get_attribute("href")
    assert href
    return href.partition("#host=")[2]


async def plan(page: Page, day: date, time: str, length: str = "60") -> None:
    await page.get_by_label("Day", exact=True).fill(day.isoformat())
    await page.get_by_label("Start", exact=True).fill(time)
    lasts = page.get_by_role("combobox", name="Length", exact=True)
    await lasts.select_option(length)


async def saved(guest: Guest) -> icalendar.Event:
    """The one event of the file that a press has the browser keep."""
    async with guest.page.expect_download() as download:
        await guest.page.get_by_role("button", name=SAVE).click()
    content = (await (await download.value).path()).read_bytes()
    secret = await host_secret(guest)
    assert len(secret) > 20
    assert secret.encode() not in content
    calendar = icalendar.Calendar.from_ical(content)
    assert content.replace(b"\r\n", b"").find(b"\n") == -1
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert "METHOD" not in calendar
    (event,) = calendar.events
    assert not calendar.errors
    assert not event.errors
    return event


def text(event: icalendar.Event, name: str) -> str:
    return str(event[name])


async def test_a_camera_reads_the_invitation_small_and_large_light_and_dark(
    mara: Guest,
) -> None:
    page, link = mara.page, await invitation(mara)
    drawn = card(mara).get_by_role("img", name="QR code of the invitation link").first
    enlarge = card(mara).get_by_role("button", name="Show large")
    async for _ in looks(page, WIDE, PHONE):
        assert qr.read(await drawn.screenshot()) == [link]
    await enlarge.click()
    large = page.get_by_role("dialog", name="QR code")
    async for where in looks(page, WIDE, PHONE):
        assert qr.read(await page.screenshot()) == [link], where
        box = await large.get_by_role("img").bounding_box()
        width, height = await page.evaluate("[innerWidth, innerHeight]")
        assert box
        assert min(box["width"], box["height"]) > 0.6 * min(width, height), where
    await expect(large.get_by_text(link)).to_be_visible()
    await clean(page)
    await page.keyboard.press("Escape")
    await expect(large).to_be_hidden()
    await expect(enlarge).to_be_focused()


async def test_the_drawing_is_kept_as_a_file(mara: Guest) -> None:
    async with mara.page.expect_download() as download:
        await card(mara).get_by_role("link", name="Save the QR code").click()
    content = (await (await download.value).path()).read_bytes()

    assert qr.read(qr.pictured(content)) == [await invitation(mara)]


async def test_the_file_is_usually_of_the_next_full_hour(mara: Guest) -> None:
    before = now().astimezone(UTC)
    event = await saved(mara)

    assert isinstance(event.start, datetime)
    assert event.start.utcoffset() == timedelta(0)
    assert event.start.minute == event.start.second == 0
    assert event.end - event.start == timedelta(hours=1)
    # A full hour may have begun between the opening of the room and now.
    assert timedelta(hours=-1) < event.start - before <= timedelta(hours=1)


async def test_W1_the_file_says_in_the_rooms_language_what_can_be_asked_there(
    mara: Guest, world: World
) -> None:
    page, link = mara.page, await invitation(mara)
    day = now().date() + timedelta(days=2)
    await plan(page, day, "14:30", "90")
    event = await saved(mara)

    assert text(event, "SUMMARY") == TITLE
    at = datetime(day.year, day.month, day.day, 14, 30, tzinfo=NEW_YORK)
    assert (event.start, event.end) == (at, at + timedelta(minutes=90))
    assert text(event, "URL") == text(event, "LOCATION") == link
    assert text(event, "UID").startswith(link.rpartition("/")[2])
    said = text(event, "DESCRIPTION")
    assert "DESCRIPTION;LANGUAGE=de:" in event.to_ical().decode()
    for notice in in_german(world):
        assert all(getattr(notice, text) in said for text in SHORT), notice.feature
    for key in ("invite.asked", "lobby.choices.note", "invite.choose"):
        assert word("de", key) in said
    assert link in said.splitlines()


def in_german(world: World) -> list[Notice]:
    notices = [
        notice
        for feature in ALL
        for notice in world.offers.wordings.notices[feature].values()  # type: ignore[index]
        if notice.language == LanguageTag("de")
    ]
    assert len(notices) == len(ALL)
    return notices


async def test_a_room_is_not_invited_to_when_it_will_be_gone_or_in_the_past(
    mara: Guest,
) -> None:
    page, save = mara.page, card(mara).locator("calendar-entry button")
    today = now().date()
    told = card(mara).get_by_role("alert")
    for days, says, helps in (
        (9, "calendar.late", "calendar.late.text"),
        (-2, "calendar.past", "calendar.past.text"),
    ):
        await plan(page, today + timedelta(days=days), "10:00")
        await expect(save).to_have_text(word("en", says))
        await expect(save).to_have_attribute("aria-disabled", "true")
        await expect(save).to_have_accessible_description(anyhow("en", helps))
        await expect(told).to_be_visible()
    made: list[str] = []
    page.on("download", lambda file: made.append(file.suggested_filename))
    await save.click(force=True)
    await page.get_by_label("Day", exact=True).fill("")
    await expect(told).to_have_text(word("en", "calendar.unset"))
    await save.click(force=True)

    await plan(page, today + timedelta(days=1), "10:00")
    await expect(save).to_have_text(SAVE)
    await expect(told).to_be_hidden()
    assert made == []


async def test_R16_twice_it_is_saved_once_and_a_fault_is_told(mara: Guest) -> None:
    page = mara.page
    save = card(mara).locator("calendar-entry button")
    asked = await held(mara, "**/api/rooms/*")
    made: list[str] = []
    page.on("download", lambda file: made.append(file.suggested_filename))

    # Past what keeps a hand that trembles from pressing twice.
    await save.evaluate(TWICE)

    await until(lambda: made, "the file is kept")
    await expect(card(mara).get_by_role("status").last).to_contain_text(made[0])
    assert asked == ["GET"]
    assert len(made) == 1
    await page.unroute_all()

    async def gone(route: Route) -> None:
        await route.fulfill(status=410, json={"code": "room-ended"})

    for refuse, key in (
        (lambda route: route.abort(), "calendar.failed"),
        (gone, "fault.room-ended"),
    ):
        await page.route("**/api/rooms/*", refuse)
        await save.click()
        await expect(card(mara).get_by_role("alert")).to_have_text(word("en", key))
        await page.unroute_all()


async def test_in_another_language_the_room_and_what_is_chosen_stay(
    mara: Guest,
) -> None:
    page, link = mara.page, await invitation(mara)
    day = now().date() + timedelta(days=3)
    await plan(page, day, "08:15", "45")

    await page.locator("[data-choice=language]").select_option("ar")

    await expect(card(mara).get_by_role("heading").first).to_have_text(
        word("ar", "created.title")
    )
    assert await invitation(mara) == link
    fields = [
        card(mara).locator(f"[name={name}]") for name in ("day", "time", "length")
    ]
    assert [await each.input_value() for each in fields] == [
        day.isoformat(),
        "08:15",
        "45",
    ]
