"""Who comes in: knocking, a locked room, and whom a host sends away."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.consent.types import RoomId
from gatekeeper.meeting import door
from gatekeeper.meeting.room import Room
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Frame, Person
from tests.meeting.test_secrecy import anonymous

MINUTES = "minutes"


async def open_room(world: World, *, knock: bool = True) -> tuple[RoomId, Person]:
    """A room with Ann, who hosts it."""
    body = {
        "title": "Tea",
        "language": "en",
        "features": ["recording", MINUTES],
        "knock": knock,
    }
    async with world.http.post(f"{world.url}/api/rooms", json=body) as answer:
        made = await answer.json()
    ann = await world.person(made["room"], "Ann")
    await ann.join(host=made["host"])
    ann.host = made["host"]
    return made["room"], ann


async def knocks(world: World, room: RoomId, name: str, **more: Any) -> Person:
    person = await world.person(room, name)
    await knocks_again(person, **more)
    return person


async def knocks_again(person: Person, **more: Any) -> int:
    """Since when they have waited."""
    since = len(person.heard)
    hello = await person.connect()
    await person.say(**person.joining(hello, allow=more.pop("allow", ())) | more)
    await person.hears("waiting", since=since)
    return since


def slow(living: Room) -> asyncio.Event:
    """Its disk takes its time, until this is set."""
    proven = asyncio.Event()

    async def wait() -> None:
        await proven.wait()

    living._gates.turns.put(wait)
    return proven


async def refused(person: Person, **more: Any) -> str:
    since = len(person.heard)
    hello = await person.connect()
    await person.say(**person.joining(hello) | more)
    code = await person.fault(since)
    assert await person.ended() == 4000
    return code


async def set_door(host: Person, *, locked: bool = False, knock: bool = False) -> None:
    since = len(host.heard)
    await host.say(type="set-door", locked=locked, knock=knock)
    said = await host.hears("door", since=since)
    assert (said["locked"], said["knock"]) == (locked, knock)


async def test_who_knocks_waits_for_the_host_and_nobody_else_is_told(
    world: World,
) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben")
    knock = await ann.hears("knock")
    assert knock == {
        "type": "knock",
        "participant": ben.id,
        "name": "Ben",
        "removed": False,
    }
    await ann.say(type="admit", participant=ben.id)
    await ben.hears("welcome")
    await ann.hears("knock-over")
    mark = await ben.settle()

    cat = await knocks(world, room, "Cat")
    await ann.hears("knock", where=lambda k: k["participant"] == cat.id)
    await ben.settle()
    assert ben.kinds(mark) == []
    await ann.say(type="admit", participant=cat.id)

    welcome = await cat.hears("welcome")
    assert [each["name"] for each in welcome["people"]] == ["Ann", "Ben", "Cat"]
    assert welcome["knocks"] == []
    assert (await ben.hears("joined"))["person"]["id"] == cat.id


async def test_R5_who_waits_closes_nothing_and_what_they_chose_counts_once_in(
    world: World,
) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben", allow=(MINUTES,))
    await ann.say(type="admit", participant=ben.id)
    await ben.hears("welcome")
    await ann.allow(MINUTES)
    await ann.say(type="request", feature=MINUTES)
    await ann.hears("sign", where=lambda s: s["on"])

    cat = await knocks(world, room, "Cat")
    await cat.say(
        type="media", microphone=True, camera=False, screen=False, screen_audio=False
    )
    await ann.hears("knock", where=lambda k: k["participant"] == cat.id)
    mark = await ann.settle()
    assert ann.kinds(mark) == []
    await ann.say(type="admit", participant=cat.id)

    welcome = await cat.hears("welcome")
    assert welcome["people"][-1]["media"]["microphone"]
    assert ann.kinds(mark)[:2] == ["knock-over", "sign"]
    assert not (await ann.hears("sign", since=mark))["on"]


async def test_R4_a_no_at_the_door_counts_whatever_one_came_with(world: World) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben", allow=(MINUTES,))
    await ann.say(type="admit", participant=ben.id)
    await ben.hears("welcome")
    await ann.allow(MINUTES)
    await ann.say(type="request", feature=MINUTES)
    await ann.hears("sign", where=lambda s: s["on"])
    cat = await knocks(world, room, "Cat", allow=(MINUTES,))
    await cat.refuse(MINUTES)
    await cat.settle()
    mark = await ann.settle()

    await ann.say(type="admit", participant=cat.id)

    welcome = await cat.hears("welcome")
    assert [sign["on"] for sign in welcome["signs"]] == [False, False]
    assert ann.kinds(mark)[:2] == ["knock-over", "sign"]
    assert "fault" not in cat.kinds()


async def test_R4_between_being_let_in_and_the_welcome_a_no_is_heard_and_nothing_odd(
    world: World,
) -> None:
    """They do not know yet that they wait no longer."""
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben", allow=(MINUTES,))
    await ann.allow(MINUTES)
    await ann.say(type="request", feature=MINUTES)
    await ann.hears("sign", where=lambda s: s["on"])
    (living,) = world.registry.rooms
    proven = slow(living)
    mark = await ann.settle()
    await ann.say(type="admit", participant=ben.id)
    await ann.hears("knock-over")
    since = len(ben.heard)

    await ben.settle()
    await ben.say(type="here")
    await ben.say(
        type="media", microphone=True, camera=False, screen=False, screen_audio=False
    )
    await ben.refuse(MINUTES)
    await ben.hears("decided", since=since)
    await ben.settle()
    assert not (await ann.hears("sign", since=mark))["on"]
    assert "fault" not in ben.kinds(since)
    await ben.say(type="chat", text="Am I in?")
    assert await ben.fault(since) == "out-of-order"
    assert not {"joined", "changed", "chat-line"} & set(ann.kinds(mark))
    proven.set()

    welcome = await ben.hears("welcome")
    assert welcome["people"][-1]["media"]["microphone"]
    assert [held["decision"] for held in welcome["answers"]] == ["declined"]


async def test_who_goes_before_the_welcome_was_never_there(world: World) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben")
    (living,) = world.registry.rooms
    proven = slow(living)
    mark = await ann.settle()
    await ann.say(type="admit", participant=ben.id)
    await ann.hears("knock-over", since=mark)

    await ben.say(type="leave")

    assert await ben.ended() == 1000
    proven.set()
    await ann.settle()
    assert ann.kinds(mark) == ["knock-over"]


async def test_a_host_who_comes_later_finds_who_waits(world: World) -> None:
    room, ann = await open_room(world)
    await ann.say(type="leave")
    await ann.ended()
    ben = await knocks(world, room, "Ben")

    welcome = await ann.join(host=ann.host)

    assert [each["participant"] for each in welcome["knocks"]] == [ben.id]


async def test_who_waits_may_say_next_to_nothing(world: World) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben")
    mark = await ann.settle()

    await ben.settle()
    await ben.say(type="chat", text="Let me in!")
    assert await ben.fault() == "out-of-order"
    await ben.say(type="request", feature=MINUTES)
    await ben.say(type="leave")
    assert await ben.ended() == 1000

    assert (await ann.hears("knock-over"))["participant"] == ben.id
    await ann.settle()
    assert ann.kinds(mark) == ["knock-over"]


async def test_who_knocks_from_another_tab_waits_there(world: World) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben")
    other = await world.person(room, "Ben")
    other.key = ben.key
    await knocks_again(other)
    assert await ben.ended() == 4001

    await ann.say(type="admit", participant=ben.id)
    await other.hears("welcome")


async def test_who_gives_up_waits_no_longer(world: World) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben")
    await ben.drop()
    await ann.hears("knock-over")

    await ann.say(type="admit", participant=ben.id)
    assert await ann.fault() == "unknown-participant"


async def test_who_is_turned_away_is_told_so_and_so_is_everybody(world: World) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben")
    await ann.say(type="admit", participant=ben.id)
    await ben.hears("welcome")
    cat = await knocks(world, room, "Cat")
    await ann.say(type="turn-away", participant=cat.id)

    assert await cat.fault() == "not-let-in"
    assert await cat.ended() == 4000
    for person in (ann, ben):
        assert (await person.hears("turned-away"))["name"] == "Cat"
    assert await refused(cat) == "not-let-in"


async def test_who_was_turned_away_may_knock_again_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "AGAIN_AFTER", 0.0)
    room, ann = await open_room(world)
    cat = await knocks(world, room, "Cat")
    await ann.say(type="turn-away", participant=cat.id)
    await cat.ended()

    await knocks_again(cat)


async def test_no_more_than_a_host_can_look_through_wait_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "WAITING", 2)
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben")
    await knocks(world, room, "Cat")
    dan = await world.person(room, "Dan")

    assert await refused(dan) == "room-full"
    await ann.say(type="admit", participant=ben.id)
    await ben.hears("welcome")
    await knocks_again(dan)


async def test_a_full_room_lets_nobody_in_and_they_go_on_waiting(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path / "data", limits={"participants": 2})
    async with start(config) as world:
        room, ann = await open_room(world)
        ben = await knocks(world, room, "Ben")
        cat = await knocks(world, room, "Cat")
        await ann.say(type="admit", participant=ben.id)
        await ben.hears("welcome")

        await ann.say(type="admit", participant=cat.id)
        assert await ann.fault() == "room-full"
        await ben.say(type="leave")
        await ann.hears("left")
        await ann.say(type="admit", participant=cat.id)
        await cat.hears("welcome")


async def test_nobody_new_comes_into_a_locked_room(world: World) -> None:
    room, ann = await open_room(world, knock=False)
    ben = await world.person(room, "Ben")
    after = (await ben.join())["after"]
    await set_door(ann, locked=True)
    assert (await ben.hears("door"))["locked"]

    cat = await world.person(room, "Cat")
    assert await refused(cat) == "room-locked"
    assert await refused(cat, after=after) == "room-locked"  # another one's
    await ben.say(type="leave")
    await ben.ended()
    assert await refused(ben) == "room-locked"
    assert (await ben.join(after=after))["door"]["locked"]
    await ann.drop()
    assert (await ann.resume())["door"]["locked"]

    await set_door(ann)
    await cat.join()


async def test_who_waits_comes_in_when_nothing_keeps_them_out_any_more(
    world: World,
) -> None:
    room, ann = await open_room(world)
    ben = await knocks(world, room, "Ben")
    await set_door(ann, locked=True, knock=False)
    await ben.settle()
    assert "welcome" not in ben.kinds()

    await set_door(ann)

    await ben.hears("welcome")
    await ann.hears("knock-over")


async def test_who_is_removed_is_told_and_so_is_everybody(world: World) -> None:
    room, ann = await open_room(world, knock=False)
    ben, cat = await world.person(room, "Ben"), await world.person(room, "Cat")
    after = (await ben.join())["after"]
    await cat.join()
    await ann.say(type="remove", participant=ben.id)

    assert await ben.fault() == "removed"
    assert await ben.ended() == 1000
    for person in (ann, cat):
        left = await person.hears("left")
        assert (left["participant"], left["removed"]) == (ben.id, True)
    assert "left" not in ben.kinds()
    # They keep their page; to come back they must knock, whatever the door says.
    assert world.context.access.read(room, after) == ben.id
    await knocks_again(ben, after=after)
    assert (await ann.hears("knock"))["removed"]
    await set_door(ann, locked=False, knock=False)
    assert "welcome" not in ben.kinds(await ben.settle() - 2)
    since = len(ben.heard)
    await ann.say(type="admit", participant=ben.id)
    await ben.hears("welcome", since=since)
    await ben.say(type="leave")  # and comes back as anybody does who was here
    await ben.ended()
    await ben.join(after=after)


async def test_who_is_removed_cannot_take_up_their_seat(world: World) -> None:
    room, ann = await open_room(world, knock=False)
    ben = await world.person(room, "Ben")
    await ben.join()
    await ben.drop()
    await ann.hears("changed")
    await ann.say(type="remove", participant=ben.id)
    await ann.hears("left")

    await ben.connect()
    since = len(ben.heard)
    await ben.say(type="resume", participant=ben.id, secret=ben.resume_secret, seen=0)
    assert await ben.fault(since) == "resume-unknown"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "remove", "participant": "ann"},
        {"type": "admit", "participant": "cat"},
        {"type": "turn-away", "participant": "cat"},
        {"type": "set-door", "locked": True, "knock": True},
    ],
    ids=lambda m: m["type"],
)
async def test_only_a_host_keeps_order(world: World, message: Frame) -> None:
    room, ann = await open_room(world)
    ben, cat = await knocks(world, room, "Ben"), await knocks(world, room, "Cat")
    await ann.say(type="admit", participant=ben.id)
    await ben.hears("welcome")
    mark = await ann.settle()
    who = {"ann": ann.id, "cat": cat.id}.get(message.get("participant", ""))
    since = len(ben.heard)

    await ben.say(**message | ({"participant": who} if who else {}))

    assert await ben.fault(since) == "not-host"
    await ann.settle()
    assert ann.kinds(mark) == []


async def test_no_host_is_removed_and_nobody_who_is_not_there(world: World) -> None:
    room, ann = await open_room(world, knock=False)
    other = await world.person(room, "Other")
    await other.join(host=ann.host)
    for who, code in ((other.id, "not-allowed"), ("x" * 43, "unknown-participant")):
        since = await ann.settle()
        await ann.say(type="remove", participant=who)
        assert await ann.fault(since) == code
    for act in ("admit", "turn-away"):
        since = await ann.settle()
        await ann.say(type=act, participant=other.id)
        assert await ann.fault(since) == "unknown-participant"


async def test_a_door_stays_as_it_is_when_the_server_starts_again(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path / "data")
    async with start(config) as world:
        room, ann = await open_room(world, knock=False)
        ben, cat = await world.person(room, "Ben"), await world.person(room, "Cat")
        of_ben = (await ben.join())["after"]
        of_cat = (await cat.join())["after"]
        await ann.say(type="remove", participant=ben.id)
        await set_door(ann, locked=True, knock=True)
        await ann.hears("left")
    async with start(config) as world:
        for person in (ann, ben, cat):
            person._http, person._url = world.http, world.url
        assert await refused(ben, after=of_ben) == "room-locked"
        await cat.join(after=of_cat)
        await ann.join(host=ann.host)
        await set_door(ann)
        since = await knocks_again(ben, after=of_ben)
        assert "welcome" not in ben.kinds(since)
        assert (await ann.hears("knock", since=len(ann.heard) - 2))["removed"]


# ---- Without a hole in the ballot -------------------------------------------------

Way = Callable[[Person], Awaitable[None]]


async def refuses(one: Person) -> None:
    await one.refuse(MINUTES)
    await one.hears("decided")


async def agrees(one: Person) -> None:
    await one.allow(MINUTES)
    await one.hears("decided")


async def is_silent(one: Person) -> None:
    await one.settle()


async def sent_away(world: World, ways: tuple[Way, Way, Way]) -> list[Frame]:
    """What the host hears who asks, sends Ben away, and asks again."""
    room, ann = await open_room(world, knock=False)
    people = [ann]
    for name in ("Ben", "Cat", "Dan"):
        person = await world.person(room, name)
        await person.join()
        people.append(person)
    since = await ann.settle()
    await agrees(ann)
    await ann.say(type="request", feature=MINUTES)
    await ann.hears("asked")
    for person, way in zip(people[1:], ways, strict=True):
        await way(person)
    await ann.say(type="remove", participant=people[1].id)
    await ann.hears("left")
    await agrees(ann)
    await ann.say(type="request", feature=MINUTES)
    await ann.settle()
    heard = anonymous(ann.heard[since:], tuple(people))
    for frame in heard:
        if "ask_again_in" in frame:
            frame["ask_again_in"] = frame["ask_again_in"] > 0
    return heard


async def test_P2_R13_sending_away_and_asking_again_finds_nobody_out(
    world: World,
) -> None:
    missing = [
        (refuses, agrees, agrees),
        (is_silent, agrees, agrees),
        (agrees, refuses, agrees),
        (agrees, agrees, is_silent),
        (agrees, refuses, refuses),
    ]
    traces = [await sent_away(world, ways) for ways in missing]

    for trace in traces:
        assert trace == traces[0]
    kinds = [frame["type"] for frame in traces[0]]
    assert kinds.count("asked") == 1  # the second time nobody is asked: a whole pause
    assert "lapsed" in kinds
    assert "sign" not in kinds
    requested = [frame for frame in traces[0] if frame["type"] == "requested"]
    assert [frame["asked"] for frame in requested] == [True, False]


async def test_P2_R13_nor_does_turning_somebody_away(world: World) -> None:
    traces = []
    for way in (refuses, agrees, is_silent):
        room, ann = await open_room(world)
        people = [ann]
        for name in ("Ben", "Cat"):
            person = await knocks(world, room, name)
            await ann.say(type="admit", participant=person.id)
            await person.hears("welcome")
            people.append(person)
        since = await ann.settle()
        await ann.say(type="request", feature=MINUTES)
        await ann.hears("asked")
        await way(people[1])
        eve = await knocks(world, room, "Eve")
        await ann.say(type="turn-away", participant=eve.id)
        await ann.hears("lapsed")
        await ann.say(type="request", feature=MINUTES)
        await ann.settle()
        frames = anonymous(ann.heard[since:], (*people, eve))
        requested = [f for f in frames if f["type"] == "requested"]
        assert [f.pop("ask_again_in") > 250 for f in requested] == [True, True]
        assert [f["asked"] for f in requested] == [True, False]
        traces.append(frames)

    assert traces == [traces[0]] * 3


async def test_what_runs_goes_on_when_somebody_is_removed(world: World) -> None:
    room, ann = await open_room(world, knock=False)
    people = [ann]
    for name in ("Ben", "Cat"):
        person = await world.person(room, name)
        await person.join(allow=(MINUTES,))
        people.append(person)
    await agrees(ann)
    await ann.say(type="request", feature=MINUTES)
    for person in people:
        await person.hears("sign", where=lambda s: s["on"])
        await person.hears("receipt")
    since = await ann.settle()

    await ann.say(type="remove", participant=people[1].id)
    await ann.hears("left", since=since)
    await ann.settle()

    assert ann.kinds(since) == ["left"]
