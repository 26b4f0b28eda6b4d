"""Webhooks: told at least once, in order, signed, whatever a receiver does."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError
from structlog.testing import capture_logs

from gatekeeper.app import desk
from gatekeeper.app.cli import main
from gatekeeper.config import Config
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.storage.deliveries import Delivery, first
from gatekeeper.storage.events import Told
from gatekeeper.storage.news import RoomEvent
from gatekeeper.storage.webhooks import Webhook
from gatekeeper.web.webhooks import deliveries, sender
from gatekeeper.web.webhooks.deliveries import HOLD
from tests.meeting.conftest import MINUTES, World, start
from tests.meeting.person import PATIENCE, Person
from tests.services.conftest import Service, a_service, made, open_to_services
from tests.services.receiver import (
    Answers,
    Received,
    Receiver,
    closes,
    fails,
    hangs,
    is_gone,
    leads_on,
    never_ends,
    receiving,
)
from tests.services.stream import listening
from tests.start.test_directory import serving

HERE = {"webhooks_to": ["127.0.0.0/8"]}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return open_to_services(tmp_path / "data", api=HERE)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "WAITS", (0.01,) * 7)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


async def added(service: Service, url: str, *events: str) -> dict[str, str]:
    wanted = {"url": url, "events": list(events)}
    status, said = await service.asks("POST", "/webhooks", wanted)
    assert status == 201, said
    return dict(said)


async def happens(world: World, service: Service, *features: str) -> RoomId:
    """Something in a room of the service, once for each feature, in order."""
    room = RoomId((await service.opens())["room"])
    for feature in features or ("minutes",):
        event = RoomEvent("feature.off", room, FeatureId(feature))
        _ = world.context.news.tell(event)
    return room


async def listed(service: Service) -> list[dict[str, Any]]:
    status, said = await service.asks("GET", "/webhooks")
    assert status == 200
    return list(said["webhooks"])


async def becomes(service: Service, **wanted: object) -> dict[str, Any]:
    """The one webhook, once it is listed so."""
    async with asyncio.timeout(PATIENCE):
        while True:
            (found,) = await listed(service)
            if found | wanted == found:
                return found


def feature(received: Received) -> str:
    return str(json.loads(received.body)["data"]["feature"])


def verified(received: Received, secret: str) -> bool:
    try:
        Verifier(secret).verify(received.body, received.headers)
    except WebhookVerificationError:
        return False
    return True


async def test_it_is_told_signed_and_as_the_stream_has_it(
    world: World, service: Service, receiver: Receiver
) -> None:
    made = await added(service, receiver.url + "/in?a=b")
    async with listening(service) as stream:
        await happens(world, service)
        await stream.hears("feature.off")
    (got,) = await receiver.until(1)
    found = await becomes(service, waiting=0)

    assert made["secret"].startswith("whsec_")
    assert verified(got, made["secret"])
    assert got.path == "/in?a=b"
    assert got.headers["content-type"] == "application/json"
    assert b"data: " + got.body + b"\n\n" in stream.raw
    assert got.id == stream.last.partition("-")[2]
    assert found["url"] == receiver.url + "/in"
    assert "secret" not in found


async def test_only_of_kinds_that_are_wanted_and_of_own_rooms(
    world: World, service: Service, receiver: Receiver, config: Config
) -> None:
    await added(service, receiver.url, "meeting.sealed", "film.ready")
    room = await happens(world, service)
    async with a_service(world, config) as other:
        await happens(world, other)
    _ = world.context.news.tell(RoomEvent("film.ready", room, FeatureId("recording")))
    (got,) = await receiver.until(1)

    assert json.loads(got.body)["type"] == "film.ready"
    assert json.loads(got.body)["data"]["room"] == room


async def test_one_that_fails_at_first_gets_all_in_order_with_the_same_id(
    world: World, service: Service
) -> None:
    async with receiving(fails(2)) as receiver:
        await added(service, receiver.url)
        await happens(world, service, "a", "b", "c")
        got = await receiver.until(5)

    assert [feature(each) for each in got] == ["a", "a", "a", "b", "c"]
    assert len({each.id for each in got[:3]}) == 1
    assert len({each.id for each in got}) == 3


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (hangs, "timeout"),
        (never_ends, "500"),
        (closes, "unreachable"),
        (leads_on, "307"),
    ],
)
async def test_what_is_no_answer_is_parked_in_the_end_and_told_again_when_asked_for(
    answers: Answers,
    said: str,
    world: World,
    service: Service,
    config: Config,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if answers is hangs:  # others answer, however busy the machine is
        monkeypatch.setattr(sender, "WITHIN", 0.1)
    monkeypatch.setattr(deliveries, "WAITS", (0.01,) * 2)
    good = True

    async def once(receiver: Receiver, request: Any) -> Any:
        return await (takes_it if good else answers)(receiver, request)

    async with receiving(once) as receiver:
        good = False
        made = await added(service, receiver.url)
        await happens(world, service)
        found = await becomes(service, parked=1)
        assert (found["said"], found["waiting"]) == (said, 0)
        assert {each.path for each in receiver.got} == {"/"}
        count = len(receiver.got)
        good = True
        assert await told(config, tmp_path, "list") == 0
        assert f"{made['webhook']}  key {service.id}" in capsys.readouterr().out
        assert await told(config, tmp_path, "replay", made["webhook"]) == 0
        await becomes(service, parked=0, waiting=0)
        since = ["--since", "2020-01-01T00:00:00Z"]
        assert await told(config, tmp_path, "replay", *since) == 0
        got = await receiver.until(count + 2)

    assert count == 3
    assert len({each.id for each in got}) == 1


async def takes_it(_: Receiver, request: Any) -> Any:
    return web.Response(status=200)


async def told(config: Config, tmp_path: Path, *said: str) -> int:
    """What the command line answers, of the server that runs."""
    file = tmp_path / "g.toml"
    file.write_text(
        f'[data]\ndirectory = "{config.data.directory}"\n'
        '[api]\nwebhooks_to = ["127.0.0.0/8"]\n'
    )
    command = ["webhooks", "--config", str(file), *said]
    return await asyncio.to_thread(main, command)


async def test_one_that_hangs_holds_up_no_other(
    world: World, service: Service, receiver: Receiver
) -> None:
    async with receiving(hangs) as slow:
        for _ in range(3):
            await added(service, slow.url)
        await added(service, receiver.url)
        await happens(world, service, "a", "b")
        await slow.until(3)
        got = await receiver.until(2)

    assert [feature(each) for each in got] == ["a", "b"]
    assert len(slow.got) == 3


async def test_410_removes_it(world: World, service: Service) -> None:
    async with receiving(is_gone) as receiver:
        await added(service, receiver.url)
        await happens(world, service, "a", "b")
        async with asyncio.timeout(PATIENCE):
            while await listed(service):
                pass

    assert len(receiver.got) == 1


async def test_while_a_secret_is_changed_both_sign(
    world: World, service: Service, receiver: Receiver
) -> None:
    made = await added(service, receiver.url)
    status, other = await service.asks("POST", f"/webhooks/{made['webhook']}/secret")
    await happens(world, service)
    (got,) = await receiver.until(1)

    assert status == 200
    assert other["secret"] != made["secret"]
    assert all(verified(got, secret) for secret in (made["secret"], other["secret"]))
    assert len(got.headers["webhook-signature"].split(" ")) == 2


def test_the_former_secret_signs_for_a_day_and_no_longer() -> None:
    now = datetime(2026, 11, 29, tzinfo=UTC)
    webhook = Webhook("wh", "s", "u", frozenset(), "new", now, "old", now)

    assert webhook.secrets(now) == ("new", "old")
    assert webhook.secrets(now + timedelta(seconds=1)) == ("new",)


async def test_what_a_killed_server_was_telling_is_told_by_the_next(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    file = written(tmp_path, data)
    hung = True

    async def answers(receiver: Receiver, request: Any) -> Any:
        return await (hangs if hung else takes_it)(receiver, request)

    async with receiving(answers) as receiver, aiohttp.ClientSession() as http:
        async with serving(file) as first:
            url = await ready(http, data)
            key = await asyncio.to_thread(made, data)
            service = Service(url, http, key)
            await added(service, receiver.url)
            await something_is_on(service)
            (before,) = await receiver.until(1)
            first.send_signal(signal.SIGKILL)
            first.wait()
        hung = False
        async with serving(file):
            await receiver.until(2)
            service = Service(await ready(http, data), http, key)
            await becomes(service, waiting=0)

    again, off = receiver.got[1:]
    assert (again.id, again.body) == (before.id, before.body)
    assert json.loads(before.body)["type"] == "feature.on"
    assert json.loads(off.body)["type"] == "feature.off"


def written(folder: Path, data: Path) -> Path:
    lines = [
        "[server]\nhost = '127.0.0.1'\nport = 0",
        f"[data]\ndirectory = '{data}'\nreserve_mb = 0",
        "[api]\nopen = true\nwebhooks_to = ['127.0.0.0/8']",
        "[features.minutes]\nsink = 'external'\nkinds = ['audio']",
    ]
    for language in locales():
        lines.append(f"[features.minutes.notices.{language}]")
        lines += [f"{name} = {json.dumps(text)}" for name, text in MINUTES.items()]
    file = folder / "config.toml"
    file.write_text("\n".join(lines))
    return file


async def ready(http: aiohttp.ClientSession, data: Path) -> str:
    """Where a server is that works in `data`, once it answers services."""
    said = json.loads((data / "server.lock").read_text())
    url = str(said["address"]).rstrip("/")
    async with asyncio.timeout(PATIENCE):
        while True:
            async with http.get(f"{url}/api/v1/rooms") as answer:
                if answer.status == 401:
                    return url


async def something_is_on(service: Service) -> None:
    opened = await service.opens(mode="meeting")
    people = [
        Person(service.http, service.url, RoomId(opened["room"]), name)
        for name in ("Ann", "Ben")
    ]
    for number, person in enumerate(people):
        await person.__aenter__()
        host = None if number else opened["host"]
        await person.join(host=host, allow=("minutes",))
    await people[0].say(type="request", feature="minutes")
    await people[1].hears("sign")


async def test_a_webhook_goes_with_its_key(
    world: World,
    service: Service,
    receiver: Receiver,
    config: Config,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await added(service, receiver.url)
    room = await happens(world, service)
    await receiver.until(1)
    revoke = desk.RevokeServiceKey(id=service.id)
    await asyncio.to_thread(lambda: list(desk.ask(config.data.directory, revoke)))
    _ = world.context.news.tell(RoomEvent("feature.off", room, FeatureId("minutes")))
    async with a_service(world, config) as other:
        await added(other, receiver.url)
        await happens(world, other)
        await receiver.until(2)

    assert len(receiver.got) == 2
    assert json.loads(receiver.got[1].body)["data"]["room"] != room
    assert await told(config, tmp_path, "list") == 0
    assert service.id not in capsys.readouterr().out


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "ftp://example.org", "https://", "https:///x", "https://[::1",
        "http://example.org", "http://93.184.216.34/", "https://10.0.0.1/",
        "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/",
        "https://example.org/#x", "https://ex\u00e4mple.org/",
        "https://example.org/" + "x" * 2048,
    ],
)  # fmt: skip
async def test_where_webhooks_may_not_lead_none_is_added(
    url: str, tmp_path: Path
) -> None:
    config = open_to_services(tmp_path / "data")
    async with start(config) as world, a_service(world, config) as service:
        status, said = await service.asks("POST", "/webhooks", {"url": url})
        fine = await service.asks("POST", "/webhooks", {"url": "https://example.org/x"})

    assert status in (400, 422)
    assert said["code"] in ("malformed", "webhook-refused")
    assert fine[0] == 201


async def test_only_ones_own_are_seen_changed_and_removed(
    world: World, service: Service, config: Config
) -> None:
    made = await added(service, "https://example.org/")
    async with a_service(world, config) as other:
        theirs = [
            await other.asks("POST", f"/webhooks/{made['webhook']}/secret"),
            await other.asks("DELETE", f"/webhooks/{made['webhook']}"),
        ]
        seen = await listed(other)
    gone = await service.asks("DELETE", f"/webhooks/{made['webhook']}")

    assert seen == []
    assert [(s, said["code"]) for s, said in theirs] == [(404, "unknown-webhook")] * 2
    assert gone == (204, None)
    assert await listed(service) == []


async def test_each_needs_the_scope(world: World, config: Config) -> None:
    async with a_service(world, config, ("rooms", "permits")) as other:
        for method, path in (
            ("GET", "/events"),
            ("GET", "/webhooks"),
            ("POST", "/webhooks"),
            ("DELETE", "/webhooks/x"),
        ):
            status, said = await other.asks(method, path, {"url": "https://a.example"})
            assert (status, said["code"]) == (403, "scope-missing")


async def test_so_many_of_a_key_and_no_more(service: Service) -> None:
    for _ in range(10):
        await added(service, "https://example.org/")
    status, said = await service.asks("POST", "/webhooks", {"url": "https://a.example"})

    assert (status, said["code"]) == (429, "webhooks-taken")


async def test_the_operator_adds_changes_and_removes_one(
    world: World,
    service: Service,
    receiver: Receiver,
    config: Config,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add = ("add", receiver.url, "--key", service.id, "--event", "feature.off")
    assert await told(config, tmp_path, *add) == 0
    secret = capsys.readouterr().out.strip()
    (found,) = await listed(service)
    await happens(world, service)
    (got,) = await receiver.until(1)
    assert await told(config, tmp_path, "rotate", found["webhook"]) == 0
    assert capsys.readouterr().out.strip() != secret
    assert await told(config, tmp_path, "remove", found["webhook"]) == 0

    assert verified(got, secret)
    assert found["events"] == ["feature.off"]
    assert await listed(service) == []
    assert await told(config, tmp_path, "remove", found["webhook"]) == 2
    assert await told(config, tmp_path, "replay", found["webhook"]) == 2
    assert await told(config, tmp_path, "add", receiver.url, "--key", "no") == 2
    assert await told(config, tmp_path, "add", "http://x.example", "--key", "x") == 2


async def test_without_a_server_the_operator_adds_one_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = open_to_services(tmp_path / "data", api=HERE)
    async with start(config) as world, a_service(world, config) as service:
        key = service.id
    add = ("add", "https://example.org/", "--key", key)
    assert await told(config, tmp_path, *add) == 0
    secret = capsys.readouterr().out.strip()
    assert await told(config, tmp_path, "list") == 0

    assert secret.startswith("whsec_")
    assert "https://example.org/" in capsys.readouterr().out


async def test_no_line_of_the_log_has_secret_or_address(
    world: World, service: Service
) -> None:
    async with receiving(fails(1)) as receiver:
        where = receiver.url.replace("http://", "http://user:hunter2@")
        with capture_logs() as lines:
            made = await added(service, where + "/path?token=swordfish")
            await happens(world, service)
            await receiver.until(2)
            await becomes(service, waiting=0)

    assert receiver.got[0].headers["authorization"].startswith("Basic ")
    assert any(line.get("webhook") == made["webhook"] for line in lines)
    text = repr(lines)
    for secret in (made["secret"], "hunter2", "swordfish", "/path"):
        assert secret not in text


def waiting(*tries_and_seconds: tuple[int, float], now: datetime) -> list[Delivery]:
    return [
        Delivery(
            Told(n, "x", "feature.on", RoomId("r"), None, now),
            tries,
            now + timedelta(seconds=seconds),
        )
        for n, (tries, seconds) in enumerate(tries_and_seconds)
    ]


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        ((), None),
        (((0, 0), (0, 0)), 0),
        (((1, 5), (0, 0)), 0),
        (((HOLD, 5), (0, 0)), 0),
        (((HOLD + 1, 5), (0, 0)), 1),
        (((HOLD + 1, 5), (HOLD, 9), (0, 0)), 0),
        (((HOLD + 1, 9), (HOLD + 1, 5)), 1),
    ],
)
def test_later_ones_wait_through_the_first_tries_alone(
    queue: tuple[tuple[int, float], ...], expected: int | None
) -> None:
    now = datetime(2026, 11, 29, tzinfo=UTC)
    found = first(waiting(*queue, now=now), HOLD, now)

    assert (None if found is None else found.event.n) == expected
