"""Whatever is wrong with a file: told at once, in our words, with line, key and fix."""

import datetime
import json
import math
import os
import re
import socket
import subprocess
import sys
import tomllib
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.app.cli import main
from gatekeeper.app.engines import Keys
from gatekeeper.app.trial import every_problem
from gatekeeper.clock import Clock
from gatekeeper.config import parse
from gatekeeper.config.load import read
from gatekeeper.config.model import Config
from gatekeeper.config.positions import Way
from gatekeeper.config.problem import Problem
from gatekeeper.config.section import Section
from gatekeeper.errors import ConfigInvalid

MARKER = "hunter2/+marker=="
FOREIGN = re.compile(
    r"Input should|Value error|Field required|validation error|valid (integer|number|"
    r"string|boolean|dictionary|tuple)|Extra inputs|String should|cannot stand here",
)
"""How pydantic speaks; and what we say when we do not know better."""


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "gatekeeper.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def told(file: Path) -> list[Problem]:
    return every_problem(read(file), Keys(), Clock(), acting=False)


def fields(model: type[Section], within: Way = ()) -> Iterator[Way]:
    """Every key that there is; one entry of each list and of each table by name."""
    for name, field in model.model_fields.items():
        way: Way = (*within, name)
        yield way
        for inner, entry in tables(field.annotation, way):
            yield from fields(inner, entry)


def tables(annotation: Any, way: Way) -> Iterator[tuple[type[Section], Way]]:
    origin, parts = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Section):
        yield annotation, way
    elif origin is tuple:
        yield from tables(parts[0], (*way, 0))
    elif origin is dict:
        entry = "podcast" if way[-1] == "features" else "en"
        yield from tables(parts[1], (*way, entry))
    elif origin in (Union, types.UnionType):
        for part in parts:
            yield from tables(part, way)


