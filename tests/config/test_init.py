"""A configuration to begin with: whole, true, and with what is on the machine."""

import asyncio
import json
import os
import pty
import stat
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from gatekeeper.app import discovery
from gatekeeper.app.cli import main
from gatekeeper.app.cli.init import written
from gatekeeper.app.discovery import COTURN, Found, found
from gatekeeper.config import Config, load
from gatekeeper.config.example import example
from tests.assistant.llama import CONTEXT, llama, make_gguf
from tests.assistant.speech import tiny_whisper
from tests.turn import free_port

TAGS = {
    "models": [
        {"name": "nomic-embed-text:latest", "details": {"family": "nomic-bert"}},
        {
            "name": "gemma3:4b",
            "model": "gemma3:4b",
            "modified_at": "2025-10-03T23:34:03.409490317-07:00",
            "size": 3338801804,
            "digest": "a2af6cc3eb7fa8be8504abaf9b04e88f17a119ec3f04a3addf55f928",
            "details": {"format": "gguf", "family": "gemma", "parameter_size": "4.3B"},
        },
        {"name": "apertus:8b", "details": {"family": "apertus"}},
    ]
}
"""As https://docs.ollama.com/api/tags has it."""
VLLM = {
    "object": "list",
    "data": [
        {
            "id": "swiss-ai/Apertus-8B-Instruct-2509",
            "object": "model",
            "created": 1761955200,
            "owned_by": "vllm",
            "root": "swiss-ai/Apertus-8B-Instruct-2509",
            "parent": None,
            "max_model_len": 65536,
            "permission": [],
        }
    ],
}
"""As vLLM's OpenAI-compatible server lists what it serves."""
SECRET = "s3cret-of-coturn"  # noqa: S105 - of a test


@asynccontextmanager
async def serving(answers: Mapping[str, Any]) -> AsyncIterator[int]:
    """A real HTTP server on this machine: what it says by path."""

    async def answer(request: web.Request) -> web.StreamResponse:
        said = answers.get(request.path)
        if callable(said):
            made: web.StreamResponse = await said(request)
            return made
        if said is None:
            raise web.HTTPNotFound
        return web.json_response(said)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def look(folders: Sequence[Path] = (), **at: Any) -> list[Found]:
    """What is found where it is said, and nowhere else."""
    ports = {name: free_port() for name in ("ollama", "llama", "vllm")}
    nowhere = {"coturn": Path("/nowhere/turnserver.conf")}
    finds = await found(folders, **{**ports, **nowhere, **at})
    ours = [str(each) for each in folders]
    return [
        each
        for each in finds
        if each.table != "speech"
        or any(str(each.settings["model_dir"]).startswith(one) for one in ours)
    ]


def configured(finds: list[Found], file: Path) -> Config:
    file.write_text(written(example(), finds, finds, file), "utf-8")
    return load(file)


async def test_a_model_of_ollama_is_found_and_used(tmp_path: Path) -> None:
    async with serving({"/api/tags": TAGS}) as port:
        (model,) = await look(ollama=port)

    assert 'the model "gemma3:4b"' in model.said
    assert "apertus:8b" in model.said
    assert "nomic" not in model.said
    ai = configured([model], tmp_path / "a.toml").ai
    assert (ai.base_url, ai.model) == (f"http://localhost:{port}/v1", "gemma3:4b")
    assert ai.context_tokens == 4096


async def test_a_model_of_vllm_is_found_and_used(tmp_path: Path) -> None:
    async with serving({"/v1/models": VLLM}) as port:
        (model,) = await look(vllm=port)
        assert await look(llama=port) == []  # it is not that one

    ai = configured([model], tmp_path / "a.toml").ai
    assert ai.model == "swiss-ai/Apertus-8B-Instruct-2509"
    assert ai.context_tokens == 65536


