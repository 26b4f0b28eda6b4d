"""Permits, entries and presence over HTTP: everybody's yes, for two seconds each."""

import asyncio
from typing import Any

import pytest

from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.permit_token import verify_permit
from gatekeeper.evidence.receipt_file import ADDRESS
from tests.meeting.conftest import World
from tests.meeting.person import Person
from tests.meeting.test_presence import until
from tests.services.conftest import Service, a_service

MINUTES = {"feature": "minutes"}
ALLOW = ("minutes",)
REFUSED = {
    "type": "urn:gatekeeper:problem:consent-required",
    "title": "Conflict",
    "status": 409,
    "detail": "Not everybody in the room has agreed to this.",
    "code": "consent-required",
}


class Call:
    """A call in somebody else's engine, and its people in the gate."""

    def __init__(self, world: World, service: Service, room: str) -> None:
        self.world = world
        self.service = service
        self.room = room

    async def person(self, name: str, allow: tuple[str, ...] = ALLOW) -> Person:
        status, given = await self.asks("POST", "/entries", {"ref": name})
        assert status == 201, given
        person = await self.world.person(RoomId(self.room), name)
        await person.join(allow=allow, entry=given["entry"])
        return person

    async def asks(self, method: str, path: str, said: Any = None) -> tuple[int, Any]:
        return await self.service.asks(method, f"/rooms/{self.room}{path}", said)

    async def lent(self) -> dict[str, Any]:
        status, lent = await self.asks("POST", "/permits", MINUTES)
        assert status == 201, lent
        return dict(lent)


@pytest.fixture
async def call(world: World, service: Service) -> Call:
    return Call(world, service, (await service.opens())["room"])


async def test_a_permit_is_lent_renewed_and_given_back(call: Call) -> None:
    ann, ben = await call.person("ann"), await call.person("ben")
    lent = await call.lent()
    assert (await ann.hears("sign"))["on"]
    renewed = await call.asks("POST", f"/permits/{lent['permit']}")
    since = len(ann.heard)
    back = await call.asks("DELETE", f"/permits/{lent['permit']}")
    off = await ann.hears("sign", since=since)

    assert lent["people"] == sorted([ann.id, ben.id])
    assert lent["lasts"] == 2
    assert renewed[0] == 200
    assert renewed[1] | {"token": ""} == lent | {"token": ""}
    assert back == (204, None)
    assert not off["on"]
    assert (await call.asks("POST", f"/permits/{lent['permit']}"))[0] == 409


async def test_the_token_is_checked_without_the_server(call: Call) -> None:
    ann, ben = await call.person("ann"), await call.person("ben")
    lent = await call.lent()
    async with call.world.http.get(call.world.url + ADDRESS) as answer:
        keys = await answer.json(content_type=None)
    said = verify_permit(lent["token"], keys=keys, room=call.room, feature="minutes")

    assert said.iss == call.world.url + "/"
    assert said.jti == lent["permit"]
    assert said.opening == lent["opening"]
    assert set(said.people) == {ann.id, ben.id}
    assert said.exp - said.iat == pytest.approx(2)


async def no(ben: Person) -> None:
    await ben.say(type="decide", **ben.answer("minutes", "declined"))
    await ben.hears("decided")


async def no_answer(ben: Person) -> None:
    pass


async def took_it_back(ben: Person) -> None:
    await ben.say(type="decide", **ben.answer("minutes", "granted"))
    await ben.say(type="decide", **ben.answer("minutes", "declined"))
    await ben.hears("decided")


@pytest.mark.parametrize("happens", [no, no_answer, took_it_back])
async def test_R8_every_cause_is_the_same_answer(happens: Any, call: Call) -> None:
    await call.person("ann")
    await call.person("cat")
    ben = await call.person("ben", allow=())
    asking = asyncio.ensure_future(call.asks("POST", "/permits?wait=1", MINUTES))  # noqa: TID251
    await ben.hears("asked")
    await happens(ben)

    assert await asking == (409, REFUSED)
    assert await call.asks("POST", "/permits", MINUTES) == (409, REFUSED)


async def test_nobody_there_is_the_same_answer_too(call: Call) -> None:
    for path in ("/permits", "/permits?wait=1", "/permits/unknown"):
        said = MINUTES if "unknown" not in path else None
        assert await call.asks("POST", path, said) == (409, REFUSED)


async def test_who_waits_has_it_with_the_last_yes(call: Call) -> None:
    ann = await call.person("ann")
    ben = await call.person("ben", allow=())
    asking = asyncio.ensure_future(call.asks("POST", "/permits?wait=60", MINUTES))  # noqa: TID251
    await ben.hears("asked")
    await ben.say(type="decide", **ben.answer("minutes", "granted"))
    status, lent = await asking

    assert status == 201
    assert set(lent["people"]) == {ann.id, ben.id}


