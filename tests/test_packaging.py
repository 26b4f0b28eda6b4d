"""The wheel, in an environment of its own: it carries the client, and it starts."""

import contextlib
import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; dependencies come from this one."""
    here = tmp_path_factory.mktemp("wheel")
    run = [sys.executable, "-m"]
    quiet = ["-q", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [*run, "pip", "wheel", *quiet, "-w", here / "dist", ROOT],
        check=True,
        capture_output=True,
    )
    subprocess.run([*run, "venv", "--without-pip", here / "env"], check=True)
    python = here / "env" / "bin" / "python"
    (wheel,) = (here / "dist").glob("*.whl")
    subprocess.run(
        [*run, "pip", "--python", python, "install", *quiet, wheel],
        check=True,
        capture_output=True,
    )
    own = next((here / "env" / "lib").glob("python*/site-packages"))
    borrowed = Path(pytest.__file__).parent.parent
    (own / "borrowed.pth").write_text(str(borrowed), "utf-8")
    return here / "env" / "bin"


@contextlib.contextmanager
def serving(gatekeeper: Path, cwd: Path) -> Iterator[str]:
    """A running server; its URL."""
    command = [str(gatekeeper), "serve", "--port", "0"]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    with subprocess.Popen(
        command, cwd=cwd, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if started := re.search(r'"url": "([^"]+)"', line):
                    yield started[1]
                    break
            else:
                raise AssertionError("the server ended before it started")
        finally:
            process.terminate()
            process.communicate()


@pytest.fixture(scope="module")
def served(
    installed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """The URL of a server, and where it runs."""
    here = tmp_path_factory.mktemp("served")
    with serving(installed / "gatekeeper", here) as url:
        yield url, here


def test_the_installed_wheel_serves_the_client_and_opens_a_room(
    served: tuple[str, Path],
) -> None:
    url, here = served
    with urllib.request.urlopen(f"{url}/") as page:  # noqa: S310 - our own server
        html = page.read().decode()
    scripts = re.findall(r'src="(/static/[^"]+\.js)"', html)
    for script in scripts:
        with urllib.request.urlopen(url + script) as answer:  # noqa: S310
            assert answer.status == 200
    body = json.dumps({"title": "Hello", "language": "en", "features": []})
    request = urllib.request.Request(  # noqa: S310
        f"{url}/api/rooms", data=body.encode(), method="POST"
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        made = json.load(answer)

    assert scripts
    assert set(made) == {"room", "host", "waits_until"}
    assert (here / "data" / "ledger.sqlite3").is_file()


def test_the_element_for_other_pages_is_that_of_its_package(installed: Path) -> None:
    name = "embed/element/consent-gate.js"
    (there,) = installed.parent.glob(f"lib/python*/site-packages/gatekeeper/{name}")

    assert there.read_bytes() == (ROOT / name).read_bytes()
    package = json.loads((ROOT / "embed/element/package.json").read_text("utf-8"))
    assert {*package["files"]} == {"consent-gate.js", "consent-gate.d.ts"}
    assert not {"dependencies", "scripts"} & package.keys()


def test_the_installed_client_is_bundled_and_whole(installed: Path) -> None:
    (static,) = installed.parent.glob("lib/python*/site-packages/gatekeeper/static")
    pages = {page.name: page.read_text("utf-8") for page in static.glob("*.html")}
    asked = {
        name: re.findall(r'"/static/([^"]+)"', text) for name, text in pages.items()
    }

    assert pages.keys() == {page.name for page in (ROOT / "static").glob("*.html")}
    for page, names in asked.items():
        assert [name for name in names if not (static / name).is_file()] == [], page
        assert len([name for name in names if name.endswith(".css")]) == 1
    others = ("i18n", "texts", "old")
    modules = [f for f in static.rglob("*.js") if f.parent.name not in others]
    for alone in ("admin", "gate", "verify"):  # beside the way into a room
        modules.remove(static / f"pages/{alone}.js")
    assert len(modules) < 15
    assert not [file for file in modules if b"/**" in file.read_bytes()]


def test_the_installed_wheel_writes_a_configuration_that_is_the_example(
    installed: Path, tmp_path: Path
) -> None:
    # Nothing may be found here: this machine's models and relay are not the test's.
    program = (
        "import sys; from gatekeeper.app.cli import init, main\n"
        "async def nothing(folders): return []\n"
        "init.found = nothing; sys.exit(main(['init', 'made.toml']))"
    )
    done = subprocess.run(
        [installed / "python", "-c", program], cwd=tmp_path, capture_output=True
    )

    assert done.returncode == 0, done.stderr
    example = (ROOT / "config.example.toml").read_text("utf-8")
    assert (tmp_path / "made.toml").read_text("utf-8") == example


def test_an_occupied_port_is_named_with_the_fix(
    installed: Path, served: tuple[str, Path], tmp_path: Path
) -> None:
    url, _ = served
    second = subprocess.run(
        [installed / "gatekeeper", "serve", "--port", url.rpartition(":")[2]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert second.returncode == 2
    assert "--port" in second.stderr


def test_the_installed_wheel_brings_its_types_and_says_its_version(
    installed: Path,
) -> None:
    (package,) = installed.parent.glob("lib/python*/site-packages/gatekeeper")
    said = subprocess.run(
        [str(installed / "gatekeeper"), "--version"],
        check=True,
        capture_output=True,
        text=True,
    )

    here = ROOT / "gatekeeper"
    assert (package / "py.typed").exists()
    for kept in ("consent/locales/*.toml", "storage/migrations/versions/*.py"):
        names = {file.name for file in here.glob(kept)}
        assert names == {file.name for file in package.glob(kept)} != set()
    assert re.fullmatch(r"gatekeeper \d+\.\d+\.\d+\n", said.stdout)
