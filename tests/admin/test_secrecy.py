"""Rule 8 in the console: who may see everything here learns nothing of a no."""

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.admin.conftest import API, a_browser, enter, got, token_of
from tests.archive.test_export import shape
from tests.archive.test_own import members
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Person
from tests.sign_in.conftest import Browser

MINUTES = "minutes"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")

Way = Callable[[Person, Person, Person], Awaitable[None]]


async def declines(ann: Person, ben: Person, cat: Person) -> None:
    await ben.refuse(MINUTES)
    await ben.hears("decided")


async def says_nothing(ann: Person, ben: Person, cat: Person) -> None:
    await ben.settle()


async def host_declines(ann: Person, ben: Person, cat: Person) -> None:
    await ben.settle()
    await ann.refuse(MINUTES)
    await ann.hears("decided")


async def on(ann: Person, ben: Person) -> None:
    await ben.allow(MINUTES)
    await ann.hears("sign", where=lambda sign: sign["on"])


async def off(ann: Person) -> None:
    await ann.hears("sign", since=len(ann.heard) - 1, where=lambda s: not s["on"])


async def withdraws(ann: Person, ben: Person, cat: Person) -> None:
    await on(ann, ben)
    await ben.refuse(MINUTES)
    await off(ann)


async def another_withdraws(ann: Person, ben: Person, cat: Person) -> None:
    await on(ann, ben)
    await cat.refuse(MINUTES)
    await off(ann)


async def host_stops(ann: Person, ben: Person, cat: Person) -> None:
    await on(ann, ben)
    await ann.say(type="cancel", feature=MINUTES)
    await off(ann)


def masked(told: Any) -> str:
    """Without ids, times and what is computed of them."""
    text = json.dumps(told, sort_keys=True)
    text = MOMENT.sub("<time>", text)
    text = re.sub(r'"(next|after)": "\d+\.[^"]+"', r'"\1": "<id>"', text)
    text = re.sub(r'"signed": "[^"]+"', '"signed": "<id>"', text)
    text = re.sub(r'"free": \d+', '"free": 0', text)  # of the machine's disk
    return re.sub(r'"[A-Za-z0-9_-]{22,}"', '"<id>"', text)


async def everything(admin: Browser, meeting: str) -> list[str]:
    """All that the console tells, but what is proved of the meeting."""
    paths = ("/overview", "/features", "/rooms", "/storage", "/meetings", "/health")
    told = [masked(await got(admin, path)) for path in paths]
    status, said = await admin.said("GET", f"{API}/meetings?begins={meeting[:6]}")
    return [*told, f"{status} {masked(said)}"]


async def proved(admin: Browser, meeting: str) -> list[str]:
    """What is proved of it, as it is shown and as a file."""
    return [
        masked(await got(admin, f"/meetings/{meeting}")),
        masked(await got(admin, f"/meetings/{meeting}/export")),
    ]


async def traces(where: Path, way: Way) -> tuple[list[str], list[str]]:
    """What the console tells at each moment of a meeting, and what is proved of it."""
    config = configured(where)
    # Without the pause of minutes between two questions.
    hasty = config.meeting.model_copy(update={"ask_again": 0.0})
    config = config.model_copy(update={"meeting": hasty})
    token = token_of(config)
    told: list[str] = []
    proofs: list[str] = []
    async with start(config) as world, a_browser(world) as admin:
        await enter(admin, token)
        ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
        told += await everything(admin, ann.room)
        await ann.say(type="request", feature=MINUTES)
        for person in (ann, cat):
            await person.allow(MINUTES)
            await person.hears("decided")
        await way(ann, ben, cat)
        told += await everything(admin, ann.room)
        proofs += await proved(admin, ann.room)
        await ann.say(type="cancel", feature=MINUTES)
        await ann.settle()
        await ben.say(type="leave")
        await ann.hears("left")
        told += await everything(admin, ann.room)
        await ann.say(type="end")
        for person in (ann, cat):
            await person.ended()
        await sealed(world, ann.room)
        told += await everything(admin, ann.room)
        proofs += await proved(admin, ann.room)
        proofs.append(await exported(admin, ann.room))
    return told, proofs


