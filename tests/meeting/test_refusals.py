"""What is refused, with which code; and that it opens nothing."""

import asyncio
import contextlib
import json
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.clock import Clock
from gatekeeper.errors import MalformedMessage
from gatekeeper.web import limits
from gatekeeper.wire import parse
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Key, Person

SEATS = 6


async def test_a_grant_for_other_words_is_refused(world: World) -> None:
    ann, _ = await world.meeting("Ann", "Ben")
    other = ann.digest("recording")

    await ann.say(type="decide", **ann.answer("minutes", "granted", {"notice": other}))

    assert await ann.fault() == "notice-outdated"


@pytest.mark.parametrize(
    "forged",
    [
        {"feature": "recording"},
        {"meeting": "another-room"},
        {"decision": "declined"},
        {"type": "gatekeeper/join/v1"},
        {"at": "yesterday"},
        {"language": "de"},
    ],
)
async def test_a_statement_of_something_else_is_refused(
    world: World, forged: dict[str, str]
) -> None:
    ann, _ = await world.meeting("Ann", "Ben")

    statement = ann.statement("minutes", "granted", forged)
    await ann.say(
        type="decide", feature="minutes", decision="granted", statement=statement
    )

    assert await ann.fault() == "forged-statement"


async def test_M1_nobody_grants_for_somebody_else(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    await ann.allow("minutes")
    await ann.say(type="request", feature="minutes")

    for statement in (
        ben.statement("minutes", "granted"),
        ann.statement("minutes", "granted", {"subject": ben.id}),
    ):
        since = len(ann.heard)
        await ann.say(
            type="decide", feature="minutes", decision="granted", statement=statement
        )
        assert await ann.fault(since) == "forged-statement"

    await ann.settle()
    assert "sign" not in ann.kinds()


async def test_a_grant_from_another_room_is_refused(world: World) -> None:
    ann, _ = await world.meeting("Ann", "Ben")
    elsewhere, _ = await world.room()
    other = Person(world.http, world.url, elsewhere, "Ann")
    other.key, other.facts = ann.key, ann.facts

    await ann.say(type="decide", **other.answer("minutes", "granted"))

    assert await ann.fault() == "forged-statement"


async def test_a_replayed_grant_is_refused_after_a_withdrawal(world: World) -> None:
    ann, _ = await world.meeting("Ann", "Ben")
    answer = ann.answer("minutes", "granted")
    await ann.say(type="decide", **answer)
    await ann.refuse("minutes")
    await ann.hears("decided", where=lambda d: d["decision"] == "declined")

    await ann.say(type="decide", **answer)

    assert await ann.fault() == "replayed-statement"


async def test_a_withdrawn_grant_cannot_be_shown_on_joining_again(
    world: World,
) -> None:
    _, ben = await world.meeting("Ann", "Ben")
    answer = ben.answer("minutes", "granted")
    await ben.say(type="decide", **answer)
    await ben.refuse("minutes")
    await ben.settle()

    welcome = await ben.join(answers=[answer])

    assert welcome["answers"] == []
    assert await ben.fault() == "replayed-statement"


async def test_a_withdrawal_with_a_bad_signature_closes_all_the_same(
    world: World,
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.hears("sign")

    bad = ann.statement("minutes", "declined")
    await ben.say(type="decide", feature="minutes", decision="declined", statement=bad)

    await ann.hears("sign", where=lambda s: not s["on"])
    assert await ben.fault() == "forged-statement"


async def test_only_the_host_requests_stops_and_ends(world: World) -> None:
    _, ben = await world.meeting("Ann", "Ben")

    for message in (
        {"type": "request", "feature": "minutes"},
        {"type": "cancel", "feature": "minutes"},
        {"type": "end"},
    ):
        since = len(ben.heard)
        await ben.say(**message)
        assert await ben.fault(since) == "not-host"


async def test_a_wrong_host_capability_gets_no_seat(world: World) -> None:
    room, _ = await world.room()
    eve = await world.person(room, "Eve")
    hello = await eve.connect()

    await eve.say(**eve.joining(hello, host="a-guess"))

    assert await eve.fault() == "not-allowed"
    assert await eve.ended() == 4000


async def test_a_key_that_one_does_not_hold_gets_no_seat(world: World) -> None:
    ann, _ = await world.meeting("Ann", "Ben")
    eve = await world.person(ann.room, "Eve")
    hello = await eve.connect()
    message = eve.joining(hello) | {"key": ann.key.jwk}

    await eve.say(**message)

    assert await eve.fault() == "forged-statement"


async def test_an_old_challenge_gets_no_seat(world: World) -> None:
    room, _ = await world.room()
    eve = await world.person(room, "Eve")
    stale = eve.joining(await eve.connect())
    await eve.connect()

    await eve.say(**stale)

    assert await eve.fault() == "forged-statement"


async def test_a_seat_is_resumed_with_its_secret_only(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    eve = await world.person(ann.room, "Eve")
    await eve.connect()

    await eve.say(type="resume", participant=ben.id, secret="a-guess")  # noqa: S106

    assert await eve.fault() == "resume-unknown"
    await ben.settle()


async def test_before_joining_nothing_else_is_heard(world: World) -> None:
    room, _ = await world.room()
    eve = await world.person(room, "Eve")
    await eve.connect()

    await eve.say(type="chat", text="hello?")

    assert await eve.fault() == "out-of-order"
    assert await eve.ended() == 4000


async def test_joining_twice_on_one_socket_is_out_of_order(world: World) -> None:
    (ann,) = await world.meeting("Ann")

    await ann.say(**ann.joining({"challenge": "again"}))

    assert await ann.fault() == "out-of-order"


async def test_signals_reach_their_addressee_and_nobody_else(world: World) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")

    await ann.say(type="signal", to=ben.id, payload="sdp")

    heard = await ben.hears("signal-from")
    assert (heard["sender"], heard["payload"]) == (ann.id, "sdp")
    await cat.settle()
    assert "signal-from" not in cat.kinds()


def signal(to: str, *, plain: bool) -> str:
    """A signal as our client writes it (`plain`), or as somebody else may."""
    said = {"type": "signal", "to": to, "payload": "sdp"}
    return json.dumps(said, separators=(",", ":") if plain else None)


@pytest.mark.parametrize("plain", [True, False])
async def test_signals_do_not_leave_the_room(world: World, plain: bool) -> None:
    ann, _ = await world.meeting("Ann", "Ben")
    zoe, _ = await world.meeting("Zoe", "Yan")

    for stranger in (zoe.id, Key().id, ann.id):
        since = len(ann.heard)
        await ann.say_raw(signal(stranger, plain=plain))
        assert await ann.fault(since) == "unknown-participant"
    since = len(ann.heard)
    await ann.say_raw(signal("nobody at all", plain=plain))
    assert await ann.fault(since) == "malformed"


@pytest.mark.parametrize("plain", [True, False])
async def test_who_is_not_in_yet_signals_to_nobody_and_hears_of_nobody(
    world: World, plain: bool
) -> None:
    (ann,) = await world.meeting("Ann")
    await ann.say(type="set-door", locked=False, knock=True)
    await ann.settle()
    ben = await world.person(ann.room, "Ben")
    await ben.say(**ben.joining(await ben.connect()))
    await ben.hears("waiting")

    await ben.say_raw(signal(ann.id, plain=plain))
    await ann.say_raw(signal(ben.id, plain=plain))

    assert await ben.fault() == "out-of-order"
    assert await ann.fault() == "unknown-participant"
    await ann.settle()
    assert "signal-from" not in [*ann.kinds(), *ben.kinds()]


async def test_a_tap_is_refused_while_the_gate_is_closed(world: World) -> None:
    (ann,) = await world.meeting("Ann")

    await ann.say(type="tap-offer", opening="none", sdp="v=0", sources={"0": "camera"})

    assert await ann.fault() == "unknown-opening"


async def test_a_tap_offered_in_the_breath_before_the_gate_closes_ends_no_room(
    world: World,
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("recording",))
    await ann.say(type="request", feature="recording")
    opening = (await ann.hears("tap"))["opening"]
    since = len(ann.heard)

    await asyncio.gather(
        ann.say(type="tap-offer", opening=opening, sdp="v=0", sources={"0": "camera"}),
        ann.refuse("recording"),
    )

    assert await ann.fault(since) in ("unknown-opening", "malformed")
    await ann.settle()
    await ben.settle()


async def test_an_unknown_feature_is_refused(world: World) -> None:
    (ann,) = await world.meeting("Ann")

    await ann.say(type="request", feature="telepathy")

    assert await ann.fault() == "unknown-feature"


async def test_a_full_room_says_so(world: World) -> None:
    people = await world.meeting(*(f"P{n}" for n in range(12)))
    late = await world.person(people[0].room, "Late")
    hello = await late.connect()

    await late.say(**late.joining(hello))

    assert await late.fault() == "room-full"


async def test_an_oversized_message_is_refused_and_the_seat_stays(
    world: World,
) -> None:
    (ann,) = await world.meeting("Ann")

    await ann.say(type="chat", text="x" * 70_000)

    assert await ann.fault() == "too-large"
    await ann.settle()


async def test_a_flood_is_cut_off(world: World) -> None:
    ann, ben = await world.meeting("Ann", "Ben")

    await floods(ben)

    await ann.hears("changed", where=lambda c: not c["person"]["present"])


async def floods(person: Person) -> None:
    """Talk until one is cut off."""
    for _ in range(400):
        try:
            await person.say(type="ping")
        except aiohttp.ClientConnectionError:
            break

    assert await person.fault() == "rate-limited"
    assert await person.ended() == 1008


class Hasty:
    """A server for few people, whose clock can be put forward."""

    late = 0.0
    """Seconds."""

    def __init__(self, data: Path) -> None:
        clock = Clock(monotonic=lambda: time.monotonic() + self.late)
        self._start = start(
            configured(data, limits={"participants": SEATS}), clock=clock
        )

    async def __aenter__(self) -> World:
        return await self._start.__aenter__()

    async def __aexit__(self, *details: Any) -> None:
        await self._start.__aexit__(*details)


@pytest.fixture
def hasty(tmp_path: Path) -> Hasty:
    return Hasty(tmp_path)


async def test_who_is_cut_off_again_and_again_waits_a_minute_for_that_room(
    hasty: Hasty,
) -> None:
    async with hasty as world:
        room, secret = await world.room()
        other, _ = await world.room()
        ann = await world.person(room, "Ann")
        await ann.join(host=secret)
        for _ in range(limits.CUT_OFF):
            assert await comes(world, room) == 101
            ben = await world.person(room, "Ben")
            await ben.join()
            await floods(ben)

        assert await comes(world, room) == 429
        assert await comes(world, other) == 101
        await ann.settle()
        hasty.late += 59
        assert await comes(world, room) == 429
        hasty.late += 2
        assert await comes(world, room) == 101


async def test_who_comes_and_goes_all_the_time_waits_a_minute_for_that_room(
    hasty: Hasty,
) -> None:
    async with hasty as world:
        room, _ = await world.room()
        other, _ = await world.room()
        for _ in range(limits.CAME * SEATS):
            assert await comes(world, room) == 101

        assert await comes(world, room) == 429
        assert await comes(world, other) == 101
        hasty.late += 61
        assert await comes(world, room) == 101
        assert await comes(world, "no-such-room") == 101, "and is told so there"


async def comes(world: World, room: str) -> int:
    """The status of opening a socket, once it has been greeted."""
    try:
        async with world.http.ws_connect(
            f"{world.url}/api/rooms/{room}/socket"
        ) as socket:
            await socket.receive()
            return 101
    except aiohttp.WSServerHandshakeError as exc:
        return exc.status


async def test_too_many_rooms_from_one_address_are_refused(
    tmp_path: object,
) -> None:
    config = configured(tmp_path, limits={"rooms_per_address": 2})  # type: ignore[arg-type]
    async with start(config) as world:
        await world.room()
        await world.room()
        body = {"title": "One more", "language": "en", "features": []}
        async with world.http.post(f"{world.url}/api/rooms", json=body) as answer:
            problem = await answer.json()

    assert (answer.status, problem["code"]) == (429, "rate-limited")


async def test_a_page_of_another_site_gets_no_socket(world: World) -> None:
    room, _ = await world.room()

    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await world.http.ws_connect(
            f"{world.url}/api/rooms/{room}/socket",
            headers={"Origin": "https://elsewhere.example"},
        )

    assert refused.value.status == 403


async def test_a_bad_request_names_the_place(world: World) -> None:
    body = {"title": "", "language": "xx", "features": []}

    async with world.http.post(f"{world.url}/api/rooms", json=body) as answer:
        problem = await answer.json()

    assert (answer.status, problem["code"]) == (400, "malformed")
    assert problem["detail"].startswith("/title")


CORPUS = [
    "", "null", "[]", "{}", "true", '"join"', '{"type":"Join"}', '{"type":null}',
    '{"type":"grant"}', '{"type":"sign","feature":"recording","on":true}',
    '{"type":"decide"}', '{"type":"request","feature":["recording"]}',
    '{"type":"request","feature":"recording","force":true}',
    '{"type":"ping","type":"grant"}', '{"type":"hand","raised":"yes"}',
    '{"type":"media","microphone":1,"camera":0,"screen":0}',
    "{" * 1000, "[" * 10_000, '{"type":"chat","text":"   "}', '{"type":"ping"',
    '{"type":"react","reaction":"\\ud83d"}', "\x00", '{"type":"end","as":"host"}',
    '{"type":"tap-offer","opening":"x","sdp":"v=0","sources":{}}',
    '{"type":"tap-offer","opening":"../x","sdp":"v=0","sources":{"0":"camera"}}',
]  # fmt: skip


async def test_a_corpus_of_nonsense_opens_nothing(world: World) -> None:
    (ann,) = await world.meeting("Ann")
    since = await ann.settle()

    for nonsense in CORPUS:
        mark = len(ann.heard)
        await ann.say_raw(nonsense)
        assert await ann.fault(mark) in {"malformed", "not-host"}

    assert set(ann.kinds(since)) == {"fault"}


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.text(),
        st.binary().map(lambda raw: raw.decode("latin-1")),
        st.dictionaries(
            st.sampled_from(["type", "feature", "decision", "statement", "to"]),
            st.sampled_from(["decide", "granted", "recording", "a.b.c", "end", ""]),
        ).map(str),
    )
)
def test_parsing_refuses_with_one_error_only(text: str) -> None:
    with contextlib.suppress(MalformedMessage):
        parse(text)


async def test_noise_from_everybody_at_once_leaves_the_meeting_going(
    world: World,
) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")

    async with asyncio.TaskGroup() as tasks:
        for person in (ann, ben, cat):
            for nonsense in CORPUS:
                tasks.create_task(person.say_raw(nonsense))
    await ann.say(type="chat", text="still here")

    await cat.hears("chat-line")