FIELDS = list(fields(Config))
WRONG: dict[str, Any] = {
    "a text": MARKER,
    "nothing": "",
    "a long text": "x" * 3000,
    "a text with NUL": "a\0b",
    "lines": "-----BEGIN KEY-----\n" + MARKER,
    "true": True,
    "a number": 7,
    "less than nothing": -1,
    "a fraction": 0.5,
    "endless": math.inf,
    "no number": math.nan,
    "huge": 10**30,
    "a date": datetime.date(1979, 5, 27),
    "an empty list": [],
    "a list": [MARKER],
    "a list of numbers": [1, True],
    "lists": [[MARKER]],
    "an empty table": {},
    "a table": {"a": MARKER},
    "tables": [{"a": MARKER}, {}],
}


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{key} = {toml(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return repr(value)


def file_with(way: Way, value: Any) -> tuple[str, int]:
    """A file that says it, and on which line."""
    lines = ["# a comment", "", "[controller]", "name = 'x'"]
    keys = [str(part) for part in way if not isinstance(part, int)]
    headers = [
        f"[[{'.'.join(map(str, way[:end]))}]]"
        for end in range(1, len(way))
        if isinstance(way[end], int)
    ]
    last = way[-2] if len(way) > 1 else None
    if way[0] == "controller" and len(way) > 1:
        lines = ["# a comment", "[controller]"]
    elif len(way) == 1:
        lines = ["# a comment"]
    elif headers and isinstance(last, int):
        lines += headers
    else:
        lines += [*headers, f"[{'.'.join(keys[:-1])}]"]
    return "\n".join([*lines, f"{way[-1]} = {toml(value)}"]), len(lines) + 1


@pytest.mark.parametrize("way", FIELDS, ids=lambda way: ".".join(map(str, way)))
def test_any_value_at_any_key_is_good_or_told_in_our_words_on_its_line(
    way: Way, tmp_path: Path
) -> None:
    secret = "file" in str(way[-1]) or way[-1] in ("sha256", "tls_key", "urls")
    for kind, value in WRONG.items():
        text, line = file_with(way, value)
        tomllib.loads(text)

        found = told(written(tmp_path, text))

        for problem in found:
            said = str(problem)
            assert not FOREIGN.search(said), (kind, said)
            assert problem.position is not None, (kind, said)
            assert said.rstrip().endswith((".", "sha256sum", "hex 32")), (kind, said)
            assert "\n" not in said, (kind, said)
            if secret and kind in ("lines", "a list", "lists"):
                assert MARKER not in said, (kind, said)
            # What lacks the rest of its table is told where that begins.
            about = problem.key.startswith(".".join(map(str, way)))
            assert problem.position.line == line or not about, (kind, said)


def test_there_are_as_many_keys_as_the_sweep_must_have() -> None:
    assert len(FIELDS) > 90
    assert ("ice", "servers", 0, "urls") in FIELDS
    assert ("features", "podcast", "notices", "en", "captured") in FIELDS


@given(
    st.recursive(
        st.one_of(st.booleans(), st.integers(), st.text(max_size=5), st.floats()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=2),
            st.dictionaries(
                st.sampled_from([str(way[-1]) for way in FIELDS] + ["en", "a b"]),
                inner,
                max_size=4,
            ),
        ),
    ),
    st.sampled_from([way for way in FIELDS if len(way) < 3]),
)
def test_no_file_is_told_of_in_words_of_the_library(value: Any, way: Way) -> None:
    nested: Any = value
    for part in reversed(way):
        nested = {part: nested}
    said = ""
    try:
        parse(nested)
    except ConfigInvalid as exc:
        said = str(exc)

    assert not FOREIGN.search(said)


MANY = """\
# A file with much that is wrong.
[server]
prot = 8080
port = "many"
tls_key = "/nowhere/key.pem"
directory = "data"

[serve]
x = 1

[[ice.servers]]
urls = "http://x"
[[ice.servers]]
urls = "turn:turn.example.org"

[ai]
model = "x"
first_token = 500

[place]
accent = "#ffee00"
privacy = "javascript:alert(1)"

[features.sumary]
sink = "external"
[features.transcript]
keep_for = 3
[features.recording]
shared_with = "presnt"
enabled = "yes"
"""


def test_all_of_it_is_told_at_once_each_with_its_line_and_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, MANY)

    assert main(["check", str(file)]) == 2
    lines = capsys.readouterr().err.splitlines()
    wanted = [
        (3, 'server.prot: there is no such key. Did you mean "port"?'),
        (4, "server.port: must be a whole number"),
        (5, "server.tls_key: tls_certificate and tls_key go together. Set both."),
        (6, "server.directory: there is no such key. It belongs into [data]."),
        (8, 'serve: there is no such key. Did you mean "server"?'),
        (12, "ice.servers.0.urls: 'http://x' is no address of a STUN or TURN"),
        (14, "ice.servers.1.urls: a TURN server lets nobody in without credentials"),
        (17, "ai.base_url and ai.model go together"),
        (18, "ai.first_token is longer than ai.total"),
        (21, "place.accent and place.accent_dark go together"),
        (21, "place.accent #ffee00 cannot be read"),
        (22, "place.privacy: say an address with https"),
        (24, "features.sumary has no notice in"),
        (24, "features.sumary.kinds is empty. Say what it touches"),
        (27, 'features.transcript.keep_for: say how long, as in "12 hours"'),
        (29, "features.recording.shared_with: must be one of 'present'"),
        (30, "features.recording.enabled: must be true or false"),
    ]
    for line, said in wanted:
        assert any(
            told.startswith(f"{file}:{line}:") and said in told for told in lines
        ), said
    assert lines[-1] == f"{len(lines) - 1} problems."
    assert len(lines) - 1 == len(wanted)


def test_a_program_is_told_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, MANY)
    assert main(["check", str(file)]) == 2
    plain = capsys.readouterr().err.splitlines()[:-1]

    assert main(["check", "--json", str(file)]) == 2
    said = json.loads(capsys.readouterr().out)

    assert said["good"] is False
    assert len(said["problems"]) == len(plain)
    assert said["problems"][0] == {
        "file": str(file),
        "line": 3,
        "column": 1,
        "key": "server.prot",
        "problem": 'there is no such key. Did you mean "port"?',
    }
    good = written(
        tmp_path, f"[data]\ndirectory = '{tmp_path / 'data'}'\n[server]\nport = 0"
    )
    assert main(["check", "--json", str(good)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["good"] is True
    assert said["offers"] == ["recording", "transcript", "summary", "compose"]


def test_the_server_says_the_same_when_it_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, MANY)
    assert main(["check", str(file)]) == 2
    checked = capsys.readouterr().err.splitlines()[:-1]

    assert main(["serve", "--config", str(file)]) == 2
    assert capsys.readouterr().err.splitlines() == checked


def test_what_a_file_names_is_tried_as_the_server_would_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.touch(mode=0o600)
    picture = tmp_path / "logo.png"
    picture.write_bytes(b"GIF89a")
    (tmp_path / "file").touch()
    lines = [
        "[server]",
        "host = '0.0.0.0'",
        f"tls_certificate = '{tmp_path}/none.pem'",
        f"tls_key = '{tmp_path}/none.key'",
        "[data]",
        f"directory = '{tmp_path}/file/data'",
        "[place]",
        f"logo = '{picture}'",
        "[rooms]",
        "open_to = 'token'",
        f"tokens = [ {{ name = 'a', file = '{empty}' }},",
        "  { name = 'b', file = 'hunter2marker' } ]",
        "[ai]",
        "base_url = 'ftp://x'",
        "model = 'm'",
        "[speech]",
        "engine = 'http'",
        f"key_file = '{empty}'",
        "[[ice.servers]]",
        "urls = 'turn:t'",
        f"secret_file = '{tmp_path}'",
    ]
    file = written(tmp_path, "\n".join(lines))

    assert main(["check", str(file)]) == 2
    said = capsys.readouterr().err

    for line, wanted in [
        (3, "none.pem cannot be read"),
        (4, "none.key cannot be read"),
        (6, "cannot be written (Not a directory)"),
        (8, "no PNG, WebP or SVG"),
        (11, "empty is empty. Write the secret into it"),
        (12, "cannot be read"),
        (14, "write an address as in"),
        (18, "is empty"),
        (21, "ice.servers.0.secret_file"),
    ]:
        assert re.search(rf"{file}:{line}:\d+: .*{re.escape(wanted)}", said), wanted
    assert "hunter2marker" not in said
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        *("empty", "file", "gatekeeper.toml", "logo.png"),
    ]


