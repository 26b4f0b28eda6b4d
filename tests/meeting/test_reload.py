"""The configuration file is read again while meetings run."""

import asyncio
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from structlog.testing import capture_logs

from gatekeeper.config import Config, load
from gatekeeper.config.differences import differences
from gatekeeper.config.locales import locales
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.entries import SERVER, decode
from tests.meeting.conftest import Start, start
from tests.meeting.person import PATIENCE
from tests.meeting.test_switch_off import MINUTES, is_open, on_air
from tests.meeting.test_wordings import reread

NOTICE = """
[features.minutes.notices.{tag}]
name = "Minutes"
object = "minutes"
meaning = "Somebody writes down what is said."
captured = "What you say"
purpose = "{purpose}"
processor = "A person in the room"
recipients = "The people in this meeting"
retention = "A year"
withdrawal = "One click in the room"
"""


class File:
    """A configuration file that an admin edits."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "config.toml"
        self.folder = folder
        self.purpose = "Remembering it"
        self.enabled = True
        self.keep_for = "7 days"
        self.more = ""
        self.write()

    def write(self, **what: object) -> None:
        for name, value in what.items():
            assert hasattr(self, name)
            setattr(self, name, value)
        data = json.dumps(str(self.folder / "data"))
        self.path.write_text(
            "[server]\nport = 0\nhost = '127.0.0.1'\n"
            f"[data]\nreserve_mb = 0\ndirectory = {data}\n{self.more}\n"
            f'[features.recording]\nkeep_for = "{self.keep_for}"\n'
            "[features.transcript]\nenabled = false\n"
            "[features.summary]\nenabled = false\n"
            "[features.compose]\nenabled = false\n"
            '[features.minutes]\nsink = "external"\nkinds = ["audio"]\n'
            f"enabled = {str(self.enabled).lower()}\n"
            + "".join(NOTICE.format(tag=t, purpose=self.purpose) for t in locales())
        )

    def read(self) -> Config:
        return load(self.path)


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path)


def serving(file: File) -> Start:
    return start(file.read(), read=file.read)


async def test_other_words_are_in_force_at_once(file: File) -> None:
    async with serving(file) as world:
        ann, ben = await on_air(world, "Ann", "Ben")
        before = ben.digest("minutes")
        since = await ben.settle()

        file.write(purpose="Proof")
        done = await world.reload.run()

        assert not is_open(world, ann.room)
        assert done.applied == tuple(
            f"features.minutes.notices.{tag}.purpose" for tag in locales()
        )
        assert done.needs_restart == done.mistakes == ()
        assert world.reload.last == done
        told = await ben.hears("offering", since=since)
        assert before not in told["notices"]
        await reread(ben)
        assert ben.digest("minutes") in told["notices"]


async def test_what_the_file_offers_no_longer_is_off_everywhere_until_it_does(
    file: File,
) -> None:
    async with serving(file) as world:
        ann, ben = await on_air(world, "Ann", "Ben")
        file.write(enabled=False)
        done = await world.reload.run()

        assert not is_open(world, ann.room)
        assert done.applied == ("features.minutes.enabled",)
        assert world.offers.switches.by_file == {MINUTES}
        await ben.hears("offering", where=lambda o: not o["offered"])
        await world.offers.switches.allow(MINUTES)
        assert world.offers.switches.off == {MINUTES}

        file.write(enabled=True)
        await world.reload.run()
        assert world.offers.switches.off == frozenset()
        await ben.hears("offering", where=lambda o: o["offered"])
        assert not is_open(world, ann.room)
        acts = [
            decode(row.body).body for row in await world.context.ledger.read(SERVER)
        ]
        assert [(act.type, act.by) for act in acts] == [  # type: ignore[union-attr]
            ("feature.forbidden", "file"),
            ("feature.allowed", "file"),
        ]
    assert verify_ledger(file.folder / "data").good


async def test_off_by_the_console_and_by_the_file_are_two_switches(file: File) -> None:
    async with serving(file) as world:
        await world.offers.switches.forbid(MINUTES)
        for enabled in (False, True):
            file.write(enabled=enabled)
            await world.reload.run()
            assert world.offers.switches.off == {MINUTES}
        await world.offers.switches.allow(MINUTES)
        assert world.offers.switches.off == frozenset()


async def test_a_file_with_a_mistake_changes_nothing_and_says_every_one(
    file: File,
) -> None:
    async with serving(file) as world:
        ann, _ = await on_air(world, "Ann", "Ben")
        file.write(
            purpose="Proof", enabled=False, more="[meeting]\ngrace = 0\nspeed = 3\n"
        )
        with capture_logs() as logs:
            done = await world.reload.run()

        assert is_open(world, ann.room)
        assert done.applied == done.needs_restart == ()
        assert len(done.mistakes) == 2
        assert "meeting.grace" in done.mistakes[0]
        assert "meeting.speed" in done.mistakes[1]
        assert [log["event"] for log in logs][:1] == ["config.refused"]
        file.path.write_text("[server")
        assert "not TOML" in (await world.reload.run()).mistakes[0]
        file.path.unlink()
        assert "cannot be read" in (await world.reload.run()).mistakes[0]
        assert is_open(world, ann.room)


async def test_a_secret_that_cannot_be_read_is_a_mistake_too(file: File) -> None:
    async with serving(file) as world:
        file.write(
            more="[[ice.servers]]\nurls = 'turn:t.example'\nsecret_file = '/none'\n"
        )
        (mistake,) = (await world.reload.run()).mistakes
        assert "ice.servers.0.secret_file" in mistake
        assert world.context.ice.issue().servers == ()


async def test_what_cannot_change_is_named_and_goes_on_as_it_was(file: File) -> None:
    async with serving(file) as world:
        digests = {f: set(d) for f, d in world.context.notices.items()}
        more = "[controller]\nname = 'Verein'\n[limits]\nconnections = 100\n"
        file.write(keep_for="30 days", more=more)
        done = await world.reload.run()

        assert done.applied == ()
        assert set(done.needs_restart) == {
            "controller.name",
            "limits.connections",
            "features.recording.keep_for",
        }
        # A notice says how long is kept, and who runs this: it says what is so.
        assert {f: set(d) for f, d in world.context.notices.items()} == digests
        assert (await world.reload.run()).needs_restart == done.needs_restart
        file.write(keep_for="7 days", more="")
        assert (await world.reload.run()).needs_restart == ()


async def test_a_turn_secret_that_was_changed_is_told_to_everybody(
    file: File,
) -> None:
    secret = file.folder / "turn-secret"
    secret.write_text("one")
    secret.chmod(0o600)
    server = f"urls = 'turn:t.example'\nsecret_file = {json.dumps(str(secret))}\n"
    async with serving(file) as world:
        ann, _ = await world.meeting("Ann", "Ben")
        file.write(more=f"[[ice.servers]]\n{server}")
        assert (await world.reload.run()).applied == ("ice.servers",)
        told = await ann.hears("ice")
        assert told["servers"][0]["urls"] == ["turn:t.example"]
        since = await ann.settle()

        secret.write_text("two")
        assert (await world.reload.run()).applied == ("ice.servers",)
        await ann.hears("ice", since=since)
        assert (await world.reload.run()).applied == ()


async def test_rules_of_a_meeting_are_for_rooms_that_are_taken_up_later(
    file: File,
) -> None:
    async with serving(file) as world:
        (ann,) = await world.meeting("Ann")
        file.write(more="[meeting]\ngrace = 77\n")
        assert (await world.reload.run()).applied == ("meeting.grace",)

        (later,) = await world.meeting("Ben")
        graces = [
            next(f["grace"] for f in person.heard if f["type"] == "welcome")
            for person in (ann, later)
        ]
        assert graces == [30, 77]


async def test_a_token_that_was_taken_out_opens_no_room(file: File) -> None:
    token = file.folder / "token"
    token.write_text("a-token-of-thirty-characters-x")
    token.chmod(0o600)
    named = f"{{name = 'one', file = {json.dumps(str(token))}}}"
    other = f"{{name = 'two', sha256 = '{'0' * 64}'}}"
    body = {"title": "Choosing", "language": "en", "features": []}
    headers = {"Authorization": f"Bearer {token.read_text()}"}
    file.write(more=f"[rooms]\nopen_to = 'token'\ntokens = [{named}]\n")
    async with serving(file) as world:

        async def status() -> int:
            url = f"{world.url}/api/rooms"
            async with world.http.post(url, json=body, headers=headers) as answer:
                return answer.status

        assert await status() == 201
        file.write(more=f"[rooms]\nopen_to = 'token'\ntokens = [{other}]\n")
        assert (await world.reload.run()).applied == ("rooms.tokens",)
        assert await status() == 401


async def test_words_that_go_with_another_setting_wait_for_it_too(file: File) -> None:
    """All of it is given to everybody: the setting waits, so do the words for it."""
    async with serving(file) as world:
        before = dict(world.offers.wordings.in_force(MINUTES))
        told = file.path.read_text().replace(
            "The people in this meeting", "{recipients}"
        )
        file.path.write_text(told.replace("external", "recording"))
        done = await world.reload.run()

        assert done.mistakes == done.applied == ()
        assert set(done.needs_restart) == {
            "features.minutes.sink",
            *(f"features.minutes.notices.{tag}.recipients" for tag in locales()),
        }
        assert dict(world.offers.wordings.in_force(MINUTES)) == before


def changed(config: Config) -> Iterator[tuple[str, Config]]:
    for section in type(config).model_fields:
        if section == "features":
            continue
        table = getattr(config, section)
        for key in type(table).model_fields:
            other = object()
            update = {section: table.model_copy(update={key: other})}
            yield f"{section}.{key}", config.model_copy(update=update)


def test_each_key_that_differs_is_named() -> None:
    config = Config()
    for key, other in changed(config):
        assert [each.split(".")[:2] for each in differences(config, other)]
        assert all(each.startswith(key) for each in differences(config, other))
    assert differences(config, config) == []


async def test_the_signal_has_it_read_again(file: File) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "gatekeeper", "serve", "--config", str(file.path)),
        stderr=asyncio.subprocess.PIPE,
    )
    assert program.stderr is not None

    async def says(event: str) -> dict[str, object]:
        assert program.stderr is not None
        while line := await program.stderr.readline():
            told: dict[str, object] = json.loads(line)
            if told["event"] == event:
                return told
        raise AssertionError(event)

    try:
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
            url = (await says("server.started"))["url"]
            file.write(enabled=False, keep_for="8 days")
            program.send_signal(signal.SIGHUP)
            told = await says("config.reloaded")
            assert told["applied"] == ["features.minutes.enabled"]
            assert told["needs_restart"] == ["features.recording.keep_for"]
            async with http.get(f"{url}/api/features") as answer:
                offered = [each["id"] for each in (await answer.json())["features"]]
            assert offered == ["recording"]
    finally:
        program.terminate()
        assert await program.wait() == 0
