"""Whatever a stranger sends to sign in: a stable answer, no crash, no leak."""

import random
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.meeting.conftest import start
from tests.sign_in.conftest import rooms, secret
from tests.sign_in.provider import SmallProvider
from tests.web.test_requests import (
    BODIES,
    HEADERS,
    HOSTILE,
    MARK,
    every_log,
    exchange,
    request,
)

ROUTES = [
    ("GET", "/api/sign-in"),
    ("POST", "/api/sign-in"),
    ("DELETE", "/api/sign-in"),
    ("POST", "/api/rooms"),
    ("GET", "/sign-in?to={x}"),
    ("GET", "/sign-in/back?state={x}&code={x}&iss={x}"),
    ("GET", "/sign-in/back?{x}"),
    ("PUT", "/api/sign-in"),
    ("HEAD", "/sign-in"),
]
OWN = [
    b"Cookie: opener=" + MARK.encode(), b"Cookie: opener=\xff", b"Cookie: opener=",
    b"Cookie: away=" + MARK.encode(), b"Cookie: away=gAAAAAB~~~~",
    b"Cookie: away=" + b"A" * 4000, b"Cookie: opener=a; opener=b; away=c",
    b"Authorization: Bearer " + MARK.encode(), b"Authorization: Bearer \xff",
    b"Authorization: Basic YTpi", b"Authorization: Bearer", b"Authorization: \xff \xff",
    b"Authorization: Bearer " + b"x" * 7000,
    b"X-Forwarded-User: " + MARK.encode(), b"X-Forwarded-User: \xff\xfe",
]  # fmt: skip


@pytest.mark.parametrize("way", ["token", "oidc", "header"])
async def test_no_way_to_sign_in_crashes_or_leaks(
    way: str,
    tmp_path: Path,
    provider: SmallProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gatekeeper.web.bodies.WITHIN", 0.3)
    monkeypatch.setattr("gatekeeper.app.wiring.serving.LINGER", 0.3)
    file = secret(tmp_path / "token", "office-0123456789abcdef")
    oidc = {"issuer": provider.issuer, "client_id": "gate", "everyone": True}
    given = {
        "open_to": way,
        "tokens": [{"name": "office", "file": file}],
        "oidc": oidc,
    }
    dice = random.Random(11)  # noqa: S311 - a test that can be repeated
    config = rooms(tmp_path / "data", given, trusted_proxies=["10.0.0.0/8"])
    with every_log() as log:
        async with start(config) as world:
            host = urlsplit(world.url).netloc
            sent: list[bytes] = []
            for method, route in ROUTES:
                bad = (*dice.sample(HOSTILE, 5), MARK, "x" * 5000, "a=b&a=b")
                paths = [route.replace("{x}", each) for each in bad]
                sent += [request(method, path, host) for path in paths]
                path = route.replace("{x}", "a")
                fields = (*OWN, *dice.sample(HEADERS, 3))
                sent += [request(method, path, host, field) for field in fields]
            for method, route in ROUTES[1:4]:
                sent += [request(method, route, host, body=body) for body in BODIES]
            for each in sent:
                answer = await exchange(world.url, each)
                status = answer.split(b" ", 2)[1]
                assert not status.startswith(b"5"), (each[:300], answer[:300])
                assert status != b"201", "nobody has signed in properly"

    assert MARK not in log.getvalue()
    assert "crashed" not in log.getvalue()