async def test_a_model_of_the_real_llama_cpp_server_is_found_and_used(
    tmp_path: Path,
) -> None:
    model = make_gguf(tmp_path / "model.gguf", "Yes.")
    with llama(model) as server:
        port = int(server.base_url.split(":")[2].split("/")[0])
        (each,) = await look(llama=port)

    ai = configured([each], tmp_path / "a.toml").ai
    assert ai.base_url == f"http://localhost:{port}/v1"
    assert ai.model
    assert ai.context_tokens in (CONTEXT, Config().ai.context_tokens)


async def test_a_folder_with_a_whole_model_of_faster_whisper_is_found(
    tmp_path: Path,
) -> None:
    deep = tmp_path / "hub" / "models--Systran--faster-whisper-tiny" / "snapshots" / "1"
    tiny_whisper.make(deep)
    half = tmp_path / "hub" / "half"
    half.mkdir()
    (half / "model.bin").touch()
    (tmp_path / "again").symlink_to(deep)

    (model,) = await look([tmp_path / "hub", tmp_path / "again", tmp_path / "none"])

    speech = configured([model], tmp_path / "a.toml").speech
    assert speech.engine == "whisper"
    assert speech.model_dir == deep.resolve()


async def slow(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b" ")
        await asyncio.sleep(0.05)


async def endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b"[" * 65_536)


@pytest.mark.parametrize(
    "said",
    [
        slow,
        endless,
        [],
        "text",
        {"models": 3},
        {"models": [3, {"name": 3}, {"name": "a\x1b[31m"}, {"name": "x" * 999}, {}]},
        {"models": [{"name": 'a"\nbase_url = "http://evil'}]},
    ],
    ids=str,
)
async def test_whatever_answers_there_it_takes_a_moment_and_is_no_model(
    said: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "PATIENCE", 0.5)
    async with serving({"/api/tags": said, "/v1/models": said}) as port:
        assert await look(ollama=port, llama=port, vllm=port) == []


async def test_nobody_is_asked_beyond_this_machine() -> None:
    asked = []

    async def elsewhere(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.json_response(TAGS)

    async with serving({"/api/tags": elsewhere}) as other:

        async def redirect(request: web.Request) -> web.StreamResponse:
            raise web.HTTPFound(f"http://127.0.0.1:{other}/api/tags")

        async with serving({"/api/tags": redirect}) as port:
            assert await look(ollama=port) == []
    assert asked == []


def conf(folder: Path, text: str) -> Path:
    file = folder / "turnserver.conf"
    file.write_text(text)
    return file


async def test_coturn_is_found_and_its_secret_is_shown_nowhere(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = (
        f"# x\nuse-auth-secret\nstatic-auth-secret={SECRET}\nrealm=turn.example.org\n"
    )
    file = conf(tmp_path, text)
    (relay,) = await look(coturn=file)
    assert SECRET not in repr(relay)

    async def finds(_: object) -> list[Found]:
        return [relay]

    monkeypatch.setattr("gatekeeper.app.cli.init.found", finds)
    made = tmp_path / "gatekeeper.toml"
    code = await asyncio.to_thread(main, ["init", "--yes", str(made)])

    assert code == 0
    (server,) = load(made).ice.servers
    assert server.urls == ("turn:turn.example.org:3478",)
    assert server.secret("") == SECRET
    secret = tmp_path / "gatekeeper.turn-secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    shown = capsys.readouterr()
    assert SECRET not in shown.out + shown.err + made.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#static-auth-secret=north\nrealm=a.example", "no static-auth-secret"),
        ("static-auth-secret=x\n", "no name by which browsers find it"),
        ("static-auth-secret=x\nrealm=a b\n", "no name by which browsers find it"),
    ],
)
async def test_what_coturn_lacks_is_said(tmp_path: Path, text: str, said: str) -> None:
    (relay,) = await look(coturn=conf(tmp_path, text))
    assert said in relay.said
    assert not relay.settings


