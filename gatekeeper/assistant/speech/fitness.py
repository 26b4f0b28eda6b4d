"""
Fitness: whether the chosen engine can run here, and who it is.

Nothing is loaded to find out, so the server can ask whenever it wants to know.
"""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from gatekeeper.assistant.model.endpoint import host_elsewhere
from gatekeeper.assistant.speech import moonshine, whisper
from gatekeeper.assistant.speech.settings import EngineSettings

_INSTEAD = (
    'or set [speech] engine to "whisper" with a model folder, or to "http" with the '
    "address of a server that transcribes."
)


@dataclass(frozen=True, slots=True)
class Processor:
    """Who hears, in the words of a notice."""

    engine: str
    """With its version and its model."""
    host: str | None
    """Where it is; None for this machine."""


def unfit(settings: EngineSettings) -> str | None:
    """Why this engine cannot run here, and what to do about it; None if it can."""
    match settings.engine:
        case "none":
            return (
                "Speech recognition is switched off on this server: [speech] engine "
                'is "none".'
            )
        case "embedded":
            return _unfit_embedded(settings) or _unfit_everywhere("speech")
        case "whisper":
            return _unfit_whisper(settings) or _unfit_everywhere("whisper")
        case "http":
            return _unfit_http(settings) or _unfit_everywhere("speech")


def describe(settings: EngineSettings) -> Processor:
    """Who hears with these settings."""
    match settings.engine:
        case "none":
            return Processor("none", None)
        case "embedded":
            folder = settings.model_dir
            model = "tiny-en" if folder is None else folder.name
            return Processor(f"{_named('moonshine-voice')}, model {model}", None)
        case "whisper":
            folder = settings.model_dir
            model = "none" if folder is None else folder.name
            return Processor(f"{_named('faster-whisper')}, model folder {model}", None)
        case "http":
            return Processor(settings.model, host_elsewhere(settings.base_url))


def _unfit_embedded(settings: EngineSettings) -> str | None:
    if settings.language and settings.language.split("-")[0].lower() != "en":
        return (
            "The embedded speech engine knows English only. Set [speech] language to "
            f'"en", {_INSTEAD}'
        )
    if find_spec("moonshine_voice") is None:
        return (
            "There is no speech engine for this platform. Install gatekeeper[speech] "
            "on Linux (x86_64 or aarch64, glibc 2.34 or newer), Windows (amd64) or "
            f"macOS 15 (arm64), {_INSTEAD}"
        )
    if moonshine.model_folder(settings.model_dir) is not None:
        return None
    if settings.model_dir is not None:
        return (
            f"[speech] model_dir: {settings.model_dir} is not the folder of a "
            f"Moonshine model. It needs {', '.join(moonshine.FILES)}."
        )
    return (
        "The speech engine that is installed comes without its model. Install "
        "moonshine-voice 0.1.0, whose wheels have it, or set [speech] model_dir to the "
        f"folder of a Moonshine model, {_INSTEAD}"
    )


def _unfit_whisper(settings: EngineSettings) -> str | None:
    if find_spec("faster_whisper") is None:
        return "faster-whisper is not installed. Install gatekeeper[whisper]."
    folder = settings.model_dir
    if folder is None:
        return (
            "No Whisper model is set. Set [speech] model_dir to the folder of a model "
            "in CTranslate2 format."
        )
    if not folder.is_dir():
        return (
            f"[speech] model_dir: {folder} is not a folder. Models are never fetched "
            "by name; put one there."
        )
    if lacking := whisper.missing(folder):
        return f"[speech] model_dir: {folder} lacks {', '.join(lacking)}."
    return None


def _unfit_http(settings: EngineSettings) -> str | None:
    if not settings.base_url:
        return (
            "No address of a speech server is set. Set [speech] base_url, as in "
            '"http://localhost:8000/v1".'
        )
    try:
        host_elsewhere(settings.base_url)
    except ValueError as exc:
        return f"[speech] base_url: {exc}"
    if not settings.model:
        return "No speech model is set. Set [speech] model to a name the server knows."
    return None


def _unfit_everywhere(extra: str) -> str | None:
    if find_spec("webrtcvad") is None:
        return (
            "webrtcvad-wheels is not installed, so nobody can tell where somebody "
            f"speaks. Install gatekeeper[{extra}]."
        )
    return None


@cache
def _named(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package
