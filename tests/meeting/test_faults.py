"""When the ledger fails, or the server dies: gates close, the meeting goes on."""

import asyncio
from pathlib import Path

import pytest

from gatekeeper.config import Config
from gatekeeper.evidence.chain import verify
from gatekeeper.meeting import registry
from tests.meeting.conftest import World, start

LEDGER, AWAY = "ledger.sqlite3", "away.sqlite3"


async def take_the_ledger_away(world: World, config: Config) -> None:
    """Move the real database out of the way; the next thing written finds it out."""
    data = config.data.directory
    (data / LEDGER).rename(data / AWAY)
    assert not await world.context.ledger.probe()


def give_it_back(config: Config) -> None:
    data = config.data.directory
    (data / AWAY).rename(data / LEDGER)


async def test_with_the_ledger_gone_open_gates_close_and_say_why(
    world: World, config: Config
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda s: s["on"])

    await take_the_ledger_away(world, config)

    await ben.hears("sign", where=lambda s: not s["on"])
    assert await ben.fault() == "ledger-unavailable"
    await ann.say(type="chat", text="we go on")
    await ben.hears("chat-line")


async def test_with_the_ledger_gone_grants_are_refused_and_a_no_still_works(
    world: World, config: Config
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda s: s["on"])
    await take_the_ledger_away(world, config)
    await ben.hears("sign", where=lambda s: not s["on"])
    since = await ben.settle()

    await ben.refuse("minutes")
    await ben.hears("decided", since=since)
    await ben.allow("minutes")

    assert await ben.fault(since) == "ledger-unavailable"
    await ann.say(type="request", feature="minutes")
    await ann.hears("fault", where=lambda f: f["about"] == "request")


async def test_when_the_ledger_is_back_it_can_be_asked_for_again(
    world: World, config: Config
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda s: s["on"])
    await take_the_ledger_away(world, config)
    await ben.hears("sign", where=lambda s: not s["on"])
    await ben.refuse("minutes")
    await ben.settle()

    give_it_back(config)
    await ben.hears("receipt", where=lambda r: r["event"] == "withdrawn")
    since = await ben.settle()
    await ben.allow("minutes")
    await ann.say(type="request", feature="minutes")

    assert (await ben.hears("sign", since=since))["on"]


async def test_an_opening_that_cannot_be_proved_does_not_open(
    world: World, config: Config
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    await ann.say(type="request", feature="minutes")
    await ann.allow("minutes")
    await ann.settle()
    data = config.data.directory
    (data / LEDGER).rename(data / AWAY)

    await ben.allow("minutes")

    assert await ben.fault() == "ledger-unavailable"
    await ben.settle()
    assert "sign" not in ben.kinds()


async def test_after_a_restart_people_join_again_with_their_grants(
    config: Config,
) -> None:
    async with start(config) as world:
        ann, ben = await world.meeting("Ann", "Ben")
        for person in (ann, ben):
            await person.allow("minutes")
        await ann.say(type="request", feature="minutes")
        await ben.hears("sign", where=lambda s: s["on"])
        room = ann.room

    async with start(config) as world:
        back = []
        for old in (ann, ben):
            person = await world.person(room, old.name)
            person.key = old.key
            await person.connect()
            await person.say(
                type="resume", participant=old.id, secret=old.resume_secret
            )
            assert await person.fault() == "resume-unknown"
            welcome = await person.join(allow=("minutes",))  # signed afresh
            assert [s["on"] for s in welcome["signs"]] == [False, False]
            back.append(person)
        await back[0].settle()

        await back[1].refuse("minutes")

        receipt = await back[1].hears("receipt")
        assert receipt["event"] == "withdrawn"


@pytest.mark.parametrize("ended", [True, False])
async def test_the_chain_of_a_meeting_verifies(config: Config, ended: bool) -> None:
    async with start(config) as world:
        ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
        await ann.say(type="request", feature="minutes")
        await ben.hears("sign", where=lambda s: s["on"])
        cat = await world.person(ann.room, "Cat")
        await cat.join(allow=("minutes",))
        await ben.refuse("minutes")
        await ben.hears("receipt", where=lambda r: r["event"] == "withdrawn")
        await ben.allow("minutes")
        await cat.hears("sign", where=lambda s: s["on"])
        if ended:
            await ann.say(type="end")
            await ben.hears("ended")
    async with start(config) as world:
        ledger = world.context.ledger
        rows = await ledger.read(ann.room)

        verified = verify(ann.room, rows, sealed=ended)

    assert verified is not None
    kinds = [row.body.split(b'"type":"')[-1].split(b'"')[0].decode() for row in rows]
    assert kinds.count("gate.opened") == 2
    assert kinds.count("gate.closed") == 2
    assert kinds.count("grant.withdrawn") == 1
    assert kinds.count("grant.added") == 1


async def test_a_meeting_in_which_somebody_refuses_leaves_no_trace(
    config: Config, tmp_path: Path
) -> None:
    async with start(config) as world:
        ann, ben = await world.meeting("Ann", "Ben")
        await ann.say(type="request", feature="minutes")
        await ann.allow("minutes")
        await ben.refuse("minutes")
        await ben.settle()
        room = ann.room

        assert await world.context.ledger.read(room) == ()
    data = b"".join(f.read_bytes() for f in (tmp_path / "data").rglob("ledger*"))
    for word in (ann.id, ben.id, "Ann", "Ben", "declined"):
        assert word.encode() not in data


async def test_a_receipt_that_only_a_lost_ledger_could_give_holds_up_no_end(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "STOP_WITHIN", 1000.0)
    async with asyncio.timeout(60), start(config) as world:
        ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
        await ann.say(type="request", feature="minutes")
        await ben.hears("sign", where=lambda s: s["on"])
        await take_the_ledger_away(world, config)
        await ben.hears("sign", where=lambda s: not s["on"])
        await ben.refuse("minutes")
        await ben.settle()