def test_a_port_that_is_taken_is_told_unless_it_is_our_own_servers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        data = tmp_path / "data"
        data.mkdir(mode=0o700)
        file = written(
            tmp_path,
            f"[server]\nhost = '127.0.0.1'\nport = {port}\n"
            f"[data]\ndirectory = '{data}'",
        )
        assert main(["check", str(file)]) == 2
        assert f"{file}:3:1: server.port: 127.0.0.1:{port}" in capsys.readouterr().err
        command = [sys.executable, "-m", "gatekeeper", "serve", "--config", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert f"{file}:3:1: server.port: 127.0.0.1:{port}" in done.stderr

        ours = {"pid": os.getpid(), "address": f"http://127.0.0.1:{port}"}
        (data / "server.lock").write_text(json.dumps(ours))
        assert main(["check", str(file)]) == 0
        gone = ours | {"pid": 2**22 + 1}
        (data / "server.lock").write_text(json.dumps(gone))
        assert main(["check", str(file)]) == 2


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[server]\nport 8080", 2, "not TOML: a key needs a value"),
        ("[server]\nhost = me", 2, "not TOML: the value is none. Put texts in quotes"),
        ("[server]\nhost = 'me", 2, "not TOML: a text does not end"),
        ('[server]\nhost = "me\nport = 1', 2, "not TOML: a character cannot stand"),
        ("[server\nport = 1", 1, "not TOML: the name of a table does not end"),
        (
            "[server]\n\nport = 1\nport = 2",
            4,
            "not TOML: this key stands there already",
        ),
        ("[ai]\n[server]\n[ai]", 3, "not TOML: this table stands there already"),
        ("x = 1 2", 1, "not TOML: there is something behind the value"),
        ("x = [1, 2", 1, "not TOML: a list does not end"),
        ("x = 2020-99-99", 1, "not TOML"),
        ("x = '''\nsecret", 2, "not TOML: a text does not end"),
        ("x = " + "9" * 5000, None, "not TOML"),
        ("x = " + "[" * 5000, None, "not TOML: values are nested too deeply"),
        (b"[server]\nhost = '\xff'", 2, "not TOML: the file is not written in UTF-8"),
        ("[server]\nport = 1".encode("utf-16"), 1, "Save it as UTF-8"),
        ("[server]\n\x00", 2, "not TOML"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line_and_a_fix(
    tmp_path: Path, text: str | bytes, line: int | None, said: str
) -> None:
    (problem,) = told(written(tmp_path, text))

    assert problem.said.startswith("not TOML")
    assert said in problem.said
    assert (problem.position and problem.position.line) == line


def test_a_byte_order_mark_and_other_ends_of_lines_are_no_mistake(
    tmp_path: Path,
) -> None:
    text = f"[data]\r\ndirectory = '{tmp_path / 'data'}'\r\n[server]\r\nport = 0\r\n"
    assert told(written(tmp_path, b"\xef\xbb\xbf" + text.encode())) == []
    (problem,) = told(written(tmp_path, b"\xef\xbb\xbf" + f"{text}hots = 1".encode()))
    assert str(problem).endswith(
        'gatekeeper.toml:5:1: server.hots: there is no such key. Did you mean "host"?'
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--port", "99999"], "--port: must be 65535 or less"),
        (["--host", ""], "--host"),
    ],
)
def test_what_the_command_line_says_in_place_of_the_file_is_told_of_too(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *given]) == 2
    assert said in capsys.readouterr().err
