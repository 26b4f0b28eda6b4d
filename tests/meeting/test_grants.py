"""What browsers are shown of each other's yes: they need not believe the server."""

import base64
import json

from gatekeeper.consent.types import Decision
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import read_decision
from tests.meeting.conftest import World
from tests.meeting.person import Frame, Person
from tests.meeting.test_switch_off import on_air
from tests.meeting.test_wordings import LONGER, put, reread


def subjects(frame: Frame) -> list[str]:
    """Of whom a `grants` has a good yes."""
    keys = [
        ParticipantKey.from_jwk({k: v for k, v in grant["key"].items() if v})
        for grant in frame["grants"]
    ]
    signed = [
        read_decision(grant["statement"], key=key)
        for grant, key in zip(frame["grants"], keys, strict=True)
    ]
    assert all(each.decision is Decision.GRANTED and each.present for each in signed)
    return [each.subject for each in signed]


def notice(grant: Frame) -> str:
    """The words that a grant is for."""
    payload = grant["statement"].split(".")[1]
    digest: str = json.loads(base64.urlsafe_b64decode(payload + "=="))["notice"]
    return digest


async def recorded(world: World, *names: str) -> list[Person]:
    people = await world.meeting(*names, allow=("recording",))
    await people[0].say(type="request", feature="recording")
    for person in people:
        await person.hears("tap")
    return list(people)


async def test_R20_everybody_hears_every_grant_before_they_are_to_offer_anything(
    world: World,
) -> None:
    people = await recorded(world, "Ann", "Ben", "Cat")
    everybody = sorted(person.id for person in people)

    for person in people:
        kinds = person.kinds()
        assert kinds.index("grants") < kinds.index("tap")
        assert subjects(await person.hears("grants")) == everybody


async def test_R20_a_newcomers_grant_is_heard_before_they_are_there(
    world: World,
) -> None:
    ann, ben = await recorded(world, "Ann", "Ben")
    since = await ann.settle()
    cat = await world.person(ann.room, "Cat")
    await cat.join(allow=("recording",))
    await cat.hears("tap")

    heard = await ann.hears("grants", since=since)
    kinds = ann.kinds(since)
    assert subjects(heard) == [cat.id]
    assert kinds.index("grants") < kinds.index("joined")
    everybody = sorted(person.id for person in (ann, ben, cat))
    assert subjects(await cat.hears("grants")) == everybody
    own = [k for k in cat.kinds() if k in ("welcome", "grants", "tap")]
    assert own[:3] == ["welcome", "grants", "tap"]


async def test_R20_what_is_not_tapped_is_shown_when_it_goes_on(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda s: s["on"])

    assert subjects(await ben.hears("grants")) == sorted([ann.id, ben.id])


async def test_R8_who_agrees_again_is_shown_as_before(world: World) -> None:
    """Another statement than before would tell whose no it was."""
    ann, ben, cat = await recorded(world, "Ann", "Ben", "Cat")
    before = await cat.hears("grants")
    await ben.refuse("recording")
    await cat.hears("tap-closed")
    since = await cat.settle()

    await ben.allow("recording")
    await cat.hears("tap", since=since)

    assert await cat.hears("grants", since=since) == before
    assert ann.room == ben.room


async def test_another_page_of_the_same_person_is_shown_anew(world: World) -> None:
    """Its own browser takes nothing for its yes but what this page has signed."""
    ann, ben = await recorded(world, "Ann", "Ben")
    before = await ann.hears("grants")
    since = await ann.settle()
    other = await world.person(ann.room, "Ben")
    other.key = ben.key
    await other.join(allow=("recording",))
    await other.hears("tap")

    heard = await ann.hears("grants", since=since)
    assert subjects(heard) == [ben.id]
    assert heard["grants"][0] not in before["grants"]


async def test_after_a_lapse_everybody_is_shown_anew(world: World) -> None:
    ann, ben, cat = await recorded(world, "Ann", "Ben", "Cat")
    before = await ann.hears("grants")
    await ann.say(type="cancel", feature="recording")
    await cat.say(type="leave")
    for person in (ann, ben):
        await person.hears("lapsed")
    since = await ann.settle()
    for person in (ann, ben):
        await person.allow("recording")
    await ann.say(type="request", feature="recording")

    shown = await ann.hears("grants", since=since)
    assert subjects(shown) == sorted([ann.id, ben.id])
    assert not [g for g in shown["grants"] if g in before["grants"]]


async def test_R11_after_other_words_what_is_shown_is_for_those(world: World) -> None:
    people = await on_air(world, "Ann", "Ben")
    ann, ben = people
    before = await ann.hears("grants")
    since = await ann.settle()
    await put(world, en=LONGER)
    for person in people:
        await person.hears("offering")
        await reread(person)
        await person.allow("minutes")

    shown = await ann.hears("grants", since=since)
    assert subjects(shown) == sorted([ann.id, ben.id])
    assert not [g for g in shown["grants"] if g in before["grants"]]
    assert {notice(g) for g in shown["grants"]} == {ann.digest("minutes")}
