"""On the server's own machine: each planted fault is named, and nothing is changed."""

import json
import os
import resource
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from gatekeeper.app.cli import main
from gatekeeper.app.doctor.time_of_day import look_at_clock
from gatekeeper.app.engines import Keys
from gatekeeper.clock import Clock
from gatekeeper.storage.directory import KEYS, LEDGER
from tests.doctor.conftest import Told, told
from tests.doctor.test_site import serving
from tests.meeting.conftest import configured, start
from tests.turn import free_port

QUIET = "[speech]\nengine = 'none'\n"


@pytest.fixture
async def used(tmp_path: Path) -> Path:
    """A data directory in which a meeting was held that has a chain."""
    data = tmp_path / "data"
    async with start(configured(data)) as world:
        mara, tomas = await world.meeting("Mara", "Tomas", allow=("minutes",))
        await mara.say(type="request", feature="minutes")
        await tomas.hears("sign", where=lambda frame: bool(frame["on"]))
        await mara.say(type="end")
        await tomas.ended()
        await world.stack.aclose()
    return data


def written(data: Path, more: str = QUIET, reserve: int = 0) -> Path:
    file = data.parent / "doctor.toml"
    file.write_text(f"[data]\ndirectory = '{data}'\nreserve_mb = {reserve}\n{more}")
    return file


async def looked(data: Path, more: str = QUIET, **other: Any) -> Told:
    return await told(file=written(data, more, other.pop("reserve", 0)), **other)


