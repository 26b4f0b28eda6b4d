"""
The configuration: one TOML file, validated whole before anything starts.

Rule 1: every default stands in the model and is the private one.
Rule 2: an error names the file, the key and the fix (`ConfigInvalid`).
Rule 3: no key can grant for anybody (design.md, rule 10).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    ContentKind,
    FeatureId,
    LanguageTag,
    SharedWith,
)
from gatekeeper.consent.wording import (
    BUILT_IN,
    BUILT_IN_KINDS,
    BY_RULES,
    LANGUAGES,
    Wording,
    kept,
    operator,
    recipients,
)
from gatekeeper.errors import ConfigInvalid
from gatekeeper.secret_file import exposed

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Language = Literal["en", "de"]
FeatureName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]


def _period(text: object) -> timedelta:
    """A time such as "12 hours" or "7 days". Raises `ValueError`."""
    found = re.fullmatch(r"(\d{1,5}) (hour|day|week)s?", str(text))
    if found is None:
        raise ValueError('say how long, as in "12 hours", "7 days" or "4 weeks".')
    period = timedelta(**{f"{found[2]}s": int(found[1])})
    if not timedelta(hours=1) <= period <= timedelta(days=3650):
        raise ValueError("it must be between 1 hour and 3650 days.")
    return period


Period = Annotated[timedelta, BeforeValidator(_period)]


class Section(BaseModel):
    """A table of the file: no unknown keys, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Server(Section):
    """Where the server listens."""

    host: Text = "localhost"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    names: tuple[Text, ...] = ()
    """Host names that it is reached by, beside `host`, those of the machine, and any
    address: what a browser is sent to under another name is refused."""
    behind_proxy: bool = False
    """Take the client's address from the last `X-Forwarded-For` entry, and the scheme
    from `X-Forwarded-Proto`."""


class Controller(Section):
    """Who answers for the data (GDPR Art. 4(7)); shown in every notice."""

    name: str = ""
    """Empty: "the people who run this server"."""
    place: str = ""
    contact: str = ""


class Data(Section):
    """What is kept, and where."""

    directory: Path = Path("data")
    reserve_mb: Annotated[int, Field(ge=0)] = 500
    """Free space in MB (10⁶ bytes) below which nothing starts to record."""


class Film(Section):
    """The one file that is made of a recording."""

    format: Literal["mp4", "webm"] = "mp4"
    """H.264 and AAC, or VP9 and Opus."""


class Meeting(Section):
    """How a meeting runs. Numbers are seconds."""

    grace: Annotated[float, Field(ge=1, le=600)] = 30
    """How long the seat of a lost participant is kept."""
    ask_again: Annotated[float, Field(ge=60)] = 300
    """The pause between two questions to everybody (fair-consent P3)."""
    empty: Annotated[float, Field(ge=0)] = 600
    """How long a room that everybody has left stays open for coming back."""
    unused: Annotated[float, Field(ge=60)] = 7 * 86_400
    """How long a room waits for its first participant."""
    ends_without_host: bool = True
    """Whether all that runs closes when the last host has left (design.md, rule 18)."""
    longest_opening: Period = timedelta(hours=4)
    """How long anything runs before it closes and everybody is to be asked afresh."""


class Limits(Section):
    """What one client, one room and one address may take."""

    rooms: Annotated[int, Field(ge=1)] = 1000
    rooms_per_address: Annotated[int, Field(ge=1)] = 30
    """New rooms per address and hour."""
    unused_rooms: Annotated[int, Field(ge=1)] = 5000
    """Rooms that wait for their first participant."""
    connections: Annotated[int, Field(ge=64)] = 4096
    """In all; fewer where the system lets a process have fewer files open."""
    connections_per_address: Annotated[int, Field(ge=8)] = 512
    """Of one IPv4 address or IPv6 /64; not behind a proxy, which has to see to that."""
    idle: Annotated[float, Field(ge=1, le=600)] = 30
    """Seconds that a connection gets for a whole request, and may rest between two."""
    sockets_per_address: Annotated[int, Field(ge=1)] = 100
    participants: Annotated[int, Field(ge=2, le=50)] = 12
    message_bytes: Annotated[int, Field(ge=16_384)] = 65_536
    messages_per_second: Annotated[float, Field(gt=0)] = 50
    """Every 8 KiB of a message count like one more."""
    message_burst: Annotated[int, Field(ge=10)] = 300
    tap_offers_per_minute: Annotated[int, Field(ge=3)] = 60
    """Of one participant; each is a new connection to this server."""
    taps_per_address: Annotated[int, Field(ge=1)] = 300
    """At once, in all rooms; a participant has one for each feature that listens."""
    video_mbit: Annotated[float, Field(ge=1)] = 10
    """Mbit/s of each camera and screen, over ten seconds; with 300 bytes a packet."""
    room_mbit: Annotated[float, Field(ge=1)] = 100
    """Mbit/s of all taps of a room."""
    address_mbit: Annotated[float, Field(ge=1)] = 400
    """Mbit/s of all taps of an address, in all rooms."""
    source_gb: Annotated[float, Field(gt=0)] = 10
    """GB (10⁹ bytes) of one source while a gate is open: the size of a file."""
    disk_share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    """Of the free space: what one room may record, and one address in a day."""
    heartbeat: Annotated[float, Field(ge=1)] = 5
    """Seconds between pings; a socket that misses one is lost after half as long."""


