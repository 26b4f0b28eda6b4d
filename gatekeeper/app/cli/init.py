"""
`gatekeeper init`: a configuration to begin with.

Rule 1: it is the example, whole and with all its comments; so it says what is true.
Rule 2: nothing that is there is overwritten unless told to, and what is on the machine
is used only if a person has said so.
Rule 3: no secret is shown.
"""

import argparse
import asyncio
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from gatekeeper.app.cli.command import Commands
from gatekeeper.app.discovery import Found, Setting, found, secret_of
from gatekeeper.config.example import example
from gatekeeper.config.load import read
from gatekeeper.errors import ConfigInvalid

USUAL = Path("gatekeeper.toml")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "init", help="write a configuration to begin with, and use what is here"
    )
    parser.add_argument("file", type=Path, nargs="?", default=USUAL, metavar="PATH")
    parser.add_argument(
        "--models",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="where else models of speech may lie",
    )
    parser.add_argument(
        "--yes", action="store_true", help="use what is found, without a question"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="though there is such a file"
    )
    parser.set_defaults(run=_init)


def _init(options: argparse.Namespace) -> int:
    file: Path = options.file
    if not options.overwrite and (file.exists() or file.is_symlink()):
        raise ConfigInvalid(
            f"{file}: is there already. Name another, or say --overwrite."
        )
    _say("Looking at what is on this machine ...")
    finds = asyncio.run(found(options.models))
    ask = _asked if sys.stdin.isatty() and sys.stdout.isatty() else _not_asked
    used = _used(finds, (lambda _: True) if options.yes else ask)
    text = written(example(), finds, used, file)
    _keep_secrets(used, file)
    _write(file, text, overwrite=options.overwrite)
    read(file).whole()
    _say(f"{file} is written. Check it with: gatekeeper check {file}")
    _say(f"Start with: gatekeeper serve --config {file}")
    return 0


def _used(finds: Iterable[Found], wanted: Callable[[Found], bool]) -> list[Found]:
    """What is to be used: of a table one thing, the first that is wanted."""
    used: dict[str, Found] = {}
    for each in finds:
        _say(f"Found: {each.said}")
        if each.settings and each.table not in used and wanted(each):
            used[each.table] = each
            _say("  It will be used.")
    return [*used.values()]


def _asked(each: Found) -> bool:
    """By a person at the terminal. Anything but yes is no."""
    try:
        said = input(f"  Use it for [{each.table}]? (y/N) ")
    except EOFError:
        return False
    return said.strip().lower() in ("y", "yes")


def _not_asked(each: Found) -> bool:
    return False


def written(
    text: str, finds: Iterable[Found], used: Iterable[Found], file: Path
) -> str:
    """The example, with what is used set, and what else there is as comments."""
    used = [*used]
    for each in finds:
        settings = _settings(each, file)
        if each in used:
            text = _set(text, each.table, settings)
        text = _noted(text, each, {} if each in used else settings)
    return text


def _settings(each: Found, file: Path) -> Mapping[str, str]:
    """As TOML."""
    if each.table == "ice" and each.settings:
        secret = _toml(str(_secret_file(file).absolute()))
        url = _toml(each.settings["urls"])
        return {"servers": f"[{{ urls = {url}, secret_file = {secret} }}]"}
    return {key: _toml(value) for key, value in each.settings.items()}


def _toml(value: Setting) -> str:
    """A text or a number. Texts are printable, so JSON's are TOML's."""
    return json.dumps(value, ensure_ascii=False)


def _set(text: str, table: str, settings: Mapping[str, str]) -> str:
    begin, end = _table(text, table)
    part = text[begin:end]
    for key, value in settings.items():
        line = re.compile(rf"^(?:# )?{key} = (?:\"[^\"]*\"|[^\s#]+)", re.MULTILINE)
        new = f"{key} = {value}".replace("\\", r"\\")
        part = line.sub(new, part, count=1)
    return text[:begin] + part + text[end:]


def _noted(text: str, each: Found, settings: Mapping[str, str]) -> str:
    """What was found, at the end of its table."""
    begin, _ = _table(text, each.table)
    lines = [f"# Found by `gatekeeper init`: {each.said}"]
    lines += [f"# {key} = {value}" for key, value in settings.items()]
    end = text.index("\n\n", begin) + 1
    return text[:end] + "".join(f"{line}\n" for line in lines) + text[end:]


def _table(text: str, table: str) -> tuple[int, int]:
    begin = re.search(rf"^\[{table}\]", text, re.MULTILINE)
    assert begin is not None  # noqa: S101 - the example has every table
    end = re.search(r"^\[", text[begin.end() :], re.MULTILINE)
    return begin.start(), len(text) if end is None else begin.end() + end.start()


def _secret_file(file: Path) -> Path:
    return file.with_name(f"{file.stem}.turn-secret")


def _keep_secrets(used: Iterable[Found], file: Path) -> None:
    """A file for this account alone, with the secret and nothing else."""
    for each in used:
        if each.secret_in is None:
            continue
        path = _secret_file(file)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        try:
            secret = secret_of(each.secret_in)
            handle = os.open(path, flags, 0o600)
            with open(handle, "w", encoding="utf-8") as opened:
                os.fchmod(handle, 0o600)
                opened.write(f"{secret}\n")
        except OSError as exc:
            raise ConfigInvalid(
                f"{path}: cannot be written ({exc.strerror}). Name a file in a folder "
                "that can."
            ) from exc
        _say(f"coturn's secret is in {path}, for this account alone.")


def _write(file: Path, text: str, *, overwrite: bool) -> None:
    try:
        with file.open("w" if overwrite else "x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as exc:
        raise ConfigInvalid(
            f"{file}: cannot be written ({exc.strerror}). Name a file in a folder that "
            "can."
        ) from exc


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
