"""One TOML file, one frozen model, and the features that it offers."""

from gatekeeper.config.features import SinkName
from gatekeeper.config.load import load, parse
from gatekeeper.config.locales import Language
from gatekeeper.config.model import Config, Controller, Limits, Server
from gatekeeper.config.offered import EngineFacts, OfferedFeature, offered

__all__ = [
    "Config",
    "Controller",
    "EngineFacts",
    "Language",
    "Limits",
    "OfferedFeature",
    "Server",
    "SinkName",
    "load",
    "offered",
    "parse",
]
