"""A machine of a service's in a meeting: who is there sees whose it is, and ends it."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from gatekeeper.config.locales import locales
from tests.browser.conftest import Invite, configured
from tests.meeting.conftest import MINUTES, start
from tests.services.conftest import a_service
from tests.services.machine import a_machine

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTES = "notes"
FEED = {
    "sink": "feed",
    "kinds": ["audio"],
    "notices": dict.fromkeys(locales(), MINUTES | {"name": "Note taker"}),
}
SOME = 10
"""Packets."""


async def test_a_machine_is_seen_for_what_it_is_and_ended_by_one_press(
    invite: Invite, tmp_path: Path
) -> None:
    config = configured(
        tmp_path / "data", features={NOTES: FEED}, api={"open": True, "lease": 4}
    )
    async with start(config) as world, a_service(world, config) as service:
        room = await service.opens(mode="meeting", features=[NOTES])
        mara = await invite("Mara", world.url, manner="lively")
        tomas = await invite("Tomas", world.url, manner="lively")
        await mara.open(room["room"], room["host"])
        whose = mara.card(NOTES).get_by_text("Clinic", exact=True)
        await expect(whose).to_be_visible()
        await mara.join(room["room"], room["host"], notes="granted")
        await tomas.join(room["room"], notes="granted")
        asked = {"feature": NOTES}
        path = f"/rooms/{room['room']}/permits"
        status, lent = await service.asks("POST", path, asked)
        assert status == 201, lent
        async with a_machine(service, lent["permit"]) as machine:
            await machine.until(
                lambda: all(len(machine.of(g.id)) > SOME for g in (mara, tomas))
            )
            await mara.sees_sign(NOTES, "on")
            await mara.show("People")
            seat = mara.page.locator(f"[data-machine][data-feature={NOTES}]")
            await expect(seat).to_contain_text("Note taker")
            await expect(seat).to_contain_text("Clinic")
            assert {t["name"] for t in machine.tracks.values()} == {"Mara", "Tomas"}

            await tomas.choose(NOTES, "declined")
            await machine.ended()
        await mara.sees_sign(NOTES, "off")
        await expect(seat).to_have_count(0)
