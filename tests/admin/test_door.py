"""The door of the console: who comes in, and what everybody else learns."""

import random
import stat
from pathlib import Path

import pytest

from gatekeeper.app.cli import main
from gatekeeper.app.wiring.console import first_token
from gatekeeper.config import Config
from gatekeeper.storage.directory import ADMIN as FILE
from gatekeeper.web.admin.token import AdminToken
from gatekeeper.web.sign_in import attempts
from tests.admin.conftest import API, a_browser, enter, got, token_of
from tests.meeting.conftest import World, configured, start
from tests.sign_in.conftest import Browser, Machine

INSIDE = (
    "/session", "/overview", "/features", "/rooms", "/storage", "/meetings",
    "/meetings/none", "/meetings/none/export", "/meetings/none/proof", "/health",
    "/doctor", "/rooms/none/end",
    "", "/", "/nothing", "/nothing/at/all", "/a%00b", "/..;/x",
    "/features/recording/switch", "/services", "/services/none", "/" + "x" * 500,
)  # fmt: skip
METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "POST", "OPTIONS", "TRACE")


async def answers(browser: Browser, paths: tuple[str, ...]) -> set[tuple[object, ...]]:
    """All that there is to tell addresses from each other by."""
    found: set[tuple[object, ...]] = set()
    for path in paths:
        for method in METHODS:
            if path == f"{API}/session" and method in ("GET", "POST"):
                continue  # that is the way in
            async with browser.http.request(method, browser.url + path) as answer:
                body = "" if method == "HEAD" else await answer.text()
                kept = {k: v for k, v in answer.headers.items() if k != "Date"}
                found.add((answer.status, body, tuple(sorted(kept.items()))))
    return found


async def test_without_a_session_every_address_of_the_api_answers_alike(
    world: World, config: Config
) -> None:
    token_of(config)
    paths = tuple(API + path for path in INSIDE)
    async with a_browser(world) as stranger:
        told = await answers(stranger, paths)

    assert {each[0] for each in told} == {401}
    assert len(told) == 2, "one for HEAD, and one for all else"
    (whole,) = (each for each in told if each[1])
    assert '"code": "console-locked"' in str(whole[1])
    assert ("WWW-Authenticate", 'Session way="token"') in whole[2]  # type: ignore[operator]


async def test_one_answer_tells_a_stranger_how_one_signs_in_and_no_more(
    world: World, config: Config
) -> None:
    token_of(config)
    async with a_browser(world) as stranger:
        for _ in range(2):
            told = await got(stranger, "/session")
            assert told == {
                "way": "token",
                "signed_in": False,
                "name": None,
                "place": "",
            }
            assert (await enter(stranger, "not it"))[0] in (401, 403)


async def test_every_page_of_it_is_one_way_in_that_nobody_keeps_or_frames(
    world: World,
) -> None:
    paths = ("/admin", "/admin/", "/admin/rooms", "/admin/a/b", "/admin/sign-in/x")
    async with a_browser(world) as stranger:
        told = set()
        for path in paths:
            async with stranger.http.get(world.url + path) as answer:
                headers = answer.headers
                told.add(await answer.text())
                assert answer.status == (200 if path == "/admin" else 401)

                assert headers["Cache-Control"] == "no-store"
                assert headers["X-Frame-Options"] == "DENY"
                policy = headers["Content-Security-Policy"]
                for rule in (
                    "default-src 'none'",
                    "script-src 'self'",
                    "connect-src 'self'",
                    "form-action 'none'",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'",
                ):
                    assert rule in policy.split("; ")
                assert not {"ws:", "unsafe"} & set(policy.replace("-", " ").split())

    assert len(told) == 1


async def test_an_admin_signs_in_sees_who_they_are_and_signs_out(
    admin: Browser, world: World
) -> None:
    assert await got(admin, "/session") == {
        "way": "token",
        "signed_in": True,
        "name": "console",
        "place": "",
    }
    async with admin.http.get(f"{world.url}/admin") as answer:
        assert answer.status == 200
    async with admin.http.get(f"{world.url}/admin/nothing") as answer:
        assert answer.status == 404

    kept = dict(admin.kept)
    assert await admin.said("DELETE", f"{API}/session") == (200, {"next": None})
    assert not (await got(admin, "/session"))["signed_in"]
    admin.has(kept)
    assert (await admin.said("GET", f"{API}/overview"))[0] == 401


