"""
A backup brings back what there was, and nothing that was deleted since.

Real directories, commands and servers. People have marks of their own in what is
kept of them (`tests.archive.past`): a mark that is in no byte is gone.
"""

import asyncio
import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import ValidationError

from gatekeeper.app.cli import main
from gatekeeper.config import Config
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.receipt import verify_receipt
from gatekeeper.media.film import films
from tests.archive.killed import Killed, killing
from tests.archive.past import Meeting, lay, marks_in, meeting
from tests.archive.test_own import ALL, pending
from tests.meeting.conftest import configured, start


@pytest.fixture(autouse=True)
def no_films(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is recorded here is no film's."""
    monkeypatch.setattr(films, "WORKER", ("false",))


class House:
    """A server's directory, the list of deletions outside, and commands."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = root / "data"
        self.outside = root / "outside" / "deletions"
        self.file = root / "config.toml"
        self.file.write_text(
            f'[data]\ndirectory = "{self.data}"\nreserve_mb = 0\n'
            f'[backup]\ndeletions = "{self.outside}"\n'
        )
        self.config: Config = configured(
            self.data, features=ALL, backup={"deletions": self.outside}
        )

    async def run(self, command: str, *arguments: str | Path) -> int:
        given = [command, "--config", str(self.file), *map(str, arguments)]
        return await asyncio.to_thread(main, given)

    async def erase(self, past: Meeting, number: int) -> None:
        receipt = past.receipt_file(past.people[number], self.root)
        assert await self.run("subject", receipt, "erase") == 0

    def lose(self) -> None:
        """The disk is gone."""
        shutil.rmtree(self.data)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def snapshot(data: Path) -> dict[str, bytes]:
    """Every file that a backup is to bring back, but the ledger's."""
    return {
        str(file.relative_to(data)): file.read_bytes()
        for root in ("recordings", "words", "keys")
        for file in (data / root).rglob("*")
        if file.is_file()
    }


def rows(data: Path, table: str = "ledger") -> list[Any]:
    with closing(sqlite3.connect(data / "ledger.sqlite3")) as ledger:
        return sorted(ledger.execute(f"SELECT * FROM {table}"))  # noqa: S608


async def test_what_was_backed_up_while_a_server_serves_comes_back_whole(
    house: House,
) -> None:
    past = meeting(house.data, "q1ana", "q2ben", "q3cid")
    await lay(past)
    async with start(house.config):
        assert await house.run("backup", house.root / "b") == 0
    before, chain = snapshot(house.data), rows(house.data)
    for made in (house.root / "b").rglob("*"):
        assert made.stat().st_mode & 0o077 == 0, made
    house.lose()

    assert await house.run("restore", house.root / "b") == 0

    assert snapshot(house.data) == before
    assert rows(house.data) == chain
    assert verify_ledger(house.data).good
    assert not (house.data / "films").exists(), "films are made again"
    async with start(house.config):
        pass
    key = GateKey.load(house.data / "keys", first=False)
    verify_receipt(past.receipts["q1ana"][0], key.published)


async def test_a_backup_from_before_an_erasure_brings_no_byte_of_it_back(
    house: House,
) -> None:
    past, other = (
        meeting(house.data, *marks)
        for marks in (("q1ana", "q2ben", "q3cid"), ("q4dia", "q5eva"))
    )
    await lay(past, other)
    assert await house.run("backup", house.root / "b") == 0
    assert marks_in(house.root / "b", past) == {"q1ana", "q2ben", "q3cid"}
    await house.erase(past, 0)
    async with start(house.config):
        await house.erase(other, 1)
    house.lose()

    assert await house.run("restore", house.root / "b") == 0

    assert marks_in(house.data, past) == {"q2ben", "q3cid"}
    assert marks_in(house.data, other) == {"q4dia"}
    assert pending(past) == []
    audit = verify_ledger(house.data)
    assert audit.good
    assert all(chain.sealed for chain in audit.chains)
    async with start(house.config):
        assert marks_in(house.data, past) == {"q2ben", "q3cid"}


async def test_a_directory_that_was_copied_back_by_hand_loses_it_again_too(
    house: House,
) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    async with start(house.config):
        pass  # the list is begun outside
    shutil.copytree(house.data, house.root / "copied")
    await house.erase(past, 1)
    house.lose()
    shutil.copytree(house.root / "copied", house.data)

    async with start(house.config):
        async with asyncio.timeout(30):
            while pending(past):  # noqa: ASYNC110 - another thread's work
                await asyncio.sleep(0.02)

    assert marks_in(house.data, past) == {"q1ana"}


async def test_without_the_list_nothing_is_restored_until_its_loss_is_accepted(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    assert await house.run("backup", house.root / "b") == 0
    house.lose()
    house.outside.unlink(missing_ok=True)

    assert await house.run("restore", house.root / "b") == 2
    assert "--accept-deletions-lost" in capsys.readouterr().err
    assert list(house.data.iterdir()) == [house.data / "server.lock"]

    assert await house.run("restore", house.root / "b", "--accept-deletions-lost") == 0
    assert marks_in(house.data, past) == {"q1ana", "q2ben"}


async def test_a_copy_of_the_list_is_good_until_its_last_line_and_that_is_said(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    past = meeting(house.data, "q1ana", "q2ben", "q3cid")
    await lay(past)
    async with start(house.config):
        pass  # the list is begun
    assert await house.run("backup", house.root / "b") == 0
    old = await printed(house, capsys)
    await house.erase(past, 0)
    newer = await printed(house, capsys)
    assert await house.run("backup", house.root / "later") == 0
    house.lose()
    house.outside.unlink()
    copy = house.root / "copy"
    copy.write_text(newer)
    asked = ("restore", house.root / "b", "--deletions", copy)

    assert await house.run(*asked) == 2
    until = last(newer)
    assert f"--until {until}" in capsys.readouterr().err
    assert await house.run(*asked, "--until", "2020-01-01T00:00:00Z") == 2
    assert await house.run(*asked, "--until", until) == 0
    assert marks_in(house.data, past) == {"q2ben", "q3cid"}

    house.lose()
    copy.write_text(old)  # older than the backup
    asked = ("restore", house.root / "later", "--deletions", copy)
    until = last(old)
    capsys.readouterr()
    assert await house.run(*asked, "--until", until) == 2
    assert "older than the backup" in capsys.readouterr().err


def last(copy: str) -> str:
    """When its last line was written."""
    at: str = json.loads(copy.splitlines()[-1].partition(" ")[2])["at"]
    return at


async def printed(house: House, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert await house.run("deletions") == 0
    return capsys.readouterr().out


BREAK: dict[str, Callable[[list[str]], list[str]]] = {
    "a line is missing in between": lambda lines: [*lines[:1], *lines[2:]],
    "a line was changed": lambda lines: [
        line.replace("recording", "recordinh") for line in lines
    ],
    "two lines changed places": lambda lines: [lines[0], *lines[:0:-1]],
    "it is not a list": lambda _: ["nonsense"],
}


@pytest.mark.parametrize("how", BREAK)
async def test_a_list_that_is_not_whole_restores_nothing(
    house: House, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    assert await house.run("backup", house.root / "b") == 0
    await house.erase(past, 0)
    house.lose()
    lines = house.outside.read_text().splitlines()
    house.outside.write_text("\n".join(BREAK[how](lines)) + "\n")

    assert await house.run("restore", house.root / "b") == 2

    assert "list of deletions" in capsys.readouterr().err
    assert list(house.data.iterdir()) == [house.data / "server.lock"]


async def test_a_last_line_that_was_cut_short_was_never_promised(
    house: House,
) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    assert await house.run("backup", house.root / "b") == 0
    await house.erase(past, 0)
    house.lose()
    with house.outside.open("a") as file:
        file.write('{"n":99,"prev":"ab')

    assert await house.run("restore", house.root / "b") == 0

    assert marks_in(house.data, past) == {"q2ben"}


@pytest.mark.parametrize("what", ["webm", "jsonl", "ledger", "pem", "files", "gone"])
async def test_a_backup_that_is_damaged_is_not_restored(
    house: House, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    backup = house.root / "b"
    assert await house.run("backup", backup) == 0
    [file, *_] = [f for f in sorted(backup.rglob(f"*{what}*")) if f.is_file()] or [
        backup / "backup.json"
    ]
    if what == "gone":
        file.unlink()
    else:
        held = bytearray(file.read_bytes())
        held[len(held) // 2] ^= 1
        file.write_bytes(held)
    house.lose()
    async with start(house.config):
        pass
    shutil.rmtree(house.data)

    assert await house.run("restore", backup, *lost(house)) == 2

    said = capsys.readouterr().err
    assert "damaged" in said or "no backup" in said
    assert list(house.data.iterdir()) == [house.data / "server.lock"]


def lost(house: House) -> list[str]:
    house.outside.unlink(missing_ok=True)
    return ["--accept-deletions-lost"]


async def test_into_what_is_served_or_not_empty_nothing_is_restored(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    async with start(house.config):
        assert await house.run("backup", house.root / "b") == 0
        before = snapshot(house.data)
        assert await house.run("restore", house.root / "b") == 2
        assert "another Gatekeeper works there" in capsys.readouterr().err
    assert await house.run("restore", house.root / "b") == 2
    assert "there is something already" in capsys.readouterr().err
    assert snapshot(house.data) == before


async def test_what_is_not_what_the_ledger_says_is_no_backup_of_it(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    past.place(past.people[0]).write_bytes(b"rotten")

    assert await house.run("backup", house.root / "b") == 2

    assert "not what the ledger says" in capsys.readouterr().err
    assert not (house.root / "b").exists()


async def test_a_file_that_is_not_finished_comes_back_as_after_a_crash(
    house: House,
) -> None:
    past = meeting(house.data, "q1ana", "q2ben", ends=False, sealed=False)
    await lay(past)
    assert await house.run("backup", house.root / "b") == 0
    marks = list((house.root / "b" / "recordings").rglob("*.open"))
    assert len(marks) == 2, "each is known to be unfinished"
    house.lose()

    assert await house.run("restore", house.root / "b", *lost(house)) == 0

    [chain] = verify_ledger(house.data).chains
    assert chain.sealed, "a meeting that went on then is over"
    assert chain.fault is None
    [[ended]] = [[row[6]] for row in rows(house.data, "rooms")]
    assert ended is not None


async def test_what_a_former_backup_has_is_linked_and_not_copied(house: House) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    assert await house.run("backup", house.root / "a") == 0
    await house.erase(past, 0)

    assert await house.run("backup", house.root / "b", "--like", house.root / "a") == 0

    first, second = (
        {f.stat().st_ino for f in (house.root / name).rglob("*.webm")}
        for name in ("a", "b")
    )
    assert len(second) == 1
    assert second < first
    assert marks_in(house.root / "b", past) == {"q2ben"}
    house.lose()
    assert await house.run("restore", house.root / "b") == 0
    assert marks_in(house.data, past) == {"q2ben"}


def test_a_list_in_the_data_directory_would_be_lost_with_it(tmp_path: Path) -> None:
    for inside in ("data/list", "data/below/list"):
        backup = {"deletions": tmp_path / inside}
        with pytest.raises(ValidationError, match="deletions lies in"):
            configured(tmp_path / "data", backup=backup)
    configured(tmp_path / "data", backup={"deletions": tmp_path / "database"})


# ---- Who may what, afterwards --------------------------------------------------------


async def test_keys_made_since_are_made_again_and_sessions_are_none(
    house: House,
) -> None:
    past = meeting(house.data, "q1ana", "q2ben")
    await lay(past)
    with closing(sqlite3.connect(house.data / "ledger.sqlite3")) as ledger:
        ledger.execute(
            "INSERT INTO sign_ins VALUES ('secret-session', '2026-11-22', x'00')"
        )
        ledger.execute(
            "INSERT INTO answers VALUES (x'00', 's', '2026-11-22', x'00', ?)",
            (b"secret-answer",),
        )
        ledger.commit()
    assert await house.run("backup", house.root / "b") == 0
    held = (house.root / "b" / "ledger.sqlite3").read_bytes()
    assert b"secret-session" not in held
    assert b"secret-answer" not in held
    link = past.capability(past.people[0])
    assert await house.run("rotate-key", "access") == 0
    assert await house.run("rotate-key", "receipt") == 0
    between = GateKey.load(house.data / "keys", first=False).jwk
    known = (house.data / "keys" / "access.key").read_bytes()
    house.lose()

    assert await house.run("restore", house.root / "b") == 0

    assert past.capability(past.people[0]) != link, "links of before open nothing"
    assert (house.data / "keys" / "access.key").read_bytes() != known
    key = GateKey.load(house.data / "keys", first=False)
    assert key.jwk != between
    assert between in key.former, "what it signed can still be checked"
    verify_receipt(past.receipts["q1ana"][0], key.published)


# ---- Whatever happens ----------------------------------------------------------------


async def test_killed_anywhere_a_backup_is_whole_or_none_and_a_restore_is_run_again(
    house: House,
) -> None:
    past = meeting(house.data, "q1ana", "q2ben", "q3cid")
    await lay(past)
    assert await house.run("backup", house.root / "good") == 0
    await house.erase(past, 0)
    async with killing() as killed:
        await kill_backups(house, killed)
        await kill_restores(house, killed, past)


async def kill_backups(house: House, killed: Killed) -> None:
    async def cut(name: str, at: int) -> int:
        to = str(house.root / name)
        steps: int = await killed(at, "backup", "--config", str(house.file), to)
        return steps

    whole = await cut("whole", 10**9)
    # At the last step it has the name that makes it whole, and the folder is synced.
    for at in (*random.sample(range(whole - 1), 5), whole - 1):
        await cut(f"cut-{at}", at)
        named = (house.root / f"cut-{at}" / "backup.json").exists()
        assert named == (at == whole - 1)


async def kill_restores(house: House, killed: Killed, past: Meeting) -> None:
    restore = ("restore", "--config", str(house.file), str(house.root / "good"))
    house.lose()
    whole = await killed(10**9, *restore)
    for at in random.sample(range(whole), 6):
        house.lose()
        await killed(at, *restore)
        if (house.data / "restoring").exists():
            with pytest.raises(DataDirectoryUnusable, match="restore was interrupted"):
                async with start(house.config):
                    pass
        if (house.data / "restoring").exists() or not list(house.data.glob("ledger*")):
            assert await house.run("restore", house.root / "good") == 0
        assert marks_in(house.data, past) == {"q2ben", "q3cid"}
        assert verify_ledger(house.data).good


@pytest.mark.parametrize("seed", range(3))
async def test_by_any_way_who_was_erased_stays_erased(house: House, seed: int) -> None:
    """Meetings, erasures, backups, losses and restores, in any order."""
    chance = random.Random(seed)  # noqa: S311
    meetings = [meeting(house.data, f"{seed}aaq1", f"{seed}bbq2", f"{seed}ccq3")]
    await lay(*meetings)
    erased: set[str] = set()
    at: dict[Path, set[Any]] = {}
    for step in range(9):
        what = chance.choice(("meet", "erase", "back up", "lose", "erase"))
        if what == "meet" and len(meetings) < 3:
            marks = (f"{seed}{step}mq{n}" for n in range(2))
            meetings.append(meeting(house.data, *marks))
            await lay(meetings[-1])
        elif what == "erase":
            past = chance.choice(meetings)
            number = chance.randrange(len(past.people))
            if past.receipts:
                await house.erase(past, number)
                erased.add(past.people[number].mark)
        elif what == "back up":
            to = house.root / f"backup-{step}"
            assert await house.run("backup", to) == 0
            at[to] = {past.room for past in meetings}
        elif what == "lose" and at:
            to = chance.choice(list(at))
            house.lose()
            assert await house.run("restore", to) == 0
            meetings = [past for past in meetings if past.room in at[to]]
        for past in meetings:
            there = {who.mark for who in past.people} - erased
            assert marks_in(house.data, past) == there, (step, what)
        assert verify_ledger(house.data).good


async def test_links_that_were_taken_back_since_open_nothing_after_a_restore(
    house: House,
) -> None:
    past = meeting(house.data, "q1ana", "q2ben", days=0.1)
    await lay(past)
    old = {"capability": past.capability(past.people[0])}
    async with start(house.config) as world:
        room, host = await world.room("recording")
        after = f"{world.url}/api/rooms/{past.room}/after"
        assert await house.run("backup", house.root / "b") == 0
        async with aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True)
        ) as http:
            async with http.post(f"{after}/session", json=old) as answer:
                assert answer.status == 204
            async with http.post(f"{after}/link", json={}) as answer:
                new = {"capability": (await answer.json())["capability"]}
            async with http.post(f"{after}/session", json=new) as answer:
                assert answer.status == 204
        renewed = f"{world.url}/api/rooms/{room}/host-link"
        async with world.http.post(renewed, json={"host": host}) as answer:
            assert answer.status == 201
            another = (await answer.json())["host"]
    house.lose()

    assert await house.run("restore", house.root / "b") == 0

    async with start(house.config) as world:
        after = f"{world.url}/api/rooms/{past.room}/after"
        for said, status in ((old, 403), (new, 204)):
            async with world.http.post(f"{after}/session", json=said) as answer:
                assert answer.status == status
        renewed = f"{world.url}/api/rooms/{room}/host-link"
        for secret, status in ((host, 403), (another, 201)):
            async with world.http.post(renewed, json={"host": secret}) as answer:
                assert answer.status == status


@pytest.mark.parametrize("serving", [True, False])
async def test_keys_of_services_that_were_revoked_since_open_nothing_after_a_restore(
    house: House, capsys: pytest.CaptureFixture[str], serving: bool
) -> None:
    await lay(meeting(house.data, "q1ana", "q2ben"))

    async def key(name: str) -> str:
        capsys.readouterr()
        assert await house.run("service-key", "make", name, "--scope", "rooms") == 0
        return capsys.readouterr().out.split("_")[1]

    async def revoked() -> set[str]:
        capsys.readouterr()
        assert await house.run("service-key", "list") == 0
        lines = capsys.readouterr().out.splitlines()
        return {line.split()[0] for line in lines if "revoked" in line}

    async with AsyncExitStack() as stack:
        if serving:
            await stack.enter_async_context(start(house.config))
        stays, stopped = await key("stays"), await key("stopped")
        assert await house.run("backup", house.root / "b") == 0
        assert await house.run("service-key", "revoke", stopped) == 0
        lost = await key("made since")
        assert await house.run("service-key", "revoke", lost) == 0
        assert await revoked() == {stopped, lost}
    house.lose()

    assert await house.run("restore", house.root / "b") == 0

    assert await revoked() == {stopped}
    assert stays != stopped


@pytest.mark.parametrize("serving", [True, False])
async def test_webhooks_that_were_removed_since_are_told_nothing_after_a_restore(
    house: House, capsys: pytest.CaptureFixture[str], serving: bool
) -> None:
    await lay(meeting(house.data, "q1ana", "q2ben"))

    async def listed() -> set[str]:
        capsys.readouterr()
        assert await house.run("webhooks", "list") == 0
        return {line.split()[0] for line in capsys.readouterr().out.splitlines()}

    async with AsyncExitStack() as stack:
        if serving:
            await stack.enter_async_context(start(house.config))
        capsys.readouterr()
        assert await house.run("service-key", "make", "one", "--scope", "events") == 0
        key = capsys.readouterr().out.split("_")[1]
        for name in ("stays", "removed"):
            url = f"https://{name}.example/"
            assert await house.run("webhooks", "add", url, "--key", key) == 0
        assert await house.run("backup", house.root / "b") == 0
        before = await listed()
        removed = before.pop()
        assert await house.run("webhooks", "remove", removed) == 0
    house.lose()

    assert await house.run("restore", house.root / "b") == 0

    assert await listed() == before
    assert before
