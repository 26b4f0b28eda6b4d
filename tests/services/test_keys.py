"""Keys of services: who comes in with one, and who does not."""

import asyncio
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.app.cli import main
from gatekeeper.config import Config
from gatekeeper.storage.directory import LEDGER
from gatekeeper.storage.service_keys import SCOPES
from gatekeeper.web.sign_in import attempts
from tests.admin.conftest import a_browser, enter, token_of
from tests.meeting.conftest import World, start
from tests.services.conftest import (
    API,
    WANTED,
    Service,
    a_service,
    made,
    open_to_services,
)
from tests.sign_in.conftest import Machine

WRONG = (
    "", "Bearer", "Bearer ", "Bearer gk_", "Basic {key}", "bearer{key}", "{key}",
    "Bearer {key}x", "Bearer {short}", "Bearer {other}", "Bearer {upper}",
    "Bearer {digest}", "Bearer {id}", "Bearer gk_000000000000_{secret}",
    "Bearer \u00fc{key}",
)  # fmt: skip


def spoilt(how: str, key: str) -> str:
    _, id_, secret = key.split("_")
    last = "0" if key[-1] != "0" else "1"
    return how.format(
        key=key,
        short=key[:-1],
        other=key[:-1] + last,
        upper=key.upper(),
        digest=f"gk_{id_}_{hashlib.sha256(secret.encode()).hexdigest()}",
        id=id_,
        secret=secret,
    )


@pytest.mark.parametrize("how", WRONG)
async def test_only_the_whole_key_opens_anything(service: Service, how: str) -> None:
    header = spoilt(how, service.key).encode("utf-8").decode("latin-1")
    headers = {"Authorization": header} if how else {}
    async with service.http.get(f"{service.url}{API}/rooms", headers=headers) as answer:
        said = await answer.json()
        challenge = answer.headers["WWW-Authenticate"]

    assert (answer.status, said["code"]) == (401, "key-unknown")
    assert answer.content_type == "application/problem+json"
    assert challenge.startswith('Bearer realm="api"')
    assert (await service.asks("GET", "/rooms"))[0] == 200


async def test_a_key_is_good_for_its_scopes_alone(world: World, config: Config) -> None:
    async with (
        a_service(world, config, ("permits", "events")) as other,
        other.http.get(
            f"{other.url}{API}/rooms", headers={"Authorization": f"Bearer {other.key}"}
        ) as answer,
    ):
        said = await answer.json()

    assert (answer.status, said["code"]) == (403, "scope-missing")
    assert '"rooms"' in said["detail"]
    assert 'scope="rooms"' in answer.headers["WWW-Authenticate"]


async def test_a_key_that_is_revoked_is_none_at_once(
    service: Service, config: Config, tmp_path: Path
) -> None:
    assert (await service.asks("GET", "/rooms"))[0] == 200
    file = tmp_path / "g.toml"
    file.write_text(f'[data]\ndirectory = "{config.data.directory}"\n')
    command = ["service-key", "--config", str(file), "revoke", service.id]

    assert await asyncio.to_thread(main, command) == 0
    status, said = await service.asks("GET", "/rooms")
    assert (status, said["code"]) == (401, "key-unknown")
    assert await asyncio.to_thread(main, command) == 0, "it may be said again"
    assert await asyncio.to_thread(main, [*command[:-1], "000000000000"]) == 2


async def test_no_cookie_says_who_a_service_is(world: World, config: Config) -> None:
    """An admin's browser that another page has ask is nobody here."""
    async with a_browser(world) as admin:
        await enter(admin, token_of(config))
        for method in ("GET", "POST"):
            status, said = await admin.said(method, f"{API}/rooms", json=dict(WANTED))
            assert (status, said["code"]) == (401, "key-unknown")


