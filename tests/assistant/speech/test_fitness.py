"""What a server says of its speech engine before anybody speaks."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from gatekeeper.assistant.speech import fitness
from gatekeeper.assistant.speech.fitness import Processor, describe, unfit
from gatekeeper.assistant.speech.settings import EngineSettings

HTTP = EngineSettings("http", base_url="http://localhost:8000/v1", model="whisper-1")
ELSEWHERE = EngineSettings("http", base_url="https://speech.example/v1", model="big")


def test_the_embedded_engine_can_run_and_says_who_it_is() -> None:
    assert unfit(EngineSettings()) is None
    assert describe(EngineSettings()) == Processor(
        "moonshine-voice 0.1.0, model tiny-en", None
    )


@pytest.mark.parametrize(
    ("settings", "host"), [(HTTP, None), (ELSEWHERE, "speech.example")]
)
def test_an_endpoint_is_named_by_its_model_and_its_host(
    settings: EngineSettings, host: str | None
) -> None:
    assert unfit(settings) is None
    assert describe(settings) == Processor(settings.model, host)


@pytest.mark.parametrize(
    ("settings", "fix"),
    [
        (EngineSettings("none"), 'engine is "none"'),
        (EngineSettings(language="de"), "English only"),
        (EngineSettings("http", model="big"), "base_url"),
        (EngineSettings("http", base_url="speech.example"), "base_url"),
        (EngineSettings("http", base_url="http://localhost/v1"), "model"),
        (EngineSettings("whisper"), "model_dir"),
        (EngineSettings("whisper", Path("small")), "not a folder"),
        (EngineSettings("embedded", Path(__file__).parent), "encoder_model.ort"),
        (
            EngineSettings("whisper", Path(__file__).parent),
            "vocabulary.json or vocabulary.txt",
        ),
    ],
)
def test_what_cannot_run_says_why_and_what_to_do(
    settings: EngineSettings, fix: str
) -> None:
    said = unfit(settings)

    assert said is not None
    assert fix in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("settings", "package", "fix"),
    [
        (EngineSettings(), "moonshine_voice", "There is no speech engine for this"),
        (EngineSettings(), "webrtcvad", "gatekeeper[speech]"),
        (EngineSettings("whisper"), "faster_whisper", "gatekeeper[whisper]"),
        (HTTP, "webrtcvad", "gatekeeper[speech]"),
    ],
)
def test_what_is_not_installed_is_said(
    monkeypatch: pytest.MonkeyPatch, settings: EngineSettings, package: str, fix: str
) -> None:
    monkeypatch.setattr(
        fitness, "find_spec", lambda name: None if name == package else find_spec(name)
    )

    assert fix in (unfit(settings) or "")


def test_the_model_folder_is_named_by_its_last_part() -> None:
    settings = EngineSettings("whisper", Path("/srv/models/base"))

    assert describe(settings).engine.startswith("faster-whisper 1.")
    assert describe(settings).engine.endswith(", model folder base")