async def exported(admin: Browser, meeting: str) -> str:
    """The form of what anybody can check, once the meeting is sealed."""
    address = f"{admin.url}{API}/meetings/{meeting}/proof?download"
    async with admin.http.get(address) as answer:
        if answer.status != 200:
            return str(answer.status)
        held = members(await answer.read())
    assert not any(name.startswith(("tracks/", "films/", "people")) for name in held)
    return str(shape(held))


async def sealed(world: World, room: str) -> None:
    """Return once the meeting is over and has left."""
    living = world.registry._living
    while any(task.get_name().endswith(room) for task in living.values()):
        (task,) = [t for t in living.values() if t.get_name().endswith(room)]
        await task


async def test_P1_R8_the_console_tells_the_same_of_every_meeting(
    tmp_path: Path,
) -> None:
    """Declined, not answered, withdrawn, stopped by the host: equal, page by page."""
    never = (declines, says_nothing, host_declines)
    was_on = (withdraws, another_withdraws, host_stops)
    found = {
        way.__name__: await traces(tmp_path / way.__name__, way)
        for way in (*never, *was_on)
    }

    told = {name: trace for name, (trace, _) in found.items()}
    assert all(trace == told["declines"] for trace in told.values())
    for group in (never, was_on):
        first, *others = (found[way.__name__][1] for way in group)
        assert all(proof == first for proof in others)


async def test_P1_R8_a_yes_after_a_withdrawal_leaves_no_trace_of_whose_it_was(
    tmp_path: Path,
) -> None:
    """A fresh statement among those that stayed would name its owner."""

    async def again(ann: Person, ben: Person) -> None:
        heard = len(ann.heard)
        await ann.say(type="request", feature=MINUTES)
        await ben.allow(MINUTES)
        await ann.hears("sign", since=heard, where=lambda sign: sign["on"])
        heard = len(ann.heard)
        await ann.say(type="cancel", feature=MINUTES)
        await ann.hears("sign", since=heard, where=lambda sign: not sign["on"])

    async def withdrawn(ann: Person, ben: Person, cat: Person) -> None:
        await withdraws(ann, ben, cat)
        await ann.say(type="cancel", feature=MINUTES)
        await ann.settle()
        await again(ann, ben)

    async def stopped(ann: Person, ben: Person, cat: Person) -> None:
        await host_stops(ann, ben, cat)
        await again(ann, ben)

    one, other = [
        await traces(tmp_path / way.__name__, way) for way in (withdrawn, stopped)
    ]

    assert one == other
    assert one[1][0].count('"began"') == 2


COUNTED = (
    "request", "asked", "grant", "declin", "refus", "answer", "withdraw", "receipt",
    "yes", "rate", "entries", "tap",
)  # fmt: skip


def keys_of(told: Any) -> set[str]:
    if isinstance(told, list):
        return {key for each in told for key in keys_of(each)}
    if not isinstance(told, dict):
        return set()
    return {*told, *(key for each in told.values() for key in keys_of(each))}


async def test_R8_no_number_of_it_makes_a_rate_of_yes(
    admin: Browser, world: World
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    await ann.say(type="request", feature=MINUTES)
    for person in (ann, ben):
        await person.allow(MINUTES)
    await ann.hears("sign", where=lambda sign: sign["on"])
    told = [
        await got(admin, path)
        for path in ("/overview", "/features", "/rooms", "/storage", "/meetings")
    ]

    found = keys_of(told) - {"withdrawal"}  # the line of a notice
    assert not [key for key in found for word in COUNTED if word in key.lower()]
    overview = told[0]
    assert overview.keys() == {
        "now", "rooms", "people", "offered", "features", "free", "hours",
    }  # fmt: skip
    assert json.dumps(told).count("Choosing an offer") == 0, "no title"
    for name in ("Ann", "Ben"):
        assert f'"{name}"' not in json.dumps(told)