class IceServer(Section):
    """One STUN or TURN server, as `RTCIceServer` takes it."""

    urls: Text
    username: str | None = None
    credential_file: Path | None = None

    def credential(self) -> str | None:
        """The secret in `credential_file`. Raises `ConfigInvalid`."""
        return _secret("ice.servers.credential_file", self.credential_file)


class Ice(Section):
    """How media find their way. None by default: nothing leaves the machine."""

    servers: tuple[IceServer, ...] = ()


def _secret(key: str, path: Path | None) -> str | None:
    """What a file holds, if there is one. Raises `ConfigInvalid` that names `key`."""
    if path is None:
        return None
    try:
        if (why := exposed(path)) is not None:
            raise ConfigInvalid(f"{key}: {why}")
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        cause = getattr(exc, "strerror", None) or "it is not text"
        raise ConfigInvalid(f"{key}: {path} cannot be read ({cause}).") from exc


class Speech(Section):
    """What turns speech into words."""

    engine: Literal["embedded", "whisper", "http", "none"] = "embedded"
    """`embedded`: moonshine-voice; `whisper`: faster-whisper; `http`: an endpoint."""
    model_dir: Path | None = None
    """Folder of a Moonshine or faster-whisper model; None: the embedded one."""
    language: Text = "en"
    base_url: str = ""
    """For `http`: `/audio/transcriptions` is asked below it."""
    model: str = ""
    key_file: Path | None = None

    def key(self) -> str | None:
        """The secret in `key_file`. Raises `ConfigInvalid`."""
        return _secret("speech.key_file", self.key_file)


class Ai(Section):
    """The model that writes summaries and drafts; none: rules pick quotes."""

    base_url: str = ""
    """`/chat/completions` is asked below it."""
    model: str = ""
    key_file: Path | None = None
    context_tokens: Annotated[int, Field(ge=2048)] = 8192
    """How much the model reads and writes at once."""
    first_token: Annotated[float, Field(gt=0)] = 120
    """Seconds to wait for the beginning of an answer."""
    total: Annotated[float, Field(gt=0)] = 300
    """Seconds to wait for its end."""

    def key(self) -> str | None:
        """The secret in `key_file`. Raises `ConfigInvalid`."""
        return _secret("ai.key_file", self.key_file)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.base_url) != bool(self.model):
            raise ValueError("ai.base_url and ai.model go together. Set both, or none.")
        return self


class NoticeText(Section):
    """An admin's own wording of one feature in one language."""

    name: Text
    object: Text
    meaning: Text
    captured: Text
    purpose: Text
    processor: Text
    recipients: Text
    retention: Text
    withdrawal: Text


SinkName = Literal["recording", "transcript", "summary", "compose", "external"]


class Feature(Section):
    """One feature that rooms may offer."""

    enabled: bool = True
    sink: SinkName | None = None
    """`external` opens the gate for something else; others are for the feature of
    that name, save `recording`, which any feature may have."""
    kinds: tuple[ContentKind, ...] = ()
    """What it touches. Built-in features know."""
    keep_for: Period = timedelta(days=7)
    """How long after the meeting; then it is deleted."""
    shared_with: SharedWith = SharedWith.PRESENT
    """Who gets afterwards what is kept here: of each moment who was present in it, or
    everybody who was there for any part of it. Each is another notice."""
    processor: dict[Language, Text] = {}
    """Who processes it, with which model and where; for built-in wording."""
    third_party: bool = False
    """Whether an external feature gives content to somebody else."""
    notices: dict[Language, NoticeText] = {}
    """The wording, by language; takes the place of built-in wording."""


