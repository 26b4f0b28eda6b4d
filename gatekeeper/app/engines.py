"""
Equipment: what this server runs its assistant with, as the configuration says.

Rule 1: a notice says what runs in fact: engine, model, and whether words leave this
machine. It is made here, of the very settings that are used.
Rule 2: nothing is loaded and nobody is asked to find that out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatekeeper.assistant.model.endpoint import Endpoint, Times, host_elsewhere
from gatekeeper.assistant.speech.fitness import Processor, describe, unfit
from gatekeeper.assistant.speech.settings import EngineSettings
from gatekeeper.config import Config, EngineFacts
from gatekeeper.consent.types import LanguageTag
from gatekeeper.errors import ConfigInvalid

_EN, _DE = LanguageTag("en"), LanguageTag("de")
_SENT = {
    _EN: "what it has received cannot be called back",
    _DE: "Was dort ankam, lässt sich nicht zurückholen",
}
_RULES = {
    _EN: "Rules on this server, without an AI model",
    _DE: "Regeln auf diesem Server, ohne KI-Modell",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets from the environment; they go before those in files."""

    speech: str | None = field(default=None, repr=False)
    ai: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Engines:
    """The speech engine, the model, and what notices say of them."""

    speech: EngineSettings
    endpoint: Endpoint | None
    """None: there is no model."""
    runs: Mapping[str, EngineFacts]
    """By the name of the feature."""


def choose_engines(config: Config, keys: Keys) -> Engines:
    """The equipment of a server. Raises `ConfigInvalid` that names key and fix."""
    speech = _speech(config, keys)
    endpoint = _endpoint(config, keys)
    hears = describe(speech)
    writes = _writes(endpoint)
    cannot = unfit(speech)
    return Engines(
        speech,
        endpoint,
        {
            "transcript": EngineFacts(
                {tag: _said(hears, tag) for tag in _SENT},
                third_party=hears.host is not None,
                unavailable=cannot,
            ),
            "summary": EngineFacts(
                {tag: _summed_up(hears, writes, tag) for tag in _SENT},
                third_party=any(by and by.host for by in (hears, writes)),
                rules=writes is None,
                unavailable=cannot,
            ),
            "compose": EngineFacts(
                {tag: _said(writes, tag) if writes else _RULES[tag] for tag in _SENT},
                third_party=writes is not None and writes.host is not None,
                rules=writes is None,
            ),
        },
    )


def _speech(config: Config, keys: Keys) -> EngineSettings:
    speech = config.speech
    if speech.engine == "http" and speech.base_url:
        _check("speech.base_url", speech.base_url)
    return EngineSettings(
        engine=speech.engine,
        model_dir=speech.model_dir,
        language=speech.language,
        base_url=speech.base_url,
        model=speech.model,
        key=keys.speech or speech.key(),
    )


def _endpoint(config: Config, keys: Keys) -> Endpoint | None:
    ai = config.ai
    if not ai.base_url:
        return None
    _check("ai.base_url", ai.base_url)
    try:
        return Endpoint(
            base_url=ai.base_url,
            model=ai.model,
            key=keys.ai or ai.key(),
            context_tokens=ai.context_tokens,
            times=Times(first_token=ai.first_token, total=ai.total),
        )
    except ValueError as exc:
        raise ConfigInvalid(f"ai: {exc}") from None


def _check(key: str, address: str) -> None:
    try:
        host_elsewhere(address)
    except ValueError as exc:
        raise ConfigInvalid(f"{key}: {exc}") from None


def _writes(endpoint: Endpoint | None) -> Processor | None:
    if endpoint is None:
        return None
    return Processor(endpoint.model, host_elsewhere(endpoint.base_url))


def _said(by: Processor, tag: LanguageTag) -> str:
    """Who processes something, and where."""
    if by.host is None:
        where = "auf diesem Server" if tag == _DE else "on this server"
        return f"{by.engine} {where}"
    if tag == _DE:
        return f"{by.engine} bei {by.host}, nicht auf diesem Server. {_SENT[tag]}"
    return f"{by.engine} at {by.host}, not on this server: {_SENT[tag]}"


def _summed_up(hears: Processor, writes: Processor | None, tag: LanguageTag) -> str:
    words = _said(hears, tag)
    text = _said(writes, tag) if writes else _RULES[tag]
    if tag == _DE:
        return f"Worte: {words}. Text: {text}"
    return f"Words: {words}. Text: {text}"
