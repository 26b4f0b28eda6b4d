"""One TOML file, one frozen model, and the features that it offers."""

from gatekeeper.config.features import KEEPERS, SinkName
from gatekeeper.config.load import load
from gatekeeper.config.model import Config, Controller, IceServer, Limits
from gatekeeper.config.offered import OfferedFeature, Run, offered
from gatekeeper.config.section import Language

__all__ = [
    "KEEPERS",
    "Config",
    "Controller",
    "IceServer",
    "Language",
    "Limits",
    "OfferedFeature",
    "Run",
    "SinkName",
    "load",
    "offered",
]
