"""
What of `docs/protocol.md` follows from the code: its tables.

Rule 1: what a table says is in the models, their docstrings, the errors and the limits,
and nowhere else.
Rule 2: who reads it knows messages by their `type`, and no class of ours.
"""

import ast
import inspect
import re
import typing
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_json

from gatekeeper.assistant import faults as assistant_faults
from gatekeeper.assistant.model import faults as model_faults
from gatekeeper.config import Limits
from gatekeeper.errors import PeerError, every
from gatekeeper.gating import faults as gating_faults
from gatekeeper.meeting import closing, fittings, lobby
from gatekeeper.meeting import faults as meeting_faults
from gatekeeper.web import faults as web_faults
from gatekeeper.web import limits
from gatekeeper.web.admin import faults as admin_faults
from gatekeeper.web.room import connection, socket
from gatekeeper.web.sign_in import faults as sign_in_faults
from gatekeeper.web.v1 import faults as services_faults
from gatekeeper.wire import (
    ClientMessage,
    ServerMessage,
    assistant,
    base,
    client,
    features,
    members,
    server,
)

_SOURCES = (base, client, server, features, assistant)
_ELSEWHERE = {
    meeting_faults: "Of a room",
    web_faults: "Of requests, before a room is asked",
    sign_in_faults: "Of who may open rooms",
    admin_faults: "Of the console",
    services_faults: "Of services",
    gating_faults: "Of permits",
    assistant_faults: "Of transcript, summary and drafts",
    model_faults: "Of the model that writes summaries and drafts",
}
_ALIASES = {
    r"^[A-Za-z0-9_-]{1,128}$": "[token](#parts)",
    r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$": "[JWS](#statements)",
    r"^[A-Za-z0-9_-]{1,128}\.[A-Za-z0-9_-]{1,128}$": "capability",
    r"^[A-Za-z]{2,8}(-\w{2,8})*$": "language tag (RFC 5646)",
}
"""Patterns that have a name."""
_LIMITS = {
    "message_bytes": "bytes of a text; a longer one is refused (`too-large`)",
    "messages_per_second": "messages of one connection, on average; each "
    f"{socket.WEIGHS} bytes of one count like one more",
    "message_burst": "messages at once, before that average counts",
    "participants": "people in a room; the last seat is kept for a host (`room-full`)",
    "tap_offers_per_minute": "taps that one participant may offer (`tap-limit`)",
    "taps_per_address": "taps at once, of all who share an address (`tap-limit`)",
    "video_mbit": "Mbit/s of a camera or a screen, over ten seconds (`tap-limit`)",
    "room_mbit": "Mbit/s of all taps of a room",
    "address_mbit": "Mbit/s of all taps of an address, in all rooms",
    "source_gb": "GB (10^9 bytes) of one source in one opening",
    "rooms_per_address": "new rooms in an hour (`rate-limited`)",
    "connections_per_address": "connections at once; one more is closed unread",
    "sockets_per_address": "WebSockets at once (`rate-limited`, before the upgrade)",
    "heartbeat": "seconds without a message after which the server says `probe`; "
    "without one for half as long again the connection is lost",
}
"""Of `config.Limits`, those that a client can meet."""
_FIXED = (
    (socket.GREET_WITHIN, "seconds for the first message, `join` or `resume`"),
    (socket.GREETINGS, "tries at that, as long as `resume` is what was refused"),
    (
        limits.CAME,
        "times in a minute and for each seat that an address may come in, and",
    ),
    (
        limits.CUT_OFF,
        "that it may be cut off there; then `rate-limited`, before the upgrade",
    ),
    (members.MOST, "strings, commas and opening brackets in one text, all together"),
    (lobby.YESES_AT_ONCE, "times that one participant may say yes at once, and then"),
    (1 / lobby.YESES_PER_SECOND, "seconds for each more. A no is never counted"),
    (fittings.WRITTEN_AT_ONCE, "openings of a room at once, and then"),
    (1 / fittings.WRITTEN_PER_SECOND, "seconds for each more (`opened-too-often`)"),
    (connection.UNREAD, "bytes that a client may leave unread before it is cut off"),
)
"""What no configuration changes."""
_CLOSINGS = (
    (closing.NORMAL, "you have left, or the meeting has ended. Do not come back"),
    (closing.GOING_AWAY, "the server stops. Come back: `resume`, else `join`"),
    (socket.TOO_FAST, "too many messages; a `fault` came before. Wait, and `resume`"),
    (1009, "a frame four times as long as any message may be. Wait, and `resume`"),
    (
        socket.TRY_LATER,
        "nothing can be written down just now; a `fault` came before. Come back later",
    ),
    (
        closing.REFUSED,
        "there is no seat for you; a `fault` said why. Do not come back,"
        " save later after `rate-limited`",
    ),
    (
        closing.REPLACED,
        "your seat has gone on over another connection. Do not come back",
    ),
)

Model = type[BaseModel]


def kinds(union: Any) -> tuple[Model, ...]:
    """The messages of one direction, in their order."""
    return typing.get_args(typing.get_args(union)[0])


FROM_CLIENTS, FROM_SERVER = kinds(ClientMessage), kinds(ServerMessage)


def tag(model: Model) -> str:
    """The `type` of a message."""
    said: str = model.model_fields["type"].default
    return said


def tables() -> dict[str, str]:
    """Each generated part of the document, by name."""
    return {
        "messages of clients": "\n\n".join(map(_message, FROM_CLIENTS)),
        "messages of the server": "\n\n".join(map(_message, FROM_SERVER)),
        "parts": "\n\n".join(map(_part, parts())),
        "limits": _limits(),
        "closings": _closings(),
        "codes": "\n\n".join(_codes()),
    }


def parts() -> list[Model]:
    """What messages hold that is no message, in the order in which it is met."""
    found: dict[Model, None] = {}
    for message in (*FROM_CLIENTS, *FROM_SERVER):
        for field in message.model_fields.values():
            found |= dict.fromkeys(_models(field.annotation))
    return [model for model in found if model not in (*FROM_CLIENTS, *FROM_SERVER)]


def _models(annotation: Any) -> Iterator[Model]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models(field.annotation)
    for argument in typing.get_args(annotation):
        yield from _models(argument)


# ---- Messages -----------------------------------------------------------------------


def _message(model: Model) -> str:
    return f"#### `{tag(model)}`\n\n{_told(model)}"


def _part(model: Model) -> str:
    return f"#### {model.__name__}\n\n{_told(model)}"


def _told(model: Model) -> str:
    rows = [
        (
            f"`{name}`",
            _kind(model, name),
            _presence(model, field),
            _meaning(model, name),
        )
        for name, field in model.model_fields.items()
        if name != "type"
    ]
    said = _plain(inspect.getdoc(model) or "")
    return f"{said}\n\n{_table(('member', 'what', 'if left out', ''), rows)}".rstrip()


def _kind(model: Model, name: str) -> str:
    schema = model.model_json_schema()
    return _shape(schema["properties"][name], schema.get("$defs", {}))


def _shape(part: dict[str, Any], known: dict[str, Any]) -> str:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return _choice(known[name]) or _link(name)
    if "anyOf" in part:
        return " or ".join(_shape(each, known) for each in part["anyOf"])
    if said := _choice(part):
        return said
    match part.get("type"):
        case "string":
            return _text(part)
        case "array":
            most = f", at most {part['maxItems']}" if "maxItems" in part else ""
            return f"list of {_shape(part['items'], known)}{most}"
        case "object" if "patternProperties" in part:
            ((key, value),) = part["patternProperties"].items()
            most = f"{part['minProperties']} to {part['maxProperties']}"
            return (
                f"object with {most} members, {_ALIASES[key]}: {_shape(value, known)}"
            )
        case "integer" | "number":
            return f"{part['type']}" + _range(part.get("minimum"), part.get("maximum"))
        case kind:
            return f"`{kind}`" if kind == "null" else str(kind)


def _range(least: float | None, most: float | None) -> str:
    if least is None:
        return ""
    return f", {least} or more" if most is None else f", {least} to {most}"


def _choice(part: dict[str, Any]) -> str:
    values = part.get("enum") or ([part["const"]] if "const" in part else [])
    return " or ".join(f"`{value}`" for value in values)


def _text(part: dict[str, Any]) -> str:
    if "pattern" in part:
        return _ALIASES[part["pattern"]]
    least, most = part.get("minLength", 0), part.get("maxLength")
    return "string" if most is None else f"string, {least} to {most} characters"


def _link(name: str) -> str:
    for model in (*FROM_CLIENTS, *FROM_SERVER):
        if model.__name__ == name:
            return f"[`{tag(model)}`](#{tag(model)})"
    return f"[{name}](#{name.lower()})"


def _presence(model: Model, field: FieldInfo) -> str:
    """What holds if a client leaves a member out; a server leaves none out."""
    if field.is_required():
        return "refused" if model in FROM_CLIENTS or _is_said(model) else ""
    default = field.get_default(call_default_factory=True)
    return f"`{to_json(default).decode()}`" if _is_said(model) else ""


@cache
def _is_said(model: Model) -> bool:
    """Whether clients say it, as a message or in one."""
    return model in FROM_CLIENTS or any(
        model in _models(field.annotation)
        for message in FROM_CLIENTS
        for field in message.model_fields.values()
    )


def _meaning(model: Model, name: str) -> str:
    for owner in model.__mro__:
        if said := _documented().get((owner.__name__, name)):
            return _plain(said).replace("\n", " ")
    return ""


@cache
def _documented() -> dict[tuple[str, str], str]:
    """What stands below each attribute of the wire's models."""
    return {found: said for module in _SOURCES for found, said in _attributes(module)}


def _attributes(module: ModuleType) -> Iterator[tuple[tuple[str, str], str]]:
    for owner in ast.parse(inspect.getsource(module)).body:
        if not isinstance(owner, ast.ClassDef):
            continue
        for attribute, below in pairwise(owner.body):
            if (
                isinstance(attribute, ast.AnnAssign)
                and isinstance(attribute.target, ast.Name)
                and isinstance(below, ast.Expr)
                and isinstance(below.value, ast.Constant)
            ):
                said = inspect.cleandoc(str(below.value.value))
                yield (owner.name, attribute.target.id), said


def _plain(said: str) -> str:
    """Free of the names of classes, and of papers that readers do not have."""
    said = re.sub(r" \((?:design\.md|fair-consent)[^)]*\)", "", said)
    for model in (*FROM_CLIENTS, *FROM_SERVER):
        said = re.sub(rf"`{model.__name__}\b", f"`{tag(model)}", said)
    return re.sub(r"; see `(?:assistant|evidence)\.\w+`", "", said)


# ---- Limits and errors --------------------------------------------------------------


def _limits() -> str:
    ours = Limits()
    rows = [
        (f"{getattr(ours, name):.8g}", said, f"`limits.{name}`")
        for name, said in _LIMITS.items()
    ]
    rows += [(f"{number:.8g}", said, "") for number, said in _FIXED]
    return _table(("how much", "of what", "setting"), rows)


def _closings() -> str:
    return _table(("code", "meaning"), [(str(code), said) for code, said in _CLOSINGS])


def _codes() -> Iterator[str]:
    """Every error that a client can be told of, by where it is met."""
    for module in ("gatekeeper.errors", *(each.__name__ for each in _ELSEWHERE)):
        heading = {each.__name__: said for each, said in _ELSEWHERE.items()}.get(
            module, "Of messages, statements and proof"
        )
        rows = [
            (f"`{kind.code}`", str(kind.status), _plain(inspect.getdoc(kind) or ""))
            for kind in every(PeerError)
            if kind.__module__ == module
        ]
        yield f"**{heading}**\n\n{_table(('code', 'HTTP', 'meaning'), rows)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table without the columns that would be empty; nothing if it has no rows."""
    used = [i for i, _ in enumerate(heads) if any(row[i] for row in rows)]
    if not rows:
        return ""
    lines = [[heads[i] for i in used], ["---"] * len(used)]
    lines += [[row[i].replace("|", "\\|") for i in used] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
