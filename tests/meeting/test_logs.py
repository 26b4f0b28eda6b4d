"""The log tells nobody who declined, and names nobody (rule 8)."""

import io
import sys
from collections.abc import MutableMapping
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from gatekeeper.web import logs
from tests.meeting.conftest import World
from tests.meeting.test_secrecy import (
    Cause,
    after_a_departure,
    asked_in_vain,
    declines,
    host_declines,
    host_stops,
    off,
    says_nothing,
)

Log = list[MutableMapping[str, Any]]


def shape(log: Log) -> list[tuple[str, ...]]:
    """Events with the fields they have, in order."""
    return [(entry["event"], *sorted(entry)) for entry in log]


async def test_P1_the_log_of_a_no_is_the_log_of_no_answer(world: World) -> None:
    heard = []
    for cause in (declines, says_nothing):
        with capture_logs() as log:
            await asked_in_vain(world, cause)
        heard.append(shape(log))

    assert heard[0] == heard[1]


async def test_P1_the_log_of_every_cause_of_off_is_the_same(world: World) -> None:
    causes: list[Cause] = [declines, host_stops, host_declines]
    heard = []
    for cause in causes:
        with capture_logs() as log:
            await off(world, cause)
        heard.append(shape(log))

    assert all(log == heard[0] for log in heard)


def words(log: Log) -> list[dict[str, Any]]:
    """What each line says, but for the room."""
    return [{k: v for k, v in entry.items() if k != "room"} for entry in log]


async def joined_while_on(world: World, agrees: bool) -> Log:
    """Somebody comes and the gate closes: by what they lack, or by Ben's no."""
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    for person in (ann, ben, cat):
        await person.hears("receipt")
    dan = await world.person(ann.room, "Dan")
    with capture_logs() as log:
        if agrees:
            await ben.refuse("minutes")
        await dan.join(allow=("minutes",) if agrees else ())
        await cat.hears("joined", where=lambda j: j["person"]["id"] == dan.id)
        await cat.settle()
    return log


async def test_P1_the_log_singles_out_no_newcomer(world: World) -> None:
    lacking, agreeing = [
        await joined_while_on(world, agrees) for agrees in (False, True)
    ]

    assert words(lacking) == words(agreeing)
    assert [entry["event"] for entry in lacking] == [
        "gate.closed",
        "participant.joined",
    ]


async def test_P1_the_log_of_a_departure_is_that_of_every_other(world: World) -> None:
    logs = []
    for who in (1, 2):
        with capture_logs() as log:
            await after_a_departure(world, who, wait=False)
        logs.append(words(log))

    assert logs[0] == logs[1]


async def test_P1_the_log_names_nobody_by_their_id(world: World) -> None:
    with capture_logs() as log:
        people = await world.meeting("Ann", "Ben", "Cat", allow=("minutes",))
        ann, ben, cat = people
        await ann.say(type="request", feature="minutes")
        await ben.hears("sign")
        await ben.drop()
        await ann.hears("changed")
        await ben.resume()
        await cat.say(type="leave")
        await ben.hears("left")

    assert {"participant.joined", "participant.lost", "participant.left"} <= {
        entry["event"] for entry in log
    }
    assert not [person for person in people if person.id in repr(log)]


@pytest.mark.parametrize("secret", ["Ann", "Ben", "Cat", "a word in the chat", "v=0"])
async def test_the_log_holds_no_name_no_chat_and_no_sdp(
    world: World, secret: str
) -> None:
    with capture_logs() as log:
        ann, ben, _ = await world.meeting("Ann", "Ben", "Cat", allow=("minutes",))
        await ann.say(type="chat", text="a word in the chat")
        await ann.say(type="signal", to=ben.id, payload="v=0 o=- 1 1 IN IP4 10.0.0.1")
        await ann.say(type="request", feature="minutes")
        await ben.hears("sign")
        await ben.refuse("minutes")
        await ben.hears("sign", where=lambda s: not s["on"])
        await ben.say(type="nonsense", text=secret)
        await ben.fault()

    assert log
    assert secret not in repr(log)


async def test_no_secret_is_in_the_log(world: World) -> None:
    with capture_logs() as log:
        ann, ben = await world.meeting("Ann", "Ben")
        await ann.say(type="renew-host")
        host = (await ann.hears("host-link"))["host"]
        welcome = await ben.resume()
        room = f"{world.url}/api/rooms/{ann.room}"
        async with world.http.post(f"{room}/host-link", json={"host": host}) as made:
            secrets = [host, (await made.json())["host"]]
        for said in (welcome["after"], "x.y"):
            link = {"capability": said, "host": secrets[-1]}
            async with world.http.post(f"{room}/after/session", json=link):
                secrets.append(said)
        secrets += [ann.resume_secret, ben.resume_secret, welcome["after"]]

    assert "host-link.renewed" in {entry["event"] for entry in log}
    assert not [secret for secret in secrets if secret in repr(log)]


@pytest.mark.parametrize("terminal", [True, False])
def test_a_traceback_shows_no_values(
    monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    said = io.StringIO()
    monkeypatch.setattr(said, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stderr", said)
    before = structlog.get_config()
    logs.configure()
    try:
        _fail("Ann")
    finally:
        structlog.configure(**before)

    assert "ZeroDivisionError" in said.getvalue()
    assert "Ann" not in said.getvalue()


def _fail(name: str) -> None:
    log = structlog.get_logger()
    try:
        len(name) / 0
    except ZeroDivisionError:
        log.exception("room.crashed")
