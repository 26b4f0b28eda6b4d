"""What was signed in an earlier life of a room opens nothing in the next one."""

import asyncio
import base64
import json
from contextlib import AsyncExitStack
from typing import Any, Self

import pytest

from gatekeeper.config import Config
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import Decision, FeatureId, ParticipantId, RoomId
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import GrantWithdrawn, decode
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import SignedDecision, read_decision
from gatekeeper.meeting.faults import (
    AnsweredTooOften,
    ReplayedStatement,
    StatementOutdated,
)
from gatekeeper.meeting.lives import Lives
from gatekeeper.meeting.statements import MOST, Statements
from tests.evidence.people import RECORDING, ROOM, Signer
from tests.meeting.conftest import MINUTES, World, configured, start
from tests.meeting.person import Person

SUMMARY = FeatureId("summary")


class Server:
    """A server that may begin another life of its rooms."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.world: World = await self._stack.enter_async_context(start(self.config))
        return self

    async def __aexit__(self, *details: Any) -> None:
        await self._stack.__aexit__(*details)

    async def again(self, how: str, room: RoomId) -> World:
        if how == "crash":
            await crashing(self.world, room)
        else:
            await self._stack.aclose()
            await self.__aenter__()
        return self.world


def crashing(world: World, room: RoomId) -> asyncio.Task[None]:
    """Let a room meet what nobody has thought of; done once it is gone."""

    async def step() -> None:
        raise RuntimeError("nobody has thought of this")

    world.registry._rooms[room]._gates.turns.put(step)
    return world.registry._living[room]


async def two(world: World) -> tuple[Person, Person, str]:
    """Two at the door of a new room, and its host capability."""
    room, secret = await world.room()
    return await world.person(room, "Ann"), await world.person(room, "Ben"), secret


async def back(world: World, old: Person) -> Person:
    """The same browser at the door of the room's next life."""
    person = await world.person(old.room, old.name)
    person.key = old.key
    return person


async def is_closed(person: Person) -> None:
    await person.settle()
    assert not any(f["type"] == "sign" and f["on"] for f in person.heard)


async def withdrawals(world: World, room: RoomId) -> list[GrantWithdrawn]:
    """Of a chain that verifies."""
    rows = await world.context.ledger.read(room)
    verify(room, rows, sealed=False)
    bodies = [decode(row.body).body for row in rows]
    return [body for body in bodies if isinstance(body, GrantWithdrawn)]


async def heard(person: Person, kind: str, times: int) -> None:
    since = 0
    for _ in range(times):
        frame = await person.hears(kind, since=since)
        since = person.heard.index(frame, since) + 1


def earlier_version(person: Person, decision: str, version: str) -> str:
    """An answer as clients signed it before: in the first version without a life."""
    payload = person.statement("minutes", decision).split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(payload + "=="))
    said |= {"at": "2026-11-22T11:59:58.125Z"}
    if version == "v1":
        del said["life"]
    return person.key.sign(**said | {"type": f"gatekeeper/decision/{version}"})


# ---- A yes --------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["restart", "crash"])
@pytest.mark.parametrize("taken_back", [True, False])
async def test_an_old_yes_opens_nothing_in_the_next_life(
    config: Config, how: str, taken_back: bool
) -> None:
    async with Server(config) as server:
        ann, ben, secret = await two(server.world)
        await ann.join(host=secret)
        await ben.join()
        old = ben.answer("minutes", "granted")
        await ben.say(type="decide", **old)
        if taken_back:
            await ben.refuse("minutes")
        await ben.settle()

        world = await server.again(how, ann.room)
        ann, ben = await back(world, ann), await back(world, ben)
        await ann.join(host=secret, allow=("minutes",))
        await ben.join(answers=[old])
        assert await ben.fault() == "statement-outdated"
        await ann.say(type="request", feature="minutes")
        await ben.hears("asked")
        since = await ben.settle()
        await ben.say(type="decide", **old)
        assert await ben.fault(since) == "statement-outdated"
        await is_closed(ann)

        await ben.allow("minutes")  # in this life: a yes like any other
        await ann.hears("sign", where=lambda s: s["on"])


