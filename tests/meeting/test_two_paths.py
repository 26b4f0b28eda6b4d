"""
Stopping never queues; starting waits its turn (design.md, rule 4).

The ledger is made slow for real: another connection holds SQLite's write lock.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from gatekeeper.config import Config
from tests.meeting.conftest import World


@contextmanager
def slow_ledger(config: Config) -> Iterator[None]:
    """While inside, nothing becomes durable."""
    path = config.data.directory / "ledger.sqlite3"
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()


async def test_A2_a_withdrawal_does_not_wait_for_a_slow_ledger(
    world: World, config: Config
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")
    since = await ann.settle()

    with slow_ledger(config):
        await ben.refuse("minutes")
        await ann.hears("sign", since=since, where=lambda s: not s["on"])
        assert "receipt" not in ben.kinds(since)

    await ben.hears("receipt", where=lambda r: r["event"] == "withdrawn")


async def test_a_withdrawal_does_not_wait_behind_somebody_elses_opening(
    world: World, config: Config
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")
    since = await ann.settle()

    with slow_ledger(config):
        for person in (ann, ben):
            await person.allow("recording")
        await ann.say(type="request", feature="recording")
        await ann.settle()
        await ben.refuse("minutes")
        off = await ann.hears("sign", since=since)

    assert off["feature"] == "minutes"


async def test_opening_waits_until_it_is_durable(world: World, config: Config) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))

    with slow_ledger(config):
        await ann.say(type="request", feature="minutes")
        await ann.settle()
        await ben.settle()
        assert "sign" not in ann.kinds()

    assert (await ben.hears("sign"))["on"]


async def test_a_grant_taken_back_and_given_again_waits_for_its_own_proof(
    world: World, config: Config
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))

    with slow_ledger(config):
        await ann.say(type="request", feature="minutes")
        await ann.settle()
        await ben.refuse("minutes")
        await ben.allow("minutes")
        await ben.settle()
        assert "sign" not in ben.kinds()

    await ben.hears("sign", where=lambda s: s["on"])
    ledger = world.context.ledger
    bodies = [row.body for row in await ledger.read(ann.room)]
    opened = [body for body in bodies if b'"type":"gate.opened"' in body]
    assert len(opened) == len([b for b in bodies if b"gate.closed" in b]) + 1


async def test_a_newcomer_waits_outside_while_their_grant_is_written(
    world: World, config: Config
) -> None:
    (ann,) = await world.meeting("Ann", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")
    ben = await world.person(ann.room, "Ben")
    hello = await ben.connect()

    with slow_ledger(config):
        await ben.say(**ben.joining(hello, allow=("minutes",)))
        await ann.settle()
        assert "joined" not in ann.kinds()
        assert "welcome" not in ben.kinds()

    await ben.hears("welcome")
    await ann.hears("joined")