@pytest.mark.skipif(not COTURN.exists(), reason="There is no coturn here.")
async def test_debians_own_configuration_of_coturn_is_understood() -> None:
    (relay,) = await look(coturn=COTURN)
    assert "coturn" in relay.said
    assert not relay.settings  # as it comes it has no secret


MODEL = Found("ai", "A model.", {"base_url": "http://localhost:1/v1", "model": "m"})


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    async def finds(_: object) -> list[Found]:
        return [MODEL, Found("ai", "Another.", {"base_url": "x", "model": "n"})]

    monkeypatch.setattr("gatekeeper.app.cli.init.found", finds)


def test_without_a_terminal_nothing_is_asked_and_what_is_found_is_a_comment(
    tmp_path: Path, here: None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gatekeeper.toml"

    assert main(["init", str(file)]) == 0

    text = file.read_text("utf-8")
    assert '# base_url = "http://localhost:1/v1"' in text
    assert "# Found by `gatekeeper init`: A model." in text
    assert load(file).ai.base_url == ""
    # Taking the marks away is all that there is to it.
    noted = 'base_url = "http://localhost:1/v1"\nmodel = "m"\n'
    assert "".join(f"# {line}\n" for line in noted.splitlines()) in text


def test_what_is_there_is_overwritten_only_when_told(
    tmp_path: Path, here: None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gatekeeper.toml"
    file.write_text("mine")
    assert main(["init", str(file)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert file.read_text() == "mine"

    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "elsewhere.toml")
    assert main(["init", str(link)]) == 2

    assert main(["init", "--overwrite", "--yes", str(file)]) == 0
    assert load(file).ai.model == "m"
    assert main(["init", str(tmp_path / "none" / "x.toml")]) == 2
    assert "cannot be written" in capsys.readouterr().err


PROGRAM = f"""
import sys
from gatekeeper.app.cli import init, main
from gatekeeper.app.discovery import Found
async def finds(_):
    return [Found("ai", "A model.", {json.dumps(dict(MODEL.settings))})]
init.found = finds
sys.exit(main(["init", sys.argv[1]]))
"""


@pytest.mark.parametrize(
    ("said", "model"), [("y", "m"), ("n", ""), ("", ""), ("x", "")]
)
def test_at_a_terminal_a_person_is_asked_and_anything_but_yes_is_no(
    tmp_path: Path, said: str, model: str
) -> None:
    file = tmp_path / "gatekeeper.toml"
    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover - another process
        os.execv(sys.executable, [sys.executable, "-c", PROGRAM, str(file)])  # noqa: S606
    shown = b""
    while b"(y/N)" not in shown:
        shown += os.read(terminal, 4096)
    os.write(terminal, f"{said}\n".encode())
    _, status = os.waitpid(process, 0)
    os.close(terminal)

    assert status == 0
    assert load(file).ai.model == model


def test_whatever_is_found_the_file_loads(tmp_path: Path) -> None:
    finds = [
        Found("ai", 'A "model" # here.', {"base_url": "http://localhost:1/v1",
              "model": 'quoted "x" \\ é [y]', "context_tokens": 4096}),
        Found("speech", "B.", {"engine": "whisper", "model_dir": "/srv/a b"}),
        Found("ice", "C.", {"urls": "turn:a.example:3478"}),
        Found("ice", "Lacks something.", {}),
    ]  # fmt: skip
    file = tmp_path / "x.toml"
    for number in range(2 ** len(finds)):
        used = [each for bit, each in enumerate(finds) if number >> bit & 1]
        file.write_text(written(example(), finds, used, file), "utf-8")
        config = load(file)
        assert (config.ai.model == 'quoted "x" \\ é [y]') is (finds[0] in used)
        assert (config.speech.model_dir is not None) is (finds[1] in used)
        assert bool(config.ice.servers) is (finds[2] in used)
    file.write_text(written(example(), [], [], file), "utf-8")
    assert file.read_text("utf-8") == example()