@pytest.mark.parametrize("version", ["v1", "v2"])
async def test_an_earlier_version_of_a_statement_is_refused(
    world: World, version: str
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    await ben.allow("minutes")
    await ann.say(type="request", feature="minutes")
    old = earlier_version(ann, "granted", version)
    key = ParticipantKey.from_jwk(ann.key.jwk)
    assert read_decision(old, key=key).decision is Decision.GRANTED

    await ann.say(type="decide", feature="minutes", decision="granted", statement=old)

    assert await ann.fault() == "statement-outdated"
    await is_closed(ben)


# ---- A no ---------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["v1", "v2", "v3"])
async def test_R4_a_no_that_is_outdated_closes_all_the_same(
    world: World, version: str
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")
    another = ben.statement("minutes", "declined", {"life": "another"})
    earlier = version != "v3"
    old = earlier_version(ben, "declined", version) if earlier else another

    await ben.say(type="decide", feature="minutes", decision="declined", statement=old)

    await ann.hears("sign", where=lambda s: not s["on"])
    assert await ben.fault() == "statement-outdated"
    await ben.hears("receipt", where=lambda r: r["event"] == "withdrawn")
    [withdrawal] = await withdrawals(world, ann.room)
    assert withdrawal.statement is None


@pytest.mark.parametrize("where", ["in the room", "in the lobby"])
@pytest.mark.parametrize("how", ["restart", "crash"])
async def test_a_no_in_the_next_life_takes_back_every_recorded_grant(
    config: Config, how: str, where: str
) -> None:
    async with Server(config) as server:
        world = server.world
        ann, ben, secret = await two(world)
        for _ in range(2):  # each life leaves a grant of theirs on record
            await ann.join(host=secret, allow=("minutes",))
            await ben.join(allow=("minutes",))
            await ann.say(type="request", feature="minutes")
            await ben.hears("receipt")
            world = await server.again(how, ann.room)
            ann, ben = await back(world, ann), await back(world, ben)
        assert not await withdrawals(world, ann.room)

        hello = await ben.connect()
        if where == "in the room":
            await ben.say(**ben.joining(hello))
            await ben.hears("welcome")
            await ben.refuse("minutes")
        else:
            no = [ben.answer("minutes", "declined")]
            await ben.say(**ben.joining(hello) | {"answers": no})
        await ben.hears("receipt", where=lambda r: r["event"] == "withdrawn")

        taken = await withdrawals(world, ann.room)
        assert len({body.nonce for body in taken}) == len(taken) == 2
        assert all(body.statement is not None for body in taken)
        await heard(ben, "receipt", 2)


async def test_what_was_granted_for_other_words_is_taken_back_as_well(
    config: Config,
) -> None:
    async with Server(config) as server:
        ann, ben, secret = await two(server.world)
        await ann.join(host=secret, allow=("minutes",))
        await ben.join(allow=("minutes",))
        await ann.say(type="request", feature="minutes")
        await ben.hears("receipt")
        notice = MINUTES | {"retention": "A month"}
        notices = dict.fromkeys(locales(), notice)
        minutes = {"sink": "external", "kinds": ["audio"], "notices": notices}
        server.config = configured(
            config.data.directory, features={"recording": {}, "minutes": minutes}
        )

        world = await server.again("restart", ann.room)
        ben = await back(world, ben)
        await ben.join()
        await ben.refuse("minutes")

        receipt = await ben.hears("receipt")
        assert receipt["event"] == "withdrawn"
        said = receipt["receipt"].split(".")[1]
        assert b"A year" in base64.urlsafe_b64decode(said + "==")
        assert len(await withdrawals(world, ann.room)) == 1


async def test_a_no_takes_back_what_was_granted_before_a_lapse(world: World) -> None:
    ann, ben, secret = await two(world)
    await ann.join(host=secret, allow=("minutes",))
    await ben.join(allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("receipt")
    world.registry._rooms[ann.room]._gates._expire(FeatureId("minutes"))
    await ann.say(type="request", feature="minutes")
    await ben.hears("lapsed")

    await ben.refuse("minutes")

    await ben.hears("receipt", where=lambda r: r["event"] == "withdrawn")
    assert len(await withdrawals(world, ann.room)) == 1


async def test_a_crash_excuses_no_closing_and_no_withdrawal(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("receipt")
    gates = world.registry._rooms[ann.room]._gates
    crashed = crashing(world, ann.room)

    gates.decline(ParticipantId(ben.id), FeatureId("minutes"), lambda: None)
    await crashed

    assert len(await withdrawals(world, ann.room)) == 1
    assert not (await world.context.ledger.standing(ann.room)).open


# ---- Statements ---------------------------------------------------------------------


def statements(life: str = "thisVeryLife", *used_up: SignedDecision) -> Statements:
    return Statements(
        ROOM,
        life,
        in_force=lambda feature, notice: True,
        worded=lambda signed: True,
        used_up=lambda signed: signed in used_up,
    )


def test_no_more_grants_are_taken_than_a_room_remembers() -> None:
    box, who = statements(), Signer()
    for number in range(MOST):
        text = who.signs(who.says(nonce=f"{number:022}"))
        box.read(text, key=who.key, feature=RECORDING, decision=Decision.GRANTED)
    last = who.signs(who.says(nonce=f"{MOST - 1:022}"))
    new = who.signs(who.says())

    with pytest.raises(AnsweredTooOften):
        box.read(new, key=who.key, feature=RECORDING, decision=Decision.GRANTED)
    with pytest.raises(AnsweredTooOften):
        box.read_again(new, key=who.key, feature=RECORDING)
    box.read_again(last, key=who.key, feature=RECORDING)  # it is remembered already
    for _ in range(3):  # a no is never too many
        no = who.signs(who.says("declined"))
        box.read(no, key=who.key, feature=RECORDING, decision=Decision.DECLINED)


def test_what_somebody_said_last_is_forgotten_when_they_leave() -> None:
    box, who, other = statements(), Signer(), Signer()
    for each in (who, other):
        no = each.signs(each.says("declined"))
        box.read(no, key=each.key, feature=RECORDING, decision=Decision.DECLINED)

    box.forget(who.key.thumbprint)

    assert [about for about, _ in box._last_no] == [other.key.thumbprint]


def test_a_nonce_names_one_grant() -> None:
    """Whoever signs another with it would spoil the chain for everybody."""
    who, other = Signer(), Signer()
    first = who.says()
    again = {"nonce": first["nonce"]}
    for signer, feature, said in (
        (other, RECORDING, other.says(**again)),
        (who, SUMMARY, who.says(**again, feature=SUMMARY)),
        (who, RECORDING, who.says(**again, language="de")),
    ):
        box = statements()
        box.read_again(who.signs(first), key=who.key, feature=RECORDING)
        with pytest.raises(ReplayedStatement):
            box.read_again(signer.signs(said), key=signer.key, feature=feature)


def test_a_nonce_that_the_ledger_holds_names_no_other_grant() -> None:
    who = Signer()
    grant = who.decides()
    box = statements("thisVeryLife", grant)

    with pytest.raises(ReplayedStatement):
        box.read(
            grant.statement,
            key=who.key,
            feature=RECORDING,
            decision=Decision.GRANTED,
        )


def test_a_no_takes_back_every_yes_before_it() -> None:
    box, who = statements(), Signer()
    grants = [who.signs(who.says()) for _ in range(3)]
    for text in grants:
        box.read_again(text, key=who.key, feature=RECORDING)

    box.take_back(who.key.thumbprint, RECORDING)

    for text in grants:
        with pytest.raises(ReplayedStatement):
            box.read_again(text, key=who.key, feature=RECORDING)


def test_another_life_is_named_before_anything_else_about_a_grant() -> None:
    who = Signer()
    text = who.signs(who.says())

    with pytest.raises(StatementOutdated):
        statements("another").read_again(text, key=who.key, feature=RECORDING)


# ---- Names of lives -----------------------------------------------------------------


def test_a_life_has_a_name_of_its_own() -> None:
    lives, elsewhere = Lives(), Lives()
    one, two = RoomId("one"), RoomId("two")
    before = lives.of(one)

    assert lives.of(one) == before
    names = {before, lives.of(two), elsewhere.of(one)}
    lives.crashed(one)
    names |= {lives.of(one)}
    lives.crashed(one)

    assert len(names | {lives.of(one)}) == 5
    assert len(lives.of(two)) == 32