DEFAULTS = ("recording", "transcript", "summary", "compose")
"""The features that are offered unless the file says otherwise."""


class Config(Section):
    """The whole file."""

    server: Server = Server()
    controller: Controller = Controller()
    data: Data = Data()
    film: Film = Film()
    meeting: Meeting = Meeting()
    limits: Limits = Limits()
    ice: Ice = Ice()
    speech: Speech = Speech()
    ai: Ai = Ai()
    features: dict[FeatureName, Feature] = {name: Feature() for name in DEFAULTS}

    @model_validator(mode="after")
    def _every_feature_is_whole(self) -> Self:
        for name, feature in self.features.items():
            _check_feature(name, feature)
        return self

    def offered(self, runs: Mapping[str, "Run"]) -> tuple["Offer", ...]:
        """The enabled features, their notices filled in with how they are `run`."""
        return tuple(
            _offer(FeatureId(name), feature, self.controller, runs.get(name))
            for name, feature in self.features.items()
            if feature.enabled
        )


@dataclass(frozen=True, slots=True)
class Run:
    """How this server runs one of its features, in fact."""

    processor: Mapping[LanguageTag, str]
    """Who processes it, with which model and where, as the notice says it."""
    third_party: bool = False
    """Whether content leaves this machine."""
    rules: bool = False
    """Whether there is no model, and rules pick quotes."""
    unavailable: str | None = None
    """Why it cannot run here, and what would help; a sentence."""


class Offer(BaseModel):
    """A feature as rooms offer it: what it touches, and its notices in force."""

    model_config = ConfigDict(frozen=True)

    id: FeatureId
    sink: SinkName
    kinds: tuple[ContentKind, ...]
    keep_for: timedelta
    shared_with: SharedWith
    third_party: bool
    rules: bool
    unavailable: str | None
    notices: dict[LanguageTag, Notice]


def load(path: Path | None) -> Config:
    """
    The configuration in `path`, or the defaults.

    Raises `ConfigInvalid` with one line per mistake.
    """
    if path is None:
        return Config()
    try:
        given = tomllib.loads(path.read_text("utf-8"))
        if isinstance(features := given.get("features"), dict):
            # What is left out keeps its default; `enabled = false` leaves it out.
            given["features"] = {name: {} for name in DEFAULTS} | features
        return Config.model_validate(given)
    except OSError as exc:
        raise ConfigInvalid(
            f"{path}: cannot be read ({exc.strerror}). Check the path."
        ) from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigInvalid(f"{path}: not TOML: {exc}") from exc
    except ValidationError as exc:
        lines = [f"{path}: {_mistake(error)}" for error in exc.errors()]  # type: ignore[arg-type]
        raise ConfigInvalid("\n".join(lines)) from exc


def _mistake(error: dict[str, object]) -> str:
    where = error["loc"]
    assert isinstance(where, tuple)  # noqa: S101 - pydantic's documented shape
    key = ".".join(str(part) for part in where) or "features"
    if error["type"] == "extra_forbidden":
        return f"{key}: there is no such key. Remove it, or check its spelling."
    return f"{key}: {str(error['msg']).removeprefix('Value error, ')}"


def _check_feature(name: str, feature: Feature) -> None:
    """Raise `ValueError` that names the key and the fix."""
    missing = [tag for tag in LANGUAGES if tag not in feature.notices]
    if name not in BUILT_IN:
        _check_own(name, feature, missing)
    sink = _sink(name, feature)
    if sink is None:
        raise ValueError(
            f"features.{name}.sink is not set, and nothing in this version runs "
            f'{name} by itself. Set it to "external" if another program does, '
            f"or remove the feature."
        )
    if sink in ASSISTANT and sink != name:
        raise ValueError(
            f'features.{name}.sink: "{sink}" runs features.{sink} only. '
            f'Set it to "external" if another program runs {name}.'
        )
    unprocessed = [tag for tag in missing if tag not in feature.processor]
    if name in ASSISTANT and sink == "external" and unprocessed:
        raise ValueError(
            f"features.{name}.processor does not say who processes it in "
            f"{_list(unprocessed)}. Add it, or a whole notice."
        )
    if sink in ASSISTANT:
        _check_truthful(name, feature)
    _check_shared(name, feature, sink)


