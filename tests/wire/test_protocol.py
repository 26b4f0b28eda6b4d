"""
The document of the protocol is what the code does: `docs/protocol.md`.

Its tables are written anew with `python -m tests.wire.test_protocol`.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gatekeeper import wire
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import Decision, FeatureId, RoomId
from gatekeeper.errors import PeerError, every
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import MAX_STATEMENT, verify_decision, verify_join
from gatekeeper.media.tap.offer import MAX_CANDIDATES
from gatekeeper.media.tap.sdp import MAX_LINES, MAX_SDP
from gatekeeper.web.room.api import NewRoom
from tests.meeting.conftest import World, config, world
from tests.wire.made_of_examples import Client, shape
from tests.wire.paper import (
    FENCE,
    MARKS,
    PAPER,
    PROSE,
    ROOT,
    TEXT,
    b64,
    canonical,
    example,
    examples,
    sha256,
    signed,
    unb64,
)
from tests.wire.protocol import FROM_CLIENTS, FROM_SERVER, parts, tables, tag

__all__ = ["config", "world"]


def written() -> str:
    """The document with its tables as the code has them now."""
    anew = tables()
    return MARKS.sub(lambda part: f"{part[1]}\n{anew[part[2]]}\n\n{part[3]}", TEXT)


# ---- Its tables ---------------------------------------------------------------------


def test_the_tables_are_those_of_the_models() -> None:
    assert {name for _, name, _ in MARKS.findall(TEXT)} == set(tables())
    assert written() == TEXT, "run: python -m tests.wire.test_protocol"


@pytest.mark.parametrize("model", [*FROM_CLIENTS, *FROM_SERVER], ids=tag)
def test_each_message_is_told_of_and_shown(model: type[wire.Message]) -> None:
    shown = examples("client" if model in FROM_CLIENTS else "server")

    assert f"#### `{tag(model)}`" in TEXT
    assert tag(model) in {json.loads(text)["type"] for text in shown}
    for field in model.model_fields.keys() - {"type"}:
        assert f"| `{field}` |" in TEXT


@pytest.mark.parametrize("kind", list(every(PeerError)), ids=lambda kind: kind.code)
def test_each_code_stands_there_with_its_meaning(kind: type[PeerError]) -> None:
    (line,) = re.findall(rf"^\| `{kind.code}` \| (\d+) \| (.+) \|$", TEXT, re.MULTILINE)

    assert int(line[0]) == kind.status
    assert line[1].endswith(".")


def known_words() -> set[str]:
    """Every name that the protocol has."""
    models = (*FROM_CLIENTS, *FROM_SERVER, *parts())
    of_models = {name for model in models for name in model.model_fields}
    schemas = json.dumps([model.model_json_schema() for model in models])
    values = {
        word
        for listed in re.findall(r'"enum": \[([^\]]+)\]', schemas)
        for word in json.loads(f"[{listed}]")
    }
    keys = {
        key
        for kind in ("room", "room-opened", "statement", "notice")
        for text in examples(kind)
        for key in re.findall(r'"([a-z_]+)":', text)
    }
    codes = {kind.code for kind in every(PeerError)}
    return (
        of_models
        | values
        | keys
        | codes
        | {tag(m) for m in models if "type" in m.model_fields}
    )


ELSEWHERE = {
    "vouch",
    "distrust",
    "wants",
    "addressee",
    "fingerprints",
    "by",
    "console",
    "copy",
    "export",
    "fetched",
    "film",
    "times",
    "track",
    "what",
    "who",
    "transcript",
    "generated",
    "d",
    "r",
    "s",
    "mid",
    "compose",
    "summary",
    "not-found",
    "method-not-allowed",
    "service-unavailable",
    "internal",
    "relay",
    "sendonly",
    "sendrecv",
    "rtcp-mux",
    "description",
    "candidates",
    "restart",
}
"""What the prose names that is of HTTP, SDP, JOSE, features, payloads or the page."""


def test_the_prose_names_nothing_that_does_not_exist() -> None:
    named = set(re.findall(r"`([a-z][a-z_-]*)`", PROSE))

    assert named - known_words() - ELSEWHERE == set()


def test_what_it_says_in_numbers_is_so() -> None:
    assert f"This is version {wire.PROTOCOL}." in PROSE
    prose = " ".join(PROSE.split())
    assert f"It is at most {MAX_STATEMENT:,} characters long." in prose
    assert f"at most {MAX_CANDIDATES} candidates" in prose
    assert f"at most {MAX_SDP:,} characters and {MAX_LINES:,} lines" in prose


# ---- Its examples -------------------------------------------------------------------

_READ: dict[str, Callable[[str], object]] = {
    "client": wire.parse,
    "server": wire.SERVER.validate_json,
    "new-room": NewRoom.model_validate_json,
    "key": lambda text: ParticipantKey.from_jwk(json.loads(text)),
}
_HELD_OTHERWISE = {"statement", "room", "room-opened", "payload"}


def test_each_example_says_what_it_is_an_example_of() -> None:
    kinds = [said for _, language, said, _ in FENCE.findall(TEXT) if language == "json"]

    assert set(kinds) == set(_READ) | _HELD_OTHERWISE
    assert {language for _, language, _, _ in FENCE.findall(TEXT)} == {"json", "jws"}
    assert TEXT.count("```") == 2 * len(FENCE.findall(TEXT))


@pytest.mark.parametrize("kind", _READ)
def test_each_example_is_read_by_what_reads_it_in_earnest(kind: str) -> None:
    for text in examples(kind):
        _READ[kind](text)


def test_what_a_server_says_is_shown_with_all_that_it_says() -> None:
    for text in examples("server"):
        said = wire.SERVER.validate_json(text)
        assert json.loads(said.model_dump_json()) == json.loads(text)


def test_payloads_are_read_by_the_bundled_client() -> None:
    module = (ROOT / "static" / "wire" / "payload.js").as_uri()
    script = (
        f"import {{readPayload}} from {json.dumps(module)}\n"
        f"for (const text of {json.dumps(examples('payload'))})\n"
        "  console.log(readPayload(text)?.kind)"
    )
    node = Path(sys.executable).with_name("node")
    said = subprocess.run(
        [str(node) if node.exists() else "node", "--input-type=module", "-e", script],
        capture_output=True,
        text=True,
        check=True,
    )

    kinds = ["description", "candidates", "restart", "distrust", "wants"]
    assert said.stdout.split() == kinds


def test_the_fingerprints_are_vouched_for_as_shown() -> None:
    payload = json.loads(examples("payload")[0])
    _, body, _ = payload["vouch"]["statement"].split(".")
    said = json.loads(unb64(body))
    (seed,) = re.findall(r"private key `([A-Za-z0-9_-]{43})`", PROSE)
    private = Ed25519PrivateKey.from_private_bytes(unb64(seed))

    assert payload["vouch"]["statement"] == signed(private, said)
    assert said["subject"] == example("statement")["subject"]
    assert f"a=fingerprint:{said['fingerprints']}" in payload["description"]["sdp"]


def test_the_notice_has_the_digest_that_is_shown() -> None:
    notice = example("room")["features"][0]["notices"]["en"]
    digest = notice.pop("digest")

    assert Notice(**notice).digest == digest
    assert b64(sha256(canonical(notice))) == digest


def test_the_statements_are_signed_as_shown_and_hold() -> None:
    (seed,) = re.findall(r"private key `([A-Za-z0-9_-]{43})`", PROSE)
    private = Ed25519PrivateKey.from_private_bytes(unb64(seed))
    key = ParticipantKey.from_jwk(example("key"))
    (name,) = re.findall(r"id of this key is `([A-Za-z0-9_-]{43})`", PROSE)
    join, decision = (json.loads(text) for text in examples("statement"))
    room, hello = RoomId(example("room")["room"]), example("server", "hello")

    assert b64(private.public_key().public_bytes_raw()) == example("key")["x"]
    assert key.thumbprint == name == join["subject"] == decision["subject"]
    assert examples("statement") == [canonical(join), canonical(decision)]
    assert examples("jws") == [signed(private, join), signed(private, decision)]
    verify_join(examples("jws")[0], key=key, room=room, challenge=hello["challenge"])
    told = verify_decision(
        examples("jws")[1],
        key=key,
        room=room,
        feature=FeatureId("recording"),
        decision=Decision.GRANTED,
    )
    assert told.life == hello["life"]
    assert example("client", "join")["proof"] == examples("jws")[0]
    assert example("client", "decide")["statement"] == examples("jws")[1]


# ---- A client made of it ------------------------------------------------------------


async def test_a_client_made_of_its_examples_holds_a_meeting(world: World) -> None:
    client = Client(world.http, world.url)
    await client.open_room()
    shown = example("room")
    (feature,), (there,) = shown["features"], client.room["features"]
    english = feature["notices"]["en"]
    feature["notices"] = dict.fromkeys(there["notices"], english)  # one a language
    assert shape(client.room) == shape(shown)

    await client.connect()
    host = client.made["host"]
    await client.say("join", key=client.key, proof=client.proof(), host=host)
    welcome = await client.hears("welcome")
    assert welcome["you"] == client.id
    assert shape(welcome["people"]) == shape(example("server", "welcome")["people"])
    await client.say("decide", statement=client.statement("granted"))
    assert await client.hears("decided") == example("server", "decided")
    await client.say("request")
    requested = await client.hears("requested")
    assert shape(requested) == shape(example("server", "requested"))
    assert requested["asked"]
    tap = await client.hears("tap")
    assert shape(tap) == shape(example("server", "tap"))
    receipt = await client.has_heard("receipt")
    assert shape(receipt) == shape(example("server", "receipt"))

    await client.socket.close()  # a connection that is lost
    await client.connect()
    await client.say("resume", participant=client.id, secret=welcome["resume"], seen=0)
    again = await client.hears("welcome")
    assert again["answers"] == [{"feature": "recording", "decision": "granted"}]

    refusal = example("client", "decide") | {"decision": "declined"}
    await client.say("decide", **refusal | {"statement": client.statement("declined")})
    assert (await client.hears("decided"))["decision"] == "declined"
    await client.say("chat")
    line = await client.hears("chat-line")
    assert line["text"] == example("client", "chat")["text"]
    await client.say("leave")
    assert await client.closed() == 1000
    assert not [told for told in client.heard if told["type"] == "fault"]
    assert {told["type"] for told in client.heard} <= {tag(m) for m in FROM_SERVER}


if __name__ == "__main__":
    PAPER.write_text(written(), "utf-8")