async def test_the_cookie_is_for_this_server_alone(
    world: World, config: Config
) -> None:
    async with (
        a_browser(world) as browser,
        browser.http.post(
            f"{world.url}{API}/session", json={"token": token_of(config)}
        ) as answer,
    ):
        (line,) = answer.headers.getall("Set-Cookie")

    parts = line.split("; ")
    assert parts[0].startswith("admin=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=28800"} <= set(parts)


async def test_over_tls_it_is_the_hosts_own(tmp_path: Path) -> None:
    config = configured(
        tmp_path / "data",
        server={"port": 0, "host": "127.0.0.1", "trusted_proxies": ["127.0.0.1"]},
    )
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    async with (
        start(config) as world,
        world.http.post(
            f"{world.url}{API}/session",
            json={"token": token_of(config)},
            headers=proxied,
        ) as answer,
    ):
        line = answer.headers["Set-Cookie"]

    assert line.startswith("__Host-admin=")
    assert "Secure" in line


async def test_a_new_token_ends_every_session_and_so_does_none(
    admin: Browser, config: Config
) -> None:
    assert await got(admin, "/overview")
    token = token_of(config)
    assert (await admin.said("GET", f"{API}/overview"))[0] == 401

    assert (await enter(admin, token))[0] == 204
    (config.data.directory / FILE).unlink()
    assert (await admin.said("GET", f"{API}/overview"))[0] == 401
    assert (await enter(admin, token))[0] == 401


async def test_a_session_ends_in_time_whatever_is_done_in_it(
    tmp_path: Path,
) -> None:
    machine = Machine()
    config = configured(tmp_path / "data", admin={"session": "1 hour"})
    async with start(config, clock=machine.clock) as world, a_browser(world) as admin:
        await enter(admin, token_of(config))
        machine.later = 3599
        assert await got(admin, "/overview")
        machine.later = 3601
        assert (await admin.said("GET", f"{API}/overview"))[0] == 401


async def test_guesses_are_limited_and_then_the_right_one_does_not_help(
    world: World, config: Config
) -> None:
    token = token_of(config)
    async with a_browser(world) as guesser:
        for number in range(attempts.MOST):
            status, said = await enter(guesser, f"guess-{number}-{'x' * 20}")
            assert (status, said["code"]) == (401, "token-unknown")

        status, said = await enter(guesser, token)
        assert (status, said["code"]) == (429, "rate-limited")


async def test_no_other_key_fits(tmp_path: Path) -> None:
    """Not a token to open rooms with, nor its session, nor the digest on the disk."""
    of_rooms = "office-0123456789abcdef"
    file = tmp_path / "office"
    file.write_text(of_rooms)
    file.chmod(0o600)
    rooms = {"open_to": "token", "tokens": [{"name": "office", "file": file}]}
    config = configured(tmp_path / "data", rooms=rooms)
    token = token_of(config)
    on_disk = (config.data.directory / FILE).read_text().strip()
    async with start(config) as world, a_browser(world) as opener:
        for wrong in (of_rooms, on_disk, token[:-1], token.swapcase(), "", " "):
            status, said = await enter(opener, wrong)
            assert status in (400, 401), wrong
            assert said["code"] in ("token-unknown", "malformed")
        assert await opener.sign_in(of_rooms) == "in"
        assert (await opener.said("GET", f"{API}/overview"))[0] == 401

        (session,) = opener.kept.values()
        opener.has({"opener": session, "admin": session})
        assert (await opener.said("GET", f"{API}/overview"))[0] == 401
        bearer = {"Authorization": f"Bearer {token}"}
        status, _ = await opener.said("GET", f"{API}/overview", headers=bearer)
        assert status == 401, "the console is for sessions alone"

    async with start(config) as world, a_browser(world) as admin:
        await enter(admin, token)
        assert await got(admin, "/overview")
        assert await admin.opens() == "not-signed-in", "an admin is no opener by that"


async def test_another_sites_page_does_nothing_in_an_admins_name(
    world: World, admin: Browser
) -> None:
    room, _ = await world.room()
    foreign = (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    )
    changing = (
        ("POST", f"/rooms/{room}/end"),
        ("POST", "/doctor"),
        ("DELETE", "/session"),
    )
    for headers in foreign:
        for method, path in changing:
            status, said = await admin.said(method, API + path, headers=headers)
            assert (status, said["code"]) == (403, "other-site")


