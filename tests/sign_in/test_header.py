"""By a proxy's word: believed from our proxies, and a forgery from anybody else."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gatekeeper.config import Config
from tests.meeting.conftest import World, start
from tests.sign_in.conftest import NEW, Browser, browser, rooms
from tests.web.test_requests import exchange, request

WHO = "X-Forwarded-User"
ANA = {WHO: "ana", "X-Forwarded-Preferred-Username": "Ana Roth"}


def behind(data: Path, proxy: str, **header: str) -> Config:
    """A server that believes `proxy`; tests come from 127.0.0.1."""
    given = {"open_to": "header", "header": header}
    config: Config = rooms(data, given, trusted_proxies=[proxy])
    return config


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with start(behind(tmp_path / "data", "127.0.0.1")) as world:
        yield world


@pytest.fixture
async def mara(world: World) -> AsyncIterator[Browser]:
    async with browser(world) as mara:
        yield mara


async def test_whom_the_proxy_has_signed_in_opens_rooms_and_nobody_else(
    mara: Browser,
) -> None:
    assert await mara.opens() == "not-signed-in"
    assert (await mara.who())["may_open"] is False

    assert await mara.opens(**ANA) == "opened"
    _, who = await mara.said("GET", "/api/sign-in", headers=ANA)
    assert who == {
        "open_to": "header",
        "may_open": True,
        "name": "Ana Roth",
        "sign_out": False,
    }
    # Nothing is remembered of it.
    assert mara.kept == {}
    assert await mara.opens() == "not-signed-in"


async def test_a_guest_joins_all_the_same(world: World, mara: Browser) -> None:
    _, made = await mara.said("POST", "/api/rooms", json=NEW, headers=ANA)

    guest = await world.person(made["room"], "Guest")
    await guest.join()


ELSEWHERE: list[dict[str, str]] = [
    {},
    {"X-Forwarded-For": "10.0.0.1"},
    {"X-Forwarded-For": "127.0.0.1, 10.0.0.1", "Forwarded": "for=10.0.0.1"},
    {"X-Real-IP": "10.0.0.1"},
    {WHO: ""},
]


async def test_a_header_from_anybody_else_is_refused_and_never_believed(
    tmp_path: Path,
) -> None:
    async with (
        start(behind(tmp_path / "data", "10.0.0.0/8")) as world,
        browser(world) as eve,
    ):
        for more in ELSEWHERE:
            assert await eve.opens(**ANA | more) == "untrusted-proxy"
            for path in ("/api/sign-in", "/sign-in"):
                status, said = await eve.said("GET", path, headers=ANA | more)
                assert (status, said["code"]) == (403, "untrusted-proxy")
        assert await eve.opens() == "not-signed-in"


SAYING_NOTHING = (
    [(WHO, "ana"), (WHO, "eve")],
    [(WHO, "")],
    [(WHO, " \t")],
    [(WHO, "x" * 257)],
    [("X-Forwarded-Preferred-Username", "Ana Roth")],
    [("X_Forwarded_User", "ana")],
)


async def test_what_does_not_say_who_it_is_in_one_line_says_nothing(
    world: World,
) -> None:
    url = f"{world.url}/api/rooms"
    for lines in SAYING_NOTHING:
        async with world.http.post(url, json=NEW, headers=lines) as answer:
            said = await answer.json()

        assert (answer.status, said["code"]) == (401, "not-signed-in"), lines


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Ana Roth", "Ana Roth"),
        ("J\u00f6rg", "J\u00f6rg"),
        ("ana\u202eevil", None),
        ("\u200b\u200b", None),
        ("\udcff\udcfe", None),
        ("", None),
    ],
)
async def test_a_name_is_shown_as_it_can_be_and_else_who_it_is(
    mara: Browser, given: str, shown: str | None
) -> None:
    name = b"X-Forwarded-Preferred-Username: " + given.encode(errors="surrogateescape")
    host = urlsplit(mara.url).netloc
    sent = request("GET", "/api/sign-in", host, b"X-Forwarded-User: ana", name)
    answer = await exchange(mara.url, sent)
    said = json.loads(answer.partition(b"\r\n\r\n")[2])

    assert said["may_open"] is True
    assert said["name"] == (shown or "ana")


async def test_other_headers_of_another_proxy_and_its_own_sign_out(
    tmp_path: Path,
) -> None:
    config = behind(
        tmp_path / "data",
        "127.0.0.1",
        user="Remote-User",
        name="Remote-Name",
        sign_out="https://auth.example.org/logout",
    )
    async with start(config) as world, browser(world) as mara:
        assert await mara.opens(**ANA) == "not-signed-in"
        mara.headers = {"Remote-User": "ana", "Remote-Name": "Ana Roth"}
        who = await mara.who()
        assert (who["name"], who["sign_out"]) == ("Ana Roth", True)
        assert await mara.sign_out() == "https://auth.example.org/logout"


RETURNS = [
    ("", "/"),
    ("promise", "/promise"),
    ("m/abc-DEF_1/after", "/m/abc-DEF_1/after"),
    *(
        (bad, "/")
        for bad in (
            "/evil.example", "//evil.example", "https://evil.example", "\\evil.example",
            "/\\evil.example", "m//evil.example", "..//evil.example", "../x", "a?b=c",
            "a%23b", "javascript:alert(1)", "a\r\nSet-Cookie: a=b", "@evil.example",
            ".evil.example", "a" * 65, "a/" * 9, "\u2215evil", " a",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("base", ["/", "/meet/"])
async def test_one_is_sent_back_to_where_one_was_and_never_elsewhere(
    tmp_path: Path, base: str
) -> None:
    config = rooms(
        tmp_path / "data",
        {"open_to": "header"},
        trusted_proxies=["127.0.0.1"],
        base_path=base,
    )
    async with start(config) as world:
        for to, where in RETURNS:
            async with world.http.get(
                f"{world.url}/sign-in",
                params={"to": to},
                headers=ANA,
                allow_redirects=False,
            ) as answer:
                assert answer.status == 303
                assert answer.headers["Location"] == base + where[1:], to
        async with world.http.get(
            f"{world.url}/sign-in", allow_redirects=False
        ) as answer:
            assert answer.headers["Location"] == f"{base}#sign-in=sign-in-failed"
