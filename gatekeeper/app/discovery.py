"""
What is on this machine that a server could use: models, speech, a TURN server.

Rule 1: only this machine is asked: loopback addresses, no proxy, no redirect, for a
moment. Nothing leaves it.
Rule 2: no secret is told: a finding says where one is, and whether it can be read.
Rule 3: what is found is used by nobody until a person says so.
"""

import asyncio
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from gatekeeper.assistant.speech import whisper

PATIENCE = 1.5
"""Seconds for one server to answer."""
LARGEST = 1_000_000
"""Bytes of an answer, and of a configuration file of somebody else's."""
OLLAMA, LLAMA, VLLM = 11434, 8080, 8000
"""The ports that they take if nobody says another."""
COTURN = Path("/etc/turnserver.conf")
_LONGEST = 200
_LEAST_CONTEXT = 2048
"""As `ai.context_tokens` takes it."""
_OLLAMA_CONTEXT = 4096
"""What Ollama reads at once unless told otherwise (OLLAMA_CONTEXT_LENGTH)."""
_MOST_FOLDERS = 5000

Setting = str | int


@dataclass(frozen=True, slots=True)
class Found:
    """Something that can be used."""

    table: str
    """Of the configuration."""
    said: str
    """What it is, as a person reads it."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    """What uses it; empty: something has to be done first, and `said` says what."""
    secret_in: Path | None = None
    """The file of somebody else's in which its secret stands."""


async def found(
    folders: Sequence[Path] = (),
    *,
    ollama: int = OLLAMA,
    llama: int = LLAMA,
    vllm: int = VLLM,
    coturn: Path = COTURN,
) -> list[Found]:
    """All of it. `folders`: where else models may lie."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
        models = await asyncio.gather(
            _ollama(session, ollama), _llama(session, llama), _vllm(session, vllm)
        )
    speech = await asyncio.to_thread(lambda: [*_whispers([*_caches(), *folders])])
    relay = await asyncio.to_thread(_coturn, coturn)
    return [*(each for each in (*models, *speech, relay) if each is not None)]


async def _asked(session: aiohttp.ClientSession, port: int, path: str) -> Any:
    """What a server of this machine says, or None."""
    url = f"http://127.0.0.1:{port}{path}"
    try:
        async with session.get(url, allow_redirects=False) as answer:
            if answer.status != 200:
                return None
            text = b""
            async for part in answer.content.iter_chunked(65_536):
                text += part
                if len(text) > LARGEST:
                    return None
        return json.loads(text)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError):
        return None


async def _ollama(session: aiohttp.ClientSession, port: int) -> Found | None:
    """`GET /api/tags`: https://docs.ollama.com/api/tags"""
    answer = await _asked(session, port, "/api/tags")
    names = [
        name
        for each in _listed(answer, "models")
        if (name := _name(each, "name")) and not _embeds(each)
    ]
    if not names:
        return None
    context = {"context_tokens": _OLLAMA_CONTEXT}
    return _model("Ollama", port, names, context)


async def _llama(session: aiohttp.ClientSession, port: int) -> Found | None:
    """`GET /v1/models` and `/props`: llama.cpp, tools/server/README.md"""
    names = await _models(session, port, "llamacpp")
    if not names:
        return None
    props = await _asked(session, port, "/props")
    settings = _of(props, "default_generation_settings")
    return _model("llama.cpp", port, names, _context(_of(settings, "n_ctx")))


async def _vllm(session: aiohttp.ClientSession, port: int) -> Found | None:
    """`GET /v1/models`: https://docs.vllm.ai, OpenAI-compatible server"""
    answer = await _asked(session, port, "/v1/models")
    ours = [e for e in _listed(answer, "data") if e.get("owned_by") == "vllm"]
    names = [name for each in ours if (name := _name(each, "id"))]
    if not names:
        return None
    return _model("vLLM", port, names, _context(ours[0].get("max_model_len")))


async def _models(session: aiohttp.ClientSession, port: int, owner: str) -> list[str]:
    answer = await _asked(session, port, "/v1/models")
    listed = [e for e in _listed(answer, "data") if e.get("owned_by") == owner]
    return [name for each in listed if (name := _name(each, "id"))]