async def test_whatever_is_sent_is_refused_and_breaks_nothing(admin: Browser) -> None:
    chance = random.Random(7)  # noqa: S311 - the same each time
    texts = ["", "x", "-1", "1.", "9" * 18 + ".a", "\u00e9", "2026-11-21", "[]"]
    for name in ("after", "since", "until", "begins"):
        for text in (*texts, *("".join(chance.choices("%./'\"1aZ-", k=9)),) * 3):
            for path in ("/meetings", "/rooms"):
                async with admin.http.get(
                    f"{admin.url}{API}{path}", params={name: text}
                ) as answer:
                    assert answer.status in (200, 400), (path, name, text)
    for path in ("", "/export", "/proof"):
        path = f"/meetings/nobody{path}"
        status, said = await admin.said("GET", API + path)
        assert (status, said["code"]) == (404, "unknown-room")
    for body in (b"", b"{}", b"[" * 9000, b'{"token": 7}', b"\xff", b"x" * 70_000):
        async with admin.http.post(f"{admin.url}{API}/session", data=body) as answer:
            assert answer.status in (400, 413)


# ---- The token ----------------------------------------------------------------------


def test_the_token_is_on_the_disk_as_its_digest_for_its_owner_alone(
    tmp_path: Path,
) -> None:
    token = AdminToken(tmp_path)
    made = token.make()
    path = tmp_path / FILE

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made not in path.read_text()
    assert len(made) >= 40
    (known,) = token.in_force().values()
    assert known in path.read_text()
    assert token.make() != made


@pytest.mark.parametrize("content", [b"", b"x", b"\xff" * 64, b"0" * 63, b"G" * 64])
def test_a_file_that_is_no_digest_opens_nothing(tmp_path: Path, content: bytes) -> None:
    token = AdminToken(tmp_path)
    token.make()
    (tmp_path / FILE).write_bytes(content)

    assert token.in_force() == {}


def test_a_file_that_others_can_change_opens_nothing(tmp_path: Path) -> None:
    token = AdminToken(tmp_path)
    token.make()
    (tmp_path / FILE).chmod(0o620)

    assert token.in_force() == {}


def test_it_is_made_by_itself_once_and_only_where_somebody_sees_it(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    assert first_token(config) is None
    assert not AdminToken(config.data.directory).there

    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert first_token(config) is not None
    assert first_token(config) is None


def test_the_command_makes_another_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "g.toml"
    data = tmp_path / "data"
    file.write_text(f'[data]\ndirectory = "{data}"\n')

    assert main(["admin-token", "--config", str(file)]) == 0
    first = capsys.readouterr().out.strip()
    assert main(["admin-token", "--config", str(file)]) == 0
    second = capsys.readouterr().out.strip()

    assert first != second
    assert len(second.splitlines()) == 1
    file.write_text(f'[data]\ndirectory = "{data}"\n[admin]\nopen_to = "nobody"\n')
    assert main(["admin-token", "--config", str(file)]) == 2
    assert "admin.open_to" in capsys.readouterr().err


async def test_where_there_is_to_be_no_console_there_is_none(tmp_path: Path) -> None:
    config = configured(tmp_path / "data", admin={"open_to": "nobody"})
    async with start(config) as world:
        for path in ("/admin", f"{API}/overview", f"{API}/session"):
            async with world.http.get(world.url + path) as answer:
                assert answer.status == 404


async def test_below_a_path_it_is_the_same(tmp_path: Path) -> None:
    server = {"port": 0, "host": "127.0.0.1", "base_path": "/meet/"}
    config = configured(tmp_path / "data", server=server)
    token = token_of(config)
    async with start(config) as world, a_browser(world) as admin:
        for path, answered in (("/meet/admin", 200), ("/meet/admin/a/b", 401)):
            status, text = await admin.said("GET", path)
            assert status == answered
            assert '"/meet/static/' in text
        for path in ("/rooms", "/a/b/c", ""):
            status, said = await admin.said("GET", f"/meet{API}{path}")
            assert (status, said["code"]) == (401, "console-locked")
        async with admin.http.post(
            f"{admin.url}/meet{API}/session", json={"token": token}
        ) as answer:
            assert answer.status == 204
            assert "Path=/meet/" in answer.headers["Set-Cookie"]
        status, _ = await admin.said("GET", f"/meet{API}/overview")
        assert status == 200
