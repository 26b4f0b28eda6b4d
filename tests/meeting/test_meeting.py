"""Meetings, over real sockets: who is asked, what opens, what closes."""

from tests.meeting.conftest import World


async def test_it_opens_with_the_last_yes_and_everybody_sees_the_sign(
    world: World,
) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
    await ann.say(type="request", feature="minutes")
    for person in (ann, ben):
        await person.allow("minutes")
        await person.hears("decided")
    await ann.settle()
    assert "sign" not in ann.kinds()

    await cat.allow("minutes")

    for person in (ann, ben, cat):
        sign = await person.hears("sign")
        assert sign["on"]
        assert sign["since"]


async def test_everybody_is_asked_in_the_same_words(world: World) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
    await ben.refuse("minutes")
    await cat.allow("minutes")

    await ann.say(type="request", feature="minutes")

    asked = [await person.hears("asked") for person in (ann, ben, cat)]
    assert asked == [{"type": "asked", "feature": "minutes"}] * 3


async def test_a_no_closes_for_everybody_and_says_no_name(world: World) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")
    since = await ann.settle()

    await ben.refuse("minutes")

    off = await ann.hears("sign", since=since)
    assert off == {"type": "sign", "feature": "minutes", "on": False, "since": None}
    await cat.settle()
    assert ben.id not in str(ann.heard[since:])


async def test_C2_a_no_costs_nothing(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign")
    await ann.hears("receipt")
    since = await ann.settle()

    await ben.refuse("minutes")
    await ben.say(type="chat", text="I am still here")

    line = await ann.hears("chat-line")
    assert line["text"] == "I am still here"
    assert set(ann.kinds(since)) == {"sign", "chat-line"}


async def test_it_goes_on_by_itself_when_they_agree_again(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda s: s["on"])
    await ben.refuse("minutes")
    await ben.hears("sign", where=lambda s: not s["on"])
    since = await ben.settle()

    await ben.allow("minutes")

    assert (await ben.hears("sign", since=since))["on"]


async def test_it_has_stopped_before_a_newcomer_is_announced(world: World) -> None:
    (ann,) = await world.meeting("Ann", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")
    since = await ann.settle()

    ben = await world.person(ann.room, "Ben")
    welcome = await ben.join()

    await ann.hears("joined", since=since)
    kinds = ann.kinds(since)
    assert kinds.index("sign") < kinds.index("joined")
    assert [s["on"] for s in welcome["signs"]] == [False, False]
    assert (await ben.hears("asked"))["feature"] == "minutes"


async def test_a_newcomer_who_agreed_in_the_lobby_pauses_nothing(world: World) -> None:
    (ann,) = await world.meeting("Ann", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")
    since = await ann.settle()

    ben = await world.person(ann.room, "Ben")
    welcome = await ben.join(allow=("minutes",))

    await ann.hears("joined", since=since)
    assert "sign" not in ann.kinds(since)
    assert {s["feature"]: s["on"] for s in welcome["signs"]}["minutes"]
    assert (await ben.hears("receipt"))["event"] == "granted"


async def test_nothing_starts_because_somebody_left(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    await ann.allow("minutes")
    await ann.say(type="request", feature="minutes")
    await ann.hears("requested")

    await ben.say(type="leave")

    await ann.hears("left")
    await ann.settle()
    assert "sign" not in ann.kinds()


async def test_a_lost_connection_closes_and_coming_back_reopens(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")
    since = await ann.settle()

    await ben.drop()
    gone = await ann.hears("changed", since=since)
    await ann.hears("sign", since=since, where=lambda s: not s["on"])
    await ben.resume()

    assert gone["person"]["present"] is False
    await ann.hears("sign", since=since, where=lambda s: s["on"])


async def test_chat_missed_while_lost_is_told_and_none_from_before_joining(
    world: World,
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    await ann.say(type="chat", text="one")
    await ben.hears("chat-line")
    await ben.drop()
    await ann.say(type="chat", text="two")
    await ann.hears("chat-line", where=lambda c: c["text"] == "two")
    cat = await world.person(ann.room, "Cat")

    assert (await cat.join())["chat"] == []
    back = await ben.resume()
    assert [line["text"] for line in back["chat"]] == ["one", "two"]


async def test_the_host_stops_and_ends(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign")

    await ann.say(type="cancel", feature="minutes")
    await ben.hears("sign", where=lambda s: not s["on"])
    await ann.say(type="end")

    await ben.hears("ended")
    assert await ben.ended() == 1000
    async with world.http.get(f"{world.url}/api/rooms/{ann.room}") as answer:
        assert answer.status == 410


async def test_a_grant_and_its_withdrawal_each_bring_a_receipt(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    granted = await ben.hears("receipt")

    await ben.refuse("minutes")

    assert granted["event"] == "granted"
    await ben.hears("receipt", where=lambda r: r["event"] == "withdrawn")


async def test_asking_again_too_soon_asks_nobody(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    await ann.say(type="request", feature="minutes")
    await ben.hears("asked")
    since, mark = await ben.settle(), await ann.settle()

    await ann.say(type="request", feature="minutes")

    answer = await ann.hears("requested", since=mark)
    assert answer["asked"] is False
    assert 0 < answer["ask_again_in"] <= 300
    await ben.settle()
    assert "asked" not in ben.kinds(since)


async def test_the_same_person_in_a_second_tab_takes_the_first_ones_place(
    world: World,
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    again = await world.person(ann.room, "Ben")
    again.key = ben.key

    welcome = await again.join()

    assert await ben.ended() == 4001
    assert [p["name"] for p in welcome["people"]] == ["Ann", "Ben"]
