"""By a provider: admins by a rule of their own, and nobody else whom it signs in."""

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.config import parse
from gatekeeper.errors import ConfigInvalid
from tests.admin.conftest import API, a_browser, enter, got
from tests.meeting.conftest import World, configured, start
from tests.sign_in.conftest import Browser
from tests.sign_in.provider import SmallProvider
from tests.web.test_admin_guide import block


@asynccontextmanager
async def served(
    data: Path, provider: SmallProvider, **rule: Any
) -> AsyncIterator[World]:
    """A server that the provider's people may administer, or open rooms on."""
    provider.person = {"sub": "u-17", "name": "Ana Roth", "groups": ["admins"]}
    client = {"issuer": provider.issuer, "client_id": "gate"}
    config = configured(
        data,
        admin={"open_to": "oidc", "oidc": {**client, **rule}},
        rooms={"open_to": "oidc", "oidc": {**client, "everyone": True}},
    )
    async with start(config) as world:
        yield world


async def goes(browser: Browser, provider: SmallProvider) -> str:
    """To the provider and back; where one is then."""
    away = await browser.goes(f"{browser.url}/admin/sign-in?to=admin")
    back = provider.answer(away)
    assert back.startswith(f"{browser.url}/admin/sign-in/back?")
    return await browser.goes(back)


async def test_whom_the_rule_names_is_in_and_out_again(tmp_path: Path) -> None:
    async with (
        SmallProvider.running() as provider,
        served(tmp_path / "data", provider, groups=["admins"]) as world,
        a_browser(world) as admin,
    ):
        assert not (await got(admin, "/session"))["signed_in"]
        assert await goes(admin, provider) == "/admin"
        assert (await got(admin, "/session"))["way"] == "oidc"
        assert set(admin.kept) == {"admin"}
        assert await admin.opens() == "not-signed-in", "an admin is no opener by that"

        status, _ = await enter(admin, "x" * 40)
        assert status == 404, "no token is one here"
        assert (await admin.said("DELETE", f"{API}/session"))[0] == 200
        assert not (await got(admin, "/session"))["signed_in"]


async def test_whom_the_provider_knows_is_no_admin_by_that(tmp_path: Path) -> None:
    async with (
        SmallProvider.running() as provider,
        served(tmp_path / "data", provider, groups=["others"]) as world,
        a_browser(world) as opener,
    ):
        assert await goes(opener, provider) == "/admin#sign-in=not-admitted"
        assert not (await got(opener, "/session"))["signed_in"]
        away = await opener.leaves()
        await opener.comes_back(provider.answer(away))
        assert await opener.opens() == "opened"
        (session,) = opener.kept.values()
        opener.has({"admin": session, "opener": session})
        assert (await opener.said("GET", f"{API}/overview"))[0] == 401


async def test_an_answer_to_one_sign_in_is_none_to_the_other(tmp_path: Path) -> None:
    async with (
        SmallProvider.running() as provider,
        served(tmp_path / "data", provider, groups=["admins"]) as world,
        a_browser(world) as opener,
    ):
        answer = provider.answer(await opener.leaves())
        crossed = answer.replace("/sign-in/back", "/admin/sign-in/back")
        assert await opener.goes(crossed) == "/admin#sign-in=sign-in-failed"
        assert not (await got(opener, "/session"))["signed_in"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({}, "admin.oidc.issuer"),
        ({"issuer": "https://a.example", "client_id": "x"}, "admin.oidc.emails"),
        (
            {"issuer": "https://a.example", "client_id": "x", "everyone": True},
            "not everybody whom a provider signs in is an admin",
        ),
    ],
)
def test_a_rule_that_names_nobody_or_everybody_is_a_mistake(
    rule: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigInvalid, match=said):
        parse({"admin": {"open_to": "oidc", "oidc": rule}})


def test_the_guides_configuration_is_good() -> None:
    assert parse(tomllib.loads(block("toml admin"))).admin.open_to == "oidc"