def stamps(data: Path) -> dict[str, tuple[int, bytes]]:
    """Every file, apart from those that reading SQLite makes."""
    return {
        str(path.relative_to(data)): (path.stat().st_mode, path.read_bytes())
        for path in data.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


async def test_of_a_healthy_machine_nothing_bad_is_said_and_nothing_changes(
    used: Path,
) -> None:
    before = stamps(used)

    found = await looked(used)

    assert found.bad == {}
    for check in ("configuration", "directory", "disk", "keys", "ledger", "film",
                  "open files", "time"):  # fmt: skip
        assert found.grade(check) == "ok", check
    assert "the last 1 meetings verify" in found.text
    assert stamps(used) == before


async def test_before_the_first_start_nothing_is_made(tmp_path: Path) -> None:
    found = await looked(tmp_path / "data")

    assert found.bad == {}
    assert found.grade("ledger") == found.grade("keys") == "skipped"
    assert not (tmp_path / "data").exists()


async def test_a_disk_below_its_reserve(used: Path) -> None:
    free = shutil.disk_usage(used).free // 1_000_000

    low = await looked(used, reserve=free + 100_000)
    near = await looked(used, reserve=free * 2 // 3)

    assert low.bad["disk"].startswith("fault")
    assert "nothing starts to record" in low.bad["disk"]
    assert near.bad["disk"].startswith("warning")


async def test_a_ledger_of_another_version(used: Path) -> None:
    with closing(sqlite3.connect(used / LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE alembic_version SET version_num = '9999'")

    found = await looked(used)

    assert list(found.bad) == ["ledger"]
    assert "newer Gatekeeper (version 9999)" in found.bad["ledger"]


async def test_a_ledger_that_somebody_has_changed(used: Path) -> None:
    with closing(sqlite3.connect(used / LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE ledger SET body = x'7b7d' WHERE seq = 1")

    found = await looked(used)

    assert list(found.bad) == ["ledger"]
    assert "Of the last 1 meetings 1 do not verify" in found.bad["ledger"]


async def test_a_ledger_that_is_no_database(used: Path) -> None:
    (used / LEDGER).write_bytes(b"not a database at all" * 100)
    for name in ("-wal", "-shm"):
        (used / f"{LEDGER}{name}").unlink(missing_ok=True)

    found = await looked(used)

    assert "not a database" in found.bad["ledger"]


@pytest.mark.parametrize("name", ["receipt.pem", "access.key"])
async def test_a_key_that_is_missing_or_open_to_others(used: Path, name: str) -> None:
    key = used / KEYS / name
    key.chmod(0o644)
    exposed = await looked(used)
    key.unlink()
    missing = await looked(used)

    assert list(exposed.bad) == list(missing.bad) == ["keys"]
    assert "chmod 600" in exposed.bad["keys"]
    assert f"{name} is missing" in missing.bad["keys"]
    assert not key.exists()


async def test_a_directory_that_others_can_look_into(used: Path) -> None:
    used.chmod(0o755)  # noqa: ASYNC240 - before anybody looks

    found = await looked(used)

    assert list(found.bad) == ["directory"]
    assert f"chmod go= {used}" in found.bad["directory"]


async def test_as_another_account_only_what_is_no_secret_is_looked_at(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else root would be told to take the server's keys over."""
    monkeypatch.setattr(os, "geteuid", lambda: 4711)

    found = await looked(used)

    assert list(found.bad) == ["directory"]
    assert "Run the doctor as the server's account" in found.bad["directory"]
    for check in ("configuration", "keys", "ledger"):
        assert found.grade(check) == "skipped"


async def test_a_check_that_breaks_hides_no_other(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(shutil, "disk_usage", broken)

    found = await looked(used)

    assert list(found.bad) == ["disk"]
    assert "This check has failed itself (KeyError)" in found.bad["disk"]
    assert found.grade("ledger") == "ok"


async def test_a_directory_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    found = await looked(tmp_path / "data")

    assert "is no folder" in found.bad["directory"]


async def test_all_mistakes_of_a_configuration_are_told_at_once(
    tmp_path: Path,
) -> None:
    file = tmp_path / "doctor.toml"
    file.write_text("[server]\nprot = 1\n[limits]\nrooms = 0\n")
    unread = await told(file=file)
    file.write_text(
        f"[server]\nhost = '0.0.0.0'\ntls_certificate = 'no.pem'\ntls_key = 'no.key'\n"
        f"[data]\ndirectory = '{tmp_path / 'data'}'\nreserve_mb = 0\n{QUIET}"
        "[[ice.servers]]\nurls = 'turn:t'\nsecret_file = 'none'\n"
        "[ai]\nbase_url = 'ftp://x'\nmodel = 'm'\n"
    )
    unfit = await told(file=file)

    assert "server.prot" in unread.bad["configuration"]
    assert "limits.rooms" in unread.bad["configuration"]
    for said in ("no.pem", "ice.servers.0.secret_file", "ai.base_url"):
        assert said in unfit.bad["configuration"]


async def test_few_file_descriptors(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (used / "server.lock").unlink()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 256))
    none = await looked(used)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 2048))
    few = await looked(used)

    assert none.bad["open files"].startswith("fault")
    assert few.bad["open files"].startswith("warning")
    assert "LimitNOFILE=4608" in few.bad["open files"]


def at_ai(url: str, model: str = "some-model") -> str:
    return f"{QUIET}[ai]\nbase_url = '{url}/v1'\nmodel = '{model}'\n"


ANSWERS = {
    "lists it": ({"data": [{"id": "some-model"}]}, 200, ""),
    "lists others": ({"data": [{"id": "other"}]}, 200, "warning"),
    "lists nothing": ({"data": []}, 200, ""),
    "no list": ([1, "x"], 200, ""),
    "refuses the key": ({}, 401, "fault"),
    "not there": ({}, 404, "warning"),
    "ill": ({}, 500, "fault"),
}


@pytest.mark.parametrize("which", ANSWERS)
async def test_a_model_that_answers_somehow(tmp_path: Path, which: str) -> None:
    body, status, grade = ANSWERS[which]
    async with serving(lambda _: web.json_response(body, status=status)) as url:
        found = await looked(tmp_path / "data", at_ai(url))

    assert set(found.bad) == ({"model"} if grade else set())
    assert found.bad.get("model", "").startswith(grade)


async def test_a_key_is_not_told_even_if_somebody_sends_it_back(
    tmp_path: Path,
) -> None:
    def echo(request: web.Request) -> web.Response:
        return web.json_response(
            {"data": [{"id": request.headers["Authorization"]}, {"id": "\x1b[2J"}]}
        )

    keys = Keys(ai="planted-key")
    async with serving(echo) as url:
        found = await looked(tmp_path / "data", at_ai(url), keys=keys)

    assert "name one of: Bearer …, ?[2J" in found.bad["model"]
    assert "planted-key" not in found.text


async def test_a_model_that_is_down(tmp_path: Path) -> None:
    found = await looked(tmp_path / "data", at_ai(f"http://127.0.0.1:{free_port()}"))

    assert list(found.bad) == ["model"]
    assert "nothing listens there" in found.bad["model"]


async def test_speech_that_cannot_hear(tmp_path: Path) -> None:
    folder = tmp_path / "whisper"
    found = await looked(
        tmp_path / "data", f"[speech]\nengine = 'whisper'\nmodel_dir = '{folder}'\n"
    )

    assert found.bad["speech"].startswith("fault: Nobody can transcribe here")


async def test_proxies_that_are_everybody(tmp_path: Path) -> None:
    file = written(tmp_path / "data")
    file.write_text(
        file.read_text() + "[server]\ntrusted_proxies = ['93.0.0.0/8', '10.0.0.0/8']\n"
    )
    found = await told(file=file)

    assert "believes 93.0.0.0/8:" in found.bad["proxies"]


def test_a_clock_that_is_set_meanwhile(tmp_path: Path) -> None:
    wall = [1_000.0]
    clock = Clock(wall=lambda: wall[0], monotonic=lambda: 0.0)
    even = look_at_clock(clock, tmp_path / "none" / "synchronized")
    wall[0] += 300
    (jumped,) = look_at_clock(clock, tmp_path / "none" / "synchronized")
    (unset,) = look_at_clock(clock, tmp_path / "synchronized")

    assert [each.grade for each in even] == ["ok"]
    assert "set by +300 seconds" in jumped.cause
    assert "systemd-timesyncd has not set the clock" in unset.cause


TRACKING = """\
Reference ID    : {reference}
Stratum         : {stratum}
Update interval : 0.0 seconds
Leap status     : {leap}
"""
"""What `chronyc -n tracking` of chrony 4.3 says, shortened."""


@pytest.mark.parametrize(
    ("script", "grade", "says"),
    [
        ("cat <<E\n{Normal}E", "ok", "chrony keeps it"),
        ("cat <<E\n{Insert second}E", "ok", "chrony keeps it"),
        ("cat <<E\n{Not synchronised}E", "warning", "chrony does not keep"),
        ("echo '506 Cannot talk to daemon'; exit 1", "warning", "systemd-timesyncd"),
        ("exit 0", "warning", "systemd-timesyncd"),
        ("printf '\\377\\376'", "warning", "systemd-timesyncd"),
    ],
)
def test_chrony_is_asked_where_it_runs(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    grade: str,
    says: str,
) -> None:
    for leap in ("Normal", "Insert second", "Not synchronised"):
        told = TRACKING.format(reference="7F7F0101 ()", stratum=8, leap=leap)
        script = script.replace(f"{{{leap}}}", told)
    program = tmp_path / "bin" / "chronyc"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    (found,) = look_at_clock(
        Clock(wall=lambda: 0.0, monotonic=lambda: 0.0), tmp_path / "synchronized"
    )

    assert found.grade == grade
    assert says in found.cause


# ---- The command ------------------------------------------------------------------


def test_exit_codes_lines_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(written(tmp_path / "data"))
    assert main(["doctor", "--config", file]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "0 faults, 0 warnings."
    assert all(line.startswith(("ok ", "skipped ")) for line in lines[:-1])

    url = f"http://127.0.0.1:{free_port()}"
    assert main(["doctor", url, "--config", file, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["well"] is False
    (fault,) = [each for each in said["findings"] if each["grade"] == "fault"]
    assert fault["check"] == "port"
    assert fault["cause"]
    assert fault["fix"]


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["ftp://x"], ["meet.example.org"], ["https://x:99999"], ["https://a@x"],
        ["https://x/?a"], ["https://[::1"], ["https://x", "--at", "y"],
        ["https://x", "--token-file", "/none"],
    ],
)  # fmt: skip
def test_what_cannot_be_looked_at_is_said_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1
