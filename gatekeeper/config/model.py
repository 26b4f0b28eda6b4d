"""
The configuration: one TOML file, validated whole before anything starts.

Rule 1: every default stands in the model and is the private one.
Rule 2: an error names the file, the key and the fix (`ConfigInvalid`).
Rule 3: no key can grant for anybody (design.md, rule 10).
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from gatekeeper.config.admin import Admin
from gatekeeper.config.api import Api
from gatekeeper.config.base_path import BasePath
from gatekeeper.config.features import FEED, Feature, mistakes_of
from gatekeeper.config.ice import Ice
from gatekeeper.config.locales import Language, locales
from gatekeeper.config.network import Proxy
from gatekeeper.config.place import Place
from gatekeeper.config.rooms import Rooms
from gatekeeper.config.section import (
    FeatureName,
    FilePath,
    Flag,
    Number,
    Period,
    Section,
    Text,
    Whole,
    Wrong,
    Wrongs,
    secret,
)
from gatekeeper.consent.features import BUILT_IN
from gatekeeper.consent.types import LanguageTag

_TLS = (("tls_certificate",), ("tls_key",))
_REDIRECT = ("redirect_port",)


class Server(Section):
    """Where the server listens."""

    host: Text = "localhost"
    port: Annotated[Whole, Field(ge=0, le=65535)] = 8080
    base_path: BasePath = "/"
    """Below which all addresses are, as a browser sees them: "/", or "/meet/"."""
    names: tuple[Text, ...] = ()
    """Host names that it is reached by, beside `host`, those of the machine, and any
    address: what a browser is sent to under another name is refused."""
    tls_certificate: FilePath | None = None
    """Chain in PEM form, the server's own first; with `tls_key`. None: no TLS here."""
    tls_key: FilePath | None = None
    redirect_port: Annotated[Whole, Field(ge=0, le=65535)] | None = None
    """A plain port beside TLS that sends browsers on to it, and does nothing else."""
    plain_http: Flag = False
    """Whether other machines may be answered without TLS, and without a proxy."""
    trusted_proxies: tuple[Proxy, ...] = ()
    """Proxies that are believed whom they speak for (`X-Forwarded-For`), and how and
    by which name they are reached (`-Proto`, `-Host`)."""

    @model_validator(mode="after")
    def _certificate_and_key(self) -> Self:
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise Wrong("tls_certificate and tls_key go together. Set both.", *_TLS)
        return self

    @model_validator(mode="after")
    def _redirect_to_tls(self) -> Self:
        if self.redirect_port is None:
            return self
        if self.tls_certificate is None:
            raise Wrong(
                "redirect_port leads to TLS, and there is none here. Set "
                "tls_certificate and tls_key, or leave it to the proxy.",
                _REDIRECT,
            )
        if self.redirect_port == self.port != 0:
            raise Wrong("redirect_port is a port of its own, beside port.", _REDIRECT)
        return self

    @model_validator(mode="before")
    @classmethod
    def _one_proxy_or_any(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and "behind_proxy" in given:
            raise Wrong(
                "behind_proxy is trusted_proxies now: who is to be believed. Say "
                'trusted_proxies = ["127.0.0.1"] for a proxy on this machine.',
                ("behind_proxy",),
            )
        return given


class Controller(Section):
    """Who answers for the data (GDPR Art. 4(7)); shown in every notice."""

    name: str = ""
    """Empty: "the people who run this server"."""
    place: str = ""
    contact: str = ""


class Data(Section):
    """What is kept, and where."""

    directory: FilePath = Path("data")
    reserve_mb: Annotated[Whole, Field(ge=0)] = 500
    """Free space in MB (10⁶ bytes) below which nothing starts to record."""


class Backup(Section):
    """What a backup needs to be brought back without what was deleted since."""

    deletions: FilePath | None = None
    """File that outlives the data directory: each deletion is on it, by ids, before it
    is carried out. None: `restore` asks for what `gatekeeper deletions` has written."""


class Evidence(Section):
    """What proves that all agreed."""

    keep_for: Period | None = None
    """How long after the meeting its chain stays. None: as long as the data directory.
    Longer than any feature keeps what it proves."""
    audit_every: Annotated[Number, Field(ge=60)] = 86_400
    """Seconds between two audits of all that is on record; one is made at the start."""


class Film(Section):
    """The one file that is made of a recording."""

    format: Literal["mp4", "webm"] = "mp4"
    """H.264 and AAC, or VP9 and Opus."""


class Meeting(Section):
    """How a meeting runs. Numbers are seconds."""

    grace: Annotated[Number, Field(ge=1, le=600)] = 30
    """How long the seat of a lost participant is kept."""
    ask_again: Annotated[Number, Field(ge=60)] = 300
    """The pause between two questions to everybody (fair-consent P3)."""
    empty: Annotated[Number, Field(ge=0)] = 600
    """How long a room that everybody has left stays open for coming back."""
    unused: Annotated[Number, Field(ge=60)] = 7 * 86_400
    """How long a room waits for its first participant."""
    ends_without_host: Flag = True
    """Whether all that runs closes when the last host has left (design.md, rule 18)."""
    longest_opening: Period = timedelta(hours=4)
    """How long anything runs before it closes and everybody is to be asked afresh."""
    languages: tuple[Language, ...] = ()
    """In which its notices are offered; the first where no other is wished for. Empty:
    every language that there is."""


class Operations(Section):
    """What whoever runs the server may watch."""

    metrics_from: tuple[Proxy, ...] = (
        IPv4Network("127.0.0.0/8"),
        IPv6Network("::1/128"),
    )
    """Who may read `/metrics`, on a connection of their own."""


class Limits(Section):
    """What one client, one room and one address may take."""

    rooms: Annotated[Whole, Field(ge=1)] = 1000
    rooms_per_address: Annotated[Whole, Field(ge=1)] = 30
    """New rooms per address and hour."""
    unused_rooms: Annotated[Whole, Field(ge=1)] = 5000
    """Rooms that wait for their first participant."""
    connections: Annotated[Whole, Field(ge=64)] = 4096
    """In all; fewer where the system lets a process have fewer files open."""
    connections_per_address: Annotated[Whole, Field(ge=8)] = 512
    """Of one IPv4 address or IPv6 /64; not of a trusted proxy, which has to see to
    that."""
    idle: Annotated[Number, Field(ge=1, le=600)] = 30
    """Seconds that a connection gets for a whole request, and may rest between two."""
    sockets_per_address: Annotated[Whole, Field(ge=1)] = 100
    participants: Annotated[Whole, Field(ge=2, le=50)] = 12
    message_bytes: Annotated[Whole, Field(ge=16_384)] = 65_536
    messages_per_second: Annotated[Number, Field(gt=0)] = 50
    """Every 8 KiB of a message count like one more."""
    message_burst: Annotated[Whole, Field(ge=10)] = 300
    tap_offers_per_minute: Annotated[Whole, Field(ge=3)] = 60
    """Of one participant; each is a new connection to this server."""
    taps_per_address: Annotated[Whole, Field(ge=1)] = 300
    """At once, in all rooms; a participant has one for each feature that listens."""
    video_mbit: Annotated[Number, Field(ge=1)] = 10
    """Mbit/s of each camera and screen, over ten seconds; with 300 bytes a packet."""
    room_mbit: Annotated[Number, Field(ge=1)] = 100
    """Mbit/s of all taps of a room."""
    address_mbit: Annotated[Number, Field(ge=1)] = 400
    """Mbit/s of all taps of an address, in all rooms."""
    source_gb: Annotated[Number, Field(gt=0)] = 10
    """GB (10⁹ bytes) of one source while a gate is open: the size of a file."""
    disk_share: Annotated[Number, Field(gt=0, lt=1)] = 0.5
    """Of the free space: what one room may record, and one address in a day."""
    heartbeat: Annotated[Number, Field(ge=1)] = 5
    """Seconds between pings; a socket that misses one is lost after half as long."""


class Speech(Section):
    """What turns speech into words."""

    engine: Literal["embedded", "whisper", "http", "none"] = "embedded"
    """`embedded`: moonshine-voice; `whisper`: faster-whisper; `http`: an endpoint."""
    model_dir: FilePath | None = None
    """Folder of a Moonshine or faster-whisper model; None: the embedded one."""
    language: Text = "en"
    base_url: str = ""
    """For `http`: `/audio/transcriptions` is asked below it."""
    model: str = ""
    key_file: FilePath | None = None

    def key(self) -> str | None:
        """The secret in `key_file`. Raises `ConfigInvalid`."""
        return secret("speech.key_file", self.key_file)


class Ai(Section):
    """The model that writes summaries and drafts; none: rules pick quotes."""

    base_url: str = ""
    """`/chat/completions` is asked below it."""
    model: str = ""
    key_file: FilePath | None = None
    context_tokens: Annotated[Whole, Field(ge=2048)] = 8192
    """How much the model reads and writes at once."""
    first_token: Annotated[Number, Field(gt=0)] = 120
    """Seconds to wait for the beginning of an answer."""
    total: Annotated[Number, Field(gt=0)] = 300
    """Seconds to wait for its end."""

    def key(self) -> str | None:
        """The secret in `key_file`. Raises `ConfigInvalid`."""
        return secret("ai.key_file", self.key_file)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.base_url) != bool(self.model):
            raise Wrong(
                "ai.base_url and ai.model go together. Set both, or none.",
                ("base_url",),
                ("model",),
            )
        return self

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.first_token > self.total:
            raise Wrong(
                "ai.first_token is longer than ai.total, the time for a whole answer. "
                "Make it shorter, or ai.total longer.",
                ("first_token",),
                ("total",),
            )
        return self


