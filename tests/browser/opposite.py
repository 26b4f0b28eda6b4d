"""
Somebody opposite, whose page nobody looks at: they speak the protocol.

To be there with a browser costs as much as all that most tests do besides.
"""

from typing import Literal

from gatekeeper.consent.types import RoomId
from tests.browser.guest import Decision
from tests.browser.waiting import until
from tests.meeting.person import Frame, Person


class Opposite:
    """Does what a `Guest` does, in the same words, of what needs no page."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def room(self) -> RoomId:
        return self.person.room

    async def ask(self, feature: str) -> None:
        """As host: ask everyone for a feature."""
        await self.person.say(type="request", feature=feature)

    async def choose(self, feature: str, decision: Decision) -> None:
        """Answer, whether asked or not."""
        answered = self.person.answer(feature, decision)
        await self.person.say(type="decide", **answered)

    async def sees_sign(self, feature: str, state: Literal["on", "off"]) -> None:
        def shown() -> bool:
            said = [f["on"] for f in self.frames("sign") if f["feature"] == feature]
            return said[-1:] == [True] if state == "on" else said[-1:] != [True]

        await until(shown, f"the sign of {feature} is {state}")

    async def settle(self) -> None:
        """Return once the server has done all that was asked of it before."""
        await self.person.settle()

    async def write(self, text: str) -> None:
        """Say something in the chat."""
        await self.person.say(type="chat", text=text)

    async def hears(self, kind: str, **having: object) -> Frame:
        """The first frame like this, once it is there."""
        return await self.person.hears(
            kind, where=lambda frame: having.items() <= frame.items()
        )

    def frames(self, kind: str) -> list[Frame]:
        return [frame for frame in self.person.heard if frame["type"] == kind]
