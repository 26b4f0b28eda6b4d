"""Against a real provider: npm `oidc-provider`, certified, as a process of its own."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp
import pytest
from aiohttp.test_utils import unused_port

from gatekeeper.web.sign_in.oidc import kept
from tests.meeting.conftest import World, start
from tests.sign_in.conftest import Browser, Machine, browser, rooms, secret

SCRIPT = Path(__file__).parents[1] / "js/oidc-provider.js"
NODE = Path(sys.executable).with_name("node")
SECRET = "a secret: of+tests/ %"  # noqa: S105 - a test's
INSTALLED = (SCRIPT.parent / "node_modules/oidc-provider").is_dir()

pytestmark = pytest.mark.skipif(
    not INSTALLED, reason="oidc-provider is not installed: npm ci --prefix tests/js"
)


@asynccontextmanager
async def running(port: int, redirect: str) -> AsyncIterator[None]:
    """The provider, with keys that are new."""
    given = json.dumps({"port": port, "redirect": redirect, "secret": SECRET})
    node = str(NODE) if NODE.exists() else "node"
    process = await asyncio.create_subprocess_exec(
        node, str(SCRIPT), given, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            assert await process.stdout.readline() == b"ready\n"
        yield
    finally:
        # Killed, an installed `node` may leave the real one behind.
        process.stdin.close()
        await process.wait()


async def visited(person: Browser, url: str, back: str, login: str = "ana") -> str:
    """
    Follow a provider's pages as a person does, and fill in its forms.

    Where it sends them on to, once that is below `back`.
    """
    method, form = "GET", None
    for _ in range(12):
        if url.startswith(back):
            return url
        async with person.http.request(
            method, url, data=form, allow_redirects=False
        ) as answer:
            method, form = "GET", None
            if 300 <= answer.status < 400:
                url = urljoin(url, answer.headers["Location"])
                continue
            text = await answer.text()
        action = re.search(r'<form[^>]* action="([^"]+)"', text)
        assert answer.status == 200, text
        assert action, text
        fields = re.findall(r'name="(\w+)" value="([^"]*)"', text)
        url, method = urljoin(url, action[1]), "POST"
        form = dict(fields) | {"login": login, "password": "any"}
        if "logout" in text:
            form["logout"] = "yes"
    raise AssertionError(f"the provider does not come to an end: {url}")


@asynccontextmanager
async def asking(
    data: Path, provider: int, port: int, alg: str, machine: Machine, **rule: Any
) -> AsyncIterator[World]:
    """A server that asks the provider at a port."""
    oidc = {
        "issuer": f"http://localhost:{provider}",
        "client_id": f"gate-{alg}",
        "secret_file": secret(data.with_name("secret"), SECRET),
        "scopes": ["profile", "email", "groups"],
        **rule,
    }
    config = rooms(data, {"open_to": "oidc", "oidc": oidc}, port=port)
    async with start(config, clock=machine.clock) as world:
        yield world


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
async def test_one_signs_in_at_a_real_provider_with_keys_that_change_and_out_again(
    tmp_path: Path, machine: Machine, alg: str
) -> None:
    provider, port = unused_port(), unused_port()
    back = f"http://127.0.0.1:{port}/sign-in/back"
    rule = {"domains": ["example.org"], "end_session": True}
    async with asking(tmp_path / "data", provider, port, alg, machine, **rule) as world:
        for _ in range(2):  # the second time the provider has been started anew
            async with running(provider, back), browser(world) as ana:
                assert await ana.opens() == "not-signed-in"
                where = await visited(ana, await ana.leaves("promise"), back)
                assert {"code", "state", "iss"} <= set(
                    dict(parse_qsl(urlsplit(where).query))
                )
                assert await ana.comes_back(where) == "/promise"
                assert (await ana.who())["name"] == "Ana Roth"
                assert await ana.opens() == "opened"

                out = await ana.sign_out()
                assert out is not None
                left = await visited(ana, out, world.url)
                assert left.startswith(f"{world.url}/")
                assert await ana.opens() == "not-signed-in"
            machine.later += kept.PAUSE


async def test_whom_the_rule_does_not_admit_opens_nothing(
    tmp_path: Path, machine: Machine
) -> None:
    provider, port = unused_port(), unused_port()
    back = f"http://127.0.0.1:{port}/sign-in/back"
    rule = {"domains": ["example.org"], "groups": ["hosts"]}
    async with (
        asking(tmp_path / "data", provider, port, "RS256", machine, **rule) as world,
        running(provider, back),
    ):
        for login, where in (("ana", "/"), ("ben", "not-admitted")):
            async with browser(world) as person:
                answer = await visited(person, await person.leaves(), back, login)
                assert await person.comes_back(answer) == where
                opened = "opened" if where == "/" else "not-signed-in"
                assert await person.opens() == opened
        async with browser(world) as eve:
            # What the provider refuses comes back, too: another client's proof.
            answer = await visited(eve, await eve.leaves(), back)
            code = dict(parse_qsl(urlsplit(answer).query))["code"]
            async with browser(world) as mara:
                left = await mara.leaves()
                state = dict(parse_qsl(urlsplit(left).query))["state"]
                issuer = f"http://localhost:{provider}"
                forged = f"{back}?code={code}&state={state}&iss={issuer}"
                assert await mara.comes_back(forged) == "sign-in-failed"


async def test_without_proof_the_provider_gives_nothing(tmp_path: Path) -> None:
    """What the test above rests on: PKCE is looked at there, and not by us alone."""
    provider = unused_port()
    back = "http://127.0.0.1:9/sign-in/back"
    async with running(provider, back), aiohttp.ClientSession() as http:
        said = f"response_type=code&client_id=gate-RS256&redirect_uri={back}"
        url = f"http://localhost:{provider}/auth?scope=openid&state=s&{said}"
        async with http.get(url, allow_redirects=False) as answer:
            assert "error=invalid_request" in answer.headers["Location"]
