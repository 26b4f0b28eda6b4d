"""The client's files: kept by browsers for as long as they are the same."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from gatekeeper.web.assets import FOR_EVER, Assets
from gatekeeper.web.pages import static_directory

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "index.html").write_text('<script src="/static/pages/a.js"></script>')
    (tmp_path / "pages" / "a.js").write_text("import './b.js'")
    return tmp_path


@pytest.fixture
async def client(root: Path) -> AsyncIterator[Client]:
    assets = Assets(root)
    app = web.Application()

    async def page(_: web.Request) -> web.Response:
        return await assets.page("index.html")

    app.router.add_get("/", page)
    assets.add_routes(app)
    async with TestClient(TestServer(app)) as client:
        yield client


async def script(client: Client) -> str:
    """The address that the page names."""
    async with client.get("/") as answer:
        return (await answer.text()).split('"')[1]


async def test_what_a_page_names_may_be_kept_for_ever(client: Client) -> None:
    async with client.get(await script(client)) as answer:
        assert answer.headers["Cache-Control"] == FOR_EVER
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert await answer.text() == "import './b.js'"


async def test_an_edit_has_another_address(client: Client, root: Path) -> None:
    before = await script(client)
    (root / "pages" / "a.js").write_text("import './other.js'")
    after = await script(client)

    assert before != after
    async with client.get(before) as old:
        assert old.headers["Cache-Control"] == "no-cache"
    async with client.get(after) as new:
        assert await new.text() == "import './other.js'"


async def test_text_goes_compressed_to_whoever_takes_that(
    client: Client, root: Path
) -> None:
    text = "import './b.js'\n" * 100
    (root / "pages" / "a.js").write_text(text)
    address = await script(client)
    for accepted, coding in (
        ("gzip, deflate, br, zstd", "gzip"),
        ("br;q=1.0, GZIP;q=0.5", "gzip"),
        ("gzip;q=0, deflate", None),
        ("gzip; q=0.000", None),
        ("br", None),
        ("", None),
    ):
        headers = {"Accept-Encoding": accepted}
        async with client.get(address, headers=headers) as answer:
            assert answer.headers.get("Content-Encoding") == coding, accepted
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert answer.headers["Cache-Control"] == FOR_EVER
            assert int(answer.headers["Content-Length"]) < len(text) or coding is None
            assert await answer.text() == text


async def test_an_edit_is_compressed_anew(client: Client, root: Path) -> None:
    for text in ("one " * 100, "two " * 100):
        (root / "pages" / "a.js").write_text(text)
        async with client.get(await script(client)) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert await answer.text() == text


async def test_what_is_no_text_or_grows_goes_as_it_is(
    client: Client, root: Path
) -> None:
    (root / "a.png").write_bytes(b"a" * 1000)
    (root / "tiny.js").write_text("1")
    await script(client)
    for name in ("a.png", "tiny.js"):
        async with client.get(f"/static/{name}") as answer:
            assert "Content-Encoding" not in answer.headers


async def test_an_address_without_a_version_is_asked_for_each_time(
    client: Client,
) -> None:
    async with client.get("/static/pages/a.js") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/../secret", "/static/%2e%2e/secret", "/static/pages", "/static/x"]
)
async def test_only_files_below_the_folder_are_there(
    client: Client, root: Path, path: str
) -> None:
    (root.parent / "secret").write_text("secret")

    async with client.get(path) as answer:
        assert answer.status == 404


def test_what_a_module_asks_for_is_there() -> None:
    """By a name below `static/`, so that it is found wherever the module lies."""
    named = re.compile(r"\bfile\('([^']+)'\)")
    found = [
        static_directory() / name
        for module in static_directory().rglob("*.js")
        for name in named.findall(module.read_text("utf-8"))
    ]

    assert found
    assert [str(path) for path in found if not path.is_file()] == []
