"""Webhooks in the console: added, listed, told again and removed by an admin alone."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from gatekeeper.config import Config
from gatekeeper.config.api import Api
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.storage.news import KINDS, RoomEvent
from gatekeeper.web.webhooks import deliveries
from tests.admin.conftest import API, got
from tests.meeting.conftest import World
from tests.services.conftest import Service
from tests.services.receiver import Receiver, fails, receiving
from tests.services.test_webhooks import verified
from tests.sign_in.conftest import Browser

HOOKS = f"{API}/webhooks"


@pytest.fixture
def config(config: Config) -> Config:
    api = Api.model_validate({"open": True, "webhooks_to": ["127.0.0.0/8"]})
    return config.model_copy(update={"api": api})


@pytest.fixture
async def service(admin: Browser, world: World) -> Service:
    wanted = {"name": "Clinic", "scopes": ["rooms", "events"]}
    _, made = await admin.said("POST", f"{API}/services", json=wanted)
    return Service(world.url, world.http, made["key"])


@pytest.fixture
async def receiver(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Receiver]:
    """It takes nothing at first, for longer than it is tried."""
    monkeypatch.setattr(deliveries, "WAITS", (0.01,))
    async with receiving(fails(2)) as receiver:
        yield receiver


async def hooks(admin: Browser) -> list[dict[str, Any]]:
    return list((await got(admin, "/webhooks"))["webhooks"])


async def test_one_is_added_told_again_changed_and_removed(
    admin: Browser, world: World, service: Service, receiver: Receiver
) -> None:
    where = receiver.url.replace("http://", "http://us:hunter2@") + "/in?token=x"
    wanted = {"key": service.id, "url": where, "events": ["feature.off"]}
    status, made = await admin.said("POST", HOOKS, json=wanted)
    assert status == 201
    (found,) = await hooks(admin)
    assert found | {"made_at": ""} == {
        "id": made["id"],
        "key": service.id,
        "url": f"{receiver.url}/in",
        "events": ["feature.off"],
        "made_at": "",
        "waiting": 0,
        "parked": 0,
        "said": None,
    }
    listed = str(await got(admin, "/webhooks"))
    assert not any(each in listed for each in (made["secret"], "hunter2", "token"))

    room = RoomId((await service.opens())["room"])
    _ = world.context.news.tell(RoomEvent("feature.off", room, FeatureId("minutes")))
    await receiver.until(2)

    async def parked() -> int:
        return int((await hooks(admin))[0]["parked"])

    while not await parked():
        pass
    assert (await hooks(admin))[0]["said"] == "500"
    status, said = await admin.said("POST", f"{HOOKS}/{made['id']}/replay")
    assert (status, said) == (200, {"events": 1})
    got_ = (await receiver.until(3))[2]
    assert verified(got_, made["secret"])

    status, other = await admin.said("POST", f"{HOOKS}/{made['id']}/secret")
    assert status == 200
    assert other["secret"] != made["secret"]
    assert (await admin.said("DELETE", f"{HOOKS}/{made['id']}"))[0] == 204
    assert await hooks(admin) == []
    for method, path in (("DELETE", ""), ("POST", "/secret"), ("POST", "/replay")):
        status, said = await admin.said(method, f"{HOOKS}/{made['id']}{path}")
        assert (status, said["code"]) == (404, "unknown-webhook")


@pytest.mark.parametrize(
    ("wanted", "status", "code"),
    [
        ({"url": "http://10.0.0.1/"}, 422, "webhook-refused"),
        ({"url": ""}, 400, "malformed"),
        ({"key": "3f9c0a1be27d"}, 422, "webhook-refused"),
        ({"events": ["person.declined"]}, 400, "malformed"),
        ({"secret": "mine"}, 400, "malformed"),
    ],
)
async def test_what_cannot_be_one_is_refused(
    admin: Browser, service: Service, wanted: dict[str, Any], status: int, code: str
) -> None:
    good = {"key": service.id, "url": "https://app.example.org/"}
    answer, said = await admin.said("POST", HOOKS, json=good | wanted)

    assert (answer, said["code"]) == (status, code)
    assert await hooks(admin) == []
    assert (await got(admin, "/webhooks"))["kinds"] == list(KINDS)
