"""Every answer carries what a strict scan of its headers asks for."""

import re

import pytest

from tests.meeting.conftest import World

ADDRESSES = (
    "/",
    "/m/{room}",
    "/m/{room}/after",
    "/promise",
    "/allow",
    "/api/features",
    "/nothing",
)


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("address", ADDRESSES)
async def test_pages_carry_what_a_strict_scan_asks_for(
    world: World, address: str
) -> None:
    """What Mozilla's Observatory scores, save TLS itself (`tests/web/test_tls.py`)."""
    room, _ = await world.room("recording")
    async with world.http.get(world.url + address.format(room=room)) as answer:
        headers, text = answer.headers, await answer.text()

    policy = directives(headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    for kind in ("script-src", "style-src", "object-src", "frame-src"):
        allowed = policy.get(kind, policy["default-src"])
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} & {
            *allowed
        }, kind
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] in (["'none'"], ["'self'"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers
    assert "Server" not in headers or not re.search(r"\d", headers["Server"])
    assert "Set-Cookie" not in headers
    assert not re.search(r"<script(?![^>]*\ssrc=)|\son\w+=|javascript:", text)
