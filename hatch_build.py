"""
What a wheel is made of beside the package: the client, in few and small files.

A lobby is more than a hundred modules and eighteen styles, which over a phone's
network is five seconds of asking for one after the other. In a wheel each page is one
module, what several pages share lies beside it, and its styles are one file. The
sources stay as they are: a checkout serves them unchanged.

esbuild does it, if it is there (`npm ci --prefix tests/js`, or on the path); without it
the wheel carries the sources.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
STATIC = ROOT / "static"

ALONE = ("pages/admin.js", "pages/check.js", "pages/gate.js", "pages/verify.js")
"""A page that few open shares no module: each way into a room would be a file more."""
TEXTS = ("i18n", "console/texts")
"""Folders of texts: a language is fetched by itself."""
OLD = "old"
"""A folder of what the oldest browsers read: nothing newer is made of it."""

MADE = (".js", ".css", ".html", ".json")
"""Kinds of files that something else is made of."""

_STYLE = re.compile(r'\s*<link rel="stylesheet" href="/static/([^"]+)" />')
_SCRIPT = re.compile(r'(\s*)<script type="module" src="/static/([^"]+)"></script>')


class Client(BuildHookInterface[Any]):
    """Puts the client into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds; an editable wheel has the checkout."""
        if version == "editable":
            return
        example = "config.example.toml"  # what `gatekeeper init` begins with
        build_data["force_include"][str(ROOT / example)] = f"gatekeeper/{example}"
        element = "embed/element/consent-gate.js"  # as other sites' pages load it
        build_data["force_include"][str(ROOT / element)] = f"gatekeeper/{element}"
        source = STATIC
        if tool := esbuild():
            self._made = tempfile.TemporaryDirectory(prefix="gatekeeper-client-")
            source = Path(self._made.name)
            bundle(tool, source)
        else:
            self.app.display_warning("There is no esbuild: the client is not bundled.")
        build_data["force_include"][str(source)] = "gatekeeper/static"


def esbuild() -> str | None:
    """Where it is, if it is anywhere."""
    own = ROOT / "tests" / "js" / "node_modules" / ".bin" / "esbuild"
    return str(own) if own.exists() else shutil.which("esbuild")


def bundle(tool: str, to: Path) -> None:
    """Make the client's pages, for a server to serve, below `to`."""
    pages = sorted(STATIC.glob("*.html"))
    scripts = {script for page in pages for script in _scripts(page)}
    loads: dict[str, list[str]] = {}
    shared = scripts.difference(ALONE)
    for together in (shared, *({script} for script in ALONE)):
        loads |= _modules(tool, sorted(together), to)
    for folder in TEXTS:
        _minified(tool, sorted((STATIC / folder).glob("*.js")), to / folder)
    _minified(tool, sorted((STATIC / OLD).glob("*.js")), to / OLD, "es5")
    for page in pages:
        _styles(tool, page, to)
        (to / page.name).write_text(_html(page, loads), "utf-8")
    for file in STATIC.rglob("*"):
        name = file.relative_to(STATIC)
        old = name.parts[0] == OLD and file.suffix != ".js"
        if (old or file.suffix not in MADE) and file.is_file():
            there = to / name
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, there)


def _scripts(page: Path) -> list[str]:
    return [script for _, script in _SCRIPT.findall(page.read_text("utf-8"))]


def _modules(tool: str, scripts: list[str], to: Path) -> dict[str, list[str]]:
    """Bundle them; what else a browser has to load at once for each."""
    meta = to / "meta.json"
    _run(
        tool,
        *(str(STATIC / script) for script in scripts),
        "--bundle",
        "--splitting",
        "--format=esm",
        "--minify",
        "--target=es2022",
        "--legal-comments=none",
        f"--metafile={meta}",
        f"--outbase={STATIC}",
        f"--outdir={to}",
        "--chunk-names=pages/[name]-[hash]",
    )
    made = {
        _name(path, to): [
            _name(each["path"], to)
            for each in output["imports"]
            if each["kind"] == "import-statement"
        ]
        for path, output in json.loads(meta.read_text("utf-8"))["outputs"].items()
    }
    meta.unlink()
    return {script: list(_reached(script, made)) for script in scripts}


def _reached(name: str, imports: dict[str, list[str]]) -> Iterator[str]:
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        for each in imports[waiting.pop()]:
            if each not in found:
                found[each] = None
                waiting.append(each)
    yield from found


def _name(path: str, to: Path) -> str:
    return (Path.cwd() / path).resolve().relative_to(to.resolve()).as_posix()


def _minified(tool: str, files: list[Path], to: Path, target: str = "es2022") -> None:
    _run(tool, *map(str, files), "--minify", f"--target={target}", f"--outdir={to}")


def _styles(tool: str, page: Path, to: Path) -> None:
    names = _STYLE.findall(page.read_text("utf-8"))
    text = "".join((STATIC / name).read_text("utf-8") for name in names)
    made = _run(tool, "--loader=css", "--minify", "--target=esnext", said=text)
    (to / "styles").mkdir(exist_ok=True)
    (to / "styles" / f"{page.stem}.css").write_text(made, "utf-8")


def _html(page: Path, loads: dict[str, list[str]]) -> str:
    """The page, with one file of styles, and all modules asked for at once."""
    style = f'\n    <link rel="stylesheet" href="/static/styles/{page.stem}.css" />'
    text = page.read_text("utf-8")
    first = _STYLE.search(text)
    if first is not None:
        before, after = text[: first.start()], text[first.end() :]
        text = before + style + _STYLE.sub("", after)

    def preloaded(found: re.Match[str]) -> str:
        space, script = found.groups()
        links = [
            f'{space}<link rel="modulepreload" href="/static/{each}" />'
            for each in loads[script]
        ]
        return "".join([*links, found[0]])

    return _SCRIPT.sub(preloaded, text)


def _run(tool: str, *words: str, said: str | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - esbuild, with words of ours
        [tool, "--log-level=warning", *words],
        input=said,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    if done.returncode or done.stderr:
        sys.stderr.write(done.stderr)
        raise SystemExit("esbuild could not bundle the client.")
    return done.stdout