class Config(Section):
    """The whole file."""

    server: Server = Server()
    controller: Controller = Controller()
    place: Place = Place()
    data: Data = Data()
    backup: Backup = Backup()
    evidence: Evidence = Evidence()
    rooms: Rooms = Rooms()
    admin: Admin = Admin()
    api: Api = Api()
    film: Film = Film()
    meeting: Meeting = Meeting()
    operations: Operations = Operations()
    limits: Limits = Limits()
    ice: Ice = Ice()
    speech: Speech = Speech()
    ai: Ai = Ai()
    features: dict[FeatureName, Feature] = Field(
        default_factory=lambda: {str(name): Feature() for name in BUILT_IN}
    )

    @property
    def languages(self) -> tuple[LanguageTag, ...]:
        """Those of the notices."""
        return tuple(dict.fromkeys(self.meeting.languages)) or tuple(locales())

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        found = [
            *self._list_that_is_lost(),
            *self._header_of_nobody(),
            *self._evidence_that_ends_first(),
            *self._fed_to_nobody(),
        ]
        for name, feature in self.features.items():
            found += mistakes_of(name, feature, self.languages)
        if found:
            raise Wrongs(found)
        return self

    def _evidence_that_ends_first(self) -> Iterator[Wrong]:
        keep = self.evidence.keep_for
        for name, feature in self.features.items():
            if keep is not None and feature.enabled and feature.keep_for >= keep:
                yield Wrong(
                    f"evidence.keep_for is not longer than features.{name}.keep_for: "
                    "what is kept would lose what proves that everybody agreed. Say "
                    "longer, or leave it out to keep evidence as long as the ledger.",
                    ("evidence", "keep_for"),
                    ("features", name, "keep_for"),
                )

    def _fed_to_nobody(self) -> Iterator[Wrong]:
        for name, feature in self.features.items():
            if feature.enabled and feature.sink == FEED and not self.api.open:
                yield Wrong(
                    f'features.{name}.sink is "{FEED}": its media go to a service, and '
                    "api.open is not true, so that none can ask. Set it.",
                    ("features", name, "sink"),
                    ("api", "open"),
                )

    def _list_that_is_lost(self) -> Iterator[Wrong]:
        file, data = self.backup.deletions, self.data.directory
        if file is not None and file.absolute().is_relative_to(data.absolute()):
            yield Wrong(
                "backup.deletions lies in data.directory, and would be lost with it. "
                "Name a file elsewhere, on another disk if there is one.",
                ("backup", "deletions"),
                ("data", "directory"),
            )

    def _header_of_nobody(self) -> Iterator[Wrong]:
        if self.rooms.open_to == "header" and not self.server.trusted_proxies:
            yield Wrong(
                'rooms.open_to is "header": say whose header it is, in '
                "server.trusted_proxies.",
                ("rooms", "open_to"),
                ("server", "trusted_proxies"),
            )
