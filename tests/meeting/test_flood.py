"""Somebody who offers taps without end, in a meeting of others."""

from pathlib import Path
from typing import Any

from tests.meeting.conftest import configured, start
from tests.meeting.person import Person

SOURCES = {"0": "microphone"}


def said(person: Person, code: str) -> list[dict[str, Any]]:
    return [f for f in person.heard if f["type"] == "fault" and f["code"] == code]


async def test_offers_without_end_are_refused_and_the_meeting_goes_on(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path, limits={"tap_offers_per_minute": 3})
    async with start(config) as world:
        ann, ben = await world.meeting("Ann", "Ben", allow=("recording",))
        await ann.say(type="request", feature="recording")
        opening = (await ben.hears("tap"))["opening"]
        offer = {"type": "tap-offer", "opening": opening, "sources": SOURCES}

        for _ in range(5):
            await ben.say(**offer, sdp="v=0")
        await ben.hears("fault", where=lambda f: f["code"] == "tap-limit")
        await ben.settle()
        await ann.say(**offer, sdp="v=0")
        await ann.hears("fault", where=lambda f: f["code"] == "malformed")

        assert len(said(ben, "tap-limit")) == 2
        assert not said(ann, "tap-limit")
        assert "tap-closed" not in ann.kinds() + ben.kinds()
        since = len(ann.heard)
        await ben.refuse("recording")
        await ann.hears("tap-closed", since=since)


async def test_an_offer_of_sixty_kilobytes_is_refused_like_any_other(
    tmp_path: Path,
) -> None:
    async with start(configured(tmp_path)) as world:
        ann, ben = await world.meeting("Ann", "Ben", allow=("recording",))
        await ann.say(type="request", feature="recording")
        opening = (await ben.hears("tap"))["opening"]

        sdp = "a=rtpmap:1 a/1\r\n" * 2000 + "a=rtcp-fb:* a\r\n" * 1700
        sdp = f"m=audio 9 A 1\r\n{sdp}"
        offer = {"opening": opening, "sdp": sdp, "sources": SOURCES}
        await ben.say(type="tap-offer", **offer)

        await ben.hears("fault", where=lambda f: f["code"] == "malformed")
        await ann.settle()
        assert "tap-closed" not in ann.kinds() + ben.kinds()


async def test_long_messages_count_like_several(tmp_path: Path) -> None:
    limits = {"messages_per_second": 0.001, "message_burst": 30}
    async with start(configured(tmp_path, limits=limits)) as world:
        ann, ben = await world.meeting("Ann", "Ben")
        for _ in range(3):
            await ann.say_raw(" " * 65_000)
            await ann.say_raw("{}")

        assert await ann.ended() == 1008
        assert len(said(ann, "malformed")) == 4
        await ben.settle()
