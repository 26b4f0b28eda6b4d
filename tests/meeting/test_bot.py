"""A bot that sits in a person's seat is a person there, and nothing more."""

import asyncio

from tests.meeting.conftest import World
from tests.meeting.person import Person


async def by_script(bot: Person) -> None:
    """Say yes to whatever is asked, as soon as it is."""
    said = 0
    while True:
        asked = await bot.hears("asked", since=said)
        said = bot.heard.index(asked, said) + 1
        await bot.allow(asked["feature"])


async def test_a_bot_in_a_persons_seat_is_one_person_with_one_voice(
    world: World,
) -> None:
    ann, ben, bot = await world.meeting("Ann", "Ben", "Notetaker")
    pressing = asyncio.get_running_loop().create_task(by_script(bot))
    await ann.say(type="request", feature="minutes")
    await bot.hears("decided")
    await ann.allow("minutes")
    await ann.hears("decided")
    since = await ben.settle()
    assert "sign" not in ben.kinds(), "the bot's yes, twice over, is nobody else's"

    await ben.allow("minutes")
    assert (await ben.hears("sign", since=since))["on"]
    people = {each["person"]["name"] for each in ann.heard if each["type"] == "joined"}
    since = await ben.settle()
    await bot.refuse("minutes")
    pressing.cancel()

    assert "Notetaker" in people
    assert not (await ben.hears("sign", since=since))["on"], "and its no counts, too"