async def test_a_page_of_another_site_opens_nothing_even_with_the_key(
    service: Service,
) -> None:
    for headers in (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        status, said = await service.asks("POST", "/rooms", dict(WANTED), **headers)
        assert (status, said["code"]) == (403, "other-site")


async def test_guesses_are_limited_and_who_is_at_work_goes_on(
    service: Service, world: World, config: Config
) -> None:
    another = await asyncio.to_thread(made, config.data.directory)
    assert (await service.asks("GET", "/rooms"))[0] == 200
    guesser = Service(world.url, service.http, f"gk_{'0' * 12}_{'0' * 64}")
    for _ in range(attempts.MOST):
        assert (await guesser.asks("GET", "/rooms"))[0] == 401

    assert (await guesser.asks("GET", "/rooms"))[0] == 429
    guesser.key = another  # not seen before: what it is, is not looked at
    assert (await guesser.asks("GET", "/rooms"))[0] == 429
    guesser.key = service.key[:-1] + ("0" if service.key[-1] != "0" else "1")
    assert (await guesser.asks("GET", "/rooms"))[0] == 429
    assert (await service.asks("GET", "/rooms"))[0] == 200


async def test_a_service_asks_as_fast_as_it_may(tmp_path: Path) -> None:
    machine = Machine()
    config = open_to_services(tmp_path / "data", api={"requests_per_second": 3})
    async with (
        start(config, clock=machine.clock) as world,
        a_service(world, config) as service,
        a_service(world, config) as other,
    ):
        machine.later = 100
        told = [(await service.asks("GET", "/rooms"))[0] for _ in range(12)]
        assert told[:6] == [200] * 6
        assert told[-1] == 429
        async with service.http.get(
            f"{service.url}{API}/rooms",
            headers={"Authorization": f"Bearer {service.key}"},
        ) as answer:
            assert answer.headers["Retry-After"] == "1"
        assert (await other.asks("GET", "/rooms"))[0] == 200, "another's is its own"
        machine.later = 101
        assert (await service.asks("GET", "/rooms"))[0] == 200


async def test_nothing_that_is_kept_or_logged_opens_anything(
    service: Service, config: Config, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = service.key.split("_")[2]
    opened = await service.opens()
    await service.asks("GET", "/rooms/none")
    await service.asks(
        "POST", "/rooms", dict(WANTED), **{"Idempotency-Key": "once-more"}
    )
    kept = b"".join(
        file.read_bytes() for file in config.data.directory.rglob("*") if file.is_file()
    )
    out, err = capfd.readouterr()

    assert service.id.encode() in kept
    for hidden in (secret, opened["host"], "once-more"):
        assert hidden.encode() not in kept
        assert hidden not in out + err


async def test_of_its_use_the_day_is_known(service: Service, config: Config) -> None:
    await service.opens()
    assert (await service.asks("GET", "/rooms"))[0] == 200
    with sqlite3.connect(config.data.directory / LEDGER) as reading:
        ((day,),) = reading.execute("SELECT last_used_on FROM service_keys")

    assert len(day) == len("2026-11-29")


async def test_where_there_is_to_be_no_api_there_is_none(tmp_path: Path) -> None:
    config = open_to_services(tmp_path / "data", api={"open": False})
    async with start(config) as world, a_service(world, config) as service:
        status, said = await service.asks("GET", "/rooms")
        assert (status, said["code"]) == (404, "not-found")
        status, said = await service.asks("POST", "/rooms", dict(WANTED))
        assert (status, said["code"]) == (404, "not-found")
        async with service.http.get(f"{world.url}/api/openapi.json") as answer:
            document = await answer.json()

    assert not [path for path in document["paths"] if path.startswith(API)]


# ---- The command --------------------------------------------------------------------


def command(tmp_path: Path, *words: str) -> list[str]:
    file = tmp_path / "g.toml"
    data = tmp_path / "data"
    file.write_text(f'[data]\ndirectory = "{data}"\n[api]\nopen = true\n')
    return ["service-key", "--config", str(file), *words]


def said(capsys: pytest.CaptureFixture[str], *words: Any) -> str:
    assert main([*words]) == 0
    return capsys.readouterr().out.strip()


def test_the_command_makes_lists_and_revokes_where_no_server_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also before the first start."""
    make = command(tmp_path, "make", "Clinic", "--scope", "rooms", "--scope", "permits")
    first, second = said(capsys, *make), said(capsys, *make)
    listed = said(capsys, *command(tmp_path, "list")).splitlines()

    assert first != second
    assert len(first.splitlines()) == 1
    assert sorted(line.split()[0] for line in listed) == sorted(
        key.split("_")[1] for key in (first, second)
    )
    assert all("rooms,permits" in line and "never used" in line for line in listed)
    assert not any(key.split("_")[2] in "\n".join(listed) for key in (first, second))

    said(capsys, *command(tmp_path, "revoke", first.split("_")[1]))
    config = ("--config", str(tmp_path / "g.toml"))
    listed = said(capsys, "service-key", "list", *config).splitlines()
    assert listed[0].startswith(second.split("_")[1])
    assert "revoked" in listed[1]


def test_a_name_that_cannot_be_shown_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("", "\u200b", "x" * 101):
        assert main(command(tmp_path, "make", name, "--scope", "rooms")) == 2
        assert "name" in capsys.readouterr().err


def test_the_command_lists_whose_pages_may_show_a_services_rooms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make = command(tmp_path, "make", "App", "--scope", "rooms")
    origins = ("https://App.example.org", "http://localhost:3000")
    said(capsys, *make, *(word for each in origins for word in ("--origin", each)))
    said(capsys, *make)

    listed = said(capsys, *command(tmp_path, "list")).splitlines()
    shown = [line for line in listed if " in " in line]
    assert len(shown) == 1
    assert "in https://app.example.org,http://localhost:3000" in shown[0]
    for wrong in ("https://*.example.org", "http://app.example.org", "app.example.org"):
        assert main([*make, "--origin", wrong]) == 2
        assert f"--origin {wrong}" in capsys.readouterr().err


def test_there_are_so_many_scopes_and_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("--scope", "admin"), ()):
        with pytest.raises(SystemExit):
            main(command(tmp_path, "make", "Clinic", *words))
    assert SCOPES == ("rooms", "entries", "presence", "permits", "media", "events")
    assert json.dumps(SCOPES)