async def test_who_hangs_up_asks_no_longer(call: Call) -> None:
    await call.person("ann")
    ben = await call.person("ben", allow=())
    asking = asyncio.ensure_future(call.asks("POST", "/permits?wait=60", MINUTES))  # noqa: TID251
    await ben.hears("asked")
    room = call.world.registry.living(RoomId(call.room))
    assert room is not None
    asking.cancel()
    await until(
        lambda: not room._gates.state.is_requested(room._gates.state.features[0])
    )
    await ben.say(type="decide", **ben.answer("minutes", "granted"))
    await ben.hears("decided")

    assert not room.capturing


async def test_a_lease_that_nobody_renews_ends(call: Call) -> None:
    ann, _ = await call.person("ann"), await call.person("ben")
    await call.lent()
    assert (await ann.hears("sign"))["on"]
    since = len(ann.heard)

    assert not (await ann.hears("sign", since=since))["on"]


async def test_a_service_that_is_killed_holds_nothing(call: Call) -> None:
    ann, ben = await call.person("ann"), await call.person("ben")
    lent = await call.lent()
    await no(ben)
    assert await call.asks("POST", f"/permits/{lent['permit']}") == (409, REFUSED)
    since = len(ann.heard)
    assert not (await ann.hears("sign", since=since))["on"]


async def test_presence_closes_before_it_is_answered(
    world: World, service: Service
) -> None:
    call = Call(world, service, (await service.opens(presence=True))["room"])
    await call.person("ann")
    await call.person("ben")
    assert await call.asks("POST", "/permits", MINUTES) == (409, REFUSED)
    people = {"people": ["ann", "ben"]}
    assert await call.asks("PUT", "/presence", people) == (204, None)
    lent = await call.lent()
    more = {"people": ["ann", "ben", "somebody"]}
    assert await call.asks("PUT", "/presence", more) == (204, None)

    assert await call.asks("POST", f"/permits/{lent['permit']}") == (409, REFUSED)


async def test_a_report_that_would_count_for_nothing_is_refused(call: Call) -> None:
    status, said = await call.asks("PUT", "/presence", {"people": []})

    assert (status, said["code"]) == (409, "presence-not-agreed")


async def test_no_foreign_room(world: World, call: Call, config: Any) -> None:
    await call.person("ann")
    lent = await call.lent()
    async with a_service(world, config) as other:
        theirs = Call(world, other, call.room)
        answers = [
            await theirs.asks("POST", "/entries", {"ref": "x"}),
            await theirs.asks("POST", "/permits", MINUTES),
            await theirs.asks("POST", f"/permits/{lent['permit']}"),
            await theirs.asks("DELETE", f"/permits/{lent['permit']}"),
            await theirs.asks("PUT", "/presence", {"people": []}),
        ]
    assert {(status, said["code"]) for status, said in answers} == {
        (404, "unknown-room")
    }
    assert (await call.asks("POST", f"/permits/{lent['permit']}"))[0] == 200


@pytest.mark.parametrize(
    ("scope", "method", "path", "said"),
    [
        ("entries", "POST", "/entries", {"ref": "ann"}),
        ("permits", "POST", "/permits", MINUTES),
        ("permits", "DELETE", "/permits/x", None),
        ("presence", "PUT", "/presence", {"people": []}),
    ],
)
async def test_each_needs_its_scope(
    scope: str, method: str, path: str, said: Any, world: World, call: Call, config: Any
) -> None:
    others = tuple(s for s in ("rooms", "entries", "presence", "permits") if s != scope)
    async with a_service(world, config, scopes=others) as other:
        status, problem = await Call(world, other, call.room).asks(method, path, said)

    assert (status, problem["code"]) == (403, "scope-missing")
    assert scope in problem["detail"]


@pytest.mark.parametrize("wait", ["-1", "61", "1.5", "x", "", "٣"])
async def test_how_long_one_waits_is_bounded(wait: str, call: Call) -> None:
    status, said = await call.asks("POST", f"/permits?wait={wait}", MINUTES)

    assert (status, said["code"]) == (400, "malformed")


async def test_what_runs_here_is_not_lent(world: World, service: Service) -> None:
    room = await service.opens(mode="meeting", features=["recording", "minutes"])
    call = Call(world, service, room["room"])
    ann = await world.person(RoomId(call.room), "Ann")
    await ann.join(allow=("recording",))
    status, said = await call.asks("POST", "/permits", {"feature": "recording"})

    assert (status, said["code"]) == (400, "unknown-feature")


async def test_what_opens_too_often_says_so(call: Call) -> None:
    await call.person("ann")
    answers: list[tuple[int, str]] = []
    while not answers or answers[-1][0] == 201:
        status, said = await call.asks("POST", "/permits", MINUTES)
        answers.append((status, said.get("code", "")))
        if status == 201:
            await call.asks("DELETE", f"/permits/{said['permit']}")

    assert answers[-1] == (429, "opened-too-often")
    assert len(answers) > 30