def _check_shared(name: str, feature: Feature, sink: SinkName) -> None:
    """What a notice says of who gets it is what this program does."""
    if "shared_with" in feature.model_fields_set and sink not in KEEPERS:
        raise ValueError(
            f"features.{name}.shared_with: nothing of it is kept here. Remove the key."
        )
    for tag, notice in feature.notices.items():
        silent = RECIPIENTS not in notice.recipients
        if feature.shared_with is SharedWith.MEETING and silent:
            raise ValueError(
                f"features.{name}.notices.{tag}.recipients must hold {RECIPIENTS}, "
                f"which says that everybody gets all of it."
            )
        if not silent and sink not in KEEPERS:
            raise ValueError(
                f"features.{name}.notices.{tag}.recipients: nothing of it is kept "
                f"here, so {RECIPIENTS} cannot be filled in. Say who gets it."
            )


def _check_own(name: str, feature: Feature, missing: list[LanguageTag]) -> None:
    if missing:
        raise ValueError(
            f"features.{name} has no notice in {_list(missing)}. "
            f"Add [features.{name}.notices.{missing[0]}]."
        )
    if not feature.kinds:
        raise ValueError(
            f"features.{name}.kinds is empty. Say what it touches: "
            f"{_list(list(ContentKind))}."
        )


def _check_truthful(name: str, feature: Feature) -> None:
    """A notice says what is touched and which engine runs in fact, and no other."""
    if feature.kinds and feature.kinds != BUILT_IN_KINDS[name]:
        raise ValueError(
            f"features.{name}.kinds: it touches {_list(list(BUILT_IN_KINDS[name]))} "
            f"and nothing else. Remove the key."
        )
    if feature.processor:
        raise ValueError(
            f"features.{name}.processor: the notice is filled in from [speech] and "
            f"[ai]. Remove it."
        )
    for tag, notice in feature.notices.items():
        if PROCESSOR not in notice.processor:
            raise ValueError(
                f"features.{name}.notices.{tag}.processor must hold {PROCESSOR}, "
                f"which is filled in from [speech] and [ai]."
            )


ASSISTANT = ("transcript", "summary", "compose")
"""The features that [speech] and [ai] run."""
KEEPERS = ("recording", "transcript", "summary")
"""The sinks that keep something here."""
RECIPIENTS = "{recipients}"
"""Where an admin's own notice says who gets it, as `shared_with` has it."""
PROCESSOR = "{processor}"
"""Where an admin's own notice of such a feature says what runs it."""


def _sink(name: str, feature: Feature) -> SinkName | None:
    if feature.sink is not None:
        return feature.sink
    return _BUILT_IN_SINKS.get(name)


_BUILT_IN_SINKS: Mapping[str, SinkName] = {
    "recording": "recording",
    "transcript": "transcript",
    "summary": "summary",
    "compose": "compose",
}


def _offer(
    name: FeatureId, feature: Feature, controller: Controller, run: Run | None
) -> Offer:
    sink = _sink(name, feature)
    assert sink is not None  # noqa: S101 - checked when the file was loaded
    by = run if sink in ASSISTANT else None
    return Offer(
        id=name,
        sink=sink,
        kinds=feature.kinds or BUILT_IN_KINDS[name],
        keep_for=feature.keep_for,
        shared_with=feature.shared_with,
        third_party=by.third_party if by else feature.third_party,
        rules=by is not None and by.rules,
        unavailable=by.unavailable if by else None,
        notices={tag: _notice(name, feature, controller, tag, by) for tag in LANGUAGES},
    )


def _notice(
    name: FeatureId,
    feature: Feature,
    controller: Controller,
    tag: LanguageTag,
    run: Run | None,
) -> Notice:
    processor = run.processor[tag] if run else feature.processor.get(_LANGUAGE[tag], "")
    own = feature.notices.get(_LANGUAGE[tag])
    by = operator(controller.name, controller.place, tag)
    kept_here = _sink(name, feature) in KEEPERS
    gets = recipients(feature.shared_with if kept_here else None, tag, by)
    if own is not None:
        said = own.model_dump()
        said["processor"] = own.processor.replace(PROCESSOR, processor)
        said["recipients"] = own.recipients.replace(RECIPIENTS, gets)
        return Notice(feature=name, language=tag, **said)
    built_in = BY_RULES.get(name) if run is not None and run.rules else None
    wording: Wording = (built_in or BUILT_IN[name])[tag]
    facts = {
        **by,
        "recipients": gets,
        "kept": kept(feature.keep_for // timedelta(hours=1), tag),
        "processor": processor,
    }
    return wording.fill(name, tag, facts)


_LANGUAGE: dict[str, Language] = {"en": "en", "de": "de"}


def _list(items: list[str] | list[LanguageTag] | list[ContentKind]) -> str:
    return ", ".join(str(item) for item in items)
