"""
R20: a server that opens a gate without everybody's yes gets nothing.

The server is the real one with one of its own rules broken (`lies`); Mara and Tomas are
at real browsers, unmodified, and have said yes. Noor speaks the protocol without one.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, AsyncExitStack
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import expect

from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from tests.browser import lies
from tests.browser.conftest import Invite
from tests.browser.guest import Guest
from tests.browser.live import plays
from tests.browser.waiting import until
from tests.meeting.conftest import World
from tests.meeting.person import Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

RECORDING = FeatureId("recording")


@dataclass
class Company:
    """Who is there, and what reaches the server."""

    world: World
    room: RoomId
    mara: Guest
    tomas: Guest
    noor: Person
    packets: Callable[[], int]

    @property
    def both(self) -> tuple[Guest, Guest]:
        return self.mara, self.tomas

    async def asked(self) -> None:
        """The host wants the recording."""
        mark = len(self.mara.heard)
        await self.mara.ask("recording")
        await self.mara.hears("requested", mark)

    async def found(self, state: str) -> None:
        """What both browsers say of everybody's yes."""
        for guest in self.both:
            check = guest.row("recording").locator("grants-check")
            await expect(check).to_have_attribute("data-state", state)

    def stop(self) -> None:
        """Nobody wants it any more."""
        self.world.registry._rooms[self.room]._gates.cancel(RECORDING)

    async def conversation_goes_on(self) -> None:
        await plays(self.mara, self.mara.tile(self.tomas))
        await plays(self.tomas, self.tomas.tile(self.mara))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def company(call_all: Invite, world: World) -> AsyncIterator[Company]:
    async with AsyncExitStack() as stack:
        packets = stack.enter_context(lies.counted())
        room, secret = await world.room("recording")
        mara, tomas = [
            await call_all(name, world.url, manner="lively")
            for name in ("Mara", "Tomas")
        ]
        await mara.join(room, secret, recording="granted")
        await tomas.join(room, recording="granted")
        noor = await world.person(room, "Noor")
        await noor.join()
        await expect(mara.page.get_by_text("Noor").first).to_be_visible()
        company = Company(world, room, mara, tomas, noor, packets)
        await company.conversation_goes_on()
        for guest in company.both:
            await guest.page.evaluate(lies.WATCH)
        yield company


def shown(
    changed: dict[str, str],
) -> Callable[[Company], AbstractContextManager[object]]:
    """What Noor did sign, but not for this, is shown as her yes."""

    def lie(here: Company) -> AbstractContextManager[object]:
        statement = here.noor.statement("recording", "granted", changed)
        return lies.showing(here.noor, statement, here.noor.key)

    return lie


def without_tomas(here: Company) -> AbstractContextManager[object]:
    """Noor's yes would do, and Tomas's is good; it is not shown."""
    tomas = ParticipantId(here.tomas.id)
    return lies.all_of(shown({})(here), lies.leaving_out(tomas))


LIES: dict[str, Callable[[Company], AbstractContextManager[object]]] = {
    "without one": lambda here: lies.leaving_out(ParticipantId(here.noor.id)),
    "without Tomas's": without_tomas,
    "that somebody else has signed": lambda here: lies.inventing(here.noor),
    "of somebody whom nobody sees": lambda here: lies.relabelling(here.noor),
} | {name: shown(changed) for name, changed in lies.ANOTHER.items()}


@pytest.mark.parametrize("lie", LIES)
async def test_R20_nothing_is_sent_on_a_grant(company: Company, lie: str) -> None:
    before = company.packets()
    with lies.opening_anyway(), LIES[lie](company):
        await company.asked()
        await company.found("unproved")
        company.stop()

    assert company.packets() == before == 0
    for guest in company.both:
        assert guest.frames("tap"), "the server did want it"
        assert await guest.page.evaluate(lies.TAPS) == 0


async def test_R20_who_comes_without_a_yes_ends_it_whatever_the_server_says(
    company: Company,
) -> None:
    await company.noor.allow("recording")
    await company.asked()
    await company.found("checked")
    await until(lambda: company.packets() > 0, "an honest server gets everybody's copy")
    for guest in company.both:
        assert await guest.page.evaluate(lies.TAPS) > 0
    ines = await company.world.person(company.room, "Ines")
    with lies.opening_anyway(), lies.hiding(ines):
        await ines.join()
        before = company.packets()
        await until(lambda: company.packets() > before, "nobody knows of her yet")
        await company.found("checked")
        for guest in company.both:
            await ines.say(type="signal", to=guest.id, payload="{}")
        await company.found("unproved")
        at_once = company.packets()
        await company.conversation_goes_on()

        assert company.packets() == at_once
        for guest in company.both:
            note = guest.page.locator("standing-notes").get_by_text("is proved")
            await expect(note).to_be_visible()
            assert "Ines" not in await guest.page.inner_text("standing-notes")
        company.stop()


async def test_R20_whoever_stands_between_two_people_is_noticed(
    company: Company,
) -> None:
    mara, tomas = company.both
    with lies.standing_between():
        await tomas.page.reload()
        await tomas.enter()
        for guest, other in ((mara, "Tomas"), (tomas, "Mara")):
            note = guest.page.locator("standing-notes p", has_text="was not theirs")
            await expect(note).to_contain_text(other)
