"""The engines: what hears, what writes, and what makes films."""

import json

import aiohttp
from av.codec.codec import Codec, UnknownCodecError

from gatekeeper.app.doctor.examination import why
from gatekeeper.app.doctor.finding import Finding, fault, ok, skipped, warning
from gatekeeper.app.engines import Engines
from gatekeeper.assistant.speech.fitness import describe, unfit
from gatekeeper.assistant.speech.settings import EngineSettings
from gatekeeper.config import Config
from gatekeeper.media.film.segments import encoder
from gatekeeper.media.film.sound import CODECS

LONGEST = 1_000_000


async def look_at_speech(settings: EngineSettings) -> list[Finding]:
    """Whether the engine that is chosen can hear."""
    if settings.engine == "none":
        return [skipped('speech.engine is "none".')]
    if (cannot := unfit(settings)) is not None:
        chosen = settings.engine != "embedded" or settings.model_dir is not None
        cause, fix = f"Nobody can transcribe here. {cannot}", ""
        return [fault(cause, fix) if chosen else warning(cause, fix)]
    if settings.engine == "http":
        return await _asked(
            "speech.base_url", settings.base_url, settings.key, settings.model
        )
    return [ok(f"{describe(settings).engine} is there, with its model.")]


async def look_at_model(engines: Engines) -> list[Finding]:
    """Whether the model that writes can be reached."""
    endpoint = engines.endpoint
    if endpoint is None:
        return [skipped("ai.base_url is empty: rules pick quotes, no model writes.")]
    return await _asked("ai.base_url", endpoint.base_url, endpoint.key, endpoint.model)


async def _asked(
    key: str, base_url: str, secret: str | None, model: str
) -> list[Finding]:
    """Ask an OpenAI-compatible server which models it has."""
    headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
    try:
        async with (
            aiohttp.ClientSession() as http,
            http.get(
                f"{base_url.rstrip('/')}/models",
                headers=headers,
                allow_redirects=False,
            ) as answer,
        ):
            status, text = answer.status, await answer.content.read(LONGEST)
    except (OSError, aiohttp.ClientError) as exc:
        return [
            fault(
                f"The server at {key} cannot be reached: {why(exc)}.",
                f"Start it, or correct {key}.",
            )
        ]
    return [_answered(key, status, text, model)]


def _answered(key: str, status: int, text: bytes, model: str) -> Finding:
    if status in (401, 403):
        return fault(
            f"The server at {key} refuses the key ({status}).",
            "Put the right one into the file that key_file names.",
        )
    if status >= 500:
        return fault(f"The server at {key} is ill ({status}).", "Look at its log.")
    if status != 200:
        return warning(
            f"The server at {key} does not say which models it has ({status}).",
            f"Check that {key} ends as its guide says, mostly in /v1.",
        )
    if (names := _models(text)) and model not in names:
        return warning(
            f"The server at {key} does not list the model {model}.",
            f"Fetch it there, or name one of: {', '.join(names[:10])}",
        )
    return ok(f"The server at {key} answers, with the model {model}.")


def _models(text: bytes) -> list[str]:
    try:
        return [str(each["id"]) for each in json.loads(text)["data"]]
    except (ValueError, KeyError, TypeError):
        return []


def look_at_film(config: Config) -> list[Finding]:
    """Whether films can be made."""
    form = config.film.format
    missing = [
        name for name in (encoder(form), CODECS[form].name) if not _encodes(name)
    ]
    if missing:
        return [
            fault(
                f"No film can be made: there is no encoder {' and no '.join(missing)}.",
                'Install PyAV from its wheel (pip install av), or set film.format = "'
                f'{"webm" if form == "mp4" else "mp4"}".',
            )
        ]
    return [ok(f"Films can be made ({form}).")]


def _encodes(name: str) -> bool:
    try:
        Codec(name, "w")
    except UnknownCodecError:
        return False
    return True
