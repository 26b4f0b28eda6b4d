"""With a token: no token, no room; and a guest joins all the same."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from gatekeeper.app.application import create_app
from gatekeeper.app.cli import main
from gatekeeper.config.rooms import RoomToken
from gatekeeper.errors import ConfigInvalid
from gatekeeper.storage.tables import sign_ins
from gatekeeper.web.sign_in import attempts
from gatekeeper.web.sign_in.by_token import Tokens
from tests.meeting.conftest import World, start
from tests.sign_in.conftest import NEW, Browser, Machine, browser, rooms, secret

OFFICE = "office-0123456789abcdef"
CALENDAR = "calendar-0123456789abcdef"


@pytest.fixture
def tokens(tmp_path: Path) -> list[dict[str, Any]]:
    """One in a file, and one of which the configuration has a digest alone."""
    return [
        {"name": "office", "file": secret(tmp_path / "office", f"{OFFICE}\n")},
        {"name": "calendar", "sha256": hashlib.sha256(CALENDAR.encode()).hexdigest()},
    ]


@pytest.fixture
async def world(
    tmp_path: Path, tokens: list[dict[str, Any]], machine: Machine
) -> AsyncIterator[World]:
    config = rooms(tmp_path / "data", {"open_to": "token", "tokens": tokens})
    async with start(config, clock=machine.clock) as world:
        yield world


@pytest.fixture
async def mara(world: World) -> AsyncIterator[Browser]:
    async with browser(world) as mara:
        yield mara


async def test_without_a_token_there_is_no_room_and_it_says_how_to_get_one(
    world: World,
) -> None:
    async with world.http.post(f"{world.url}/api/rooms", json=NEW) as answer:
        said = await answer.json()

        assert (answer.status, said["code"]) == (401, "not-signed-in")
        assert "Authorization: Bearer" in said["detail"]
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="rooms"'


@pytest.mark.parametrize("token", [OFFICE, CALENDAR])
async def test_a_program_opens_rooms_with_a_token_and_keeps_no_cookie(
    mara: Browser, token: str
) -> None:
    assert await mara.opens(Authorization=f"Bearer {token}") == "opened"
    assert await mara.opens(authorization=f"bearer  {token} ") == "opened"
    assert await mara.opens() == "not-signed-in"
    assert mara.kept == {}


NONE = (
        f"Bearer {OFFICE[:-1]}", f"Bearer {OFFICE}x", f"Bearer {OFFICE.upper()}",
        "Bearer ", "Bearer", "Bearer \u00e9", f"Bearer {'x' * 4000}",
        f"Bearer {hashlib.sha256(CALENDAR.encode()).hexdigest()}",
)  # fmt: skip


async def test_a_token_that_is_none_opens_nothing(world: World) -> None:
    for line in NONE:
        headers = {"Authorization": line}
        async with world.http.post(
            f"{world.url}/api/rooms", json=NEW, headers=headers
        ) as answer:
            said = await answer.json()

            assert (answer.status, said["code"]) == (401, "token-unknown"), line
            assert "invalid_token" in answer.headers["WWW-Authenticate"]


async def test_people_sign_in_once_see_by_what_and_sign_out(mara: Browser) -> None:
    nobody = {"open_to": "token", "may_open": False, "name": None, "sign_out": False}
    assert await mara.who() == nobody
    assert await mara.sign_in("no such token at all") == "token-unknown"
    assert await mara.opens() == "not-signed-in"

    assert await mara.sign_in(f" {OFFICE} ") == "in"
    somebody = {"open_to": "token", "may_open": True, "name": "office"}
    assert await mara.who() == somebody | {"sign_out": True}
    assert await mara.opens() == "opened"

    copied = mara.kept
    assert await mara.sign_out() is None
    assert await mara.who() == nobody
    mara.has(copied)
    assert await mara.opens() == "not-signed-in"


async def test_to_sign_in_again_ends_what_was_before(mara: Browser) -> None:
    await mara.sign_in(OFFICE)
    before = mara.kept
    await mara.sign_in(CALENDAR)
    assert (await mara.who())["name"] == "calendar"

    mara.has(before)
    assert await mara.opens() == "not-signed-in"


async def test_a_guest_joins_all_the_same(world: World, mara: Browser) -> None:
    await mara.sign_in(OFFICE)
    _, made = await mara.said("POST", "/api/rooms", json=NEW)

    guest = await world.person(made["room"], "Guest")
    await guest.join()
    host = await world.person(made["room"], "Mara")
    await host.join(host=made["host"])
    await guest.hears("joined", where=lambda joined: joined["person"]["name"] == "Mara")
    async with world.http.get(f"{world.url}/m/{made['room']}") as page:
        assert page.status == 200


async def test_a_token_that_is_taken_back_ends_its_sessions_at_once(
    mara: Browser, world: World, tmp_path: Path
) -> None:
    await mara.sign_in(OFFICE)
    async with browser(world) as noor:
        await noor.sign_in(CALENDAR)
        secret(tmp_path / "office", "another-0123456789abcdef")

        assert await mara.opens() == "not-signed-in"
        assert (await mara.who())["may_open"] is False
        assert await mara.opens(Authorization=f"Bearer {OFFICE}") == "token-unknown"
        assert await noor.opens() == "opened"

        (tmp_path / "office").unlink()
        assert await mara.sign_in("another-0123456789abcdef") == "token-unknown"
        secret(tmp_path / "office", "short")
        assert await mara.sign_in("short") == "token-unknown"


async def test_a_restart_signs_nobody_out_but_whose_token_is_gone(
    tmp_path: Path, tokens: list[dict[str, Any]]
) -> None:
    def config(some: list[dict[str, Any]]) -> Any:
        return rooms(tmp_path / "data", {"open_to": "token", "tokens": some})

    async with start(config(tokens)) as world, browser(world) as mara:
        await mara.sign_in(OFFICE)
        kept = mara.kept
    async with start(config(tokens)) as world, browser(world) as mara:
        mara.has(kept)
        assert await mara.opens() == "opened"
    async with start(config(tokens[1:])) as world, browser(world) as mara:
        mara.has(kept)
        assert await mara.opens() == "not-signed-in"


async def test_a_session_ends_when_its_time_is_over_however_much_it_is_used(
    mara: Browser, machine: Machine
) -> None:
    await mara.sign_in(OFFICE)
    kept = mara.kept
    for _ in range(11):
        machine.later += 3600
        assert await mara.opens() == "opened"
        assert mara.kept == kept

    machine.later += 3600
    assert await mara.opens() == "not-signed-in"


async def sessions_of(world: World) -> int:
    """How many are on record."""
    writer = world.context.ledger._writer
    count = select(func.count()).select_from(sign_ins)
    return int(await writer.run(lambda c: c.execute(count).scalar_one()))


async def test_a_start_forgets_what_is_over_and_all_where_nobody_signs_in(
    tmp_path: Path, tokens: list[dict[str, Any]]
) -> None:
    data = tmp_path / "data"
    by_token = {"open_to": "token", "tokens": tokens}
    async with start(rooms(data, by_token)) as world, browser(world) as mara:
        await mara.sign_in(OFFICE)
    for given, left in ((by_token, 1), ({}, 0)):
        async with start(rooms(data, given)) as world:
            assert await sessions_of(world) == left


async def test_nothing_is_kept_of_a_session_that_is_over(
    mara: Browser, world: World, machine: Machine
) -> None:
    async def kept() -> int:
        return await sessions_of(world)

    await mara.sign_in(OFFICE)
    assert await kept() == 1
    await mara.sign_out()
    assert await kept() == 0

    await mara.sign_in(OFFICE)
    machine.later += 13 * 3600
    assert await mara.opens() == "not-signed-in"
    assert await kept() == 0

    await mara.sign_in(OFFICE)
    machine.later += 13 * 3600
    async with browser(world) as noor:
        await noor.sign_in(OFFICE)
        assert await kept() == 1


@pytest.mark.parametrize(
    ("path", "name"), [("/", "__Host-opener"), ("/meet/", "__Secure-opener")]
)
async def test_the_cookie_is_for_this_site_alone_and_out_of_reach_of_scripts(
    tmp_path: Path, tokens: list[dict[str, Any]], path: str, name: str
) -> None:
    config = rooms(
        tmp_path / "data",
        {"open_to": "token", "tokens": tokens},
        trusted_proxies=["127.0.0.1"],
        base_path=path,
    )
    async with start(config) as world:
        url = f"{world.url}/api/sign-in"
        through = {"X-Forwarded-Proto": "https"}
        line = ""
        for headers, expected in (({}, "opener"), (through, name)):
            async with world.http.post(
                url, json={"token": OFFICE}, headers=headers
            ) as answer:
                line = answer.headers["Set-Cookie"]
            parts = set(line.split("; ")[1:])

            assert line.startswith(f"{expected}=")
            assert {"HttpOnly", "SameSite=Strict", f"Path={path}"} <= parts
            assert ("Secure" in parts) == ("X-Forwarded-Proto" in headers)
            assert "Max-Age=43200" in parts
            assert not any(part.startswith("Domain") for part in parts)
            assert OFFICE not in line

        # A cookie of a neighbour, without the prefix, is not looked at.
        value = line.partition("=")[2].partition(";")[0]
        async with world.http.get(
            url, headers=through | {"Cookie": f"opener={value}"}
        ) as answer:
            assert (await answer.json())["may_open"] is False
        async with world.http.get(
            url, headers=through | {"Cookie": f"{name}={value}"}
        ) as answer:
            assert (await answer.json())["may_open"] is True


async def test_no_page_of_another_site_signs_in_or_out_or_opens_a_room(
    mara: Browser,
) -> None:
    await mara.sign_in(OFFICE)
    for forged in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "same-site"}):
        for method, path, body in (
            ("POST", "/api/sign-in", {"token": CALENDAR}),
            ("DELETE", "/api/sign-in", None),
            ("POST", "/api/rooms", NEW),
        ):
            status, said = await mara.said(method, path, json=body, headers=forged)
            assert (status, said["code"]) == (403, "other-site")

    assert (await mara.who())["name"] == "office"


async def test_who_guesses_is_stopped_even_with_a_right_guess_and_nobody_else(
    tmp_path: Path, tokens: list[dict[str, Any]], machine: Machine
) -> None:
    config = rooms(
        tmp_path / "data",
        {"open_to": "token", "tokens": tokens},
        trusted_proxies=["127.0.0.1"],
    )
    async with start(config, clock=machine.clock) as world:
        eve = {"X-Forwarded-For": "2001:db8::1"}
        async with browser(world, eve) as eve_s, browser(world) as mara:
            await eve_s.sign_in(OFFICE)
            for _ in range(attempts.MOST):
                bad = await eve_s.opens(Authorization="Bearer guessed")
                assert bad == "token-unknown"
            neighbour = {"X-Forwarded-For": "2001:db8::ffff"}  # the same /64
            refused = {"Authorization": f"Bearer {OFFICE}"} | neighbour
            assert await eve_s.opens(**refused) == "rate-limited"
            assert await eve_s.sign_in(OFFICE) == "rate-limited"
            # A session is no guess.
            assert await eve_s.opens() == "opened"
            assert await mara.opens(Authorization=f"Bearer {OFFICE}") == "opened"

            machine.later += attempts.WITHIN + 1
            assert await eve_s.opens(**refused) == "opened"


NO_TOKENS = (
        b"", b"{}", b"[]", b'{"token": 1}', b'{"token": "a", "more": 1}', b"\xff",
        b'{"token": "' + b"x" * 5000 + b'"}', b"[" * 5000, b'{"token": "\\ud800"}',
)  # fmt: skip


async def test_what_is_no_token_at_all_is_malformed(mara: Browser) -> None:
    for body in NO_TOKENS:
        status, said = await mara.said("POST", "/api/sign-in", data=body)

        assert (status, said["code"]) == (400, "malformed"), body


async def test_a_cookie_that_is_none_of_ours_is_nobodys(mara: Browser) -> None:
    for value in ("", "x", "\xff", "a" * 3000, "../..", "a.b~c"):
        assert await mara.opens(Cookie=f"opener={value}") == "not-signed-in"


async def test_every_token_is_compared_in_full_whichever_it_is(
    mara: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []
    really = hmac.compare_digest

    def noted(one: str, other: str) -> bool:
        compared.append((one, other))
        return really(one, other)

    monkeypatch.setattr("gatekeeper.web.sign_in.by_token.hmac.compare_digest", noted)
    for token in (OFFICE, CALENDAR, "none of the two"):
        compared.clear()
        await mara.opens(Authorization=f"Bearer {token}")

        assert [len(each) for pair in compared for each in pair] == [64] * 4


@pytest.mark.parametrize(
    ("text", "mode", "fix"),
    [
        ("too short", 0o600, "openssl rand -hex 32"),
        ("with a space 0123456789", 0o600, "openssl rand -hex 32"),
        (OFFICE, 0o644, "chmod 600"),
        (None, 0, "cannot be read"),
    ],
)
def test_a_file_without_a_token_is_named_before_anything_starts(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str | None,
    mode: int,
    fix: str,
) -> None:
    file = tmp_path / "token"
    if text is not None:
        file.write_text(text, "utf-8")
        file.chmod(mode)
    config = tmp_path / "gatekeeper.toml"
    config.write_text(
        f'[data]\ndirectory = "{tmp_path}/data"\n[rooms]\nopen_to = "token"\n'
        f"tokens = [{{ name = 'office', file = {json.dumps(str(file))} }}]\n",
        "utf-8",
    )

    assert main(["check", str(config)]) == 2
    with pytest.raises(ConfigInvalid, match=r"rooms\.tokens\.0\.file") as starting:
        create_app(config)
    told = capsys.readouterr().err
    assert str(starting.value) in told
    assert fix in told
    assert (text or OFFICE) not in told


def test_a_token_is_never_in_what_can_be_printed(tmp_path: Path) -> None:
    file = secret(tmp_path / "office", OFFICE)
    assert OFFICE not in repr(Tokens([RoomToken(name="office", file=file)]))


async def test_where_anybody_may_nobody_is_asked(tmp_path: Path) -> None:
    async with start(rooms(tmp_path / "data", {})) as world, browser(world) as mara:
        assert await mara.opens() == "opened"
        open_to_all = {"open_to": "anybody", "may_open": True, "name": None}
        assert await mara.who() == open_to_all | {"sign_out": False}
        for method, path in (
            ("POST", "/api/sign-in"),
            ("DELETE", "/api/sign-in"),
            ("GET", "/sign-in"),
            ("GET", "/sign-in/back"),
        ):
            status, said = await mara.said(method, path)
            assert (status, said["code"]) == (404, "nothing-there")
        _, features = await mara.said("GET", "/api/features")
        assert features["open_to"] == "anybody"
