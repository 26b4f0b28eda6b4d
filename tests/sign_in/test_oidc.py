"""With a provider: who it signs in and the rule admits; and a provider gone wrong."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
from aiohttp import web
from joserfc.jwk import RSAKey

from gatekeeper.config import parse
from gatekeeper.config.rooms import Oidc
from gatekeeper.errors import ConfigInvalid
from gatekeeper.web.sign_in.attempts import MOST, WITHIN
from gatekeeper.web.sign_in.oidc import fetch, kept
from gatekeeper.web.sign_in.oidc.admission import admits, rests_on
from tests.sign_in.conftest import NEW, House, Machine, house, secret
from tests.sign_in.provider import Claims, SmallProvider, made
from tests.sign_in.test_header import RETURNS
from tests.sign_in.test_id_token import bare


@pytest.fixture
async def at_home(
    tmp_path: Path, provider: SmallProvider, machine: Machine
) -> AsyncIterator[House]:
    async with house(tmp_path / "data", provider, machine) as found:
        yield found


async def test_nobody_in_no_room_somebody_in_a_room_and_out_again(
    at_home: House,
) -> None:
    async with at_home.browser() as mara:
        assert await mara.opens() == "not-signed-in"
        assert (await mara.who())["may_open"] is False

        assert await at_home.signs_in(mara, "promise") == "/promise"
        assert set(mara.kept) == {"opener"}
        assert await mara.who() == {
            "open_to": "oidc",
            "may_open": True,
            "name": "Ana Roth",
            "sign_out": True,
        }
        assert await mara.opens() == "opened"

        copied = mara.kept
        assert await mara.sign_out() is None
        mara.has(copied)
        assert await mara.opens() == "not-signed-in"


async def test_a_guest_joins_all_the_same(at_home: House) -> None:
    async with at_home.browser() as mara:
        await at_home.signs_in(mara)
        _, made_ = await mara.said("POST", "/api/rooms", json=NEW)

        guest = await at_home.world.person(made_["room"], "Guest")
        await guest.join()


async def test_one_is_sent_back_to_where_one_was_and_never_elsewhere(
    at_home: House,
) -> None:
    for to, where in RETURNS:
        async with at_home.browser() as mara:
            async with mara.http.get(
                f"{mara.url}/sign-in", params={"to": to}, allow_redirects=False
            ) as answer:
                away = answer.headers["Location"]
            assert await mara.comes_back(at_home.provider.answer(away)) == where


async def test_what_leaves_is_new_each_time_and_tells_nothing(at_home: House) -> None:
    async with at_home.browser() as mara:
        left = [dict(parse_qsl(urlsplit(await mara.leaves()).query)) for _ in range(3)]

        for name in ("state", "nonce", "code_challenge"):
            assert len({said[name] for said in left}) == 3
            assert all(len(said[name]) == 43 for said in left)
        assert left[0]["redirect_uri"] == f"{mara.url}/sign-in/back"
        assert left[0]["scope"] == "openid profile email"
        sealed = mara.kept["away"]
        assert left[-1]["state"] not in sealed
        assert left[-1]["nonce"] not in sealed


async def test_nobody_is_signed_in_by_a_link_that_somebody_else_prepared(
    at_home: House,
) -> None:
    """Login CSRF: Eve's answer, opened in Mara's browser."""
    async with at_home.browser() as eve, at_home.browser() as mara:
        prepared = at_home.provider.answer(await eve.leaves())
        assert await mara.comes_back(prepared) == "sign-in-failed"
        assert await mara.opens() == "not-signed-in"

        # Mara is on her way herself.
        await mara.leaves()
        assert await mara.comes_back(prepared) == "sign-in-failed"
        assert await mara.opens() == "not-signed-in"
        # And no page of another site sends her on that way.
        status, said = await mara.said(
            "GET", "/sign-in", headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert (status, said["code"]) == (403, "other-site")


async def test_an_answer_counts_once_and_not_too_late(
    at_home: House, machine: Machine
) -> None:
    async with at_home.browser() as mara:
        away = await mara.leaves()
        answer = at_home.provider.answer(away)
        before = mara.kept
        assert await mara.comes_back(answer) == "/"
        assert await mara.comes_back(answer) == "sign-in-failed"
        mara.has(before)
        assert await mara.comes_back(answer) == "sign-in-failed"

        answer = at_home.provider.answer(await mara.leaves())
        machine.later += 601
        assert await mara.comes_back(answer) == "sign-in-failed"


OTHERWISE: list[dict[str, str]] = [
    {"state": "another"},
    {"state": ""},
    {"state": "\u00e9"},
    {"iss": "https://evil.example"},
    {"iss": ""},
    {"code": ""},
    {"code": "x" * 5000},
    {"code": "not-one-of-its-own"},
    {"error": "access_denied", "code": ""},
    {"error": "access_denied"},
]


async def test_an_answer_that_is_not_to_what_was_asked_signs_nobody_in(
    at_home: House,
) -> None:
    async with at_home.browser() as mara:
        for otherwise in OTHERWISE:
            answer = at_home.provider.answer(await mara.leaves(), **otherwise)

            assert await mara.comes_back(answer) == "sign-in-failed", otherwise
            assert set(mara.kept) == set()
            assert await mara.opens() == "not-signed-in"


async def test_an_answer_that_says_something_twice_signs_nobody_in(
    at_home: House,
) -> None:
    async with at_home.browser() as mara:
        answer = at_home.provider.answer(await mara.leaves())

        assert await mara.comes_back(f"{answer}&code=other") == "sign-in-failed"


async def test_who_fails_too_often_waits(at_home: House, machine: Machine) -> None:
    async with at_home.browser() as mara:
        for _ in range(MOST):
            assert (
                await mara.comes_back(f"{mara.url}/sign-in/back?") == "sign-in-failed"
            )
        assert await at_home.signs_in(mara) == "rate-limited"
        machine.later += WITHIN + 1
        assert await at_home.signs_in(mara) == "/"


HOSTILE: dict[str, Any] = {
    "none": lambda p: lambda c: bare({"alg": "none"}, c),
    "another key": lambda p: lambda c: p.signed(c, made("first")),
    "wrong aud": lambda p: lambda c: p.signed(c | {"aud": "other"}),
    "wrong nonce": lambda p: lambda c: p.signed(c | {"nonce": "other"}),
    "wrong issuer": lambda p: lambda c: p.signed(c | {"iss": "https://evil.example"}),
    "expired": lambda p: lambda c: p.signed(c | {"exp": c["iat"] - 600}),
    "long": lambda p: lambda c: p.signed(c | {"more": "x" * 100_000}),
    "a number": lambda p: lambda c: 17,
    "deep": lambda p: lambda c: p.signed(c).split(".")[0] + ".W1tb.x",
}


async def test_a_hostile_token_signs_nobody_in(at_home: House) -> None:
    async with at_home.browser() as mara:
        for name, hostile in HOSTILE.items():
            at_home.provider.token = hostile(at_home.provider)
            assert await at_home.signs_in(mara) == "sign-in-failed", name
            assert await mara.opens() == "not-signed-in"

        at_home.provider.token = None
        assert await at_home.signs_in(mara) == "/"


async def test_new_keys_of_a_provider_are_fetched_when_they_sign_and_old_ones_go(
    at_home: House, machine: Machine
) -> None:
    provider = at_home.provider
    old = provider.keys[0]
    async with at_home.browser() as mara:
        for _ in range(5):
            assert await at_home.signs_in(mara) == "/"
        assert provider.calls["/jwks"] == 1
        assert provider.calls["/.well-known/openid-configuration"] == 1

        machine.later += kept.PAUSE
        for kid, kind in (("second", RSAKey), ("second", None)):  # the name again
            provider.keys = [made(kid, kind) if kind else made(kid)]
            assert await at_home.signs_in(mara) == "/"
            machine.later += kept.PAUSE

        provider.token = lambda claims: provider.signed(claims, old)
        assert await at_home.signs_in(mara) == "sign-in-failed"

        # A key that is withdrawn counts no more after the hour.
        provider.token = None
        withdrawn = provider.keys[0]
        provider.keys = [made("third")]
        provider.token = lambda claims: provider.signed(claims, withdrawn)
        machine.later += kept.FRESH
        assert await at_home.signs_in(mara) == "sign-in-failed"

        # Nor do those of an hour ago when none can be had.
        provider.token = None
        machine.later += kept.PAUSE
        assert await at_home.signs_in(mara) == "/"
        provider.instead["/jwks"] = BROKEN["an error"]
        assert await at_home.signs_in(mara) == "/"
        machine.later += kept.FRESH
        for _ in range(2):
            assert await at_home.signs_in(mara) == "provider-unavailable"


async def test_forged_tokens_make_nobody_fetch_keys_without_end(
    at_home: House,
) -> None:
    at_home.provider.token = lambda c: at_home.provider.signed(c, made("unknown"))
    async with at_home.browser() as mara:
        for _ in range(10):
            assert await at_home.signs_in(mara) == "sign-in-failed"

    assert at_home.provider.calls["/jwks"] == 1


BY_EMAIL = {"emails": ["ana@example.org"]}
ANA: Claims = {"sub": "u-17", "email": "Ana@Example.org", "email_verified": True}


@pytest.mark.parametrize(
    ("rule", "person", "admitted"),
    [
        ({"emails": ["ana@example.org"]}, ANA, True),
        ({"emails": ["ana@example.org"]}, ANA | {"email_verified": "true"}, True),
        ({"emails": ["ana@example.org"]}, ANA | {"email_verified": False}, False),
        ({"emails": ["ana@example.org"]}, ANA | {"email_verified": 1}, True),
        ({"emails": ["ana@example.org"]}, ANA | {"email_verified": "yes"}, False),
        ({"emails": ["ana@example.org"]}, {"sub": "u", "email": ANA["email"]}, False),
        ({"emails": ["ana@example.org"]}, ANA | {"email": "ben@example.org"}, False),
        ({"emails": ["ana@example.org"]}, ANA | {"email": ["ana@example.org"]}, False),
        ({"domains": ["EXAMPLE.org"]}, ANA, True),
        ({"domains": ["example.org"]}, ANA | {"email": "a@b@example.org"}, False),
        ({"domains": ["example.org"]}, ANA | {"email": "a@sub.example.org"}, False),
        ({"domains": ["example.org"]}, ANA | {"email": "a@evilexample.org"}, False),
        ({"domains": ["example.org"]}, ANA | {"email": "example.org"}, False),
        ({"domains": ["example.org"]}, ANA | {"email_verified": False}, False),
        ({"groups": ["hosts"]}, ANA | {"groups": ["all", "hosts"]}, True),
        ({"groups": ["hosts"]}, ANA | {"groups": "hosts"}, True),
        ({"groups": ["hosts"]}, ANA | {"groups": ["Hosts", "host", 7, None]}, False),
        ({"groups": ["hosts"]}, ANA | {"groups": {"hosts": True}}, False),
        ({"groups": ["hosts"]}, ANA, False),
        (
            {"groups": ["hosts"], "groups_claim": "realm_access.roles"},
            ANA | {"realm_access": {"roles": ["hosts"]}},
            True,
        ),
        (
            {"groups": ["hosts"], "groups_claim": "realm_access.roles"},
            ANA | {"realm_access": ["roles", "hosts"]},
            False,
        ),
        (
            {"groups": ["hosts"], "groups_claim": "https://example.org/roles"},
            ANA | {"https://example.org/roles": ["hosts"]},
            True,
        ),
        ({"groups": ["hosts"], "emails": ["ana@example.org"]}, ANA, True),
        ({"everyone": True}, {"sub": "u-17"}, True),
    ],
)
def test_the_rule_says_whom_of_those_that_the_provider_knows(
    rule: dict[str, Any], person: Claims, admitted: bool
) -> None:
    assert admits(Oidc(**rule), person) == admitted
    assert admits(Oidc(), person) is False


async def test_what_is_signed_counts_more_than_what_is_asked(
    provider: SmallProvider, tmp_path: Path
) -> None:
    provider.person = ANA | {"email_verified": False}  # without a name, so it is asked
    provider.asked = ANA | {"name": "Ana Roth"}
    async with (
        house(tmp_path / "data", provider, rule=BY_EMAIL) as found,
        found.browser() as mara,
    ):
        assert await found.signs_in(mara) == "not-admitted"
        assert provider.calls["/me"] == 1


@pytest.mark.parametrize("where", ["token", "asked"])
async def test_whom_the_rule_names_not_is_told_and_opens_nothing(
    provider: SmallProvider, tmp_path: Path, where: str
) -> None:
    rule = {"emails": ["ana@example.org"], "groups": ["hosts"]}
    async with house(tmp_path / "data", provider, rule=rule) as found:
        for person, where_to in (
            (ANA, "/"),
            (ANA | {"email": "ben@example.org"}, "not-admitted"),
            ({"sub": "u-18", "groups": ["hosts"]}, "/"),
            ({"sub": "u-19", "groups": ["guests"]}, "not-admitted"),
        ):
            provider.person = person if where == "token" else {"sub": person["sub"]}
            provider.asked = {} if where == "token" else person
            async with found.browser() as mara:
                assert await found.signs_in(mara) == where_to
                opened = "opened" if where_to == "/" else "not-signed-in"
                assert await mara.opens() == opened


async def test_who_answers_for_somebody_else_when_asked_for_more_is_not_heard(
    provider: SmallProvider, tmp_path: Path
) -> None:
    provider.person = {"sub": "u-17"}
    provider.asked = ANA | {"sub": "u-18"}
    async with (
        house(tmp_path / "data", provider, rule=BY_EMAIL) as found,
        found.browser() as mara,
    ):
        assert await found.signs_in(mara) == "sign-in-failed"


NAMES: list[tuple[Claims, str]] = [
    ({"name": "Ana Roth", "email": "ana@example.org"}, "Ana Roth"),
    ({"preferred_username": "ana", "email": "ana@example.org"}, "ana"),
    ({"name": "a\u202eb", "preferred_username": "ana"}, "ana"),
    (
        {"name": 17, "preferred_username": ["ana"], "email": "ana@x.org"},
        "ana@x.org",
    ),
    ({"name": "x" * 200}, "u-17"),
]


async def test_one_is_shown_a_name_and_an_address_only_if_that_is_all_there_is(
    at_home: House,
) -> None:
    async with at_home.browser() as mara:
        for person, shown in NAMES:
            at_home.provider.person = {"sub": "u-17"} | person
            assert await at_home.signs_in(mara) == "/"
            assert (await mara.who())["name"] == shown


async def test_a_restart_signs_nobody_out_but_another_rule_does(
    tmp_path: Path, provider: SmallProvider
) -> None:
    provider.person = ANA
    async with (
        house(tmp_path / "data", provider, rule=BY_EMAIL) as found,
        found.browser() as mara,
    ):
        await found.signs_in(mara)
        cookies = mara.kept
    for again, opened in ((BY_EMAIL, "opened"), ({"domains": ["x"]}, "not-signed-in")):
        async with (
            house(tmp_path / "data", provider, rule=again) as found,
            found.browser() as mara,
        ):
            mara.has(cookies)
            assert await mara.opens() == opened


async def test_a_session_ends_when_its_time_is_over(
    at_home: House, machine: Machine
) -> None:
    async with at_home.browser() as mara:
        await at_home.signs_in(mara)
        machine.later += 12 * 3600 - 5
        assert await mara.opens() == "opened"
        machine.later += 5
        assert await mara.opens() == "not-signed-in"


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
async def test_a_confidential_client_shows_its_secret(
    provider: SmallProvider, tmp_path: Path, method: str
) -> None:
    provider.secret = "s+3 cr/t:%41\u00e9"  # noqa: S105 - a test's
    provider.document["token_endpoint_auth_methods_supported"] = [method]
    file = secret(tmp_path / "secret", f"{provider.secret}\n")
    rule = {"everyone": True, "secret_file": file}
    async with (
        house(tmp_path / "data", provider, rule=rule) as found,
        found.browser() as mara,
    ):
        assert await found.signs_in(mara) == "/"
        file.write_text("another", "utf-8")
        assert await found.signs_in(mara) == "sign-in-failed"
        file.unlink()
        assert await found.signs_in(mara) == "provider-unavailable"


async def test_signing_out_goes_on_to_the_provider_if_it_is_to(
    provider: SmallProvider, tmp_path: Path
) -> None:
    rule = {"everyone": True, "end_session": True}
    async with (
        house(tmp_path / "data", provider, rule=rule) as found,
        found.browser() as mara,
    ):
        await found.signs_in(mara)
        where = await mara.sign_out()

        assert where is not None
        said = dict(parse_qsl(urlsplit(where).query))
        assert where.startswith(f"{provider.issuer}/bye?")
        assert said == {"client_id": "gate", "post_logout_redirect_uri": f"{mara.url}/"}
        assert await mara.opens() == "not-signed-in"


async def test_behind_a_proxy_and_below_a_path_one_comes_back_there(
    provider: SmallProvider, tmp_path: Path
) -> None:
    server = {
        "trusted_proxies": ["127.0.0.1"],
        "names": ["meet.example.org"],
        "base_path": "/meet/",
    }
    through = {"Host": "meet.example.org", "X-Forwarded-Proto": "https"}
    async with (
        house(tmp_path / "data", provider, server=server) as found,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http,
    ):
        for path in ("/sign-in", "/meet/sign-in"):
            url = found.world.url + path
            async with http.get(url, headers=through, allow_redirects=False) as answer:
                away = answer.headers["Location"]
                cookie = answer.headers["Set-Cookie"]
            said = dict(parse_qsl(urlsplit(away).query))
            assert said["redirect_uri"] == "https://meet.example.org/meet/sign-in/back"
            assert cookie.startswith("__Secure-away=")
            assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/meet/"} <= set(
                cookie.split("; ")
            )

            back = urlsplit(provider.answer(away))
            async with http.get(
                f"{found.world.url}{back.path}?{back.query}",
                headers=through | {"Cookie": cookie.partition(";")[0]},
                allow_redirects=False,
            ) as answer:
                assert answer.headers["Location"] == "/meet/"
                lines = answer.headers.getall("Set-Cookie")
            assert any("__Secure-opener=" in line for line in lines)
            assert any('__Secure-away=""' in line for line in lines)


# ---- A provider gone wrong ------------------------------------------------------


def says(text: bytes, status: int = 200, headers: Claims | None = None) -> Any:
    def answer() -> web.Response:
        return web.Response(
            body=text, status=status, headers=headers, content_type="application/json"
        )

    return answer


BROKEN: dict[str, Any] = {
    "an error": says(b"{}", 500),
    "no JSON": says(b"<html>"),
    "no object": says(b"[]"),
    "no text": says(b"\xff\xfe"),
    "nothing": says(b""),
    "deep": says(b"[" * 200_000),
    "huge": says(b'{"a": "' + b"x" * 2_000_000 + b'"}'),
    "a huge number": says(b'{"a": ' + b"9" * 100_000 + b"}"),
    "packed": says(b"\x1f\x8b\x08", headers={"Content-Encoding": "gzip"}),
    "elsewhere": says(b"", 302, {"Location": "https://evil.example/"}),
    "another status": says(b"{}", 404),
}


@pytest.mark.parametrize(
    "path", ["/.well-known/openid-configuration", "/jwks", "/token", "/me"]
)
async def test_a_provider_that_is_broken_signs_nobody_in_and_it_is_said(
    at_home: House, path: str, machine: Machine
) -> None:
    at_home.provider.person = {"sub": "u-17"}  # more is asked
    async with at_home.browser() as mara:
        for name, broken in BROKEN.items():
            at_home.provider.instead[path] = broken
            where = await mara.goes(f"{mara.url}/sign-in")
            if path.startswith("/.well-known"):
                assert where == "/#sign-in=provider-unavailable", name
            else:
                code = await mara.comes_back(at_home.provider.answer(where))
                assert code in ("provider-unavailable", "sign-in-failed"), name
            assert await mara.opens() == "not-signed-in"
            machine.later += max(kept.FRESH, WITHIN) + 1  # nothing is known any more

        at_home.provider.instead.clear()
        assert await at_home.signs_in(mara) == "/"


ASTRAY: list[Claims] = [
    {"issuer": "https://evil.example"},
    {"issuer": "http://localhost:9"},
    {"issuer": None},
    {"authorization_endpoint": "http://evil.example/authorize"},
    {"authorization_endpoint": "javascript:alert(1)"},
    {"token_endpoint": "http://evil.example/token"},
    {"token_endpoint": None},
    {"token_endpoint": ["https://a.example"]},
    {"jwks_uri": "file:///etc/passwd"},
    {"jwks_uri": "https://a b"},
    {"userinfo_endpoint": "http://evil.example/me"},
    {"end_session_endpoint": "http://evil.example/bye"},
    {"code_challenge_methods_supported": ["plain"]},
    {"code_challenge_methods_supported": 7},
]


async def test_nobody_is_followed_elsewhere_and_nothing_is_read_without_end(
    at_home: House, machine: Machine
) -> None:
    provider = at_home.provider
    where = "/.well-known/openid-configuration"
    document = bytes((await provider._document(None)).text or "", "utf-8")
    async with at_home.browser() as mara:
        provider.instead["/moved"] = says(document)
        provider.instead[where] = says(b"", 302, {"Location": "/moved"})
        assert await at_home.leads(mara) == "provider-unavailable"
        assert provider.calls["/moved"] == 0

        machine.later += kept.PAUSE
        provider.instead[where] = says(document + b" " * (fetch.LONGEST + 1))
        assert await at_home.leads(mara) == "provider-unavailable"

        machine.later += kept.PAUSE
        provider.instead[where] = says(document + b" " * 1000)
        assert await at_home.signs_in(mara) == "/"


async def test_a_document_that_leads_astray_is_of_no_use(
    at_home: House, machine: Machine
) -> None:
    async with at_home.browser() as mara:
        for document in ASTRAY:
            at_home.provider.document = document
            where = await mara.goes(f"{mara.url}/sign-in")
            assert where == "/#sign-in=provider-unavailable", document
            machine.later += kept.PAUSE

        at_home.provider.document = {}
        assert await at_home.signs_in(mara) == "/"


async def test_a_slow_provider_holds_up_nobody_but_who_waits_for_it(
    at_home: House, monkeypatch: pytest.MonkeyPatch, machine: Machine
) -> None:
    monkeypatch.setattr(fetch, "WITHIN", 0.2)
    at_home.provider.held = asyncio.Event()
    async with asyncio.TaskGroup() as tasks, at_home.browser() as mara:
        waiting = tasks.create_task(mara.goes(f"{mara.url}/sign-in"))
        await at_home.provider.asked_at("/.well-known/openid-configuration")
        async with at_home.browser() as noor:
            assert await noor.opens() == "not-signed-in"
        assert await waiting == "/#sign-in=provider-unavailable"

        # Who comes just after that is told at once.
        for _ in range(5):
            where = await mara.goes(f"{mara.url}/sign-in")
            assert where == "/#sign-in=provider-unavailable"
        assert at_home.provider.calls.total() == 1

        at_home.provider.held.set()
        machine.later += kept.PAUSE
        monkeypatch.undo()
        assert await at_home.signs_in(mara) == "/"


async def test_so_many_wait_for_a_provider_and_no_more(
    at_home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "AT_ONCE", 2)
    provider = at_home.provider
    async with (
        asyncio.TaskGroup() as tasks,
        at_home.browser() as first,
        at_home.browser() as second,
        at_home.browser() as third,
    ):
        people = (first, second, third)
        answers = [provider.answer(await person.leaves()) for person in people]
        provider.held = asyncio.Event()
        waiting = []
        for number in (0, 1):
            task = tasks.create_task(people[number].comes_back(answers[number]))
            waiting.append(task)
            await provider.asked_at("/token", number + 1)

        assert await third.comes_back(answers[2]) == "provider-unavailable"
        provider.held.set()
        assert [await each for each in waiting] == ["/", "/"]


@pytest.mark.parametrize(
    ("oidc", "said"),
    [
        ({}, "rooms.oidc.issuer"),
        ({"issuer": "https://a.example"}, "client_id"),
        ({"issuer": "https://a.example", "client_id": "x"}, "everyone = true"),
        (
            {
                "issuer": "https://a.example", "client_id": "x", "everyone": True,
                "domains": ["a.example"],
            },
            "everyone",
        ),
        ({"issuer": "http://a.example"}, "as it says it"),
        ({"issuer": "https://a.example?x=y"}, "as it says it"),
        ({"issuer": "https://user@a.example"}, "as it says it"),
        ({"issuer": "a.example"}, "as it says it"),
    ],
)  # fmt: skip
def test_a_configuration_that_lets_in_nobody_or_everybody_is_refused(
    oidc: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigInvalid) as refused:
        parse({"rooms": {"open_to": "oidc", "oidc": oidc}})

    assert said in str(refused.value)
    assert str(refused.value).startswith("rooms")


def test_the_rule_is_known_by_all_that_lets_somebody_in() -> None:
    """A field of the rule that `rests_on` forgot would keep old sessions."""
    changed: dict[str, Any] = {
        "issuer": "https://a.example", "client_id": "x", "emails": ("a@b",),
        "domains": ("b",), "groups": ("g",), "groups_claim": "roles", "everyone": True,
    }  # fmt: skip
    assert set(changed) | {"secret_file", "scopes", "end_session"} == set(
        Oidc.model_fields
    )
    digests = {rests_on(Oidc(**{name: value})) for name, value in changed.items()}
    assert len({*digests, rests_on(Oidc())}) == len(changed) + 1
