"""A person's request, done from the console: whom it is about, and what is left."""

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.config import Config
from gatekeeper.media.film import films
from tests.admin.conftest import API, a_browser, enter, token_of
from tests.archive.past import Meeting, lay, marks_in, meeting
from tests.archive.test_proof import page
from tests.browser.waiting import until
from tests.meeting.conftest import World, configured, start
from tests.sign_in.conftest import Browser

ALL: dict[str, Any] = {"recording": {}, "transcript": {}, "summary": {}}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path / "data", features=ALL)


@pytest.fixture
async def past(config: Config, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """A meeting that is over, with something of three people in it."""
    monkeypatch.setattr(films, "WORKER", ("false",))
    made = meeting(config.data.directory, "q1ana", "q2ben", "q3cid")
    await lay(made)
    return made


@pytest.fixture
async def world(config: Config, past: Meeting) -> AsyncIterator[World]:
    async with start(config) as world:
        yield world


@pytest.fixture
async def admin(world: World, config: Config) -> AsyncIterator[Browser]:
    async with a_browser(world) as browser:
        await enter(browser, token_of(config))
        yield browser


async def test_a_receipt_says_whom_it_is_about_and_all_of_theirs_is_exported(
    admin: Browser, past: Meeting
) -> None:
    ana, ben, _ = past.people
    receipts = "\n".join(past.receipts[ana.mark])

    status, found = await admin.said("POST", f"{API}/subject", data=receipts)
    assert status == 200
    assert (found["meeting"], found["person"]) == (past.room, ana.id)
    assert set(found["features"]) == {"recording", "transcript", "summary"}
    assert ana.name not in str(found)
    async with admin.http.post(
        f"{admin.url}{API}/subject/export", data=receipts
    ) as answer:
        assert answer.content_type == "application/zip"
        archive = zipfile.ZipFile(io.BytesIO(await answer.read()))
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert ana.sound in whole
    assert ben.id.encode() not in whole


async def test_who_is_exported_reads_on_their_page_that_they_were(
    admin: Browser, past: Meeting, world: World
) -> None:
    ana, ben, _ = past.people
    receipts = "\n".join(past.receipts[ana.mark])
    async with admin.http.post(
        f"{admin.url}{API}/subject/export", data=receipts
    ) as answer:
        assert answer.status == 200

    for who, told in ((ana, {("console", "copy", ana.id)}), (ben, set())):
        async with (
            await page(world, past, who) as http,
            http.get(f"/api/rooms/{past.room}/after") as answer,
        ):
            lines = (await answer.json())["fetched"]
        assert {(li["by"], li["what"], li["subject"]) for li in lines} == told


async def test_erased_is_gone_from_the_disk_and_others_stay(
    admin: Browser, past: Meeting, config: Config
) -> None:
    ana, ben, cid = past.people
    data = config.data.directory

    status, said = await admin.said(
        "POST", f"{API}/subject/erase", data=past.receipts[ana.mark][0]
    )

    assert status == 200
    assert set(said["features"]) == {"recording", "transcript", "summary"}
    await until(lambda: ana.mark not in marks_in(data, past), "all of it is gone")
    assert {ben.mark, cid.mark} <= marks_in(data, past)


async def test_what_is_no_receipt_of_ours_does_nothing_and_says_why(
    admin: Browser, past: Meeting, config: Config, tmp_path: Path
) -> None:
    ana, ben, _ = past.people
    own = past.receipts[ana.mark][0]
    elsewhere = meeting(tmp_path / "elsewhere", "q1ana")
    await lay(elsewhere)
    before = marks_in(config.data.directory, past)
    for sent, code in (
        ("", "receipt-invalid"),
        ("x", "receipt-invalid"),
        ("\u00e9" * 9, "receipt-invalid"),
        (f"{own[:-4]}AAAA", "receipt-invalid"),
        (elsewhere.receipts["q1ana"][0], "receipt-foreign"),
        (f"{own}\n{past.receipts[ben.mark][0]}", "receipts-of-several"),
    ):
        for path in ("", "/export", "/erase"):
            status, said = await admin.said("POST", f"{API}/subject{path}", data=sent)
            assert (status, said["code"]) == (400, code), sent[:20]
    status, said = await admin.said("POST", f"{API}/subject", data="a" * 70_000)
    assert (status, said["code"]) == (413, "too-large")
    assert marks_in(config.data.directory, past) == before
