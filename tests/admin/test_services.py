"""Keys of services in the console: made, listed and revoked by an admin alone."""

import pytest

from gatekeeper.config import Config
from gatekeeper.storage.service_keys import SCOPES, split
from tests.admin.conftest import API, got
from tests.meeting.conftest import World
from tests.services.conftest import Service
from tests.sign_in.conftest import Browser

WANTED = {
    "name": "Clinic",
    "scopes": ["permits", "rooms", "rooms"],
    "origins": ["https://App.example.org", "https://app.example.org"],
}


@pytest.fixture
def config(config: Config) -> Config:
    return config.model_copy(
        update={"api": config.api.model_copy(update={"open": True})}
    )


async def test_a_key_is_made_shown_once_listed_and_revoked(
    admin: Browser, world: World
) -> None:
    status, made = await admin.said("POST", f"{API}/services", json=WANTED)
    assert status == 201
    service = Service(world.url, world.http, made["key"])
    found = split(made["key"])
    assert found is not None
    assert (await service.asks("GET", "/rooms"))[0] == 200

    listed = await got(admin, "/services")
    (shown,) = listed["keys"]
    assert listed["open"]
    assert listed["scopes"] == list(SCOPES)
    assert shown.keys() == {
        "id", "name", "scopes", "origins", "made_at", "revoked_at", "last_used_on",
    }  # fmt: skip
    assert (shown["id"], shown["name"]) == (made["id"], "Clinic")
    assert shown["scopes"] == ["rooms", "permits"]
    assert shown["origins"] == ["https://app.example.org"]
    assert shown["revoked_at"] is None
    assert found[1] not in str(listed)

    for _ in range(2):
        status, _ = await admin.said("DELETE", f"{API}/services/{made['id']}")
        assert status == 204
    assert (await service.asks("GET", "/rooms"))[0] == 401
    (shown,) = (await got(admin, "/services"))["keys"]
    assert shown["revoked_at"] is not None


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"name": ""}, "malformed"),
        ({"name": "\u200b"}, "name-unusable"),
        ({"name": "x" * 101}, "malformed"),
        ({"scopes": []}, "malformed"),
        ({"origins": ["https://*.example.org"]}, "malformed"),
        ({"origins": [f"https://a{n}.example.org" for n in range(11)]}, "malformed"),
        ({"scopes": ["admin"]}, "malformed"),
        ({"secret": "mine"}, "malformed"),
    ],
)
async def test_what_makes_no_key_is_refused(
    admin: Browser, wanted: dict[str, object], code: str
) -> None:
    status, said = await admin.said(
        "POST", f"{API}/services", json={**WANTED, **wanted}
    )
    assert (status, said["code"]) == (400, code)
    assert (await got(admin, "/services"))["keys"] == []


async def test_a_key_that_there_is_not_cannot_be_revoked(admin: Browser) -> None:
    status, said = await admin.said("DELETE", f"{API}/services/000000000000")
    assert (status, said["code"]) == (404, "unknown-key")


async def test_a_service_makes_and_sees_no_keys(world: World, admin: Browser) -> None:
    """Whatever its scopes: the console's door is another one."""
    every = {**WANTED, "scopes": list(SCOPES)}
    _, made = await admin.said("POST", f"{API}/services", json=every)
    bearer = {"Authorization": f"Bearer {made['key']}"}
    for method, path in (
        ("GET", "/services"),
        ("POST", "/services"),
        ("DELETE", f"/services/{made['id']}"),
        ("GET", "/rooms"),
    ):
        async with world.http.request(
            method, f"{world.url}{API}{path}", headers=bearer
        ) as answer:
            assert answer.status == 401
            assert (await answer.json())["code"] == "console-locked"
