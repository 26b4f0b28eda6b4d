"""Idempotency keys: what is sent twice is done once, and nobody else learns of it."""

import asyncio
import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from gatekeeper.config import Config
from gatekeeper.storage import answers
from gatekeeper.storage.answers import Answer, Answers
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import LEDGER
from gatekeeper.storage.transactions import Transactions
from gatekeeper.web.v1.rooms import ServiceRooms
from tests.meeting.conftest import World, start
from tests.services.conftest import (
    API,
    WANTED,
    Service,
    a_service,
    open_to_services,
)
from tests.sign_in.conftest import Machine
from tests.storage.conftest import database
from tests.storage.test_sign_ins import THEN

__all__ = ["database"]
KEY = {"Idempotency-Key": '"8e03978e-40d5-43dd-bc93-6894a57f9324"'}


async def rooms(service: Service) -> int:
    return len((await service.asks("GET", "/rooms"))[1]["rooms"])


async def test_what_is_sent_again_is_answered_as_before_and_not_done_again(
    service: Service,
) -> None:
    first = await service.asks("POST", "/rooms", dict(WANTED), **KEY)
    again = await service.asks("POST", "/rooms", dict(WANTED), **KEY)
    bare = {"Idempotency-Key": KEY["Idempotency-Key"].strip('"')}

    assert first == again
    assert first[0] == 201
    assert await service.asks("POST", "/rooms", dict(WANTED), **bare) == first
    assert await rooms(service) == 1


async def test_another_request_with_that_key_is_refused(service: Service) -> None:
    await service.asks("POST", "/rooms", dict(WANTED), **KEY)
    other = {**WANTED, "title": "Another"}
    for path, wanted in (("/rooms", other), ("/rooms?x=1", dict(WANTED))):
        status, said = await service.asks("POST", path, wanted, **KEY)
        assert (status, said["code"]) == (422, "idempotency-mismatch")

    assert await rooms(service) == 1


async def test_what_was_refused_is_tried_afresh(service: Service) -> None:
    wrong = {**WANTED, "features": ["nothing"]}
    assert (await service.asks("POST", "/rooms", wrong, **KEY))[0] == 400
    assert (await service.asks("POST", "/rooms", dict(WANTED), **KEY))[0] == 201


async def test_while_the_first_is_at_work_the_second_waits_for_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, goes_on = asyncio.Event(), asyncio.Event()
    opening = ServiceRooms.open

    async def slowly(*given: object, **more: object) -> object:
        if not here.is_set():
            here.set()
            await goes_on.wait()
        return await opening(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ServiceRooms, "open", slowly)
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(service.asks("POST", "/rooms", dict(WANTED), **KEY))
        await here.wait()
        status, said = await service.asks("POST", "/rooms", dict(WANTED), **KEY)
        goes_on.set()

    assert (status, said["code"]) == (409, "idempotency-running")
    assert first.result()[0] == 201
    assert await service.asks("POST", "/rooms", dict(WANTED), **KEY) == first.result()


async def test_it_is_each_services_own(
    service: Service, world: World, config: Config
) -> None:
    async with a_service(world, config) as other:
        mine = await service.asks("POST", "/rooms", dict(WANTED), **KEY)
        theirs = await other.asks("POST", "/rooms", dict(WANTED), **KEY)

    assert mine[0] == theirs[0] == 201
    assert mine[1]["room"] != theirs[1]["room"]


async def test_it_holds_over_a_restart_and_for_a_day(tmp_path: Path) -> None:
    machine = Machine()
    config = open_to_services(tmp_path / "data")
    async with (
        start(config, clock=machine.clock) as world,
        a_service(world, config) as service,
    ):
        first = await service.asks("POST", "/rooms", dict(WANTED), **KEY)
    async with (
        start(config, clock=machine.clock) as world,
        a_service(world, config) as other,
    ):
        service.url, service.http = world.url, other.http
        again = await service.asks("POST", "/rooms", dict(WANTED), **KEY)
        machine.later = timedelta(hours=25).total_seconds()
        anew = await service.asks("POST", "/rooms", dict(WANTED), **KEY)

    assert first == again
    assert anew[0] == 201
    assert anew[1]["room"] != first[1]["room"]


@pytest.mark.parametrize(
    "said", ["", '""', '"', "a b", '"a', "\u00fc", "x" * 256, '"a"b"', '"\\a"']
)
async def test_what_is_no_key_is_refused(service: Service, said: str) -> None:
    async with service.http.post(
        f"{service.url}{API}/rooms",
        json=dict(WANTED),
        headers={
            "Authorization": f"Bearer {service.key}",
            "Idempotency-Key": said,
        },
    ) as answer:
        assert answer.status == 400
        assert (await answer.json())["code"] == "malformed"
    assert await rooms(service) == 0


async def test_what_is_kept_of_it_is_of_use_to_nobody_else(
    service: Service, config: Config
) -> None:
    _, said = await service.asks("POST", "/rooms", dict(WANTED), **KEY)
    with sqlite3.connect(config.data.directory / LEDGER) as reading:
        ((id_, request, sealed),) = reading.execute(
            "SELECT id, request, sealed FROM answers"
        )
    text = json.dumps(said)

    assert len(id_) == len(request) == 32
    assert said["host"].encode() not in sealed
    assert said["room"].encode() not in sealed
    assert text.encode() not in sealed


# ---- How many -----------------------------------------------------------------------


async def test_of_each_service_so_many_are_kept_and_none_too_long(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST", 3)

    def answer(number: int, service: str = "one") -> Answer:
        at = THEN + timedelta(hours=number)
        return Answer(bytes([number]) * 32, service, at, b"r" * 32, b"sealed")

    async with Transactions(database) as writer:
        kept = Answers(writer)
        await kept.keep(answer(9, "other"))
        for number in (1, 2, 2, 3, 4):
            await kept.keep(answer(number))
        here = [n for n in range(10) if await kept.find(bytes([n]) * 32, THEN)]
        assert here == [2, 3, 4, 9]

        late = THEN + timedelta(hours=27)
        assert await kept.find(bytes([3]) * 32, late) is None
        assert await kept.find(bytes([4]) * 32, late) is not None
        await kept.keep(answer(33))
        here = [n for n in range(40) if await kept.find(bytes([n]) * 32, THEN)]
        assert here == [9, 33]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"