def _model(
    engine: str, port: int, names: Sequence[str], context: Mapping[str, Setting]
) -> Found:
    first, *others = names
    more = f" It has {len(others)} more: {', '.join(others[:5])}." if others else ""
    return Found(
        "ai",
        f'{engine} on this machine, with the model "{first}".{more}',
        {"base_url": f"http://localhost:{port}/v1", "model": first, **context},
    )


def _context(given: object) -> dict[str, Setting]:
    if isinstance(given, int) and given >= _LEAST_CONTEXT:
        return {"context_tokens": given}
    return {}


def _of(given: object, key: str) -> object:
    return given.get(key) if isinstance(given, dict) else None


def _listed(answer: object, key: str) -> list[dict[str, Any]]:
    listed = _of(answer, key)
    entries = listed if isinstance(listed, list) else []
    return [each for each in entries if isinstance(each, dict)]


def _name(given: Mapping[str, Any], key: str) -> str | None:
    """Fit to be shown and written down; whoever answers may say anything."""
    name = given.get(key)
    fits = isinstance(name, str) and 0 < len(name) <= _LONGEST and name.isprintable()
    return name if fits else None


def _embeds(model: Mapping[str, Any]) -> bool:
    """Whether it makes vectors, and no text."""
    family = _of(model.get("details"), "family")
    return "bert" in str(family).lower() or "embed" in str(model.get("name")).lower()


def _caches() -> Iterator[Path]:
    """Where such models usually lie."""
    home = Path.home()
    yield Path(os.environ.get("HF_HOME", home / ".cache" / "huggingface")) / "hub"
    yield home / ".cache" / "faster-whisper"
    yield from (Path("/srv/models"), Path("/var/lib/faster-whisper"))


def _whispers(roots: Iterable[Path]) -> Iterator[Found]:
    """Folders that hold a whole model, each once."""
    seen: set[Path] = set()
    for root in roots:
        for folder in _folders(root):
            real = folder.resolve()
            if real in seen or whisper.missing(folder):
                continue
            seen.add(real)
            if str(real).isprintable():
                yield Found(
                    "speech",
                    f"A faster-whisper model in {real}.",
                    {"engine": "whisper", "model_dir": str(real)},
                )


def _folders(root: Path, deep: int = 4) -> Iterator[Path]:
    """`root` and what is in it: a cache of Hugging Face's is three folders deep."""
    waiting = [(root, 0)]
    for _ in range(_MOST_FOLDERS):
        if not waiting:
            return
        folder, depth = waiting.pop()
        try:
            inner = sorted(e.path for e in os.scandir(folder) if e.is_dir())
        except OSError:
            continue
        yield folder
        if depth < deep:
            waiting += [(Path(each), depth + 1) for each in reversed(inner)]


def _coturn(file: Path) -> Found | None:
    """The TURN server of Debian's package, by its configuration."""
    try:
        with file.open("rb") as opened:
            text = opened.read(LARGEST).decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as exc:
        return Found(
            "ice",
            f"coturn, whose {file} cannot be read ({exc.strerror}). Run this as an "
            "account that can, or write its static-auth-secret into a file for "
            "ice.servers.secret_file.",
        )
    if "static-auth-secret" not in (given := _options(text)):
        return Found(
            "ice",
            f"coturn, but no static-auth-secret in {file}. Set use-auth-secret and "
            "static-auth-secret=... there, and run this again.",
        )
    host = given.get("server-name") or given.get("realm", "")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,252}", host):
        return Found(
            "ice",
            f"coturn, but no name by which browsers find it in {file}. Set "
            "realm=turn.example.org there, and run this again.",
        )
    port = given.get("listening-port", "3478")
    port = port if re.fullmatch(r"[1-9][0-9]{0,4}", port) else "3478"
    return Found(
        "ice",
        f"coturn, as {host}; its secret can be read in {file}.",
        {"urls": f"turn:{host}:{port}"},
        secret_in=file,
    )


def _options(text: str) -> dict[str, str]:
    """Of a `turnserver.conf`: `name=value` or `name value`, and # before comments."""
    found = {}
    for line in text.splitlines():
        name, _, value = line.strip().replace("=", " ", 1).partition(" ")
        if name and not name.startswith("#"):
            found[name] = value.strip().strip('"')
    return found


def secret_of(file: Path) -> str:
    """What coturn's `static-auth-secret` is. Raises `OSError`."""
    with file.open("rb") as opened:
        text = opened.read(LARGEST).decode("utf-8", "replace")
    return _options(text)["static-auth-secret"]
