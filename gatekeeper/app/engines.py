"""
Engines: what this server runs its assistant with, as the configuration says.

Rule 1: a notice says what runs in fact: engine, model, and whether words leave this
machine. It is made here, of the very settings that are used.
Rule 2: nothing is loaded and nobody is asked to find that out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gatekeeper.assistant.model.endpoint import Endpoint, Times, host_elsewhere
from gatekeeper.assistant.speech.fitness import Processor, describe, unfit
from gatekeeper.assistant.speech.settings import EngineSettings
from gatekeeper.config import Config, EngineFacts
from gatekeeper.config.locales import locales
from gatekeeper.consent.features import COMPOSE, SUMMARY, TRANSCRIPT
from gatekeeper.consent.locale import Locale
from gatekeeper.consent.types import LanguageTag
from gatekeeper.consent.wording import processor
from gatekeeper.errors import ConfigInvalid


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
    speech = speech_settings(config, keys)
    endpoint = model_endpoint(config, keys)
    hears = describe(speech)
    writes = _writes(endpoint)
    cannot = unfit(speech)
    return Engines(
        speech,
        endpoint,
        {
            TRANSCRIPT: EngineFacts(
                _in_each_language(lambda locale: _said(hears, locale)),
                third_party=hears.host is not None,
                unavailable=cannot,
            ),
            SUMMARY: EngineFacts(
                _in_each_language(lambda locale: _summed_up(hears, writes, locale)),
                third_party=any(by and by.host for by in (hears, writes)),
                rules=writes is None,
                unavailable=cannot,
            ),
            COMPOSE: EngineFacts(
                _in_each_language(lambda locale: _said(writes, locale)),
                third_party=writes is not None and writes.host is not None,
                rules=writes is None,
            ),
        },
    )


def speech_settings(config: Config, keys: Keys) -> EngineSettings:
    """What hears. Raises `ConfigInvalid`."""
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


def model_endpoint(config: Config, keys: Keys) -> Endpoint | None:
    """What writes, if there is a model. Raises `ConfigInvalid`."""
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


def _in_each_language(say: Callable[[Locale], str]) -> dict[LanguageTag, str]:
    return {tag: say(locale) for tag, locale in locales().items()}


def _said(by: Processor | None, locale: Locale) -> str:
    """Who processes something, and where; None: rules do."""
    if by is None:
        return locale.processor.rules
    return processor(by.engine, by.host, locale)


def _summed_up(hears: Processor, writes: Processor | None, locale: Locale) -> str:
    return locale.processor.words_and_text.format(
        words=_said(hears, locale), text=_said(writes, locale)
    )
