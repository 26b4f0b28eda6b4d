"""Who opened a room is no business of the room's, the ledger's, or the log's."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.meeting.conftest import World, start
from tests.sign_in.conftest import NEW, Browser, Machine, browser, house, rooms, secret
from tests.sign_in.provider import SmallProvider
from tests.web.test_requests import every_log

TOKEN = "mArKtoken-0123456789abcdef"  # noqa: S105 - a test's
PERSON = {
    "sub": "mArKsub-17",
    "name": "mArKname Roth",
    "email": "mArKmail@mArKdomain.example",
    "email_verified": True,
    "groups": ["mArKgroup"],
}
HEADERS = {"X-Forwarded-User": "mArKuser", "X-Forwarded-Preferred-Username": "mArKname"}
MARK = "mark"
DIGESTS = [hashlib.sha256(TOKEN.encode()).hexdigest()]


@asynccontextmanager
async def signed_in(
    way: str, tmp_path: Path, provider: SmallProvider
) -> AsyncIterator[tuple[World, Browser]]:
    """Somebody who may open rooms, and what is known of them before they do."""
    data = tmp_path / "data"
    async with AsyncExitStack() as stack:
        if way == "oidc":
            provider.person = PERSON
            rule = {"groups": ["mArKgroup"]}
            found = await stack.enter_async_context(
                house(data, provider, Machine(), rule=rule)
            )
            mara = await stack.enter_async_context(found.browser())
            assert await found.signs_in(mara) == "/"
            yield found.world, mara
            return
        tokens = [{"name": "mArKtokens-name", "file": secret(tmp_path / "t", TOKEN)}]
        given = {"open_to": way, "tokens": tokens}
        config = rooms(data, given, trusted_proxies=["127.0.0.1"])
        world = await stack.enter_async_context(start(config))
        mara = await stack.enter_async_context(
            browser(world, HEADERS if way == "header" else {})
        )
        if way == "token":
            assert await mara.sign_in(TOKEN) == "in"
        yield world, mara


def found(where: Path) -> list[str]:
    """Files in which there is anything of who it was."""
    return [
        file.name
        for file in sorted(where.rglob("*"))
        if file.is_file() and tells(file.read_bytes().decode("latin-1"))
    ]


def tells(text: str) -> bool:
    return MARK in text.lower() or any(digest in text for digest in DIGESTS)


@pytest.mark.parametrize("way", ["token", "oidc", "header"])
async def test_who_opened_a_room_is_in_no_table_entry_message_or_log(
    way: str, tmp_path: Path, provider: SmallProvider
) -> None:
    with every_log() as log:
        async with signed_in(way, tmp_path, provider) as (world, mara):
            who = await mara.who()
            assert tells(json.dumps(who)), "else this test looks for nothing"
            _, made = await mara.said("POST", "/api/rooms", json=NEW)
            host = await world.person(made["room"], "Mara")
            guest = await world.person(made["room"], "Guest")
            await host.join(host=made["host"], allow=("minutes",))
            await guest.join(allow=("minutes",))
            await host.say(type="request", feature="minutes")
            await guest.hears("sign", where=lambda sign: sign["on"])
            assert found(tmp_path / "data") == []

            rows = await world.context.ledger.read(made["room"])
            bodies = [row.body.decode() for row in rows]
            await host.say(type="leave")
            await guest.say(type="leave")
            if way != "header":
                await mara.sign_out()
        heard: list[Any] = [host.heard, guest.heard, host.facts, guest.facts, bodies]

    assert len(bodies) >= 2
    assert not tells(json.dumps(heard))
    assert "room.opened" in log.getvalue()
    assert not tells(log.getvalue())
    assert found(tmp_path / "data") == []


@pytest.mark.parametrize("way", ["token", "oidc"])
async def test_what_is_refused_is_logged_without_who_it_was(
    way: str, tmp_path: Path, provider: SmallProvider
) -> None:
    with every_log() as log:
        async with signed_in(way, tmp_path, provider) as (_, mara):
            if way == "token":
                assert await mara.sign_in(f"{TOKEN}x") == "token-unknown"
                await mara.opens(Authorization=f"Bearer {TOKEN}y")
            else:
                provider.person = PERSON | {"groups": []}
                away = provider.answer(await mara.leaves())
                assert await mara.comes_back(away) == "not-admitted"
                provider.token = lambda claims: provider.signed(claims | {"aud": MARK})
                away = provider.answer(await mara.leaves(), state="mArKstate")
                assert await mara.comes_back(away) == "sign-in-failed"
                away = provider.answer(await mara.leaves())
                assert await mara.comes_back(away) == "sign-in-failed"

    assert not tells(log.getvalue())
    assert found(tmp_path / "data") == []
